// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package verify

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	_ list.ListResourceWithConfigure = (*templateListResource)(nil)
	_ list.ListResourceWithConfigure = (*fragmentListResource)(nil)
)

// NewTemplateListResource returns the list resource vonage_verify_template.
func NewTemplateListResource() list.ListResource { return &templateListResource{} }

type templateListResource struct {
	templates *vonage.VerifyTemplatesService
}

func (l *templateListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_verify_template"
}

func (l *templateListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{MarkdownDescription: "Lists all custom templates of the Verify API v2 that the account has. The list reads them completely, so `include_resource` takes " +
		"no further requests."}
}

func (l *templateListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		l.templates = data.Client.VerifyTemplates
	}
}

func (l *templateListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	stream.Results = framework.Listing[vonage.VerifyTemplate]{
		Noun:    "Verify templates",
		All:     l.templates.List(ctx),
		Selects: func(vonage.VerifyTemplate) bool { return true },
		Name:    func(template vonage.VerifyTemplate) string { return template.Name },
		Model: func(template vonage.VerifyTemplate) framework.Identifiable {
			return newTemplateModel(template, templateModel{Timeouts: framework.NoTimeouts()})
		},
	}.Results(ctx, req)
}

// NewFragmentListResource returns the list resource vonage_verify_template_fragment.
func NewFragmentListResource() list.ListResource { return &fragmentListResource{} }

type fragmentListResource struct {
	templates *vonage.VerifyTemplatesService
}

func (l *fragmentListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_verify_template_fragment"
}

func (l *fragmentListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{MarkdownDescription: "Lists the fragments of all custom templates of the Verify API v2 that the account has. It takes one request for the templates and " +
		"one for the fragments of each; `include_resource` takes no further ones."}
}

func (l *fragmentListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		l.templates = data.Client.VerifyTemplates
	}
}

func (l *fragmentListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	stream.Results = framework.Listing[fragmentOf]{
		Noun:    "Verify template fragments",
		All:     allFragments(ctx, l.templates),
		Selects: func(fragmentOf) bool { return true },
		Name: func(fragment fragmentOf) string {
			return fragment.template.Name + " " + fragment.Channel + " " + fragment.Locale
		},
		Model: func(fragment fragmentOf) framework.Identifiable {
			return newFragmentModel(strings.ToLower(fragment.template.ID), fragment.VerifyFragment, fragmentModel{Timeouts: framework.NoTimeouts()})
		},
	}.Results(ctx, req)
}
