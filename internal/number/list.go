// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	_ list.ListResourceWithConfigure      = (*numberListResource)(nil)
	_ list.ListResourceWithValidateConfig = (*numberListResource)(nil)
)

// numberListResource is the list resource vonage_number.
type numberListResource struct{ numbers *vonage.NumbersService }

// numberListModel is the configuration of the list.
type numberListModel struct {
	listFilter
	linkedFilter
}

// NewListResource returns the list resource vonage_number.
func NewListResource() list.ListResource { return &numberListResource{} }

func (l *numberListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_number"
}

func (l *numberListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
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

func (l *numberListResource) ValidateListResourceConfig(ctx context.Context, req list.ValidateConfigRequest, resp *list.ValidateConfigResponse) {
	resp.Diagnostics.Append(refuseContradiction(ctx, req.Config)...)
}

func (l *numberListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		l.numbers = data.Client.Numbers
	}
}

func (l *numberListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config numberListModel
	diags := req.Config.Get(ctx, &config)
	diags.Append(config.check(ctx)...)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = framework.Listing[vonage.Number]{
		Noun:    "numbers",
		All:     l.numbers.List(ctx, config.options(config.HasApplication)),
		Selects: config.selects,
		Name:    numberDisplayName,
		Model:   func(number vonage.Number) framework.Identifiable { return newNumberModel(number, importedNumber()) },
	}.Results(ctx, req)
}

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
	diags := req.Config.Get(ctx, &filter)
	diags.Append(filter.check(ctx)...)
	if diags.HasError() {
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

// listFilter selects numbers for list resources.
type listFilter struct {
	ownedFilter

	Features types.List `tfsdk:"features"`
}

func (f listFilter) selects(number vonage.Number) bool {
	return f.ownedFilter.selects(number, f.Features.Elements())
}

// listFilterAttributes are the arguments of the data source, converted to the types that the framework has for list
// resources.
func listFilterAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"features": schema.ListAttribute{
			MarkdownDescription: featuresDescription + selectedHere,
			ElementType:         types.StringType,
			Optional:            true,
			Validators:          []validator.List{listvalidator.SizeAtLeast(1), listvalidator.NoNullValues(), listvalidator.ValueStringsAre(featureNames())},
		},
	}
	for name, attribute := range ownedFilterAttributes() {
		description := attribute.GetMarkdownDescription()
		switch attribute := attribute.(type) {
		case datasource.StringAttribute:
			attributes[name] = schema.StringAttribute{
				MarkdownDescription: description, CustomType: attribute.CustomType, Optional: true, Validators: attribute.Validators,
			}
		case datasource.Int64Attribute:
			attributes[name] = schema.Int64Attribute{
				MarkdownDescription: description, CustomType: attribute.CustomType, Optional: true, Validators: attribute.Validators,
			}
		}
	}
	return attributes
}

// numberDisplayName returns the name of a number in lists: "+44 7700900001 (GB, mobile-lvn, SMS/VOICE)".
func numberDisplayName(number vonage.Number) string {
	facts := []string{number.Country, number.Type, strings.Join(slices.Sorted(slices.Values(number.Features)), "/")}
	facts = slices.DeleteFunc(facts, func(fact string) bool { return fact == "" })
	return international(number.MSISDN) + " (" + strings.Join(facts, ", ") + ")"
}

// linkDisplayName returns the name of a link in lists: "+44 7700900001 (GB) to application
// 78d335fa-323d-0114-9c3d-d6f0d48968cf".
func linkDisplayName(number vonage.Number) string {
	return international(number.MSISDN) + " (" + number.Country + ") to application " + number.ApplicationID
}

// international puts a + before the country calling code and a space after it.
func international(msisdn string) string {
	code := vonage.CallingCode(msisdn)
	return strings.TrimSpace("+" + code + " " + msisdn[len(code):])
}
