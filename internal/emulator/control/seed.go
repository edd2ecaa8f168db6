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
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
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
	Account Account
	// Documents are the account's documents by kind and id. In JSON each kind is a property, such as "applications".
	Documents map[string]map[string]json.RawMessage
	// Inventory is the numbers that any account can rent.
	Inventory []json.RawMessage
	// Subaccounts are the account's subaccounts, Accounts further accounts. Each needs credentials.
	Subaccounts, Accounts []Seed
}

// partsOf returns what a seed has besides documents, by their properties in JSON.
func partsOf(seed *Seed) map[string]any {
	return map[string]any{
		"account": &seed.Account, "inventory": &seed.Inventory, "subaccounts": &seed.Subaccounts, "accounts": &seed.Accounts,
	}
}

// UnmarshalJSON decodes a seed. Check reports kinds that do not exist.
func (seed *Seed) UnmarshalJSON(text []byte) error {
	var properties map[string]json.RawMessage
	if err := json.Unmarshal(text, &properties); err != nil {
		return err
	}
	*seed = Seed{Documents: map[string]map[string]json.RawMessage{}}
	parts := partsOf(seed)
	for name, value := range properties {
		into, part := parts[name]
		documents := map[string]json.RawMessage{}
		if !part {
			into = &documents
		}
		decoder := json.NewDecoder(bytes.NewReader(value))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(into); err != nil {
			return fmt.Errorf("%s: %w", name, document.Plain(err))
		}
		if !part {
			seed.Documents[name] = documents
		}
	}
	return nil
}

// MarshalJSON encodes a seed as UnmarshalJSON decodes it, without empty parts.
func (seed Seed) MarshalJSON() ([]byte, error) {
	properties := map[string]any{"account": seed.Account}
	for kind, documents := range seed.Documents {
		if len(documents) > 0 {
			properties[kind] = documents
		}
	}
	if len(seed.Inventory) > 0 {
		properties["inventory"] = seed.Inventory
	}
	if len(seed.Subaccounts) > 0 {
		properties["subaccounts"] = seed.Subaccounts
	}
	if len(seed.Accounts) > 0 {
		properties["accounts"] = seed.Accounts
	}
	return json.Marshal(properties)
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
	// Kinds are the kinds of documents in the order in which a seed stores them.
	Kinds() []platform.Kind
	SeedInventory(docs ...any) error
	OpenSubaccount(opening Account) (Content, error)
	OpenAccount(opening Account) (Content, error)
}

// Load stores everything in a seed except its credentials, which belong in Options. It stores the documents of each
// kind in order of their ids and stops at the first error.
func (seed Seed) Load(into Content) error {
	if err := seed.Check(into.Kinds()); err != nil {
		return err
	}
	if err := into.Change(seed.Account.Record); err != nil {
		return fmt.Errorf("account: %w", err)
	}
	return seed.fill(into)
}

// Check reports properties that would silently have no effect, in this seed and those below it.
func (seed Seed) Check(kinds []platform.Kind) error {
	for _, name := range slices.Sorted(maps.Keys(seed.Documents)) {
		if !slices.ContainsFunc(kinds, func(kind platform.Kind) bool { return kind.Name == name }) {
			names := slices.Collect(maps.Keys(partsOf(&seed)))
			for _, kind := range kinds {
				names = append(names, kind.Name)
			}
			slices.Sort(names)
			return fmt.Errorf("unknown field %q: a seed has %s", name, strings.Join(names, ", "))
		}
	}
	for _, below := range slices.Concat(seed.Subaccounts, seed.Accounts) {
		if err := below.Check(kinds); err != nil {
			return err
		}
	}
	return nil
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
	for _, kind := range into.Kinds() {
		documents := seed.Documents[kind.Name]
		for _, id := range slices.Sorted(maps.Keys(documents)) {
			if err := kind.Seed(id, documents[id]); err != nil {
				return fmt.Errorf("%s: %s: %w", kind.Name, id, err)
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
		if seed.Account.APIKey != "" || seed.Account.APISecret != "" || seed.Account.SignatureSecret != "" {
			err = errors.New("account: the credentials of a running emulator cannot be changed")
		} else {
			server.Together(func() { err = seed.Load(content) })
		}
		if err != nil {
			platform.ControlError(w, http.StatusBadRequest, err.Error())
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}
