// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	fwdatasource "github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	fwschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// dataModel is an application in the data sources: like the resource, but with only the public key.
type dataModel struct {
	settings

	Video *dataVideo `tfsdk:"video"`
}

type dataVideo struct {
	Webhooks map[string]dataVideoWebhook `tfsdk:"webhooks"`
	Storage  types.Object                `tfsdk:"storage"`
}

type dataVideoWebhook struct {
	Address types.String `tfsdk:"address"`
	Active  types.Bool   `tfsdk:"active"`
}

func newDataModel(app vonage.Application) dataModel {
	next := dataModel{settings: newSettings(app, settings{})}
	read := newVideo(app.Capabilities.Video, nil)
	if read == nil {
		return next
	}
	next.Video = &dataVideo{Webhooks: map[string]dataVideoWebhook{}, Storage: read.Storage}
	for event, hook := range read.Webhooks {
		next.Video.Webhooks[event] = dataVideoWebhook{Address: hook.Address, Active: hook.Active}
	}
	return next
}

// computedAttributes returns the resource's attributes as computed ones, with the same descriptions.
func computedAttributes(ctx context.Context) map[string]schema.Attribute {
	resource := resourceSchema(ctx).Attributes
	for _, name := range []string{"private_key", "public_key_wo", "public_key_wo_version", "key_version", "timeouts"} {
		delete(resource, name)
	}
	attributes := toComputed(resource)
	attributes["public_key"] = schema.StringAttribute{
		MarkdownDescription: "RSA public key (SPKI PEM) that Vonage verifies JWTs with. API: `keys.public_key`.",
		CustomType:          schematype.PublicKeyType{},
		Computed:            true,
	}
	return attributes
}

// toComputed omits sensitive attributes.
func toComputed(attributes map[string]fwschema.Attribute) map[string]schema.Attribute {
	computed := map[string]schema.Attribute{}
	for name, attribute := range attributes {
		description := attribute.GetMarkdownDescription()
		switch attribute := attribute.(type) {
		case fwschema.StringAttribute:
			if !attribute.Sensitive {
				computed[name] = schema.StringAttribute{MarkdownDescription: description, CustomType: attribute.CustomType, Computed: true}
			}
		case fwschema.BoolAttribute:
			computed[name] = schema.BoolAttribute{MarkdownDescription: description, Computed: true}
		case fwschema.Int64Attribute:
			computed[name] = schema.Int64Attribute{MarkdownDescription: description, CustomType: attribute.CustomType, Computed: true}
		case fwschema.SingleNestedAttribute:
			computed[name] = schema.SingleNestedAttribute{
				MarkdownDescription: description, Computed: true, Attributes: toComputed(attribute.Attributes),
			}
		case fwschema.MapNestedAttribute:
			computed[name] = schema.MapNestedAttribute{
				MarkdownDescription: description, Computed: true,
				NestedObject: schema.NestedAttributeObject{Attributes: toComputed(attribute.NestedObject.Attributes)},
			}
		}
	}
	return computed
}

var _ fwdatasource.DataSourceWithConfigure = (*dataSource)(nil)

type dataSource struct{ data *framework.ProviderData }

// NewDataSource returns the data source vonage_application.
func NewDataSource() fwdatasource.DataSource { return &dataSource{} }

func (d *dataSource) Metadata(_ context.Context, req fwdatasource.MetadataRequest, resp *fwdatasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_application"
}

func (d *dataSource) Schema(ctx context.Context, _ fwdatasource.SchemaRequest, resp *fwdatasource.SchemaResponse) {
	attributes := computedAttributes(ctx)
	attributes["id"] = schema.StringAttribute{
		MarkdownDescription: "UUID of the application to read. Set either this or `name`. API: `id`.",
		Optional:            true, Computed: true,
		Validators: []validator.String{schematype.Reference(schematype.UUID()), stringvalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))},
	}
	attributes["name"] = schema.StringAttribute{
		MarkdownDescription: "Name of the application to read. Exactly one application of the account must have it; the provider lists them all " +
			"to find it. Set either this or `id`. API: `name`.",
		Optional: true, Computed: true,
		Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one application, by its id or its unique name. Only the public half of its key pair can be read.",
		Attributes:          attributes,
	}
}

func (d *dataSource) Configure(_ context.Context, req fwdatasource.ConfigureRequest, resp *fwdatasource.ConfigureResponse) {
	d.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) Read(ctx context.Context, req fwdatasource.ReadRequest, resp *fwdatasource.ReadResponse) {
	var config dataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if err := schematype.CheckUUID(config.ID.ValueString()); err != nil && !config.ID.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root("id"), "Invalid UUID", framework.Sentence(err.Error()))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	var app vonage.Application
	var err error
	if config.ID.IsNull() {
		app, err = findByName(ctx, d.data.Client, config.Name.ValueString())
	} else {
		app, err = d.data.Client.Applications.Get(ctx, config.ID.ValueString())
	}
	if vonage.IsNotFound(err) && !config.ID.IsNull() {
		err = framework.Advise(err, "Check the id, and that the provider's api_key belongs to the account that has the application: Vonage gives the same "+
			"answer for an application that does not exist and for one of another account.")
	}
	if err != nil {
		framework.AddError(&resp.Diagnostics, "read", "application", framework.InDataSource(err), nil)
		return
	}
	next := newDataModel(app)
	if !config.ID.IsNull() {
		next.ID = config.ID // in the spelling of the configuration
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, next)...)
}

var _ fwdatasource.DataSourceWithConfigure = (*pluralDataSource)(nil)

type pluralDataSource struct{ data *framework.ProviderData }

type pluralModel struct {
	filter

	Applications []dataModel `tfsdk:"applications"`
}

// NewPluralDataSource returns the data source vonage_applications.
func NewPluralDataSource() fwdatasource.DataSource { return &pluralDataSource{} }

func (d *pluralDataSource) Metadata(_ context.Context, req fwdatasource.MetadataRequest, resp *fwdatasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_applications"
}

func (d *pluralDataSource) Schema(ctx context.Context, _ fwdatasource.SchemaRequest, resp *fwdatasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads all applications of the account, or those that match every filter given. Only the public halves of their key pairs " +
			"can be read.",
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
			"applications": schema.ListNestedAttribute{
				MarkdownDescription: "The applications, ordered by id. API: `_embedded.applications` of all pages.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: computedAttributes(ctx)},
			},
		},
	}
}

func (d *pluralDataSource) Configure(_ context.Context, req fwdatasource.ConfigureRequest, resp *fwdatasource.ConfigureResponse) {
	d.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (d *pluralDataSource) Read(ctx context.Context, req fwdatasource.ReadRequest, resp *fwdatasource.ReadResponse) {
	var found pluralModel
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("name_regex"), &found.NameRegex)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("capability"), &found.Capability)...)
	selects := found.compile(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	found.Applications = []dataModel{}
	for app, err := range d.data.Client.Applications.List(ctx) {
		shown, more := framework.Listed(&resp.Diagnostics, "list", "applications", framework.InDataSource(err))
		if !more {
			return
		}
		if shown && selects(app) {
			found.Applications = append(found.Applications, newDataModel(app))
		}
	}
	slices.SortFunc(found.Applications, func(a, b dataModel) int { return cmp.Compare(a.ID.ValueString(), b.ID.ValueString()) })
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}
