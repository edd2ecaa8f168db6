// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package schematype holds custom attribute types with semantic equality, for values that can be spelled in several ways
// (a phone number with and without spaces), and validators for strings that do not need a type of their own.
package schematype

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Meaning is the kind of value that a string attribute holds.
type Meaning interface {
	// Noun is the name of that kind, for messages.
	Noun() string
	// Canonical returns the one spelling that id, identity and API requests use. The error says what is wrong with text; it
	// never quotes text that can be key material.
	Canonical(text string) (string, error)
}

// StringType is the type of an attribute whose values are strings with the meaning M.
type StringType[M Meaning] struct{ basetypes.StringType }

// String is a string with the meaning M. The zero value is null.
//
// It keeps its spelling, so that the state shows what the configuration says, but compares by meaning. It never refuses text:
// the framework would check states and responses, too. Valid checks what users write.
type String[M Meaning] struct{ basetypes.StringValue }

// Equal reports whether other is the same type.
func (t StringType[M]) Equal(other attr.Type) bool {
	_, same := other.(StringType[M])
	return same
}

// String names the type in the framework's own messages.
func (t StringType[M]) String() string {
	var m M
	return "schematype.StringType[" + m.Noun() + "]"
}

// ValueType returns a value of this type; its content does not matter.
func (t StringType[M]) ValueType(context.Context) attr.Value { return String[M]{} }

// ValueFromString converts a framework string to this type.
func (t StringType[M]) ValueFromString(_ context.Context, s basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return String[M]{StringValue: s}, nil
}

// ValueFromTerraform converts a string from Terraform to this type.
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

// Unknown returns a value with the meaning M that is known only after apply.
func Unknown[M Meaning]() String[M] {
	return String[M]{StringValue: types.StringUnknown()}
}

// Type returns the type of the value.
func (s String[M]) Type(context.Context) attr.Type { return StringType[M]{} }

// Equal compares the spelling, as Terraform does; SameAs compares the meaning.
func (s String[M]) Equal(other attr.Value) bool {
	o, ok := other.(String[M])
	return ok && s.StringValue.Equal(o.StringValue)
}

// ValueCanonical returns the canonical spelling of a known value, and "" for null and unknown. Text without a canonical form
// is returned unchanged, and compared as text: the API may return any.
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

// SameAs reports whether both values are known and mean the same, or both are null, or both unknown.
func (s String[M]) SameAs(other String[M]) bool {
	switch {
	case s.Equal(other):
		return true // the common case; parsing a key is slow
	case s.IsNull(), other.IsNull(), s.IsUnknown(), other.IsUnknown():
		return false
	}
	return s.ValueCanonical() == other.ValueCanonical()
}

// StringSemanticEquals lets the framework keep the configuration's spelling when a result means the same.
func (s String[M]) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(String[M])
	return ok && s.SameAs(o), nil
}

// CheckNew is Check, except for the value before: the API may have returned it, and Terraform returns it as the configuration
// of an ignored attribute.
func (s String[M]) CheckNew(ctx context.Context, at path.Path, before String[M]) diag.Diagnostics {
	if s.Equal(before) {
		return nil
	}
	return s.Check(ctx, at)
}

// Check reports text without a canonical form, for values that validation has not seen, or let pass (see Reference).
func (s String[M]) Check(ctx context.Context, at path.Path) diag.Diagnostics {
	var resp validator.StringResponse
	Valid[M]().ValidateString(ctx, validator.StringRequest{Path: at, ConfigValue: s.StringValue}, &resp)
	return resp.Diagnostics
}
