// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"fmt"
	"strings"
	"testing"
)

// benchmarkApplication is an application with most of the possible settings.
const benchmarkApplication = `{"id":"a","name":"n","keys":{"public_key":"-----BEGIN PUBLIC KEY-----"},"privacy":{"improve_ai":true},
 "capabilities":{"voice":{"webhooks":{"answer_url":{"address":"https://h/a","http_method":"GET","connect_timeout":1000},
  "event_url":{"address":"https://h/e","http_method":"POST","socket_timeout":10000}},"signed_callbacks":true,"conversations_ttl":48},
  "messages":{"webhooks":{"inbound_url":{"address":"https://h/i","http_method":"POST"}},"version":"v1"},"bulk":{"webhooks":{}}},
 "_links":{"self":{"href":"/v2/applications/a"}}}`

func BenchmarkDecodeApplication(b *testing.B) {
	body := []byte(benchmarkApplication)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeApplication(body); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUpdateBody(b *testing.B) {
	current, err := decodeApplication([]byte(benchmarkApplication))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := updateBody(current, current.application); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeNumbersPage(b *testing.B) {
	entries := make([]string, pageSize)
	for i := range entries {
		entries[i] = fmt.Sprintf(`{"country":"GB","msisdn":"4477%08d","type":"mobile-lvn","features":["VOICE","SMS"],"app_id":"a"}`, i)
	}
	body := []byte(`{"count":100,"numbers":[` + strings.Join(entries, ",") + `]}`)
	b.ReportAllocs()
	for b.Loop() {
		var page numbersPage
		if err := decode(body, &page); err != nil {
			b.Fatal(err)
		}
	}
}
