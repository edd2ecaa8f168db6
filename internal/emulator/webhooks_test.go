// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// hangUp closes the connection during a request.
func hangUp(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = connection.Close()
	}
}

// A failing answer webhook is tried twice if a retry may help, then the fallback URL is told why.
func TestAnswerWebhookFailures(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		fail   func(http.ResponseWriter)
		tries  int
		reason string
	}{
		{"429", func(w http.ResponseWriter) { w.WriteHeader(http.StatusTooManyRequests) }, 2, "HTTP status 429"},
		{"503", func(w http.ResponseWriter) { w.WriteHeader(http.StatusServiceUnavailable) }, 2, "HTTP status 503"},
		{"504", func(w http.ResponseWriter) { w.WriteHeader(http.StatusGatewayTimeout) }, 2, "HTTP status 504"},
		{"reset", hangUp, 2, "EOF"},
		{"500", func(w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) }, 1, "HTTP status 500"},
		{"404", func(w http.ResponseWriter) { w.WriteHeader(http.StatusNotFound) }, 1, "HTTP status 404"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, server := phoneLine(t, emulator.Options{}, func(w http.ResponseWriter, got hook) {
				if got.path == "/fallback" {
					_, _ = io.WriteString(w, tutorialNCCO)
					return
				}
				test.fail(w)
			}, document{"fallback_answer_url": "/fallback"})
			placed := place(t, a, emulator.InboundCall{Answered: true})
			if placed.Status != "answered" {
				t.Errorf("status %q", placed.Status)
			}
			for range test.tries {
				if asked := <-server.asked; asked.path != "/answer" {
					t.Fatalf("asked %s", asked.path)
				}
			}
			asked := <-server.asked
			want := document{
				"to": number, "from": caller, "uuid": placed.UUID, "conversation_uuid": placed.ConversationUUID, "endpoint_type": "phone",
				"region_url": a.url, "reason": test.reason, "original_request": document{"url": server.url + "/answer?mine=1", "type": "answer"},
			}
			if diff := cmp.Diff(want, asked.body); diff != "" || asked.path != "/fallback" {
				t.Errorf("%s (-want +got):\n%s", asked.path, diff)
			}
			attempts := a.Webhooks()
			found := 0
			for _, attempt := range attempts {
				if strings.Contains(attempt.URL, "/answer?") && attempt.Error != "" {
					found++
				}
			}
			if found != test.tries {
				t.Errorf("%d failed attempts in the log, want %d: %+v", found, test.tries, attempts)
			}
		})
	}
}

// The fallback URL is tried twice too, also after a failed event. Without a fallback URL the call continues.
func TestFallbackFailures(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, func(w http.ResponseWriter, got hook) {
		if got.path == "/answer" {
			_, _ = io.WriteString(w, `[{"action":"input","type":["dtmf"]},{"action":"talk","text":"on","loop":0}]`)
			return
		}
		w.WriteHeader(http.StatusServiceUnavailable)
	}, document{"fallback_answer_url": "/fallback"})
	application, _ := a.Application(applicationID)
	event, _ := at(application, "capabilities", "voice", "webhooks", "event_url").(document)
	event["address"] = "http://127.0.0.1:1/nobody"
	seed(t, a.SeedApplication(applicationID, application))
	if placed := place(t, a, emulator.InboundCall{}); placed.Status != "answered" {
		t.Errorf("status %q", placed.Status)
	}
	<-server.asked // the request for the NCCO
	for range 2 {
		asked := <-server.asked
		original, _ := asked.body["original_request"].(document)
		if asked.path != "/fallback" || original["type"] != "event" || original["url"] != event["address"] || text(asked.body, "reason") == "" {
			t.Errorf("%s: %v", asked.path, asked.body)
		}
	}
	if len(server.asked) != 0 {
		t.Errorf("%d more requests", len(server.asked))
	}
}

func TestAnswerWebhookSecondTry(t *testing.T) {
	t.Parallel()
	first := true
	a, _ := phoneLine(t, emulator.Options{}, func(w http.ResponseWriter, _ hook) {
		if first {
			first = false
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, tutorialNCCO)
	}, document{"fallback_answer_url": "/fallback"})
	if placed := place(t, a, emulator.InboundCall{Answered: true}); placed.Status != "answered" {
		t.Errorf("status %q", placed.Status)
	}
}

// A webhook that exceeds the application's timeout counts as timed out.
func TestAnswerWebhookTimeout(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	a, _ := phoneLine(t, emulator.Options{}, func(_ http.ResponseWriter, _ hook) { <-release }, nil)
	t.Cleanup(func() { close(release) })
	application, _ := a.Application(applicationID)
	answer, _ := at(application, "capabilities", "voice", "webhooks", "answer_url").(document)
	answer["connect_timeout"], answer["socket_timeout"] = 5, 5
	seed(t, a.SeedApplication(applicationID, application))
	if placed := place(t, a, emulator.InboundCall{}); placed.Status != "failed" {
		t.Errorf("status %q", placed.Status)
	}
	timeouts := 0
	for _, attempt := range a.Webhooks() {
		if attempt.Method == http.MethodGet && attempt.Error == "no answer within 10ms" {
			timeouts++
		}
	}
	if timeouts != 2 {
		t.Errorf("%d timeouts, want 2: %+v", timeouts, a.Webhooks())
	}
}

