// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var patternForm = regexp.MustCompile(`^[0-9]+$`)

// patternAttributes restrict a list or a search to numbers with certain digits.
func patternAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"pattern": schema.StringAttribute{
			MarkdownDescription: "Digits to search for; `search_pattern` says where. By default all numbers match. API: `pattern`.",
			Optional:            true,
			Validators:          []validator.String{schematype.Matches(patternForm, "must be digits")},
		},
		"search_pattern": schema.Int64Attribute{
			MarkdownDescription: "Where `pattern` has to match: `0` (default) at the start of the number, including the country calling code, `1` anywhere, " +
				"`2` at the end. Requires `pattern`. API: `search_pattern`.",
			CustomType: schematype.Int64Type{},
			Optional:   true,
			Validators: []validator.Int64{int64validator.Between(0, 2), int64validator.AlsoRequires(path.MatchRoot("pattern"))},
		},
	}
}

// featuresFilter restricts to numbers that have all of the given features.
func featuresFilter(source string) schema.Attribute {
	return schema.SetAttribute{
		MarkdownDescription: featuresDescription + source,
		ElementType:         types.StringType,
		Optional:            true,
		Validators:          []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(featureNames())},
	}
}

const (
	featuresDescription = "Only numbers that have all of these features: `SMS`, `VOICE`, `MMS`. By default any. "
	// selectedHere is the note in the descriptions of filters that the API does not have.
	selectedHere = "Not part of the API: the provider filters."
)

func featureNames() validator.String { return schematype.OneOf("SMS", "VOICE", "MMS") }

// searchPattern returns the position at which the pattern is matched, or nil for the API's default.
func searchPattern(where schematype.Int64) *int {
	if where.IsNull() {
		return nil
	}
	return new(int(where.ValueInt64()))
}

// ownedFilter selects numbers of the account. The features are not included: they are a set in a data source, and a list
// in a list resource, where sets are not supported.
type ownedFilter struct {
	Country       schematype.Country       `tfsdk:"country"`
	Pattern       types.String             `tfsdk:"pattern"`
	SearchPattern schematype.Int64         `tfsdk:"search_pattern"`
	ApplicationID schematype.ApplicationID `tfsdk:"application_id"`
	Type          types.String             `tfsdk:"type"`
}

// linkedFilter selects numbers with or without a link.
type linkedFilter struct {
	HasApplication types.Bool `tfsdk:"has_application"`
}

func ownedFilterAttributes() map[string]schema.Attribute {
	attributes := patternAttributes()
	attributes["country"] = schema.StringAttribute{
		MarkdownDescription: "Only numbers of this country, ISO 3166-1 alpha-2, in upper or lower case. By default any. API: `country`.",
		CustomType:          schematype.CountryType{},
		Validators:          []validator.String{schematype.Reference(schematype.Valid[schematype.CountryMeaning]())},
		Optional:            true,
	}
	attributes["application_id"] = schema.StringAttribute{
		MarkdownDescription: "Only numbers that are linked to this application, a UUID. By default any. API: `application_id`.",
		CustomType:          schematype.ApplicationIDType{},
		Validators:          []validator.String{schematype.Reference(schematype.Valid[schematype.ApplicationIDMeaning]())},
		Optional:            true,
	}
	attributes["type"] = schema.StringAttribute{
		MarkdownDescription: "Only numbers of this kind, such as `landline`, `mobile-lvn` or `landline-toll-free`. By default any. " + selectedHere,
		Optional:            true,
		Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
	}
	return attributes
}

func linkedFilterAttribute() schema.Attribute {
	return schema.BoolAttribute{
		MarkdownDescription: "`true`: only numbers that are linked to an application; `false`: only those that are not. By default both. " +
			"API: `has_application`.",
		Optional: true,
	}
}

// refuseContradiction rejects a configuration that no number can match.
func refuseContradiction(ctx context.Context, config tfsdk.Config) diag.Diagnostics {
	var application schematype.ApplicationID
	var linked types.Bool
	diags := config.GetAttribute(ctx, path.Root("application_id"), &application)
	diags.Append(config.GetAttribute(ctx, path.Root("has_application"), &linked)...)
	if application.ValueString() != "" && linked.Equal(types.BoolValue(false)) {
		diags.AddAttributeError(path.Root("has_application"), "Contradicting arguments",
			"application_id selects numbers that are linked to an application, has_application = false those that are not. Remove one of them.")
	}
	return diags
}

// check reports what validation has let pass (see schematype.Reference).
func (f ownedFilter) check(ctx context.Context) diag.Diagnostics {
	diags := f.Country.Check(ctx, path.Root("country"))
	diags.Append(f.ApplicationID.Check(ctx, path.Root("application_id"))...)
	return diags
}

// options returns the filters that the API supports.
func (f ownedFilter) options(linked types.Bool) vonage.ListNumbersOptions {
	return vonage.ListNumbersOptions{
		Country: f.Country.ValueCanonical(), Pattern: f.Pattern.ValueString(), SearchPattern: searchPattern(f.SearchPattern),
		ApplicationID: f.ApplicationID.ValueCanonical(), HasApplication: linked.ValueBoolPointer(),
	}
}

// selects applies the filters that the API does not support.
func (f ownedFilter) selects(number vonage.Number, features []attr.Value) bool {
	if !f.Type.IsNull() && f.Type.ValueString() != number.Type {
		return false
	}
	for _, feature := range features {
		if !slices.ContainsFunc(number.Features, func(has string) bool { return feature.Equal(types.StringValue(has)) }) {
			return false
		}
	}
	return true
}
