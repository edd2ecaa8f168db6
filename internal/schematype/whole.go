// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package schematype

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// WholeType is the type of an attribute that holds a whole number. Terraform lets any number through; the framework's Int64Type
// answers 1.5 with an error that calls it a bug of the provider, and stands at the outermost object instead of the attribute.
type WholeType struct{ basetypes.Int64Type }

// Whole is a whole number that fits into 64 bits. The zero value is null.
type Whole struct {
	basetypes.Int64Value

	problem string // why the number that was written is none of these; ValidateAttribute says it
}

// OptionalWhole returns null for nil.
func OptionalWhole(number *int64) Whole {
	return Whole{Int64Value: basetypes.NewInt64PointerValue(number)}
}

// Equal says whether other is the same type; the framework asks.
func (t WholeType) Equal(other attr.Type) bool {
	_, same := other.(WholeType)
	return same
}

// String names the type in the framework's own messages.
func (t WholeType) String() string { return "schematype.WholeType" }

// ValueType returns a value of this type, of no matter which content.
func (t WholeType) ValueType(context.Context) attr.Value { return Whole{} }

// ValueFromInt64 gives a plain number this type.
func (t WholeType) ValueFromInt64(_ context.Context, number basetypes.Int64Value) (basetypes.Int64Valuable, diag.Diagnostics) {
	return Whole{Int64Value: number}, nil
}

// ValueFromTerraform gives a number that arrives from Terraform this type. One that does not fit is unknown, so that no other
// check speaks about it.
func (t WholeType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	if in.IsKnown() && !in.IsNull() {
		var number big.Float
		if err := in.As(&number); err != nil {
			return nil, err
		}
		if _, accuracy := number.Int64(); accuracy != big.Exact {
			problem := " is not a whole number"
			if number.IsInt() {
				problem = " is too large"
			}
			return Whole{Int64Value: basetypes.NewInt64Unknown(), problem: number.Text('g', -1) + problem}, nil
		}
	}
	value, err := t.Int64Type.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	number, ok := value.(basetypes.Int64Value)
	if !ok {
		return nil, fmt.Errorf("%s cannot hold a %T", t, value)
	}
	return Whole{Int64Value: number}, nil
}

// Type returns the type of the value.
func (w Whole) Type(context.Context) attr.Type { return WholeType{} }

// Equal compares values, known or not.
func (w Whole) Equal(other attr.Value) bool {
	o, ok := other.(Whole)
	return ok && w.problem == o.problem && w.Int64Value.Equal(o.Int64Value)
}

// ValidateAttribute refuses a number that is not whole, or too large for 64 bits.
func (w Whole) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if w.problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid whole number", naming(req.Path, errors.New(w.problem)))
	}
}
