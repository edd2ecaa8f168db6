// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// logged returns what an observer logs at level TRACE.
func logged(t *testing.T, observe func(context.Context)) []map[string]any {
	t.Helper()
	var log bytes.Buffer
	observe(tflogtest.RootLogger(t.Context(), &log))
	lines, err := tflogtest.MultilineJSONDecode(&log)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		delete(line, "@caller")
	}
	return lines
}

func anAttempt() transport.Attempt {
	return transport.Attempt{
		Family: transport.Applications, Method: "PUT", Host: "api.nexmo.com", Path: "/v2/applications/1", Number: 2,
		Status: 200, Latency: 1500 * time.Millisecond, RequestID: "r-1",
		RequestHeader:  http.Header{"User-Agent": {"x"}},
		ResponseHeader: http.Header{"X-Request-Id": {"r-1"}},
		RequestBody:    func() string { return `{"name":"a"}` },
		ResponseBody:   func() string { return `{"id":"1"}` },
	}
}

func TestAttemptsAreLogged(t *testing.T) {
	t.Parallel()
	got := logged(t, func(ctx context.Context) { observer{}.Attempt(ctx, anAttempt()) })
	fields := map[string]any{
		"@module": "provider.http", "family": "applications", "method": "PUT", "host": "api.nexmo.com", "path": "/v2/applications/1",
		"attempt": 2.0, "status": 200.0, "latency_ms": 1500.0, "request_id": "r-1",
	}
	with := func(more map[string]any) map[string]any {
		line := map[string]any{}
		for _, from := range []map[string]any{fields, more} {
			maps.Copy(line, from)
		}
		return line
	}
	want := []map[string]any{
		with(map[string]any{"@level": "debug", "@message": "Vonage answered"}),
		with(map[string]any{
			"@level": "trace", "@message": "Contents of the exchange with Vonage",
			"request_headers":  map[string]any{"User-Agent": []any{"x"}},
			"response_headers": map[string]any{"X-Request-Id": []any{"r-1"}},
			"request_body":     `{"name":"a"}`, "response_body": `{"id":"1"}`,
		}),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFailedAttemptsAreLoggedWithoutSecrets(t *testing.T) {
	t.Parallel()
	got := logged(t, func(ctx context.Context) {
		attempt := anAttempt()
		attempt.Status, attempt.RequestID = 0, ""
		attempt.Err = errors.New("proxy refused Basic YWJjZDEyMzQ6c2VjcmV0")
		observer{}.Attempt(ctx, attempt)
	})
	if len(got) != 2 || got[0]["@message"] != "No answer from Vonage" {
		t.Fatalf("logged %v", got)
	}
	if text, _ := got[0]["error"].(string); !strings.Contains(text, "proxy refused") || strings.Contains(text, "YWJj") {
		t.Errorf("logged the error %q", text)
	}
	if _, there := got[0]["status"]; there {
		t.Error("there was no status to log")
	}
}

func TestWaitsAreWarnings(t *testing.T) {
	t.Parallel()
	got := logged(t, func(ctx context.Context) {
		observer{}.Waiting(ctx, transport.Waiting{Family: transport.NumbersList, PerSecond: 1, Queued: 40, Expected: 40 * time.Second})
	})
	want := []map[string]any{{
		"@level": "warn", "@message": "Waiting for the rate limit of requests_per_second", "@module": "provider.http",
		"family": "numbers_list", "per_second": 1.0, "queued": 40.0, "expected": "40s",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestTheSubsystemHasALevelOfItsOwn(t *testing.T) {
	t.Setenv("TF_LOG_PROVIDER_VONAGE_HTTP", "INFO")
	got := logged(t, func(ctx context.Context) {
		attempt := anAttempt()
		attempt.RequestBody = func() string {
			t.Error("a body was built although it is not logged")
			return ""
		}
		observer{}.Attempt(ctx, attempt)
	})
	if len(got) > 0 {
		t.Errorf("logged %v", got)
	}
}
