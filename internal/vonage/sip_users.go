// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
)

// Users returns the users of a domain in the API's order, which is undocumented. It goes on after an *MalformedEntryError.
// All readers of a domain's users share one list, and its result is cached for the lifetime of the client.
//
// GET /v1/psip/NAME/users.
func (s *SIPService) Users(ctx context.Context, domain string) iter.Seq2[SIPUser, error] {
	return paged("listing the users of SIP domain "+Quote(domain), func(int) ([]listed[SIPUser], bool, error) {
		users, err := s.users.Get(ctx, domain)
		return users, true, err
	})
}

// listUsers reads the users of a domain: the list is a bare array without pages, of at most 200.
func (s *SIPService) listUsers(ctx context.Context, domain string) ([]listed[SIPUser], error) {
	body, err := s.wire.do(ctx, s.request(http.MethodGet, domain, "users"))
	var entries []json.RawMessage
	if err == nil {
		err = decode(body, &entries)
	}
	return readEach(entries, readSIPUser(domain)), err
}

func sipUserName(domain, key string) string {
	return "SIP user " + Quote(key) + " of domain " + Quote(domain)
}

// User reads a user; it shares its call like Users. IsNotFound holds for the error if the domain has no such user, or there is
// no such domain.
//
// GET /v1/psip/NAME/users, or GET /v1/psip/NAME/users/KEY.
func (s *SIPService) User(ctx context.Context, domain, key string) error {
	known, err := s.users.Get(ctx, domain)
	if err == nil || errors.Is(err, coalesce.ErrAbsent) {
		if hasSIPUser(known, key) {
			return nil
		}
		err = s.user(ctx, domain, key)
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", sipUserName(domain, key), err)
	}
	return nil
}

func hasSIPUser(users []listed[SIPUser], key string) bool {
	return slices.ContainsFunc(users, func(entry listed[SIPUser]) bool { return entry.id == key })
}

// AwaitUser is User for one that was created moments ago: it waits some seconds until the API shows it.
//
// GET /v1/psip/NAME/users/KEY.
func (s *SIPService) AwaitUser(ctx context.Context, domain, key string) error {
	if err := s.awaitUser(ctx, domain, key); err != nil {
		return fmt.Errorf("reading %s: %w", sipUserName(domain, key), err)
	}
	return nil
}

func (s *SIPService) awaitUser(ctx context.Context, domain, key string) error {
	_, err := awaited(ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, s.user(ctx, domain, key) })
	return err
}

// user reads a user from the API.
func (s *SIPService) user(ctx context.Context, domain, key string) error {
	body, err := s.wire.do(ctx, s.request(http.MethodGet, domain, "users", key))
	if err != nil {
		return err
	}
	return aboutSIPUser(body, key)
}

// aboutSIPUser returns an error if a response is not about the user with a key.
func aboutSIPUser(body []byte, key string) error {
	_, answered, err := readSIPUser("")(body)
	if err == nil && answered != key {
		err = unreadable("it is about SIP user %s", Quote(answered))
	}
	return err
}

// confirmsSIPUser is aboutSIPUser for the response to a change, which need not say anything: its form is undocumented.
func confirmsSIPUser(body []byte, key string) error {
	var empty map[string]any
	if len(bytes.TrimSpace(body)) == 0 || decode(body, &empty) == nil && len(empty) == 0 {
		return nil
	}
	return aboutSIPUser(body, key)
}

// sipUserBody is what is sent of a user. Its JSON is redacted in logs.
type sipUserBody struct {
	Key    string `json:"key"`
	Secret string `json:"secret"`
}

