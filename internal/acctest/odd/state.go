// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package odd

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Whole says what of a state Terraform would refuse or could not store: something unknown, or text that is no UTF-8.
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
