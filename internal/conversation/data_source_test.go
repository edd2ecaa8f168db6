// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

type values = acctest.Values

const (
	conversationID = "CON-bc643220-2542-499a-892e-c982c4150c06"
	applicationA   = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
	applicationB   = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
)

// newEnv returns an account with two applications, each with a key of the pool, and the tutorial's conversation, which
// belongs to application A.
func newEnv(t *testing.T) *acctest.Env {
	t.Helper()
	env := acctest.New(t)
	seedApplications(t, env)
	seedConversation(t, env, tutorial(t))
	return env
}

const keyA, keyB = 7, 6

func seedApplications(t *testing.T, env *acctest.Env) {
	t.Helper()
	for id, key := range map[string]int{applicationA: keyA, applicationB: keyB} {
		document := values{"name": id, "keys": values{"public_key": acctest.PublicKey(key)}, "capabilities": values{}}
		if err := env.Emulator.SeedApplication(id, document); err != nil {
			t.Fatal(err)
		}
	}
}

func seedConversation(t *testing.T, env *acctest.Env, document values) {
	t.Helper()
	owned := maps.Clone(document)
	owned["application_id"] = applicationA
	if err := env.Emulator.SeedConversation(conversationID, owned); err != nil {
		t.Fatal(err)
	}
}

// asA returns the credentials of application A.
func asA() values {
	return values{"application_id": applicationA, "private_key": acctest.PrivateKey(keyA)}
}

// tutorial returns the conversation in Vonage's tutorial "retrieve conversation details".
func tutorial(t *testing.T) values {
	t.Helper()
	text, err := os.ReadFile("../acctest/specimen/tutorial.json")
	if err != nil {
		t.Fatal(err)
	}
	var document values
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	return document
}

// tutorialState returns the state of the data source for the tutorial's conversation.
func tutorialState() values {
	return values{
		"id": conversationID, "api_version": nil, "region_url": nil, "allow_missing": nil, "exists": true,
		"name": "NAM-1b2c4274-e3f2-494e-89c4-46856ee84a8b", "display_name": nil, "image_url": nil, "state": nil, "sequence_number": 8,
		"timestamp":  values{"created": "2018-10-25T09:26:18.999Z", "updated": nil, "destroyed": nil},
		"properties": values{"ttl": 172800, "video": false, "type": nil, "custom_sort_key": nil, "custom_data": nil},
		"members": []any{
			values{
				"id": "MEM-25ccda92-839d-4ac6-a7b2-de310224878b", "user_id": "USR-b9948493-be4a-4b36-bb4d-c96bcc2af85b",
				"name": "vapi-user-f59c1ff26c0543fdb6c02fd30617a1c0", "display_name": nil, "state": "JOINED",
				"invited_by": "USR-b9948493-be4a-4b36-bb4d-c96bcc2af85b",
				"timestamp":  values{"invited": "2018-10-25T09:26:19.385Z", "joined": "2018-10-25T09:26:30.270Z", "left": nil},
				"initiator":  values{"joined": nil, "invited": values{"is_system": true}},
				"channel": values{
					"type": "phone", "id": "30cecc87-7ac9-4d03-910a-e9d69558263c", "leg_ids": []any{"30cecc87-7ac9-4d03-910a-e9d69558263c"},
					"from": values{"type": "phone", "number": "Unknown", "user": nil, "uri": nil, "extension": nil},
					"to":   values{"type": "phone", "number": "447700000001", "user": nil, "uri": nil, "extension": nil},
					"cpa":  false, "preanswer": false, "ring_timeout": 60000, "cpa_time": 5000, "max_length": 7200000,
				},
				"media": nil,
			},
			values{
				"id": "MEM-f44c872e-cba9-444f-88ae-0bfa630865a6", "user_id": "USR-33a51f4d-d06b-42f6-a525-90d2859ab9f6",
				"name": "USR-33a51f4d-d06b-42f6-a525-90d2859ab9f6", "display_name": nil, "state": "JOINED", "invited_by": nil,
				"timestamp": values{"invited": nil, "joined": "2018-10-25T09:26:30.334Z", "left": nil},
				"initiator": values{"joined": values{"is_system": true, "user_id": nil, "member_id": nil}, "invited": nil},
				"channel": values{
					"type": "phone", "id": "797168e24c19a3c45e74e05b10fef2b5", "leg_ids": []any{"797168e24c19a3c45e74e05b10fef2b5"},
					"from": values{"type": "phone", "number": "447700000001", "user": nil, "uri": nil, "extension": nil},
					"to":   values{"type": "phone", "number": "447700000002", "user": nil, "uri": nil, "extension": nil},
					"cpa":  nil, "preanswer": nil, "ring_timeout": nil, "cpa_time": nil, "max_length": nil,
				},
				"media": nil,
			},
		},
	}
}

