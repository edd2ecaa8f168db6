// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// shape is an unusual configuration and its name.
type shape struct {
	name   string
	config values
}

// shapes returns configurations of a schema: with nothing set, with everything unknown, with a value of the right type
// for every attribute, and all variations of the bases (by default, of the last of these) in which one value, at any
// depth, is missing, unknown or an empty collection.
func shapes(attributes []*tfprotov6.SchemaAttribute, bases ...values) []shape {
	blank, dark, full := values{}, values{}, values{}
	for _, attribute := range attributes {
		dark[attribute.Name] = acctest.Unknown
		full[attribute.Name] = plausible(attribute)
	}
	all := []shape{{"nothing", blank}, {"nothing known", dark}, {"something", full}}
	if len(bases) == 0 {
		bases = []values{full}
	}
	for i, base := range bases {
		vary("", base, func(at string, varied any) {
			all = append(all, shape{fmt.Sprintf("base %d%s", i, at), varied.(values)})
		})
	}
	return all
}

// vary calls give with every variation of a value.
func vary(at string, value any, give func(at string, varied any)) {
	if at != "" {
		give(at+" missing", nil)
		give(at+" unknown", acctest.Unknown)
	}
	switch value := value.(type) {
	case values:
		for name, member := range value {
			vary(at+"."+name, member, func(at string, varied any) { give(at, acctest.With(value, values{name: varied})) })
		}
	case []any:
		give(at+" empty", []any{})
		for i, member := range value {
			vary(fmt.Sprintf("%s[%d]", at, i), member, func(at string, varied any) {
				changed := append([]any{}, value...)
				changed[i] = varied
				give(at, changed)
			})
		}
	}
}

// plausible returns a value of an attribute's type.
func plausible(attribute *tfprotov6.SchemaAttribute) any {
	if attribute.NestedType == nil {
		return ofType(attribute.Type)
	}
	object := values{}
	for _, member := range attribute.NestedType.Attributes {
		object[member.Name] = plausible(member)
	}
	switch attribute.NestedType.Nesting { //nolint:exhaustive // what is left is single
	case tfprotov6.SchemaObjectNestingModeMap:
		return values{"x": object}
	case tfprotov6.SchemaObjectNestingModeList, tfprotov6.SchemaObjectNestingModeSet:
		return []any{object}
	default:
		return object
	}
}

func ofType(typ tftypes.Type) any {
	switch typ := typ.(type) {
	case tftypes.Object:
		object := values{}
		for name, member := range typ.AttributeTypes {
			object[name] = ofType(member)
		}
		return object
	case tftypes.Map:
		return values{"x": ofType(typ.ElementType)}
	case tftypes.List:
		return []any{ofType(typ.ElementType)}
	case tftypes.Set:
		return []any{ofType(typ.ElementType)}
	}
	switch {
	case typ.Is(tftypes.Bool):
		return true
	case typ.Is(tftypes.Number):
		return 1
	default:
		return "x"
	}
}

// settable omits attributes that only the provider sets: Terraform rejects them in a configuration.
func settable(attributes []*tfprotov6.SchemaAttribute) []*tfprotov6.SchemaAttribute {
	var kept []*tfprotov6.SchemaAttribute
	for _, attribute := range attributes {
		if attribute.Required || attribute.Optional {
			inner := *attribute
			if attribute.NestedType != nil {
				nested := *attribute.NestedType
				nested.Attributes = settable(nested.Attributes)
				inner.NestedType = &nested
			}
			kept = append(kept, &inner)
		}
	}
	return kept
}

// fits reports whether a function accepts a value.
func fits(typ tftypes.Type, value any) bool {
	switch value.(type) {
	case string:
		return typ.Is(tftypes.String) || typ.Is(tftypes.DynamicPseudoType)
	case nil:
		return true
	default:
		return value == acctest.Unknown || typ.Is(tftypes.DynamicPseudoType)
	}
}
