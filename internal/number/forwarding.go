// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// targetMeaning is the meaning of voice_callback.value. A phone number can be spelled in several ways; no SIP URI and no
// URL can be taken for one.
type targetMeaning struct{}

// Noun implements schematype.Meaning.
func (targetMeaning) Noun() string { return "forwarding target" }

// Canonical implements schematype.Meaning. What a target has to be depends on the type beside it: see validateForwarding.
func (targetMeaning) Canonical(text string) (string, error) {
	if digits, err := vonage.NormalizeMSISDN(text); err == nil {
		return digits, nil
	}
	return text, nil
}

type (
	target     = schematype.String[targetMeaning]
	targetType = schematype.StringType[targetMeaning]
)

var voiceCallbackTypes = map[string]attr.Type{"type": types.StringType, "value": targetType{}}

func newVoiceCallback(number vonage.Number) types.Object {
	if number.VoiceCallbackType == "" {
		return types.ObjectNull(voiceCallbackTypes)
	}
	return types.ObjectValueMust(voiceCallbackTypes, map[string]attr.Value{
		"type": types.StringValue(number.VoiceCallbackType), "value": schematype.Known[targetMeaning](number.VoiceCallbackValue),
	})
}

// hasUnknown reports whether the object or one of its members is unknown.
func hasUnknown(object types.Object) bool {
	return object.IsUnknown() || slices.ContainsFunc(slices.Collect(maps.Values(object.Attributes())), attr.Value.IsUnknown)
}

// splitVoiceCallback returns the members of a voice_callback as the API has them; what is null or unknown is empty.
func splitVoiceCallback(object types.Object) (kind, value string) {
	text, _ := object.Attributes()["type"].(types.String)
	to, _ := object.Attributes()["value"].(target)
	return text.ValueString(), to.ValueCanonical()
}

func (m numberModel) validateForwarding(diags *diag.Diagnostics) {
	kind, value := splitVoiceCallback(m.VoiceCallback)
	at := path.Root("voice_callback").AtName("value")
	switch {
	case value == "":
	case kind == "tel":
		if _, err := vonage.NormalizeMSISDN(value); err != nil {
			diags.AddAttributeError(at, "Invalid phone number", "With type tel, the value must be a phone number (E.164). "+framework.Sentence(err.Error()))
		}
	case kind == "sip":
		for uri := range strings.SplitSeq(value, ",") {
			if scheme, _, ok := strings.Cut(strings.TrimSpace(uri), ":"); !ok || !strings.EqualFold(scheme, "sip") && !strings.EqualFold(scheme, "sips") {
				diags.AddAttributeError(at, "Invalid SIP URI", "With type sip, each of the URIs must begin with sip: or sips:, as in "+
					"sip:user@sip.example.com. "+vonage.Quote(uri)+" does not.")
			}
		}
	}
}
