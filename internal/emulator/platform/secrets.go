// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"crypto/subtle"
	"encoding/base64"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Secret is one of an account's API secrets.
type Secret struct {
	ID, Value string
	Created   time.Time
	// accepted is when sign-in begins to accept the secret, or, for a revoked one, when it ceases to.
	accepted time.Time
}

// AddSecret gives the account a further secret. The caller must hold the lock.
func (a *Account) AddSecret(value string) Secret {
	made := Secret{ID: uuid.NewString(), Value: value, Created: a.Now(), accepted: a.Now().Add(a.Variant.SecretDelay)}
	a.Secrets = append(a.Secrets, made)
	return made
}

// SeedSecret gives the account a secret with an id, in force at once. One that it has with that value gets the id.
func (a *Account) SeedSecret(id, value string) {
	a.Lock()
	defer a.Unlock()
	if place := slices.IndexFunc(a.Secrets, func(s Secret) bool { return s.Value == value }); place >= 0 {
		a.Secrets[place].ID = id
		return
	}
	a.Secrets = append(a.Secrets, Secret{ID: id, Value: value, Created: a.Now()})
}

// RevokeSecret takes a secret from the account, which reports whether it had it. The caller must hold the lock.
func (a *Account) RevokeSecret(id string) bool {
	place := slices.IndexFunc(a.Secrets, func(s Secret) bool { return s.ID == id })
	if place < 0 {
		return false
	}
	revoked := a.Secrets[place]
	revoked.accepted = a.Now().Add(a.Variant.RevokedSecretWorks)
	a.revoked = append(a.revoked, revoked)
	a.Secrets = slices.Delete(a.Secrets, place, place+1)
	return true
}

// RemoveSecret is RevokeSecret for a caller that does not hold the lock.
func (a *Account) RemoveSecret(id string) bool {
	a.Lock()
	defer a.Unlock()
	return a.RevokeSecret(id)
}

// SecretsByID returns the account's secrets by id.
func (a *Account) SecretsByID() map[string]string {
	a.Lock()
	defer a.Unlock()
	secrets := make(map[string]string, len(a.Secrets))
	for _, s := range a.Secrets {
		secrets[s.ID] = s.Value
	}
	return secrets
}

// Confidential returns the secrets of all accounts that share this one's emulator, and what the emulator itself asks for.
func (a *Account) Confidential() []string {
	a.Lock()
	defer a.Unlock()
	values := []string{a.ControlToken}
	for _, account := range a.accounts {
		values = append(values, account.SignatureSecret)
		for _, s := range slices.Concat(account.Secrets, account.revoked) {
			values = append(values, s.Value, base64.StdEncoding.EncodeToString([]byte(account.APIKey+":"+s.Value)))
		}
	}
	return values
}

// opens reports whether the secret is one of the account's. The caller must hold the lock.
func (a *Account) opens(shown string) bool {
	now := a.Now()
	same := func(s Secret) bool { return subtle.ConstantTimeCompare([]byte(shown), []byte(s.Value)) == 1 }
	return slices.ContainsFunc(a.Secrets, func(s Secret) bool { return same(s) && !now.Before(s.accepted) }) ||
		slices.ContainsFunc(a.revoked, func(s Secret) bool { return same(s) && now.Before(s.accepted) })
}
