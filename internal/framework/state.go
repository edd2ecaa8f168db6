// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
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
	diags.Append(setIdentity(ctx, identity, model)...)
	return diags
}

// RefreshState is SetState in a Read whose state before is known. Most reads find nothing new, and to set a state costs as
// much as to read one: the framework then keeps the state that it has.
func RefreshState(ctx context.Context, resp *resource.ReadResponse, before, after Identifiable) {
	if !reflect.DeepEqual(before, after) {
		resp.Diagnostics.Append(resp.State.Set(ctx, after)...)
	}
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, after)...)
}

func setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, model Identifiable) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	return identity.Set(ctx, model.Identity())
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

// TextOrNull returns the value of an attribute that is null where the API has no text, or an empty one.
func TextOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
