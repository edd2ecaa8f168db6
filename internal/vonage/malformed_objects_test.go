// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// TestMalformedApplicationsAreRead: applications that mean the same as documented ones are read, alone and in a list, and can be
// updated.
func TestMalformedApplicationsAreRead(t *testing.T) {
	t.Parallel()
	voice := func(v vonage.Voice) vonage.Capabilities { return vonage.Capabilities{Voice: &v} }
	for members, want := range map[string]vonage.Application{
		`"name":"n","capabilities":{"voice":{"webhooks":{},"leg_persistence_time":"7"}}`: {Name: "n", Capabilities: voice(vonage.Voice{LegPersistenceTime: new(int64(7))})},
		`"name":"n","capabilities":{"voice":{"webhooks":[],"conversations_ttl":""}}`:     {Name: "n", Capabilities: voice(vonage.Voice{})},
		`"name":"n","capabilities":{"voice":{"signed_callbacks":"true","region":null}}`:  {Name: "n", Capabilities: voice(vonage.Voice{SignedCallbacks: new(true)})},
		`"name":"n","capabilities":{"voice":{"signed_callbacks":0}}`:                     {Name: "n", Capabilities: voice(vonage.Voice{SignedCallbacks: new(bool)})},
		`"name":"n","capabilities":[]`:                                                   {Name: "n"},
		`"name":"n","capabilities":null,"keys":[],"privacy":[]`:                          {Name: "n", Privacy: &vonage.Privacy{}},
		`"name":"n","capabilities":{"vbc":[],"verify":[],"video":{"webhooks":[]}}`:       {Name: "n", Capabilities: vonage.Capabilities{VBC: &vonage.VBC{}, Verify: &vonage.Verify{}, Video: &vonage.Video{}}},
		`"capabilities":{}`:                   {},
		`"name":null`:                         {},
		`"name":7,"keys":{"public_key":null}`: {Name: "7"},
		`"name":"n","keys":{"public_key":"-----BEGIN EC KEY-----"},"privacy":{"other":{}}`: {Name: "n", Keys: vonage.Keys{PublicKey: "-----BEGIN EC KEY-----"}, Privacy: &vonage.Privacy{}},
		`"name":"n","capabilities":{"voice":{"webhooks":{"answer_url":{"address":"https://a","connect_timeout":"1000","socket_timeout":5000.0}}}}`: {
			Name: "n", Capabilities: voice(vonage.Voice{Webhooks: vonage.VoiceWebhooks{
				AnswerURL: &vonage.Webhook{Address: "https://a", ConnectTimeout: new(int64(1000)), SocketTimeout: new(int64(5000))},
			}}),
		},
		`"name":"n","capabilities":{"video":{"webhooks":{"archive_status":{"address":"https://a","active":"false"},"later":7}}}`: {
			Name: "n", Capabilities: vonage.Capabilities{Video: &vonage.Video{
				Webhooks: vonage.VideoWebhooks{"archive_status": {Address: "https://a", Active: new(bool)}},
			}},
		},
	} {
		want.ID = "A"
		one := `{"id":"A",` + members + `}`
		_, client := newScript(t, ok(one), ok(`{"_embedded":{"applications":[`+one+`]}}`), ok(one), ok(one))
		got, err := client.Applications.Get(t.Context(), "A")
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", one, err, diff)
		}
		for got, err := range client.Applications.List(t.Context()) {
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%s in a list: %v %s", one, err, diff)
			}
		}
		if _, err := client.Applications.Update(t.Context(), "A", want); err != nil {
			t.Errorf("%s: %v", one, err)
		}
	}
}

// TestMalformedNumbersAreRead does the same for numbers.
func TestMalformedNumbersAreRead(t *testing.T) {
	t.Parallel()
	for members, want := range map[string]vonage.Number{
		`"msisdn":"63027","type":"mobile-shortcode"`: {MSISDN: "63027", Type: "mobile-shortcode"},
		`"msisdn":1234567890123456`:                  {MSISDN: "1234567890123456"},
		`"msisdn":"1","features":{},"limitations":{},"app_id":"not a UUID"`: {
			MSISDN: "1", Features: []string{}, Limitations: []vonage.Limitation{}, ApplicationID: "not a UUID",
		},
		`"msisdn":"1","type":null,"voiceCallbackType":"tel","voiceCallbackValue":447700900001`: {
			MSISDN: "1", VoiceCallbackType: "tel", VoiceCallbackValue: "447700900001",
		},
	} {
		want.Country = "GB"
		_, client := newScript(t, ok(`{"count":"1","numbers":[{"country":"GB",`+members+`}]}`))
		got, err := client.Numbers.Get(t.Context(), want.Key())
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", members, err, diff)
		}
	}
}

