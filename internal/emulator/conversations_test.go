// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const tutorialID = "CON-bc643220-2542-499a-892e-c982c4150c06"

// tutorial returns the answer shown in the tutorial "retrieve conversation details".
func tutorial(t *testing.T) document {
	t.Helper()
	text, err := os.ReadFile("testdata/tutorial-conversation.json")
	if err != nil {
		t.Fatal(err)
	}
	var conversation document
	if err := json.Unmarshal(text, &conversation); err != nil {
		t.Fatal(err)
	}
	return conversation
}

func TestConversationInTheShapeItWasSeeded(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	want := tutorial(t)
	seed(t, a.SeedConversation(tutorialID, want))
	for _, version := range []string{"beta", "v0.1"} {
		got := a.get("/"+version+"/conversations/"+tutorialID, as(t, applicationID)).want(t, 200).json
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", version, diff)
		}
	}
}

// The tutorial's conversation as v1 would return it: separate members, snake case, invited_by with a member id.
func TestOldConversationInTheModernShape(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	seed(t, a.SeedConversation(tutorialID, tutorial(t)))
	self := a.url + "/v1/conversations/" + tutorialID
	want := document{
		"id": tutorialID, "name": "NAM-1b2c4274-e3f2-494e-89c4-46856ee84a8b", "state": "ACTIVE", "sequence_number": 8.,
		"timestamp":  document{"created": "2018-10-25T09:26:18.999Z"},
		"properties": document{"ttl": 172800., "video": false},
		"_links":     document{"self": document{"href": self}},
	}
	conversation := "/v1/conversations/" + tutorialID
	if diff := cmp.Diff(want, a.get(conversation, as(t, applicationID)).want(t, 200).json); diff != "" {
		t.Errorf("conversation (-want +got):\n%s", diff)
	}

	const first, second = "MEM-f44c872e-cba9-444f-88ae-0bfa630865a6", "MEM-25ccda92-839d-4ac6-a7b2-de310224878b"
	user := document{"id": "USR-b9948493-be4a-4b36-bb4d-c96bcc2af85b", "name": "vapi-user-f59c1ff26c0543fdb6c02fd30617a1c0"}
	members, _ := at(a.get(conversation+"/members", as(t, applicationID)).want(t, 200).json, "_embedded", "members").([]any)
	if len(members) != 2 || text(members[0], "id") != first {
		t.Fatalf("members: %v", members)
	}
	lite := document{
		"id": second, "state": "JOINED", "_embedded": document{"user": user}, "_links": document{"href": self + "/members/" + second},
	}
	if diff := cmp.Diff(lite, members[1]); diff != "" {
		t.Errorf("member in the list (-want +got):\n%s", diff)
	}
	whole := document{
		"id": second, "conversation_id": tutorialID, "state": "JOINED",
		"_embedded": document{"user": user}, "_links": document{"href": self + "/members/" + second},
		"timestamp":  document{"invited": "2018-10-25T09:26:19.385Z", "joined": "2018-10-25T09:26:30.270Z"},
		"invited_by": second,
		"channel": document{
			"type": "phone", "id": "30cecc87-7ac9-4d03-910a-e9d69558263c",
			"from":    document{"number": "Unknown", "type": "phone"},
			"leg_ids": []any{"30cecc87-7ac9-4d03-910a-e9d69558263c"},
			"to":      document{"number": "447700000001", "type": "phone"},
			"cpa":     false, "preanswer": false, "ring_timeout": 60000., "cpa_time": 5000., "max_length": 7200000.,
		},
		"initiator": document{"invited": document{"is_system": true}},
	}
	if diff := cmp.Diff(whole, a.get(conversation+"/members/"+second, as(t, applicationID)).want(t, 200).json); diff != "" {
		t.Errorf("member (-want +got):\n%s", diff)
	}
	if numbers := a.get("/v0.3/conversations/"+tutorialID, as(t, applicationID)).want(t, 200).json["numbers"]; numbers == nil {
		t.Error("v0.3 answers no numbers")
	}
}

