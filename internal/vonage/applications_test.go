// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const applicationID = "1b1b1b1b-0000-4000-8000-000000000001"

// full is an application as the API returned it (the shape in the Python SDK's fixtures), with members at every level
// that this client does not model.
const full = `{"id":"1b1b1b1b-0000-4000-8000-000000000001","name":"My Server Demo",
 "keys":{"public_key":"PUBLIC","rotation":"manual"},
 "privacy":{"improve_ai":true,"share":1},
 "security":{"level":3},
 "capabilities":{
  "voice":{"webhooks":{
    "event_url":{"address":"http://h/events","http_method":"POST","socket_timeout":10000,"connect_timeout":1000,"retries":2},
    "answer_url":{"address":"http://h/answer","http_method":"GET","socket_timeout":5000,"connect_timeout":1000},
    "fallback_answer_url":{"address":"","http_method":"GET"},
    "hold_url":{"address":"http://h/hold"}},
   "signed_callbacks":true,"conversations_ttl":48,"leg_persistence_time":7,"region":"eu-west","payment_enabled":false},
  "rtc":{"webhooks":{"event_url":{"address":"http://h/rtc","http_method":"POST"}},"leg_persistence_time":3},
  "video":{"webhooks":{"archive_status":{"address":"http://h/a","active":true},"moderation":{"address":"http://h/m"}},
   "storage":{"cloud_storage":true,"credential_type":"s3"},"environment_id":12345678901234567890},
  "bulk":{"webhooks":{"run_status_url":{"address":"http://h/b"}}}},
 "_links":{"self":{"href":"/v2/applications/1b1b1b1b-0000-4000-8000-000000000001"}}}`

func TestApplicationGet(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t, ok(full))
	got, err := client.Applications.Get(t.Context(), applicationID)
	if err != nil {
		t.Fatal(err)
	}
	want := vonage.Application{
		ID: applicationID, Name: "My Server Demo", Keys: vonage.Keys{PublicKey: "PUBLIC"},
		Privacy: &vonage.Privacy{ImproveAI: new(true)},
		Capabilities: vonage.Capabilities{
			Voice: &vonage.Voice{
				Webhooks: vonage.VoiceWebhooks{
					AnswerURL: &vonage.Webhook{
						Address: "http://h/answer", HTTPMethod: "GET", ConnectTimeout: new(int64(1000)), SocketTimeout: new(int64(5000)),
					},
					EventURL: &vonage.Webhook{
						Address: "http://h/events", HTTPMethod: "POST", ConnectTimeout: new(int64(1000)), SocketTimeout: new(int64(10000)),
					},
				},
				SignedCallbacks: new(true), ConversationsTTL: new(int64(48)), LegPersistenceTime: new(int64(7)), Region: "eu-west",
			},
			RTC: &vonage.RTC{Webhooks: vonage.RTCWebhooks{EventURL: &vonage.Webhook{Address: "http://h/rtc", HTTPMethod: "POST"}}},
			Video: &vonage.Video{
				Webhooks: vonage.VideoWebhooks{"archive_status": {Address: "http://h/a", Active: new(true)}},
				Storage:  &vonage.VideoStorage{CloudStorage: new(true)},
			},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	wantRequests := []received{{
		Method: "GET", Path: "/v2/applications/" + applicationID, Authorization: "Basic YWJjZDEyMzQ6czNjcjpldA==",
	}}
	if diff := cmp.Diff(wantRequests, vonageAPI.requests()); diff != "" {
		t.Error(diff)
	}
}

func TestApplicationGetOfAnother(t *testing.T) {
	t.Parallel()
	for id, body := range map[string]string{"other": full, "A": `{}`, "B": ``, "C": `[]`} {
		_, client := newScript(t, ok(body))
		if got, err := client.Applications.Get(t.Context(), id); err == nil || vonage.IsNotFound(err) {
			t.Errorf("Get gave %+v, %v for an answer that is not the application", got, err)
		}
	}
}

func TestApplicationCreate(t *testing.T) {
	t.Parallel()
	public := publicPEM(t, testKey())
	answered := `{"id":"new","name":"demo","keys":{"public_key":` + quote(public) + `},
	  "capabilities":{"voice":{"webhooks":{"answer_url":{"address":"https://h/a","http_method":"GET","connect_timeout":1000}}}}}`
	vonageAPI, client := newScript(t, answer{status: http.StatusCreated, body: answered})
	want := vonage.Application{
		ID: "ignored", Name: "demo", Keys: vonage.Keys{PublicKey: public, PrivateKey: "never sent"},
		Privacy: &vonage.Privacy{ImproveAI: new(false)},
		Capabilities: vonage.Capabilities{
			Voice: &vonage.Voice{Webhooks: vonage.VoiceWebhooks{AnswerURL: &vonage.Webhook{Address: "https://h/a", HTTPMethod: "GET"}}},
			VBC:   &vonage.VBC{},
		},
	}
	got, err := client.Applications.Create(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	if got.ID != "new" || got.Privacy == nil || *got.Privacy.ImproveAI {
		t.Errorf("Create gave %+v", got)
	}
	if timeout := got.Capabilities.Voice.Webhooks.AnswerURL.ConnectTimeout; timeout == nil || *timeout != 1000 {
		t.Errorf("the default that the server filled in is missing: %v", timeout)
	}
	request := vonageAPI.requests()[0]
	if request.Method != http.MethodPost || request.Path != "/v2/applications" || request.ContentType != "application/json" {
		t.Errorf("got %+v", request)
	}
	sameJSON(t, request.Body, `{"name":"demo","keys":{"public_key":`+quote(public)+`},"privacy":{"improve_ai":false},
	  "capabilities":{"voice":{"webhooks":{"answer_url":{"address":"https://h/a","http_method":"GET"}}},"vbc":{}}}`)
}

func TestApplicationCreateNeedsPublicKey(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t)
	if _, err := client.Applications.Create(t.Context(), vonage.Application{Name: "demo"}); err == nil {
		t.Error("an application without a public key was created")
	}
	if asked := vonageAPI.requests(); len(asked) > 0 {
		t.Errorf("sent %+v", asked)
	}
}

func TestApplicationWithoutCapabilitiesIsSentAsObject(t *testing.T) {
	t.Parallel()
	public := publicPEM(t, testKey())
	vonageAPI, client := newScript(t, ok(`{"id":"new","name":"bare","capabilities":{}}`))
	got, err := client.Applications.Create(t.Context(), vonage.Application{Name: "bare", Keys: vonage.Keys{PublicKey: public}})
	if err != nil {
		t.Fatal(err)
	}
	if got.Keys.PublicKey != public {
		t.Error("the key that the answer omits is missing")
	}
	sameJSON(t, vonageAPI.requests()[0].Body, `{"name":"bare","keys":{"public_key":`+quote(public)+`},"capabilities":{}}`)
}

func TestApplicationUpdateKeepsWhatIsNotModelled(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t, ok(full), ok(`{"id":"`+applicationID+`","name":"renamed","capabilities":{}}`))
	want := vonage.Application{
		Name: "renamed",
		Capabilities: vonage.Capabilities{
			Voice: &vonage.Voice{Webhooks: vonage.VoiceWebhooks{EventURL: &vonage.Webhook{Address: "https://new/events", HTTPMethod: "POST"}}},
			Video: &vonage.Video{Webhooks: vonage.VideoWebhooks{"session_created": {Address: "http://h/s"}}},
		},
	}
	got, err := client.Applications.Update(t.Context(), applicationID, want)
	if err != nil {
		t.Fatal(err)
	}
	if got.ID != applicationID || got.Keys.PublicKey != "PUBLIC" || !*got.Privacy.ImproveAI {
		t.Errorf("members that the answer to PUT omits differ from what was sent: %+v", got)
	}
	requests := vonageAPI.requests()
	if requests[1].Method != http.MethodPut || requests[1].Path != "/v2/applications/"+applicationID {
		t.Errorf("got %+v", requests[1])
	}
	sameJSON(t, requests[1].Body, `{"name":"renamed",
	 "keys":{"public_key":"PUBLIC","rotation":"manual"},"privacy":{"improve_ai":true,"share":1},"security":{"level":3},
	 "capabilities":{
	  "voice":{"webhooks":{"event_url":{"address":"https://new/events","http_method":"POST","retries":2},
      "hold_url":{"address":"http://h/hold"}},
	    "payment_enabled":false},
	  "video":{"webhooks":{"session_created":{"address":"http://h/s"},"moderation":{"address":"http://h/m"}},
	    "environment_id":12345678901234567890},
	  "bulk":{"webhooks":{"run_status_url":{"address":"http://h/b"}}}}}`)
}

