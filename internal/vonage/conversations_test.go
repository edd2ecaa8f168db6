// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const tutorialID = "CON-bc643220-2542-499a-892e-c982c4150c06"

func tutorial(t *testing.T) string {
	t.Helper()
	document, err := os.ReadFile("testdata/conversation_v0.1.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(document)
}

// tutorialConversation returns every value of the document in Vonage's tutorial "retrieve conversation details".
func tutorialConversation(raw string) vonage.Conversation {
	phone := func(number string) *vonage.Endpoint {
		return &vonage.Endpoint{Type: new("phone"), Number: new(number)}
	}
	return vonage.Conversation{
		ID:             tutorialID,
		Name:           new("NAM-1b2c4274-e3f2-494e-89c4-46856ee84a8b"),
		SequenceNumber: new(int64(8)),
		Timestamp:      vonage.ConversationTimestamp{Created: new("2018-10-25T09:26:18.999Z")},
		Properties:     vonage.ConversationProperties{TTL: new(int64(172800)), Video: new(false)},
		Raw:            json.RawMessage(raw),
		Members: []vonage.Member{
			{
				ID:     "MEM-f44c872e-cba9-444f-88ae-0bfa630865a6",
				UserID: new("USR-33a51f4d-d06b-42f6-a525-90d2859ab9f6"), Name: new("USR-33a51f4d-d06b-42f6-a525-90d2859ab9f6"),
				State:     new("JOINED"),
				Timestamp: vonage.MemberTimestamp{Joined: new("2018-10-25T09:26:30.334Z")},
				Initiator: &vonage.Initiator{Joined: &vonage.InitiatorJoined{IsSystem: new(true)}},
				Channel: &vonage.Channel{
					Type: new("phone"), ID: new("797168e24c19a3c45e74e05b10fef2b5"), LegIDs: []string{"797168e24c19a3c45e74e05b10fef2b5"},
					From: phone("447700000001"), To: phone("447700000002"),
				},
			},
			{
				ID:     "MEM-25ccda92-839d-4ac6-a7b2-de310224878b",
				UserID: new("USR-b9948493-be4a-4b36-bb4d-c96bcc2af85b"), Name: new("vapi-user-f59c1ff26c0543fdb6c02fd30617a1c0"),
				State: new("JOINED"), InvitedBy: new("USR-b9948493-be4a-4b36-bb4d-c96bcc2af85b"),
				Timestamp: vonage.MemberTimestamp{Invited: new("2018-10-25T09:26:19.385Z"), Joined: new("2018-10-25T09:26:30.270Z")},
				Initiator: &vonage.Initiator{Invited: &vonage.InitiatorInvited{IsSystem: new(true)}},
				Channel: &vonage.Channel{
					Type: new("phone"), ID: new("30cecc87-7ac9-4d03-910a-e9d69558263c"), LegIDs: []string{"30cecc87-7ac9-4d03-910a-e9d69558263c"},
					From: phone("Unknown"), To: phone("447700000001"), CPA: new(false), Preanswer: new(false),
					RingTimeout: new(int64(60000)), CPATime: new(int64(5000)), MaxLength: new(int64(7200000)),
				},
			},
		},
	}
}

func TestConversationWithEmbeddedMembers(t *testing.T) {
	t.Parallel()
	for _, version := range []string{vonage.ConversationV01, vonage.ConversationBeta} {
		vonageAPI, client := newScript(t, ok(tutorial(t)))
		got, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: tutorialID, Version: version})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tutorialConversation(tutorial(t)), got); diff != "" {
			t.Error(diff)
		}
		want := []received{{Method: "GET", Path: "/" + version + "/conversations/" + tutorialID, Authorization: "Bearer TOKEN"}}
		if diff := cmp.Diff(want, vonageAPI.requests()); diff != "" {
			t.Error(diff)
		}
	}
}

// paths is a server that answers by path and query, so requests may come in parallel.
type paths struct {
	t       *testing.T
	answers map[string]answer
	mu      sync.Mutex
	asked   []string
}

func (p *paths) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.URL.RequestURI())
	p.mu.Unlock()
	if r.Header.Get("Authorization") != "Bearer TOKEN" {
		p.t.Errorf("%s came with %q", r.URL, r.Header.Get("Authorization"))
	}
	answer, ok := p.answers[r.URL.RequestURI()]
	if !ok {
		answer = gone
	}
	w.WriteHeader(answer.status)
	_, _ = io.WriteString(w, answer.body)
}

func (p *paths) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(slices.Values(p.asked))
}

func newPaths(t *testing.T, answers map[string]answer) (*paths, *vonage.Client, string) {
	t.Helper()
	p := &paths{t: t, answers: answers}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	return p, vonage.New(vonage.Config{APIURL: server.URL, Token: token("TOKEN")}), server.URL
}

