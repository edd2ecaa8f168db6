// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// ModifyPlan plans the computed attributes of a new link, and registers which links stay, so that no other resource ends
// them in the same run, such as the one that had the link before a rename.
func (r *linkResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state linkModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if !req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	}
	switch {
	case resp.Diagnostics.HasError():
	case req.Plan.Raw.IsNull():
		r.intend(state, vonage.ToEnd, "unlink", resp)
	case req.State.Raw.IsNull():
		r.planCreate(ctx, plan, req, resp)
	case plan.key() == state.key() && plan.ApplicationID.SameAs(state.ApplicationID):
		r.intend(state, vonage.ToKeep, "plan the link of", resp)
	}
}

func (r *linkResource) intend(state linkModel, intent vonage.Intent, verb string, resp *resource.ModifyPlanResponse) {
	if err := r.numbers.Registry.IntendLink(state.key(), state.ApplicationID.ValueCanonical(), intent); err != nil {
		addError(&resp.Diagnostics, verb, state.key(), err)
	}
}

// planCreate plans the id, and rejects a country that contradicts the account's numbers. The lookup is left to the apply
// while credentials are unknown. A number that is not in the account is not an error, because the same apply may rent
// it.
//
// A country that is not configured stays unknown, and with it the id: Terraform plans a creation again during the apply,
// when the number may be gone or in another country, and calls it a bug if a planned value has changed by then.
//
// Only creations need this check: an update cannot change the number, and Terraform plans a replacement a second time,
// as a creation.
func (r *linkResource) planCreate(ctx context.Context, plan linkModel, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var config linkModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || plan.MSISDN.IsUnknown() || config.Country.IsUnknown() {
		return
	}
	key := plan.key()
	if _, err := lookUp(ctx, r.numbers, key); err != nil && !framework.CredentialsUnknown(err) && !vonage.IsNotFound(err) {
		addError(&resp.Diagnostics, "plan the link of", key, err)
		return
	}
	if key.Country != "" {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), key.String())...)
	}
}
