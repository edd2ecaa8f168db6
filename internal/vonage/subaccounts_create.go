// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// NewSubaccount is a subaccount to create.
type NewSubaccount struct {
	Name string `json:"name"`
	// Secret is its first API secret, which also identifies it: see Create.
	Secret            string `json:"secret"`
	UsePrimaryBalance bool   `json:"use_primary_account_balance"`
}

// Create creates a subaccount (POST /accounts/{primary}/subaccounts). It can never be deleted, so the request is sent only
// once. If it gets no clear response, the new subaccount is the one with the name that was not there before and that its secret
// signs in to. If it cannot be found, the error is an *UnknownOutcomeError, and the returned subaccount is as FindNew needs it.
func (s *SubaccountsService) Create(ctx context.Context, want NewSubaccount) (Subaccount, error) {
	before, newest, err := s.before(ctx)
	if err != nil {
		return Subaccount{}, fmt.Errorf("creating subaccount %s: %w", Quote(want.Name), err)
	}
	created, call, err := s.create(ctx, want)
	if err != nil && unsettled(call, err) {
		created, err = s.adopt(ctx, want, before, err)
		if err != nil {
			lost := Subaccount{Name: want.Name, Secret: want.Secret, UsePrimaryBalance: want.UsePrimaryBalance, CreatedAt: newest}
			return lost, &UnknownOutcomeError{Operation: "creating subaccount " + Quote(want.Name), Err: err}
		}
	}
	if err != nil {
		return Subaccount{}, fmt.Errorf("creating subaccount %s: %w", Quote(want.Name), err)
	}
	s.keep(created)
	return created, nil
}

// Namesakes returns the subaccounts with a name that are not suspended and that no caller has, as the latest list shows them. It
// makes no call; Create has read a list.
func (s *SubaccountsService) Namesakes(name string) []Subaccount {
	return slices.DeleteFunc(s.seen.named(name), func(subaccount Subaccount) bool {
		return subaccount.APIKey == "" || subaccount.Suspended || s.claimed.has(subaccount.APIKey)
	})
}

// before returns the keys of the subaccounts that lists have shown so far, and the newest time of their creation.
func (s *SubaccountsService) before(ctx context.Context) (keys map[string]bool, newest string, err error) {
	if keys, newest = s.seen.all(); keys == nil {
		_, err = s.List(ctx)
		keys, newest = s.seen.all()
	}
	return keys, newest, err
}

// keep records a subaccount that a caller gets.
func (s *SubaccountsService) keep(subaccount Subaccount) {
	s.claimed.claim(subaccount.APIKey)
	subaccount.Secret = ""
	s.index.Put(subaccount.APIKey, listed[Subaccount]{object: subaccount, id: subaccount.APIKey})
}

func (s *SubaccountsService) create(ctx context.Context, want NewSubaccount) (Subaccount, *transport.Call, error) {
	r, primary, err := s.request(ctx, http.MethodPost, "subaccounts")
	if err != nil {
		return Subaccount{}, r.call, err
	}
	r.json = want
	body, err := s.write(ctx, primary, r)
	if err != nil {
		return Subaccount{}, r.call, notGone(err)
	}
	created, err := decodeSubaccount(body, want.answered())
	return created, r.call, err
}

// answered returns what a response may leave out.
func (n NewSubaccount) answered() Subaccount {
	return Subaccount{Name: n.Name, Secret: n.Secret, UsePrimaryBalance: n.UsePrimaryBalance}
}

// adopt finds the subaccount that was made by a POST without a clear response: see Create.
func (s *SubaccountsService) adopt(ctx context.Context, want NewSubaccount, before map[string]bool, cause error) (Subaccount, error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	var found Subaccount
	var others []string
	seen, err := untilSeen(ctx, func(ctx context.Context) (seen bool, err error) {
		found, others, err = s.find(ctx, func(candidate Subaccount) bool {
			return candidate.Name == want.Name && !before[candidate.APIKey]
		}, s.opensWith(want.Secret))
		return found.APIKey != "", err
	})
	switch {
	case seen:
		found.Secret = want.Secret
		return found, nil
	case err == nil && len(others) > 0:
		err = fmt.Errorf("its secret does not sign in to any of the new ones with this name: %s", strings.Join(others, ", "))
	case err == nil:
		err = errors.New("the list does not show it")
	}
	return Subaccount{}, fmt.Errorf("%w; looking for it: %w", cause, err)
}

