// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const (
	apiKey    = "abcd1234"
	apiSecret = "S3cret:with+everything &%"
)

type document = map[string]any

// account is an emulator on a real port with a client that has its credentials, or those of another account of it.
type account struct {
	*emulator.Emulator

	t      *testing.T
	url    string
	secret string
}

func newAccount(t *testing.T, options emulator.Options) account {
	t.Helper()
	options.APIKey, options.APISecret = apiKey, apiSecret
	e := emulator.New(options)
	server := httptest.NewServer(e)
	e.SetURL(server.URL)
	t.Cleanup(func() {
		e.Close()
		server.Close()
	})
	return account{e, t, server.URL, apiSecret}
}

const otherSecret = "Other0Secret"

// subaccount opens a subaccount, and returns a client that has its credentials.
func (a account) subaccount(key string, record emulator.Record) account {
	a.t.Helper()
	opened, err := a.OpenSubaccount(emulator.Opening{APIKey: key, APISecret: otherSecret, Record: record})
	seed(a.t, err)
	return a.as(opened)
}

// as returns a client that has the credentials of another account.
func (a account) as(other *emulator.Account) account {
	return account{&emulator.Emulator{Server: a.Server, Account: other}, a.t, a.url, otherSecret}
}

// other opens an unrelated account.
func (a account) other(key string) account {
	a.t.Helper()
	opened, err := a.OpenAccount(emulator.Opening{APIKey: key, APISecret: otherSecret})
	seed(a.t, err)
	return a.as(opened)
}

// reply is the received answer.
type reply struct {
	status int
	header http.Header
	text   string
	json   document // nil if the body is not a JSON object
}

// do sends a request with the account's Basic credentials, unless a change removes them.
func (a account) do(method, path string, body io.Reader, changes ...func(*http.Request)) reply {
	a.t.Helper()
	r, err := http.NewRequestWithContext(a.t.Context(), method, a.url+path, body)
	if err != nil {
		a.t.Fatal(err)
	}
	r.SetBasicAuth(a.APIKey(), a.secret)
	for _, change := range changes {
		change(r)
	}
	answered, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		a.t.Fatal(err)
	}
	defer func() { _ = answered.Body.Close() }()
	text, err := io.ReadAll(answered.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	got := reply{status: answered.StatusCode, header: answered.Header, text: string(text)}
	_ = json.Unmarshal(text, &got.json)
	return got
}

func (a account) get(path string, changes ...func(*http.Request)) reply {
	a.t.Helper()
	return a.do(http.MethodGet, path, nil, changes...)
}

func (a account) send(method, path, body string, changes ...func(*http.Request)) reply {
	a.t.Helper()
	return a.do(method, path, strings.NewReader(body), append([]func(*http.Request){header("Content-Type", "application/json")},
		changes...)...)
}

func (a account) postForm(path string, form url.Values, changes ...func(*http.Request)) reply {
	a.t.Helper()
	changes = append([]func(*http.Request){header("Content-Type", "application/x-www-form-urlencoded")}, changes...)
	return a.do(http.MethodPost, path, strings.NewReader(form.Encode()), changes...)
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func without(name string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Del(name) }
}

// want fails unless the status is the given one.
func (r reply) want(t *testing.T, status int) reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("HTTP status %d, want %d: %s", r.status, status, r.text)
	}
	return r
}

// at returns the value at a path of names.
func at(value any, path ...string) any {
	for _, name := range path {
		parent, _ := value.(document)
		value = parent[name]
	}
	return value
}

// text returns the string at a path of names.
func text(value any, path ...string) string {
	found, _ := at(value, path...).(string)
	return found
}

// clock is a clock that moves only when a test says so.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func seed(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
