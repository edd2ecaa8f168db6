// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// msisdns returns the numbers of one page and its count.
func msisdns(page document) (found []string, count any) {
	numbers, _ := page["numbers"].([]any)
	for _, number := range numbers {
		found = append(found, text(number, "msisdn"))
	}
	return found, page["count"]
}

func TestNumberListFilters(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.SeedNumber("GB/447700900001", document{"type": "mobile-lvn", "features": []string{"VOICE", "SMS"}, "app_id": "A"}))
	seed(t, a.SeedNumber("GB/4477009000012", document{"type": "landline"}))
	seed(t, a.SeedNumber("ES/34447700900", document{"app_id": "B"}))
	seed(t, a.SeedNumber("US/14155550100", document{}))
	for query, want := range map[string][]string{
		"":                                       {"14155550100", "34447700900", "447700900001", "4477009000012"},
		"country=GB":                             {"447700900001", "4477009000012"},
		"country=FR":                             nil,
		"country=&pattern=&application_id=":      {"14155550100", "34447700900", "447700900001", "4477009000012"},
		"pattern=4477009":                        {"447700900001", "4477009000012"},
		"pattern=4477009&search_pattern=0":       {"447700900001", "4477009000012"},
		"pattern=4477009&search_pattern=1":       {"34447700900", "447700900001", "4477009000012"},
		"pattern=00&search_pattern=2":            {"14155550100", "34447700900"},
		"pattern=*00&search_pattern=2":           {"14155550100", "34447700900"},
		"pattern=4477009*&search_pattern=0":      {"447700900001", "4477009000012"},
		"pattern=447700900001&search_pattern=1":  {"447700900001", "4477009000012"},
		"application_id=A":                       {"447700900001"},
		"has_application=true":                   {"34447700900", "447700900001"},
		"has_application=false":                  {"14155550100", "4477009000012"},
		"has_application=false&country=GB":       {"4477009000012"},
		"size=3":                                 {"14155550100", "34447700900", "447700900001"},
		"size=3&index=2":                         {"4477009000012"},
		"size=3&index=3":                         nil,
		"has_application=true&size=1&index=2":    {"447700900001"},
		"country=GB&pattern=12&search_pattern=2": {"4477009000012"},
	} {
		found, _ := msisdns(a.get("/account/numbers?"+query).want(t, 200).json)
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	if _, count := msisdns(a.get("/account/numbers?size=1&has_application=true").json); count != 2. {
		t.Errorf("count %v, want the total", count)
	}
	want := document{"count": 1., "numbers": []any{document{
		"country": "GB", "msisdn": "447700900001", "type": "mobile-lvn", "features": []any{"VOICE", "SMS"}, "app_id": "A",
	}}}
	if diff := cmp.Diff(want, a.get("/account/numbers?application_id=A").json); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
	if empty := a.get("/account/numbers?index=9").want(t, 200).text; empty != "{}\n" {
		t.Errorf("past the end: %q, want {}", empty)
	}
	for _, query := range []string{
		"size=101", "size=0", "index=0", "search_pattern=3", "country=gb", "country=GBR", "pattern=%2B44", "pattern=4*4",
		"has_application=yes",
	} {
		a.get("/account/numbers?"+query).want(t, 400)
	}
}

func TestNumberCredentials(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.SeedNumber("GB/447700900001", document{}))
	legacy := url.Values{"api_key": {apiKey}, "api_secret": {apiSecret}}
	a.get("/account/numbers").want(t, 200)
	a.get("/account/numbers?"+legacy.Encode(), without("Authorization")).want(t, 200)
	form := url.Values{"api_key": {apiKey}, "api_secret": {apiSecret}, "country": {"GB"}, "msisdn": {"447700900001"}}
	a.postForm("/number/update", form, without("Authorization")).want(t, 200)

	want := document{"error-code": "401", "error-code-label": "authentication failed"}
	for name, got := range map[string]reply{
		"none":         a.get("/account/numbers", without("Authorization")),
		"wrong":        a.get("/account/numbers", func(r *http.Request) { r.SetBasicAuth(apiKey, "x") }),
		"wrong legacy": a.get("/account/numbers?api_key="+apiKey+"&api_secret=x", without("Authorization")),
		"update":       a.postForm("/number/update", url.Values{}, without("Authorization")),
	} {
		if diff := cmp.Diff(want, got.want(t, 401).json); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	a.get("/account/numbers?"+legacy.Encode()).want(t, 401) // both methods at once
	a.send("POST", "/account/numbers", "{}").want(t, 405)

	other := newAccount(t, emulator.Options{Variant: emulator.Variant{InvalidAuthToken: true}})
	if label := other.get("/account/numbers", without("Authorization")).want(t, 401).json["error-code-label"]; label != "Invalid auth token" {
		t.Errorf("label %v", label)
	}
}

