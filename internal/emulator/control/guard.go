// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
)

// guard keeps the control API and the page from whoever was not meant to use them. They hold every secret of the emulated
// accounts, and need no credentials on the machine that runs the emulator: so they are not for other machines, nor for
// the pages that a browser on this machine shows.
type guard struct {
	hosts []string // as canonical writes them, beside those of this machine
	token string   // "" for none
	next  http.Handler
}

// healthPath is open to all, because it tells nothing: who watches a container calls it by names of its own.
const healthPath = "/emulator/health"

// Concerns reports whether a request is for the control API or the page, and not for Vonage.
func Concerns(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/emulator/") || isPage(r) }

// isPage reports whether a browser asks for the page. What asks for JSON gets what Vonage answers there.
func isPage(r *http.Request) bool {
	return r.URL.Path == "/" && (r.Method == http.MethodGet || r.Method == http.MethodHead) &&
		strings.Contains(r.Header.Get("Accept"), "text/html")
}

func newGuard(options platform.Options, next http.Handler) guard {
	guarding := guard{token: options.ControlToken, next: next}
	for _, host := range options.AllowHosts {
		guarding.hosts = append(guarding.hosts, canonical(host))
	}
	return guarding
}

func (g guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == healthPath {
		g.next.ServeHTTP(w, r)
		return
	}
	if refusal := g.refusal(r); refusal != "" {
		platform.ControlError(w, http.StatusForbidden, refusal)
		return
	}
	switch shown := r.URL.Query().Get("token"); {
	case g.token == "" || g.admits(r):
		g.next.ServeHTTP(w, r)
	case isPage(r) && g.isToken(shown):
		g.signIn(w, r)
	default:
		w.Header().Set("WWW-Authenticate", "Bearer")
		platform.ControlError(w, http.StatusUnauthorized,
			"this emulator has a control token: send it as Authorization: Bearer TOKEN, or open /?token=TOKEN in a browser")
	}
}

// refusal says why a request is not answered whoever sends it, "" if it is.
//
// A page of another site can make a browser send requests here. That site's name may be made to point to this machine
// (DNS rebinding), which the Host header tells; otherwise the browser says that the request crosses origins, and a form
// cannot send JSON.
func (g guard) refusal(r *http.Request) string {
	if host := canonical(r.Host); !isLoopback(host) && !slices.Contains(g.hosts, host) {
		return fmt.Sprintf("the control API and the page are for loopback addresses, not for the host %q: name it with -allow-host to open them to it", host)
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return ""
	}
	if err := http.NewCrossOriginProtection().Check(r); err != nil {
		return "only the emulator's own page writes from a browser: " + err.Error()
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); r.ContentLength != 0 && (err != nil || kind != "application/json") {
		return "send the body as JSON, with the header Content-Type: application/json"
	}
	return ""
}

// admits reports whether a request has the token, or the cookie that a browser got for it.
func (g guard) admits(r *http.Request) bool {
	if scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Bearer") && g.isToken(token) {
		return true
	}
	return slices.ContainsFunc(r.CookiesNamed(cookieName), func(cookie *http.Cookie) bool {
		return subtle.ConstantTimeCompare([]byte(cookie.Value), []byte(g.cookie())) == 1
	})
}

// isToken takes as long for every token, of whatever length.
func (g guard) isToken(shown string) bool {
	want, got := sha256.Sum256([]byte(g.token)), sha256.Sum256([]byte(shown))
	return subtle.ConstantTimeCompare(want[:], got[:]) == 1
}

const cookieName = "vonage_emulator_control"

// cookie is what a browser shows instead of the token. It is not the token, because browsers send cookies to every port of
// a host.
func (g guard) cookie() string {
	derived := hmac.New(sha256.New, []byte(g.token))
	derived.Write([]byte(cookieName))
	return hex.EncodeToString(derived.Sum(nil))
}

// signIn gives a browser the cookie, and takes the token out of its address bar and history.
func (g guard) signIn(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // without TLS there is nothing more secure
		Name: cookieName, Value: g.cookie(), Path: "/", HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteStrictMode,
	})
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// canonical returns the name or address of a Host header, without the port and in the one way of writing it.
func canonical(hostport string) string {
	host := hostport
	if name, _, err := net.SplitHostPort(hostport); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if address, err := netip.ParseAddr(host); err == nil {
		return address.Unmap().String()
	}
	return strings.ToLower(host)
}

func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}
