// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var _ list.ListResourceWithConfigure = (*listResource)(nil)

type listResource struct{ data *framework.ProviderData }

// NewListResource returns the list resource vonage_application.
func NewListResource() list.ListResource { return &listResource{} }

func (l *listResource) Metadata(_ context.Context, req fwresource.MetadataRequest, resp *fwresource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_application"
}

func (l *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the applications of the account: all of them, or those that match every filter given. One request reads " +
			"a hundred of them completely, so `include_resource` takes no further requests.",
		Attributes: map[string]schema.Attribute{
			"name_regex": schema.StringAttribute{
				MarkdownDescription: schematype.NameRegexDescription("applications"),
				Optional:            true,
				Validators:          []validator.String{schematype.RegularExpression()},
			},
			"capability": schema.StringAttribute{
				MarkdownDescription: capabilityDescription(),
				Optional:            true,
				Validators:          capabilityValidators(),
			},
		},
	}
}

func (l *listResource) Configure(_ context.Context, req fwresource.ConfigureRequest, resp *fwresource.ConfigureResponse) {
	l.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (l *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var filter filter
	diags := req.Config.Get(ctx, &filter)
	selects := filter.compile(&diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = framework.Listing[vonage.Application]{
		Noun:    "applications",
		All:     l.data.Client.Applications.List(ctx),
		Selects: selects,
		Name:    func(app vonage.Application) string { return app.Name + " (" + app.ID + ")" },
		Model: func(app vonage.Application) framework.Identifiable {
			return newModel(app, model{Timeouts: framework.NoTimeouts()})
		},
	}.Results(ctx, req)
}
