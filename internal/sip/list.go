// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sip

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	_ list.ListResourceWithConfigure = (*domainListResource)(nil)
	_ list.ListResourceWithConfigure = (*userListResource)(nil)
)

// domainListResource is the list resource vonage_sip_domain.
type domainListResource struct{ sip *vonage.SIPService }

// NewDomainListResource returns the list resource vonage_sip_domain.
func NewDomainListResource() list.ListResource { return &domainListResource{} }

func (l *domainListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_domain"
}

func (l *domainListResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{MarkdownDescription: "Lists all SIP domains of the account. One request reads them completely."}
}

func (l *domainListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		l.sip = data.Client.SIP
	}
}

func (l *domainListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	stream.Results = framework.Listing[vonage.SIPDomain]{
		Noun:    "SIP domains",
		All:     l.sip.Domains(ctx),
		Selects: func(vonage.SIPDomain) bool { return true },
		Name:    func(domain vonage.SIPDomain) string { return domain.Name },
		Model:   func(domain vonage.SIPDomain) framework.Identifiable { return newDomainModel(domain, importedDomain()) },
	}.Results(ctx, req)
}

// userListResource is the list resource vonage_sip_user.
type userListResource struct{ sip *vonage.SIPService }

// userListModel is the configuration of the list.
type userListModel struct {
	Domain types.String `tfsdk:"domain"`
}

// NewUserListResource returns the list resource vonage_sip_user.
func NewUserListResource() list.ListResource { return &userListResource{} }

func (l *userListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_user"
}

func (l *userListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the users of the account's SIP domains: of all, or of one. One request reads the users of a domain.\n\n" +
			"Their secrets cannot be read: add `secret_wo` and `secret_wo_version` to the configuration that Terraform generates from the list.",
		Attributes: map[string]schema.Attribute{
			"domain": schema.StringAttribute{
				MarkdownDescription: "The name of the domain whose users are listed. By default those of all domains are. API: the path.",
				Optional:            true,
				Validators:          []validator.String{domainNameValidator()},
			},
		},
	}
}

func (l *userListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		l.sip = data.Client.SIP
	}
}

func (l *userListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config userListModel
	if diags := req.Config.Get(ctx, &config); diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = framework.Listing[vonage.SIPUser]{
		Noun:    "SIP users",
		All:     allUsers(ctx, l.sip, config.Domain.ValueString()),
		Selects: func(vonage.SIPUser) bool { return true },
		Name:    func(user vonage.SIPUser) string { return user.Key + " of " + user.Domain },
		Model: func(user vonage.SIPUser) framework.Identifiable {
			return newUserModel(user.Domain, user.Key, userModel{Timeouts: framework.NoTimeouts()})
		},
	}.Results(ctx, req)
}
