// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// The names are those of the document, whichever struct they are decoded into.
func TestConversationErrorNamesTheField(t *testing.T) {
	t.Parallel()
	const base = "/v1/conversations/CON-1"
	for want, answers := range map[string]map[string]answer{
		"its properties.ttl cannot be a JSON object": {base: ok(`{"id":"CON-1","properties":{"ttl":{}}}`)},
		"member MEM-1: Vonage's answer cannot be read: its initiator.joined.user_id cannot be a JSON object": {
			base:                            ok(`{"id":"CON-1"}`),
			base + "/members?page_size=100": ok(`{"_embedded":{"members":[{"id":"MEM-1"}]}}`),
			base + "/members/MEM-1":         ok(`{"id":"MEM-1","initiator":{"joined":{"user_id":{}}}}`),
		},
	} {
		_, client, _ := newPaths(t, answers)
		if _, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestConversationRefusesWrongAnswers(t *testing.T) {
	t.Parallel()
	const base = "/v1/conversations/CON-1"
	good := func() map[string]answer {
		return map[string]answer{
			base:                            ok(`{"id":"CON-1"}`),
			base + "/members?page_size=100": ok(`{"_embedded":{"members":[{"id":"MEM-1"}]}}`),
			base + "/members/MEM-1":         ok(`{"id":"MEM-1"}`),
		}
	}
	next := func(href string) answer {
		return ok(`{"_embedded":{"members":[{"id":"MEM-1"}]},"_links":{"next":{"href":` + quote(href) + `}}}`)
	}
	for name, wrong := range map[string]struct{ path, body string }{
		"another conversation":   {base, `{"id":"CON-2"}`},
		"no id":                  {base, `{"name":"x"}`},
		"nothing":                {base, ``},
		"null":                   {base, `null`},
		"a list":                 {base, `[]`},
		"HTML":                   {base, `<html>`},
		"cut off":                {base, `{"id":"CON-1"`},
		"two documents":          {base, `{"id":"CON-1"}{}`},
		"a number that is none":  {base, `{"id":"CON-1","sequence_number":"eight"}`},
		"another member":         {base + "/members/MEM-1", `{"id":"MEM-2"}`},
		"a member without id":    {base + "/members?page_size=100", `{"_embedded":{"members":[{}]}}`},
		"a link without cursor":  {base + "/members?page_size=100", next("https://h/x").body},
		"a link that is no link": {base + "/members?page_size=100", next("https://h/x?cursor=%zz").body},
	} {
		answers := good()
		answers[wrong.path] = ok(wrong.body)
		_, client, _ := newPaths(t, answers)
		got, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"})
		if err == nil || vonage.IsNotFound(err) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
		if diff := cmp.Diff(vonage.Conversation{}, got); diff != "" {
			t.Errorf("%s: half a conversation with the error: %s", name, diff)
		}
	}
}

func TestConversationCursorsInACircle(t *testing.T) {
	t.Parallel()
	const base = "/v1/conversations/CON-1"
	page := func(next string) answer { return ok(`{"_links":{"next":{"href":"/x?cursor=` + next + `"}}}`) }
	_, client, _ := newPaths(t, map[string]answer{
		base:                                     ok(`{"id":"CON-1"}`),
		base + "/members?page_size=100":          page("a"),
		base + "/members?cursor=a&page_size=100": page("b"),
		base + "/members?cursor=b&page_size=100": page("a"),
	})
	_, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"})
	if err == nil || !strings.Contains(err.Error(), "circle") {
		t.Errorf("got %v", err)
	}
}

func TestConversationNotFound(t *testing.T) {
	t.Parallel()
	found, list, member := ok(`{"id":"CON-1"}`), ok(`{"_embedded":{"members":[{"id":"MEM-1"}]}}`), ok(`{"id":"MEM-1"}`)
	for name, test := range map[string]struct {
		answers []answer
		missing bool
	}{
		"the conversation":                          {[]answer{gone}, true},
		"the list, and the conversation with it":    {[]answer{found, gone, gone}, true},
		"a member, and the conversation with it":    {[]answer{found, list, gone, gone}, true},
		"the list alone":                            {[]answer{found, gone, found}, false},
		"the list, and then an answer to the check": {[]answer{found, gone, {status: http.StatusForbidden}}, false},
		"a member, and then an answer to the check": {[]answer{found, list, gone, {status: http.StatusForbidden}}, false},
	} {
		_, client := newScript(t, test.answers...)
		if _, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"}); err == nil || vonage.IsNotFound(err) != test.missing {
			t.Errorf("without %s: got %v", name, err)
		}
	}
	server, client := newScript(t, found, list, member)
	if _, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"}); err != nil || len(server.log()) != 3 {
		t.Errorf("%v after %q", err, server.log())
	}
}

