// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// ModifyPlan plans the secret of a new subaccount, rejects what cannot be changed of an old one, and says what a destroy does.
func (r *subaccountResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state subaccountModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if !req.Plan.Raw.IsNull() {
		var writeOnly types.String
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("secret_wo"), &writeOnly)...)
		checkSubaccountSecret(ctx, writeOnly, &resp.Diagnostics)
	}
	switch {
	case resp.Diagnostics.HasError():
	case req.Plan.Raw.IsNull():
		planSuspension(&resp.Diagnostics, state)
		destroyMarker.Set(ctx, resp.Private, true, &resp.Diagnostics)
	case req.State.Raw.IsNull():
		if !plan.SecretWOVersion.IsNull() && !plan.SecretWOVersion.IsUnknown() {
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("secret"), types.StringNull())...)
		}
	case state.isUnfinished(): // and untainted: only a replacement can finish it
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), types.StringUnknown())...)
		resp.RequiresReplace.Append(path.Root("id"))
	default:
		resp.Diagnostics.Append(plan.checkChange(state)...)
	}
}

// checkChange reports what a plan cannot change of a subaccount, and what it cannot change back.
func (m subaccountModel) checkChange(state subaccountModel) diag.Diagnostics {
	var diags diag.Diagnostics
	shares, shared := m.UsePrimaryAccountBalance, state.UsePrimaryAccountBalance.ValueBool()
	switch {
	case shares.IsUnknown() || shares.ValueBool() == shared:
	case shared:
		diags.AddAttributeWarning(path.Root("use_primary_account_balance"), "A subaccount gets its own balance", fmt.Sprintf(
			"This cannot be undone. The balance of %s is 0 then, so it cannot send or call before money is transferred to it, for example with vonage_balance_transfer.", state.noun()))
	default:
		diags.AddAttributeError(path.Root("use_primary_account_balance"), framework.Unable("update", state.noun()),
			"It has a balance of its own, and Vonage cannot make it use the balance of the primary account again. Set use_primary_account_balance = false.")
	}
	diags.Append(m.checkSecretChange(state)...)
	return diags
}

// checkSecretChange rejects another first secret. A subaccount without a version and a secret in the state was imported.
func (m subaccountModel) checkSecretChange(state subaccountModel) diag.Diagnostics {
	var diags diag.Diagnostics
	at, before := path.Root("secret_wo_version"), state.SecretWOVersion
	switch {
	case m.SecretWOVersion.IsNull() || m.SecretWOVersion.IsUnknown() || m.SecretWOVersion.Equal(before):
	case before.IsNull() && state.Secret.IsNull():
		diags.AddAttributeWarning(at, "A secret is not sent", fmt.Sprintf(
			"Only the version is recorded: secret_wo is the first secret of a new subaccount, and %s exists already. To change its secrets, use vonage_api_secret.", state.noun()))
	default:
		diags.AddAttributeError(at, framework.Unable("update", state.noun()), "Only the first secret of a subaccount can be set here, when it is created. To change its "+
			"secrets, use vonage_api_secret with api_key = \""+state.APIKey.ValueString()+"\", and leave secret_wo_version as it was.")
	}
	return diags
}

// Values of deletion_policy: what happens to the subaccount when its resource is destroyed. Vonage cannot delete it.
const (
	policySuspend = "SUSPEND"
	policyAbandon = "ABANDON"
	policyPrevent = "PREVENT"
)

// destroyMarker tells Delete, through the planned private state, that Terraform is to destroy the object, not to replace
// it. Nothing else can: the plan of a destroy is null, and Delete gets the state only.
var destroyMarker = framework.Marker[bool]{Key: "destroy", Noun: "subaccount", Tells: "whether the subaccount is to be destroyed"}

// madeMarker stores when this object made its subaccount, by the provider's clock: the list may not show it yet. The state has
// only the time by Vonage's clock.
var madeMarker = framework.Marker[time.Time]{Key: "made", Noun: "subaccount", Tells: "when the subaccount was made"}

// planSuspension reports during planning, when it can still be prevented, what a destroy would do.
func planSuspension(diags *diag.Diagnostics, state subaccountModel) {
	at := path.Root("deletion_policy")
	switch state.DeletionPolicy.ValueString() {
	case policyAbandon:
		warnOfAbandoning(diags, state)
	case policySuspend:
		diags.AddAttributeWarning(at, "A subaccount will be suspended", fmt.Sprintf("deletion_policy is %q: the apply suspends %s, because Vonage cannot delete it.",
			policySuspend, state.noun()))
	default:
		diags.AddAttributeError(at, framework.Unable("destroy", state.noun()), preventDetail(state))
	}
}

func preventDetail(state subaccountModel) string {
	return fmt.Sprintf("deletion_policy is %q, so %s stays as it is, and in the state. To suspend it, apply deletion_policy = %q first. To keep it without Terraform, "+
		"apply %q first, or use a removed block with lifecycle { destroy = false }.", policyPrevent, state.noun(), policySuspend, policyAbandon)
}

func warnOfAbandoning(diags *diag.Diagnostics, state subaccountModel) {
	diags.AddWarning("A subaccount stays", fmt.Sprintf("deletion_policy is %q: %s is no longer in the state, but stays as it is. Import it to manage it again.",
		policyAbandon, state.noun()))
}

// suspend is what a destroy does. One that is gone needs no suspension.
func (r *subaccountResource) suspend(ctx context.Context, state subaccountModel, diags *diag.Diagnostics) {
	key := state.APIKey.ValueString()
	if state.isUnfinished() {
		if key = r.unfinishedKey(ctx, state, diags); key == "" {
			return
		}
	}
	_, err := r.subaccounts.Update(ctx, key, vonage.SubaccountChange{Suspended: new(true)})
	switch {
	case err == nil:
		diags.AddWarning("A subaccount is suspended", fmt.Sprintf("Vonage cannot delete subaccount %s (%s). It is suspended, and no longer in the state. What is in it, such as numbers "+
			"that it rents, stays. Import it to manage it again.", vonage.QuoteAPIKey(key), vonage.Quote(state.Name.ValueString())))
	case !vonage.IsNotFound(err):
		addSubaccountError(diags, "suspend", state, err)
	}
}

// warnOfDelay warns that the list does not show a subaccount that was made recently.
func warnOfDelay(diags *diag.Diagnostics, state subaccountModel, made framework.Settling) {
	diags.AddWarning("A subaccount is not listed", fmt.Sprintf("Vonage does not show %s, which was made at %s. It may be late. The subaccount stays in the state: plan again after %s.",
		state.noun(), made.Made(), made.Until()))
}

// warnOfLoss warns that a subaccount is gone.
func warnOfLoss(diags *diag.Diagnostics, state subaccountModel) {
	diags.AddWarning("A subaccount is gone", fmt.Sprintf("The account no longer has %s. It is removed from the state, and the next apply makes another one. Vonage cannot delete "+
		"subaccounts, so it may have been moved to another primary account: ask Vonage support (https://api.support.vonage.com) before you apply.", state.noun()))
}
