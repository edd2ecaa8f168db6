// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"net/http"
	"reflect"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// TestApplicationBodyHasEveryProperty pins the whole body of a new application, property by property, as the
// Application API 2.4.1 spells them.
func TestApplicationBodyHasEveryProperty(t *testing.T) {
	t.Parallel()
	public := publicPEM(t, testKey())
	hook := func(path string) *vonage.Webhook { return hook("https://h/"+path, "POST") }
	whole := vonage.Application{
		Name: "whole", Keys: vonage.Keys{PublicKey: public}, Privacy: improveAI(true),
		Capabilities: vonage.Capabilities{
			Voice: &vonage.Voice{
				Webhooks: vonage.VoiceWebhooks{
					AnswerURL: timed(hook("a"), 300, 1000), FallbackAnswerURL: timed(hook("f"), 400, 2000), EventURL: timed(hook("e"), 500, 3000),
				},
				SignedCallbacks: new(false), ConversationsTTL: new(int64(1)), LegPersistenceTime: new(int64(31)), Region: "apac-sng",
			},
			Messages: &vonage.Messages{
				Webhooks: vonage.MessagesWebhooks{InboundURL: hook("i"), StatusURL: hook("s")},
				Version:  "v0.1", AuthenticateInboundMedia: new(false),
			},
			RTC:    &vonage.RTC{Webhooks: vonage.RTCWebhooks{EventURL: hook("r")}, SignedCallbacks: new(true)},
			Verify: &vonage.Verify{Webhooks: vonage.VerifyWebhooks{StatusURL: hook("v")}},
			Video: &vonage.Video{
				Webhooks: vonage.VideoWebhooks{"archive_status": {Address: "https://h/v", Active: new(false), Secret: "not-a-secret"}},
				Storage:  &vonage.VideoStorage{ServerSideEncryption: new(true), EndToEndEncryption: new(false), CloudStorage: new(true)},
			},
			NetworkAPIs: &vonage.NetworkAPIs{NetworkApplicationID: "N", RedirectURI: "https://h/n"},
			VBC:         &vonage.VBC{},
		},
	}
	mustBeWhole(t, "application", reflect.ValueOf(whole))
	vonageAPI, client := newScript(t, answer{status: http.StatusCreated, body: `{"id":"new","name":"whole","keys":{"public_key":` + quote(public) + `}}`})
	if _, err := client.Applications.Create(t.Context(), whole); err != nil {
		t.Fatal(err)
	}
	sameJSON(t, vonageAPI.requests()[0].Body, `{"name":"whole","keys":{"public_key":`+quote(public)+`},"privacy":{"improve_ai":true},"capabilities":{
	  "voice":{"webhooks":{
	      "answer_url":{"address":"https://h/a","http_method":"POST","connect_timeout":300,"socket_timeout":1000},
	      "fallback_answer_url":{"address":"https://h/f","http_method":"POST","connect_timeout":400,"socket_timeout":2000},
	      "event_url":{"address":"https://h/e","http_method":"POST","connect_timeout":500,"socket_timeout":3000}},
	    "signed_callbacks":false,"conversations_ttl":1,"leg_persistence_time":31,"region":"apac-sng"},
	  "messages":{"webhooks":{"inbound_url":{"address":"https://h/i","http_method":"POST"},"status_url":{"address":"https://h/s","http_method":"POST"}},
	    "version":"v0.1","authenticate_inbound_media":false},
	  "rtc":{"webhooks":{"event_url":{"address":"https://h/r","http_method":"POST"}},"signed_callbacks":true},
	  "verify":{"webhooks":{"status_url":{"address":"https://h/v","http_method":"POST"}}},
	  "video":{"webhooks":{"archive_status":{"address":"https://h/v","active":false,"secret":"not-a-secret"}},
	    "storage":{"server_side_encryption":true,"end_to_end_encryption":false,"cloud_storage":true}},
	  "network_apis":{"network_application_id":"N","redirect_uri":"https://h/n"},
	  "vbc":{}}}`)
}

// mustBeWhole fails for a field left at its zero value, which would be missing from the body: new fields must be
// pinned too.
func mustBeWhole(t *testing.T, at string, value reflect.Value) {
	t.Helper()
	if value.Kind() == reflect.Pointer {
		value = value.Elem()
	}
	if value.Kind() != reflect.Struct {
		return
	}
	for field, inside := range value.Fields() {
		name := at + "." + field.Name
		switch {
		case !inside.IsZero():
			mustBeWhole(t, name, inside)
		case name == "application.ID", name == "application.Keys.PrivateKey": // never sent
		case value.Type() == reflect.TypeFor[vonage.Webhook]() && field.Type == reflect.TypeFor[*int64](): // only voice has timeouts
		default:
			t.Errorf("%s is not set, so that its property is not pinned", name)
		}
	}
}
