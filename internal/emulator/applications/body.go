// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package applications

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// readApplication decodes the body of POST and PUT. stored is the application to be updated, nil for a new one.
func (a *API) readApplication(body []byte, stored document.Object) (document.Object, platform.Response, bool) {
	sent, err := document.ParseObject(body)
	if err != nil {
		return nil, platform.InvalidJSON(err.Error()), false
	}
	if value, given := sent["capabilities"]; given && document.ObjectAt(sent, "capabilities") == nil && value != nil {
		// PHP encodes an empty object as an empty array:
		// https://github.com/Vonage/vonage-php-sdk-core/blob/main/src/Application/Application.php
		return nil, platform.InternalError(), false
	}
	var checked shape.Checker
	applicationShape(a.Variant).Check(&checked, "", sent, valueOrNil(stored))
	if checked.Unknown != "" {
		return nil, unknownProperty(checked.Unknown), false
	}
	if len(checked.Invalid) > 0 {
		return nil, platform.Problem(http.StatusBadRequest, "/application#payload-validation", "Bad Request",
			"The request failed due to validation errors", checked.Invalid...), false
	}
	return sent, platform.Response{}, true
}

// unknownProperty is the live API's refusal. It differs from the specification's: its type has another host, its
// instance is a UUID, and it has no invalid_parameters. See https://github.com/Vonage/vonage-dotnet-sdk/issues/625.
func unknownProperty(detail string) platform.Response {
	return platform.Response{Status: http.StatusBadRequest, Body: document.Object{
		"type":     "https://developer.nexmo.com/api-errors/application#payload-validation",
		"instance": uuid.NewString(),
		"title":    "Bad Request",
		"detail":   detail,
	}}
}

// valueOrNil prevents a nil map from becoming a non-nil interface value.
func valueOrNil(stored document.Object) any {
	if stored == nil {
		return nil
	}
	return stored
}

// applicationShape is the body of POST and PUT. It accepts and ignores the server's own members, id and _links,
// because clients send back what they received.
func applicationShape(v platform.Variant) shape.Object {
	return shape.Object{
		{Name: "name", Shape: shape.Text{Required: true}, Required: true},
		{Name: "keys", Shape: shape.Object{{Name: "public_key", Shape: publicKeyShape{}}}},
		{Name: "capabilities", Shape: capabilitiesShape(v)},
		{Name: "privacy", Shape: shape.Object{{Name: "improve_ai", Shape: shape.Boolean{}}}},
		{Name: "id", Shape: shape.Anything{}},
		{Name: "_links", Shape: shape.Anything{}},
	}
}