func TestModernConversationInTheOldShape(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	seed(t, a.SeedConversation("CON-1", document{
		"name": "n", "display_name": "d", "image_url": "http://i", "state": "ACTIVE", "sequence_number": 3, "new_field": true,
		"properties": document{"ttl": 60},
		"members": []any{
			document{"id": "MEM-1", "state": "JOINED", "_embedded": document{"user": document{"id": "USR-1", "name": "u"}}},
			document{
				"id": "MEM-2", "state": "INVITED", "_embedded": document{"user": document{"id": "USR-2", "name": "v", "display_name": "V"}},
				"invited_by": "MEM-1", "initiator": document{"joined": document{"is_system": false, "user_id": "USR-1"}},
				"channel": document{"type": "app"},
			},
		},
	}))
	want := document{
		"uuid": "CON-1", "name": "n", "display_name": "d", "sequence_number": 3., "new_field": true, "numbers": document{},
		"properties": document{"ttl": 60., "video": false}, "api_key": apiKey,
		"members": []any{
			document{"member_id": "MEM-1", "user_id": "USR-1", "name": "u", "state": "JOINED"},
			document{
				"member_id": "MEM-2", "user_id": "USR-2", "name": "v", "display_name": "V", "state": "INVITED", "invited_by": "USR-1",
				"initiator": document{"joined": document{"isSystem": false, "user_id": "USR-1"}}, "channel": document{"type": "app"},
			},
		},
		"_links": document{"self": document{"href": a.url + "/v0.1/conversations/CON-1"}},
	}
	if diff := cmp.Diff(want, a.get("/v0.1/conversations/CON-1", as(t, applicationID)).want(t, 200).json); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestConversationOfAnotherApplication(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	a.send("PUT", "/emulator/conversations/CON-q?application_id="+applicationID, `{"members":[{"id":"MEM-1"}]}`).want(t, 204)
	a.send("PUT", "/emulator/conversations/CON-f", `{"application_id":"`+applicationID+`"}`).want(t, 204)
	for _, path := range []string{
		"/v1/conversations/CON-q", "/v0.3/conversations/CON-f", "/v0.1/conversations/CON-q", "/beta/conversations/CON-f",
		"/v1/conversations/CON-q/members", "/v1/conversations/CON-q/members/MEM-1",
	} {
		own := a.get(path, as(t, applicationID)).want(t, 200).json
		if own["application_id"] != nil {
			t.Errorf("%s returns application_id", path)
		}
		foreign := a.get(path, as(t, foreignID)).want(t, 404).json
		delete(foreign, "instance")
		want := document{
			"title": "Not found.", "code": "conversation:error:not-found",
			"type":   "https://developer.nexmo.com/api/conversation#conversation:error:not-found",
			"detail": "Conversation does not exist, or you do not have access.",
		}
		if diff := cmp.Diff(want, foreign); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	a.get("/v1/conversations/CON-x", as(t, applicationID)).want(t, 404)
	if code := a.get("/v1/conversations/CON-q/members/MEM-x", as(t, applicationID)).
		want(t, 404).json["code"]; code != "conversation:error:member-not-found" {
		t.Errorf("code %v", code)
	}
	a.do("PATCH", "/v1/conversations/CON-q/members", nil, as(t, applicationID)).want(t, 405)
	a.get("/v1/conversations/CON-q/", as(t, applicationID)).want(t, 404)
	a.get("/v1/conversations/CON-q", as(t, applicationID), header("Accept", "text/xml")).want(t, 406)
}

func TestMembersByCursor(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	members := make([]any, 0, 25)
	for i := range 25 {
		members = append(members, document{"id": fmt.Sprintf("MEM-%02d", i), "state": "JOINED"})
	}
	seed(t, a.SeedConversation("CON-1", document{"members": members}))
	const path = "/v1/conversations/CON-1/members"

	if plain := a.get(path+"?page_size=10&order=asc", as(t, applicationID)).text; !strings.Contains(plain, "order=asc&page_size=10") {
		t.Errorf("an ampersand is escaped: %s", plain)
	}
	var ids []string
	next := path + "?page_size=10&order=DESC"
	var pages []document
	for next != "" {
		page := a.get(next, as(t, applicationID)).want(t, 200).json
		pages = append(pages, page)
		embedded, _ := at(page, "_embedded", "members").([]any)
		for _, member := range embedded {
			ids = append(ids, text(member, "id"))
		}
		href := text(page, "_links", "next", "href")
		if href != "" && !strings.HasPrefix(href, a.url+path+"?") {
			t.Fatalf("next is %q, want an absolute URL", href)
		}
		next = strings.TrimPrefix(href, a.url)
	}
	if len(pages) != 3 || len(ids) != 25 || ids[0] != "MEM-24" || ids[24] != "MEM-00" {
		t.Fatalf("%d pages, members %v", len(pages), ids)
	}
	previous := strings.TrimPrefix(text(pages[2], "_links", "prev", "href"), a.url)
	back := a.get(previous, as(t, applicationID)).want(t, 200).json
	if diff := cmp.Diff(at(pages[1], "_embedded"), at(back, "_embedded")); diff != "" {
		t.Errorf("back (-want +got):\n%s", diff)
	}
	if got := at(pages[0], "_links", "prev"); got != nil || pages[0]["page_size"] != 10. || pages[0]["count"] != nil {
		t.Errorf("first page: %v", pages[0]["_links"])
	}

	// A cursor decoded twice, or not at all, is invalid.
	href, err := url.Parse(text(pages[0], "_links", "next", "href"))
	if err != nil {
		t.Fatal(err)
	}
	once := href.Query().Get("cursor")
	for name, cursor := range map[string]string{"twice": once, "not at all": url.QueryEscape(url.QueryEscape(once)), "nonsense": "x"} {
		got := a.get(path+"?page_size=10&order=desc&cursor="+cursor, as(t, applicationID)).want(t, 400)
		if code := got.json["code"]; code != "paginator-builder:error:invalid-cursor" {
			t.Errorf("%s: code %v", name, code)
		}
	}
}

func TestMemberListParameters(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	seed(t, a.SeedConversation("CON-1", document{}))
	for _, query := range []string{"page_size=0", "page_size=101", "page_size=x", "order=up"} {
		got := a.get("/v1/conversations/CON-1/members?"+query, as(t, applicationID)).want(t, http.StatusBadRequest).json
		if got["code"] != "http:error:validation-fail" || got["invalid_parameters"] == nil {
			t.Errorf("%s: %v", query, got)
		}
	}
	empty := a.get("/v1/conversations/CON-1/members", as(t, applicationID)).want(t, 200).json
	if diff := cmp.Diff(document{"members": []any{}}, empty["_embedded"]); diff != "" {
		t.Errorf("no members (-want +got):\n%s", diff)
	}
}
