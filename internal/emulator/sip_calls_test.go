// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// ringing returns the legs in progress, as the party called and its status.
func (a account) ringing() [][2]string {
	var legs [][2]string
	for _, leg := range a.Calls() {
		legs = append(legs, [2]string{leg.To, leg.Status})
	}
	return legs
}

// A number that forwards to SIP reaches the first address that answers, and no application.
func TestCallsForwardedToSIP(t *testing.T) {
	t.Parallel()
	const pbx, backup = "sip:desk@203.0.113.7;transport=tls", "sip:desk@203.0.113.8"
	a, server := phoneLine(t, emulator.Options{}, ncco(`[]`), nil)
	seed(t, a.SeedNumber("GB/"+number, document{"app_id": applicationID, "voiceCallbackType": "sip", "voiceCallbackValue": pbx + ", " + backup}))
	placed := place(t, a, emulator.InboundCall{})
	if diff := cmp.Diff([][2]string{{number, "ringing"}, {pbx, "ringing"}}, a.ringing()); diff != "" {
		t.Fatalf("legs (-want +got):\n%s", diff)
	}
	if second := a.Calls()[1]; second.From != caller {
		t.Errorf("the telephone system is called from %q", second.From)
	}
	a.HangUp(a.Calls()[1].UUID)
	for len(a.Calls()) < 2 { // the next one is called in the background
		if t.Context().Err() != nil {
			t.Fatal("nobody else rings")
		}
	}
	if diff := cmp.Diff([][2]string{{number, "ringing"}, {backup, "ringing"}}, a.ringing()); diff != "" {
		t.Fatalf("legs (-want +got):\n%s", diff)
	}
	a.Answer(a.Calls()[1].UUID)
	if diff := cmp.Diff([][2]string{{number, "answered"}, {backup, "answered"}}, a.ringing()); diff != "" {
		t.Errorf("legs (-want +got):\n%s", diff)
	}
	a.HangUp(placed.UUID)
	if legs := a.ringing(); len(legs) > 0 || len(server.asked)+len(server.events) > 0 {
		t.Errorf("legs %v; %d webhooks of the application were called", legs, len(server.asked)+len(server.events))
	}
	if ids := a.get("/emulator/conversations").want(t, 200).text; ids != "[]\n" && ids != "[]" {
		t.Errorf("conversations %s", ids)
	}
}

// The device of a softphone stands for its user; a number that forwards to tel rings there.
func TestCallsForwardedToDevices(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	const device = "sip:alice@192.0.2.7:5060"
	seed(t, a.Documents("sip_domains").Seed("our-domain", document{"users": document{"alice": document{"secret": "s", "registered": []any{device}}, "bob": document{}}}))
	for value, reached := range map[string]string{
		"sip:alice@our-domain.sip-eu.vonage.com": device, "sip:bob@our-domain.sip-eu.vonage.com": "sip:bob@our-domain.sip-eu.vonage.com",
		"sip:alice@other.sip-eu.vonage.com": "sip:alice@other.sip-eu.vonage.com",
	} {
		seed(t, a.SeedNumber("GB/"+number, document{"voiceCallbackType": "sip", "voiceCallbackValue": value}))
		placed := place(t, a, emulator.InboundCall{Answered: true})
		if diff := cmp.Diff([][2]string{{number, "answered"}, {reached, "answered"}}, a.ringing()); diff != "" {
			t.Errorf("%s: legs (-want +got):\n%s", value, diff)
		}
		a.HangUp(placed.UUID)
	}
	seed(t, a.SeedNumber("GB/"+number, document{"voiceCallbackType": "tel", "voiceCallbackValue": callee}))
	place(t, a, emulator.InboundCall{})
	if diff := cmp.Diff([][2]string{{number, "ringing"}, {callee, "ringing"}}, a.ringing()); diff != "" {
		t.Errorf("legs (-want +got):\n%s", diff)
	}
}

// A call into a domain reaches the domain's application, as a call of kind sip.
func TestCallIntoASIPDomain(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, ncco(tutorialNCCO), nil)
	a.send("POST", "/v1/psip", sipBody).want(t, 201)
	const from, to = "sip:door@192.0.2.1", "sip:support@our-domain.sip-eu.vonage.com"
	placed := a.send("POST", "/emulator/calls", `{"from":"`+from+`","to":"`+to+`","source":"192.0.2.1"}`).want(t, 201).json
	if placed["from"] != from || placed["to"] != to || placed["status"] != "ringing" {
		t.Errorf("placed %v", placed)
	}
	asked := <-server.asked
	got := map[string]string{"from": asked.query["from"], "to": asked.query["to"], "endpoint_type": asked.query["endpoint_type"]}
	if diff := cmp.Diff(map[string]string{"from": from, "to": to, "endpoint_type": "sip"}, got); diff != "" {
		t.Errorf("the answer webhook was asked (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([][2]string{{to, "ringing"}, {callee, "ringing"}}, a.ringing()); diff != "" {
		t.Errorf("legs (-want +got):\n%s", diff)
	}
}

