// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
)

// secret is a value that people put into the wrong argument, and what no message may contain of it.
type secret struct {
	name, value string
	parts       []string
}

func secrets() []secret {
	key := acctest.PrivateKey(5)
	lines := strings.Split(strings.TrimSpace(key), "\n")
	const token = "eyJhbGciOiJSUzI1NiJ9.eyJhcHBsaWNhdGlvbl9pZCI6IngifQ.c2lnbmF0dXJlLW9mLWEtdG9rZW4"
	return []secret{
		{"private key", key, lines[1 : len(lines)-1]},
		{"private key in one line", strings.Join(lines, `\n`), lines[1 : len(lines)-1]},
		{"token", token, strings.Split(token, ".")},
		{"URL", "https://user:pa55word@host.example.com/?token=t0k3n#fr4gment", []string{"pa55word", "t0k3n", "fr4gment"}},
		{"SIP URI", "sip:user:pa55word@host.example.com", []string{"pa55word"}},
		{"API secret", "Zx9kQ2vLm4Tp7R", []string{"Zx9kQ2vLm4Tp7R"}},
		{"API secret with signs", "Sup3r(Secret[9", []string{"Sup3r", "Secret", "[9"}}, // no regular expression, either
	}
}

// in returns the parts of the secret that a text contains.
func (s secret) in(text string) []string {
	return slices.DeleteFunc(slices.Clone(s.parts), func(part string) bool { return !strings.Contains(text, part) })
}

// place is a string argument at any depth, and the value that its top-level attribute has if the argument is the text.
type place struct {
	at, attribute string
	value         func(text string) any
}

// placesOf returns all string arguments, elements of lists and maps and keys of maps among the attributes.
func placesOf(attributes []*tfprotov6.SchemaAttribute) []place {
	var all []place
	for _, attribute := range attributes {
		if !attribute.Required && !attribute.Optional {
			continue
		}
		for _, inner := range placesIn(attribute) {
			all = append(all, place{attribute.Name + inner.at, attribute.Name, inner.value})
		}
	}
	return all
}

func placesIn(attribute *tfprotov6.SchemaAttribute) []place {
	if attribute.NestedType == nil {
		return placesInType(attribute.Type)
	}
	var all []place
	for _, inner := range placesOf(attribute.NestedType.Attributes) {
		object := func(text string) any { return values{inner.attribute: inner.value(text)} }
		switch attribute.NestedType.Nesting { //nolint:exhaustive // what is left is single
		case tfprotov6.SchemaObjectNestingModeMap:
			all = append(all, place{at: "[/x]." + inner.at, value: func(text string) any { return values{"/x": object(text)} }})
		case tfprotov6.SchemaObjectNestingModeList, tfprotov6.SchemaObjectNestingModeSet:
			all = append(all, place{at: "[0]." + inner.at, value: func(text string) any { return []any{object(text)} }})
		default:
			all = append(all, place{at: "." + inner.at, value: object})
		}
	}
	if attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeMap {
		all = append(all, place{at: " key", value: func(text string) any { return values{text: values{}} }})
		for _, inner := range placesOf(attribute.NestedType.Attributes) { // what is wrong below a key names the key
			all = append(all, place{at: " key and " + inner.at, value: func(text string) any {
				return values{text: values{inner.attribute: inner.value(text)}}
			}})
		}
	}
	return all
}

func placesInType(typ tftypes.Type) []place {
	var all []place
	within := func(at string, inner tftypes.Type, around func(any) any) {
		for _, p := range placesInType(inner) {
			all = append(all, place{at: at + p.at, value: func(text string) any { return around(p.value(text)) }})
		}
	}
	switch typ := typ.(type) {
	case tftypes.List:
		within("[0]", typ.ElementType, func(v any) any { return []any{v} })
	case tftypes.Set:
		within("[0]", typ.ElementType, func(v any) any { return []any{v} })
	case tftypes.Map:
		within("[x]", typ.ElementType, func(v any) any { return values{"x": v} })
		all = append(all, place{at: " key", value: func(text string) any { return values{text: "x"} }})
	case tftypes.Object:
		for name, member := range typ.AttributeTypes {
			within("."+name, member, func(v any) any { return values{name: v} })
		}
	default:
		switch {
		case typ.Is(tftypes.String):
			all = append(all, place{value: func(text string) any { return text }})
		case typ.Is(tftypes.DynamicPseudoType):
			all = append(all,
				place{value: func(text string) any { return text }},
				place{at: "[0]", value: func(text string) any { return []any{text} }},
				place{at: "[0].action", value: func(text string) any { return []any{values{"action": text}} }},
				place{at: "[0].text", value: func(text string) any { return []any{values{"action": "talk", text: text}} }})
		}
	}
	return all
}

