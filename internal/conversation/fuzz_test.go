// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/malformed"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// checkAnswer requires that the state made from a response is complete. A response that the client rejects must leave
// none.
func checkAnswer(t *testing.T, body string) {
	t.Helper()
	config := model{ID: types.StringValue("CON-1"), APIVersion: types.StringValue(vonage.ConversationV01)}
	client := vonage.New(vonage.Config{APIURL: "http://127.0.0.1", Transport: answers(body), Token: noToken{}})
	query, _ := config.toRequest()
	conversation, err := client.Conversations.Get(t.Context(), query)
	if err != nil {
		return
	}
	read := newModel(conversation, config)
	malformed.Fits(t, body, tfsdk.State{Schema: newSchema()}, read)
	if len(read.Members) != len(conversation.Members) || len(read.Properties.customData()) != len(conversation.Properties.CustomData) {
		t.Errorf("%s lost something on the way", body)
	}
}

func (p *properties) customData() map[string]string {
	if p == nil {
		return nil
	}
	return p.CustomData
}

func FuzzState(f *testing.F) {
	for _, seed := range []string{
		everything, `{"id":"CON-1"}`, "{\"id\":\"CON-1\",\"name\":\"\xff\"}", `{"id":"CON-1","properties":{"custom_data":{"a":null,"b":[1 ],"\ud800":1}}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(checkAnswer)
}

func TestMalformedAnswersMakeWholeStates(t *testing.T) {
	t.Parallel()
	for body := range malformed.Documents(everything) {
		checkAnswer(t, body)
	}
}

// FuzzRegionURL checks that the application's token is sent only to Vonage or to this machine, and to Vonage only over
// TLS.
func FuzzRegionURL(f *testing.F) {
	for _, seed := range []string{
		"https://api-us-3.vonage.com", "https://API.nexmo.com:443/", "http://127.0.0.1:4010", "https://localhost", "https://evilvonage.com",
		"https://vonage.com@evil.test", "https://evil.test\\.vonage.com", "http://[::1%25vonage.com]", "https://evil.test#.vonage.com", "https://vonage.com.",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		origin, err := parseRegionURL(text)
		if err != nil {
			return
		}
		asked, err := url.Parse(origin + "/v1/conversations/CON-1")
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		host := "." + strings.ToLower(asked.Hostname())
		loopback := host == ".localhost" || strings.HasPrefix(host, ".127.") || strings.Contains(host, ":")
		if !loopback && (asked.Scheme != "https" || !strings.HasSuffix(host, ".vonage.com") && !strings.HasSuffix(host, ".nexmo.com")) {
			t.Errorf("%q leads to %s", text, asked)
		}
		if again, err := parseRegionURL(origin); err != nil || again != origin || asked.User != nil {
			t.Errorf("%q became %q, which became %q, %v", text, origin, again, err)
		}
	})
}
