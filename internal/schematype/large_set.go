// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package schematype

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// LargeSetType is the type of a set of strings that can have thousands of elements. Terraform knows it as a set: see
// provider.NewServer. The framework takes it for a list, because it compares the elements of a set pairwise, many times in
// every call: with 2,000 elements a refresh took 22 seconds, with as many elements of a list 0.1. Both have the same form on
// the wire, and Terraform sends the elements of a set without duplicates and sorted.
type LargeSetType struct{ basetypes.ListType }

// LargeSet is a value of LargeSetType.
type LargeSet struct{ basetypes.ListValue }

// LargeSetOfStrings returns the type.
func LargeSetOfStrings() LargeSetType {
	return LargeSetType{basetypes.ListType{ElemType: types.StringType}}
}

// NewLargeSet returns the set of these strings, which the caller has sorted.
func NewLargeSet(elements []string) LargeSet {
	values := make([]attr.Value, len(elements))
	for i, element := range elements {
		values[i] = types.StringValue(element)
	}
	return LargeSet{types.ListValueMust(types.StringType, values)}
}

// NoLargeSet returns the null value.
func NoLargeSet() LargeSet { return LargeSet{types.ListNull(types.StringType)} }

// Equal implements attr.Type.
func (t LargeSetType) Equal(other attr.Type) bool {
	_, same := other.(LargeSetType)
	return same
}

// String implements attr.Type.
func (t LargeSetType) String() string { return "schematype.LargeSetType" }

// ValueType implements attr.Type.
func (t LargeSetType) ValueType(context.Context) attr.Value { return NoLargeSet() }

// ValueFromList implements basetypes.ListTypable.
func (t LargeSetType) ValueFromList(_ context.Context, list basetypes.ListValue) (basetypes.ListValuable, diag.Diagnostics) {
	return LargeSet{list}, nil
}

// ValueFromTerraform implements attr.Type.
func (t LargeSetType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.ListType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	list, ok := value.(basetypes.ListValue)
	if !ok {
		return nil, fmt.Errorf("%s cannot hold a %T", t, value)
	}
	return LargeSet{list}, nil
}

// Type implements attr.Value.
func (s LargeSet) Type(context.Context) attr.Type { return LargeSetOfStrings() }

// Equal implements attr.Value.
func (s LargeSet) Equal(other attr.Value) bool {
	o, ok := other.(LargeSet)
	return ok && s.ListValue.Equal(o.ListValue)
}
