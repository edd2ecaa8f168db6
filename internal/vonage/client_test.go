// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// roundTrip is an in-memory transport.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestClientDoesNothingBeforeItIsUsed(t *testing.T) {
	t.Parallel()
	vonage.New(vonage.Config{
		Account: func(context.Context) (vonage.Account, error) {
			t.Error("asked for the account")
			return vonage.Account{}, nil
		},
		Token: askedToken{t},
		Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			t.Error("used the network")
			return nil, http.ErrServerClosed
		}),
	})
}

type askedToken struct{ t *testing.T }

func (a askedToken) Token(context.Context) (string, error) {
	a.t.Error("asked for a token")
	return "", nil
}

// TestClientAsksForCredentialsAsNeeded: the account is resolved on first use and again only after an error, whose
// type reaches the caller; a token is requested for every attempt.
func TestClientAsksForCredentialsAsNeeded(t *testing.T) {
	t.Parallel()
	var attempts, accounts atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		attempts.Add(1)
		if agent := r.Header.Get("User-Agent"); agent != "agent/1 (+url)" {
			t.Errorf("User-Agent is %q", agent)
		}
		if accept := r.Header.Get("Accept"); accept != "application/json" {
			t.Errorf("Accept is %q", accept)
		}
		_, _ = w.Write([]byte(`{}`))
	}))
	defer server.Close()
	missing := &missingError{}
	client := vonage.New(vonage.Config{
		APIURL: server.URL, RESTURL: server.URL, UserAgent: "agent/1 (+url)", MaxRetries: 3,
		Account: func(context.Context) (vonage.Account, error) {
			if accounts.Add(1) == 1 {
				return vonage.Account{}, missing
			}
			return vonage.Account{APIKey: "k", APISecret: "s"}, nil
		},
	})
	var got *missingError
	if _, err := client.Numbers.Find(t.Context(), "1"); !errors.As(err, &got) || got != missing {
		t.Errorf("got %v", err)
	}
	for _, msisdn := range []string{"1", "2", "3"} {
		if _, err := client.Numbers.Find(t.Context(), msisdn); err != nil {
			t.Error(err)
		}
	}
	if accounts.Load() != 2 || attempts.Load() != 3 {
		t.Errorf("asked for the account %d times in %d requests", accounts.Load(), attempts.Load())
	}
	if _, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"}); err == nil || attempts.Load() != 3 {
		t.Errorf("a conversation was asked for without a token: %v", err)
	}
}

type missingError struct{}

func (*missingError) Error() string { return "no api_secret" }

// TestClientNeverRetriesWrongCredentials: repeated attempts could lock the account.
func TestClientNeverRetriesWrongCredentials(t *testing.T) {
	t.Parallel()
	var attempts atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		attempts.Add(1)
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer server.Close()
	client := vonage.New(vonage.Config{APIURL: server.URL, MaxRetries: 4, Token: token("T")})
	if _, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"}); err == nil || attempts.Load() != 1 {
		t.Errorf("%d attempts, then %v", attempts.Load(), err)
	}
}

func TestClientNamesTheServerItCannotReach(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	client := vonage.New(vonage.Config{
		RESTURL: server.URL,
		Account: func(context.Context) (vonage.Account, error) { return vonage.Account{}, nil },
	})
	_, err := client.Numbers.Find(t.Context(), "447700900001")
	if err == nil || !strings.Contains(err.Error(), "GET "+server.URL+"/account/numbers: ") || strings.Contains(err.Error(), "?") {
		t.Errorf("got %v", err)
	}
}

func TestClientKeepsToItsTimeout(t *testing.T) {
	t.Parallel()
	client := vonage.New(vonage.Config{
		APIURL: "http://api.example", RequestTimeout: time.Millisecond, Token: token("T"),
		Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		}),
	})
	_, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"})
	var timeout *transport.TimeoutError
	if !errors.As(err, &timeout) || timeout.After != time.Millisecond {
		t.Errorf("got %v", err)
	}
}
