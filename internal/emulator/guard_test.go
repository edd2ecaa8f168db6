// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// asked serves one request that a client could send under any name.
func asked(t *testing.T, e http.Handler, method, url string, changes ...func(*http.Request)) *http.Response {
	t.Helper()
	var body *strings.Reader
	if method != http.MethodGet {
		body = strings.NewReader(`{}`)
	} else {
		body = strings.NewReader("")
	}
	r := httptest.NewRequestWithContext(t.Context(), method, url, body)
	r.Header.Set("Content-Type", "application/json")
	for _, change := range changes {
		change(r)
	}
	recorder := httptest.NewRecorder()
	e.ServeHTTP(recorder, r)
	return recorder.Result()
}

func body(t *testing.T, of *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(of.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func browser(r *http.Request) { r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8") }

// A site whose name points to this machine cannot use the control API: its requests have its own name as their host.
func TestControlAnswersLoopbackHostsOnly(t *testing.T) {
	t.Parallel()
	e := emulator.New(emulator.Options{AllowHosts: []string{"Emulator", "192.0.2.7", "2001:db8::7"}})
	t.Cleanup(e.Close)
	for host, want := range map[string]int{
		"localhost": 200, "LOCALHOST:4010": 200, "127.0.0.1:4010": 200, "127.1.2.3": 200, "[::1]:4010": 200, "[::1]": 200,
		"[::ffff:127.0.0.1]:4010": 200, "emulator": 200, "EMULATOR:80": 200, "192.0.2.7:4010": 200, "[2001:DB8:0::7]:4010": 200,

		"attacker.example": 403, "attacker.example:4010": 403, "localhost.attacker.example": 403, "127.0.0.1.attacker.example": 403,
		"192.0.2.8": 403, "0.0.0.0:4010": 403, "[::]:4010": 403, "10.0.0.1": 403, "": 403, "emulator.attacker.example": 403, "::1": 200,
	} {
		for _, path := range []string{"/emulator/accounts", "/emulator/accounts/abcd1234/applications"} {
			got := asked(t, e, "GET", "http://localhost"+path, func(r *http.Request) { r.Host = host })
			if got.StatusCode != want {
				t.Errorf("%s of %q: HTTP status %d, want %d", path, host, got.StatusCode, want)
			}
		}
		if got := asked(t, e, "GET", "http://localhost/", browser, func(r *http.Request) { r.Host = host }); (got.StatusCode == http.StatusForbidden) != (want == http.StatusForbidden) {
			t.Errorf("/ of %q: HTTP status %d", host, got.StatusCode)
		}
		if got := asked(t, e, "PUT", "http://localhost/emulator/applications/A", func(r *http.Request) { r.Host = host }); (got.StatusCode == http.StatusForbidden) != (want == http.StatusForbidden) {
			t.Errorf("PUT of %q: HTTP status %d", host, got.StatusCode)
		}
		// Vonage's own paths have their own sign-in.
		if got := asked(t, e, "GET", "http://localhost/v2/applications", func(r *http.Request) { r.Host = host }); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("the Application API of %q: HTTP status %d", host, got.StatusCode)
		}
	}
	got := newAccount(t, emulator.Options{}).get("/emulator/accounts", func(r *http.Request) { r.Host = "emulator:4010" }).want(t, 403)
	if message := text(got.json, "error"); !strings.Contains(message, `"emulator"`) || !strings.Contains(message, "-allow-host") {
		t.Errorf("refused with %q", message)
	}
}

// A page of another site cannot make the browser that shows it write here.
func TestControlTakesNoWritesOfOtherSites(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	const form, path = "application/x-www-form-urlencoded", "/emulator/applications/A"
	for name, change := range map[string]func(*http.Request){
		"another origin":        header("Origin", "https://attacker.example"),
		"another port":          header("Origin", "http://127.0.0.1:1"),
		"a page without origin": header("Origin", "null"),
		"cross-site":            header("Sec-Fetch-Site", "cross-site"),
		"same-site":             header("Sec-Fetch-Site", "same-site"),
		"a form":                header("Content-Type", form),
		"text":                  header("Content-Type", "text/plain"),
		"JSON in text":          header("Content-Type", "text/plain; application/json"),
		"parts":                 header("Content-Type", "multipart/form-data; boundary=x"),
		"no type":               without("Content-Type"),
		"a malformed type":      header("Content-Type", "application/json; ="),
	} {
		got := a.send("PUT", path, `{}`, change)
		if got.status != http.StatusForbidden || text(got.json, "error") == "" {
			t.Errorf("%s: HTTP status %d: %s", name, got.status, got.text)
		}
	}
	a.do("DELETE", "/emulator/requests", nil, header("Origin", "https://attacker.example")).want(t, 403)
	a.do("POST", "/emulator/calls/x/answer", nil, header("Sec-Fetch-Site", "cross-site")).want(t, 403)
	if len(a.Applications()) != 0 {
		t.Error("a refused write was carried out")
	}

	for name, change := range map[string]func(*http.Request){
		"its own origin":     header("Origin", a.url),
		"its own page":       header("Sec-Fetch-Site", "same-origin"),
		"the address bar":    header("Sec-Fetch-Site", "none"),
		"a type with detail": header("Content-Type", "application/json; charset=utf-8"),
	} {
		if got := a.send("PUT", path, `{}`, change); got.status != http.StatusNoContent {
			t.Errorf("%s: HTTP status %d: %s", name, got.status, got.text)
		}
	}
	a.do("DELETE", path, nil).want(t, 204) // without a body, there is no type
	a.get("/emulator/applications", header("Sec-Fetch-Site", "cross-site")).want(t, 200)
	a.postForm("/number/buy", nil, header("Origin", "https://attacker.example")).want(t, 420) // Vonage's own paths ask for credentials
}

// With a control token, control API and page ask for it, also on this machine.
func TestControlToken(t *testing.T) {
	t.Parallel()
	const token = "the token & more"
	e := emulator.New(emulator.Options{ControlToken: token})
	t.Cleanup(e.Close)
	bearer := func(shown string) func(*http.Request) { return header("Authorization", "Bearer "+shown) }
	for name, change := range map[string]func(*http.Request){
		"nothing": func(*http.Request) {}, "another": bearer("another"), "a part": bearer("the token"), "more": bearer(token + "x"),
		"no token": bearer(""), "other credentials": header("Authorization", "Basic "+token), "a query": func(r *http.Request) { r.URL.RawQuery = "token=" + token },
		"a cookie": header("Cookie", "vonage_emulator_control=x"), "the token as cookie": header("Cookie", `vonage_emulator_control="`+token+`"`),
	} {
		for _, path := range []string{"/emulator/requests", "/emulator/accounts/abcd1234/account", "/"} {
			got := asked(t, e, "GET", "http://localhost"+path, browser, change)
			if path == "/" && name == "a query" {
				continue // that is how a browser signs in
			}
			if got.StatusCode != http.StatusUnauthorized || got.Header.Get("WWW-Authenticate") != "Bearer" {
				t.Errorf("%s with %s: HTTP status %d", path, name, got.StatusCode)
			}
		}
	}
	if got := asked(t, e, "GET", "http://localhost/emulator/requests", bearer(token)); got.StatusCode != http.StatusOK {
		t.Errorf("with the token: HTTP status %d", got.StatusCode)
	}
	if got := asked(t, e, "GET", "http://attacker.example/emulator/requests", bearer(token)); got.StatusCode != http.StatusForbidden {
		t.Errorf("with the token, under another name: HTTP status %d", got.StatusCode)
	}
	// Vonage's own paths have their own sign-in, and health tells nothing.
	if got := asked(t, e, "GET", "http://localhost/v2/applications"); got.StatusCode != http.StatusUnauthorized || got.Header.Get("WWW-Authenticate") != "" {
		t.Errorf("the Application API: HTTP status %d, %v", got.StatusCode, got.Header)
	}
	if got := asked(t, e, "GET", "http://localhost/v2/applications", func(r *http.Request) { r.SetBasicAuth(e.Credentials()) }); got.StatusCode != http.StatusOK {
		t.Errorf("the Application API with credentials: HTTP status %d", got.StatusCode)
	}
}

// A browser gets a cookie for the token, which leaves the address bar, and is in nothing that the emulator answers.
func TestControlTokenOfABrowser(t *testing.T) {
	t.Parallel()
	const token = "the token & more"
	e := emulator.New(emulator.Options{ControlToken: token})
	t.Cleanup(e.Close)
	for _, origin := range []string{"http://localhost:4010", "https://localhost:4010"} {
		got := asked(t, e, "GET", origin+"/?token=the+token+%26+more", browser)
		if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/" || strings.Contains(got.Header.Get("Set-Cookie"), "token ") {
			t.Fatalf("HTTP status %d, %v", got.StatusCode, got.Header)
		}
		cookies := got.Cookies()
		if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].Path != "/" ||
			cookies[0].Secure != strings.HasPrefix(origin, "https:") || cookies[0].Secure != strings.HasPrefix(cookies[0].Name, "__Host-") {
			t.Fatalf("cookies %v", cookies)
		}
		shown := header("Cookie", cookies[0].Name+"="+cookies[0].Value)
		if got := asked(t, e, "GET", origin+"/emulator/requests", shown); got.StatusCode != http.StatusOK {
			t.Errorf("with the cookie: HTTP status %d", got.StatusCode)
		}
		if got := asked(t, e, "PUT", origin+"/emulator/applications/A", shown, header("Origin", origin)); got.StatusCode != http.StatusNoContent {
			t.Errorf("a write with the cookie: HTTP status %d", got.StatusCode)
		}
		if got := asked(t, e, "PUT", origin+"/emulator/applications/A", shown, header("Origin", "http://attacker.example")); got.StatusCode != http.StatusForbidden {
			t.Errorf("a write of another site with the cookie: HTTP status %d", got.StatusCode)
		}
	}
	if got := asked(t, e, "GET", "http://localhost/?token=wrong", browser); got.StatusCode != http.StatusUnauthorized || len(got.Cookies()) != 0 ||
		!strings.Contains(body(t, got), "That is not the token") {
		t.Errorf("a wrong token: HTTP status %d, %v", got.StatusCode, got.Cookies())
	}
	if got := asked(t, e, "GET", "http://attacker.example/?token=the+token+%26+more", browser); got.StatusCode != http.StatusForbidden || len(got.Cookies()) != 0 {
		t.Errorf("under another name: HTTP status %d, %v", got.StatusCode, got.Cookies())
	}
}

