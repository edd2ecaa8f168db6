// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package internal_test

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	fwprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/vonage/terraform-provider-vonage/internal/provider"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// nouns are the string types with a meaning, and the nouns that their validators call it by.
var nouns = map[basetypes.StringTypable]string{
	schematype.MSISDNType{}:        schematype.MSISDNMeaning{}.Noun(),
	schematype.CountryType{}:       schematype.CountryMeaning{}.Noun(),
	schematype.PublicKeyType{}:     schematype.PublicKeyMeaning{}.Noun(),
	schematype.ApplicationIDType{}: schematype.ApplicationIDMeaning{}.Noun(),
	schematype.DurationType{}:      schematype.DurationMeaning{}.Noun(),
}

// TestArgumentsWithMeaningAreValidated: a type refuses nothing, so every argument of such a type has the type's validator.
func TestArgumentsWithMeaningAreValidated(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	var inside func(at string, attributes reflect.Value)
	inside = func(at string, attributes reflect.Value) {
		for name, attribute := range attributes.Seq2() {
			at, attribute := at+"."+name.String(), attribute.Elem()
			if nested := attribute.FieldByName("Attributes"); nested.IsValid() {
				inside(at, nested)
			}
			if nested := attribute.FieldByName("NestedObject"); nested.IsValid() {
				inside(at, nested.FieldByName("Attributes"))
			}
			custom, _ := reflect.TypeAssert[basetypes.StringTypable](attribute.FieldByName("CustomType"))
			noun, hasMeaning := nouns[custom]
			argument := attribute.FieldByName("Optional").Bool() || attribute.FieldByName("Required").IsValid() && attribute.FieldByName("Required").Bool()
			if !hasMeaning || !argument {
				continue
			}
			seen[noun] = true
			validators, _ := reflect.TypeAssert[[]validator.String](attribute.FieldByName("Validators"))
			if !refuses(t, validators, "Invalid "+noun) {
				t.Errorf("%s is a %s, and no validator says so", at, noun)
			}
		}
	}
	for name, attributes := range argumentsOfEverything(t) {
		inside(name, reflect.ValueOf(attributes))
	}
	if len(seen) < len(nouns) {
		t.Errorf("found only %v", seen)
	}
}

func refuses(t *testing.T, validators []validator.String, summary string) bool {
	t.Helper()
	for _, v := range validators {
		if reflect.TypeOf(v).PkgPath() != reflect.TypeFor[schematype.MSISDNMeaning]().PkgPath() {
			continue // others need a whole configuration
		}
		var resp validator.StringResponse
		v.ValidateString(t.Context(), validator.StringRequest{ConfigValue: types.StringValue("?")}, &resp)
		if resp.Diagnostics.HasError() && resp.Diagnostics[0].Summary() == summary {
			return true
		}
	}
	return false
}

// argumentsOfEverything returns the framework's maps of attributes, by names such as "resource vonage_application".
func argumentsOfEverything(t *testing.T) map[string]any {
	t.Helper()
	ctx, served := t.Context(), provider.New("test")()
	all := map[string]any{}
	var configured fwprovider.SchemaResponse
	served.Schema(ctx, fwprovider.SchemaRequest{}, &configured)
	all["provider"] = configured.Schema.Attributes
	for _, newResource := range served.Resources(ctx) {
		var name resource.MetadataResponse
		var resp resource.SchemaResponse
		newResource().Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "vonage"}, &name)
		newResource().Schema(ctx, resource.SchemaRequest{}, &resp)
		all["resource "+name.TypeName] = resp.Schema.Attributes
	}
	for _, newDataSource := range served.DataSources(ctx) {
		var name datasource.MetadataResponse
		var resp datasource.SchemaResponse
		newDataSource().Metadata(ctx, datasource.MetadataRequest{ProviderTypeName: "vonage"}, &name)
		newDataSource().Schema(ctx, datasource.SchemaRequest{}, &resp)
		all["data "+name.TypeName] = resp.Schema.Attributes
	}
	withMore, ok := served.(interface {
		fwprovider.ProviderWithListResources
		fwprovider.ProviderWithEphemeralResources
		fwprovider.ProviderWithActions
	})
	if !ok {
		t.Fatal("the provider offers no list resources, ephemeral resources or actions")
	}
	for _, newList := range withMore.ListResources(ctx) {
		var name resource.MetadataResponse
		var resp list.ListResourceSchemaResponse
		newList().Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "vonage"}, &name)
		newList().ListResourceConfigSchema(ctx, list.ListResourceSchemaRequest{}, &resp)
		all["list "+name.TypeName] = resp.Schema.Attributes
	}
	for _, newEphemeral := range withMore.EphemeralResources(ctx) {
		var name ephemeral.MetadataResponse
		var resp ephemeral.SchemaResponse
		newEphemeral().Metadata(ctx, ephemeral.MetadataRequest{ProviderTypeName: "vonage"}, &name)
		newEphemeral().Schema(ctx, ephemeral.SchemaRequest{}, &resp)
		all["ephemeral "+name.TypeName] = resp.Schema.Attributes
	}
	for _, newAction := range withMore.Actions(ctx) {
		var name action.MetadataResponse
		var resp action.SchemaResponse
		newAction().Metadata(ctx, action.MetadataRequest{ProviderTypeName: "vonage"}, &name)
		newAction().Schema(ctx, action.SchemaRequest{}, &resp)
		all["action "+name.TypeName] = resp.Schema.Attributes
	}
	return all
}