// FindNew looks for a subaccount whose creation was cut off, as Create returned it: with its API key, if that is known; else with
// its name, made no earlier than its CreatedAt, not suspended, and with an API secret that signs in to it. No caller must have
// it yet. candidates are the keys of the subaccounts that fit but for the secret. It lists them
// (GET /accounts/{primary}/subaccounts) and signs in to those that fit.
func (s *SubaccountsService) FindNew(ctx context.Context, lost Subaccount) (found Subaccount, candidates []string, err error) {
	proves := s.opensWith(lost.Secret)
	if lost.APIKey != "" {
		proves = func(context.Context, string) (bool, error) { return true, nil }
	}
	found, candidates, err = s.find(ctx, lost.mayBe, proves)
	if err != nil {
		return Subaccount{}, nil, fmt.Errorf("looking for subaccount %s: %w", Quote(lost.Name), err)
	}
	found.Secret = lost.Secret
	return found, candidates, nil
}

// Candidates returns the keys of the subaccounts that may be one whose creation was cut off (GET /accounts/{primary}/subaccounts): see
// FindNew.
func (s *SubaccountsService) Candidates(ctx context.Context, lost Subaccount) ([]string, error) {
	_, candidates, err := s.find(ctx, lost.mayBe, func(context.Context, string) (bool, error) { return false, nil })
	if err != nil {
		return nil, fmt.Errorf("looking for subaccount %s: %w", Quote(lost.Name), err)
	}
	return candidates, nil
}

// mayBe reports whether a subaccount may be the one whose creation was cut off.
func (s Subaccount) mayBe(candidate Subaccount) bool {
	if s.APIKey != "" {
		return candidate.APIKey == s.APIKey
	}
	return candidate.Name == s.Name && !candidate.Suspended && !createdBefore(candidate.CreatedAt, s.CreatedAt)
}

// find returns the first subaccount that fits, that no caller has yet, and whose key proves to be the one. others are the keys of
// those that do all but the last.
func (s *SubaccountsService) find(
	ctx context.Context, fits func(Subaccount) bool, proves func(ctx context.Context, key string) (bool, error),
) (found Subaccount, others []string, err error) {
	list, err := s.List(ctx)
	if err != nil {
		return Subaccount{}, nil, err
	}
	var doubt error
	for candidate, err := range list.All() {
		if entry, malformed := errors.AsType[*MalformedEntryError](err); malformed && (entry.ID == "" || candidate.Name == "") {
			doubt = err // it may be the one
		}
		if candidate.APIKey == "" || s.claimed.has(candidate.APIKey) || !fits(candidate) {
			continue
		}
		its, err := proves(ctx, candidate.APIKey)
		switch {
		case err != nil:
			return Subaccount{}, nil, err
		case its && s.claimed.claim(candidate.APIKey):
			return candidate, nil, nil
		}
		others = append(others, QuoteAPIKey(candidate.APIKey))
	}
	return Subaccount{}, others, doubt
}

// opensWith returns a function that reports whether an API secret belongs to the account with a key: it reads that account's list
// of secrets with them (GET /accounts/{key}/secrets).
func (s *SubaccountsService) opensWith(secret string) func(ctx context.Context, key string) (bool, error) {
	return func(ctx context.Context, key string) (bool, error) {
		if secret == "" {
			return false, nil
		}
		_, err := s.wire.do(ctx, request{
			method: http.MethodGet, origin: s.origin, path: pathOf("accounts", key, "secrets"),
			call: &transport.Call{Family: transport.Account, Key: key, Secret: secret},
		})
		switch {
		case err == nil:
			return true, nil
		case IsUnauthorized(err):
			return false, nil
		}
		return false, fmt.Errorf("signing in to subaccount %s: %w", QuoteAPIKey(key), err)
	}
}
