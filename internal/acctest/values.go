// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Values are the attributes of an object by name. Objects and maps are Values (or map[string]any), lists and sets []any,
// integers int and other numbers float64. Omitted attributes are null.
type Values = map[string]any

// With returns a copy of a configuration with some settings changed.
func With(config, more Values) Values {
	merged := maps.Clone(config)
	if merged == nil {
		merged = Values{}
	}
	maps.Copy(merged, more)
	return merged
}

type unknown struct{}

// Unknown stands for a value that is known only after apply.
var Unknown any = unknown{}

// encode converts v to a Terraform value of type typ. It is stricter than Terraform: an attribute that does not exist is
// an error, so that no test passes because of a misspelled name.
func encode(typ tftypes.Type, v any) (tftypes.Value, error) {
	if v == nil {
		return tftypes.NewValue(typ, nil), nil
	}
	if v == Unknown {
		return tftypes.NewValue(typ, tftypes.UnknownValue), nil
	}
	switch typ := typ.(type) {
	case tftypes.Object:
		return encodeObject(typ, v)
	case tftypes.Map:
		members, ok := v.(Values)
		if !ok {
			return tftypes.Value{}, fmt.Errorf("%T is no map", v)
		}
		elements := make(map[string]tftypes.Value, len(members))
		for name, member := range members {
			element, err := encode(typ.ElementType, member)
			if err != nil {
				return tftypes.Value{}, fmt.Errorf("[%q]: %w", name, err)
			}
			elements[name] = element
		}
		return tftypes.NewValue(typ, elements), nil
	case tftypes.List:
		return encodeSequence(typ, typ.ElementType, v)
	case tftypes.Set:
		return encodeSequence(typ, typ.ElementType, v)
	}
	if typ.Is(tftypes.DynamicPseudoType) {
		return encodeDynamic(v)
	}
	return encodePrimitive(typ, v)
}

func encodePrimitive(typ tftypes.Type, v any) (tftypes.Value, error) {
	switch n := v.(type) {
	case int:
		v = new(big.Float).SetInt64(int64(n))
	case int64:
		v = new(big.Float).SetInt64(n)
	case float64:
		v = big.NewFloat(n)
	}
	if err := tftypes.ValidateValue(typ, v); err != nil {
		return tftypes.Value{}, err
	}
	return tftypes.NewValue(typ, v), nil
}

func encodeObject(typ tftypes.Object, v any) (tftypes.Value, error) {
	members, ok := v.(Values)
	if !ok {
		return tftypes.Value{}, fmt.Errorf("%T is no object", v)
	}
	for name := range members {
		if _, exists := typ.AttributeTypes[name]; !exists {
			return tftypes.Value{}, fmt.Errorf("there is no attribute %s", name)
		}
	}
	attributes := make(map[string]tftypes.Value, len(typ.AttributeTypes))
	for name, attributeType := range typ.AttributeTypes {
		attribute, err := encode(attributeType, members[name])
		if err != nil {
			return tftypes.Value{}, fmt.Errorf("%s: %w", name, err)
		}
		attributes[name] = attribute
	}
	return tftypes.NewValue(typ, attributes), nil
}

func encodeSequence(typ, elementType tftypes.Type, v any) (tftypes.Value, error) {
	members, ok := v.([]any)
	if !ok {
		return tftypes.Value{}, fmt.Errorf("%T is no list", v)
	}
	elements := make([]tftypes.Value, len(members))
	for i, member := range members {
		element, err := encode(elementType, member)
		if err != nil {
			return tftypes.Value{}, fmt.Errorf("[%d]: %w", i, err)
		}
		elements[i] = element
	}
	return tftypes.NewValue(typ, elements), nil
}

// encodeDynamic chooses the type as Terraform does for a literal: objects and tuples instead of maps and lists.
func encodeDynamic(v any) (tftypes.Value, error) {
	switch v := v.(type) {
	case Values:
		attributes, types := map[string]tftypes.Value{}, map[string]tftypes.Type{}
		for name, member := range v {
			attribute, err := encode(tftypes.DynamicPseudoType, member)
			if err != nil {
				return tftypes.Value{}, err
			}
			attributes[name], types[name] = attribute, attribute.Type()
		}
		return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, attributes), nil
	case []any:
		elements, types := []tftypes.Value{}, []tftypes.Type{}
		for _, member := range v {
			element, err := encode(tftypes.DynamicPseudoType, member)
			if err != nil {
				return tftypes.Value{}, err
			}
			elements, types = append(elements, element), append(types, element.Type())
		}
		return tftypes.NewValue(tftypes.Tuple{ElementTypes: types}, elements), nil
	case string:
		return encodePrimitive(tftypes.String, v)
	case bool:
		return encodePrimitive(tftypes.Bool, v)
	default:
		return encodePrimitive(tftypes.Number, v)
	}
}

// decode is the reverse of encode.
func decode(v tftypes.Value) (any, error) {
	switch {
	case !v.IsKnown():
		return Unknown, nil
	case v.IsNull():
		return nil, nil //nolint:nilnil // null is a value
	}
	typ := v.Type()
	switch {
	case typ.Is(tftypes.String):
		var text string
		err := v.As(&text)
		return text, err
	case typ.Is(tftypes.Bool):
		var truth bool
		err := v.As(&truth)
		return truth, err
	case typ.Is(tftypes.Number):
		var number big.Float
		if err := v.As(&number); err != nil {
			return nil, err
		}
		if whole, accuracy := number.Int64(); accuracy == big.Exact {
			return int(whole), nil
		}
		float, _ := number.Float64()
		return float, nil
	case typ.Is(tftypes.Object{}), typ.Is(tftypes.Map{}):
		return decodeMembers(v)
	default:
		return decodeSequence(v)
	}
}

func decodeMembers(v tftypes.Value) (any, error) {
	var members map[string]tftypes.Value
	if err := v.As(&members); err != nil {
		return nil, err
	}
	decoded := make(Values, len(members))
	for name, member := range members {
		value, err := decode(member)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		decoded[name] = value
	}
	return decoded, nil
}

func decodeSequence(v tftypes.Value) (any, error) {
	var members []tftypes.Value
	if err := v.As(&members); err != nil {
		return nil, err
	}
	decoded := make([]any, len(members))
	for i, member := range members {
		value, err := decode(member)
		if err != nil {
			return nil, fmt.Errorf("[%d]: %w", i, err)
		}
		decoded[i] = value
	}
	if set, ok := v.Type().(tftypes.Set); ok && set.ElementType.Is(tftypes.String) {
		slices.SortFunc(decoded, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) }) // as Terraform does
	}
	return decoded, nil
}

// equal reports whether two values are equal; an omitted attribute equals null.
func equal(a, b any) bool {
	switch a := a.(type) {
	case Values:
		members, ok := b.(Values)
		if !ok || a == nil || members == nil {
			return ok && a == nil && members == nil
		}
		for name := range a {
			if !equal(a[name], members[name]) {
				return false
			}
		}
		for name := range members {
			if _, compared := a[name]; !compared && members[name] != nil {
				return false
			}
		}
		return true
	case []any:
		members, ok := b.([]any)
		return ok && slices.EqualFunc(a, members, equal)
	}
	return !isCollection(b) && a == b
}

func isCollection(v any) bool {
	switch v.(type) {
	case Values, []any:
		return true
	}
	return false
}
