// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// observer logs API requests to Terraform's log, subsystem "http", whose level TF_LOG_PROVIDER_VONAGE_HTTP sets
// separately.
type observer struct{}

const httpSubsystem = "http"

func withHTTPLog(ctx context.Context) context.Context {
	return tflog.NewSubsystem(ctx, httpSubsystem,
		tflog.WithLevelFromEnv("TF_LOG_PROVIDER_VONAGE", httpSubsystem), tflog.WithRootFields())
}

// Attempt logs an attempt and, at TRACE, its bodies with the secrets already removed.
func (observer) Attempt(ctx context.Context, attempt transport.Attempt) {
	ctx = withHTTPLog(ctx)
	fields := map[string]any{
		"family":     attempt.Family.String(),
		"method":     attempt.Method,
		"host":       attempt.Host,
		"path":       attempt.Path,
		"attempt":    attempt.Number,
		"latency_ms": attempt.Latency.Milliseconds(),
	}
	if attempt.RequestID != "" {
		fields["request_id"] = attempt.RequestID
	}
	if attempt.Err != nil {
		fields["error"] = transport.Redact([]byte(attempt.Err.Error()))
		tflog.SubsystemDebug(ctx, httpSubsystem, "No answer from Vonage", fields)
	} else {
		fields["status"] = attempt.Status
		tflog.SubsystemDebug(ctx, httpSubsystem, "Vonage answered", fields)
	}
	tflog.SubsystemTrace(ctx, httpSubsystem, "Contents of the exchange with Vonage", fields, map[string]any{
		"request_headers":  attempt.RequestHeader,
		"request_body":     onDemand(attempt.RequestBody),
		"response_headers": attempt.ResponseHeader,
		"response_body":    onDemand(attempt.ResponseBody),
	})
}

// Waiting warns when a rate limit delays a request, so that the delay is not mistaken for a hang.
func (observer) Waiting(ctx context.Context, waiting transport.Waiting) {
	tflog.SubsystemWarn(withHTTPLog(ctx), httpSubsystem, "Waiting for the rate limit of requests_per_second", map[string]any{
		"family":     waiting.Family.String(),
		"per_second": waiting.PerSecond,
		"queued":     waiting.Queued,
		"expected":   waiting.Expected.String(),
	})
}

// logSource tells at DEBUG which credentials are used: the first source that has any hides all others.
func logSource(ctx context.Context, where string) {
	tflog.Debug(ctx, "Using credentials", map[string]any{"credentials": where})
}

// onDemand is text that is built only if the log level requires it.
type onDemand func() string

// MarshalText implements encoding.TextMarshaler, used by the JSON log format.
func (text onDemand) MarshalText() ([]byte, error) { return []byte(text()), nil }

// String implements fmt.Stringer, used by the plain log format.
func (text onDemand) String() string { return text() }
