// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var _ list.ListResourceWithConfigure = (*subaccountListResource)(nil)

type subaccountListResource struct{ subaccounts *vonage.SubaccountsService }

// NewSubaccountListResource returns the list resource vonage_subaccount.
func NewSubaccountListResource() list.ListResource { return &subaccountListResource{} }

func (l *subaccountListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subaccount"
}

func (l *subaccountListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the subaccounts of the provider's account: all of them, or those that match every filter given. One request reads all of them " +
			"completely, so `include_resource` takes no further requests.",
		Attributes: map[string]schema.Attribute{
			"name_regex": schema.StringAttribute{
				MarkdownDescription: schematype.NameRegexDescription("subaccounts"),
				Optional:            true,
				Validators:          []validator.String{schematype.RegularExpression()},
			},
			"suspended": schema.BoolAttribute{MarkdownDescription: suspendedDescription, Optional: true},
		},
	}
}

func (l *subaccountListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		l.subaccounts = data.Client.Subaccounts
	}
}

func (l *subaccountListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var filter subaccountFilter
	diags := req.Config.Get(ctx, &filter)
	selects := filter.compile(&diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = framework.Listing[vonage.Subaccount]{
		Noun:    "subaccounts",
		All:     l.subaccounts.All(ctx),
		Selects: selects,
		Name:    func(subaccount vonage.Subaccount) string { return subaccount.Name + " (" + subaccount.APIKey + ")" },
		Model: func(subaccount vonage.Subaccount) framework.Identifiable {
			return newSubaccountModel(subaccount, importedSubaccount())
		},
	}.Results(ctx, req)
}
