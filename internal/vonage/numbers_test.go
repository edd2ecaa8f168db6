// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var number = vonage.NumberKey{Country: "GB", MSISDN: "447700900001"}

// owned answers a look-up with this number and with one that merely contains its digits.
func owned(members string) answer {
	return ok(`{"count":2,"numbers":[{"country":"GB","msisdn":"4477009000011","type":"mobile-lvn","features":["SMS"]},
	  {"country":"GB","msisdn":"447700900001","type":"mobile-lvn","features":["VOICE","SMS"]` + members + `}]}`)
}

const success = `{"error-code":"200","error-code-label":"success"}`

func TestNumberGet(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t, owned(`,"moHttpUrl":"https://h/sms","voiceCallbackType":"sip","voiceCallbackValue":"sip:a@h",
	  "limitations":[{"feature":"SMS","type":"OUTBOUND","reach":"DOMESTIC"}],"app_id":"A"`))
	got, err := client.Numbers.Get(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	want := vonage.Number{
		Country: "GB", MSISDN: "447700900001", Type: "mobile-lvn", Features: []string{"VOICE", "SMS"},
		Limitations:   []vonage.Limitation{{Feature: "SMS", Type: "OUTBOUND", Reach: "DOMESTIC"}},
		SMSWebhookURL: "https://h/sms", VoiceCallbackType: "sip", VoiceCallbackValue: "sip:a@h", ApplicationID: "A",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	wantRequests := []received{{
		Method: "GET", Path: "/account/numbers", Authorization: "Basic YWJjZDEyMzQ6czNjcjpldA==",
		Query: "index=1&pattern=447700900001&search_pattern=1&size=100",
	}}
	if diff := cmp.Diff(wantRequests, vonageAPI.requests()); diff != "" {
		t.Error(diff)
	}
}

func TestNumberLinkMirrorIsFolded(t *testing.T) {
	t.Parallel()
	for members, application := range map[string]string{
		`,"voiceCallbackType":"app","voiceCallbackValue":"A","app_id":"A"`:                                                              "A",
		`,"voiceCallbackType":"app","voiceCallbackValue":"A"`:                                                                           "A",
		`,"voiceCallbackType":"app","voiceCallbackValue":"OLD","app_id":"A","messagesCallbackType":"app","messagesCallbackValue":"OLD"`: "A",
		``: "",
	} {
		_, client := newScript(t, owned(members))
		got, err := client.Numbers.Get(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		if got.ApplicationID != application || got.VoiceCallbackType != "" || got.VoiceCallbackValue != "" {
			t.Errorf("%s was read as %+v", members, got)
		}
	}
}

func TestNumberNotOwned(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"nothing":         `{}`,
		"part of another": `{"count":1,"numbers":[{"country":"GB","msisdn":"4477009000011"}]}`,
		"another country": `{"count":1,"numbers":[{"country":"FR","msisdn":"447700900001"}]}`,
	} {
		_, client := newScript(t, ok(body))
		if got, err := client.Numbers.Get(t.Context(), number); !vonage.IsNotFound(err) {
			t.Errorf("%s: Get gave %+v, %v", name, got, err)
		}
	}
}

func TestNumberFindInAnyCountry(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t, owned(``))
	found, err := client.Numbers.Find(t.Context(), "447700900001")
	if err != nil || len(found) != 1 || found[0].Key() != number {
		t.Errorf("Find gave %+v, %v", found, err)
	}
	if query := vonageAPI.requests()[0].Query; query != "index=1&pattern=447700900001&search_pattern=1&size=100" {
		t.Errorf("asked %s", query)
	}
}

func TestNumberListPages(t *testing.T) {
	t.Parallel()
	for _, total := range []int{0, 1, 100, 101, 200} {
		t.Run(strconv.Itoa(total), func(t *testing.T) {
			t.Parallel()
			var pages []answer
			for first := 0; first == 0 || first < total; first += 100 {
				var entries []string
				for i := first; i < min(first+100, total); i++ {
					entries = append(entries, `{"country":"GB","msisdn":"4477009`+strconv.Itoa(10000+i)+`"}`)
				}
				pages = append(pages, ok(`{"count":"`+strconv.Itoa(total)+`","numbers":[`+strings.Join(entries, ",")+`]}`))
			}
			vonageAPI, client := newScript(t, pages...)
			seen := map[string]bool{}
			for number, err := range client.Numbers.List(t.Context(), vonage.ListNumbersOptions{}) {
				if err != nil {
					t.Fatal(err)
				}
				seen[number.MSISDN] = true
			}
			if len(seen) != total {
				t.Errorf("listed %d of %d", len(seen), total)
			}
			vonageAPI.requests()
		})
	}
}

func TestNumberListOptions(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t, ok(`{}`))
	for _, err := range client.Numbers.List(t.Context(), vonage.ListNumbersOptions{
		Country: "GB", Pattern: "44", SearchPattern: new(0), ApplicationID: "A", HasApplication: new(false),
	}) {
		t.Fatal(err)
	}
	want := "application_id=A&country=GB&has_application=false&index=1&pattern=44&search_pattern=0&size=100"
	if got := vonageAPI.requests()[0].Query; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
}

// keep returns a change that keeps all settings except what edit changes.
func keep(edit func(*vonage.NumberSettings)) func(vonage.Number) (vonage.NumberSettings, error) {
	return func(current vonage.Number) (vonage.NumberSettings, error) {
		settings := current.Settings()
		edit(&settings)
		return settings, nil
	}
}

