// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/malformed"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// answer is an API that gives the same response to every request.
type answer string

func (a answer) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(string(a)))}, nil
}

const fullAnswer = `{"id":"i","name":"n","keys":{"public_key":null,"private_key":"P"},"privacy":{"improve_ai":true},"capabilities":{
 "voice":{"webhooks":{"answer_url":{"address":"https://a","http_method":"GET","connect_timeout":1000,"socket_timeout":5000},
  "fallback_answer_url":{"address":"","http_method":"GET"},"event_url":{"address":"https://e"}},
  "signed_callbacks":true,"conversations_ttl":48,"leg_persistence_time":7,"region":"eu-west"},
 "messages":{"webhooks":{"inbound_url":{"address":"https://i"},"status_url":{"address":"https://s"}},"version":"v1"},
 "rtc":{"webhooks":{"event_url":{"address":"https://r","http_method":"POST"}},"signed_callbacks":false},
 "verify":{"webhooks":{"status_url":{"address":"https://v"}},"version":"v2"},"vbc":{},
 "video":{"webhooks":{"archive_status":{"address":"https://h","active":true,"secret":"s"}},"storage":{"cloud_storage":true}},
 "network_apis":{"network_application_id":"x","redirect_uri":"https://n"}}}`

// answerCheck returns a check that the states made from a response are complete, and that writing them back changes
// nothing. A response that the client rejects must leave no state.
func answerCheck(ctx context.Context) func(t *testing.T, body string) {
	var described datasource.SchemaResponse
	NewDataSource().Schema(ctx, datasource.SchemaRequest{}, &described)
	resource, source := emptyState(ctx), tfsdk.State{Schema: described.Schema}
	return func(t *testing.T, body string) {
		t.Helper()
		client := vonage.New(vonage.Config{APIURL: "http://127.0.0.1", Transport: answer(body), Account: noAccount})
		app, err := client.Applications.Get(t.Context(), "i")
		if err != nil {
			return
		}
		imported := newModel(app, model{Timeouts: noTimeouts()})
		malformed.Fits(t, body, resource, imported)
		malformed.Fits(t, body, source, newDataModel(app))
		if !strings.EqualFold(imported.ID.ValueString(), "i") {
			t.Fatalf("%s has the id %s", body, imported.ID)
		}
		if diff := cmp.Diff(imported, newModel(overTheWire(t, imported.toRequest()), imported), equateModels()); diff != "" {
			t.Fatalf("writing back %s changes it:\n%s", body, diff)
		}
	}
}

func noAccount(context.Context) (vonage.Account, error) { return vonage.Account{}, nil }

func FuzzState(f *testing.F) {
	for _, seed := range []string{
		fullAnswer, `{"id":"i","capabilities":{"voice":{"webhooks":[],"leg_persistence_time":"7"}},"keys":{"public_key":"-----BEGIN CERTIFICATE-----"}}`,
		`{"id":"I","name":""}`, `{"id":"i","name":"\ud800","capabilities":{"video":{}}}`, "{\"id\":\"i\",\"name\":\"\xff\"}",
	} {
		f.Add(seed)
	}
	check := answerCheck(f.Context())
	f.Fuzz(check)
}

func TestMalformedAnswersMakeWholeStates(t *testing.T) {
	t.Parallel()
	check := answerCheck(t.Context())
	for body := range malformed.Documents(fullAnswer) {
		check(t, body)
	}
}

// FuzzAttributePath checks that an error about any API parameter is reported on an existing attribute, or on none.
func FuzzAttributePath(f *testing.F) {
	for _, seed := range []string{
		"capabilities.voice.webhooks.answer_url.address", "capabilities.video.webhooks.archive_status.address", "keys.public_key",
		"privacy.improve_ai", "name", "", ".", "capabilities", "capabilities.", "video.webhooks", "voice.webhooks", "keys..", "capabilities.voice..",
		"timeouts.create", "video.webhooks..", "video.storage.cloud_storage.x", "name.x", "a[0]", strings.Repeat(".", 1<<16),
	} {
		f.Add(seed)
	}
	attribute, schema := attributePath(f.Context()), resourceSchema(f.Context())
	f.Fuzz(func(t *testing.T, apiName string) {
		at, found := attribute(apiName)
		if _, diags := schema.AttributeAtPath(t.Context(), at); found && diags.HasError() {
			t.Errorf("%q is mapped to %s, which does not exist", apiName, at)
		}
	})
}
