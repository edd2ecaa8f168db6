// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var _ list.ListResourceWithConfigure = (*linkListResource)(nil)

// linkListResource is the list resource vonage_number_link.
type linkListResource struct{ numbers *vonage.NumbersService }

// NewLinkListResource returns the list resource vonage_number_link.
func NewLinkListResource() list.ListResource { return &linkListResource{} }

func (l *linkListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_number_link"
}

func (l *linkListResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the links between the account's numbers and applications: all of them, or those of the numbers that match every " +
			"filter given. One request reads a hundred.",
		Attributes: listFilterAttributes(),
	}
}

func (l *linkListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		l.numbers = data.Client.Numbers
	}
}

func (l *linkListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var filter listFilter
	if diags := req.Config.Get(ctx, &filter); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = framework.Listing[vonage.Number]{
		Noun:    "number links",
		All:     l.numbers.List(ctx, filter.options(types.BoolValue(true))),
		Selects: func(number vonage.Number) bool { return number.ApplicationID != "" && filter.selects(number) },
		Name:    linkDisplayName,
		Model:   func(number vonage.Number) framework.Identifiable { return newLinkModel(number, importedLink()) },
	}.Results(ctx, req)
}
