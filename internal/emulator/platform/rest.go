// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"cmp"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Common to the APIs of rest.nexmo.com: parameters instead of JSON bodies, and errors reported as codes in a response
// whose HTTP status may not indicate them. Numbers API 1.1.0, Account API 1.0.4.

// RestAnswer returns a response with an error-code, which is not an error if it is 200.
func RestAnswer(status, code int, label string) Response {
	return Response{Status: status, Body: document.Object{"error-code": strconv.Itoa(code), "error-code-label": label}}
}

// RestSuccess returns the response to a write that was carried out.
func RestSuccess() Response { return RestAnswer(http.StatusOK, http.StatusOK, "success") }

// Refused is error-code 420 with a label. Its HTTP status is 420 in the specification, but 200 in the responses that
// SDKs captured: https://github.com/Vonage/vonage-go-sdk/blob/master/number.go.
func (a *Account) Refused(label string) Response {
	return RestAnswer(cmp.Or(a.Variant.MethodFailedStatus, 420), 420, label)
}

// InvalidParameter refuses the value of a parameter.
func InvalidParameter(name string) Response {
	return RestAnswer(http.StatusBadRequest, http.StatusBadRequest, "invalid value for parameter: "+name)
}

// RestWrongVerb refuses an HTTP method.
func RestWrongVerb() Response {
	return RestAnswer(http.StatusMethodNotAllowed, http.StatusMethodNotAllowed, "method not allowed")
}

// AuthenticateLegacy guards rest.nexmo.com: either Basic authentication or the parameters api_key and api_secret, but
// not both.
func (a *Account) AuthenticateLegacy(r *Request) (Response, bool) {
	shown := legacyCredentials(r.Request, r.form())
	if shown.methods > 1 {
		return multipleAuthMethods(), false
	}
	label := "authentication failed"
	if a.Variant.InvalidAuthToken {
		label = "Invalid auth token"
	}
	return RestAnswer(http.StatusUnauthorized, http.StatusUnauthorized, label), a.accountAuthorized(shown)
}

// form returns the form in the body. A body of any other type is ignored, so its parameters are missing.
func (r *Request) form() url.Values {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return url.Values{}
	}
	form, err := url.ParseQuery(string(r.Body))
	if err != nil {
		return url.Values{}
	}
	return form
}

// Parameters returns the parameters of the form and of the query, which old clients use even for POST.
func (r *Request) Parameters() url.Values {
	parameters := r.form()
	for name, values := range r.URL.Query() {
		if !parameters.Has(name) {
			parameters[name] = values
		}
	}
	return parameters
}
