// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// checkAllowed rejects a source whose API key is not among allowed_api_keys, if they are set. An element that is known
// only after apply may turn out to be any key.
func checkAllowed(allowed types.Set, from source) error {
	if allowed.IsNull() {
		return nil
	}
	undecided := allowed.IsUnknown()
	for _, element := range allowed.Elements() {
		key, ok := element.(types.String)
		switch {
		case ok && key.IsUnknown():
			undecided = true
		case ok && vonage.Pasted(key.ValueString()) == from.apiKey.text:
			return nil
		}
	}
	if undecided {
		return &framework.UnknownError{Attribute: "allowed_api_keys"}
	}
	return credentialsErrorf("This account is not allowed: %s sets %s to %s, which is not among allowed_api_keys in the provider block, so nothing was sent. "+
		"Use the credentials of an allowed account, or add its key there.", from.name, from.apiKey.name, vonage.QuoteAPIKey(from.apiKey.text))
}
