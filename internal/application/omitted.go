// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// leftOutMarker stores which capabilities were sent as empty objects and never returned by the API since: whether they
// are on cannot be determined, so they stay as configured. The state does not show that the API has not returned them.
var leftOutMarker = framework.Marker[[]string]{Key: "left_out", Noun: "application", Tells: "which capabilities Vonage has left out of its answers"}

// The framework's Value…Pointer methods return a zero value for unknown; these functions return nil for unknown and
// null.

func boolToRequest(value types.Bool) *bool {
	if value.IsUnknown() {
		return nil
	}
	return value.ValueBoolPointer()
}

func int64ToRequest(value schematype.Int64) *int64 {
	if value.IsUnknown() {
		return nil
	}
	return value.ValueInt64Pointer()
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
