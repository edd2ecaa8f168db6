// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package users

import (
	"errors"
	"slices"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Seed stores a user as given, without checks. A property "application_id" names its application, and is removed from the
// document; only the id is set.
func (a *API) Seed(id string, doc any) error {
	user, err := document.From(doc)
	if err != nil {
		return err
	}
	application := document.Text(user, "application_id")
	if application == "" {
		return errors.New("a user needs the application_id of its application")
	}
	delete(user, "application_id")
	user["id"] = id
	a.Lock()
	defer a.Unlock()
	a.store.put(application, user)
	return nil
}

// Get returns the stored user with its application_id.
func (a *API) Get(id string) (map[string]any, bool) {
	found, known := a.All()[id]
	return found, known
}

// All returns the stored users with their application_ids, by id.
func (a *API) All() map[string]map[string]any {
	a.Lock()
	defer a.Unlock()
	all := make(map[string]map[string]any, len(a.store.ordered))
	for _, u := range a.store.ordered {
		copied := document.Copy(u.document)
		copied["application_id"] = u.applicationID
		all[document.Text(u.document, "id")] = copied
	}
	return all
}

// Remove deletes a user.
func (a *API) Remove(id string) bool {
	a.Lock()
	defer a.Unlock()
	place := a.store.place(id)
	if place >= 0 {
		a.store.ordered = slices.Delete(a.store.ordered, place, place+1)
	}
	return place >= 0
}
