// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"context"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// secretForm returns a validator for API secrets. It never quotes one.
func secretForm() validator.String {
	return schematype.Check("API secret", "an API secret", func(text string) error {
		length := utf8.RuneCountInString(text)
		if length < 8 || length > 25 || !strings.ContainsFunc(text, unicode.IsUpper) || !strings.ContainsFunc(text, unicode.IsLower) ||
			!strings.ContainsFunc(text, unicode.IsDigit) {
			return errors.New("an API secret has 8 to 25 characters, among them an upper-case letter, a lower-case letter and a digit")
		}
		return nil
	})
}

// checkSecret applies secretForm to a secret that validation has not seen, because it was not known.
func checkSecret(ctx context.Context, secret types.String) diag.Diagnostics {
	var checked validator.StringResponse
	secretForm().ValidateString(ctx, validator.StringRequest{Path: path.Root("secret_wo"), ConfigValue: secret}, &checked)
	return checked.Diagnostics
}
