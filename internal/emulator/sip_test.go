// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const (
	sipDomain = "/v1/psip/our-domain"
	sipApp    = `"application_id":"` + applicationID + `"`
	sipBody   = `{"name":"our-domain",` + sipApp + `,"acl":["192.0.2.1","198.51.100.0/24"]}`
	sipUser   = `{"key":"alice","secret":"Secret0Secret0"}`
)

// items decodes a response that is a bare list.
func (r reply) items(t *testing.T) []any {
	t.Helper()
	var list []any
	if err := json.Unmarshal([]byte(r.text), &list); err != nil {
		t.Fatalf("%s: %v", r.text, err)
	}
	return list
}

func TestSIPDomain(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	if list := a.get("/v1/psip").want(t, 200).items(t); len(list) != 0 {
		t.Errorf("listed %v", list)
	}
	want := document{
		"name": "our-domain", "application_id": applicationID, "acl": []any{"192.0.2.1", "198.51.100.0/24"}, "tls": "optional", "srtp": "optional",
		"digest_auth": false, "domain_type": "app",
	}
	if diff := cmp.Diff(want, a.send("POST", "/v1/psip", sipBody).want(t, 201).json); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	trunk := `{"name":"trunk-1","domain_type":"trunk","acl":["0.0.0.0/0"],"digest_auth":true,"tls":"always","srtp":"never"}`
	a.send("POST", "/v1/psip", trunk).want(t, 201)
	if diff := cmp.Diff(want, a.get(sipDomain).want(t, 200).json); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	want["acl"], want["digest_auth"] = []any{"203.0.113.9"}, true
	put := `{"name":"our-domain",` + sipApp + `,"acl":["203.0.113.9"],"digest_auth":true}`
	if diff := cmp.Diff(want, a.send("PUT", sipDomain, put).want(t, 201).json); diff != "" {
		t.Errorf("replaced (-want +got):\n%s", diff)
	}
	if list := a.get("/v1/psip").want(t, 200).items(t); len(list) != 2 || text(list[1], "name") != "trunk-1" {
		t.Errorf("listed %v", list)
	}
	a.do("DELETE", sipDomain, nil).want(t, 200)
	a.get(sipDomain).want(t, 404)
	a.do("DELETE", sipDomain, nil).want(t, 404)
	// As documented, a replacement makes what is not there.
	a.send("PUT", sipDomain, put).want(t, 201)
	a.get(sipDomain).want(t, 200)
}

func TestSIPDomainRefusals(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	stranger := a.other("other123")
	stranger.send("POST", "/v1/psip", strings.ReplaceAll(sipBody, "our-domain", "their-domain")).want(t, 201)
	a.send("POST", "/v1/psip", sipBody).want(t, 201)
	for body, complaint := range map[string]string{
		`{` + sipApp + `,"acl":["192.0.2.1"]}`:                                          "name is required",
		`{"name":"-bad","` + strings.TrimPrefix(sipApp, `"`) + `,"acl":["192.0.2.1"]}`:  "name must match",
		`{"name":"capital-A",` + sipApp + `,"acl":["192.0.2.1"]}`:                       "name must match",
		`{"name":"no-acl-1",` + sipApp + `}`:                                            "acl is required",
		`{"name":"no-acl-2",` + sipApp + `,"acl":[]}`:                                   "1 to 16",
		`{"name":"ipv6-acl",` + sipApp + `,"acl":["2001:db8::1"]}`:                      "IPv4",
		`{"name":"bad-acl",` + sipApp + `,"acl":["somewhere"]}`:                         "IPv4",
		`{"name":"no-app-1","acl":["192.0.2.1"]}`:                                       "application_id is required",
		`{"name":"bad-app","application_id":"x","acl":["192.0.2.1"]}`:                   "application_id must match",
		`{"name":"bad-tls",` + sipApp + `,"acl":["192.0.2.1"],"tls":"maybe"}`:           "tls must be one of",
		`{"name":"bad-type",` + sipApp + `,"acl":["192.0.2.1"],"domain_type":"sip"}`:    "domain_type must be one of",
		`{"name":"bad-digest",` + sipApp + `,"acl":["192.0.2.1"],"digest_auth":"true"}`: "digest_auth must be a boolean",
		`{"name":"unknown",` + sipApp + `,"acl":["192.0.2.1"],"colour":"red"}`:          "colour is not allowed",
	} {
		refused := a.send("POST", "/v1/psip", body).want(t, 422).json
		if _, typed := refused["type"]; typed || !strings.Contains(text(refused, "detail"), complaint) ||
			text(refused, "title") != "Unprocessable Entity-Invalid request parameters" {
			t.Errorf("%s: %v", body, refused)
		}
	}
	for name, test := range map[string]struct {
		got   reply
		want  int
		kind  string
		title string
	}{
		"broken":        {a.send("POST", "/v1/psip", `{`), 400, "InvalidParams", "The request body did not contain valid JSON"},
		"in use":        {a.send("POST", "/v1/psip", sipBody), 400, "InvalidParams", "Invalid domain name"},
		"in use by all": {a.send("POST", "/v1/psip", strings.ReplaceAll(sipBody, "our-domain", "their-domain")), 400, "InvalidParams", "Invalid domain name"},
		"put of theirs": {a.send("PUT", "/v1/psip/their-domain", strings.ReplaceAll(sipBody, "our-domain", "their-domain")), 400, "InvalidParams", "Invalid domain name"},
		"theirs":        {a.get("/v1/psip/their-domain"), 404, "NotFound", "Invalid domain selected"},
		"no sign-in":    {a.get("/v1/psip", without("Authorization")), 401, "Unauthorized", "Invalid credentials supplied"},
	} {
		if test.got.status != test.want || text(test.got.json, "type") != "https://www.nexmo.com/messages/Errors#"+test.kind ||
			text(test.got.json, "title") != test.title {
			t.Errorf("%s: HTTP status %d, %s", name, test.got.status, test.got.text)
		}
	}
	a.send("PUT", sipDomain, strings.ReplaceAll(sipBody, "our-domain", "new-name")).want(t, 422)
	a.get("/v1/psip/").want(t, 404)
}

