// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// SecretsService has the API secrets of the Account API 1.0.4. An account has one or two, and both are valid. Every method
// takes the API key of the account: the client's own, or that of one of its subaccounts.
type SecretsService struct {
	wire   *wire
	origin string
	writes *accountWrites
	index  *coalesce.Index[string, []listed[Secret]] // by API key
}

// Secret is an API secret. Its value cannot be read.
type Secret struct {
	ID string `json:"id"`
	// CreatedAt is a time in RFC 3339.
	CreatedAt string `json:"created_at"`
}

// MaxSecrets is how many secrets an account can have at a time.
const MaxSecrets = 2

// secretLookUps is the maximum number of accounts whose secrets are read concurrently.
const secretLookUps = 8

func newSecretsService(w *wire, writes *accountWrites, origin string) *SecretsService {
	s := &SecretsService{wire: w, writes: writes, origin: origin}
	s.index = coalesce.New(coalesce.Source[string, []listed[Secret]]{
		One:      s.all,
		IsAbsent: func(error) bool { return false }, // an account without secrets does not exist
		LookUps:  secretLookUps,
		GaveUp:   w.gaveUp(transport.Account),
	})
	return s
}

func (s *SecretsService) request(method, apiKey string, id ...string) request {
	return request{
		method: method, origin: s.origin, path: pathOf(append([]string{"accounts", apiKey, "secrets"}, id...)...),
		call: &transport.Call{Family: transport.Account},
	}
}

// List returns the secrets of an account (GET /accounts/{api_key}/secrets) in the API's order, which is undocumented. It goes on after an *MalformedEntryError, which
// comes with what can be read of a secret. All that read the secrets of one account share one call, and its result is cached
// for the lifetime of the client.
func (s *SecretsService) List(ctx context.Context, apiKey string) iter.Seq2[Secret, error] {
	return paged("listing the API secrets of account "+apiKey, func(int) ([]listed[Secret], bool, error) {
		secrets, err := s.index.Get(ctx, apiKey)
		return secrets, true, err
	})
}

// Get reads one secret (GET /accounts/{api_key}/secrets); it shares its call like List. IsNotFound holds for the error only if the account has other secrets
// and not this one: a 404 is about the account.
func (s *SecretsService) Get(ctx context.Context, apiKey, id string) (Secret, error) {
	secret, err := s.find(ctx, apiKey, id)
	if err != nil {
		return Secret{}, fmt.Errorf("reading API secret %s of account %s: %w", id, apiKey, err)
	}
	return secret, nil
}

func (s *SecretsService) find(ctx context.Context, apiKey, id string) (Secret, error) {
	known, err := s.index.Get(ctx, apiKey)
	if err != nil {
		return Secret{}, notGone(err)
	}
	nameless := false
	for _, entry := range known {
		if entry.id == id {
			return entry.object, entry.err
		}
		nameless = nameless || entry.id == ""
	}
	if nameless { // it may be this one
		return s.one(ctx, apiKey, id)
	}
	return Secret{}, fmt.Errorf("%w among the account's API secrets", ErrNotFound)
}

// one reads one secret from the API.
func (s *SecretsService) one(ctx context.Context, apiKey, id string) (Secret, error) {
	body, err := s.wire.do(ctx, s.request(http.MethodGet, apiKey, id))
	if err != nil {
		if hasCode(err, noSuchAccount) {
			err = notGone(err)
		}
		return Secret{}, err
	}
	secret, answered, err := readSecret(body)
	if err == nil && answered != id {
		err = unreadable("it is about secret %s", Quote(answered))
	}
	return secret, err
}

// noSuchAccount is the code of a 404 about the API key in the path.
const noSuchAccount = "invalid-api-key"

// notGone hides from IsNotFound that err is a 404 about an account: what is in the account may still exist.
func notGone(err error) error {
	if IsNotFound(err) {
		return &accountError{err.Error()}
	}
	return err
}

// accountError reports that an account does not exist, or is not one that the credentials may look at.
type accountError struct{ message string }

func (e *accountError) Error() string { return e.message }

// IsNoAccount reports whether err means that the account in the path does not exist, or is no account of the credentials.
func IsNoAccount(err error) bool {
	_, ok := errors.AsType[*accountError](err)
	return ok
}

// IsThirdSecret reports whether err means that the account has as many secrets as it can have.
func IsThirdSecret(err error) bool {
	return hasCode(err, "add-excess-secret", "maximum-secrets-allowed")
}

// IsLastSecret reports whether err means that a secret cannot be deleted because it is the only one.
func IsLastSecret(err error) bool { return hasCode(err, "delete-last-secret") }

