// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package users

import (
	"errors"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Seed stores a user as given, without checks. A property "application_id" names its application, which no response shows; only
// the id is set.
func (a *API) Seed(id string, doc any) error {
	user, err := document.From(doc)
	if err != nil {
		return err
	}
	if document.Text(user, "application_id") == "" {
		return errors.New("a user needs the application_id of its application")
	}
	user["id"] = id
	a.Lock()
	defer a.Unlock()
	a.put(id, user, time.Time{})
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
	all := map[string]map[string]any{}
	for _, user := range a.stored() {
		all[document.Text(user, "id")] = document.Copy(user)
	}
	return all
}

// Remove deletes a user.
func (a *API) Remove(id string) bool {
	a.Lock()
	defer a.Unlock()
	_, known := a.users.Current(id)
	if known {
		a.put(id, nil, time.Time{})
	}
	return known
}
