// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestAnsweredFillsOnlyTheGaps(t *testing.T) {
	t.Parallel()
	yes, no, ten := true, false, int64(10)
	sent := vonage.Application{
		Name: "new", Privacy: &vonage.Privacy{ImproveAI: &yes},
		Capabilities: vonage.Capabilities{
			Verify:   &vonage.Verify{Webhooks: vonage.VerifyWebhooks{StatusURL: &vonage.Webhook{Address: "https://v"}}},
			Messages: &vonage.Messages{Version: "v0.1", AuthenticateInboundMedia: &yes},
			Voice:    &vonage.Voice{Webhooks: vonage.VoiceWebhooks{EventURL: &vonage.Webhook{Address: "https://e", ConnectTimeout: &ten}}},
			Video:    &vonage.Video{Webhooks: vonage.VideoWebhooks{"render_status": {Address: "https://r", Secret: "s"}, "stream_created": {Address: "https://s"}}},
		},
	}
	answer := vonage.Application{
		ID: "i", Name: "new",
		Capabilities: vonage.Capabilities{
			Messages: &vonage.Messages{AuthenticateInboundMedia: &no},
			Voice:    &vonage.Voice{Webhooks: vonage.VoiceWebhooks{EventURL: &vonage.Webhook{Address: "https://e", SocketTimeout: &ten}}, SignedCallbacks: &no},
			Video:    &vonage.Video{Webhooks: vonage.VideoWebhooks{"stream_created": {Address: "https://s", Active: &yes, Secret: "made up"}}},
		},
	}
	want := vonage.Application{
		ID: "i", Name: "new", Privacy: &vonage.Privacy{ImproveAI: &yes},
		Capabilities: vonage.Capabilities{
			Verify:   sent.Capabilities.Verify,
			Messages: &vonage.Messages{Version: "v0.1", AuthenticateInboundMedia: &no},
			Voice: &vonage.Voice{
				Webhooks:        vonage.VoiceWebhooks{EventURL: &vonage.Webhook{Address: "https://e", ConnectTimeout: &ten, SocketTimeout: &ten}},
				SignedCallbacks: &no,
			},
			Video: &vonage.Video{Webhooks: vonage.VideoWebhooks{"render_status": {Address: "https://r", Secret: "s"}, "stream_created": {Address: "https://s", Active: &yes}}},
		},
	}
	before, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, completeAnswer(answer, sent)); diff != "" {
		t.Error(diff)
	}
	// The response may be in use by other readers.
	if after, err := json.Marshal(answer); err != nil || string(after) != string(before) {
		t.Errorf("the answer itself is changed: %v\n%s", err, cmp.Diff(string(before), string(after)))
	}
}
