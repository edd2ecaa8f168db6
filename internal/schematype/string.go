// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package schematype holds attribute types with a meaning: strings that stand for the same thing though they are written
// differently (a phone number with and without spaces), and checks of form for those that do not need a type.
package schematype

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Meaning is what a string attribute stands for.
type Meaning interface {
	// Noun is what people call it, for messages.
	Noun() string
	// Canonical returns the one way of writing it that id, identity and the wire use. The error says what is wrong with
	// text; it never quotes text that can be key material.
	Canonical(text string) (string, error)
}

// StringType is the type of an attribute whose values are strings with the meaning M.
type StringType[M Meaning] struct{ basetypes.StringType }

// String is a string with the meaning M. The zero value is null.
//
// It keeps the way it was written, so that a state shows what the configuration says, but compares by meaning.
type String[M Meaning] struct{ basetypes.StringValue }

// Equal says whether other is the same type; the framework asks.
func (t StringType[M]) Equal(other attr.Type) bool {
	_, same := other.(StringType[M])
	return same
}

// String names the type in the framework's own messages.
func (t StringType[M]) String() string {
	var m M
	return "schematype.StringType[" + m.Noun() + "]"
}

// ValueType returns a value of this type, of no matter which content.
func (t StringType[M]) ValueType(context.Context) attr.Value { return String[M]{} }

// ValueFromString gives a plain string this type's meaning.
func (t StringType[M]) ValueFromString(_ context.Context, s basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return String[M]{StringValue: s}, nil
}

// ValueFromTerraform gives a string that arrives from Terraform this type's meaning.
func (t StringType[M]) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	s, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("%s cannot hold a %T", t, value)
	}
	return String[M]{StringValue: s}, nil
}

// Known returns text as a value with the meaning M.
func Known[M Meaning](text string) String[M] {
	return String[M]{StringValue: types.StringValue(text)}
}

// Unknown returns a value with the meaning M that is not known before apply.
func Unknown[M Meaning]() String[M] {
	return String[M]{StringValue: types.StringUnknown()}
}

// Type returns the type of the value.
func (s String[M]) Type(context.Context) attr.Type { return StringType[M]{} }

// Equal compares the way of writing, as Terraform does; for the meaning see SameAs.
func (s String[M]) Equal(other attr.Value) bool {
	o, ok := other.(String[M])
	return ok && s.StringValue.Equal(o.StringValue)
}

// ValueCanonical returns the canonical way of writing a known value, and "" for null and unknown. Text without the
// meaning is returned as it is: whoever cares has seen ValidateAttribute refuse it.
func (s String[M]) ValueCanonical() string {
	if s.IsNull() || s.IsUnknown() {
		return ""
	}
	var m M
	canonical, err := m.Canonical(s.ValueString())
	if err != nil {
		return s.ValueString()
	}
	return canonical
}

// SameAs says whether both are known and mean the same, or are both null, or both unknown.
func (s String[M]) SameAs(other String[M]) bool {
	switch {
	case s.Equal(other):
		return true // as nearly always; reading a key is slow
	case s.IsNull(), other.IsNull(), s.IsUnknown(), other.IsUnknown():
		return false
	}
	return s.ValueCanonical() == other.ValueCanonical()
}

// StringSemanticEquals lets the framework keep the configuration's way of writing when a result means the same.
func (s String[M]) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(String[M])
	return ok && s.SameAs(o), nil
}

// ValidateAttribute refuses text that does not have the meaning.
func (s String[M]) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if s.IsNull() || s.IsUnknown() {
		return
	}
	var m M
	if _, err := m.Canonical(s.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid "+m.Noun(), naming(req.Path, err))
	}
}
