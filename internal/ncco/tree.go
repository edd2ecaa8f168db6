// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import (
	"errors"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// errSet rejects sets, which Terraform sorts in its own order.
var errSet = errors.New("a set has no order, but actions happen in the order given: use a list")

// treeOf converts a known Terraform value to the types that Normalize takes.
func treeOf(value tftypes.Value) (any, error) {
	switch t := value.Type(); {
	case value.IsNull():
		return nil, nil //nolint:nilnil // nil is what null decodes to
	case t.Is(tftypes.String):
		return scalar[string](value)
	case t.Is(tftypes.Bool):
		return scalar[bool](value)
	case t.Is(tftypes.Number):
		n, err := scalar[big.Float](value)
		return canonical(&n), err
	case t.Is(tftypes.Set{}):
		return nil, errSet
	case t.Is(tftypes.List{}), t.Is(tftypes.Tuple{}):
		return listOf(value)
	default:
		return objectOf(value)
	}
}

func scalar[T any](value tftypes.Value) (T, error) {
	var v T
	err := value.As(&v)
	return v, err
}

func listOf(value tftypes.Value) (any, error) {
	values, err := scalar[[]tftypes.Value](value)
	if err != nil {
		return nil, err
	}
	tree := make([]any, len(values))
	for i := range values {
		if tree[i], err = treeOf(values[i]); err != nil {
			return nil, err
		}
	}
	return tree, nil
}

func objectOf(value tftypes.Value) (any, error) {
	values, err := scalar[map[string]tftypes.Value](value)
	if err != nil {
		return nil, err
	}
	tree := make(map[string]any, len(values))
	for name := range values {
		if tree[name], err = treeOf(values[name]); err != nil {
			return nil, err
		}
	}
	return tree, nil
}
