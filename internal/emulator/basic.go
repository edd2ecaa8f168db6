// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"net/url"
	"strings"
)

// credentials are what a request shows of an account, and how often: every place counts as one method.
type credentials struct {
	key, secret string
	methods     int
}

// basicCredentials takes the account from the Authorization header alone.
func basicCredentials(r *http.Request) credentials {
	key, secret, ok := r.BasicAuth()
	if !ok {
		return credentials{}
	}
	return credentials{key: key, secret: secret, methods: 1}
}

// legacyCredentials takes the account from the header, the query or the form: rest.nexmo.com has accepted api_key and
// api_secret as parameters since before it knew Basic authentication.
func legacyCredentials(r *http.Request, form url.Values) credentials {
	found := basicCredentials(r)
	for _, place := range []url.Values{r.URL.Query(), form} {
		if place.Has("api_key") || place.Has("api_secret") {
			found.key, found.secret = place.Get("api_key"), place.Get("api_secret")
			found.methods++
		}
	}
	return found
}

// accountAuthorized tells whether the account's key was shown with one of its secrets, and in one way only.
func (e *Emulator) accountAuthorized(shown credentials) bool {
	if shown.methods != 1 || shown.key != e.options.APIKey {
		return false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.opens(shown.secret)
}

// authenticateBasic guards the Application API: Basic, and nothing beside it.
func (e *Emulator) authenticateBasic(r *request) (response, bool) {
	shown := basicCredentials(r.Request)
	if query := r.URL.Query(); shown.methods > 0 && (query.Has("api_key") || query.Has("api_secret")) {
		return multipleAuthMethods(), false
	}
	return unauthorized(), e.accountAuthorized(shown)
}

// accepts tells whether a client that sent such an Accept header takes JSON.
func accepts(header http.Header) bool {
	wanted := header.Values("Accept")
	if len(wanted) == 0 {
		return true
	}
	for offer := range strings.SplitSeq(strings.Join(wanted, ","), ",") {
		kind, _, _ := strings.Cut(offer, ";")
		switch strings.ToLower(strings.TrimSpace(kind)) {
		case "application/json", "application/*", "*/*":
			return true
		}
	}
	return false
}
