// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// An account cannot see the objects of another one: with the credentials of the wrong account, everything looks gone. So
// before anything is called gone, the account is compared with the one under which the object was last seen. Accounts are
// told apart by their API keys: a subaccount has its own, and a new secret changes none.

// accountMarker stores the API key of the account under which an object was made or last read. Neither state nor plan
// have it. An object without one, such as an import, belongs to the present account.
var accountMarker = Marker[string]{Key: "account", Noun: "resource", Tells: "which account the object belongs to"}

// KeepAccount stores that an object was made or read under the account that the provider signs in to.
func (d *ProviderData) KeepAccount(ctx context.Context, private PrivateWriter, diags *diag.Diagnostics) {
	key, err := d.Client.APIKey(ctx)
	if err != nil {
		AddError(diags, "keep", "the account", err, nil)
		return
	}
	accountMarker.Set(ctx, private, key, diags)
}

// SameAccount reports whether an object was last seen under the account that the provider signs in to. If not, it adds an
// error that the operation verb on noun is impossible. A write asks before it is sent, because one that finds nothing
// would take the object for gone.
func (d *ProviderData) SameAccount(ctx context.Context, private PrivateReader, verb, noun string, diags *diag.Diagnostics) bool {
	var damage diag.Diagnostics
	seen := accountMarker.Get(ctx, private, &damage)
	diags.Append(damage...)
	if damage.HasError() {
		return false
	}
	present, err := d.Client.APIKey(ctx)
	switch {
	case err != nil:
		AddError(diags, verb, noun, err, nil)
		return false
	case seen == "" || seen == present:
		return true
	}
	was, is := vonage.QuoteAPIKey(seen), vonage.QuoteAPIKey(present)
	diags.AddError(Unable(verb, noun), fmt.Sprintf("It was made or last read under the account with the API key %s, but the provider now signs in to another "+
		"account, with the API key %s (%s). Nothing was changed, and the state stays as it is.\n\nUse the credentials of %s: correct api_key and api_secret "+
		"in the provider block, the environment or the Vonage CLI's file, or the provider alias that the resource refers to. If the resource is to be managed "+
		"under %s from now on, remove it from the state (terraform state rm), and import it or have it created there.", was, is, d.Client.AccountSource(ctx), was, is))
	return false
}

// RemoveState tells Terraform in Read that the object no longer exists, if that can be said: see SameAccount. It reports
// whether it did.
func (d *ProviderData) RemoveState(ctx context.Context, noun string, resp *resource.ReadResponse) bool {
	if !d.SameAccount(ctx, resp.Private, "read", noun, &resp.Diagnostics) {
		return false
	}
	removeState(ctx, &resp.State, resp.Identity)
	return true
}
