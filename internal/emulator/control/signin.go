// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// tokenParameter is how a browser shows the control token the first time.
const tokenParameter = "token"

// admits reports whether a request has the token, or the cookie that a browser got for it.
func (g guard) admits(r *http.Request) bool {
	if scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Bearer") && g.isToken(token) {
		return true
	}
	return slices.ContainsFunc(r.CookiesNamed(g.cookieName(r)), func(cookie *http.Cookie) bool {
		return subtle.ConstantTimeCompare([]byte(cookie.Value), []byte(g.derived("cookie"))) == 1
	})
}

// isToken takes as long for every token, of whatever length.
func (g guard) isToken(shown string) bool {
	want, got := sha256.Sum256([]byte(g.token)), sha256.Sum256([]byte(shown))
	return subtle.ConstantTimeCompare(want[:], got[:]) == 1
}

// derived returns what follows from the token for a purpose, and does not tell it.
func (g guard) derived(purpose string) string {
	derived := hmac.New(sha256.New, []byte(g.token))
	derived.Write([]byte(purpose))
	return hex.EncodeToString(derived.Sum(nil))
}

// cookieName differs between tokens, and between http and https: browsers keep the cookies of all ports of a host together,
// where emulators with other tokens would replace each other's, and refuse one without TLS that would replace one with it.
func (g guard) cookieName(r *http.Request) string {
	name := "vonage_emulator_" + g.derived("name")[:8]
	if r.TLS != nil {
		return "__Host-" + name
	}
	return name
}

// signIn gives a browser a cookie, and takes the token out of its address bar and history. The cookie is not the token, because
// browsers send it to every port of the host. It is sent when somebody follows a link from another site, such as the one in a
// guide; the guard lets such a request only read.
func (g guard) signIn(w http.ResponseWriter, r *http.Request) {
	if g.token != "" {
		http.SetCookie(w, &http.Cookie{ //nolint:gosec // without TLS there is nothing more secure
			Name: g.cookieName(r), Value: g.derived("cookie"), Path: "/", HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode,
		})
	}
	query := r.URL.Query()
	query.Del(tokenParameter)
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, (&url.URL{Path: "/", RawQuery: query.Encode()}).String(), http.StatusSeeOther)
}

//go:embed signin.html
var signInPage string

// askForToken shows a form for the token to somebody who opens the page without it, or with another one.
func askForToken(w http.ResponseWriter, wrong bool) {
	page := signInPage
	if wrong {
		page = strings.Replace(page, "<!-- wrong -->", `<p class="bad" role="alert">That is not the token.</p>`, 1)
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cache-Control", "no-store")
	header.Set("WWW-Authenticate", "Bearer")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = w.Write([]byte(page)) // the client has gone
}
