// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"net/http"
	"net/url"
	"strings"
)

// credentials are a request's account credentials and the number of places they appeared in; each place counts as one
// authentication method.
type credentials struct {
	key, secret string
	methods     int
}

// basicCredentials reads the account from the Authorization header only.
func basicCredentials(r *http.Request) credentials {
	key, secret, ok := r.BasicAuth()
	if !ok {
		return credentials{}
	}
	return credentials{key: key, secret: secret, methods: 1}
}

// legacyCredentials reads the account from the header, the query or the form: rest.nexmo.com has accepted api_key and
// api_secret as parameters since before it supported Basic authentication.
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

// accountAuthorized reports whether the request has the account's key and one of its secrets, by one method only. Nothing
// opens a suspended account: https://vonage.github.io/vonage-dotnet-sdk/api/Vonage.Accounts.SubAccount.html.
func (a *Account) accountAuthorized(shown credentials) bool {
	if shown.methods != 1 || shown.key != a.APIKey {
		return false
	}
	a.Lock()
	defer a.Unlock()
	return !a.Suspended && a.opens(shown.secret)
}

// AuthenticateBasic guards the Application API, which accepts Basic authentication and nothing besides.
func (a *Account) AuthenticateBasic(r *Request) (Response, bool) {
	shown := basicCredentials(r.Request)
	if query := r.URL.Query(); shown.methods > 0 && (query.Has("api_key") || query.Has("api_secret")) {
		return multipleAuthMethods(), false
	}
	return unauthorized(), a.accountAuthorized(shown)
}

// AuthenticateEither reports whether a request has the account's Basic credentials, or a token of one of its applications.
func (a *Account) AuthenticateEither(r *Request) bool {
	if scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Bearer") {
		_, ok := a.AuthenticateToken(r)
		return ok
	}
	_, ok := a.AuthenticateBasic(r)
	return ok
}

// accepts reports whether a client that sent this Accept header accepts JSON.
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
