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

// Common to the APIs of rest.nexmo.com: parameters instead of JSON bodies, and errors reported as codes in an answer
// whose HTTP status may not indicate them. Numbers API 1.1.0, Account API 1.0.4.

func restAnswer(status, code int, label string) response {
	return response{status: status, body: document{"error-code": strconv.Itoa(code), "error-code-label": label}}
}

func restSuccess() response { return restAnswer(http.StatusOK, http.StatusOK, "success") }

// methodFailed is error-code 420, the answer to almost any invalid write.
func (e *Emulator) methodFailed() response { return e.refused("method failed") }

// refused is error-code 420 with a label. Its HTTP status is 420 in the specification, but 200 in the answers that
// SDKs captured: https://github.com/Vonage/vonage-go-sdk/blob/master/number.go.
func (e *Emulator) refused(label string) response {
	return restAnswer(cmp.Or(e.options.Variant.MethodFailedStatus, 420), 420, label)
}

func invalidParameter(name string) response {
	return restAnswer(http.StatusBadRequest, http.StatusBadRequest, "invalid value for parameter: "+name)
}

func restWrongVerb() response {
	return restAnswer(http.StatusMethodNotAllowed, http.StatusMethodNotAllowed, "method not allowed")
}

// authenticateLegacy guards rest.nexmo.com: either Basic authentication or the parameters api_key and api_secret, but
// not both.
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

// form returns the form in the body. A body of any other type is ignored, so its parameters are missing.
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

// parameters returns the parameters of the form and of the query, which old clients use even for POST.
func (r *request) parameters() url.Values {
	parameters := r.form()
	for name, values := range r.URL.Query() {
		if !parameters.Has(name) {
			parameters[name] = values
		}
	}
	return parameters
}
