// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "net/http"

// readApplication reads the body of POST and PUT. stored is what the application carries already, nil for a new one.
func (e *Emulator) readApplication(body []byte, stored document) (document, response, bool) {
	sent, err := parseDocument(body)
	if err != nil {
		return nil, invalidJSON(err.Error()), false
	}
	if value, given := sent["capabilities"]; given && object(sent, "capabilities") == nil && value != nil {
		// PHP's empty array for an empty object:
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

// unknownProperty is the refusal of the live API, which differs from the specification's: another host in its type, a
// UUID for instance, and no invalid_parameters. See https://github.com/Vonage/vonage-dotnet-sdk/issues/625.
func unknownProperty(detail string) response {
	return response{status: http.StatusBadRequest, body: document{
		"type":     "https://developer.nexmo.com/api-errors/application#payload-validation",
		"instance": newUUID(),
		"title":    "Bad Request",
		"detail":   detail,
	}}
}

// valueOrNil keeps a nil map from becoming a value that is not nil.
func valueOrNil(stored document) any {
	if stored == nil {
		return nil
	}
	return stored
}
