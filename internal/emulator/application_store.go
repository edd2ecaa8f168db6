// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "slices"

// applicationStore holds the applications in order of creation.
type applicationStore struct {
	documents map[string]document
	order     []string
}

func newApplicationStore() *applicationStore {
	return &applicationStore{documents: map[string]document{}}
}

func (s *applicationStore) put(id string, application document) {
	if _, known := s.documents[id]; !known {
		s.order = append(s.order, id)
	}
	s.documents[id] = application
}

func (s *applicationStore) remove(id string) bool {
	if _, known := s.documents[id]; !known {
		return false
	}
	delete(s.documents, id)
	s.order = slices.DeleteFunc(s.order, func(other string) bool { return other == id })
	return true
}

// SeedApplication stores an application as given, without defaults and checks; only its id is set to id.
func (e *Emulator) SeedApplication(id string, doc any) error {
	application, err := toDocument(doc)
	if err != nil {
		return err
	}
	application["id"] = id
	e.mu.Lock()
	defer e.mu.Unlock()
	e.applications.put(id, application)
	return nil
}

// Application returns the stored application.
func (e *Emulator) Application(id string) (map[string]any, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	application, known := e.applications.documents[id]
	return copyOf(application), known
}

// Applications returns the stored applications by id.
func (e *Emulator) Applications() map[string]map[string]any {
	e.mu.Lock()
	defer e.mu.Unlock()
	applications := make(map[string]map[string]any, len(e.applications.documents))
	for id, application := range e.applications.documents {
		applications[id] = copyOf(application)
	}
	return applications
}

// RemoveApplication deletes an application, as the account owner could in the dashboard.
func (e *Emulator) RemoveApplication(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.removeApplication(id)
}

// removeApplication also unlinks the application's numbers. What the real API does with them is undocumented.
func (e *Emulator) removeApplication(id string) bool {
	if !e.applications.remove(id) {
		return false
	}
	if e.options.Variant.DeleteKeepsLinks {
		return true
	}
	for _, owned := range e.numbers.linkedTo(id) {
		e.numbers.put(owned.key, unlinked(owned.document))
	}
	return true
}
