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

// ModifyPlan prevents a plan from losing a number: it rejects removals that the state's deletion policy does not allow,
// warns of those that it allows, and rejects the cancellation of a number that another resource is to rent. It also
// rejects two resources for one number, and a number that is too expensive.
func (r *numberResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state numberModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if !req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
		resp.Diagnostics.Append(plan.Country.CheckNew(ctx, path.Root("country"), state.Country)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if req.State.Raw.IsNull() {
		r.planCreate(ctx, plan, resp)
		return
	}
	r.data.Claims.NoteState(state.key(), "")
	if req.Plan.Raw.IsNull() {
		r.planDestroy(ctx, state, resp)
		return
	}
	// The resource's ModifyPlan does not see the replacements that attribute plan modifiers require, so the keys are
	// compared.
	if attribute := changedKey(plan, state); attribute != "" {
		r.planRemoval(&resp.Diagnostics, path.Root(attribute), "replace", state)
		return
	}
	r.planStay(ctx, state, resp)
}

// planCreate rejects a number that costs more than the plan allows, and warns of settings that are lost if the account
// has the number already. Only a number with a limit costs a call, a search: whether the account has the number is known
// only if it was read for something else.
func (r *numberResource) planCreate(ctx context.Context, plan numberModel, resp *resource.ModifyPlanResponse) {
	if plan.Country.IsUnknown() || plan.MSISDN.IsUnknown() {
		return
	}
	key := plan.key()
	if err := r.data.Claims.Intend(key, framework.ToRent); err != nil {
		addError(&resp.Diagnostics, "plan", key, err)
	}
	planUse(ctx, &r.data.Claims, key, framework.Rent, resp)
	if resp.Diagnostics.HasError() || r.data.Claims.InState(key, "") {
		return // in the second case, the resource is replaced or renamed
	}
	if number, owned := r.numbers.Known(key); owned {
		if lost := plan.replaces(number); lost != "" {
			warnOfPlannedAdoption(&resp.Diagnostics, key, lost)
		}
		return
	}
	r.data.Claims.NoteRental(key, plan.replaces)
	if !plan.limitsCost() {
		return
	}
	offer, err := r.numbers.Offer(ctx, key)
	if err == nil {
		err = inPlan("", plan.affords(offer))
	}
	if err != nil && !vonage.IsNotFound(err) && !framework.CredentialsUnknown(err) {
		addError(&resp.Diagnostics, "rent", key, err)
	}
}

// planStay registers that the number stays, so that no other resource cancels it in the same run. An unfinished number
// that gets here was untainted: it will not be replaced, so this update has to finish it.
func (r *numberResource) planStay(ctx context.Context, state numberModel, resp *resource.ModifyPlanResponse) {
	key := state.key()
	if err := r.data.Claims.Intend(key, framework.ToRent); err != nil {
		addError(&resp.Diagnostics, "plan", key, err)
	}
	planUse(ctx, &r.data.Claims, key, framework.Rent, resp)
	if state.isUnfinished() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), key.String())...)
	}
}

// destroyMarker tells Delete, through the planned private state, that Terraform is to destroy the object, not to replace
// it. Nothing else can: the plan of a destroy is null, and Delete gets the state only.
var destroyMarker = framework.Marker[bool]{Key: "destroy", Noun: "number", Tells: "whether the number is to be destroyed"}

// refreshedMarker tells Delete, in the same way, that the state is what the process that planned has read. It can be older:
// with -refresh=false; with "terraform destroy", which refreshes in another process; and in Terraform 1.11 for a resource
// that is no longer configured, which is refreshed only after its destruction was planned
// (v1.11.0, internal/terraform/node_resource_plan_orphan.go). The link of a number is made after the number, and gets into
// its state with the next refresh.
var refreshedMarker = framework.Marker[bool]{Key: "refreshed", Noun: "number", Tells: "whether the number was read for the plan"}

func (r *numberResource) planDestroy(ctx context.Context, state numberModel, resp *resource.ModifyPlanResponse) {
	claimed := r.claimedByOther(ctx, state, resp.Private, &resp.Diagnostics)
	if claimed != nil || resp.Diagnostics.HasError() {
		return // if it is claimed, Delete keeps the number, whatever the policy
	}
	r.planRemoval(&resp.Diagnostics, path.Root("deletion_policy"), "destroy", state)
	destroyMarker.Set(ctx, resp.Private, true, &resp.Diagnostics)
	refreshedMarker.Set(ctx, resp.Private, r.data.Claims.WasRead(state.key()), &resp.Diagnostics)
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
