// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package applications

import (
	"crypto/rsa"
	"maps"
	"slices"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// store holds the applications in order of creation.
type store struct {
	documents map[string]document.Object
	order     []string
}

func newStore() *store {
	return &store{documents: map[string]document.Object{}}
}

func (s *store) put(id string, application document.Object) {
	if _, known := s.documents[id]; !known {
		s.order = append(s.order, id)
	}
	s.documents[id] = application
}

func (s *store) remove(id string) bool {
	if _, known := s.documents[id]; !known {
		return false
	}
	delete(s.documents, id)
	s.order = slices.DeleteFunc(s.order, func(other string) bool { return other == id })
	return true
}

// Save saves the applications: see platform.Server.Save.
func (a *API) Save() (restore func()) {
	documents, order := maps.Clone(a.store.documents), slices.Clone(a.store.order)
	return func() { a.store.documents, a.store.order = maps.Clone(documents), slices.Clone(order) }
}

// Seed stores an application as given, without defaults and checks; only its id is set to id.
func (a *API) Seed(id string, doc any) error {
	application, err := document.From(doc)
	if err != nil {
		return err
	}
	application["id"] = id
	a.Lock()
	defer a.Unlock()
	a.store.put(id, application)
	return nil
}

// Get returns the stored application.
func (a *API) Get(id string) (map[string]any, bool) {
	a.Lock()
	defer a.Unlock()
	application, known := a.store.documents[id]
	return document.Copy(application), known
}

// All returns the stored applications by id.
func (a *API) All() map[string]map[string]any {
	a.Lock()
	defer a.Unlock()
	applications := make(map[string]map[string]any, len(a.store.documents))
	for id, application := range a.store.documents {
		applications[id] = document.Copy(application)
	}
	return applications
}

// Remove deletes an application, as the account owner could in the dashboard.
func (a *API) Remove(id string) bool {
	a.Lock()
	defer a.Unlock()
	return a.removeApplication(id)
}

// removeApplication also ends the links to the application. What the real API does with them is undocumented.
func (a *API) removeApplication(id string) bool {
	if !a.store.remove(id) {
		return false
	}
	if !a.Variant.DeleteKeepsLinks {
		a.deleted(id)
	}
	return true
}

// KeyOf returns the public key that verifies an application's tokens, nil if there is none.
func (a *API) KeyOf(id string) *rsa.PublicKey {
	a.Lock()
	defer a.Unlock()
	return parsePublicKey(document.Text(a.store.documents[id], "keys", "public_key"))
}

// Find returns the stored application, which must not be modified. The caller must hold the lock.
func (a *API) Find(id string) (document.Object, bool) {
	found, known := a.store.documents[id]
	return found, known
}