// A trunk without an application takes calls to the telephone network.
func TestCallOverATrunk(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.Documents("sip_domains").Seed("our-domain", document{"domain_type": "trunk", "acl": []any{"192.0.2.0/24"}}))
	_, err := a.PlaceCall(t.Context(), emulator.InboundCall{From: "sip:pbx@192.0.2.1", To: "sip:+" + callee + "@our-domain.sip-us.vonage.com;transport=udp", Source: "192.0.2.9"})
	if err != nil {
		t.Fatal(err)
	}
	if legs := a.ringing(); len(legs) != 2 || legs[1] != [2]string{callee, "ringing"} {
		t.Errorf("legs %v", legs)
	}
}

// Whom a domain lets in: who is in its access list and, with digest_auth, signs in as one of its users.
func TestCallsThatASIPDomainRefuses(t *testing.T) {
	t.Parallel()
	const support = "sip:support@our-domain.sip-eu.vonage.com"
	listed := document{"acl": []any{"192.0.2.1", "198.51.100.0/24"}}
	digest := document{"acl": []any{"0.0.0.0/0"}, "digest_auth": true}
	alice := document{"source": "203.0.113.9", "user": "alice", "secret": "Secret0123456789"}
	for name, test := range map[string]struct {
		domain, call document
		reason       string // "" if it is let in
	}{
		"an address of the list":        {listed, document{"source": "192.0.2.1"}, ""},
		"a network of the list":         {listed, document{"source": "198.51.100.77"}, ""},
		"another address":               {listed, document{"source": "192.0.2.2"}, `"192.0.2.2" is not in the access list of the SIP domain our-domain`},
		"a user with another address":   {listed, document{"source": "192.0.2.2", "user": "alice", "secret": "Secret0123456789"}, `"192.0.2.2" is not in the access list of the SIP domain our-domain`},
		"no address":                    {listed, nil, `"" is not in the access list of the SIP domain our-domain`},
		"no list":                       {nil, document{"source": "192.0.2.1"}, `"192.0.2.1" is not in the access list of the SIP domain our-domain`},
		"a user":                        {digest, alice, ""},
		"a user with another secret":    {digest, document{"source": "203.0.113.9", "user": "alice", "secret": "Secret"}, "the SIP domain our-domain has digest_auth, and neither user nor secret are those of a user of it"},
		"an unknown user":               {digest, document{"source": "203.0.113.9", "user": "bob"}, "the SIP domain our-domain has digest_auth, and neither user nor secret are those of a user of it"},
		"nobody signed in":              {digest, document{"source": "203.0.113.9"}, "the SIP domain our-domain has digest_auth, and neither user nor secret are those of a user of it"},
		"without TLS":                   {document{"acl": listed["acl"], "tls": "always"}, document{"source": "192.0.2.1"}, `the SIP domain our-domain has tls "always", and the call comes with another transport`},
		"with TLS":                      {document{"acl": listed["acl"], "tls": "always"}, document{"source": "192.0.2.1", "to": support + ";transport=tls"}, ""},
		"with TLS, which is not wanted": {document{"acl": listed["acl"], "tls": "never"}, document{"source": "192.0.2.1", "to": "sips:support@our-domain.sip-eu.vonage.com"}, `the SIP domain our-domain has tls "never", and the call comes with another transport`},
		"a host without region":         {listed, document{"source": "192.0.2.1", "to": "sip:a@our-domain.sip.vonage.com"}, "sip:a@our-domain.sip.vonage.com is in no SIP domain of the account: it is sip:USER@NAME.sip-eu.vonage.com, or another region's"},
		"another domain":                {listed, document{"source": "192.0.2.1", "to": "sip:a@their-domain.sip-ap.vonage.com"}, "sip:a@their-domain.sip-ap.vonage.com is in no SIP domain of the account: it is sip:USER@NAME.sip-eu.vonage.com, or another region's"},
		"an application that is gone":   {document{"acl": listed["acl"], "application_id": "gone"}, document{"source": "192.0.2.1"}, "the SIP domain of " + support + " is not linked to an application"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, _ := phoneLine(t, emulator.Options{}, ncco(tutorialNCCO), nil)
			domain := document{"application_id": applicationID, "users": document{"alice": document{"secret": "Secret0123456789"}}}
			maps.Copy(domain, test.domain)
			seed(t, a.Documents("sip_domains").Seed("our-domain", domain))
			call := document{"from": "sip:door@192.0.2.1", "to": support}
			maps.Copy(call, test.call)
			body, err := json.Marshal(call)
			if err != nil {
				t.Fatal(err)
			}
			answer := a.send("POST", "/emulator/calls", string(body))
			if test.reason == "" {
				answer.want(t, http.StatusCreated)
				return
			}
			if got := answer.want(t, http.StatusConflict).json["error"]; got != test.reason {
				t.Errorf("the reason is %q, not %q", got, test.reason)
			}
		})
	}
}