// CreateUser creates a user. If one with its key exists, the error is ErrExists. The request is sent only once; if it gets no
// clear response, a user that is there now, and was not before, is the one that was sent. If none is found, the error is an
// *UnknownOutcomeError. settled is false if the API does not show the new user yet.
//
// GET /v1/psip/NAME/users/KEY, POST /v1/psip/NAME/users, GET /v1/psip/NAME/users/KEY.
func (s *SIPService) CreateUser(ctx context.Context, domain, key, secret string) (settled bool, err error) {
	name, path := sipUserName(domain, key), s.request(http.MethodGet, domain, "users", key).path
	unlock, err := s.locks.lock(ctx, path)
	if err != nil {
		return false, fmt.Errorf("creating %s: %w", name, err)
	}
	defer unlock()
	settled, err = s.createUser(ctx, path, domain, sipUserBody{key, secret})
	s.noteUsers(domain, err, func(known []listed[SIPUser]) []listed[SIPUser] {
		return append(known, listed[SIPUser]{object: SIPUser{Domain: domain, Key: key}, id: key})
	})
	if err != nil {
		return false, wrapped("creating "+name, err)
	}
	s.deleted.remove(path)
	return settled, nil
}

func (s *SIPService) createUser(ctx context.Context, path, domain string, user sipUserBody) (settled bool, err error) {
	read := func(ctx context.Context) error { return s.user(ctx, domain, user.Key) }
	if err := s.vacant(ctx, path, read); err != nil {
		return false, err
	}
	var r request
	_, err = awaited(ctx, func(ctx context.Context) (struct{}, error) { // a new domain may not be known everywhere yet
		r = s.request(http.MethodPost, domain, "users")
		r.json = user
		body, err := s.wire.do(ctx, r)
		if err == nil {
			err = aboutSIPUser(body, user.Key)
		}
		return struct{}{}, err
	})
	switch {
	case err == nil:
		return s.awaitUser(ctx, domain, user.Key) == nil, nil
	case !unsettled(r.call, err):
		return false, refused(ctx, err, read)
	}
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	if lookUpErr := s.awaitUser(ctx, domain, user.Key); lookUpErr != nil {
		return false, &UnknownOutcomeError{Operation: "creating " + sipUserName(domain, user.Key), Err: fmt.Errorf("%w; looking for it: %w", err, lookUpErr)}
	}
	return true, nil
}

// SetUserSecret gives a user another secret. It reads the user first: IsNotFound holds for the error, and nothing is sent, if it
// is gone. If it is unknown whether the new secret is in force, the error is an *UnknownOutcomeError.
//
// GET /v1/psip/NAME/users/KEY, PUT /v1/psip/NAME/users/KEY.
func (s *SIPService) SetUserSecret(ctx context.Context, domain, key, secret string) error {
	r := s.request(http.MethodPut, domain, "users", key)
	r.json = sipUserBody{key, secret}
	doing := "changing the secret of " + sipUserName(domain, key)
	unlock, err := s.locks.lock(ctx, r.path)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	defer unlock()
	if err = s.user(ctx, domain, key); err == nil {
		var body []byte
		if body, err = s.wire.do(ctx, r); err == nil {
			err = confirmsSIPUser(body, key)
		}
		if err != nil && unsettled(r.call, err) {
			err = &UnknownOutcomeError{Operation: doing, Repeatable: true, Err: err}
		}
	}
	if err != nil {
		return wrapped(doing, err)
	}
	return nil
}

// DeleteUser deletes a user; its devices cannot sign in any longer. Deleting a user that does not exist succeeds.
//
// DELETE /v1/psip/NAME/users/KEY.
func (s *SIPService) DeleteUser(ctx context.Context, domain, key string) error {
	r := s.request(http.MethodDelete, domain, "users", key)
	unlock, err := s.locks.lock(ctx, r.path)
	if err != nil {
		return fmt.Errorf("deleting %s: %w", sipUserName(domain, key), err)
	}
	defer unlock()
	err = s.delete(ctx, r, sipUserName(domain, key), func(ctx context.Context) error { return s.user(ctx, domain, key) })
	s.noteUsers(domain, err, func(known []listed[SIPUser]) []listed[SIPUser] {
		return slices.DeleteFunc(known, func(entry listed[SIPUser]) bool { return entry.id == key })
	})
	return err
}

// noteUsers records what a write has done to the users of a domain, if they are known.
func (s *SIPService) noteUsers(domain string, err error, change func(known []listed[SIPUser]) []listed[SIPUser]) {
	s.noting.Lock()
	defer s.noting.Unlock()
	known, ok := s.users.Peek(domain)
	switch {
	case err != nil:
		s.users.Forget(domain)
	case ok:
		s.users.Put(domain, change(slices.Clone(known)))
	}
}
