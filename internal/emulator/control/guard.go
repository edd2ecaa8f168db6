// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
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
	return r.URL.Path == "/" && reads(r) && strings.Contains(r.Header.Get("Accept"), "text/html")
}

func newGuard(options platform.Options, next http.Handler) guard {
	guarding := guard{token: options.ControlToken, next: next}
	for _, host := range options.AllowHosts {
		guarding.hosts = append(guarding.hosts, canonical(host))
	}
	return guarding
}

func (g guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Pages of other sites can include what they cannot read: browsers neither guess its type nor hand it to them.
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
	if r.URL.Path == healthPath && reads(r) {
		g.next.ServeHTTP(w, r)
		return
	}
	if refusal := g.refusal(r); refusal != "" {
		platform.ControlError(w, http.StatusForbidden, refusal)
		return
	}
	switch shown := r.URL.Query(); {
	case isPage(r) && shown.Has(tokenParameter) && (g.token == "" || g.isToken(shown.Get(tokenParameter))):
		g.signIn(w, r)
	case g.token == "" || g.admits(r):
		g.next.ServeHTTP(w, r)
	case isPage(r):
		askForToken(w, shown.Has(tokenParameter))
	default:
		w.Header().Set("WWW-Authenticate", "Bearer")
		platform.ControlError(w, http.StatusUnauthorized,
			"this emulator has a control token: send it as Authorization: Bearer TOKEN, or open /?token=TOKEN in a browser")
	}
}

// reads reports whether a request changes nothing.
func reads(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }

// refusal says why a request is not answered whoever sends it, "" if it is.
//
// A page of another site can make a browser send requests here. That site's name may be made to point to this machine
// (DNS rebinding), which the Host header tells; otherwise the browser says that the request crosses origins, and a form
// cannot send JSON.
func (g guard) refusal(r *http.Request) string {
	if host := canonical(r.Host); !isLoopback(host) && !slices.Contains(g.hosts, host) {
		return fmt.Sprintf("the control API and the page are for loopback addresses, not for the host %q: name it with -allow-host to open them to it", host)
	}
	if reads(r) {
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
