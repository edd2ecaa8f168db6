// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"mime"
	"net/http"
	"net/url"
	"strconv"
)

// What the APIs of rest.nexmo.com have in common: parameters instead of JSON bodies, and errors that are codes in an
// answer whose HTTP status may say nothing. Numbers API 1.1.0, Account API 1.0.4.

func restAnswer(status, code int, label string) response {
	return response{status: status, body: document{"error-code": strconv.Itoa(code), "error-code-label": label}}
}

func restSuccess() response { return restAnswer(http.StatusOK, http.StatusOK, "success") }

// methodFailed is error-code 420, the one answer for nearly everything that can be wrong with a write.
func (e *Emulator) methodFailed() response { return e.refused("method failed") }

// refused is error-code 420 with a label. Its HTTP status is 420 in the specification and 200 in the answers that SDKs
// captured: https://github.com/Vonage/vonage-go-sdk/blob/master/number.go.
func (e *Emulator) refused(label string) response {
	return restAnswer(cmp.Or(e.options.Variant.MethodFailedStatus, 420), 420, label)
}

func invalidParameter(name string) response {
	return restAnswer(http.StatusBadRequest, http.StatusBadRequest, "invalid value for parameter: "+name)
}

func restWrongVerb() response {
	return restAnswer(http.StatusMethodNotAllowed, http.StatusMethodNotAllowed, "method not allowed")
}

// authenticateLegacy guards rest.nexmo.com: Basic, or api_key and api_secret among the parameters, but one of them.
func (e *Emulator) authenticateLegacy(r *request) (response, bool) {
	shown := legacyCredentials(r.Request, r.form())
	if shown.methods > 1 {
		return multipleAuthMethods(), false
	}
	label := "authentication failed"
	if e.options.Variant.InvalidAuthToken {
		label = "Invalid auth token"
	}
	return restAnswer(http.StatusUnauthorized, http.StatusUnauthorized, label), e.accountAuthorized(shown)
}

// form is the form in the body. A body of another type is not read at all, so its parameters are missing.
func (r *request) form() url.Values {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return url.Values{}
	}
	form, err := url.ParseQuery(string(r.body))
	if err != nil {
		return url.Values{}
	}
	return form
}

// parameters are those of the form, and those of the query, which old clients use even with POST.
func (r *request) parameters() url.Values {
	parameters := r.form()
	for name, values := range r.URL.Query() {
		if !parameters.Has(name) {
			parameters[name] = values
		}
	}
	return parameters
}
