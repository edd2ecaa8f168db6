// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import "testing"

func TestAttributePath(t *testing.T) {
	t.Parallel()
	attribute := attributePath(t.Context())
	for apiName, want := range map[string]string{
		"name":               "name",
		"keys.public_key":    "public_key",
		"privacy.improve_ai": "improve_ai",
		"capabilities.voice.webhooks.answer_url.http_method":         "voice.answer_url.http_method",
		"capabilities.voice.webhooks.event_url":                      "voice.event_url",
		"capabilities.voice.signed_callbacks":                        "voice.signed_callbacks",
		"capabilities.messages.version":                              "messages.version",
		"capabilities.video.webhooks.render_status.address":          `video.webhooks["render_status"].address`,
		"capabilities.video.storage.cloud_storage":                   "video.storage.cloud_storage",
		"capabilities.video.webhooks":                                "video.webhooks",
		"capabilities.network_apis.redirect_uri":                     "network_apis.redirect_uri",
		"capabilities":                                               "",
		"capabilities.meetings.webhooks.room_changed":                "",
		"capabilities.voice.webhooks.answer_url.connection_timeout":  "",
		"capabilities.video.webhooks.render_status.address.whatever": "",
		"": "",
	} {
		at, ok := attribute(apiName)
		if ok != (want != "") || ok && at.String() != want {
			t.Errorf("%q: %s, %t; want %q", apiName, at, ok, want)
		}
	}
}
