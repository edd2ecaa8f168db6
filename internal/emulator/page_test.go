// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"bufio"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const browserAccepts = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

// Browsers get the page; clients of the API get what Vonage answers to a path that it does not have.
func TestPageIsForBrowsers(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	page := a.get("/", without("Authorization"), header("Accept", browserAccepts)).want(t, 200)
	if !strings.Contains(page.text, "<h1>Vonage emulator</h1>") || page.header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%s: %s", page.header.Get("Content-Type"), page.text)
	}
	if n := len(a.Requests()); n != 0 {
		t.Errorf("%d requests in the log", n)
	}
	for _, accepted := range []string{"", "application/json", "*/*", "application/json, text/plain, */*"} {
		got := a.get("/", header("Accept", accepted)).want(t, 404)
		if diff := cmp.Diff(a.get("/nowhere", header("Accept", accepted)).json["title"], got.json["title"]); diff != "" || got.json == nil {
			t.Errorf("Accept: %s: %s", accepted, got.text)
		}
	}
	a.send("POST", "/", `{}`, header("Accept", browserAccepts)).want(t, 404)
	a.get("/other", header("Accept", browserAccepts)).want(t, 404)
}

// The page loads nothing but its own files, whatever stands in them.
func TestPageIsClosed(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	page := a.get("/", header("Accept", browserAccepts)).want(t, 200)
	files := []string{"/"}
	for part := range strings.SplitSeq(page.text, `"`) {
		if strings.HasPrefix(part, "/emulator/page/") {
			files = append(files, part)
		}
	}
	if len(files) < 4 {
		t.Errorf("the page loads %q", files)
	}
	for _, file := range files {
		got := a.get(file, header("Accept", browserAccepts)).want(t, 200)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
			"X-Content-Type-Options":  "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "Vary": "Accept",
		} {
			if got.header.Get(name) != want {
				t.Errorf("%s: %s is %q", file, name, got.header.Get(name))
			}
		}
	}
	for _, unsafe := range []string{"<style", " style=", " onclick=", "<script>", "://"} {
		if strings.Contains(page.text, unsafe) {
			t.Errorf("the page has %q", unsafe)
		}
	}
	a.get("/emulator/page/missing.js").want(t, 404)
}

// happened returns what a watcher is told that begins now, up to an event that this publishes.
func (a account) happened() string {
	a.t.Helper()
	r, err := http.NewRequestWithContext(a.t.Context(), http.MethodGet, a.url+"/emulator/events", nil)
	if err != nil {
		a.t.Fatal(err)
	}
	answered, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		a.t.Fatal(err)
	}
	defer func() { _ = answered.Body.Close() }()
	a.get("/the-last-one")
	told := strings.Builder{}
	lines := bufio.NewReader(answered.Body)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			a.t.Fatal(err)
		}
		told.WriteString(line)
		if strings.Contains(line, "/the-last-one") {
			return told.String()
		}
	}
}

// Of everything that the emulator knows to be secret, nothing reaches a browser: neither what clients send and get, nor what
// is stored, nor what webhooks have.
func TestBrowsersSeeNoSecrets(t *testing.T) {
	t.Parallel()
	const mark = "Hush0Hush"
	a, server := phoneLine(t, emulator.Options{SignatureSecret: mark + "Signature"}, func(w http.ResponseWriter, _ hook) {
		_, _ = io.WriteString(w, `[{"action":"connect","endpoint":[{"type":"websocket","uri":"wss://user:`+mark+`8@example.com/?token=`+mark+
			`9","headers":{"authorization":"`+mark+`10"}}]}]`)
	}, document{"signed_callbacks": true})
	token := sign(t, testKey(), claims(newClock().Now(), nil))
	private := text(a.send("POST", "/v2/applications", `{"name":"made"}`).want(t, 201).json, "keys", "private_key")
	a.send("POST", "/v2/applications", `{"name":"video","capabilities":{"video":{"webhooks":{"archive_status":{"address":"https://a.example.com/?key=`+
		`1&secret=`+mark+`1","secret":"`+mark+`2"}}}}}`).want(t, 201)
	a.send("POST", "/accounts/"+apiKey+"/secrets", `{"secret":"`+mark+`3"}`).want(t, 201)
	made := a.send("POST", "/accounts/"+apiKey+"/subaccounts?sensitive-data=true", `{"name":"below","secret":"`+mark+`4"}`).want(t, 200).json
	a.send("POST", "/v1/users", `{"name":"alice","channels":{"sip":[{"uri":"sip:a@example.com","username":"u","password":"`+mark+`5"}]}}`,
		as(t, applicationID)).want(t, 201)
	a.send("POST", "/v1/psip", sipBody).want(t, 201)
	a.send("POST", sipDomain+"/users", `{"key":"alice","secret":"`+mark+`6Long"}`).want(t, 201)
	a.send("POST", "/beta/chatapp-accounts/messenger", `{"external_id":"1","access_token":"`+mark+`7"}`).want(t, 201)
	credentials := url.Values{"api_key": {apiKey}, "api_secret": {apiSecret}}
	a.get("/account/numbers?"+credentials.Encode(), without("Authorization")).want(t, 200)
	a.postForm("/number/buy", credentials, without("Authorization"))
	a.get("/account/get-balance/"+apiKey+"/"+mark+"3", bearer(token)).want(t, 404)
	a.send("POST", "/v2/applications", `{"api_secret":"`+mark+`11`, header("Cookie", "session="+mark+"12")).want(t, 400)
	seed(t, a.SeedNumber("GB/447700900009", document{"moHttpUrl": "https://u:" + mark + "13@example.com/?api_secret=" + mark + "14"}))
	placed := place(t, a, emulator.InboundCall{Answered: true})
	<-server.asked

	state, told := a.get("/emulator/state").want(t, 200).text, a.happened()
	encoded := base64.StdEncoding.EncodeToString([]byte(apiKey + ":" + apiSecret))
	secrets := []string{
		mark, apiSecret, url.QueryEscape(apiSecret), encoded, token, text(made, "signature_secret"), "PRIVATE KEY-----",
		strings.Split(private, "\n")[1], "eyJ",
	}
	for name, shown := range map[string]string{"state": state, "events": told} {
		for _, secret := range secrets {
			if secret == "" {
				t.Fatalf("a secret is missing: %q", secrets)
			}
			if at := strings.Index(shown, secret); at >= 0 {
				t.Errorf("%s: %s is shown: …%s", name, secret, shown[max(at-200, 0):at+len(secret)])
			}
		}
	}
	// What is no secret is there, so the test has looked at the right thing.
	for _, open := range []string{"Basic (hidden)", "Bearer (hidden)", placed.UUID, "wss://user:(hidden)@example.com", "event: webhook", "public_key"} {
		if !strings.Contains(told, open) {
			t.Errorf("the events lack %s", open)
		}
	}
	if !strings.Contains(state, "BEGIN PUBLIC KEY") || !strings.Contains(state, "https://u:(hidden)@example.com/?api_secret=(hidden)") {
		t.Errorf("the state lacks what is no secret: %s", state)
	}
}