func TestSIPUsers(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.send("POST", sipDomain+"/users", sipUser).want(t, 404)
	a.send("POST", "/v1/psip", sipBody).want(t, 201)
	alice := document{"key": "alice", "domain": "our-domain"}
	if diff := cmp.Diff(alice, a.send("POST", sipDomain+"/users", sipUser).want(t, 201).json); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	a.send("PUT", sipDomain+"/users/bob", `{"secret":"Another0Secret"}`).want(t, 201)
	a.send("PUT", sipDomain+"/users/alice", `{"secret":"Changed0Secret"}`).want(t, 201)
	if diff := cmp.Diff([]any{alice, document{"key": "bob", "domain": "our-domain"}}, a.get(sipDomain+"/users").want(t, 200).items(t)); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
	stored, _ := a.Documents("sip_domains").Get("our-domain")
	if text(stored, "users", "alice", "secret") != "Changed0Secret" {
		t.Errorf("stored %v", stored)
	}
	for body, complaint := range map[string]string{
		`{"secret":"Another0Secret"}`:                                  "User key may not be empty",
		`{"key":"","secret":"Another0Secret"}`:                         "User key may not be empty",
		`{"key":"Carol","secret":"Another0Secret"}`:                    "User key is not valid",
		`{"key":"carol","secret":"tooShort0"}`:                         "Secret is case sensitive",
		`{"key":"carol","secret":"nouppercase00"}`:                     "Secret is case sensitive",
		`{"key":"alice","secret":"Another0Secret"}`:                    "User key is in use",
		`{"key":"carol","secret":"NoDigitsInThisOne"}`:                 "Secret is case sensitive",
		`{"key":"carol","secret":"` + strings.Repeat("aB0", 22) + `"}`: "Secret is case sensitive",
	} {
		refused := a.send("POST", sipDomain+"/users", body).want(t, 400).text
		if !strings.Contains(refused, complaint) || !strings.Contains(refused, `"error_code":"5"`) {
			t.Errorf("%s: %s", body, refused)
		}
	}
	a.send("PUT", sipDomain+"/users/alice", `{"key":"bob","secret":"Another0Secret"}`).want(t, 400)
	a.send("POST", sipDomain+"/users", `{"key":"carol"}`).want(t, 422)

	a.do("DELETE", sipDomain, nil).want(t, 400)
	a.do("DELETE", sipDomain+"/users/bob", nil).want(t, 200)
	a.get(sipDomain+"/users/bob").want(t, 404)
	a.do("DELETE", sipDomain+"/users/bob", nil).want(t, 404)
	a.get(sipDomain+"/users/alice").want(t, 200)
	a.do("DELETE", sipDomain+"?cascade=true", nil).want(t, 200)
	a.get(sipDomain+"/users").want(t, 404)
	a.send("POST", "/v1/psip", sipBody).want(t, 201)
	if users := a.get(sipDomain+"/users").want(t, 200).items(t); len(users) != 0 {
		t.Errorf("users of a new domain: %v", users)
	}
}

