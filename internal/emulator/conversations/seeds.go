// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversations

import (
	"fmt"
	"strconv"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Seed stores a conversation of either shape: that of v0.1, with "uuid" and embedded members, or that of
// v1, with optional "members". A property "application_id" names the owning application and is removed from the
// document; without it, every valid token may read the conversation.
func (a *API) Seed(id string, doc any) error {
	given, err := document.From(doc)
	if err == nil {
		err = checkSeeded(given)
	}
	if err != nil {
		return err
	}
	owner := document.Text(given, "application_id")
	delete(given, "application_id")
	var seeded *conversation.Conversation
	if _, old := given["uuid"]; old {
		given["uuid"] = id
		modern, members := modernConversation(given)
		seeded = conversation.New(owner, modern)
		seeded.Members, seeded.Seeded = members, given
	} else {
		given["id"] = id
		var members []document.Object
		for _, member := range document.List(given, "members") {
			members = append(members, document.ObjectAt(member))
		}
		delete(given, "members")
		seeded = conversation.New(owner, given)
		seeded.Members = members
	}
	a.Lock()
	defer a.Unlock()
	a.store.Put(seeded)
	return nil
}

// checkSeeded refuses a document that is valid in neither shape or that later reads could not handle.
func checkSeeded(given document.Object) error {
	for i, member := range document.List(given, "members") {
		if document.ObjectAt(member) == nil {
			return fmt.Errorf("member %d is not an object", i)
		}
	}
	if sequence, written := given["sequence_number"].(string); written {
		if _, err := strconv.Atoi(sequence); err != nil {
			return fmt.Errorf("sequence_number: %w", err)
		}
	}
	return nil
}

// Get returns the stored conversation: as seeded, or in the shape of v1 with "members".
func (a *API) Get(id string) (map[string]any, bool) {
	a.Lock()
	defer a.Unlock()
	stored, known := a.store.ByID[id]
	if !known || stored.Expired(a.Now()) {
		return nil, false
	}
	if stored.Seeded != nil {
		return document.Copy(stored.Seeded), true
	}
	whole := document.Copy(stored.Document)
	members := make([]any, len(stored.Members))
	for i, member := range stored.Members {
		members[i] = document.Copy(member)
	}
	whole["members"] = members
	return whole, true
}

// IDs returns the ids of the conversations in order of creation.
func (a *API) IDs() []string {
	a.Lock()
	defer a.Unlock()
	ids := []string{}
	for _, stored := range a.store.Ordered {
		if !stored.Expired(a.Now()) {
			ids = append(ids, stored.ID())
		}
	}
	return ids
}

// All returns the stored conversations by id, as Get does.
func (a *API) All() map[string]map[string]any {
	all := map[string]map[string]any{}
	for _, id := range a.IDs() {
		if stored, known := a.Get(id); known {
			all[id] = stored
		}
	}
	return all
}

// Remove deletes a conversation.
func (a *API) Remove(id string) bool {
	a.Lock()
	defer a.Unlock()
	return a.store.Remove(id)
}