// Every value in the tutorial's JSON is in the state, and one request is enough.
func TestTutorialStateInFull(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"v0.1", "beta"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			env := newEnv(t)
			state, diags := env.Protocol(t, asA()).ReadDataSource("vonage_conversation", values{"id": conversationID, "api_version": version})
			diags.MustBeEmpty(t)

			raw, _ := state["raw"].(string)
			delete(state, "raw")
			want := tutorialState()
			want["api_version"] = version
			if diff := cmp.Diff(want, state); diff != "" {
				t.Error(diff)
			}
			var document values
			if err := json.Unmarshal([]byte(raw), &document); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tutorial(t), document); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{"GET /" + version + "/conversations/" + conversationID}, env.URLs()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The current API versions have a different response format and separate members, but give the same state.
func TestCurrentVersionsGiveTheSame(t *testing.T) {
	t.Parallel()
	for version, path := range map[string]string{"": "/v1", "v1": "/v1", "v0.3": "/v0.3"} {
		t.Run("version "+version, func(t *testing.T) {
			t.Parallel()
			env := newEnv(t)
			config := values{"id": conversationID}
			want := tutorialState()
			if version != "" {
				config["api_version"], want["api_version"] = version, version
			}
			state, diags := env.Protocol(t, asA()).ReadDataSource("vonage_conversation", config)
			diags.MustBeEmpty(t)

			// The differences between the formats: the state of the conversation, and the inviter.
			want["state"] = "ACTIVE"
			want["members"].([]any)[0].(values)["invited_by"] = "MEM-25ccda92-839d-4ac6-a7b2-de310224878b"
			raw, _ := state["raw"].(string)
			delete(state, "raw")
			if diff := cmp.Diff(want, state); diff != "" {
				t.Error(diff)
			}
			if !strings.Contains(raw, `"id":"`+conversationID+`"`) || strings.Contains(raw, "MEM-") {
				t.Errorf("raw is %s", raw)
			}
			requests := env.URLs()
			if len(requests) != 1+1+2 {
				t.Errorf("want 1 request for the conversation, 1 for the page of members and 2 for the members, got %q", requests)
			}
			for _, request := range requests {
				if !strings.HasPrefix(request, "GET "+path+"/conversations/"+conversationID) {
					t.Errorf("%s is not below %s", request, path)
				}
			}
		})
	}
}

// All pages of members are read, and each member once.
func TestEveryPageOfMembers(t *testing.T) {
	t.Parallel()
	for members, pages := range map[int]int{0: 1, 100: 1, 101: 2, 205: 3} {
		t.Run(strconv.Itoa(members), func(t *testing.T) {
			t.Parallel()
			env := newEnv(t)
			document := values{"id": conversationID, "name": "full", "state": "ACTIVE"}
			want := []string{}
			for i := range members {
				// The first one in the list arrived last.
				id := fmt.Sprintf("MEM-%03d", i)
				document["members"] = append(asList(document["members"]), values{
					"id": id, "state": "JOINED", "timestamp": values{"joined": fmt.Sprintf("2026-01-01T00:00:00.%03dZ", 999-i)},
				})
				want = append([]string{id}, want...)
			}
			seedConversation(t, env, document)
			state, diags := env.Protocol(t, asA()).ReadDataSource("vonage_conversation", values{"id": conversationID})
			diags.MustBeEmpty(t)
			arrived := asList(state["members"])
			got := make([]string, 0, members)
			for _, member := range arrived {
				got = append(got, member.(values)["id"].(string))
			}
			if diff := cmp.Diff(want, got); diff != "" || state["members"] == nil {
				t.Error(diff)
			}
			if n := len(env.Emulator.Requests()); n != 1+pages+members {
				t.Errorf("want %d requests, got %d", 1+pages+members, n)
			}
		})
	}
}

