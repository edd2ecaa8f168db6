// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// Authenticate adds the credentials that a request's family requires, and no others: Vonage refuses a request with
// two kinds of credentials. They are sent in the Authorization header only.
type Authenticate struct {
	Next http.RoundTripper
	// Basic returns the API key and secret. If it fails, the request is not sent and its error is wrapped.
	Basic func(context.Context) (key, secret string, err error)
	// Bearer returns a JWT; it is called for every attempt. Its error is treated like Basic's.
	Bearer func(context.Context) (string, error)
}

// RoundTrip implements http.RoundTripper.
func (a *Authenticate) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	if err := a.authorize(req); err != nil {
		return nil, permanent(&AuthenticationError{Err: err})
	}
	return a.Next.RoundTrip(req)
}

func (a *Authenticate) authorize(req *http.Request) error {
	call := callFrom(req.Context())
	if call.Key != "" {
		req.SetBasicAuth(call.Key, call.Secret)
		return nil
	}
	switch call.Family { //nolint:exhaustive // families is their number
	case Conversations:
		if a.Bearer == nil {
			return errors.New("no application credentials are configured")
		}
		token, err := a.Bearer(req.Context())
		if err != nil {
			return err
		}
		req.Header.Set("Authorization", "Bearer "+token)
	case Applications, NumbersList, NumbersWrite, Account, Pricing:
		if a.Basic == nil {
			return errors.New("no account credentials are configured")
		}
		key, secret, err := a.Basic(req.Context())
		if err != nil {
			return err
		}
		req.SetBasicAuth(key, secret)
	default:
		return fmt.Errorf("no credentials for the family %d", call.Family)
	}
	return nil
}
