// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "net/http"

// readApplication decodes the body of POST and PUT. stored is the application to be updated, nil for a new one.
func (e *Emulator) readApplication(body []byte, stored document) (document, response, bool) {
	sent, err := parseDocument(body)
	if err != nil {
		return nil, invalidJSON(err.Error()), false
	}
	if value, given := sent["capabilities"]; given && object(sent, "capabilities") == nil && value != nil {
		// PHP encodes an empty object as an empty array:
		// https://github.com/Vonage/vonage-php-sdk-core/blob/main/src/Application/Application.php
		return nil, internalError(), false
	}
	var checked checker
	e.options.Variant.applicationShape().check(&checked, "", sent, valueOrNil(stored))
	if checked.unknown != "" {
		return nil, unknownProperty(checked.unknown), false
	}
	if len(checked.invalid) > 0 {
		return nil, problem(http.StatusBadRequest, "/application#payload-validation", "Bad Request",
			"The request failed due to validation errors", checked.invalid...), false
	}
	return sent, response{}, true
}

// unknownProperty is the live API's refusal. It differs from the specification's: its type has another host, its
// instance is a UUID, and it has no invalid_parameters. See https://github.com/Vonage/vonage-dotnet-sdk/issues/625.
func unknownProperty(detail string) response {
	return response{status: http.StatusBadRequest, body: document{
		"type":     "https://developer.nexmo.com/api-errors/application#payload-validation",
		"instance": newUUID(),
		"title":    "Bad Request",
		"detail":   detail,
	}}
}

// valueOrNil prevents a nil map from becoming a non-nil interface value.
func valueOrNil(stored document) any {
	if stored == nil {
		return nil
	}
	return stored
}