func TestSIPVariants(t *testing.T) {
	t.Parallel()
	with := func(variant emulator.Variant) account {
		a := newAccount(t, emulator.Options{Variant: variant})
		a.send("POST", "/v1/psip", sipBody).want(t, 201)
		a.send("POST", sipDomain+"/users", sipUser).want(t, 201)
		return a
	}
	with(emulator.Variant{SIPDuplicateStatus: 422}).send("POST", "/v1/psip", sipBody).want(t, 422)
	a := with(emulator.Variant{SIPPutMissingStatus: 404, SIPPutStatus: 200, SIPDeleteStatus: 204})
	a.send("PUT", "/v1/psip/missing", strings.ReplaceAll(sipBody, "our-domain", "missing")).want(t, 404)
	a.send("PUT", sipDomain+"/users/bob", `{"secret":"Another0Secret"}`).want(t, 404)
	a.send("PUT", sipDomain, sipBody).want(t, 200)
	a.do("DELETE", sipDomain+"/users/alice", nil).want(t, 204)
	a.do("DELETE", sipDomain, nil).want(t, 204)

	a = with(emulator.Variant{SIPDeleteOrphans: true})
	a.do("DELETE", sipDomain, nil).want(t, 200)
	a.send("POST", "/v1/psip", sipBody).want(t, 201)
	if users := a.get(sipDomain+"/users").want(t, 200).items(t); len(users) != 1 {
		t.Errorf("orphans: %v", users)
	}

	a = with(emulator.Variant{SIPUserPostReplaces: true, SIPSecretsShown: true})
	shown := a.send("POST", sipDomain+"/users", `{"key":"alice","secret":"Another0Secret"}`).want(t, 201).json
	if text(shown, "secret") != "Another0Secret" {
		t.Errorf("shown %v", shown)
	}
}

// Reads follow a write after a while; writes see it at once.
func TestSIPSettles(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now, Variant: emulator.Variant{Settling: time.Second}})
	a.send("POST", "/v1/psip", sipBody).want(t, 201)
	a.get(sipDomain).want(t, 404)
	a.send("POST", "/v1/psip", sipBody).want(t, 400)
	now.advance(time.Second)
	a.get(sipDomain).want(t, 200)
	a.send("POST", sipDomain+"/users", sipUser).want(t, 201)
	a.get(sipDomain+"/users/alice").want(t, 404)
	a.send("PUT", sipDomain, strings.ReplaceAll(sipBody, "192.0.2.1", "192.0.2.2")).want(t, 201)
	if got := a.get(sipDomain).want(t, 200).text; !strings.Contains(got, "192.0.2.1") {
		t.Errorf("before it settles: %s", got)
	}
	now.advance(time.Second)
	a.do("DELETE", sipDomain+"?cascade=true", nil).want(t, 200)
	a.get(sipDomain).want(t, 200)
	a.send("POST", "/v1/psip", sipBody).want(t, 201)
	now.advance(time.Second)
	if got := a.get(sipDomain).want(t, 200).text; !strings.Contains(got, "192.0.2.1") {
		t.Errorf("made again: %s", got)
	}
}

func TestSIPControl(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.send("PUT", "/emulator/sip/our-domain", `{"acl":["192.0.2.1"],"odd":1,"users":{"alice":{"secret":"s","registered":["sip:alice@192.0.2.7"]}}}`).want(t, 204)
	if diff := cmp.Diff([]any{document{"uri": "sip:alice@192.0.2.7"}}, a.get(sipDomain+"/endpoints").want(t, 200).items(t)); diff != "" {
		t.Errorf("endpoints (-want +got):\n%s", diff)
	}
	if got := a.get(sipDomain).want(t, 200).json; got["odd"] != 1. || got["users"] != nil {
		t.Errorf("domain %v", got)
	}
	if got := a.get("/emulator/sip/our-domain").want(t, 200).json; text(got, "users", "alice", "secret") != "s" {
		t.Errorf("stored %v", got)
	}
	if len(a.Documents("sip_domains").All()) != 1 || len(a.get("/emulator/sip").want(t, 200).json) != 1 {
		t.Errorf("domains %v", a.Documents("sip_domains").All())
	}
	// What a response has is accepted back, and nothing else that is unknown.
	odd := strings.TrimSuffix(sipBody, "}") + `,"odd":`
	a.send("PUT", sipDomain, odd+`1}`).want(t, 201)
	if got := a.get(sipDomain).want(t, 200).json; got["odd"] != 1. || got["tls"] != "optional" {
		t.Errorf("replaced %v", got)
	}
	a.send("PUT", sipDomain, strings.Replace(odd, "odd", "even", 1)+`1}`).want(t, 422)
	a.send("PUT", "/emulator/sip/our-domain", `{"users":[]}`).want(t, 400)
	a.send("PUT", "/emulator/sip/our-domain", `{"users":{"x":1}}`).want(t, 400)
	for _, body := range []string{`{"users":{"bob":{}}}`, `{"acl":[]}`} { // those that a PUT has replace all, and without any, they stay
		a.send("PUT", "/emulator/sip/our-domain", body).want(t, 204)
		if users, _ := a.get("/emulator/sip/our-domain").want(t, 200).json["users"].(document); len(users) != 1 || users["bob"] == nil {
			t.Errorf("users after %s: %v", body, users)
		}
	}
	if err := a.other("other123").Documents("sip_domains").Seed("our-domain", document{}); err == nil {
		t.Error("a domain has two owners")
	}
	a.do("DELETE", "/emulator/sip/our-domain", nil).want(t, 204)
	a.do("DELETE", "/emulator/sip/our-domain", nil).want(t, 404)
	a.get(sipDomain).want(t, 404)
	a.send("POST", "/emulator/seed", `{"sip_domains":{"our-domain":{}}}`).want(t, 204)
	a.get(sipDomain).want(t, 200)
}
