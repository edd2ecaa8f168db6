// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// webhook is a URL that the emulator calls.
type webhook struct {
	address, method string
	timeout         time.Duration // of one attempt, including connecting
}

// webhookOf returns one of an application's voice webhooks. Its timeout is the sum of the connect and the socket
// timeout. Seeded applications may omit the method; the default is that of the API.
func webhookOf(application document, name string, fallback int) webhook {
	hook := object(application, "capabilities", "voice", "webhooks", name)
	method := text(hook, "http_method")
	if method == "" {
		method = http.MethodGet
		if name == "event_url" {
			method = http.MethodPost
		}
	}
	milliseconds := integer(hook, connectTimeout, "connect_timeout") + integer(hook, fallback, "socket_timeout")
	return webhook{address: text(hook, "address"), method: method, timeout: time.Duration(milliseconds) * time.Millisecond}
}

// Webhook is one attempt to call a webhook, for diagnosis.
type Webhook struct {
	Method string `json:"method"`
	URL    string `json:"url"`
	Body   string `json:"body,omitempty"`
	// Status is the HTTP status of the answer; 0 if there was none, for the reason in Error.
	Status int       `json:"status"`
	Error  string    `json:"error,omitempty"`
	Time   time.Time `json:"time"`
}

// Webhooks returns the latest attempts to call webhooks, in the order in which they ended.
func (e *Emulator) Webhooks() []Webhook {
	e.webhooks.mu.Lock()
	defer e.webhooks.mu.Unlock()
	return append([]Webhook{}, e.webhooks.journal.entries...)
}

// maxWebhooks is the maximum number of recorded attempts.
const maxWebhooks = 10_000

type webhookLog struct {
	mu      sync.Mutex
	journal journal[Webhook]
}

func (l *webhookLog) add(attempt Webhook) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.journal.add(attempt)
}

// maxWebhookAnswer is how much of an answer is read, in bytes.
const maxWebhookAnswer = 1 << 20

// deliver calls a webhook, and once more after a connection error, a timeout or a transient status. The error is the
// reason sent to the fallback URL.
func (e *Emulator) deliver(ctx context.Context, hook webhook, sender document, parameters document) ([]byte, error) {
	answered, again, err := e.attempt(ctx, hook, sender, parameters)
	if err != nil && again {
		answered, _, err = e.attempt(ctx, hook, sender, parameters)
	}
	return answered, err
}

// attempt calls a webhook once and reports, if that fails, whether a second attempt is worthwhile.
func (e *Emulator) attempt(ctx context.Context, hook webhook, sender, parameters document) (answered []byte, again bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, hook.timeout)
	defer cancel()
	r, body, err := hook.request(ctx, parameters)
	if err != nil {
		return nil, false, err
	}
	if err := e.sign(r, body, sender); err != nil {
		return nil, false, err
	}
	status := 0
	defer func() {
		attempt := Webhook{Method: r.Method, URL: r.URL.String(), Body: string(body), Status: status, Time: e.options.Now()}
		if err != nil {
			attempt.Error = err.Error()
		}
		e.webhooks.add(attempt)
	}()
	got, err := e.options.HTTPClient.Do(r)
	if err != nil {
		return nil, ctx.Err() == nil || errors.Is(ctx.Err(), context.DeadlineExceeded), withoutURL(err)
	}
	defer func() { _ = got.Body.Close() }()
	status = got.StatusCode
	switch {
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable, status == http.StatusGatewayTimeout:
		return nil, true, fmt.Errorf("HTTP status %d", status)
	case status < 200 || status > 299:
		return nil, false, fmt.Errorf("HTTP status %d", status)
	}
	answered, err = io.ReadAll(io.LimitReader(got.Body, maxWebhookAnswer))
	if err != nil {
		return nil, true, err
	}
	return answered, false, nil
}

// request sends the parameters in the query of a GET, or in the JSON body of a POST.
func (h webhook) request(ctx context.Context, parameters document) (*http.Request, []byte, error) {
	target, err := url.Parse(h.address)
	if err != nil || target.Host == "" {
		return nil, nil, fmt.Errorf("%q is no URL", h.address)
	}
	if h.method == http.MethodGet {
		query := target.Query()
		for name, value := range parameters {
			query.Set(name, queryValue(value))
		}
		target.RawQuery = query.Encode()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
		return r, nil, err
	}
	body, err := json.Marshal(parameters)
	if err != nil {
		return nil, nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, target.String(), bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	return r, body, nil
}

// queryValue encodes values other than strings as JSON.
func queryValue(value any) string {
	if plain, ok := value.(string); ok {
		return plain
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return "" // parameters are documents, which always encode
	}
	return string(encoded)
}

// withoutURL removes the URL from an error, because the webhook log records it separately.
func withoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}
