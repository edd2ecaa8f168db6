// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// ctyType converts a type of the plugin protocol to the type used in Terraform's JSON.
func ctyType(from tftypes.Type) (cty.Type, error) {
	switch from := from.(type) {
	case tftypes.List:
		return collection(from.ElementType, cty.List)
	case tftypes.Set:
		return collection(from.ElementType, cty.Set)
	case tftypes.Map:
		return collection(from.ElementType, cty.Map)
	case tftypes.Object:
		attributes, err := each(from.AttributeTypes, ctyType)

		return cty.Object(attributes), err
	}

	// Primitive types are values, not Go types, so a type switch cannot tell them apart.
	switch {
	case tftypes.String.Is(from):
		return cty.String, nil
	case tftypes.Number.Is(from):
		return cty.Number, nil
	case tftypes.Bool.Is(from):
		return cty.Bool, nil
	case tftypes.DynamicPseudoType.Is(from):
		return cty.DynamicPseudoType, nil
	default:
		return cty.NilType, fmt.Errorf("no Terraform type for %v", from)
	}
}

func collection(element tftypes.Type, of func(cty.Type) cty.Type) (cty.Type, error) {
	t, err := ctyType(element)
	if err != nil {
		return cty.NilType, err
	}

	return of(t), nil
}