func TestNumberUpdateReplaces(t *testing.T) {
	t.Parallel()
	linked := func(id string) document {
		return document{"app_id": id, "voiceCallbackType": "app", "voiceCallbackValue": id}
	}
	for _, test := range []struct {
		name         string
		variant      emulator.Variant
		before, form document
		want         document
	}{
		{"link", emulator.Variant{}, nil, document{"app_id": "A"}, linked("A")},
		{"link elsewhere", emulator.Variant{}, linked("A"), document{"app_id": "B"}, linked("B")},
		{"link in the old way", emulator.Variant{}, nil, document{"voiceCallbackType": "app", "voiceCallbackValue": "A"}, linked("A")},
		{
			"link in the other old way",
			emulator.Variant{},
			nil,
			document{"messagesCallbackType": "app", "messagesCallbackValue": "A"},
			linked("A"),
		},
		{
			"old ways ignored",
			emulator.Variant{AppCallbackIgnored: true},
			nil,
			document{"voiceCallbackType": "app", "voiceCallbackValue": "A"},
			document{},
		},
		{"omission unlinks", emulator.Variant{}, linked("A"), document{}, document{}},
		{"empty value unlinks", emulator.Variant{}, linked("A"), document{"app_id": ""}, document{}},
		{
			"mirror alone keeps the link",
			emulator.Variant{},
			linked("A"),
			document{"voiceCallbackType": "app", "voiceCallbackValue": "A"},
			linked("A"),
		},
		{
			"SIP beside the link",
			emulator.Variant{},
			linked("A"),
			document{"app_id": "A", "voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@b;transport=tls"},
			document{"app_id": "A", "voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@b;transport=tls"},
		},
		{
			"omission ends forwarding",
			emulator.Variant{},
			document{"voiceCallbackType": "tel", "voiceCallbackValue": "4477"},
			document{},
			document{},
		},
		{"SMS webhook set", emulator.Variant{}, nil, document{"moHttpUrl": "http://h/?a=b&c=+"}, document{"moHttpUrl": "http://h/?a=b&c=+"}},
		{"SMS webhook removed", emulator.Variant{}, document{"moHttpUrl": "http://h"}, document{"moHttpUrl": ""}, document{}},
		{"SMS webhook omitted", emulator.Variant{}, document{"moHttpUrl": "http://h"}, document{}, document{"moHttpUrl": "http://h"}},
		{
			"SMS webhook omitted and cleared",
			emulator.Variant{OmittedSMSWebhookCleared: true},
			document{"moHttpUrl": "http://h"},
			document{},
			document{},
		},
		{
			"write-only fields kept",
			emulator.Variant{},
			document{"moSmppSysType": "x", "voiceStatusCallback": "http://s"},
			document{},
			document{"moSmppSysType": "x", "voiceStatusCallback": "http://s"},
		},
		{
			"write-only fields cleared",
			emulator.Variant{OmittedWriteOnlyCleared: true},
			document{"moSmppSysType": "x", "voiceStatusCallback": "http://s"},
			document{},
			document{},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, emulator.Options{Variant: test.variant})
			seed(t, a.SeedApplication("A", document{"name": "a"}))
			seed(t, a.SeedApplication("B", document{"name": "b"}))
			before := document{"features": []any{"VOICE"}}
			maps.Copy(before, test.before)
			seed(t, a.SeedNumber("GB/447700900001", before))
			form := url.Values{"country": {"GB"}, "msisdn": {"447700900001"}}
			for name, value := range test.form {
				form.Set(name, fmt.Sprint(value))
			}
			success := a.postForm("/number/update", form).want(t, 200).json
			if diff := cmp.Diff(document{"error-code": "200", "error-code-label": "success"}, success); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
			want := document{"country": "GB", "msisdn": "447700900001", "features": []any{"VOICE"}}
			maps.Copy(want, test.want)
			got, _ := a.Number("GB/447700900001")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("number (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNumberUpdateRefusals(t *testing.T) {
	t.Parallel()
	for _, status := range []int{420, 200} {
		a := newAccount(t, emulator.Options{Variant: emulator.Variant{MethodFailedStatus: status}})
		seed(t, a.SeedNumber("GB/447700900001", document{}))
		for name, form := range map[string]url.Values{
			"not owned":           {"country": {"GB"}, "msisdn": {"447700900002"}},
			"wrong country":       {"country": {"US"}, "msisdn": {"447700900001"}},
			"no country":          {"msisdn": {"447700900001"}},
			"unknown application": {"country": {"GB"}, "msisdn": {"447700900001"}, "app_id": {"X"}},
			"unknown type":        {"country": {"GB"}, "msisdn": {"447700900001"}, "voiceCallbackType": {"fax"}, "voiceCallbackValue": {"1"}},
			"type without value":  {"country": {"GB"}, "msisdn": {"447700900001"}, "voiceCallbackType": {"sip"}},
			"value without type":  {"country": {"GB"}, "msisdn": {"447700900001"}, "voiceCallbackValue": {"sip:a@b"}},
		} {
			want := document{"error-code": "420", "error-code-label": "method failed"}
			if diff := cmp.Diff(want, a.postForm("/number/update", form).want(t, status).json); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		// A JSON body is not read, so its parameters are missing.
		a.send("POST", "/number/update", `{"country":"GB","msisdn":"447700900001"}`).want(t, status)
		a.do("POST", "/number/update?country=GB&msisdn=447700900001", nil).want(t, 200)
		a.postForm("/number/update", url.Values{
			"country": {"GB"}, "msisdn": {"447700900001"}, "voiceCallbackType": {"app"}, "voiceCallbackValue": {""},
		}).want(t, 500)
	}
}

// nexmo-cli's request to end a forwarding is either refused or accepted: no source says which.
func TestNumberCallbackTypeAlone(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"sip", "tel", "vxml", "app", "fax"} {
		a := newAccount(t, emulator.Options{Variant: emulator.Variant{CallbackTypeAloneClears: true}})
		seed(t, a.SeedNumber("GB/447700900001", document{"voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@b"}))
		got := a.postForm("/number/update", url.Values{"country": {"GB"}, "msisdn": {"447700900001"}, "voiceCallbackType": {kind}})
		number, _ := a.Number("GB/447700900001")
		_, forwarded := number["voiceCallbackType"]
		want := map[string]int{"app": 500, "fax": 420}[kind]
		if want == 0 {
			want = 200
		}
		if got.want(t, want); forwarded == (want == 200) {
			t.Errorf("%s: %v", kind, number)
		}
	}
}

func TestNumberWriteOnlyFields(t *testing.T) {
	t.Parallel()
	number := document{"moSmppSysType": "x", "voiceStatusCallback": "http://s"}
	a := newAccount(t, emulator.Options{})
	seed(t, a.SeedNumber("GB/447700900001", number))
	want := []any{document{"country": "GB", "msisdn": "447700900001"}}
	if diff := cmp.Diff(want, a.get("/account/numbers").json["numbers"]); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
	a = newAccount(t, emulator.Options{Variant: emulator.Variant{StatusCallbackShown: true}})
	seed(t, a.SeedNumber("GB/447700900001", number))
	want = []any{document{"country": "GB", "msisdn": "447700900001", "voiceStatusCallbackUrl": "http://s"}}
	if diff := cmp.Diff(want, a.get("/account/numbers").json["numbers"]); diff != "" {
		t.Errorf("listed with the status callback (-want +got):\n%s", diff)
	}
}

// Lists may show the state before a write for some time.
func TestNumberListConsistencyDelay(t *testing.T) {
	t.Parallel()
	now := newClock()
	a := newAccount(t, emulator.Options{Now: now.Now, Variant: emulator.Variant{Consistency: 5 * time.Second}})
	seed(t, a.SeedNumber("GB/447700900001", document{}))
	a.postForm("/number/update", url.Values{"country": {"GB"}, "msisdn": {"447700900001"}, "moHttpUrl": {"http://h"}}).want(t, 200)
	shown := func() string {
		numbers, _ := a.get("/account/numbers").want(t, 200).json["numbers"].([]any)
		if len(numbers) != 1 {
			t.Fatalf("%d numbers", len(numbers))
		}
		return text(numbers[0], "moHttpUrl")
	}
	if got := shown(); got != "" {
		t.Errorf("at once: %q", got)
	}
	now.advance(5 * time.Second)
	if got := shown(); got != "http://h" {
		t.Errorf("later: %q", got)
	}
}