func hasCode(err error, codes ...string) bool {
	apiError, ok := errors.AsType[*Error](err)
	return ok && slices.Contains(codes, apiError.Code)
}

// all reads the secrets of an account from the API.
func (s *SecretsService) all(ctx context.Context, apiKey string) ([]listed[Secret], error) {
	return s.allAs(ctx, apiKey, "")
}

// allAs is all, signed in as the account itself with that secret, unless it is "".
func (s *SecretsService) allAs(ctx context.Context, apiKey, secret string) ([]listed[Secret], error) {
	r := s.request(http.MethodGet, apiKey)
	if secret != "" {
		r.call.Key, r.call.Secret = apiKey, secret
	}
	body, err := s.wire.do(ctx, r)
	if err != nil {
		return nil, notGone(err)
	}
	var list struct {
		Embedded struct {
			Secrets []json.RawMessage `json:"secrets"`
		} `json:"_embedded"`
	}
	if err := decode(body, &list); err != nil {
		return nil, err
	}
	if len(list.Embedded.Secrets) == 0 {
		return nil, unreadable("it has no secrets, and every account has one") // they would look deleted
	}
	return readEach(list.Embedded.Secrets, readSecret), nil
}

func readSecret(entry []byte) (secret Secret, id string, err error) {
	if err = decode(entry, &secret); err != nil { // which may have ended before the id
		var known struct {
			ID string `json:"id"`
		}
		_ = decode(entry, &known)
		secret.ID = known.ID
	}
	return secret, secret.ID, err
}

// Create adds a secret to an account (POST /accounts/{api_key}/secrets). The request is sent only once. If it gets no clear response, the secret is looked for: a
// secret that is new in the account, while its value is in force, is the one that was sent. If none is found, the error is an
// *UnknownOutcomeError.
func (s *SecretsService) Create(ctx context.Context, apiKey, value string) (Secret, error) {
	unlock, err := s.writes.lock(ctx, apiKey)
	if err != nil {
		return Secret{}, fmt.Errorf("creating an API secret of account %s: %w", apiKey, err)
	}
	defer unlock()
	before, err := s.index.Latest(ctx, apiKey)
	if err != nil {
		return Secret{}, fmt.Errorf("creating an API secret of account %s: %w", apiKey, err)
	}
	return s.create(ctx, apiKey, value, before)
}

// create is Create for a caller that holds the lock, and has read the secrets since.
func (s *SecretsService) create(ctx context.Context, apiKey, value string, before []listed[Secret]) (Secret, error) {
	r := s.request(http.MethodPost, apiKey)
	r.json = map[string]string{"secret": value}
	body, err := s.writes.do(ctx, r)
	var created Secret
	if err == nil {
		if created, _, err = readSecret(body); err == nil && created.ID == "" {
			err = unreadable("it has no secret with an id")
		}
	}
	if err != nil && unsettled(r.call, err) {
		created, err = s.adopt(ctx, apiKey, value, before, err)
	}
	if err != nil {
		s.index.Forget(apiKey)
		if unknown, ok := errors.AsType[*UnknownOutcomeError](err); ok {
			return Secret{}, unknown // already names the operation
		}
		return Secret{}, fmt.Errorf("creating an API secret of account %s: %w", apiKey, notGone(err))
	}
	s.index.Put(apiKey, append(slices.Clone(before), listed[Secret]{object: created, id: created.ID}))
	return created, nil
}

// adopt looks for the secret of a POST without a clear response. That a secret is new since before does not tell that it is this
// one: somebody else may have made it. So the value has to be in force, too.
func (s *SecretsService) adopt(ctx context.Context, apiKey, value string, before []listed[Secret], cause error) (Secret, error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	var found []listed[Secret]
	seen, err := untilSeen(ctx, func(ctx context.Context) (bool, error) {
		now, err := s.allAs(ctx, apiKey, value)
		if IsUnauthorized(err) {
			return false, nil // not in force, or not yet
		}
		found = slices.DeleteFunc(now, func(entry listed[Secret]) bool { return has(before, entry.id) })
		return len(found) > 0, err
	})
	switch {
	case seen && len(found) == 1 && found[0].err == nil:
		return found[0].object, nil
	case err == nil && seen:
		err = errors.New("which of the new secrets has its value cannot be told")
	case err == nil:
		err = errors.New("the account has no new secret with its value")
	}
	return Secret{}, &UnknownOutcomeError{
		Operation: "creating an API secret of account " + apiKey,
		Err:       fmt.Errorf("%w; looking for it: %w", cause, err),
	}
}

// has reports whether a secret with an id is among others. One without an id may be any of them.
func has(secrets []listed[Secret], id string) bool {
	return slices.ContainsFunc(secrets, func(entry listed[Secret]) bool { return entry.id == id || entry.id == "" })
}

