// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
)

// withTheRest returns the longest of a resource's configurations with a value for every attribute that none of them sets,
// as far as one can be guessed. So whoever adds a plain attribute does not have to touch the specimen. ok is false if
// there is nothing to add.
func withTheRest(t *testing.T, typeName string, configs map[string]values) (config values, ok bool) {
	t.Helper()
	e := acctest.New(t, acctest.InMemory())
	fill(t, e.Emulator)
	attributes := settable(e.Protocol(t).Schema().ResourceSchemas[typeName].Block.Attributes)
	config = slices.MaxFunc(slices.Collect(maps.Values(configs)), func(a, b values) int { return cmp.Compare(len(fmt.Sprint(a)), len(fmt.Sprint(b))) })
	var all []any
	for _, one := range configs {
		all = append(all, one)
	}
	whole := fillIn(attributes, config, all, func(candidate values) acctest.Diagnostics {
		p := e.Protocol(t, specimen.AsApplication()) // in a run of its own: a second resource for the same number is an error
		diags := p.ValidateResource(typeName, candidate)
		if !diags.HasError() {
			_, diags = p.Plan(typeName, acctest.Object{}, candidate) // some values are checked only there
		}
		return diags.Errors()
	})
	return whole, len(fmt.Sprint(whole)) > len(fmt.Sprint(config))
}

// fillIn completes an object with what none of all has. problems has what the provider says of an object where it stands.
func fillIn(attributes []*tfprotov6.SchemaAttribute, object values, all []any, problems func(values) acctest.Diagnostics) values {
	for _, attribute := range attributes {
		var held []any
		for _, one := range all {
			if value := one.(values)[attribute.Name]; value != nil {
				held = append(held, value)
			}
		}
		put := func(value any) values { return acctest.With(object, values{attribute.Name: value}) }
		member, inside := object[attribute.Name].(values)
		switch {
		case attribute.WriteOnly:
		case len(held) == 0:
			if value, ok := guess(attribute, func(value any) acctest.Diagnostics { return problems(put(value)) }); ok {
				object = put(value)
			}
		case inside && attribute.NestedType != nil && attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
			object = put(fillIn(attribute.NestedType.Attributes, member, held, func(value values) acctest.Diagnostics { return problems(put(value)) }))
		}
	}
	return object
}

// guess returns a value of an attribute with which the provider has no problem where it stands.
func guess(attribute *tfprotov6.SchemaAttribute, problems func(any) acctest.Diagnostics) (any, bool) {
	if attribute.NestedType != nil && attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle {
		unset := values{} // unknown members make no object invalid
		for _, member := range attribute.NestedType.Attributes {
			unset[member.Name] = acctest.Unknown
		}
		object := values{}
		for _, member := range attribute.NestedType.Attributes {
			value, ok := guess(member, func(value any) acctest.Diagnostics {
				return problems(acctest.With(acctest.With(unset, object), values{member.Name: value}))
			})
			if !ok && member.Required {
				return nil, false
			}
			object[member.Name] = value
		}
		return object, len(problems(object)) == 0
	}
	candidates := []any{plausible(attribute)}
	if attribute.NestedType == nil && attribute.Type.Is(tftypes.String) {
		candidates = []any{"https://example.com/x", "10m", "en-us", specimen.ApplicationB, "x"}
	}
	for _, candidate := range candidates {
		found := problems(candidate)
		if len(found) == 0 {
			return candidate, true
		}
		if other, ok := suggestion(found); ok && len(problems(other)) == 0 {
			return other, true
		}
	}
	return nil, false
}

var (
	oneOf   = regexp.MustCompile(`must be one of: \["([^"]+)"`)
	between = regexp.MustCompile(`must be between (\d+) and`)
)

// suggestion returns a value that an error calls valid.
func suggestion(found acctest.Diagnostics) (any, bool) {
	if word := oneOf.FindStringSubmatch(found.String()); word != nil {
		return word[1], true
	}
	if digits := between.FindStringSubmatch(found.String()); digits != nil {
		number, err := strconv.Atoi(digits[1])
		return number, err == nil
	}
	return nil, false
}

// TestWhatNoSpecimenSetsIsGuessed takes attributes from a specimen, and finds values for them.
func TestWhatNoSpecimenSetsIsGuessed(t *testing.T) {
	t.Parallel()
	everything := values{}
	for _, resource := range specimen.Resources() {
		if resource.TypeName == "vonage_application" {
			everything = resource.Pinned["application with everything"]
		}
	}
	voice := maps.Clone(everything["voice"].(values))
	for _, name := range []string{"signed_callbacks", "conversations_ttl", "event_url"} {
		delete(voice, name)
	}
	less := acctest.With(everything, values{"voice": voice, "rtc": nil, "messages": nil, "improve_ai": nil})
	config, ok := withTheRest(t, "vonage_application", map[string]values{"less": less})
	if !ok {
		t.Fatal("nothing was added")
	}
	attributes := settable(acctest.New(t, acctest.InMemory()).Protocol(t).Schema().ResourceSchemas["vonage_application"].Block.Attributes)
	config = acctest.With(config, values{"public_key": nil, "public_key_wo_version": nil}) // need a key that exists
	_, diags := acctest.New(t, acctest.InMemory()).Protocol(t).Change("vonage_application", acctest.Object{}, config)
	diags.MustBeEmpty(t)
	for _, name := range missing("vonage_application", attributes, []any{config}) {
		if name != "vonage_application.public_key" && name != "vonage_application.public_key_wo_version" {
			t.Errorf("%s has no value", name)
		}
	}
}

// Each guess about a number is planned in a run of its own, where no other resource has the number already.
func TestMoreThanOneSettingOfANumberIsGuessed(t *testing.T) {
	t.Parallel()
	config, _ := withTheRest(t, "vonage_number", map[string]values{"less": {"country": "GB", "msisdn": "447700900002"}})
	for _, name := range []string{"sms_webhook_url", "voice_status_callback"} {
		if config[name] == nil {
			t.Errorf("%s has no value: %v", name, config)
		}
	}
}
