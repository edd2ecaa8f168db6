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

// Int64Type is the type of an attribute that holds an integer. Terraform accepts any number; the framework's own
// Int64Type reports 1.5 as a bug of the provider, and on the outermost object instead of the attribute.
type Int64Type struct{ basetypes.Int64Type }

// Int64 is an integer that fits into 64 bits. The zero value is null.
type Int64 struct {
	basetypes.Int64Value

	problem string // why the number is not a 64-bit integer, or ""; reported by ValidateAttribute
}

// NewInt64Pointer returns null for nil.
func NewInt64Pointer(number *int64) Int64 {
	return Int64{Int64Value: basetypes.NewInt64PointerValue(number)}
}

// Equal reports whether other is the same type.
func (t Int64Type) Equal(other attr.Type) bool {
	_, same := other.(Int64Type)
	return same
}

// String names the type in the framework's own messages.
func (t Int64Type) String() string { return "schematype.Int64Type" }

// ValueType returns a value of this type; its content does not matter.
func (t Int64Type) ValueType(context.Context) attr.Value { return Int64{} }

// ValueFromInt64 converts a framework number to this type.
func (t Int64Type) ValueFromInt64(_ context.Context, number basetypes.Int64Value) (basetypes.Int64Valuable, diag.Diagnostics) {
	return Int64{Int64Value: number}, nil
}

// ValueFromTerraform converts a number from Terraform. A number that does not fit becomes unknown, so that no other
// validator reports it as well.
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

// Equal reports whether both values are equal; null and unknown values are equal to themselves.
func (i Int64) Equal(other attr.Value) bool {
	o, ok := other.(Int64)
	return ok && i.problem == o.problem && i.Int64Value.Equal(o.Int64Value)
}

// ValidateAttribute rejects a number that is not an integer or does not fit into 64 bits. Only a configuration can hold one:
// a state is written from integers.
func (i Int64) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if i.problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid whole number", naming(req.Path, errors.New(i.problem)))
	}
}
