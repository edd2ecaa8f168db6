// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package schematype

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// KeepEquivalent plans the value in the state when the configuration spells the same value differently. Terraform
// applies semantic equality to results only, so without this modifier "+44 7700 900001" in place of "447700900001" would
// be a change. List it before RequiresReplace.
//
// It compares by the semantic equality of the attribute's own type, and does nothing for a type that has none.
func KeepEquivalent() planmodifier.String { return keepEquivalent{} }

type keepEquivalent struct{}

func (keepEquivalent) Description(context.Context) string {
	return "Another way of writing the same value is not a change."
}

func (k keepEquivalent) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

func (keepEquivalent) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if isUnset(req.StateValue) || isUnset(req.PlanValue) || isUnset(req.ConfigValue) {
		return
	}
	attributeType, diags := req.Plan.Schema.TypeAtPath(ctx, req.Path)
	resp.Diagnostics.Append(diags...)
	typable, ok := attributeType.(basetypes.StringTypable)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	before, diags := typable.ValueFromString(ctx, req.StateValue)
	resp.Diagnostics.Append(diags...)
	after, diags := typable.ValueFromString(ctx, req.PlanValue)
	resp.Diagnostics.Append(diags...)
	meaningful, ok := before.(basetypes.StringValuableWithSemanticEquals)
	if !ok || resp.Diagnostics.HasError() {
		return
	}
	same, diags := meaningful.StringSemanticEquals(ctx, after)
	resp.Diagnostics.Append(diags...)
	if same {
		resp.PlanValue = req.StateValue
	}
}

func isUnset(s basetypes.StringValue) bool { return s.IsNull() || s.IsUnknown() }
