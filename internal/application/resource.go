// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"errors"
	"reflect"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	_ fwresource.Resource                = (*resource)(nil)
	_ fwresource.ResourceWithConfigure   = (*resource)(nil)
	_ fwresource.ResourceWithIdentity    = (*resource)(nil)
	_ fwresource.ResourceWithImportState = (*resource)(nil)
	_ fwresource.ResourceWithModifyPlan  = (*resource)(nil)
	_ fwresource.ResourceWithMoveState   = (*resource)(nil)
)

type resource struct{ data *framework.ProviderData }

// NewResource returns the resource vonage_application.
func NewResource() fwresource.Resource { return &resource{} }

func (r *resource) Metadata(_ context.Context, req fwresource.MetadataRequest, resp *fwresource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_application"
}

func (r *resource) Schema(ctx context.Context, _ fwresource.SchemaRequest, resp *fwresource.SchemaResponse) {
	resp.Schema = resourceSchema(ctx)
}

func (r *resource) IdentitySchema(_ context.Context, _ fwresource.IdentitySchemaRequest, resp *fwresource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema()
}

func (r *resource) Configure(_ context.Context, req fwresource.ConfigureRequest, resp *fwresource.ConfigureResponse) {
	r.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

// ModifyPlan says nothing of a destroy: which numbers are linked then, only a call of its own could tell, and links of the
// same configuration that end in the same run would be false alarms. Delete warns of the others.
func (r *resource) ModifyPlan(ctx context.Context, req fwresource.ModifyPlanRequest, resp *fwresource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	planKeys(ctx, req, resp)
	dropEmptyChange(req, resp)
}

func (r *resource) ImportState(ctx context.Context, req fwresource.ImportStateRequest, resp *fwresource.ImportStateResponse) {
	id := req.ID
	if id == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var given identity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &given)...)
		id = given.ID.ValueString()
	}
	id = r.importID(ctx, id, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("id"), id)...)
	}
}

func (r *resource) Create(ctx context.Context, req fwresource.CreateRequest, resp *fwresource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	change := plan.keyChange(nil, unknownOrigin)
	r.supplyKey(ctx, change, req.Config, nil, &plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, operationTimeout, &resp.Diagnostics)
	defer cancel()

	sent := plan.toRequest()
	created, err := r.data.Client.Applications.Create(ctx, sent)
	var unknown *vonage.UnknownOutcomeError
	switch {
	case errors.As(err, &unknown):
		addUnknownOutcome(ctx, unknown, sent, plan, resp)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	case err != nil:
		framework.AddError(&resp.Diagnostics, "create", "application", err, attributePath(ctx))
	default:
		state := newWrittenModel(created.Application, plan)
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
		leftOutMarker.Set(ctx, resp.Private, created.LeftOut, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
	originMarker.Set(ctx, resp.Private, change.origin(unknownOrigin), &resp.Diagnostics)
	setOwnSecrets(ctx, resp.Private, plan, model{}, nil, &resp.Diagnostics)
}

func (r *resource) Read(ctx context.Context, req fwresource.ReadRequest, resp *fwresource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, operationTimeout, &resp.Diagnostics)
	defer cancel()

	app, err := r.find(ctx, state)
	var ambiguous *ambiguousError
	switch {
	case errors.As(err, &ambiguous):
		warnAmbiguous(ambiguous, &resp.Diagnostics)
		fallthrough
	case vonage.IsNotFound(err):
		r.data.RemoveState(ctx, "application", resp)
	case err != nil:
		framework.AddError(&resp.Diagnostics, "read", "application", err, nil)
	default:
		var silent []string
		app.Capabilities, silent = app.Capabilities.PutBack(leftOutMarker.Get(ctx, req.Private, &resp.Diagnostics))
		settled := settlePendingPair(ctx, resp.Private, app, state, &resp.Diagnostics)
		next := newModel(app, settled)
		warnIfKeyChanged(settled, next, &resp.Diagnostics)
		warnIfFound(settled, next, &resp.Diagnostics)
		framework.RefreshState(ctx, resp, state, next)
		leftOutMarker.Set(ctx, resp.Private, silent, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
}

func (r *resource) Update(ctx context.Context, req fwresource.UpdateRequest, resp *fwresource.UpdateResponse) {
	var plan, state model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	origin := originMarker.Get(ctx, req.Private, &resp.Diagnostics)
	change := plan.keyChange(new(state.keySettings()), origin)
	r.supplyKey(ctx, change, req.Config, pendingPairMarker.Get(ctx, req.Private, &resp.Diagnostics), &plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, operationTimeout, &resp.Diagnostics)
	defer cancel()

	sent, stored := plan.toRequest(), state.toRequest()
	app := stored
	if differ(sent, stored) {
		if !r.data.SameAccount(ctx, req.Private, "update", "application", &resp.Diagnostics) {
			return
		}
		updated, err := r.data.Client.Applications.Update(ctx, plan.ID.ValueString(), sent)
		if err != nil {
			framework.AddError(&resp.Diagnostics, "update", "application", explainGone(err), attributePath(ctx))
			if vonage.IsUnknownOutcome(err) && change == makeKey {
				keepPendingPair(ctx, resp.Private, plan, &resp.Diagnostics)
			}
			return
		}
		if sent.Keys.PublicKey != "" { // so this is the key in use
			pendingPairMarker.Forget(ctx, resp.Private, &resp.Diagnostics)
		}
		app = updated.Application
		leftOutMarker.Set(ctx, resp.Private, updated.LeftOut, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newWrittenModel(app, plan))...)
	originMarker.Set(ctx, resp.Private, change.origin(origin), &resp.Diagnostics)
	setOwnSecrets(ctx, resp.Private, plan, state, ownSecretsMarker.Get(ctx, req.Private, &resp.Diagnostics), &resp.Diagnostics)
}

func (r *resource) Delete(ctx context.Context, req fwresource.DeleteRequest, resp *fwresource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "delete", "application", &resp.Diagnostics) {
		return
	}
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, operationTimeout, &resp.Diagnostics)
	defer cancel()

	id := state.ID.ValueString()
	if id == "" {
		if id = r.unfinishedID(ctx, state, &resp.Diagnostics); id == "" {
			return
		}
	}
	linked, listErr := r.linkedNumbers(ctx, id)
	if err := r.data.Client.Applications.Delete(ctx, id); err != nil {
		framework.AddError(&resp.Diagnostics, "delete", "application", err, nil)
		return
	}
	warnIfStillLinked(id, linked, listErr, &resp.Diagnostics)
}

// differ reports whether an update is needed. A request without a key leaves the key unchanged.
func differ(sent, stored vonage.Application) bool {
	if sent.Keys.PublicKey == "" {
		stored.Keys.PublicKey = ""
	}
	return !reflect.DeepEqual(sent, stored)
}

// Identity implements framework.Identifiable.
func (m model) Identity() any { return identity{m.ID} }

type identity struct {
	ID types.String `tfsdk:"id"`
}

// operationTimeout is the default timeout of an operation. It is long because large configurations wait for the rate
// limits.
const operationTimeout = 5 * time.Minute
