// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// cutMarker stores that the plan of a rotation has said that the old secret may be deleted before there is a new one. The plan's
// values do not show in which order the apply does the two.
var cutMarker = framework.Marker[bool]{Key: "no_overlap", Noun: "API secret", Tells: "whether the plan has warned that there is no overlap"}

// leftoverMarker stores the secret that a rotation has left: it made the new secret, which is in the state, and could not delete the
// old one. The state has room for one secret only. The version in the state is still the old one, so that the next plan goes on.
var leftoverMarker = framework.Marker[*leftover]{Key: "left_over", Noun: "API secret", Tells: "the secret that a rotation has left"}

// leftover is a secret to delete, and the version whose rotation is then done.
type leftover struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

// rotatedTo reports whether the rotation to the version in a plan is done but for the deletion.
func (l *leftover) rotatedTo(version schematype.Int64) bool {
	return l != nil && !version.IsUnknown() && version.ValueInt64() == l.Version
}

// ModifyPlan decides whether a secret is rotated, says if that interrupts its users, and refuses what would delete the secret
// that the provider signs in with.
func (r *secretResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state secretModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if !req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	}
	known, left := hashesMarker.Get(ctx, req.Private, &resp.Diagnostics), leftoverMarker.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	key, id := state.APIKey.ValueString(), state.SecretID.ValueString()
	switch {
	case req.State.Raw.IsNull():
		r.warnIfFull(ctx, req.Config, resp)
	case req.Plan.Raw.IsNull():
		r.mayDeleteAll(ctx, state, known, left, "destroy", resp)
	case !plan.APIKey.IsUnknown() && !plan.APIKey.Equal(state.APIKey):
		r.mayDeleteAll(ctx, state, known, left, "replace", resp)
	case state.SecretWOVersion.IsNull() || plan.SecretWOVersion.Equal(state.SecretWOVersion):
		// The first version after an import is only recorded.
	case left.rotatedTo(plan.SecretWOVersion):
		mayDelete(ctx, r.data.Client, key, left.ID, known, "delete", &resp.Diagnostics)
	case r.data.SameAccount(ctx, req.Private, "rotate", secretNoun(id), &resp.Diagnostics) && r.mayDeleteAll(ctx, state, known, left, "rotate", resp):
		for _, name := range []string{"id", "secret_id", "created_at"} {
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(name), types.StringUnknown())...)
		}
		r.warnOfCut(ctx, key, id, left, resp)
	}
}

func (r *secretResource) mayDeleteAll(
	ctx context.Context, state secretModel, known hashes, left *leftover, verb string, resp *resource.ModifyPlanResponse,
) bool {
	key, id := state.APIKey.ValueString(), state.SecretID.ValueString()
	if left != nil && !mayDelete(ctx, r.data.Client, key, left.ID, known, verb, &resp.Diagnostics) {
		return false
	}
	return mayDelete(ctx, r.data.Client, key, id, known, verb, &resp.Diagnostics)
}

// others counts the secrets of an account besides those with the given ids. known is false if the credentials are not known yet, or
// if an error was added.
func (r *secretResource) others(ctx context.Context, key, verb string, resp *resource.ModifyPlanResponse, but ...string) (count int, known bool) {
	excluded := map[string]bool{}
	for _, id := range but {
		excluded[id] = true
	}
	for secret, err := range r.secrets.List(ctx, key) {
		switch {
		case framework.CredentialsUnknown(err):
			return 0, false
		case err != nil && !vonage.IsMalformed(err):
			addSecretError(&resp.Diagnostics, verb, "API secret", err)
			return 0, false
		case !excluded[secret.ID]:
			count++
		}
	}
	return count, true
}

// leftOverSecret is advice for an account that is full because a run was killed, which left no state.
const leftOverSecret = "If an earlier run was killed while it made a secret, the newest one may be left over: delete it at " + settingsPage + "."

