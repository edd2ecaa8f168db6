// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// testKey is the key that tests share; generating one takes 0.1 s.
var testKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

// otherKey is a second key, which must not be mistaken for the first.
var otherKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func publicPEM(t *testing.T, key *rsa.PrivateKey) string {
	t.Helper()
	text, err := vonage.EncodePublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// received is a request as it arrived.
type received struct {
	Method, Path, Query, ContentType, Authorization, Body string
}

// script is a server that gives its responses in order, whatever the requests, and records the requests. A request
// after the last response fails the test.
type script struct {
	t       *testing.T
	mu      sync.Mutex
	answers []answer
	asked   []received
}

type answer struct {
	status int
	body   string
	header http.Header
	err    error  // in memory only: returned instead of a response
	hang   bool   // in memory only: no response until the request is cancelled
	before func() // in memory only: called before the response
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Error(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, received{
		Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.RawQuery, ContentType: r.Header.Get("Content-Type"),
		Authorization: r.Header.Get("Authorization"), Body: string(body),
	})
	if len(s.answers) == 0 {
		s.t.Errorf("unexpected request: %s %s", r.Method, r.URL)
		w.WriteHeader(http.StatusTeapot)
		return
	}
	next := s.answers[0]
	s.answers = s.answers[1:]
	maps.Copy(w.Header(), next.header)
	if next.err != nil || next.hang {
		return
	}
	w.WriteHeader(next.status)
	_, _ = io.WriteString(w, next.body)
}

// requests returns the requests so far and checks that every response was used.
func (s *script) requests() []received {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.answers) > 0 {
		s.t.Errorf("%d answers were not used", len(s.answers))
	}
	return s.asked
}

// log returns the requests so far as "METHOD path".
func (s *script) log() []string {
	s.t.Helper()
	var log []string
	for _, request := range s.requests() {
		log = append(log, request.Method+" "+request.Path)
	}
	return log
}

// newScript starts a scripted server and returns it with a client that does not retry.
func newScript(t *testing.T, answers ...answer) (*script, *vonage.Client) {
	t.Helper()
	s := &script{t: t, answers: answers}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, vonage.New(vonage.Config{
		APIURL: server.URL, RESTURL: server.URL, UserAgent: "test/1",
		Account: func(context.Context) (vonage.Account, error) {
			return vonage.Account{APIKey: "abcd1234", APISecret: "s3cr:et"}, nil
		},
		Token: token("TOKEN"),
	})
}

type token string

func (t token) Token(context.Context) (string, error) { return string(t), nil }

// gone is the APIs' answer for an object that does not exist.
var gone = answer{status: http.StatusNotFound, body: `{"type":"https://developer.vonage.com/api-errors#not-found","title":"Not Found",
  "detail":"ID 'x' does not exist, or you do not have access"}`}

// newMemoryScript is newScript without a network, for tests with synctest's fake clock, and with a client that
// retries.
func newMemoryScript(t *testing.T, maxRetries int, answers ...answer) (*script, *vonage.Client) {
	t.Helper()
	s := &script{t: t, answers: answers}
	return s, vonage.New(vonage.Config{
		APIURL: "https://api.example", RESTURL: "https://rest.example", MaxRetries: maxRetries, Transport: s,
		Account: func(context.Context) (vonage.Account, error) { return vonage.Account{APIKey: "k", APISecret: "s"}, nil },
		Token:   token("TOKEN"),
	})
}

// RoundTrip makes the script an http.RoundTripper.
func (s *script) RoundTrip(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	var next answer
	if len(s.answers) > 0 {
		next = s.answers[0]
	}
	s.mu.Unlock()
	if req.Body == nil {
		req.Body = http.NoBody
	}
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, req)
	if next.before != nil {
		next.before()
	}
	if next.hang {
		<-req.Context().Done()
		return nil, req.Context().Err()
	}
	if next.err != nil {
		return nil, next.err
	}
	return recorder.Result(), nil
}

func ok(body string) answer { return answer{status: http.StatusOK, body: body} }

// formOf decodes a form body and fails if a parameter is repeated.
func formOf(t *testing.T, body string) map[string]string {
	t.Helper()
	values, err := url.ParseQuery(body)
	if err != nil {
		t.Fatal(err)
	}
	form := map[string]string{}
	for name, value := range values {
		form[name] = strings.Join(value, " AND ")
	}
	return form
}

func quote(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted)
}

func sameJSON(t *testing.T, got, want string) {
	t.Helper()
	decodeBoth := func(text string) (document any) {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&document); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		return document
	}
	if diff := cmp.Diff(decodeBoth(want), decodeBoth(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