// sound are the arguments that make the rest of a configuration valid, so that it also reaches the plan, the apply or
// the read. A resource that is not here takes those of its specimen.
var sound = map[string]values{
	"resource vonage_application":          {"name": "x"},
	"resource vonage_number":               {"country": "GB", "msisdn": "447700900001"},
	"resource vonage_subaccount":           {"name": "x"},
	"resource vonage_number_link":          {"msisdn": "447700900002", "application_id": anApplication},
	"data source vonage_conversation":      {"id": aConversation},
	"data source vonage_number":            {"msisdn": "447700900002"},
	"data source vonage_available_numbers": {"country": "GB"},
	"data source vonage_pricing":           {"country": "GB", "type": "sms"},
	"action vonage_balance_transfer":       {"from": "abcd1234", "to": "0000beef", "amount": "1"},
	"action vonage_credit_transfer":        {"from": "abcd1234", "to": "0000beef", "amount": "1"},
	"action vonage_number_transfer":        {"from": "abcd1234", "to": "0000beef", "country": "GB", "msisdn": "447700900002"},
	"action vonage_voice_call":             {"to": values{"number": "447700900003"}, "from": "447700900002", "ncco": `[{"action":"talk","text":"x"}]`, "wait_for": "started"},
}

// config returns a sound configuration with a text at a place.
func (p place) config(of, text string) values {
	config := maps.Clone(sound[of])
	for _, resource := range specimen.Resources() {
		if of == "resource "+resource.TypeName && config == nil {
			config = maps.Clone(resource.Cases[0].First)
		}
	}
	if config == nil {
		config = values{}
	}
	value := p.value(text)
	members, nested := value.(values)
	if beside, ok := config[p.attribute].(values); ok && nested { // the members beside the one at this place stay
		members = maps.Clone(members)
		for name, member := range beside {
			if _, taken := members[name]; !taken {
				members[name] = member
			}
		}
		value = members
	}
	config[p.attribute] = value
	return config
}