// warnIfFull warns that an account has no room for a new secret, unless another one is deleted before. It is no error, because the
// same apply may do that.
func (r *secretResource) warnIfFull(ctx context.Context, config attributes, resp *resource.ModifyPlanResponse) {
	var named types.String // in a plan, one that is not configured is unknown
	resp.Diagnostics.Append(config.GetAttribute(ctx, path.Root("api_key"), &named)...)
	key, err := accountOf(ctx, r.data, named)
	switch {
	case named.IsUnknown(), framework.CredentialsUnknown(err):
		return
	case err != nil:
		addSecretError(&resp.Diagnostics, "plan", "API secret", err)
		return
	}
	if count, _ := r.others(ctx, key, "plan", resp); count >= vonage.MaxSecrets {
		resp.Diagnostics.AddWarning("No room for another API secret", fmt.Sprintf("Account %s has %d API secrets, and Vonage allows %d. The apply fails unless it deletes one of them "+
			"before. To replace one of the two, change its secret_wo_version instead. %s", key, count, vonage.MaxSecrets, leftOverSecret))
	}
}

// warnOfCut warns if a rotation has to delete the secret before it can make the new one, and records that for the apply.
func (r *secretResource) warnOfCut(ctx context.Context, key, id string, left *leftover, resp *resource.ModifyPlanResponse) {
	but := []string{id}
	if left != nil {
		but = append(but, left.ID) // deleted first
	}
	count, known := r.others(ctx, key, "rotate", resp, but...)
	if resp.Diagnostics.HasError() {
		return
	}
	cut := !known || count > 0
	cutMarker.Set(ctx, resp.Private, cut, &resp.Diagnostics)
	if !cut {
		return
	}
	why := fmt.Sprintf("Account %s has another API secret, and Vonage allows %d", key, vonage.MaxSecrets)
	if !known {
		why = "Whether the account has another API secret is not known yet; if it has"
	}
	resp.Diagnostics.AddAttributeWarning(path.Root("secret_wo_version"), "A rotation without overlap", why+": the apply deletes secret "+id+" before it makes the new one. "+
		"Whoever uses the old value is cut off until they have the new one. Users of the account's other secret are not affected.")
}

// rotate replaces the secret.
func (r *secretResource) rotate(ctx context.Context, plan, state secretModel, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	key, id := state.APIKey.ValueString(), state.SecretID.ValueString()
	known, cut := hashesMarker.Get(ctx, resp.Private, &resp.Diagnostics), cutMarker.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "rotate", secretNoun(id), &resp.Diagnostics) ||
		!mayDelete(ctx, r.data.Client, key, id, known, "rotate", &resp.Diagnostics) {
		return
	}
	value, hash := r.valueToSet(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	created, err := r.secrets.Rotate(ctx, key, id, value, cut)
	if created.ID == "" {
		addSecretError(&resp.Diagnostics, "rotate", secretNoun(id), err)
		if vonage.IsDeletedFirst(err) {
			state.SecretID = types.StringNull() // the next refresh takes it from the state, and the next apply makes a new one
			resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
			hashesMarker.Set(ctx, resp.Private, known.without(id), &resp.Diagnostics)
		}
		return
	}
	known = known.with(created.ID, hash)
	if err == nil {
		known = known.without(id)
	} else {
		leftoverMarker.Set(ctx, resp.Private, &leftover{id, plan.SecretWOVersion.ValueInt64()}, &resp.Diagnostics)
		plan.SecretWOVersion = state.SecretWOVersion
		addSecretError(&resp.Diagnostics, "rotate", secretNoun(id), framework.Advise(err, "The new secret, "+created.ID+
			", is in force and in the state. The old one may be in force, too. The next apply deletes it."))
	}
	hashesMarker.Set(ctx, resp.Private, known, &resp.Diagnostics)
	cutMarker.Forget(ctx, resp.Private, &resp.Diagnostics)
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newSecretModel(key, created, plan))...)
}

// deleteLeftover deletes the secret that a rotation has left, and reports whether it is gone.
func (r *secretResource) deleteLeftover(ctx context.Context, state secretModel, left *leftover, resp *resource.UpdateResponse) bool {
	known := hashesMarker.Get(ctx, resp.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, resp.Private, "delete", secretNoun(left.ID), &resp.Diagnostics) ||
		!mayDelete(ctx, r.data.Client, state.APIKey.ValueString(), left.ID, known, "delete", &resp.Diagnostics) {
		return false
	}
	if err := r.secrets.Delete(ctx, state.APIKey.ValueString(), left.ID); err != nil {
		addSecretError(&resp.Diagnostics, "delete", secretNoun(left.ID), err)
		return false
	}
	leftoverMarker.Forget(ctx, resp.Private, &resp.Diagnostics)
	hashesMarker.Set(ctx, resp.Private, known.without(left.ID), &resp.Diagnostics)
	return true
}
