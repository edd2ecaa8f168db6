// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Identifiable is a model that knows its identity: a struct whose tfsdk tags are those of the identity schema.
type Identifiable interface{ Identity() any }

// Settable is a tfsdk.State, or the tfsdk.Resource of a list result.
type Settable interface {
	Set(ctx context.Context, val any) diag.Diagnostics
}

// SetState writes state and identity from one model, so that they cannot differ. identity is nil where nobody asked for
// one: during a move, say.
func SetState(ctx context.Context, state Settable, identity *tfsdk.ResourceIdentity, model Identifiable) diag.Diagnostics {
	diags := state.Set(ctx, model)
	if identity != nil {
		diags.Append(identity.Set(ctx, model.Identity())...)
	}
	return diags
}

// RemoveState says in Read that the object is gone.
//
// The framework wants an identity of every Read, even of one that finds nothing, and has none to fall back on with a
// Terraform older than 1.12 or a state written by one: so what is gone gets a blank identity, which goes with it.
func RemoveState(ctx context.Context, state *tfsdk.State, identity *tfsdk.ResourceIdentity) {
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