// malformedAccount has the applications and numbers a, b and c, of which b cannot be read, and lists one without an id. Other
// applications exist, although the list does not show them.
func malformedAccount(t *testing.T) *vonage.Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		const malformedApplication = `{"capabilities":{"voice":{"leg_persistence_time":{}}},"id":"b","name":"n"}`
		body := `{"count":4,"numbers":[{"country":"GB","msisdn":"a"},{"features":"SMS","country":"GB","msisdn":"b"},
		  {"country":"GB","msisdn":"c"},{"country":"GB"}]}`
		switch id, single := strings.CutPrefix(r.URL.Path, "/v2/applications/"); {
		case id == "b":
			body = malformedApplication
		case single:
			body = `{"id":"` + id + `","name":"n"}`
		case r.URL.Path == "/v2/applications":
			body = `{"_embedded":{"applications":[{"id":"a","name":"n"},` + malformedApplication + `,{"id":"c","name":"n"},{"name":"n"}]}}`
		}
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return vonage.New(vonage.Config{
		APIURL: server.URL, RESTURL: server.URL,
		Account: func(context.Context) (vonage.Account, error) { return vonage.Account{}, nil },
	})
}

// TestUnreadableObjectFailsAlone: its own reader gets an error that names it; readers that share a list with it get what they
// asked for, and a list goes on after it.
func TestUnreadableObjectFailsAlone(t *testing.T) {
	t.Parallel()
	client := malformedAccount(t)
	key := func(id string) vonage.NumberKey { return vonage.NumberKey{Country: "GB", MSISDN: id} }
	for noun, read := range map[string]func(id string) error{
		"application": func(id string) error { _, err := client.Applications.Get(t.Context(), id); return err },
		"number":      func(id string) error { _, err := client.Numbers.Get(t.Context(), key(id)); return err },
		"found":       func(id string) error { _, err := client.Numbers.Find(t.Context(), id); return err },
		"offer":       func(id string) error { _, err := client.Numbers.Offer(t.Context(), key(id)); return err },
	} {
		for _, id := range []string{"a", "b", "c", "b", "a"} {
			err := read(id)
			if id != "b" && err != nil || id == "b" && (!vonage.IsMalformed(err) || !strings.Contains(err.Error(), "b: ")) {
				t.Errorf("%s %s: %v", noun, id, err)
			}
		}
	}
	for noun, got := range map[string][]string{
		"applications": entries(client.Applications.List(t.Context()), func(a vonage.Application) string { return a.ID }),
		"numbers":      entries(client.Numbers.List(t.Context(), vonage.ListNumbersOptions{}), func(n vonage.Number) string { return n.MSISDN }),
		"offers":       entries(client.Numbers.Search(t.Context(), vonage.SearchNumbersOptions{}), func(n vonage.AvailableNumber) string { return n.MSISDN }),
	} {
		if diff := cmp.Diff([]string{"a", "b, odd", "c", ", odd"}, got); diff != "" {
			t.Errorf("%s: %s", noun, diff)
		}
	}
}

func entries[T any](list iter.Seq2[T, error], id func(T) string) []string {
	var got []string
	for entry, err := range list {
		text := id(entry)
		if _, malformed := errors.AsType[*vonage.MalformedEntryError](err); malformed && vonage.IsMalformed(err) {
			text += ", odd"
		} else if err != nil {
			text += err.Error()
		}
		got = append(got, text)
	}
	return got
}

// TestEntryWithoutAnIDHidesNothing: what is on no list may be the entry without an id, and is not reported as gone.
func TestEntryWithoutAnIDHidesNothing(t *testing.T) {
	t.Parallel()
	client := malformedAccount(t)
	for i := range 6 { // the first of which are looked up anyway
		if _, err := client.Applications.Get(t.Context(), fmt.Sprint("x", i)); err != nil {
			t.Error(err)
		}
		_, err := client.Numbers.Get(t.Context(), vonage.NumberKey{Country: "GB", MSISDN: strconv.Itoa(i)})
		if vonage.IsNotFound(err) || !vonage.IsMalformed(err) {
			t.Errorf("number %d: %v", i, err)
		}
	}
}
