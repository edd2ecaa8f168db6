// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
)

// Account describes an account without its content.
type Account struct {
	APIKey          string `json:"api_key,omitempty"`
	APISecret       string `json:"api_secret,omitempty"`
	SignatureSecret string `json:"signature_secret,omitempty"`

	platform.Record
}

// Seed describes an account in a file.
type Seed struct {
	Account Account `json:"account"`
	// Applications, Numbers and Conversations are documents by id; a number's id is "GB/447700900001".
	Applications  map[string]json.RawMessage `json:"applications,omitempty"`
	Numbers       map[string]json.RawMessage `json:"numbers,omitempty"`
	Conversations map[string]json.RawMessage `json:"conversations,omitempty"`
	// Users are documents by id, each with the application_id of its application.
	Users map[string]json.RawMessage `json:"users,omitempty"`
	// SIPDomains are SIP domains by name, with their users.
	SIPDomains map[string]json.RawMessage `json:"sip_domains,omitempty"`
	// VerifyTemplates are templates by id, with their fragments; Senders are senders of messages by "channel/id".
	VerifyTemplates map[string]json.RawMessage `json:"verify_templates,omitempty"`
	Senders         map[string]json.RawMessage `json:"senders,omitempty"`
	// Inventory is the numbers that any account can rent.
	Inventory []json.RawMessage `json:"inventory,omitempty"`
	// Prices are those of all accounts, by an id such as "sms/GB".
	Prices map[string]json.RawMessage `json:"prices,omitempty"`
	// Subaccounts are the account's subaccounts, Accounts further accounts. Each needs credentials.
	Subaccounts []Seed `json:"subaccounts,omitempty"`
	Accounts    []Seed `json:"accounts,omitempty"`
}

// Content is what a seed fills, and people look at: an account.
type Content interface {
	APIKey() string
	Record() platform.Record
	Applications() map[string]map[string]any
	Numbers() map[string]map[string]any
	Inventory() map[string]map[string]any
	Legs() []feed.Leg
	Change(record platform.Record) error
	SeedApplication(id string, doc any) error
	SeedNumber(id string, doc any) error
	SeedConversation(id string, doc any) error
	SeedInventory(docs ...any) error
	SeedUser(id string, doc any) error
	SeedPrice(id string, doc any) error
	SeedSIPDomain(name string, doc any) error
	SeedVerifyTemplate(id string, doc any) error
	SeedSender(id string, doc any) error
	OpenSubaccount(opening Account) (Content, error)
	OpenAccount(opening Account) (Content, error)
}

// ParseSeed decodes a seed file. An unknown property is an error, because it would silently have no effect.
func ParseSeed(text []byte) (Seed, error) {
	var seed Seed
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&seed)
	return seed, err
}

// Load stores everything in a seed except its credentials, which belong in Options. It stores the documents of each
// kind in order of their ids and stops at the first error.
func (seed Seed) Load(into Content) error {
	if err := into.Change(seed.Account.Record); err != nil {
		return fmt.Errorf("account: %w", err)
	}
	return seed.fill(into)
}

// open opens an account and fills it.
func (seed Seed) open(open func(Account) (Content, error)) error {
	opened, err := open(seed.Account)
	if err != nil {
		return err
	}
	return seed.fill(opened)
}

func (seed Seed) fill(into Content) error {
	for _, kind := range []struct {
		name      string
		documents map[string]json.RawMessage
		put       func(id string, doc any) error
	}{
		{"applications", seed.Applications, into.SeedApplication},
		{"numbers", seed.Numbers, into.SeedNumber},
		{"conversations", seed.Conversations, into.SeedConversation},
		{"users", seed.Users, into.SeedUser},
		{"prices", seed.Prices, into.SeedPrice},
		{"sip_domains", seed.SIPDomains, into.SeedSIPDomain},
		{"verify_templates", seed.VerifyTemplates, into.SeedVerifyTemplate},
		{"senders", seed.Senders, into.SeedSender},
	} {
		for _, id := range slices.Sorted(maps.Keys(kind.documents)) {
			if err := kind.put(id, kind.documents[id]); err != nil {
				return fmt.Errorf("%s: %s: %w", kind.name, id, err)
			}
		}
	}
	for i, number := range seed.Inventory {
		if err := into.SeedInventory(number); err != nil {
			return fmt.Errorf("inventory: %d: %w", i, err)
		}
	}
	for _, further := range []struct {
		name  string
		seeds []Seed
		open  func(Account) (Content, error)
	}{{"subaccounts", seed.Subaccounts, into.OpenSubaccount}, {"accounts", seed.Accounts, into.OpenAccount}} {
		for i, other := range further.seeds {
			if err := other.open(further.open); err != nil {
				return fmt.Errorf("%s: %d: %w", further.name, i, err)
			}
		}
	}
	return nil
}

func seedRoutes(server *platform.Server, mux *http.ServeMux, content Content) {
	mux.HandleFunc("POST /emulator/seed", func(w http.ResponseWriter, r *http.Request) {
		var seed Seed
		if !platform.ControlBody(w, r, &seed) {
			return
		}
		var err error
		server.Together(func() { err = seed.Load(content) })
		if seed.Account.APIKey != "" || seed.Account.APISecret != "" || seed.Account.SignatureSecret != "" {
			err = errors.Join(err, errors.New("account: the credentials of a running emulator cannot be changed"))
		}
		if err != nil {
			platform.ControlError(w, http.StatusBadRequest, err.Error())
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}
