// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// listFilter selects numbers for list resources.
type listFilter struct {
	ownedFilter

	Features types.List `tfsdk:"features"`
}

func (f listFilter) selects(number vonage.Number) bool {
	return f.ownedFilter.selects(number, f.Features.Elements())
}

// listFilterAttributes are the arguments of the data source, converted to the types that the framework has for list
// resources.
func listFilterAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"features": schema.ListAttribute{
			MarkdownDescription: featuresDescription + selectedHere,
			ElementType:         types.StringType,
			Optional:            true,
			Validators:          []validator.List{listvalidator.SizeAtLeast(1), listvalidator.NoNullValues(), listvalidator.ValueStringsAre(featureNames())},
		},
	}
	for name, attribute := range ownedFilterAttributes() {
		description := attribute.GetMarkdownDescription()
		switch attribute := attribute.(type) {
		case datasource.StringAttribute:
			attributes[name] = schema.StringAttribute{
				MarkdownDescription: description, CustomType: attribute.CustomType, Optional: true, Validators: attribute.Validators,
			}
		case datasource.Int64Attribute:
			attributes[name] = schema.Int64Attribute{
				MarkdownDescription: description, CustomType: attribute.CustomType, Optional: true, Validators: attribute.Validators,
			}
		}
	}
	return attributes
}
