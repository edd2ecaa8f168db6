// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"net/http"
	"strings"
	"testing"
)

// The first line has the URL and credentials; the account is served until the signal, and the shutdown is clean.
func TestRun(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	read, write := io.Pipe()
	ended := make(chan error)
	go func() {
		ended <- run(ctx, []string{"-listen", "127.0.0.1:0", "-api-key", "key", "-api-secret", "secret", "-signature-secret", "sig"}, empty, write,
			io.Discard)
	}()
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var announced struct {
		URL       string `json:"url"`
		APIKey    string `json:"api_key"`
		APISecret string `json:"api_secret"`
		Signature string `json:"signature_secret"`
	}
	if err := json.Unmarshal([]byte(line), &announced); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	if announced.APIKey != "key" || announced.APISecret != "secret" || announced.Signature != "sig" ||
		!strings.HasPrefix(announced.URL, "http://127.0.0.1:") {
		t.Errorf("announced %s", line)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, announced.URL+"/v2/applications", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("key", "secret")
	answered, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answered.Body.Close()
	if answered.StatusCode != http.StatusOK {
		t.Errorf("HTTP status %d", answered.StatusCode)
	}
	interrupt()
	if err := <-ended; err != nil {
		t.Errorf("after the interrupt: %v", err)
	}
}

// The provider allows http:// only for loopback addresses, and the unspecified address is not one.
func TestAddressOfEverywhere(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"[::]:4010": "127.0.0.1:4010", "0.0.0.0:4010": "127.0.0.1:4010", "127.0.0.2:1": "127.0.0.2:1", "[::1]:4010": "[::1]:4010",
	} {
		if got := reachable(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

func TestRunRefusesItsArguments(t *testing.T) {
	t.Parallel()
	var said strings.Builder
	if err := run(t.Context(), []string{"-help"}, empty, io.Discard, &said); !errors.Is(err, flag.ErrHelp) ||
		!strings.Contains(said.String(), "-listen") {
		t.Errorf("help: %v, %q", err, said.String())
	}
	for _, arguments := range [][]string{{"-nonsense"}, {"extra"}, {"-listen", "nowhere:-1"}} {
		if err := run(t.Context(), arguments, empty, io.Discard, io.Discard); err == nil {
			t.Errorf("%q was taken", arguments)
		}
	}
}