// A member that is gone says nothing about its conversation.
func TestConversationWithoutAMemberThatIsGone(t *testing.T) {
	t.Parallel()
	const base = "/v1/conversations/CON-1"
	server, client, _ := newPaths(t, map[string]answer{
		base:                            ok(`{"id":"CON-1"}`),
		base + "/members?page_size=100": ok(`{"_embedded":{"members":[{"id":"MEM-1"},{"id":"MEM-2"}]}}`),
		base + "/members/MEM-2":         ok(`{"id":"MEM-2"}`),
	})
	got, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"})
	if err != nil || len(got.Members) != 1 || got.Members[0].ID != "MEM-2" {
		t.Errorf("got %+v, %v", got.Members, err)
	}
	if want := 5; len(server.requests()) != want { // the four above and the conversation once more
		t.Errorf("%d requests, not %d: %q", len(server.requests()), want, server.requests())
	}
}

func TestConversationNeedsID(t *testing.T) {
	t.Parallel()
	vonageAPI, client, _ := newPaths(t, nil)
	if _, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{}); err == nil || len(vonageAPI.requests()) > 0 {
		t.Errorf("got %v after %q", err, vonageAPI.requests())
	}
}

func TestConversationMembersInParallelButBounded(t *testing.T) {
	t.Parallel()
	const members, limit = 20, 8
	var mu sync.Mutex
	inFlight, most := 0, 0
	full := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
		switch id {
		case "CON-1":
			_, _ = io.WriteString(w, `{"id":"CON-1"}`)
		case "members":
			var list []string
			for i := range members {
				list = append(list, fmt.Sprintf(`{"id":"MEM-%d"}`, i))
			}
			_, _ = io.WriteString(w, `{"_embedded":{"members":[`+strings.Join(list, ",")+`]}}`)
		default:
			mu.Lock()
			if inFlight++; inFlight > most {
				if most = inFlight; most == limit {
					close(full)
				}
			}
			mu.Unlock()
			<-full // holds every answer until the allowed number of requests is in flight
			mu.Lock()
			inFlight--
			mu.Unlock()
			_, _ = io.WriteString(w, `{"id":"`+id+`"}`)
		}
	}))
	defer server.Close()
	client := vonage.New(vonage.Config{APIURL: server.URL, Token: token("TOKEN")})
	got, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"})
	if err != nil {
		t.Fatal(err)
	}
	for i, member := range got.Members {
		if member.ID != fmt.Sprintf("MEM-%d", i) {
			t.Errorf("member %d is %s", i, member.ID)
		}
	}
	if len(got.Members) != members || most != limit {
		t.Errorf("%d members, %d at a time", len(got.Members), most)
	}
}

func TestConversationReadIsCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	vonageAPI, client, _ := newPaths(t, nil)
	if _, err := client.Conversations.Get(ctx, vonage.ConversationQuery{ID: "CON-1"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if asked := vonageAPI.requests(); len(asked) > 0 {
		t.Errorf("asked %q", asked)
	}
}