// The token leaves the address bar also of a browser that has the cookie already, or needs none; the rest of the address stays.
func TestTokenLeavesTheAddress(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"", "secret"} {
		e := emulator.New(emulator.Options{ControlToken: token})
		t.Cleanup(e.Close)
		first := asked(t, e, "GET", "http://localhost/?account=other123&token=secret", browser)
		if first.StatusCode != http.StatusSeeOther || first.Header.Get("Location") != "/?account=other123" {
			t.Errorf("the first time: HTTP status %d, %v", first.StatusCode, first.Header)
		}
		again := asked(t, e, "GET", "http://localhost/?token=secret", browser, func(r *http.Request) {
			for _, cookie := range first.Cookies() {
				r.AddCookie(cookie)
			}
		})
		if again.StatusCode != http.StatusSeeOther || again.Header.Get("Location") != "/" {
			t.Errorf("again: HTTP status %d, %v", again.StatusCode, again.Header)
		}
	}
}

// Browsers keep the cookies of all ports of a host together: those of emulators with other tokens stand side by side.
func TestCookiesOfTwoEmulators(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, token := range []string{"one", "other"} {
		e := emulator.New(emulator.Options{ControlToken: token})
		t.Cleanup(e.Close)
		for _, cookie := range asked(t, e, "GET", "http://localhost/?token="+token, browser).Cookies() {
			names[cookie.Name] = true
		}
	}
	if len(names) != 2 {
		t.Errorf("cookies %v", names)
	}
}

