// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const (
	senders  = "/beta/chatapp-accounts"
	whatsapp = senders + "/whatsapp/447700900001"
	linkBody = `{"application":"` + applicationID + `"}`
)

// sending is an account with a sender, an application that takes messages, and one that does not.
func sending(t *testing.T, options emulator.Options) account {
	t.Helper()
	a := newAccount(t, options)
	a.seedKeys()
	application, _ := a.Application(applicationID)
	application["capabilities"] = document{"messages": document{}}
	seed(t, a.SeedApplication(applicationID, application))
	seed(t, a.Documents("senders").Seed("whatsapp/447700900001", document{"name": "Shop"}))
	return a
}

func TestSenderLink(t *testing.T) {
	t.Parallel()
	a := sending(t, emulator.Options{})
	want := document{"provider": "whatsapp", "external_id": "447700900001", "name": "Shop", "api_key": apiKey, "applications": []any{}}
	if diff := cmp.Diff(want, a.get(whatsapp).want(t, 200).json); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	want["applications"] = []any{applicationID}
	if diff := cmp.Diff(want, a.send("POST", whatsapp+"/applications", linkBody).want(t, 200).json); diff != "" {
		t.Errorf("linked (-want +got):\n%s", diff)
	}
	a.send("POST", whatsapp+"/applications", linkBody).wantProblem(t, 409, "#Conflict")
	for _, unfit := range []string{foreignID, "1b1b1b1b-0000-4000-8000-00000000000f"} {
		refused := a.send("POST", whatsapp+"/applications", `{"application":"`+unfit+`"}`)
		refused.wantProblem(t, 403, "www.nexmo.com/messages/Errors#Forbidden")
		if text(refused.json, "title") != "Cannot link application" {
			t.Errorf("refused: %s", refused.text)
		}
	}
	a.do("DELETE", whatsapp+"/applications/"+foreignID, nil).wantProblem(t, 409, "#Conflict")
	a.do("DELETE", senders+"/whatsapp/nobody/applications/"+applicationID, nil).wantProblem(t, 409, "#Conflict")
	a.do("DELETE", whatsapp+"/applications/"+applicationID, nil).want(t, 204)
	a.do("DELETE", whatsapp+"/applications/"+applicationID, nil).wantProblem(t, 409, "#Conflict")
	a.send("POST", senders+"/viber_service_msg/nobody/applications", linkBody).want(t, 404)
	a.send("POST", whatsapp+"/applications", `{"application":"x"}`).wantProblem(t, 400, "#InvalidParams")
	a.do("DELETE", whatsapp, nil).want(t, 405)
}

// With the application, its links go; under the variant they stay.
func TestSenderOfADeletedApplication(t *testing.T) {
	t.Parallel()
	for keeps, want := range map[bool]int{false: 0, true: 1} {
		a := sending(t, emulator.Options{Variant: emulator.Variant{DeleteKeepsLinks: keeps, RelinkAccepted: true}})
		a.send("POST", whatsapp+"/applications", linkBody).want(t, 200)
		a.send("POST", whatsapp+"/applications", linkBody).want(t, 200)
		a.do("DELETE", "/v2/applications/"+applicationID, nil).want(t, 204)
		if linked, _ := at(a.get(whatsapp).want(t, 200).json, "applications").([]any); len(linked) != want {
			t.Errorf("kept %t: %v", keeps, linked)
		}
	}
}

