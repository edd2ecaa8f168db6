// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	_ resource.ResourceWithConfigure      = (*numberResource)(nil)
	_ resource.ResourceWithIdentity       = (*numberResource)(nil)
	_ resource.ResourceWithImportState    = (*numberResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*numberResource)(nil)
	_ resource.ResourceWithValidateConfig = (*numberResource)(nil)
)

// NewResource returns the resource vonage_number.
func NewResource() resource.Resource { return &numberResource{} }

type numberResource struct {
	data    *framework.ProviderData
	numbers *vonage.NumbersService
}

func (r *numberResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_number"
}

func (r *numberResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = numberSchema(ctx)
}

func (r *numberResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema()
}

func (r *numberResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config numberModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.validate(&resp.Diagnostics)
}

func (r *numberResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.numbers = data, data.Client.Numbers
	}
}

func (r *numberResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	key := importKey(ctx, req, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	startImport(ctx, key, resp)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("deletion_policy"), importedNumber().DeletionPolicy)...)
}

// Create rents or adopts the number, and then sets it up. The number is in the state as soon as it may be rented.
func (r *numberResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan numberModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	owner := ensureOwner(ctx, resp.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	key := plan.key()
	release, err := r.data.Claims.Claim(key, framework.Rent, owner)
	if err != nil {
		addError(&resp.Diagnostics, "rent", key, err)
		return
	}
	number, model, err := r.rent(ctx, plan, resp.Private, &resp.Diagnostics)
	if err != nil {
		addError(&resp.Diagnostics, "rent", key, err)
		if !inDoubt(err) {
			release()
		} else {
			resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newNumberModel(number, model).unfinished())...)
		}
		return
	}
	configured, err := r.setUp(ctx, model, number)
	if err != nil {
		addError(&resp.Diagnostics, "set up", key, fmt.Errorf("%w; the number is rented, and the next apply continues from there", err))
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newNumberModel(number, model).unfinished())...)
		return
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newNumberModel(configured, model))...)
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
}

// Read refreshes the number. A number that no longer exists is removed from the state with a warning, because it may be
// impossible to rent again; but one that was rented for a subaccount is kept, because the primary account never sees it,
// and so is one that was rented so recently that the list may not show it yet.
func (r *numberResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state numberModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	rented := acquired{"rented", acquiredMarker.Get(ctx, resp.Private, &resp.Diagnostics), r.data.Now()}
	if resp.Diagnostics.HasError() {
		return
	}
	importing := state.Type.IsNull()
	number, err := rented.read(ctx, r.numbers, state.key())
	switch {
	case err == nil && state.isUnfinished() && !importing:
		state = newNumberModel(number, state).unfinished()
	case err == nil:
		state = newNumberModel(number, state)
	case importing || !vonage.IsNotFound(err):
		addError(&resp.Diagnostics, "read", state.key(), err)
		return
	case rented.recently():
		if r.data.SameAccount(ctx, resp.Private, "read", "number "+state.key().String(), &resp.Diagnostics) {
			rented.warnOfDelay(&resp.Diagnostics, state.key())
		}
	case state.TargetAPIKey.IsNull():
		if r.data.RemoveState(ctx, "number "+state.key().String(), resp) {
			warnOfLoss(&resp.Diagnostics, state)
		}
		return
	}
	if err == nil {
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
	r.data.Claims.NoteState(state.key(), "")
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
}

// Update writes the changed settings. The new state is the plan: other changes to the number, such as to its link, are
// left to the next refresh.
func (r *numberResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state numberModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if !plan.sameSettings(state) {
		if !r.data.SameAccount(ctx, req.Private, "update", "number "+plan.key().String(), &resp.Diagnostics) {
			return
		}
		_, err := r.numbers.Update(ctx, plan.key(), func(current vonage.Number) (vonage.NumberSettings, error) {
			return plan.toRequest(current, state), nil
		})
		if err != nil {
			addError(&resp.Diagnostics, "update", plan.key(), explainGone(plan.key(), "the number", err))
			return
		}
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, plan)...)
}

// Delete follows the state's deletion policy. It is the last safeguard, because replacements due to a taint, -replace or
// replace_triggered_by are not visible to the provider during planning.
func (r *numberResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state numberModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	destroy := destroyMarker.Get(ctx, req.Private, &resp.Diagnostics)
	claimed := r.claimedByOther(ctx, state, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	key := state.key()
	switch policy := state.DeletionPolicy.ValueString(); {
	case state.isUnfinished() && !destroy:
		// The replacement adopts the number.
	case policy == policyAbandon:
		warnOfAbandoning(&resp.Diagnostics, key)
	case claimed != nil:
		addError(&resp.Diagnostics, "destroy", key, claimed)
		abandonClaimed(ctx, claimed, resp)
	case policy != policyDelete:
		resp.Diagnostics.AddError(framework.Unable("destroy", "number "+key.String()), preventDetail(key)+
			" If Terraform replaces the resource only because it is tainted, run terraform untaint.")
	case r.data.SameAccount(ctx, req.Private, "cancel", "number "+key.String(), &resp.Diagnostics):
		if err := r.numbers.Cancel(ctx, key, state.TargetAPIKey.ValueString()); err != nil {
			addError(&resp.Diagnostics, "cancel", key, err)
		}
	}
}
