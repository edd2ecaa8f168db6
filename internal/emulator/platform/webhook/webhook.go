// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package webhook calls the webhooks of applications, signs the requests and records the attempts.
package webhook

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/journal"
)

// Defaults of a voice webhook's timeouts, in milliseconds: Application API 2.4.1.
const (
	ConnectTimeout      = 1000
	AnswerSocketTimeout = 5000
	EventSocketTimeout  = 10000
)

// ForAction returns the webhook for an action's events: the action's own URL, given as a list, or else the
// application's event URL.
func (h Hook) ForAction(action document.Object) Hook {
	urls := document.List(action, "eventUrl")
	if len(urls) == 0 {
		return h
	}
	address, _ := urls[0].(string)
	return Hook{Address: address, Method: cmp.Or(document.Text(action, "eventMethod"), "POST"), Timeout: h.Timeout}
}

// sign authenticates a webhook request as Vonage's, for applications with signed_callbacks: with a token signed with
// the account's signature secret, which covers the body if there is one.
// https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks
func (s *Sender) sign(r *http.Request, body []byte, application document.Object) error {
	if !document.Flag(application, "capabilities", "voice", "signed_callbacks") {
		return nil
	}
	claims := jwt.MapClaims{
		"iat": s.account.Now().Unix(), "jti": uuid.NewString(), "iss": "Vonage",
		"api_key": s.account.APIKey, "application_id": document.Text(application, "id"),
	}
	if body != nil {
		digest := sha256.Sum256(body)
		claims["payload_hash"] = hex.EncodeToString(digest[:])
	}
	signed, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(s.account.SignatureSecret))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+signed)
	return nil
}

// Hook is a URL that the emulator calls.
type Hook struct {
	Address, Method string
	Timeout         time.Duration // of one attempt, including connecting
}

// Origin is what a webhook is called for.
type Origin struct {
	Application document.Object
	Call        string // the uuid of the first leg
}

// Attempt is one attempt to call a webhook, for diagnosis.
type Attempt struct {
	// Call is the call that it was about: the uuid of the first leg.
	Call   string `json:"call,omitempty"`
	Method string `json:"method"`
	URL    string `json:"url"`
	Body   string `json:"body,omitempty"`
	// Status is the HTTP status of the answer; 0 if there was none, for the reason in Error.
	Status int    `json:"status"`
	Error  string `json:"error,omitempty"`
	// Answer is the body of the answer, Milliseconds how long that took.
	Answer       feed.Body `json:"answer,omitempty"`
	Milliseconds int64     `json:"milliseconds"`
	Time         time.Time `json:"time"`
}

// maxWebhooks is the maximum number of recorded attempts.
const maxWebhooks = 10_000

// Sender calls webhooks and records the attempts.
type Sender struct {
	account *platform.Account
	mu      sync.Mutex
	journal journal.Journal[Attempt]
}

// NewSender returns a sender for the webhooks of an account's applications.
func NewSender(account *platform.Account) *Sender {
	return &Sender{account: account, journal: journal.Journal[Attempt]{Limit: maxWebhooks}}
}

// Save returns a function that puts the record of attempts back as it is now.
func (s *Sender) Save() (restore func()) {
	saved := s.Attempts()
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.journal.Entries = slices.Clone(saved)
	}
}

// Attempts returns the latest attempts to call webhooks, in the order in which they ended.
func (s *Sender) Attempts() []Attempt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Attempt{}, s.journal.Entries...)
}

func (s *Sender) record(attempt Attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal.Add(attempt)
}

// maxWebhookAnswer is how much of an answer is read, in bytes.
const maxWebhookAnswer = 1 << 20

// Deliver calls a webhook, and once more after a connection error, a timeout or a transient status. The error is the
// reason sent to the fallback URL.
func (s *Sender) Deliver(ctx context.Context, hook Hook, from Origin, parameters document.Object) ([]byte, error) {
	answered, again, err := s.attempt(ctx, hook, from, parameters)
	if err != nil && again {
		answered, _, err = s.attempt(ctx, hook, from, parameters)
	}
	return answered, err
}

// attempt calls a webhook once and reports, if that fails, whether a second attempt is worthwhile.
func (s *Sender) attempt(ctx context.Context, hook Hook, from Origin, parameters document.Object) (answered []byte, again bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, hook.Timeout)
	defer cancel()
	r, body, err := hook.request(ctx, parameters)
	if err != nil {
		return nil, false, err
	}
	if err := s.sign(r, body, from.Application); err != nil {
		return nil, false, err
	}
	told := s.tell(r, string(body), from.Call)
	status := 0
	defer func() { told(status, answered, err) }()
	got, err := s.account.HTTPClient.Do(r)
	if err != nil {
		return nil, ctx.Err() == nil || errors.Is(ctx.Err(), context.DeadlineExceeded), hook.reason(err)
	}
	defer func() { _ = got.Body.Close() }()
	status = got.StatusCode
	answered, err = io.ReadAll(io.LimitReader(got.Body, maxWebhookAnswer))
	switch {
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable, status == http.StatusGatewayTimeout:
		return answered, true, fmt.Errorf("HTTP status %d", status)
	case status < 200 || status > 299:
		return answered, false, fmt.Errorf("HTTP status %d", status)
	}
	return answered, err != nil, hook.reason(err)
}

// tell records an attempt that begins; the returned function records its end.
func (s *Sender) tell(r *http.Request, body, call string) func(status int, answered []byte, err error) {
	attempt := Attempt{Call: call, Method: r.Method, URL: r.URL.String(), Body: body, Time: s.account.Now()}
	began := time.Now()
	number := s.account.Feed.Publish(s.account.APIKey, feed.Webhook{
		Call: call, Method: r.Method, URL: attempt.URL, Body: feed.Show(body), Time: attempt.Time,
	})
	return func(status int, answered []byte, err error) {
		attempt.Status, attempt.Answer, attempt.Milliseconds = status, feed.Show(string(answered)), time.Since(began).Milliseconds()
		if err != nil {
			attempt.Error = err.Error()
		}
		s.record(attempt)
		s.account.Feed.Publish(s.account.APIKey, feed.Answer{
			To: number, Status: status, Body: attempt.Answer, Error: attempt.Error, Milliseconds: attempt.Milliseconds,
		})
	}
}

// request sends the parameters in the query of a GET, or in the JSON body of a POST.
func (h Hook) request(ctx context.Context, parameters document.Object) (*http.Request, []byte, error) {
	target, err := url.Parse(h.Address)
	if err != nil || target.Host == "" {
		return nil, nil, fmt.Errorf("%q is no URL", h.Address)
	}
	if h.Method == http.MethodGet {
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

// reason returns why an attempt failed, in words for people. The webhook log records the URL separately.
func (h Hook) reason(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no answer within %v", h.Timeout)
	}
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}
