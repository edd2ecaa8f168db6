// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// Problems are RFC 7807 documents, in the style of the Application API 2.4.1 and of
// https://github.com/Nexmo/nexmo-developer/blob/main/config/api-errors.yml.

const apiErrors = "https://developer.vonage.com/api-errors"

// Problem returns a problem of the kind, which is the end of its type.
func Problem(status int, kind, title, detail string, invalid ...shape.Parameter) Response {
	body := document.Object{"type": apiErrors + kind, "title": title, "detail": detail, "instance": newInstance()}
	if len(invalid) > 0 {
		body["invalid_parameters"] = invalid
	}
	return Response{Status: status, Body: body}
}

// ProblemJSON sets the content type of a refusal, as the Account and Subaccounts APIs do.
func ProblemJSON(r Response) Response {
	if r.Header == nil {
		r.Header = http.Header{}
	}
	r.Header.Set("Content-Type", "application/problem+json")
	return r
}

// AsProblemJSON sets the content type of a guard's refusals.
func AsProblemJSON(guard Guard) Guard {
	return func(r *Request) (Response, bool) {
		refusal, ok := guard(r)
		return ProblemJSON(refusal), ok
	}
}

func unauthorized() Response {
	return Problem(http.StatusUnauthorized, "#unauthorized", "Invalid credentials supplied", "You did not provide correct credentials.")
}

func multipleAuthMethods() Response {
	return Problem(http.StatusUnauthorized, "#multiple-auth-methods", "Multiple authentication methods detected",
		"Provide exactly one authentication method.")
}

// NotFound refuses an unknown id.
func NotFound(id string) Response {
	return Problem(http.StatusNotFound, "#not-found", "Not Found", "ID '"+id+"' does not exist, or you do not have access")
}

// InvalidAPIKey refuses the key of an account in a path.
func InvalidAPIKey(key string) Response {
	return Problem(http.StatusNotFound, "#invalid-api-key", "Invalid API Key", "API key '"+key+"' does not exist, or you do not have access")
}

func noSuchPath(path string) Response {
	return Problem(http.StatusNotFound, "#not-found", "Not Found", "There is nothing at '"+path+"'")
}

// WrongVerb refuses an HTTP method.
func WrongVerb() Response {
	return Problem(http.StatusMethodNotAllowed, "#wrong-verb", "Request method not allowed", "The HTTP method is not supported here.")
}

func wrongAccept() Response {
	return Problem(http.StatusNotAcceptable, "#accept-header", "Invalid Accept header", "Most likely the Accept header is wrong.")
}

func wrongContentType() Response {
	return Problem(http.StatusUnsupportedMediaType, "#content-type-header", "Unsupported Content-Type header",
		"The Content-Type header has to be application/json.")
}

// InvalidJSON refuses a body.
func InvalidJSON(reason string) Response {
	return Problem(http.StatusBadRequest, "#invalid-json", "Invalid JSON", "The request body is not valid JSON: "+reason)
}

// Throttled refuses a request above a limit.
func Throttled() Response {
	return Problem(http.StatusTooManyRequests, "#throttled", "Rate Limit Hit", "Please wait, then retry your request")
}

// InternalError is the response if the emulator itself fails.
func InternalError() Response {
	return Problem(http.StatusInternalServerError, "#internal-error", "Internal Error", "Something went wrong.")
}

// newInstance returns an id for one occurrence of an error.
func newInstance() string { return RandomHex(16) }

// RandomHex returns random bytes in hexadecimal; crypto/rand.Read never fails.
func RandomHex(bytes int) string {
	random := make([]byte, bytes)
	_, _ = rand.Read(random)
	return hex.EncodeToString(random)
}
