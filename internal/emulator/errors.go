// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
)

// Problems are RFC 7807 documents, in the style of the Application API 2.4.1 and of
// https://github.com/Nexmo/nexmo-developer/blob/main/config/api-errors.yml.

const apiErrors = "https://developer.vonage.com/api-errors"

// parameter describes what is wrong with one value of a request.
type parameter struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

func problem(status int, kind, title, detail string, invalid ...parameter) response {
	body := document{"type": apiErrors + kind, "title": title, "detail": detail, "instance": newInstance()}
	if len(invalid) > 0 {
		body["invalid_parameters"] = invalid
	}
	return response{status: status, body: body}
}

func unauthorized() response {
	return problem(http.StatusUnauthorized, "#unauthorized", "Invalid credentials supplied", "You did not provide correct credentials.")
}

func multipleAuthMethods() response {
	return problem(http.StatusUnauthorized, "#multiple-auth-methods", "Multiple authentication methods detected",
		"Provide exactly one authentication method.")
}

func notFound(id string) response {
	return problem(http.StatusNotFound, "#not-found", "Not Found", "ID '"+id+"' does not exist, or you do not have access")
}

func noSuchPath(path string) response {
	return problem(http.StatusNotFound, "#not-found", "Not Found", "There is nothing at '"+path+"'")
}

func wrongVerb() response {
	return problem(http.StatusMethodNotAllowed, "#wrong-verb", "Request method not allowed", "The HTTP method is not supported here.")
}

func wrongAccept() response {
	return problem(http.StatusNotAcceptable, "#accept-header", "Invalid Accept header", "Most likely the Accept header is wrong.")
}

func wrongContentType() response {
	return problem(http.StatusUnsupportedMediaType, "#content-type-header", "Unsupported Content-Type header",
		"The Content-Type header has to be application/json.")
}

func invalidJSON(reason string) response {
	return problem(http.StatusBadRequest, "#invalid-json", "Invalid JSON", "The request body is not valid JSON: "+reason)
}

func throttled() response {
	return problem(http.StatusTooManyRequests, "#throttled", "Rate Limit Hit", "Please wait, then retry your request")
}

func internalError() response {
	return problem(http.StatusInternalServerError, "#internal-error", "Internal Error", "Something went wrong.")
}

// newInstance returns an id for one occurrence of an error.
func newInstance() string { return randomHex(16) }

// randomHex returns random bytes in hexadecimal; crypto/rand.Read never fails.
func randomHex(bytes int) string {
	random := make([]byte, bytes)
	_, _ = rand.Read(random)
	return hex.EncodeToString(random)
}

// newUUID returns a random UUID, version 4.
func newUUID() string {
	random := make([]byte, 16)
	_, _ = rand.Read(random)
	random[6] = random[6]&0x0f | 0x40
	random[8] = random[8]&0x3f | 0x80
	digits := hex.EncodeToString(random)
	return digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
}
