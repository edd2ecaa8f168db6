// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sip

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// entriesOf returns the known entries of an access list.
func entriesOf(acl types.Set) []string {
	entries := []string{}
	for _, element := range acl.Elements() {
		if text, ok := element.(types.String); ok && !text.IsNull() && !text.IsUnknown() {
			entries = append(entries, text.ValueString())
		}
	}
	return entries
}

// newACL returns a set of entries. Terraform rejects sets with duplicate elements.
func newACL(entries []string) types.Set {
	elements, seen := []attr.Value{}, map[string]bool{}
	for _, entry := range entries {
		if !seen[entry] {
			elements = append(elements, types.StringValue(entry))
		}
		seen[entry] = true
	}
	return types.SetValueMust(types.StringType, elements)
}

// admitsEveryone reports whether an access list has the block of all addresses.
func admitsEveryone(acl types.Set) bool {
	for _, entry := range entriesOf(acl) {
		if normal, err := vonage.NormalizeCIDR(entry); err == nil && normal == "0.0.0.0/0" {
			return true
		}
	}
	return false
}

// keepSameACL plans the access list in the state when the configuration spells the same list differently. Terraform applies
// semantic equality to results only.
type keepSameACL struct{}

func (keepSameACL) Description(context.Context) string {
	return "Another way of writing the same access list is not a change."
}

func (k keepSameACL) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

func (keepSameACL) PlanModifySet(_ context.Context, req planmodifier.SetRequest, resp *planmodifier.SetResponse) {
	before, after := entriesOf(req.StateValue), entriesOf(req.PlanValue)
	known := len(after) == len(req.PlanValue.Elements()) && !req.PlanValue.IsUnknown()
	if known && !req.StateValue.IsNull() && vonage.SameACL(before, after) {
		resp.PlanValue = req.StateValue
	}
}