func TestApplicationUpdateAlwaysSendsConsentAndKey(t *testing.T) {
	t.Parallel()
	old := `{"id":"` + applicationID + `","name":"old","keys":{"public_key":"K"}}`
	for name, test := range map[string]struct {
		want   vonage.Application
		body   string
		answer string
	}{
		"neither wanted": {
			vonage.Application{Name: "n"},
			`{"name":"n","keys":{"public_key":"K"},"privacy":{"improve_ai":false},"capabilities":{}}`,
			old,
		},
		"both wanted": {
			vonage.Application{Name: "n", Keys: vonage.Keys{PublicKey: "L"}, Privacy: &vonage.Privacy{ImproveAI: new(true)}},
			`{"name":"n","keys":{"public_key":"L"},"privacy":{"improve_ai":true},"capabilities":{}}`,
			`{"id":"` + applicationID + `","keys":{"public_key":"L"}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vonageAPI, client := newScript(t, ok(old), ok(test.answer))
			if _, err := client.Applications.Update(t.Context(), applicationID, test.want); err != nil {
				t.Fatal(err)
			}
			sameJSON(t, vonageAPI.requests()[1].Body, test.body)
		})
	}
}

func TestApplicationDelete(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t,
		answer{status: http.StatusNoContent}, gone, answer{status: http.StatusForbidden})
	for _, wantErr := range []bool{false, false, true} {
		if err := client.Applications.Delete(t.Context(), "a/b"); (err != nil) != wantErr {
			t.Errorf("Delete gave %v", err)
		}
	}
	for _, request := range vonageAPI.requests() {
		if request.Method != http.MethodDelete || request.Path != "/v2/applications/a%2Fb" || strings.HasSuffix(request.Path, "/") {
			t.Errorf("got %+v", request)
		}
	}
}
