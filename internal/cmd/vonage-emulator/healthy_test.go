// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A container asks its own program whether it is healthy, since it has no shell: the exit status is the response. The image asks
// by http:// also if the emulator serves TLS.
func TestHealthy(t *testing.T) {
	t.Parallel()
	for name, flags := range map[string][]string{"plain": nil, "TLS": {"-tls-self-signed", filepath.Join(t.TempDir(), "ca.pem")}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, []string{"VONAGE_EMULATOR_CONTROL_TOKEN=Secret0Token"}, flags...)
			place := strings.TrimPrefix(strings.TrimPrefix(p.url, "https://"), "http://")
			ask := func(url string) ([]byte, error) {
				asking := exec.CommandContext(t.Context(), os.Args[0], "-healthy", url)
				asking.Env = append(os.Environ(), "VONAGE_EMULATOR_PROCESS=1")
				return asking.CombinedOutput()
			}
			for _, url := range []string{p.url, "http://" + place} {
				if said, err := ask(url); err != nil || len(said) > 0 {
					t.Errorf("ready: %v, %q", err, said)
				}
			}
			if err := p.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = p.Wait()
			if p.said.Len() > 0 {
				t.Errorf("it said %q", p.said)
			}
			if said, err := ask(p.url); err == nil || !strings.Contains(string(said), "-healthy") {
				t.Errorf("gone: %v, %q", err, said)
			}
		})
	}
}

func TestHealthyTakesNothingElseForAnEmulator(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	for url, complaint := range map[string]string{other.URL: "404", "127.0.0.1:4010": "-healthy", "http://[": "-healthy"} {
		if err := run(t.Context(), []string{"-healthy", url}, empty, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), complaint) {
			t.Errorf("%s: %v", url, err)
		}
	}
}