func TestMessengerSender(t *testing.T) {
	t.Parallel()
	a := sending(t, emulator.Options{})
	const page = senders + "/messenger/1234"
	if got := a.get(page).want(t, 404); got.text != "" {
		t.Errorf("body %q", got.text)
	}
	want := document{
		"provider": "messenger", "external_id": "1234", "access_token": "TOKEN", "name": "Page", "api_key": apiKey, "applications": []any{applicationID},
	}
	body := `{"external_id":"1234","access_token":"TOKEN","name":"Page","applications":["` + applicationID + `"]}`
	if diff := cmp.Diff(want, a.send("POST", senders+"/messenger", body).want(t, 201).json); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	a.send("POST", senders+"/messenger", body).want(t, 403)
	want["access_token"] = "FRESH"
	a.send("PATCH", page, `{"access_token":"FRESH"}`).want(t, 200)
	if diff := cmp.Diff(want, a.get(page).want(t, 200).json); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	for _, broken := range []string{`{"external_id":"5"}`, `{"access_token":""}`, `{`} {
		a.send("PATCH", page, broken).wantProblem(t, 400, "#InvalidParams")
	}
	for _, broken := range []string{
		`{"external_id":"1"}`, `{"external_id":"2","access_token":"T","applications":["a","b"]}`, `{"external_id":"3","access_token":"T","x":1}`,
	} {
		if got := a.send("POST", senders+"/messenger", broken).want(t, 400).json; at(got, "invalid_params") == nil {
			t.Errorf("%s: %v", broken, got)
		}
	}
	a.send("POST", senders+"/messenger", `{"external_id":"4","access_token":"T","applications":["`+foreignID+`"]}`).want(t, 403)
	a.do("DELETE", page, nil).want(t, 204)
	a.do("DELETE", page, nil).want(t, 404)
	a.send("PATCH", page, `{"name":"n"}`).want(t, 404)
}

func TestSendersAreListed(t *testing.T) {
	t.Parallel()
	a := sending(t, emulator.Options{})
	seed(t, a.Documents("senders").Seed("rcs/agent", document{}))
	seed(t, a.Documents("senders").Seed("viber_service_msg/99", document{}))
	seed(t, a.other("other123").Documents("senders").Seed("rcs/theirs", document{}))
	ids := func(query string) (found []string, links any) {
		page := a.get(senders+query, as(t, applicationID)).want(t, 200).json
		for _, sender := range page["_embedded"].([]any) {
			found = append(found, text(sender, "external_id"))
		}
		return found, page["_links"]
	}
	for query, want := range map[string][]string{
		"": {"447700900001", "agent", "99"}, "?provider=rcs": {"agent"}, "?provider=messenger": nil, "?page_size=2&page_number=2": {"99"},
	} {
		if got, _ := ids(query); !cmp.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	if _, links := ids("?page_size=1&page_number=2"); at(links, "next") == nil || at(links, "prev") == nil {
		t.Errorf("links %v", links)
	}
	for _, query := range []string{"?provider=pigeon", "?page_size=0", "?page_number=0"} {
		a.get(senders+query).wantProblem(t, 400, "#InvalidParams")
	}
	if got := a.get(senders, without("Authorization")).want(t, 401); strings.TrimSpace(got.text) != `{"title":"Unauthorized"}` {
		t.Errorf("refused: %s", got.text)
	}
	a.get(senders+"/rcs/agent").want(t, 404)
	a.send("POST", senders+"/rcs/agent/applications", linkBody).want(t, 200)
}

func TestSenderControl(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now, Variant: emulator.Variant{Settling: time.Second}})
	seed(t, a.SeedApplication(applicationID, document{"capabilities": document{"messages": document{}}}))
	a.send("PUT", "/emulator/senders/whatsapp/447700900001", `{"odd":1}`).want(t, 204)
	a.send("POST", whatsapp+"/applications", linkBody).want(t, 200)
	if got := a.get(whatsapp).want(t, 200).json; got["odd"] != 1. || len(got["applications"].([]any)) != 0 {
		t.Errorf("before it settles: %v", got)
	}
	now.advance(time.Second)
	if got := a.get(whatsapp).want(t, 200).json; len(got["applications"].([]any)) != 1 {
		t.Errorf("after it has settled: %v", got)
	}
	a.send("PUT", "/emulator/senders/pigeon/1", `{}`).want(t, 400)
	a.send("PUT", "/emulator/senders/whatsapp", `{}`).want(t, 400)
	if got, _ := a.Documents("senders").Get("whatsapp/447700900001"); got["odd"] == nil || len(a.Documents("senders").All()) != 1 || len(a.get("/emulator/senders").json) != 1 {
		t.Errorf("stored %v", got)
	}
	if !a.Documents("senders").Remove("whatsapp/447700900001") || a.Documents("senders").Remove("whatsapp/447700900001") {
		t.Error("not removed once")
	}
	a.send("POST", "/emulator/seed", `{"senders":{"rcs/agent":{}},"verify_templates":{"T":{}}}`).want(t, 204)
	if len(a.Documents("senders").All()) != 1 || len(a.Documents("verify_templates").All()) != 1 {
		t.Error("not seeded")
	}
}
