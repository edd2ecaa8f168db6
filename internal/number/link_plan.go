// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// ModifyPlan shows what a link to be made will be, and keeps a link that stays from being ended for another resource, such as the one
// that had it before a rename.
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

// planCreate shows country and id, and refuses a country that contradicts the account's numbers. The look-up waits for apply while
// credentials are unknown. That the account lacks the number is no error here: it may be rented by the same apply.
//
// A link that stays keeps its number, and Terraform plans a replacement once more as a creation.
func (r *linkResource) planCreate(ctx context.Context, plan linkModel, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var config linkModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || plan.MSISDN.IsUnknown() || config.Country.IsUnknown() {
		return
	}
	key := plan.key()
	number, err := lookUp(ctx, r.numbers, key)
	switch {
	case err == nil:
		key = number.Key()
	case framework.CredentialsUnknown(err), vonage.IsNotFound(err):
	default:
		addError(&resp.Diagnostics, "plan the link of", key, err)
		return
	}
	if key.Country == "" {
		return
	}
	if config.Country.IsNull() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("country"), schematype.NewCountry(key.Country))...)
	}
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), key.String())...)
}
