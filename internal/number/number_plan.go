// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// ModifyPlan keeps a number from being lost by a plan: it refuses what the state's deletion policy does not allow, tells
// what becomes of a number that it does allow to go, and refuses to let one go that another resource is to rent.
func (r *numberResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state numberModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if !req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	switch {
	case req.Plan.Raw.IsNull():
		r.planDestroy(ctx, state, resp)
	case req.State.Raw.IsNull():
		if err := r.numbers.Registry.Intend(plan.key(), vonage.ToRent); err != nil { // a key that is not known yet is no number's
			addError(&resp.Diagnostics, "plan", plan.key(), err)
		}
	default:
		// A plan modifier of the resource is not told what its attributes' modifiers replace it for, so the keys are compared.
		if attribute := changedKey(plan, state); attribute != "" {
			r.planRemoval(&resp.Diagnostics, path.Root(attribute), "replace", state)
			return
		}
		r.planStay(ctx, state, resp)
	}
}

// planStay keeps the number from a resource that is to cancel it. An unfinished one that comes here was untainted: nothing will
// replace it, so it is to be finished.
func (r *numberResource) planStay(ctx context.Context, state numberModel, resp *resource.ModifyPlanResponse) {
	key := state.key()
	if err := r.numbers.Registry.Intend(key, vonage.ToRent); err != nil {
		addError(&resp.Diagnostics, "plan", key, err)
	}
	if state.isUnfinished() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), key.String())...)
	}
}

// destroyKey marks in the private state of a plan that Terraform means to destroy the object, rather than to replace it.
const destroyKey = "destroy"

func (r *numberResource) planDestroy(ctx context.Context, state numberModel, resp *resource.ModifyPlanResponse) {
	if r.claimedByOther(ctx, state, resp.Private, &resp.Diagnostics) != nil {
		return // Delete refuses it, whatever the policy, and lets go of the object
	}
	r.planRemoval(&resp.Diagnostics, path.Root("deletion_policy"), "destroy", state)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, destroyKey, []byte("true"))...)
}

func changedKey(plan, state numberModel) string {
	switch {
	case plan.Country.ValueCanonical() != state.Country.ValueCanonical():
		return "country"
	case plan.MSISDN.ValueCanonical() != state.MSISDN.ValueCanonical():
		return "msisdn"
	default:
		return ""
	}
}
