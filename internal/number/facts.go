// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	voiceCallbackTypes = map[string]attr.Type{"type": types.StringType, "value": types.StringType}
	limitationType     = types.ObjectType{AttrTypes: map[string]attr.Type{
		"feature": types.StringType, "type": types.StringType, "reach": types.StringType,
	}}
)

func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

func newVoiceCallback(number vonage.Number) types.Object {
	if number.VoiceCallbackType == "" {
		return types.ObjectNull(voiceCallbackTypes)
	}
	return types.ObjectValueMust(voiceCallbackTypes, map[string]attr.Value{
		"type": types.StringValue(number.VoiceCallbackType), "value": types.StringValue(number.VoiceCallbackValue),
	})
}

// splitVoiceCallback returns the members of a known voice_callback, or two empty strings if it is null.
func splitVoiceCallback(object types.Object) (kind, value string) {
	text := func(name string) string {
		s, _ := object.Attributes()[name].(types.String)
		return s.ValueString()
	}
	return text("type"), text("value")
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
