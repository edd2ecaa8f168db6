// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// answers is a transport that treats every request the same way.
type answers func() (*http.Response, error)

func (a answers) RoundTrip(*http.Request) (*http.Response, error) { return a() }

func body(text string) io.ReadCloser { return io.NopCloser(strings.NewReader(text)) }

// Every way a request can fail comes with advice on what to do next.
func TestEveryEndOfARequestHasItsAdvice(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		network answers
		says    string
	}{
		"no JSON": {
			func() (*http.Response, error) {
				return &http.Response{StatusCode: http.StatusOK, Body: body("<html>")}, nil
			}, "api_url",
		},
		"redirect": {
			func() (*http.Response, error) {
				header := http.Header{"Location": {"https://elsewhere.example"}}
				return &http.Response{StatusCode: http.StatusFound, Header: header, Body: body("")}, nil
			},
			"api_url",
		},
		"too large": {
			func() (*http.Response, error) {
				endless := io.NopCloser(io.MultiReader(strings.NewReader(strings.Repeat(" ", transport.DefaultMaxBody)), strings.NewReader("{}")))
				return &http.Response{StatusCode: http.StatusOK, Body: endless}, nil
			},
			"api_url",
		},
		"certificate": {func() (*http.Response, error) { return nil, x509.UnknownAuthorityError{} }, "trusts"},
		"timeout":     {func() (*http.Response, error) { return nil, &transport.TimeoutError{After: time.Second} }, "request_timeout"},
		"lost":        {func() (*http.Response, error) { return nil, errors.New("connection reset") }, "can reach the server"},
		"no money": {
			func() (*http.Response, error) {
				return &http.Response{StatusCode: http.StatusPaymentRequired, Body: body(`{"title":"Low balance"}`)}, nil
			},
			"add credit",
		},
		"no quota": {
			func() (*http.Response, error) {
				problem := body(`{"type":"https://developer.vonage.com/api-errors#quota-exceeded","title":"Quota exceeded"}`)
				return &http.Response{StatusCode: http.StatusUnauthorized, Body: problem}, nil
			},
			"add credit",
		},
		"throttled": {
			func() (*http.Response, error) {
				return &http.Response{StatusCode: http.StatusTooManyRequests, Body: body("")}, nil
			},
			"requests_per_second",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := vonage.New(vonage.Config{
				APIURL: "https://api.example", Transport: test.network,
				Account: func(context.Context) (vonage.Account, error) {
					return vonage.Account{APIKey: "key", APISecret: "secret"}, nil
				},
			})
			_, err := client.Applications.Get(t.Context(), "78d335fa-323d-0114-9c3d-d6f0d48968cf")
			if err == nil {
				t.Fatal("no error")
			}
			if advice := whatNext(err); !strings.Contains(advice, test.says) {
				t.Errorf("the advice on %q is %q", err, advice)
			}
		})
	}
}

// Without credentials, nothing was sent: the network has no part in it.
func TestNoCredentialsAreNoNetworkProblem(t *testing.T) {
	t.Parallel()
	client := vonage.New(vonage.Config{
		APIURL: "https://api.example",
		Account: func(context.Context) (vonage.Account, error) {
			return vonage.Account{}, errors.New("there is no key")
		},
	})
	_, err := client.Applications.Get(t.Context(), "78d335fa-323d-0114-9c3d-d6f0d48968cf")
	if err == nil {
		t.Fatal("no error")
	}
	if advice := whatNext(err); !strings.Contains(advice, "Nothing was sent") || strings.Contains(advice, "proxy") {
		t.Errorf("the advice on %q is %q", err, advice)
	}
}
