// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sip

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// computedAttributes returns what Vonage has of a domain as computed attributes, with the resource's descriptions.
func computedAttributes(ctx context.Context) map[string]schema.Attribute {
	computed := map[string]schema.Attribute{}
	for name, attribute := range domainSchema(ctx).Attributes {
		description := attribute.GetMarkdownDescription()
		switch attribute := attribute.(type) {
		case resourceschema.StringAttribute:
			computed[name] = schema.StringAttribute{MarkdownDescription: description, CustomType: attribute.CustomType, Computed: true}
		case resourceschema.BoolAttribute:
			computed[name] = schema.BoolAttribute{MarkdownDescription: description, Computed: true}
		case resourceschema.SetAttribute:
			computed[name] = schema.SetAttribute{MarkdownDescription: description, ElementType: attribute.ElementType, Computed: true}
		}
	}
	hosts := map[string]schema.Attribute{}
	for region, what := range map[string]string{"us": "United States. Not part of the API.", "eu": "Europe. Not part of the API.", "ap": "Asia and Pacific. Not part of the API."} {
		hosts[region] = schema.StringAttribute{MarkdownDescription: what, Computed: true}
	}
	computed["hosts"] = schema.SingleNestedAttribute{
		MarkdownDescription: "The host names to send SIP to, by region. Not part of the API.", Computed: true, Attributes: hosts,
	}
	delete(computed, "force_destroy")
	return computed
}

var (
	_ datasource.DataSourceWithConfigure = (*domainDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*domainsDataSource)(nil)
)

// domainDataSource is the data source vonage_sip_domain.
type domainDataSource struct{ sip *vonage.SIPService }

type domainDataModel struct {
	domainSettings

	Users     []userData     `tfsdk:"users"`
	Endpoints []endpointData `tfsdk:"endpoints"`
}

type userData struct {
	Key types.String `tfsdk:"key"`
}

type endpointData struct {
	URI types.String `tfsdk:"uri"`
}

// NewDomainDataSource returns the data source vonage_sip_domain.
func NewDomainDataSource() datasource.DataSource { return &domainDataSource{} }

func (d *domainDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_domain"
}

func (d *domainDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := computedAttributes(ctx)
	attributes["name"] = schema.StringAttribute{
		MarkdownDescription: "The name of the domain to read. API: `name`.",
		Required:            true,
		Validators:          []validator.String{schematype.Reference(domainNameValidator())},
	}
	attributes["users"] = schema.ListNestedAttribute{
		MarkdownDescription: "The domain's users, ordered by key. Their secrets cannot be read. API: the list of users.",
		Computed:            true,
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"key": schema.StringAttribute{MarkdownDescription: "The name that the user signs in with. API: `key`.", Computed: true},
		}},
	}
	attributes["endpoints"] = schema.ListNestedAttribute{
		MarkdownDescription: "What has registered with the domain, ordered by URI. API: the list of endpoints.",
		Computed:            true,
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"uri": schema.StringAttribute{MarkdownDescription: "The SIP URI. API: `uri`.", Computed: true},
		}},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads a SIP domain with its users and what has registered with it, in three requests.",
		Attributes:          attributes,
	}
}

func (d *domainDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.sip = data.Client.SIP
	}
}

func (d *domainDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config domainDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	name := config.Name.ValueString()
	domain, err := d.sip.Domain(ctx, name)
	if vonage.IsNotFound(err) {
		err = framework.Advise(err, "Check the name, and that the provider's api_key belongs to the account that has the domain.")
	}
	found := domainDataModel{domainSettings: newDomainSettings(domain, domainSettings{}), Users: []userData{}, Endpoints: []endpointData{}}
	if err == nil {
		var uris []string
		uris, err = d.sip.Endpoints(ctx, name)
		for _, uri := range slices.Sorted(slices.Values(uris)) {
			found.Endpoints = append(found.Endpoints, endpointData{types.StringValue(uri)})
		}
	}
	if err != nil {
		framework.AddError(&resp.Diagnostics, "read", domainNoun(name), framework.InDataSource(err), nil)
		return
	}
	for user, err := range d.sip.Users(ctx, name) {
		shown, more := framework.Listed(&resp.Diagnostics, "read", domainNoun(name), err)
		if !more {
			return
		}
		if shown {
			found.Users = append(found.Users, userData{types.StringValue(user.Key)})
		}
	}
	slices.SortFunc(found.Users, func(a, b userData) int { return cmp.Compare(a.Key.ValueString(), b.Key.ValueString()) })
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}

// domainsDataSource is the data source vonage_sip_domains.
type domainsDataSource struct{ sip *vonage.SIPService }

type domainsDataModel struct {
	Domains []domainSettings `tfsdk:"domains"`
}

// NewDomainsDataSource returns the data source vonage_sip_domains.
func NewDomainsDataSource() datasource.DataSource { return &domainsDataSource{} }

func (d *domainsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_domains"
}

func (d *domainsDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads all SIP domains of the account in one request, without their users.",
		Attributes: map[string]schema.Attribute{
			"domains": schema.ListNestedAttribute{
				MarkdownDescription: "The domains, ordered by name. API: the list of domains.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: computedAttributes(ctx)},
			},
		},
	}
}

func (d *domainsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.sip = data.Client.SIP
	}
}

func (d *domainsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found := domainsDataModel{Domains: []domainSettings{}}
	for domain, err := range d.sip.Domains(ctx) {
		shown, more := framework.Listed(&resp.Diagnostics, "list", "SIP domains", framework.InDataSource(err))
		if !more {
			return
		}
		if shown {
			found.Domains = append(found.Domains, newDomainSettings(domain, domainSettings{}))
		}
	}
	slices.SortFunc(found.Domains, func(a, b domainSettings) int { return cmp.Compare(a.Name.ValueString(), b.Name.ValueString()) })
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}