// TestNoMessageShowsASecret puts secrets into every string argument of everything that the provider offers, at any depth,
// into its environment variables and into import ids. No error and no warning of any call may contain them.
func TestNoMessageShowsASecret(t *testing.T) {
	t.Parallel()
	schema := acctest.New(t).Protocol(t).Schema()
	var said atomic.Int64
	check := func(t *testing.T, s secret, at string, diags acctest.Diagnostics) {
		t.Helper()
		said.Add(int64(len(diags)))
		for _, d := range diags {
			if found := s.in(d.Summary + "\n" + d.Detail); len(found) > 0 {
				t.Errorf("%s in %s: %q is shown:\n%s\n%s", s.name, at, found, d.Summary, d.Detail)
			}
		}
	}
	everywhere := func(of string, attributes []*tfprotov6.SchemaAttribute, use func(p *acctest.Protocol, config values) acctest.Diagnostics) {
		t.Run(of, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := peopled(t, acctest.InMemory())
				for i, at := range placesOf(attributes) {
					all := secrets()
					if testing.Short() { // one for each place, in turn
						all = all[i%len(all):][:1]
					}
					for _, s := range all {
						check(t, s, at.at, use(p, at.config(of, s.value)))
					}
				}
			})
		})
	}
	t.Cleanup(func() {
		least := int64(300)
		if testing.Short() {
			least = 50
		}
		if said.Load() < least {
			t.Errorf("only %d messages were looked at", said.Load())
		}
	})
	for name, one := range schema.ResourceSchemas {
		everywhere("resource "+name, one.Block.Attributes, func(p *acctest.Protocol, config values) acctest.Diagnostics {
			object, diags := p.Change(name, acctest.Object{}, config)
			if !diags.HasError() {
				_, more := p.Change(name, object, nil)
				diags = append(diags, more...)
			}
			return diags
		})
		t.Run("import of "+name, func(t *testing.T) {
			t.Parallel()
			p := peopled(t)
			for _, s := range secrets() {
				for _, form := range []string{"%s", "name=%s", "GB/%s", "%s/447700900001"} {
					_, diags := p.Import(name, strings.Replace(form, "%s", s.value, 1))
					check(t, s, "import id "+form, diags)
				}
				for _, attribute := range p.Identity(name).IdentityAttributes {
					_, diags := p.ImportIdentity(name, values{attribute.Name: s.value})
					check(t, s, "identity "+attribute.Name, diags)
				}
				_, diags := p.Move(acctest.Source{Provider: "registry.terraform.io/mastercard/restapi", TypeName: "restapi_object", State: values{"id": "x", "path": s.value}}, name)
				check(t, s, "path of a restapi_object", diags)
			}
		})
	}
	for name, one := range schema.DataSourceSchemas {
		everywhere("data source "+name, one.Block.Attributes, func(p *acctest.Protocol, config values) acctest.Diagnostics {
			diags := p.ValidateDataSource(name, config)
			if !diags.HasError() {
				_, diags = p.ReadDataSource(name, config)
			}
			return diags
		})
	}
	for name, one := range schema.EphemeralResourceSchemas {
		everywhere("ephemeral resource "+name, one.Block.Attributes, func(p *acctest.Protocol, config values) acctest.Diagnostics {
			diags := p.ValidateEphemeral(name, config)
			if !diags.HasError() {
				_, diags = p.OpenEphemeral(name, config)
			}
			return diags
		})
	}
	for name, one := range schema.ListResourceSchemas {
		everywhere("list resource "+name, one.Block.Attributes, func(p *acctest.Protocol, config values) acctest.Diagnostics {
			listed, diags := p.List(name, config, 1, false)
			for _, object := range listed {
				diags = append(diags, object.Diagnostics...)
			}
			return diags
		})
	}
	for name, one := range schema.ActionSchemas {
		everywhere("action "+name, one.Schema.Block.Attributes, func(p *acctest.Protocol, config values) acctest.Diagnostics {
			_, diags := p.Invoke(name, config)
			return diags
		})
	}
	for name, function := range schema.Functions {
		t.Run("function "+name, func(t *testing.T) {
			t.Parallel()
			p := peopled(t)
			for i, parameter := range function.Parameters {
				for _, at := range placesInType(parameter.Type) {
					for _, s := range secrets() {
						arguments := slices.Repeat([]any{"x"}, len(function.Parameters))
						arguments[i] = at.value(s.value)
						_, err := p.Call(name, arguments...)
						if failure, ok := errors.AsType[*acctest.FunctionError](err); ok {
							check(t, s, parameter.Name+at.at, acctest.Diagnostics{{Detail: failure.Text}})
						}
					}
				}
			}
		})
	}
	t.Run("provider", func(t *testing.T) {
		t.Parallel()
		for _, at := range placesOf(schema.Provider.Block.Attributes) {
			for _, s := range secrets() {
				config := at.config("provider", s.value)
				r := world{config: config}.start(t)
				check(t, s, at.at, r.ValidateProvider(config))
				check(t, s, at.at, r.used(t))
			}
		}
	})
	t.Run("environment", func(t *testing.T) {
		t.Parallel()
		variables := environment(t)
		if len(variables) < 10 {
			t.Errorf("the provider reads %q", variables)
		}
		for _, name := range variables {
			for _, s := range secrets() {
				env := map[string]string{
					"VONAGE_API_KEY": "k", "VONAGE_API_SECRET": "s", "VONAGE_APPLICATION_ID": anApplication, "VONAGE_PRIVATE_KEY": acctest.PrivateKey(6), name: s.value,
				}
				check(t, s, name, world{env: env}.start(t).used(t))
			}
		}
	})
}

