// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package verify

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	_ datasource.DataSourceWithConfigure = (*templateDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*templatesDataSource)(nil)
)

// NewTemplateDataSource returns the data source vonage_verify_template.
func NewTemplateDataSource() datasource.DataSource { return &templateDataSource{} }

type templateDataSource struct {
	templates *vonage.VerifyTemplatesService
}

func (d *templateDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_verify_template"
}

func (d *templateDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one custom template of the Verify API v2 with its fragments, by its id or its name.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "UUID of the template to read. Set either this or `name`. API: `template_id`.",
				Optional:            true, Computed: true,
				Validators: []validator.String{schematype.Reference(schematype.UUID()), stringvalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the template to read. Set either this or `id`. API: `name`.",
				Optional:            true, Computed: true,
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"is_default": text[schema.BoolAttribute]("Whether verifications that name no template use this one. API: `is_default`."),
			"fragments": schema.ListNestedAttribute{
				MarkdownDescription: "The texts of the template, ordered by channel and locale. API: `_embedded.template_fragments` of all pages.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"fragment_id":  text[schema.StringAttribute](fragmentIDDescription),
					"channel":      text[schema.StringAttribute]("How the code is sent: `sms` or `voice`. API: `channel`."),
					"locale":       text[schema.StringAttribute]("The language and region, in the form that Vonage has. API: `locale`."),
					"text":         text[schema.StringAttribute]("The message, with variables such as `code`. API: `text`."),
					"date_created": text[schema.StringAttribute](dateCreatedDescription),
					"date_updated": text[schema.StringAttribute](dateUpdatedDescription),
				}},
			},
		},
	}
}

// text returns a computed attribute.
func text[A schema.StringAttribute | schema.BoolAttribute](description string) schema.Attribute {
	var attribute A
	if _, isBool := any(attribute).(schema.BoolAttribute); isBool {
		return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
	}
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func (d *templateDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.templates = data.Client.VerifyTemplates
	}
}

type templateData struct {
	ID        types.String   `tfsdk:"id"`
	Name      types.String   `tfsdk:"name"`
	IsDefault types.Bool     `tfsdk:"is_default"`
	Fragments []fragmentData `tfsdk:"fragments"`
}

type fragmentData struct {
	FragmentID  string `tfsdk:"fragment_id"`
	Channel     string `tfsdk:"channel"`
	Locale      string `tfsdk:"locale"`
	Text        string `tfsdk:"text"`
	DateCreated string `tfsdk:"date_created"`
	DateUpdated string `tfsdk:"date_updated"`
}

func (d *templateDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var found templateData
	resp.Diagnostics.Append(req.Config.Get(ctx, &found)...)
	if err := schematype.CheckUUID(found.ID.ValueString()); err != nil && !found.ID.IsNull() { // see schematype.Reference
		resp.Diagnostics.AddAttributeError(path.Root("id"), "Invalid UUID", framework.Sentence(err.Error()))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	var template vonage.VerifyTemplate
	var err error
	if found.ID.IsNull() {
		template, err = findByName(ctx, d.templates, found.Name.ValueString())
		found.ID = types.StringValue(strings.ToLower(template.ID))
	} else {
		template, err = d.templates.Get(ctx, found.ID.ValueString())
	}
	if err != nil {
		framework.AddError(&resp.Diagnostics, "read", "Verify template", framework.InDataSource(err), nil)
		return
	}
	found.Name, found.IsDefault, found.Fragments = types.StringValue(template.Name), types.BoolValue(template.IsDefault), []fragmentData{}
	for fragment, err := range d.templates.ListFragments(ctx, template.ID) {
		shown, more := framework.Listed(&resp.Diagnostics, "read", "fragments of the Verify template", framework.InDataSource(err))
		if !more {
			return
		}
		if shown {
			found.Fragments = append(found.Fragments, fragmentData{
				strings.ToLower(fragment.ID), fragment.Channel, fragment.Locale, fragment.Text, fragment.DateCreated, fragment.DateUpdated,
			})
		}
	}
	slices.SortFunc(found.Fragments, func(a, b fragmentData) int {
		return cmp.Or(cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Locale, b.Locale), cmp.Compare(a.FragmentID, b.FragmentID))
	})
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}

// NewTemplatesDataSource returns the data source vonage_verify_templates.
func NewTemplatesDataSource() datasource.DataSource { return &templatesDataSource{} }

type templatesDataSource struct {
	templates *vonage.VerifyTemplatesService
}

func (d *templatesDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_verify_templates"
}

func (d *templatesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads all custom templates of the Verify API v2 that the account has, without their fragments.",
		Attributes: map[string]schema.Attribute{
			"templates": schema.ListNestedAttribute{
				MarkdownDescription: "The templates, ordered by id. API: `_embedded.templates` of all pages.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id":         text[schema.StringAttribute](templateIDDescription),
					"name":       text[schema.StringAttribute]("Name of the template. API: `name`."),
					"is_default": text[schema.BoolAttribute]("Whether verifications that name no template use this one. API: `is_default`."),
				}},
			},
		},
	}
}

func (d *templatesDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.templates = data.Client.VerifyTemplates
	}
}

type templatesData struct {
	Templates []listedTemplate `tfsdk:"templates"`
}

type listedTemplate struct {
	ID        string `tfsdk:"id"`
	Name      string `tfsdk:"name"`
	IsDefault bool   `tfsdk:"is_default"`
}

func (d *templatesDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found := templatesData{Templates: []listedTemplate{}}
	for template, err := range d.templates.List(ctx) {
		shown, more := framework.Listed(&resp.Diagnostics, "list", "Verify templates", framework.InDataSource(err))
		if !more {
			return
		}
		if shown {
			found.Templates = append(found.Templates, listedTemplate{strings.ToLower(template.ID), template.Name, template.IsDefault})
		}
	}
	slices.SortFunc(found.Templates, func(a, b listedTemplate) int { return cmp.Compare(a.ID, b.ID) })
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}
