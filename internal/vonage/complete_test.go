// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnswerIsFilledOnlyInTheGaps(t *testing.T) {
	t.Parallel()
	yes, no, ten := true, false, int64(10)
	sent := Application{
		Name: "new", Privacy: &Privacy{ImproveAI: &yes},
		Capabilities: Capabilities{
			Verify:   &Verify{Webhooks: VerifyWebhooks{StatusURL: &Webhook{Address: "https://v"}}},
			Messages: &Messages{Version: "v0.1", AuthenticateInboundMedia: &yes},
			Voice:    &Voice{Webhooks: VoiceWebhooks{EventURL: &Webhook{Address: "https://e", ConnectTimeout: &ten}}},
			Video:    &Video{Webhooks: VideoWebhooks{"render_status": {Address: "https://r", Secret: "s"}, "stream_created": {Address: "https://s"}}},
		},
	}
	answer := Application{
		ID: "i", Name: "new",
		Capabilities: Capabilities{
			Messages: &Messages{AuthenticateInboundMedia: &no},
			Voice:    &Voice{Webhooks: VoiceWebhooks{EventURL: &Webhook{Address: "https://e", SocketTimeout: &ten}}, SignedCallbacks: &no},
			Video:    &Video{Webhooks: VideoWebhooks{"stream_created": {Address: "https://s", Active: &yes, Secret: "made up"}}},
		},
	}
	want := Application{
		ID: "i", Name: "new", Privacy: &Privacy{ImproveAI: &yes},
		Capabilities: Capabilities{
			Verify:   sent.Capabilities.Verify,
			Messages: &Messages{Version: "v0.1", AuthenticateInboundMedia: &no},
			Voice: &Voice{
				Webhooks:        VoiceWebhooks{EventURL: &Webhook{Address: "https://e", ConnectTimeout: &ten, SocketTimeout: &ten}},
				SignedCallbacks: &no,
			},
			Video: &Video{Webhooks: VideoWebhooks{"render_status": {Address: "https://r", Secret: "s"}, "stream_created": {Address: "https://s", Active: &yes, Secret: "made up"}}},
		},
	}
	before, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, complete(answer, sent).Application); diff != "" {
		t.Error(diff)
	}
	// The response may be in use by other readers.
	if after, err := json.Marshal(answer); err != nil || string(after) != string(before) {
		t.Errorf("the answer itself is changed: %v\n%s", err, cmp.Diff(string(before), string(after)))
	}
}

func TestLeftOut(t *testing.T) {
	t.Parallel()
	signed, off := true, false
	sent := Capabilities{
		Voice: &Voice{SignedCallbacks: &signed}, // not empty when sent: if it is missing, it is off
		RTC:   &RTC{}, Verify: &Verify{}, Video: &Video{}, VBC: &VBC{},
	}
	sent.Video.Storage = &VideoStorage{ServerSideEncryption: &off}
	if diff := cmp.Diff([]string{"rtc", "vbc", "verify", "video"}, leftOut(sent, Capabilities{})); diff != "" {
		t.Error(diff)
	}
	sent.Video.Storage.CloudStorage = &signed
	if diff := cmp.Diff([]string{"rtc", "vbc", "verify"}, leftOut(sent, Capabilities{})); diff != "" {
		t.Error(diff)
	}
	left := leftOut(sent, Capabilities{Video: &Video{}})
	if diff := cmp.Diff([]string{"rtc", "vbc", "verify"}, left); diff != "" {
		t.Fatal(diff)
	}
	read, still := Capabilities{RTC: &RTC{SignedCallbacks: &signed}}.PutBack(left)
	if diff := cmp.Diff([]string{"vbc", "verify"}, still); diff != "" {
		t.Error(diff)
	}
	want := Capabilities{RTC: &RTC{SignedCallbacks: &signed}, Verify: &Verify{}, VBC: &VBC{}}
	if diff := cmp.Diff(want, read); diff != "" {
		t.Error(diff)
	}
}