const (
	conversationV1 = `{"id":"CON-1","name":"NAM-1","display_name":null,"image_url":"https://h/i.png","state":"active",
	 "sequence_number":"12","timestamp":{"created":"2026-01-01T00:00:00.000Z","updated":null},
	 "properties":{"ttl":60,"type":"quick_chat","custom_sort_key":"k","custom_data":{"a":"text","b":{"c":1}}},"future":1}`
	firstMember = `{"id":"MEM-1","conversation_id":"CON-1","state":"joined","invited_by":"MEM-0","knocking_id":"x",
	 "_embedded":{"user":{"id":"USR-1","name":"alice","display_name":"Alice"}},
	 "initiator":{"joined":{"is_system":false,"user_id":"USR-9","member_id":"MEM-9"}},
	 "channel":{"type":"app","from":{"type":"app,phone","user":"USR-1"},"to":{"type":"vbc","extension":204}},
	 "media":{"audio":true,"audio_settings":{"enabled":true,"earmuffed":false,"muted":true}},
	 "timestamp":{"invited":null,"joined":"2026-01-01T00:00:01.000Z"}}`
)

func TestConversationWithMembersApart(t *testing.T) {
	t.Parallel()
	for version, path := range map[string]string{"": "v1", vonage.ConversationV1: "v1", vonage.ConversationV03: "v0.3"} {
		base := "/" + path + "/conversations/CON-1"
		vonageAPI, client, _ := newPaths(t, map[string]answer{
			base: ok(conversationV1),
			base + "/members?page_size=100": ok(`{"page_size":100,"_embedded":{"members":[{"id":"MEM-1","state":"JOINED"}]},
			  "_links":{"next":{"href":"https://api.nexmo.com/v1/conversations/CON-1/members?order=asc&page_size=10&cursor=a%252Fb%2B%3D"}}}`),
			base + "/members?cursor=a%252Fb%2B%3D&page_size=100": ok(`{"_embedded":{"members":[{"id":"MEM-2"},{"id":"MEM-1"}]},
			  "_links":{"self":{}}}`),
			base + "/members/MEM-1": ok(firstMember),
			base + "/members/MEM-2": ok(`{"id":"MEM-2"}`),
		})
		got, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1", Version: version})
		if err != nil {
			t.Fatal(err)
		}
		want := vonage.Conversation{
			ID: "CON-1", Name: new("NAM-1"), ImageURL: new("https://h/i.png"), State: new("ACTIVE"), SequenceNumber: new(int64(12)),
			Timestamp: vonage.ConversationTimestamp{Created: new("2026-01-01T00:00:00.000Z")},
			Properties: vonage.ConversationProperties{
				TTL: new(int64(60)), Type: new("quick_chat"), CustomSortKey: new("k"),
				CustomData: map[string]json.RawMessage{"a": json.RawMessage(`"text"`), "b": json.RawMessage(`{"c":1}`)},
			},
			Raw: json.RawMessage(conversationV1),
			Members: []vonage.Member{
				{
					ID: "MEM-1", UserID: new("USR-1"), Name: new("alice"), DisplayName: new("Alice"), State: new("JOINED"), InvitedBy: new("MEM-0"),
					Timestamp: vonage.MemberTimestamp{Joined: new("2026-01-01T00:00:01.000Z")},
					Initiator: &vonage.Initiator{Joined: &vonage.InitiatorJoined{
						IsSystem: new(false), UserID: new("USR-9"), MemberID: new("MEM-9"),
					}},
					Channel: &vonage.Channel{
						Type: new("app"),
						From: &vonage.Endpoint{Type: new("app,phone"), User: new("USR-1")},
						To:   &vonage.Endpoint{Type: new("vbc"), Extension: new("204")},
					},
					Media: &vonage.Media{Audio: new(true), AudioSettings: &vonage.AudioSettings{
						Enabled: new(true), Earmuffed: new(false), Muted: new(true),
					}},
				},
				{ID: "MEM-2"},
			},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if asked := vonageAPI.requests(); len(asked) != 5 {
			t.Errorf("asked %q", asked)
		}
	}
}

func TestConversationOfAnotherRegion(t *testing.T) {
	t.Parallel()
	_, client, _ := newPaths(t, nil)
	region, _, origin := newPaths(t, map[string]answer{
		"/v1/conversations/CON-1":                       ok(`{"id":"CON-1"}`),
		"/v1/conversations/CON-1/members?page_size=100": ok(`{"_embedded":[{"id":"MEM-1"}],"_links":{}}`),
		"/v1/conversations/CON-1/members/MEM-1":         ok(`{"id":"MEM-1"}`),
	})
	got, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1", BaseURL: origin})
	if err != nil || len(got.Members) != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
	if asked := region.requests(); len(asked) != 3 {
		t.Errorf("the region was asked %q", asked)
	}
}
