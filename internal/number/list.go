// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	_ list.ListResourceWithConfigure      = (*listResource)(nil)
	_ list.ListResourceWithValidateConfig = (*listResource)(nil)
)

// listResource is the list resource vonage_number.
type listResource struct{ numbers *vonage.NumbersService }

// listModel is the configuration of the list.
type listModel struct {
	listFilter
	linkedFilter
}

// NewListResource returns the list resource vonage_number.
func NewListResource() list.ListResource { return &listResource{} }

func (l *listResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_number"
}

func (l *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	attributes := listFilterAttributes()
	attributes["has_application"] = schema.BoolAttribute{MarkdownDescription: linkedFilterAttribute().GetMarkdownDescription(), Optional: true}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the numbers that the account rents: all of them, or those that match every filter given. One request reads " +
			"a hundred of them completely, so `include_resource` takes no further requests.\n\n" +
			"Settings that Vonage does not return, such as the SMPP system type, are missing in the configuration that Terraform generates from the list. The " +
			"resource does not send them unless you add them.",
		Attributes: attributes,
	}
}

func (l *listResource) ValidateListResourceConfig(ctx context.Context, req list.ValidateConfigRequest, resp *list.ValidateConfigResponse) {
	resp.Diagnostics.Append(refuseContradiction(ctx, req.Config)...)
}

func (l *listResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		l.numbers = data.Client.Numbers
	}
}

func (l *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listModel
	if diags := req.Config.Get(ctx, &config); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = framework.Listing[vonage.Number]{
		Noun:    "numbers",
		All:     l.numbers.List(ctx, config.options(config.HasApplication)),
		Selects: config.selects,
		Name:    displayName,
		Model:   func(number vonage.Number) framework.Identifiable { return newNumberModel(number, importedNumber()) },
	}.Results(ctx, req)
}
