// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

// readCoded decodes a JSON body of a known shape for the APIs whose problems have codes.
func readCoded(body []byte, shape objectShape) (document, response, bool) {
	sent, err := parseDocument(body)
	if err != nil {
		return nil, codedInvalidJSON(err.Error()), false
	}
	var checked checker
	shape.check(&checked, "", sent, nil)
	if checked.unknownName != "" {
		return nil, validationFailed(checked.unknownName, "\""+checked.unknownName+"\" is not allowed"), false
	}
	if len(checked.invalid) > 0 {
		refusal := validationFailed("", "")
		object(refusal.body)["invalid_parameters"] = checked.invalid
		return nil, refusal, false
	}
	return sent, response{}, true
}
