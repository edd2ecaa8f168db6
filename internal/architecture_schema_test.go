// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package internal_test

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// offered is the schema of everything that the provider offers, by names such as "resource vonage_application".
type offered struct {
	schemas    map[string]*tfprotov6.Schema
	identities map[string]*tfprotov6.ResourceIdentitySchema
	functions  map[string]*tfprotov6.Function
}

func everything(t *testing.T) offered {
	t.Helper()
	server := providerserver.NewProtocol6(provider.New("test")())()
	schema := acctest.NewProtocol(t, server).Schema()
	identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	all := offered{
		schemas:    map[string]*tfprotov6.Schema{"provider": schema.Provider},
		identities: identities.IdentitySchemas,
		functions:  schema.Functions,
	}
	for kind, schemas := range map[string]map[string]*tfprotov6.Schema{
		"resource": schema.ResourceSchemas, "data": schema.DataSourceSchemas,
		"ephemeral": schema.EphemeralResourceSchemas, "list": schema.ListResourceSchemas,
	} {
		for name, one := range schemas {
			all.schemas[kind+" "+name] = one
		}
	}
	for name, action := range schema.ActionSchemas {
		all.schemas["action "+name] = action.Schema
	}
	return all
}

// walk calls visit for every attribute, nested ones included, with a name such as "resource
// vonage_application.voice.region".
func (o offered) walk(visit func(name string, attribute *tfprotov6.SchemaAttribute, siblings []*tfprotov6.SchemaAttribute)) {
	var inside func(at string, attributes []*tfprotov6.SchemaAttribute)
	inside = func(at string, attributes []*tfprotov6.SchemaAttribute) {
		for _, attribute := range attributes {
			name := at + "." + attribute.Name
			visit(name, attribute, attributes)
			if attribute.NestedType != nil {
				inside(name, attribute.NestedType.Attributes)
			}
		}
	}
	for name, schema := range o.schemas {
		inside(name, schema.Block.Attributes)
	}
}

func TestEverythingIsDescribed(t *testing.T) {
	t.Parallel()
	all := everything(t)
	for name, schema := range all.schemas {
		if strings.TrimSpace(schema.Block.Description) == "" {
			t.Errorf("%s has no description", name)
		}
		if len(schema.Block.BlockTypes) > 0 {
			t.Errorf("%s has blocks; nested objects are nested attributes", name)
		}
	}
	all.walk(func(name string, attribute *tfprotov6.SchemaAttribute, _ []*tfprotov6.SchemaAttribute) {
		if strings.TrimSpace(attribute.Description) == "" {
			t.Errorf("%s has no description", name)
		}
	})
	for name, identity := range all.identities {
		for _, attribute := range identity.IdentityAttributes {
			if strings.TrimSpace(attribute.Description) == "" {
				t.Errorf("identity %s.%s has no description", name, attribute.Name)
			}
		}
	}
	for name, function := range all.functions {
		if function.Summary == "" || function.Description == "" {
			t.Errorf("function %s has no summary or no description", name)
		}
		for _, parameter := range function.Parameters {
			if parameter.Description == "" {
				t.Errorf("parameter %s of function %s has no description", parameter.Name, name)
			}
		}
	}
}

// placeInAPI matches the part of a description that says where the attribute is in the API, or that it is not.
var placeInAPI = regexp.MustCompile("(API|Claim): |Not part of the API")

// Every attribute's description names its API field, parameter or claim, or says that there is none, for users who know
// Vonage's API. The provider block is excluded, because it only configures access, and timeouts, which say so once for
// all of them.
func TestAttributesNameTheirPlaceInTheAPI(t *testing.T) {
	t.Parallel()
	everything(t).walk(func(name string, attribute *tfprotov6.SchemaAttribute, _ []*tfprotov6.SchemaAttribute) {
		if strings.HasPrefix(name, "provider.") || strings.Contains(name, ".timeouts.") {
			return
		}
		if !placeInAPI.MatchString(attribute.Description) {
			t.Errorf("%s does not say where the API has it: %s", name, attribute.Description)
		}
	})
}

// Every managed resource also has an identity, a list resource and a data source. The tests of the examples check that
// it can be imported in every way.
func TestEveryResourceIsComplete(t *testing.T) {
	t.Parallel()
	all, readBy := everything(t), map[string]string{}
	for _, one := range specimen.Resources() {
		readBy[one.TypeName] = cmp.Or(one.ReadBy, one.TypeName)
	}
	for name := range all.schemas {
		resource, ok := strings.CutPrefix(name, "resource ")
		if !ok {
			continue
		}
		if all.identities[resource] == nil {
			t.Errorf("%s has no identity", resource)
		}
		if all.schemas["list "+resource] == nil {
			t.Errorf("%s has no list resource", resource)
		}
		if all.schemas["data "+readBy[resource]] == nil {
			t.Errorf("%s has no data source", resource)
		}
	}
}

// inState returns the secrets that are kept in the state, or set in a configuration that is saved, each with the reason
// why it is not write-only.
func inState() map[string]string {
	const notStored = "a provider block is never in a state or a plan"
	places := map[string]string{"provider.api_secret": notStored, "provider.private_key": notStored, "provider.jwt": notStored}
	for _, one := range specimen.Resources() {
		for attribute, reason := range one.SecretsInState {
			places["resource "+one.TypeName+"."+strings.ReplaceAll(strings.ReplaceAll(attribute, "/*", ""), "/", ".")] = reason
		}
	}
	return places
}

// secretName matches names of attributes that hold secrets.
var secretName = regexp.MustCompile(`(^|_)(secret|password|private_key|jwt|token)(_|$)`)

func TestSecretsAreMarked(t *testing.T) {
	t.Parallel()
	places := inState()
	unused := maps.Clone(places)
	everything(t).walk(func(name string, attribute *tfprotov6.SchemaAttribute, siblings []*tfprotov6.SchemaAttribute) {
		if secretName.MatchString(attribute.Name) && !attribute.Sensitive && !attribute.WriteOnly &&
			!strings.HasSuffix(attribute.Name, "_wo_version") && !strings.HasSuffix(attribute.Name, "_id") {
			t.Errorf("%s is a secret by its name and neither sensitive nor write-only", name)
		}
		if attribute.WriteOnly {
			version := attribute.Name + "_version"
			if !slices.ContainsFunc(siblings, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == version }) {
				t.Errorf("%s is write-only and has no %s to tell that it changed", name, version)
			}
			return
		}
		if !attribute.Sensitive || strings.HasPrefix(name, "ephemeral ") {
			return // ephemeral values are never in the state
		}
		if places[name] == "" {
			t.Errorf("%s is sensitive and not write-only; make it so, or give the reason why not", name)
		}
		delete(unused, name)
	})
	for name := range unused {
		t.Errorf("%s is on the list of secrets in state and is none", name)
	}
}
