// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"net/http"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// Problems with a code, on which clients branch: Conversation API 5.5.1 and Users API.

// Coded returns a problem with a code.
func Coded(status int, code, title, detail string, invalid ...shape.Parameter) Response {
	body := document.Object{
		"title": title, "type": "https://developer.nexmo.com/api/conversation#" + code, "code": code,
		"detail": detail, "instance": newInstance(),
	}
	if len(invalid) > 0 {
		body["invalid_parameters"] = invalid
	}
	return Response{Status: status, Body: body}
}

// TokenRefused refuses a token, for a reason such as "expired-token".
func TokenRefused(kind, detail string) Response {
	return Coded(http.StatusUnauthorized, "system:error:"+kind, "Unauthorized.", detail)
}

// NoUser refuses the id or name of a user.
func NoUser() Response {
	return Coded(http.StatusNotFound, "user:error:not-found", "Not found.", "User does not exist, or you do not have access.")
}

// ValidationFailed refuses one value of a request.
func ValidationFailed(name, reason string) Response {
	return Coded(http.StatusBadRequest, "http:error:validation-fail", "Bad request.", "Input validation failure.",
		shape.Parameter{Name: name, Reason: reason})
}

// CodedWrongVerb refuses an HTTP method.
func CodedWrongVerb() Response {
	return Coded(http.StatusMethodNotAllowed, "http:error:method-not-allowed", "Method Not Allowed.", "The HTTP method is not supported here.")
}

func codedWrongAccept() Response {
	return Coded(http.StatusNotAcceptable, "http:error:not-acceptable", "Not Acceptable.", "Invalid Accept header.")
}

func codedWrongContentType() Response {
	return Coded(http.StatusUnsupportedMediaType, "http:error:unsupported-media-type", "Unsupported Media Type.",
		"The Content-Type header has to be application/json.")
}

func codedInvalidJSON(reason string) Response {
	return Coded(http.StatusBadRequest, "http:error:validation-fail", "Bad request.", "The request body is not valid JSON: "+reason)
}

// Conflict refuses what is there already.
func Conflict(code, detail string) Response {
	return Coded(http.StatusConflict, code, "Conflict.", detail)
}

// ReadCoded decodes a JSON body of a known shape for the APIs whose problems have codes.
func ReadCoded(body []byte, expected shape.Object) (document.Object, Response, bool) {
	sent, err := document.ParseObject(body)
	if err != nil {
		return nil, codedInvalidJSON(err.Error()), false
	}
	var checked shape.Checker
	expected.Check(&checked, "", sent, nil)
	if checked.UnknownName != "" {
		return nil, ValidationFailed(checked.UnknownName, "\""+checked.UnknownName+"\" is not allowed"), false
	}
	if len(checked.Invalid) > 0 {
		refusal := ValidationFailed("", "")
		document.ObjectAt(refusal.Body)["invalid_parameters"] = checked.Invalid
		return nil, refusal, false
	}
	return sent, Response{}, true
}
