// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// planKeys plans both halves of the key pair.
func planKeys(ctx context.Context, req fwresource.ModifyPlanRequest, resp *fwresource.ModifyPlanResponse) {
	config := readKeySettings(ctx, req.Config, &resp.Diagnostics)
	var before *keySettings
	var configured, publicBefore schematype.PublicKey
	var plannedPrivate, privateBefore types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("public_key"), &configured)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("private_key"), &plannedPrivate)...)
	if !req.State.Raw.IsNull() {
		state := readKeySettings(ctx, req.State, &resp.Diagnostics)
		before, publicBefore = &state, state.PublicKey
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("private_key"), &privateBefore)...)
	}
	origin := originMarker.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	public, private := decideKeys(config, before, origin).plan(configured, publicBefore, privateBefore)
	if before != nil {
		warnIfKeyIsIgnored(config, *before, origin, &resp.Diagnostics)
	}
	// Most plans change nothing, and setting an attribute traverses the whole plan several times.
	if !public.Equal(configured) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("public_key"), public)...)
	}
	if !private.Equal(plannedPrivate) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("private_key"), private)...)
	}
}

// dropEmptyChange removes the changes from a plan that only has unknown values that Vonage may fill in.
//
// The framework marks those unknown as soon as the configuration differs from the state, even if the difference is not
// significant, such as other line breaks in a public key. For an old application, whose responses omit the values,
// every plan would otherwise show a change.
func dropEmptyChange(req fwresource.ModifyPlanRequest, resp *fwresource.ModifyPlanResponse) {
	if req.State.Raw.IsNull() || resp.Plan.Raw.IsFullyKnown() {
		return
	}
	settled, err := tftypes.Transform(resp.Plan.Raw, func(at *tftypes.AttributePath, planned tftypes.Value) (tftypes.Value, error) {
		if planned.IsKnown() {
			return planned, nil
		}
		before, ok := valueAt(req.State.Raw, at)
		configured, configuredOK := valueAt(req.Config.Raw, at)
		if ok && before.IsNull() && (!configuredOK || configured.IsNull()) {
			return before, nil
		}
		return planned, nil
	})
	if err == nil && settled.Equal(req.State.Raw) {
		resp.Plan.Raw = req.State.Raw
	}
}

func valueAt(root tftypes.Value, at *tftypes.AttributePath) (tftypes.Value, bool) {
	found, _, err := tftypes.WalkAttributePath(root, at)
	value, ok := found.(tftypes.Value)
	return value, ok && err == nil
}

// attributes is a configuration, a plan or a state.
type attributes interface {
	GetAttribute(ctx context.Context, at path.Path, target any) diag.Diagnostics
}

func readKeySettings(ctx context.Context, from attributes, diags *diag.Diagnostics) keySettings {
	var settings keySettings
	diags.Append(from.GetAttribute(ctx, path.Root("public_key"), &settings.PublicKey)...)
	diags.Append(from.GetAttribute(ctx, path.Root("public_key_wo_version"), &settings.PublicKeyWOVersion)...)
	diags.Append(from.GetAttribute(ctx, path.Root("key_version"), &settings.KeyVersion)...)
	return settings
}

func (m model) keySettings() keySettings {
	return keySettings{PublicKey: m.PublicKey, PublicKeyWOVersion: m.PublicKeyWOVersion, KeyVersion: m.KeyVersion}
}
