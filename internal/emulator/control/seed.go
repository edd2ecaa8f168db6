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
)

// Seed describes an account in a file.
type Seed struct {
	Account struct {
		APIKey          string `json:"api_key,omitempty"`
		APISecret       string `json:"api_secret,omitempty"`
		SignatureSecret string `json:"signature_secret,omitempty"`
		// Balance is in euros: "10.28".
		Balance string `json:"balance,omitempty"`
	} `json:"account"`
	// Applications, Numbers and Conversations are documents by id; a number's id is "GB/447700900001".
	Applications  map[string]json.RawMessage `json:"applications,omitempty"`
	Numbers       map[string]json.RawMessage `json:"numbers,omitempty"`
	Conversations map[string]json.RawMessage `json:"conversations,omitempty"`
	// Inventory is the numbers that can be rented.
	Inventory []json.RawMessage `json:"inventory,omitempty"`
}

// Content is what a seed fills.
type Content interface {
	SetBalance(amount string) error
	SeedApplication(id string, doc any) error
	SeedNumber(id string, doc any) error
	SeedConversation(id string, doc any) error
	SeedInventory(docs ...any) error
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
	if seed.Account.Balance != "" {
		if err := into.SetBalance(seed.Account.Balance); err != nil {
			return fmt.Errorf("account: balance: %w", err)
		}
	}
	for _, kind := range []struct {
		name      string
		documents map[string]json.RawMessage
		put       func(id string, doc any) error
	}{
		{"applications", seed.Applications, into.SeedApplication},
		{"numbers", seed.Numbers, into.SeedNumber},
		{"conversations", seed.Conversations, into.SeedConversation},
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
	return nil
}

func seedRoutes(mux *http.ServeMux, content Content) {
	mux.HandleFunc("POST /emulator/seed", func(w http.ResponseWriter, r *http.Request) {
		var seed Seed
		if !platform.ControlBody(w, r, &seed) {
			return
		}
		err := seed.Load(content)
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
