// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// ModifyPlan plans the computed attributes of a new link, and registers which number has a link afterwards, so that no
// other resource links it too, and which links stay, so that no other resource ends them in the same run, such as the one
// that had the link before a rename.
func (r *linkResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state linkModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if !req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
		resp.Diagnostics.Append(plan.Country.CheckNew(ctx, path.Root("country"), state.Country)...)
		resp.Diagnostics.Append(plan.ApplicationID.CheckNew(ctx, path.Root("application_id"), state.ApplicationID)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if req.State.Raw.IsNull() {
		r.planCreate(ctx, plan, req, resp)
		return
	}
	r.noteState(state)
	switch {
	case req.Plan.Raw.IsNull():
		r.intend(state, framework.ToEnd, "unlink", resp)
	case plan.key() == state.key():
		if plan.ApplicationID.SameAs(state.ApplicationID) {
			r.intend(state, framework.ToKeep, "plan the link of", resp)
		}
		planUse(ctx, &r.data.Claims, plan.key(), framework.Link, resp)
	}
}

// noteState registers that the run has to do with a link, whatever becomes of it.
func (r *linkResource) noteState(state linkModel) {
	r.data.Claims.NoteState(state.key(), state.ApplicationID.ValueCanonical())
}

func (r *linkResource) intend(state linkModel, intent framework.Intent, verb string, resp *resource.ModifyPlanResponse) {
	if err := r.data.Claims.IntendLink(state.key(), state.ApplicationID.ValueCanonical(), intent); err != nil {
		addError(&resp.Diagnostics, verb, state.key(), err)
	}
}

// planCreate plans the id, and rejects what the account's numbers show to be wrong: another country than the configured
// one, and a link to another application. The lookup is left to the apply while credentials are unknown. A number that
// is not in the account is not an error, because the same apply may rent it.
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
	if key.Country != "" {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), key.String())...)
	}
	number, err := lookUp(ctx, r.numbers, key)
	switch {
	case err == nil:
		key = number.Key()
		// Only the second plan of a replacement starts with private state.
		replaces := ownerMarker.Get(ctx, req.Private, &resp.Diagnostics) != ""
		r.planTakeOver(plan, number, replaces, &resp.Diagnostics)
		if lost := r.data.Claims.LostByRental(number); lost != "" {
			warnOfPlannedAdoption(&resp.Diagnostics, key, lost)
		}
	case framework.CredentialsUnknown(err), vonage.IsNotFound(err):
	default:
		addError(&resp.Diagnostics, "plan the link of", key, err)
	}
	if !resp.Diagnostics.HasError() {
		planUse(ctx, &r.data.Claims, key, framework.Link, resp)
	}
}

// planTakeOver rejects a new link to a number that is linked to another application, unless the plan allows to replace
// that link. It only warns if the apply may find that link gone, because it is in the state of this run and Terraform may
// end it first, or may find it to be this one. It does so in a replacement, too: two links that swap their numbers are
// planned one after the other, and the first plan cannot know of the second link yet.
func (r *linkResource) planTakeOver(plan linkModel, number vonage.Number, replaces bool, diags *diag.Diagnostics) {
	if number.ApplicationID == "" || plan.links(number) || plan.ReplaceExistingLink.ValueBool() {
		return
	}
	key, holder := number.Key(), schematype.NewApplicationID(number.ApplicationID)
	if !replaces && !plan.ApplicationID.IsUnknown() && !plan.ReplaceExistingLink.IsUnknown() && !r.data.Claims.InState(key, holder.ValueCanonical()) {
		addError(diags, "link", key, inPlan("", heldBy(number.ApplicationID)))
		return
	}
	diags.AddAttributeWarning(path.Root("application_id"), "A number is linked already", fmt.Sprintf(
		"Number %s is linked to application %s. The apply fails if that is another application than application_id, and the link has not ended by then. "+
			"To take the number over, set replace_existing_link = true.", key, number.ApplicationID))
}
