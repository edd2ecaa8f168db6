// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var dtmfKeys = regexp.MustCompile("^[0-9*#p]+$")

const invalidCall = "Invalid call"

// validate checks the rules between attributes. Unknown values may turn out to be null.
func (m callModel) validate() diag.Diagnostics {
	var diags diag.Diagnostics
	random := m.RandomFromNumber.ValueBool()
	switch {
	case m.From.IsUnknown() || m.RandomFromNumber.IsUnknown():
	case m.From.IsNull() && !random:
		diags.AddAttributeError(path.Root("from"), invalidCall, "A call needs a number that it comes from: set from, or random_from_number = true.")
	case !m.From.IsNull() && random:
		diags.AddAttributeError(path.Root("random_from_number"), invalidCall, "from sets the number that the call comes from: remove either from or random_from_number.")
	}
	switch {
	case m.NCCO.IsUnknown() || m.AnswerURL.IsUnknown():
	case m.NCCO.IsNull() && m.AnswerURL.IsNull():
		diags.AddAttributeError(path.Root("ncco"), invalidCall, "A call needs an NCCO: set ncco or answer_url.")
	case !m.NCCO.IsNull() && !m.AnswerURL.IsNull():
		diags.AddAttributeError(path.Root("answer_url"), invalidCall, "ncco and answer_url exclude each other: remove one of them.")
	}
	if !m.To.IsNull() && !m.To.IsUnknown() {
		diags.Append(validateEndpoint(m.To.Attributes())...)
	}
	return diags
}

// endpointNeeds are, for each type of endpoint, its required attributes, its optional ones, and the schemes of its uri.
var endpointNeeds = map[string]struct{ needs, takes, schemes []string }{
	phone:       {needs: []string{"number"}, takes: []string{"dtmf_answer", "shaken"}},
	"sip":       {needs: []string{"uri"}, takes: []string{"headers", "standard_headers"}, schemes: []string{"sip:", "sips:"}},
	"websocket": {needs: []string{"uri", "content_type"}, takes: []string{"headers"}, schemes: []string{"wss://", "ws://"}},
	"app":       {needs: []string{"user"}},
	"vbc":       {needs: []string{"extension"}},
}

func validateEndpoint(attributes map[string]attr.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	name := phone
	if given, ok := attributes["type"].(types.String); ok && !given.IsNull() {
		name = given.ValueString()
	}
	endpoint, known := endpointNeeds[name]
	if !known { // the type is not known yet, or not supported
		return nil
	}
	for _, attribute := range slices.Sorted(maps.Keys(attributes)) {
		needed := slices.Contains(endpoint.needs, attribute)
		switch set := !attributes[attribute].IsNull(); {
		case attribute == "type":
		case needed && !set:
			diags.AddAttributeError(path.Root("to").AtName(attribute), invalidCall, fmt.Sprintf("An endpoint of type %q needs %s.", name, attribute))
		case set && !needed && !slices.Contains(endpoint.takes, attribute):
			diags.AddAttributeError(path.Root("to").AtName(attribute), invalidCall, fmt.Sprintf("An endpoint of type %q has no %s.", name, attribute))
		}
	}
	uri, _ := attributes["uri"].(types.String)
	if endpoint.schemes != nil && !uri.IsNull() && !uri.IsUnknown() && !beginsLike(uri.ValueString(), endpoint.schemes) {
		diags.AddAttributeError(path.Root("to").AtName("uri"), invalidCall, fmt.Sprintf("%s is not a URI for an endpoint of type %q: "+
			"it must begin with %s, and have no spaces.", vonage.Quote(uri.ValueString()), name, strings.Join(endpoint.schemes, " or ")))
	}
	return diags
}

// beginsLike reports whether an address starts with one of the schemes, continues after it, and has no spaces.
func beginsLike(address string, schemes []string) bool {
	return !strings.ContainsFunc(address, unicode.IsSpace) && slices.ContainsFunc(schemes, func(scheme string) bool {
		return strings.HasPrefix(address, scheme) && address != scheme
	})
}
