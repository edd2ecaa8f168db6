// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// An unfinished subaccount is one whose creation was cut off, so that it is unknown whether it exists, or one that could not be
// set up. Terraform marks such an object as tainted and replaces it, but does not show that mark to the provider: a null id
// takes its place. If it is unknown whether the subaccount exists, api_key is null, too, and created_at is that of the newest
// subaccount before it, by Vonage's clock: neither the provider's clock nor private state, which Terraform does not keep for
// tainted objects, can tell which subaccounts are older.

// unfinished returns the state of an unfinished subaccount.
func (m subaccountModel) unfinished() subaccountModel {
	m.ID = types.StringNull()
	m.APIKey = framework.TextOrNull(m.APIKey.ValueString())
	return m
}

func (m subaccountModel) isUnfinished() bool { return m.ID.IsNull() }

// lost returns an unfinished subaccount as the client looks for it.
func (m subaccountModel) lost() vonage.Subaccount {
	return vonage.Subaccount{
		APIKey: m.APIKey.ValueString(), Name: m.Name.ValueString(), Secret: m.Secret.ValueString(), CreatedAt: m.CreatedAt.ValueString(),
		UsePrimaryBalance: m.UsePrimaryAccountBalance.ValueBool(),
	}
}

// make makes the plan's subaccount, or returns the unfinished one that this object replaces. If it may have been made, the
// error wraps *vonage.UnknownOutcomeError, and the subaccount is as the next run has to look for it.
func (r *subaccountResource) make(ctx context.Context, plan subaccountModel, secret string, diags *diag.Diagnostics) (vonage.Subaccount, error) {
	lost, left := r.data.Unfinished.Take(plan.Name.ValueString())
	if left {
		lost.Secret = cmp.Or(secret, lost.Secret)
		found, candidates, err := r.subaccounts.FindNew(ctx, lost)
		switch {
		case err != nil:
			return lost, &vonage.UnknownOutcomeError{Operation: "creating " + plan.noun(), Err: err}
		case found.APIKey != "":
			diags.AddWarning("A subaccount was finished", fmt.Sprintf("An earlier run had begun to create subaccount %s (%s). It was found by its secret, and no other was made.",
				vonage.QuoteAPIKey(found.APIKey), vonage.Quote(found.Name)))
			return found, nil
		case len(candidates) > 0:
			return lost, &vonage.UnknownOutcomeError{Operation: "creating " + plan.noun(), Err: leftOver(candidates)}
		}
	}
	if secret == "" {
		secret = newSecret(r.data.RandomText())
	}
	return r.subaccounts.Create(ctx, plan.toRequest(secret))
}

// leftOver is the error for subaccounts of which one may be the unfinished one.
func leftOver(candidates []string) error {
	return framework.Advise(fmt.Errorf("the creation was cut off, and these subaccounts have its name and were made since, but its secret does not sign in to them: %s",
		strings.Join(candidates, ", ")), "Nothing was created, because a subaccount can never be deleted. Remove the resource from the state (terraform state rm). "+
		"If one of them is the one that was being created, import it, and set a secret with vonage_api_secret. If not, apply again.")
}

// warnOfNamesakes warns of subaccounts that a run may have made that was killed: it has left no state, and names are not unique, so
// nothing tells them from others with the same name.
func warnOfNamesakes(diags *diag.Diagnostics, made vonage.Subaccount, others []vonage.Subaccount) {
	for _, other := range others {
		diags.AddWarning("Another subaccount has the same name", fmt.Sprintf("Subaccount %s, created %s, is called %s like the new one, %s. If none of your states has it, an earlier run "+
			"may have been killed before it could record it. Vonage cannot delete it: import it to use or suspend it.", vonage.QuoteAPIKey(other.APIKey),
			cmp.Or(other.CreatedAt, "at an unknown time"), vonage.Quote(made.Name), vonage.QuoteAPIKey(made.APIKey)))
	}
}

// newSecret returns a secret of 25 characters, the most that Vonage allows, of which 22 are random letters and digits. It has an
// upper-case letter, a lower-case one and a digit, as Vonage requires (Account API 1.0.4).
func newSecret(random string) string {
	const half = 11
	return random[:half] + strings.ToLower(random[half:2*half]) + "Xx7"
}

// readUnfinished looks whether any subaccount may be the unfinished one. If none may, it was never made.
func (r *subaccountResource) readUnfinished(ctx context.Context, state subaccountModel, resp *resource.ReadResponse) {
	candidates, err := r.subaccounts.Candidates(ctx, state.lost())
	switch {
	case err != nil:
		addSubaccountError(&resp.Diagnostics, "read", state, err)
	case len(candidates) == 0:
		r.data.RemoveState(ctx, state.noun(), resp)
	default:
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
	}
}

// unfinishedKey returns the key of an unfinished subaccount that is to be destroyed, or "" if there is none.
func (r *subaccountResource) unfinishedKey(ctx context.Context, state subaccountModel, diags *diag.Diagnostics) string {
	found, candidates, err := r.subaccounts.FindNew(ctx, state.lost())
	switch {
	case err != nil:
		addSubaccountError(diags, "suspend", state, err)
	case found.APIKey == "" && len(candidates) > 0:
		diags.AddWarning("A subaccount may be left over", fmt.Sprintf("The creation of subaccount %s was cut off, and it is unknown which of these subaccounts it is, if any: %s. "+
			"Terraform leaves them alone and removes the one that it was creating from the state. If one of them is left over, import or suspend it.",
			vonage.Quote(state.Name.ValueString()), strings.Join(candidates, ", ")))
	}
	return found.APIKey
}