// Without an NCCO the call ends, and an event reports why.
func TestCallWithoutNCCO(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer func(http.ResponseWriter, hook)
		reason string
	}{
		"nobody answers":   {func(w http.ResponseWriter, _ hook) { w.WriteHeader(http.StatusInternalServerError) }, "HTTP status 500"},
		"no JSON":          {ncco("hello"), "Syntax error in NCCO. Invalid value type or action."},
		"an object":        {ncco(`{"action":"talk"}`), "Syntax error in NCCO. Invalid value type or action."},
		"unknown action":   {ncco(`[{"action":"dance"}]`), "Syntax error in NCCO. Invalid value type or action."},
		"missing endpoint": {ncco(`[{"action":"connect"}]`), "Syntax error in NCCO. Invalid value type or action."},
		"empty endpoint":   {ncco(`[{"action":"connect","endpoint":[]}]`), "Syntax error in NCCO. Invalid value type or action."},
		"unknown endpoint": {ncco(`[{"action":"connect","endpoint":[{"type":"pigeon"}]}]`), "Syntax error in NCCO. Invalid value type or action."},
		"no number":        {ncco(`[{"action":"connect","endpoint":[{"type":"phone"}]}]`), "Syntax error in NCCO. Invalid value type or action."},
		"a wrong type":     {ncco(`[{"action":"talk","text":5}]`), "Syntax error in NCCO. Invalid value type or action."},
		"one URL for many": {ncco(`[{"action":"stream","streamUrl":"http://h"}]`), "Syntax error in NCCO. Invalid value type or action."},
		"something after":  {ncco(`[{"action":"talk","text":"hi"}],`), "Syntax error in NCCO. Invalid value type or action."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, server := phoneLine(t, emulator.Options{}, test.answer, nil)
			placed := place(t, a, emulator.InboundCall{})
			if placed.Status != "failed" {
				t.Errorf("status %q", placed.Status)
			}
			statuses(server, 2)
			if event := (<-server.events).body; event["reason"] != test.reason || event["conversation_uuid"] != placed.ConversationUUID {
				t.Errorf("event %v, want reason %q", event, test.reason)
			}
			if event := (<-server.events).body; event["status"] != "failed" {
				t.Errorf("last event %v", event)
			}
			if _, exists := a.Conversation(placed.ConversationUUID); exists {
				t.Error("the conversation is still there")
			}
		})
	}
}

// An event is tried twice, then the call continues without it.
func TestEventWebhookFailure(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, func(w http.ResponseWriter, got hook) {
		if got.path == "/answer" {
			_, _ = io.WriteString(w, tutorialNCCO)
			return
		}
		w.WriteHeader(http.StatusServiceUnavailable)
	}, document{"event_url": "/broken"})
	if placed := place(t, a, emulator.InboundCall{Answered: true}); placed.Status != "answered" {
		t.Errorf("status %q", placed.Status)
	}
	asked := map[string]int{}
	for range 13 {
		asked[(<-server.asked).path]++
	}
	if diff := cmp.Diff(map[string]int{"/answer": 1, "/broken": 12}, asked); diff != "" {
		t.Errorf("six events, twice each (-want +got):\n%s", diff)
	}
}

func TestSignedWebhooks(t *testing.T) {
	t.Parallel()
	now := newClock()
	a, server := phoneLine(t, emulator.Options{Now: now.Now, SignatureSecret: "the secret"}, ncco(tutorialNCCO),
		document{"signed_callbacks": true})
	place(t, a, emulator.InboundCall{})
	check := func(got hook, hash any) {
		t.Helper()
		claims := jwt.MapClaims{}
		encoded := strings.TrimPrefix(got.header.Get("Authorization"), "Bearer ")
		_, err := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithTimeFunc(now.Now)).
			ParseWithClaims(encoded, claims, func(*jwt.Token) (any, error) { return []byte("the secret"), nil })
		if err != nil {
			t.Fatal(err)
		}
		want := jwt.MapClaims{
			"iat": float64(now.Now().Unix()), "jti": claims["jti"], "iss": "Vonage", "api_key": apiKey, "application_id": applicationID,
		}
		if hash != nil {
			want["payload_hash"] = hash
		}
		if diff := cmp.Diff(want, claims); diff != "" {
			t.Errorf("claims (-want +got):\n%s", diff)
		}
	}
	check(<-server.asked, nil)
	event := <-server.events
	digest := sha256.Sum256([]byte(event.raw))
	check(event, hex.EncodeToString(digest[:]))
}

func TestUnsignedWebhooks(t *testing.T) {
	t.Parallel()
	a, server := phoneLine(t, emulator.Options{}, ncco(tutorialNCCO), document{"signed_callbacks": false})
	place(t, a, emulator.InboundCall{})
	if got := (<-server.asked).header.Get("Authorization"); got != "" {
		t.Errorf("Authorization %q", got)
	}
}

// The webhook log records what a developer needs for diagnosis.
func TestWebhookLog(t *testing.T) {
	t.Parallel()
	a, _ := phoneLine(t, emulator.Options{}, ncco(tutorialNCCO), document{"event_url": ""})
	application, _ := a.Application(applicationID)
	event, _ := at(application, "capabilities", "voice", "webhooks", "event_url").(document)
	event["address"] = ""
	seed(t, a.SeedApplication(applicationID, application))
	placed := place(t, a, emulator.InboundCall{})
	got := a.Webhooks()
	if len(got) == 1 && (got[0].Call != placed.UUID || string(got[0].Answer) != tutorialNCCO) {
		t.Errorf("the attempt of call %s: %+v", placed.UUID, got[0])
	}
	if len(got) != 1 || got[0].Method != http.MethodGet || got[0].Status != 200 || !strings.Contains(got[0].URL, "/answer?") {
		t.Errorf("attempts: %+v", got)
	}
	if listed := a.get("/emulator/webhooks").want(t, 200).text; strings.Count(listed, `"url":`) != 1 || !strings.Contains(listed, `"milliseconds":`) {
		t.Errorf("control API: %s", listed)
	}
}
