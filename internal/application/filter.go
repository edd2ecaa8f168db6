// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// filter selects applications of the account. The API cannot filter: its list has only paging parameters.
type filter struct {
	NameRegex  types.String `tfsdk:"name_regex"`
	Capability types.String `tfsdk:"capability"`
}

func capabilityDescription() string {
	names := capabilityNames()
	last := len(names) - 1
	return "Only applications that have this capability: `" + strings.Join(names[:last], "`, `") + "` or `" + names[last] +
		"`. By default all applications. Not part of the API."
}

func capabilityValidators() []validator.String {
	return []validator.String{schematype.OneOf(capabilityNames()...)}
}

// compile converts the filter to a predicate.
func (f filter) compile(diags *diag.Diagnostics) func(vonage.Application) bool {
	name, err := schematype.CompileRegexp(f.NameRegex.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root("name_regex"), "Invalid regular expression", err.Error())
		return nil
	}
	return func(app vonage.Application) bool {
		return name.MatchString(app.Name) && (f.Capability.ValueString() == "" || app.Capabilities.Has(f.Capability.ValueString()))
	}
}