// The state has an account at a glance: the first documents of each kind, and how many there are.
func TestStateOfAnAccount(t *testing.T) {
	t.Parallel()
	a, _ := phoneLine(t, emulator.Options{}, ncco(tutorialNCCO), nil)
	for i := range 300 {
		seed(t, a.SeedInventory(document{"country": "GB", "msisdn": "44770091" + string(rune('0'+i/100)) + string(rune('0'+i/10%10)) + string(rune('0'+i%10))}))
	}
	seed(t, a.Fail(emulator.Fault{Kind: emulator.HTML, Path: "/v2/*"}))
	a.other("other123")
	placed := place(t, a, emulator.InboundCall{})
	state := a.get("/emulator/state").want(t, 200).json
	if text(state, "api_key") != apiKey || text(state, "record", "balance") != "1000.00" || at(state, "applications", "total") != 2. ||
		text(state, "numbers", "documents", "GB/"+number, "app_id") != applicationID {
		t.Errorf("state %v", state)
	}
	offered, _ := at(state, "inventory", "documents").(document)
	if len(offered) != 200 || at(state, "inventory", "total") != 300. || offered["GB/44770091000"] == nil {
		t.Errorf("%d of %v numbers for rent", len(offered), at(state, "inventory", "total"))
	}
	legs, _ := state["legs"].([]any)
	if len(legs) != 2 || text(legs[0], "uuid") != placed.UUID || text(legs[1], "call") != placed.UUID || text(legs[1], "status") != "ringing" {
		t.Errorf("legs %v", legs)
	}
	if faults, _ := state["faults"].([]any); len(faults) != 1 || text(faults[0], "kind") != "html" {
		t.Errorf("faults %v", faults)
	}
	other := a.get("/emulator/accounts/other123/state").want(t, 200).json
	if text(other, "api_key") != "other123" || at(other, "applications", "total") != 0. {
		t.Errorf("the other account: %v", other)
	}
}

// The owner rents a number in the dashboard, and pays for it.
func TestOwnerRentsANumber(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.SeedInventory(document{"country": "GB", "msisdn": "447700900001", "cost": "1.25", "initialPrice": "0.50"},
		document{"country": "DE", "msisdn": "49301", "address_required": true}))
	const rent = "/emulator/inventory/GB/447700900001/rent"
	a.do("POST", rent, nil).want(t, 204)
	if _, rented := a.Number("GB/447700900001"); !rented || a.Balance() != "998.25" || len(a.Inventory()) != 1 {
		t.Errorf("rented: %t, balance %s, %v for rent", rented, a.Balance(), a.Inventory())
	}
	a.do("POST", rent, nil).want(t, 404)
	a.do("POST", "/emulator/inventory/DE/49301/rent", nil).want(t, 409)
	seed(t, a.SetBalance("0.10"))
	seed(t, a.SeedInventory(document{"country": "GB", "msisdn": "447700900002"}))
	if got := a.do("POST", "/emulator/inventory/GB/447700900002/rent", nil).want(t, 409); text(got.json, "error") != "Insufficient balance" {
		t.Error(got.text)
	}
}