// Somebody who opens the page without the token is asked for it; a program is told what to send.
func TestSignInForm(t *testing.T) {
	t.Parallel()
	e := emulator.New(emulator.Options{ControlToken: "secret"})
	t.Cleanup(e.Close)
	got := asked(t, e, "GET", "http://localhost/", browser)
	if page := body(t, got); got.StatusCode != http.StatusUnauthorized || !strings.Contains(page, `name="token"`) || strings.Contains(page, "secret") ||
		strings.Contains(page, "not the token") || !strings.Contains(got.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("HTTP status %d, %v, %s", got.StatusCode, got.Header, page)
	}
	if got := asked(t, e, "GET", "http://localhost/emulator/page/", browser); got.StatusCode != http.StatusUnauthorized ||
		got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("the files of the page: HTTP status %d, %v", got.StatusCode, got.Header)
	}
}

// What a page of another site includes, as an image or a script, is not for it.
func TestControlIsNotIncludedElsewhere(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	for _, path := range []string{"/emulator/requests", "/emulator/state", "/emulator/nonsense", "/emulator/page/app.js"} {
		got := a.get(path)
		if got.header.Get("X-Content-Type-Options") != "nosniff" || got.header.Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("%s: %v", path, got.header)
		}
	}
}

// Whoever watches the process asks for its health, under whatever name, and learns nothing else.
func TestHealth(t *testing.T) {
	t.Parallel()
	e := emulator.New(emulator.Options{ControlToken: "token"})
	health := func() (int, string) {
		recorder := httptest.NewRecorder()
		e.ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://10.1.2.3:4010/emulator/health", nil))
		return recorder.Code, recorder.Body.String()
	}
	if status, said := health(); status != http.StatusOK || said != "{\"status\":\"ready\"}\n" {
		t.Errorf("HTTP status %d, %s", status, said)
	}
	if got := asked(t, e, "POST", "http://10.1.2.3:4010/emulator/health"); got.StatusCode != http.StatusForbidden {
		t.Errorf("a write: HTTP status %d", got.StatusCode)
	}
	e.Close()
	if status, said := health(); status != 503 || said != "{\"status\":\"closed\"}\n" {
		t.Errorf("closed: HTTP status %d, %s", status, said)
	}
}
