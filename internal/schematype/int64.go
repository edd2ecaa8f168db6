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

// Int64Type is the type of an attribute that holds a whole number. Terraform accepts any number; the Int64Type of the framework
// reports 1.5 as a bug of the provider, and at the outermost object instead of the attribute.
type Int64Type struct{ basetypes.Int64Type }

// Int64 is a whole number that fits into 64 bits. The zero value is null.
type Int64 struct {
	basetypes.Int64Value

	problem string // what is wrong with a number that does not fit; ValidateAttribute reports it
}

// NewInt64Pointer returns null for nil.
func NewInt64Pointer(number *int64) Int64 {
	return Int64{Int64Value: basetypes.NewInt64PointerValue(number)}
}

// Equal says whether other is the same type; the framework asks.
func (t Int64Type) Equal(other attr.Type) bool {
	_, same := other.(Int64Type)
	return same
}

// String names the type in the framework's own messages.
func (t Int64Type) String() string { return "schematype.Int64Type" }

// ValueType returns a value of this type, of no matter which content.
func (t Int64Type) ValueType(context.Context) attr.Value { return Int64{} }

// ValueFromInt64 gives a plain number this type.
func (t Int64Type) ValueFromInt64(_ context.Context, number basetypes.Int64Value) (basetypes.Int64Valuable, diag.Diagnostics) {
	return Int64{Int64Value: number}, nil
}

// ValueFromTerraform converts a number that arrives from Terraform. One that does not fit becomes unknown, so that no other
// validator reports it, too.
func (t Int64Type) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
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
			return Int64{Int64Value: basetypes.NewInt64Unknown(), problem: number.Text('g', -1) + problem}, nil
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
	return Int64{Int64Value: number}, nil
}

// Type returns the type of the value.
func (i Int64) Type(context.Context) attr.Type { return Int64Type{} }

// Equal compares values, known or not.
func (i Int64) Equal(other attr.Value) bool {
	o, ok := other.(Int64)
	return ok && i.problem == o.problem && i.Int64Value.Equal(o.Int64Value)
}

// ValidateAttribute refuses a number that is not whole, or too large for 64 bits.
func (i Int64) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if i.problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid whole number", naming(req.Path, errors.New(i.problem)))
	}
}
