// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package malformed

import (
	"errors"
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Fits requires that value, made from the API response answer, can be written to state.
func Fits(t *testing.T, answer string, state tfsdk.State, value any) {
	t.Helper()
	state.Raw = tftypes.NewValue(state.Schema.Type().TerraformType(t.Context()), nil)
	if diags := state.Set(t.Context(), value); diags.HasError() {
		t.Fatalf("%s: %v", answer, diags)
	}
	if err := Whole(state.Raw); err != nil {
		t.Fatalf("%s: %v", answer, err)
	}
}

// Whole returns an error if Terraform would reject the state or could not store it: it contains an unknown value or
// invalid UTF-8.
func Whole(state tftypes.Value) error {
	if !state.IsFullyKnown() {
		return errors.New("something in it is unknown")
	}
	return tftypes.Walk(state, func(at *tftypes.AttributePath, value tftypes.Value) (bool, error) {
		var text string
		if value.Type().Is(tftypes.String) && !value.IsNull() {
			if err := value.As(&text); err != nil {
				return false, err
			}
		}
		if !utf8.ValidString(text) {
			return false, fmt.Errorf("%s is no UTF-8: %q", at, text)
		}
		return true, nil
	})
}
