// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
)

// webhooks is the tutorial's webhook server: it answers calls with an NCCO that connects them, and records the requests
// from Vonage.
type webhooks struct {
	server   *httptest.Server
	ncco     string
	callUUID string
	// completed receives the end of each leg.
	completed chan struct{}

	mu     sync.Mutex
	answer answer
	events []string
}

// legs is how many legs the call has: those of the caller and of the callee.
const legs = 2

// answer is what the answer webhook received.
type answer struct {
	conversation, region string
	fields               []field
}

type field struct{ name, value string }

func newWebhooks(callee string) *webhooks {
	w := &webhooks{completed: make(chan struct{}, legs), ncco: fmt.Sprintf(`[{"action":"connect","endpoint":[{"type":"phone","number":%q}]}]`, callee)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /webhooks/answer", w.handleAnswer)
	mux.HandleFunc("POST /webhooks/events", w.handleEvent)
	w.server = httptest.NewServer(mux)
	return w
}

func (w *webhooks) url() string { return w.server.URL }

func (w *webhooks) close() {
	w.server.CloseClientConnections()
	w.server.Close()
}

func (w *webhooks) handleAnswer(rw http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	received := answer{conversation: query.Get("conversation_uuid"), region: query.Get("region_url")}
	// The four fields that the tutorial prints, too.
	for _, name := range []string{"from", "to", "uuid", "conversation_uuid"} {
		received.fields = append(received.fields, field{name, query.Get(name)})
	}
	w.mu.Lock()
	w.answer = received
	w.mu.Unlock()

	rw.Header().Set("Content-Type", "application/json")
	_, _ = rw.Write([]byte(w.ncco))
}

func (w *webhooks) handleEvent(_ http.ResponseWriter, r *http.Request) {
	var event struct {
		Status string `json:"status"`
	}
	if err := json.NewDecoder(r.Body).Decode(&event); err != nil || event.Status == "" {
		return
	}
	w.mu.Lock()
	w.events = append(w.events, event.Status)
	w.mu.Unlock()
	if event.Status == "completed" {
		select {
		case w.completed <- struct{}{}:
		default: // nobody waits for more legs than there are
		}
	}
}

func (w *webhooks) answered() answer {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.answer
}

func (w *webhooks) statuses() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.events...)
}
