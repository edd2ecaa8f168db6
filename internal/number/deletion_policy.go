// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// Values of deletion_policy: what happens to the rented number when its resource is destroyed. The names are those of
// other providers.
const (
	policyPrevent = "PREVENT"
	policyAbandon = "ABANDON"
	policyDelete  = "DELETE"
)

// claimedByOther returns a *framework.ClaimedError if another resource has rented, adopted or linked the number in this
// run.
func (r *numberResource) claimedByOther(ctx context.Context, state numberModel, private framework.PrivateState, diags *diag.Diagnostics) error {
	return r.data.Claims.ClaimedByOther(state.key(), ownerMarker.Get(ctx, private, diags), framework.Rent, framework.Link)
}

// unchanged reads the number once more right before it is cancelled. It returns an error if the number has got another
// application or other settings than it has in the state: then another provider block, another run or somebody else uses
// it, which the claims of this run do not show. The end of a link is no such change, because a destroy ends it first. Nor
// is what only a refresh brings into the state, unless it was refreshed. Whether a number that is not found is gone, or too
// new for the list, its cancellation tells.
func (r *numberResource) unchanged(ctx context.Context, state numberModel, refreshed bool) error {
	if !state.TargetAPIKey.IsNull() {
		return nil // the number of a subaccount cannot be read
	}
	number, err := r.numbers.Latest(ctx, state.key())
	if vonage.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	linked := number.ApplicationID != "" && (refreshed || !state.ApplicationID.IsNull())
	setUp := refreshed || !state.isUnfinished()
	now := newNumberModel(number, state)
	var changed string
	switch {
	case linked && !strings.EqualFold(number.ApplicationID, state.ApplicationID.ValueString()):
		changed = "it is linked to application " + number.ApplicationID
	case setUp && !now.SMSWebhookURL.Equal(state.SMSWebhookURL):
		changed = "it has another sms_webhook_url"
	case setUp && !sameForwarding(now.VoiceCallback, state.VoiceCallback):
		changed = "it has another voice_callback"
	default:
		return nil
	}
	return framework.Advise(fmt.Errorf("the number was changed since its state was read: %s", changed),
		"Something else uses it, such as a resource of another provider block or another run, so it was not cancelled. If it is to be cancelled "+
			"nevertheless, plan and apply again.")
}

// warnOfOverwriting warns if an update of the number found that an earlier one of this run did not stay. Nobody can lock
// a number at Vonage, so this is all that can be done about others who change it.
func warnOfOverwriting(diags *diag.Diagnostics, numbers *vonage.NumbersService, key vonage.NumberKey) {
	if !numbers.Overwritten(key) {
		return
	}
	diags.AddWarning("Settings did not stay", fmt.Sprintf("Number %s no longer had the settings that this run gave it a while ago: perhaps another run or another "+
		"provider block changes it at the same time. The next plan shows what is different. Use one provider block per account for its numbers, and one run at a time.", key))
}

// abandonClaimed changes the deletion policy in the state if another resource has rented the number, so that a later
// destroy keeps the number. This run knows of the other resource and fails; the next run would not, and would cancel the
// number.
func abandonClaimed(ctx context.Context, claimed error, resp *resource.DeleteResponse) {
	var by *framework.ClaimedError
	if errors.As(claimed, &by) && by.Use == framework.Rent {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("deletion_policy"), policyAbandon)...)
	}
}

// planRemoval reports during planning, when it can still be prevented, what verb ("destroy" or "replace") would do to
// the number.
func (r *numberResource) planRemoval(diags *diag.Diagnostics, at path.Path, verb string, state numberModel) {
	key := state.key()
	switch state.DeletionPolicy.ValueString() {
	case policyAbandon:
		warnOfAbandoning(diags, key)
	case policyDelete:
		if err := r.data.Claims.Intend(key, framework.ToCancel); err != nil {
			addError(diags, verb, key, err)
			return
		}
		diags.AddAttributeWarning(at, "A number will be cancelled", fmt.Sprintf("deletion_policy is %q: the apply cancels number %s at once. "+
			"Somebody else can then rent it, and you may never get it back.", policyDelete, key))
	default:
		diags.AddAttributeError(at, framework.Unable(verb, "number "+key.String()), preventDetail(key))
	}
}

func preventDetail(key vonage.NumberKey) string {
	return fmt.Sprintf("deletion_policy is %q, so number %s stays rented and in the state: you may never get a cancelled number back. "+
		"To cancel it, apply deletion_policy = %q first. To keep it rented without Terraform, apply %q first, or use a removed block with "+
		"lifecycle { destroy = false }.", policyPrevent, key, policyDelete, policyAbandon)
}

func warnOfAbandoning(diags *diag.Diagnostics, key vonage.NumberKey) {
	diags.AddWarning("A number stays rented", fmt.Sprintf("deletion_policy is %q: number %s is no longer in the state, but stays rented and is still billed. "+
		"Import it to manage it again, or cancel it at https://dashboard.nexmo.com/your-numbers.", policyAbandon, key))
}

// warnOfLoss warns that a number is gone. One whose creation is unfinished may never have been rented.
func warnOfLoss(diags *diag.Diagnostics, state numberModel) {
	loss := "The account no longer has number %s: it was cancelled outside Terraform, or released because the balance ran out."
	if state.isUnfinished() {
		loss = "The account does not have number %s. Its creation did not finish, so perhaps it was never rented."
	}
	diags.AddWarning("A number is gone", fmt.Sprintf(loss, state.key())+" It is removed from the state, and the next apply rents it if it is still available.")
}