// peopled returns a client of the provider for an account with an application, whose credentials the provider has, and
// numbers, one of them rented.
func peopled(t *testing.T, options ...acctest.Option) *acctest.Protocol {
	t.Helper()
	env := acctest.New(t, options...)
	document := values{"name": "an application", "keys": values{"public_key": acctest.PublicKey(6)}, "capabilities": values{"voice": values{}}}
	for _, err := range []error{
		env.Emulator.SeedApplication(anApplication, document),
		env.Emulator.SeedNumber("GB/447700900002", values{"type": "mobile-lvn", "features": []any{"VOICE"}}),
		env.Emulator.SeedInventory(values{"country": "GB", "msisdn": "447700900001", "cost": "1.25", "initialPrice": "0.50"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return env.Protocol(t, values{"application_id": anApplication, "private_key": acctest.PrivateKey(6)})
}

// used returns all that the provider says when it is configured and everything is used that needs its settings.
func (r *run) used(t *testing.T) acctest.Diagnostics {
	t.Helper()
	all := r.configured
	for _, probe := range []string{"vonage_account_probe", "vonage_application_probe", "vonage_signing_probe"} {
		_, diags := r.ReadDataSource(probe, values{})
		all = append(all, diags...)
	}
	return all
}

// environment returns the names of all environment variables that the provider reads.
func environment(t *testing.T) []string {
	t.Helper()
	r := world{}.start(t)
	r.used(t)
	return slices.Sorted(maps.Keys(r.variables))
}

// TestEveryNumberAndCountryIsChecked: a 0 after a country code whose numbers begin with none, and UK for the United
// Kingdom, are errors in every argument that takes a number or a country, and in import ids.
func TestEveryNumberAndCountryIsChecked(t *testing.T) {
	t.Parallel()
	p := peopled(t)
	found := map[string]int{}
	everywhere := func(of string, attributes []*tfprotov6.SchemaAttribute, validate func(config values) acctest.Diagnostics) {
		for _, at := range placesOf(attributes) {
			name := at.at[strings.LastIndex(at.at, ".")+1:]
			wrong, says := "+44 07700 900001", "leave out the 0"
			switch name {
			case "country":
				wrong, says = "uk", "which is GB"
			case "from":
				if of != "action vonage_voice_call" { // an account
					continue
				}
			case "msisdn", "number":
			default:
				continue
			}
			found[name]++
			diags := validate(at.config(of, wrong)).Errors()
			if len(diags) != 1 || diags[0].Attribute != at.at || !strings.Contains(diags[0].Detail, says) {
				t.Errorf("%s, %s: %s", of, at.at, diags)
			}
		}
	}
	schema := p.Schema()
	for name, one := range schema.ResourceSchemas {
		everywhere("resource "+name, one.Block.Attributes, func(config values) acctest.Diagnostics { return p.ValidateResource(name, config) })
	}
	for name, one := range schema.DataSourceSchemas {
		everywhere("data source "+name, one.Block.Attributes, func(config values) acctest.Diagnostics { return p.ValidateDataSource(name, config) })
	}
	for name, one := range schema.ListResourceSchemas {
		everywhere("list resource "+name, one.Block.Attributes, func(config values) acctest.Diagnostics {
			_, diags := p.List(name, config, 1, false)
			return diags
		})
	}
	for name, one := range schema.ActionSchemas {
		everywhere("action "+name, one.Schema.Block.Attributes, func(config values) acctest.Diagnostics { return p.ValidateAction(name, config) })
	}
	if found["country"] < 7 || found["msisdn"] < 3 || found["number"] < 1 || found["from"] < 1 {
		t.Errorf("found only %v", found)
	}
	for _, name := range []string{"vonage_number", "vonage_number_link"} {
		for id, says := range map[string]string{"UK/447700900001": "which is GB", "GB/+44 07700 900001": "leave out the 0", "4407700900001": "leave out the 0"} {
			_, diags := p.Import(name, id)
			diags.MustFail(t, "", says)
		}
		_, diags := p.ImportIdentity(name, values{"country": "UK", "msisdn": "447700900001"})
		diags.MustFail(t, "", "which is GB")
	}
}