func asList(value any) []any {
	list, _ := value.([]any)
	return list
}

// The application's token is sent only to the given region.
func TestRegionURL(t *testing.T) {
	t.Parallel()
	home, region := newEnv(t), newEnv(t)
	home.Emulator.RemoveConversation(conversationID)
	state, diags := home.Protocol(t, asA()).ReadDataSource("vonage_conversation", values{"id": conversationID, "region_url": region.URL + "/"})
	diags.MustBeEmpty(t)
	if state["exists"] != true || state["region_url"] != region.URL+"/" {
		t.Errorf("got %v", state)
	}
	if n := len(home.Emulator.Requests()); n != 0 {
		t.Errorf("%d requests went to api_url", n)
	}
	for _, request := range region.Emulator.Requests() {
		if !strings.HasPrefix(request.Header.Get("Authorization"), "Bearer ") {
			t.Errorf("%s %s was authorized by %q", request.Method, request.Path, request.Header.Get("Authorization"))
		}
	}
}

func TestAllowMissing(t *testing.T) {
	t.Parallel()
	env := newEnv(t)
	env.Emulator.RemoveConversation(conversationID)
	config := values{"id": conversationID, "allow_missing": true}
	state, diags := env.Protocol(t, asA()).ReadDataSource("vonage_conversation", config)
	diags.MustWarn(t, "id", "The call has ended")
	want := values{
		"id": conversationID, "api_version": nil, "region_url": nil, "allow_missing": true, "exists": false, "name": nil, "display_name": nil,
		"image_url": nil, "state": nil, "sequence_number": nil, "timestamp": nil, "properties": nil, "members": nil, "raw": nil,
	}
	if diff := cmp.Diff(want, state); diff != "" {
		t.Error(diff)
	}

	// allow_missing applies only to missing conversations, not to other errors.
	stranger := values{"application_id": applicationA, "private_key": acctest.PrivateKey(keyB)}
	_, diags = env.Protocol(t, stranger).ReadDataSource("vonage_conversation", config)
	diags.MustFail(t, "", "Unable to read conversation", "signature")
	env.Fail(t, emulator.Fault{Kind: emulator.Status, Status: http.StatusForbidden, Times: 1})
	_, diags = env.Protocol(t, asA()).ReadDataSource("vonage_conversation", config)
	diags.MustFail(t, "", "Unable to read conversation", "403")
}

// A call that ends while its members are read counts as a missing conversation.
func TestEndedWhileReading(t *testing.T) {
	t.Parallel()
	var env *acctest.Env
	env = acctest.New(t, acctest.Around(func(vonage http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.Contains(r.URL.Path, "/members/") {
				env.Emulator.RemoveConversation(conversationID)
			}
			vonage.ServeHTTP(w, r)
		})
	}))
	seedApplications(t, env)
	seedConversation(t, env, tutorial(t))
	_, diags := env.Protocol(t, asA()).ReadDataSource("vonage_conversation", values{"id": conversationID})
	diags.MustFail(t, "id", "The call has ended")
}

// A member that is gone is left out; its conversation exists all the same.
func TestMemberGoneWhileReading(t *testing.T) {
	t.Parallel()
	env := newEnv(t)
	env.Fail(t, emulator.Fault{
		Path: "/v1/conversations/*/members/*", Kind: emulator.Status, Status: http.StatusNotFound, Times: 1,
		Body: `{"title": "Not found.", "code": "conversation:error:not-found"}`,
	})
	state, diags := env.Protocol(t, asA()).ReadDataSource("vonage_conversation", values{"id": conversationID, "allow_missing": true})
	diags.MustBeEmpty(t)
	if state["exists"] != true || len(asList(state["members"])) != 1 {
		t.Errorf("exists is %v, with the members %v", state["exists"], state["members"])
	}
}