func TestNumberUpdateForm(t *testing.T) {
	t.Parallel()
	sip := `,"voiceCallbackType":"sip","voiceCallbackValue":"sip:a@h;transport=tls,sip:b@h","moHttpUrl":"https://h/sms?a=1&b=2"`
	linked := `,"voiceCallbackType":"app","voiceCallbackValue":"A","app_id":"A"`
	for name, test := range map[string]struct {
		current string
		edit    func(*vonage.NumberSettings)
		form    map[string]string
	}{
		"link keeps the rest": {
			sip, func(s *vonage.NumberSettings) { s.ApplicationID = "A" },
			map[string]string{
				"app_id": "A", "moHttpUrl": "https://h/sms?a=1&b=2",
				"voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@h;transport=tls,sip:b@h",
			},
		},
		"unlink leaves the mirror out": {
			linked, func(s *vonage.NumberSettings) { s.ApplicationID = "" },
			map[string]string{"moHttpUrl": ""},
		},
		"link elsewhere": {
			linked, func(s *vonage.NumberSettings) { s.ApplicationID = "B" },
			map[string]string{"app_id": "B", "moHttpUrl": ""},
		},
		"clear the webhook": {
			sip, func(s *vonage.NumberSettings) { s.SMSWebhookURL = "" },
			map[string]string{"moHttpUrl": "", "voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@h;transport=tls,sip:b@h"},
		},
		"what cannot be read is sent when given": {
			linked, func(s *vonage.NumberSettings) { s.SMPPSystemType, s.VoiceStatusCallback = new("inbound"), new("") },
			map[string]string{"app_id": "A", "moHttpUrl": "", "moSmppSysType": "inbound", "voiceStatusCallback": ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vonageAPI, client := newScript(t, owned(test.current), ok(success))
			var want vonage.NumberSettings
			got, err := client.Numbers.Update(t.Context(), number, func(current vonage.Number) (vonage.NumberSettings, error) {
				settings, err := keep(test.edit)(current)
				want = settings
				return settings, err
			})
			if err != nil {
				t.Fatal(err)
			}
			want.SMPPSystemType, want.VoiceStatusCallback = nil, nil
			if diff := cmp.Diff(want, got.Settings()); diff != "" {
				t.Errorf("Update gave other settings than it wrote:\n%s", diff)
			}
			requests := vonageAPI.requests()
			if len(requests) != 2 {
				t.Fatalf("made %d requests", len(requests))
			}
			post := requests[1]
			if post.Method != http.MethodPost || post.Path != "/number/update" || post.Query != "" ||
				post.ContentType != "application/x-www-form-urlencoded" {
				t.Errorf("got %+v", post)
			}
			test.form["country"], test.form["msisdn"] = "GB", "447700900001"
			if diff := cmp.Diff(test.form, formOf(t, post.Body)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNumberUpdateWithoutChangeSendsNothing(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t, owned(`,"app_id":"A"`))
	got, err := client.Numbers.Update(t.Context(), number, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "A" }))
	if err != nil || got.ApplicationID != "A" {
		t.Errorf("Update gave %+v, %v", got, err)
	}
	vonageAPI.requests()
}

func TestNumberUpdateRefusals(t *testing.T) {
	t.Parallel()
	refused := errors.New("held by another application")
	for name, test := range map[string]struct {
		answers []answer
		change  func(vonage.Number) (vonage.NumberSettings, error)
		check   func(error) bool
	}{
		"change refuses": {
			[]answer{owned(``)},
			func(vonage.Number) (vonage.NumberSettings, error) { return vonage.NumberSettings{}, refused },
			func(err error) bool { return err == refused }, //nolint:errorlint // returned unwrapped
		},
		"not owned": {
			[]answer{ok(`{}`)}, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "A" }), vonage.IsNotFound,
		},
		"type without value": {
			[]answer{owned(``)},
			keep(func(s *vonage.NumberSettings) { s.VoiceCallbackType = "sip" }),
			func(err error) bool { return err != nil },
		},
		"value without type": {
			[]answer{owned(``)},
			keep(func(s *vonage.NumberSettings) { s.VoiceCallbackValue = "sip:a@h" }),
			func(err error) bool { return err != nil },
		},
		"mirror type": {
			[]answer{owned(``)},
			keep(func(s *vonage.NumberSettings) { s.VoiceCallbackType, s.VoiceCallbackValue = "app", "A" }),
			func(err error) bool { return err != nil },
		},
		"wrong credentials": {
			[]answer{owned(``), {status: http.StatusUnauthorized, body: `{"error-code":"401","error-code-label":"authentication failed"}`}},
			keep(func(s *vonage.NumberSettings) { s.ApplicationID = "A" }),
			func(err error) bool {
				var apiError *vonage.Error
				return errors.As(err, &apiError) && apiError.Code == "401" && apiError.Detail == "authentication failed"
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vonageAPI, client := newScript(t, test.answers...)
			if _, err := client.Numbers.Update(t.Context(), number, test.change); !test.check(err) {
				t.Errorf("Update gave %v", err)
			}
			vonageAPI.requests()
		})
	}
}

func TestSecretsStayOutOfURLsAndForms(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t, owned(``), ok(success))
	if _, err := client.Numbers.Update(t.Context(), number, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "A" })); err != nil {
		t.Fatal(err)
	}
	for _, request := range vonageAPI.requests() {
		if strings.Contains(request.Path+request.Query+request.Body, "s3cr") {
			t.Errorf("the secret is in %+v", request)
		}
	}
}
