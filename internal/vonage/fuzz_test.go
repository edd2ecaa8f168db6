// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// answering is a client of a Vonage that gives one answer to everything.
func answering(status int, body string) *vonage.Client {
	return vonage.New(vonage.Config{
		APIURL: "https://api.example", RESTURL: "https://rest.example", Token: token("T"),
		Account: func(context.Context) (vonage.Account, error) { return vonage.Account{}, nil },
		Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: http.Header{}, Request: req, Body: io.NopCloser(strings.NewReader(body))}, nil
		}),
	})
}

// half fails the test when there is an error and a value, or neither an error nor the object that was asked for.
func half(t *testing.T, value any, id, want string, err error) {
	t.Helper()
	if err != nil && !reflect.ValueOf(value).IsZero() {
		t.Errorf("%+v came with the error %v", value, err)
	}
	if err == nil && !strings.EqualFold(id, want) {
		t.Errorf("asked for %q, got %q", want, id)
	}
}

// FuzzAnswers: no answer whatsoever makes a reader panic, or gives half an object.
func FuzzAnswers(f *testing.F) {
	for _, body := range []string{
		full, conversationV1, firstMember, success, failed, `{}`, `[]`, `null`, ``, `"`, `{"id":"A","capabilities":[]}`,
		`{"id":"A","capabilities":{"voice":null,"video":{"webhooks":{"archive_status":null}}},"keys":null,"privacy":{"improve_ai":1}}`,
		`{"count":"2","numbers":[{"country":"GB","msisdn":"447700900001","voiceCallbackType":"app"},{"country":"GB"}]}`,
		`{"id":"CON-1","sequence_number":1e400,"_embedded":[{"id":"MEM-1"}],"_links":{"next":{"href":"?cursor=%"}}}`,
		`{"uuid":"CON-1","members":[{"member_id":"MEM-1","channel":{"from":{"number":1}}}]}`, `{"error-code":420,"type":"#x"}`,
	} {
		f.Add(200, body)
		f.Add(404, body)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			t.Skip("no answer has such a status")
		}
		synctest.Test(t, func(t *testing.T) { readEverything(t, answering(status, body)) }) // waits after a 429 take no time
	})
}

func readEverything(t *testing.T, client *vonage.Client) {
	t.Helper()
	ctx := t.Context()
	application, err := client.Applications.Get(ctx, "A")
	half(t, application, application.ID, "A", err)
	updated, err := client.Applications.Update(ctx, "A", vonage.Application{Name: "n"})
	half(t, updated, updated.ID, "A", err)
	number, err := client.Numbers.Get(ctx, number)
	half(t, number, number.MSISDN, "447700900001", err)
	for _, version := range []string{vonage.ConversationV1, vonage.ConversationV01} {
		conversation, err := client.Conversations.Get(ctx, vonage.ConversationQuery{ID: "CON-1", Version: version})
		half(t, conversation, conversation.ID, "CON-1", err)
	}
	for application, err := range client.Applications.List(ctx) {
		if err == nil && application.ID == "" {
			t.Error("an application without an id is on the list")
		}
		break // the answer may name another page for ever
	}
	_ = client.Applications.Delete(ctx, "A")
}

// FuzzNextPage: whatever the link to the next page is, only the configured host is asked, and for no more than a cursor.
func FuzzNextPage(f *testing.F) {
	for _, seed := range []string{
		"https://api.nexmo.com/v1/conversations/CON-1/members?cursor=abc", "//elsewhere/?cursor=a", "?cursor=a%2Fb", "/x?cursor=%zz",
		"javascript:alert(1)", "https://user:pass@elsewhere?cursor=a&page_size=1", "?cursor=a#?cursor=b", "", "\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, href string) {
		asked := 0
		client := vonage.New(vonage.Config{
			APIURL: "https://api.example", Token: token("T"),
			Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
				if req.URL.Host != "api.example" || req.URL.Scheme != "https" || !strings.HasPrefix(req.URL.Path, "/v1/conversations/CON-1") {
					t.Errorf("%q led to %s", href, req.URL)
				}
				for name := range req.URL.Query() {
					if name != "cursor" && name != "page_size" {
						t.Errorf("%q added the parameter %q", href, name)
					}
				}
				body := `{"id":"CON-1","_embedded":{"members":[]},"_links":{"next":{"href":` + quote(href) + `}}}`
				if asked++; asked > 2 {
					body = `{}`
				}
				return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: req, Body: io.NopCloser(strings.NewReader(body))}, nil
			}),
		})
		_, _ = client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"})
	})
}