// Rotate replaces the secret with an id by a new one (POST /accounts/{api_key}/secrets, DELETE /accounts/{api_key}/secrets/{id}), with nothing else written to the account in between. If the account has
// room, the new secret is made before the old one is deleted. If not, and if cut says that this may be, the old one is deleted
// first. A secret that is gone needs no deletion.
//
// If the returned secret has an id, it was made, even if there is an error: then the old one is still there.
func (s *SecretsService) Rotate(ctx context.Context, apiKey, id, value string, cut bool) (Secret, error) {
	unlock, err := s.writes.lock(ctx, apiKey)
	if err != nil {
		return Secret{}, fmt.Errorf("rotating API secret %s of account %s: %w", id, apiKey, err)
	}
	defer unlock()
	before, err := s.index.Latest(ctx, apiKey)
	switch {
	case err != nil:
		return Secret{}, fmt.Errorf("rotating API secret %s of account %s: %w", id, apiKey, err)
	case !has(before, id):
		return s.create(ctx, apiKey, value, before)
	case len(before) < MaxSecrets:
		created, err := s.create(ctx, apiKey, value, before)
		if err != nil {
			return Secret{}, err
		}
		return created, s.delete(ctx, apiKey, id)
	case !cut:
		return Secret{}, ErrNoRoom
	}
	if err := s.delete(ctx, apiKey, id); err != nil {
		return Secret{}, err
	}
	created, err := s.create(ctx, apiKey, value, without(before, id))
	if err != nil {
		return Secret{}, &deletedFirstError{id, err}
	}
	return created, nil
}

// deletedFirstError reports that a rotation has deleted the old secret, and that there is no new one, or none that is known.
type deletedFirstError struct {
	id  string
	err error
}

func (e *deletedFirstError) Error() string {
	return fmt.Sprintf("after API secret %s was deleted to make room: %s", e.id, e.err.Error())
}

func (e *deletedFirstError) Unwrap() error { return e.err }

// IsDeletedFirst reports whether err means that a rotation has deleted the old secret without making a new one that is known.
func IsDeletedFirst(err error) bool {
	_, ok := errors.AsType[*deletedFirstError](err)
	return ok
}

// ErrNoRoom reports that an account has no room for another secret, so that a rotation would interrupt those who use the old
// one.
var ErrNoRoom = errors.New("the account has two API secrets, so that the new one cannot be made before the old one is deleted")

// Delete deletes a secret (DELETE /accounts/{api_key}/secrets/{id}); those who use it cannot sign in any longer. Deleting a secret that does not exist succeeds.
func (s *SecretsService) Delete(ctx context.Context, apiKey, id string) error {
	unlock, err := s.writes.lock(ctx, apiKey)
	if err != nil {
		return fmt.Errorf("deleting API secret %s of account %s: %w", id, apiKey, err)
	}
	defer unlock()
	return s.delete(ctx, apiKey, id)
}

// delete is Delete for a caller that holds the lock. Neither a lost answer nor a 404, which may be about the account, tells
// whether the secret is gone.
func (s *SecretsService) delete(ctx context.Context, apiKey, id string) error {
	r := s.request(http.MethodDelete, apiKey, id)
	_, err := s.writes.do(ctx, r)
	known, _ := s.index.Peek(apiKey)
	if err != nil && (IsNotFound(err) || unsettled(r.call, err)) {
		var lookUpErr error
		known, lookUpErr = s.allDetached(ctx, apiKey)
		switch {
		case lookUpErr == nil && !has(known, id):
			err = nil
		case lookUpErr != nil && unsettled(r.call, err):
			err = &UnknownOutcomeError{
				Operation:  fmt.Sprintf("deleting API secret %s of account %s", id, apiKey),
				Repeatable: true, Err: fmt.Errorf("%w; looking for it: %w", err, lookUpErr),
			}
		case lookUpErr != nil:
			err = lookUpErr
		}
	}
	if err != nil {
		s.index.Forget(apiKey)
		if unknown, ok := errors.AsType[*UnknownOutcomeError](err); ok {
			return unknown // already names the operation
		}
		return fmt.Errorf("deleting API secret %s of account %s: %w", id, apiKey, notGone(err))
	}
	if known = without(known, id); len(known) == 0 {
		s.index.Forget(apiKey)
		return nil
	}
	s.index.Put(apiKey, known)
	return nil
}

func (s *SecretsService) allDetached(ctx context.Context, apiKey string) ([]listed[Secret], error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	return s.all(ctx, apiKey)
}

func without(secrets []listed[Secret], id string) []listed[Secret] {
	return slices.DeleteFunc(slices.Clone(secrets), func(entry listed[Secret]) bool { return entry.id == id })
}
