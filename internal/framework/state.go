// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Identifiable is a model that has an identity: a struct whose tfsdk tags are those of the identity schema.
type Identifiable interface{ Identity() any }

// Settable is a tfsdk.State, or the tfsdk.Resource of a list result.
type Settable interface {
	Set(ctx context.Context, val any) diag.Diagnostics
}

// SetState writes state and identity from one model, so that they cannot differ. identity is nil where the request has
// none, for example during a move.
func SetState(ctx context.Context, state Settable, identity *tfsdk.ResourceIdentity, model Identifiable) diag.Diagnostics {
	diags := state.Set(ctx, model)
	if identity != nil {
		diags.Append(identity.Set(ctx, model.Identity())...)
	}
	return diags
}

// removeState tells Terraform in Read that the object no longer exists.
//
// The framework requires an identity from every Read, even if the object is gone, and has no earlier one to fall back on
// if Terraform is older than 1.12 or wrote the state before 1.12. The removed object therefore gets a blank identity,
// which is removed with it.
func removeState(ctx context.Context, state *tfsdk.State, identity *tfsdk.ResourceIdentity) {
	state.RemoveResource(ctx)
	if identity == nil || !identity.Raw.IsFullyNull() {
		return
	}
	object, ok := identity.Schema.Type().TerraformType(ctx).(tftypes.Object)
	if !ok {
		return
	}
	blank := make(map[string]tftypes.Value, len(object.AttributeTypes))
	for name, attributeType := range object.AttributeTypes {
		if attributeType.Is(tftypes.String) {
			blank[name] = tftypes.NewValue(tftypes.String, "")
		} else {
			blank[name] = tftypes.NewValue(attributeType, nil)
		}
	}
	identity.Raw = tftypes.NewValue(object, blank)
}
