// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Command memory is the provider with the API built in: its transport answers from the account in the file
// VONAGE_BENCH_ACCOUNT, without a network. The time of its plan is the minimum that the provider's own work and
// Terraform take.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// transport serves requests with the emulator's handler, in the caller's goroutine.
type transport struct{ vonage http.Handler }

func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	received := req.Clone(req.Context())
	received.RequestURI = req.URL.RequestURI()
	if received.Body == nil {
		received.Body = http.NoBody // an http.Handler expects a non-nil body
	}
	recorder := httptest.NewRecorder()
	t.vonage.ServeHTTP(recorder, received)
	response := recorder.Result()
	response.Request = req
	return response, nil
}

func main() {
	account, err := load(os.Getenv("VONAGE_BENCH_ACCOUNT"))
	if err != nil {
		log.Fatal(err)
	}
	if err := provider.Serve(provider.New("bench", provider.WithTransport(transport{account}))(), false); err != nil {
		log.Fatal(err)
	}
}

func load(file string) (*emulator.Emulator, error) {
	text, err := os.ReadFile(file) //nolint:gosec // the benchmark names its own file
	if err != nil {
		return nil, err
	}
	var stored struct {
		Key          string                    `json:"key"`
		Secret       string                    `json:"secret"`
		Applications map[string]map[string]any `json:"applications"`
		Numbers      map[string]map[string]any `json:"numbers"`
	}
	if err := json.Unmarshal(text, &stored); err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	account := emulator.New(emulator.Options{APIKey: stored.Key, APISecret: stored.Secret})
	for id, document := range stored.Applications {
		if err := account.SeedApplication(id, document); err != nil {
			return nil, err
		}
	}
	for id, document := range stored.Numbers {
		if err := account.SeedNumber(id, document); err != nil {
			return nil, err
		}
	}
	return account, nil
}
