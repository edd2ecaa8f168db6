// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var limitationType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"feature": types.StringType, "type": types.StringType, "reach": types.StringType,
}}

func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// newFeatures returns a set, because the API returns the same features in varying order.
func newFeatures(features []string) types.Set {
	values := make([]attr.Value, 0, len(features))
	for _, feature := range slices.Compact(slices.Sorted(slices.Values(features))) {
		values = append(values, types.StringValue(feature))
	}
	return types.SetValueMust(types.StringType, values)
}

func newLimitations(limitations []vonage.Limitation) types.Set {
	values := make([]attr.Value, 0, len(limitations))
	for _, limitation := range limitations {
		value := types.ObjectValueMust(limitationType.AttrTypes, map[string]attr.Value{
			"feature": types.StringValue(limitation.Feature),
			"type":    types.StringValue(limitation.Type),
			"reach":   types.StringValue(limitation.Reach),
		})
		if !slices.ContainsFunc(values, value.Equal) { // Terraform rejects sets with duplicate elements
			values = append(values, value)
		}
	}
	return types.SetValueMust(limitationType, values)
}
