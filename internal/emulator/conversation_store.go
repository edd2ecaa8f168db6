// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

// conversation is stored in the shape of the v1 API, with members and events beside it. Its documents are replaced,
// never modified.
type conversation struct {
	uuid          string // "CON-…", never changes
	place         int    // increases in order of creation, for lists
	applicationID string // "" means that every valid token may read it
	document      document
	members       []document // in order of arrival
	events        []document
	// seeded is the document as seeded in the shape of v0.1. It is returned unchanged until the conversation changes.
	seeded document
	// transient marks the conversation of a plain call, which is removed when its last leg ends.
	transient bool
	// emptySince is when the last member left; zero while it is occupied or before anyone has left.
	emptySince time.Time
	// closers are the ids of members with endOnExit: when one leaves, every call in the conversation ends.
	closers map[string]bool
}

// newConversation returns a conversation of an application, without members.
func newConversation(applicationID string, doc document) *conversation {
	return &conversation{uuid: text(doc, "id"), applicationID: applicationID, document: doc, closers: map[string]bool{}}
}

// conversationStore finds conversations by id and lists them in order of creation.
type conversationStore struct {
	byID    map[string]*conversation
	ordered []*conversation
	made    int
}

func newConversationStore() *conversationStore {
	return &conversationStore{byID: map[string]*conversation{}}
}

func (s *conversationStore) put(c *conversation) {
	s.remove(c.uuid)
	s.made++
	c.place = s.made
	s.byID[c.uuid] = c
	s.ordered = append(s.ordered, c)
}

func (s *conversationStore) remove(id string) bool {
	gone, known := s.byID[id]
	if !known {
		return false
	}
	delete(s.byID, id)
	s.ordered = slices.DeleteFunc(s.ordered, func(other *conversation) bool { return other == gone })
	return true
}

func (c *conversation) id() string { return c.uuid }

// expired reports whether an empty conversation has outlived its time to live: properties.ttl in seconds, 0 for
// unlimited.
func (c *conversation) expired(now time.Time) bool {
	ttl := integer(c.document, 0, "properties", "ttl")
	return ttl > 0 && !c.emptySince.IsZero() && !now.Before(c.emptySince.Add(time.Duration(ttl)*time.Second))
}

// conversationFor returns a conversation that the token may access. The caller must hold the lock.
func (e *Emulator) conversationFor(who token, id string) (*conversation, bool) {
	found, known := e.conversations.byID[id]
	if !known || found.applicationID != "" && found.applicationID != who.applicationID {
		return nil, false
	}
	if found.expired(e.options.Now()) {
		e.conversations.remove(id)
		return nil, false
	}
	return found, true
}

func (c *conversation) member(id string) (int, bool) {
	place := slices.IndexFunc(c.members, func(member document) bool { return text(member, "id") == id })
	return place, place >= 0
}

// record appends an event; its number becomes the conversation's sequence number.
func (c *conversation) record(kind, from string, body document, now time.Time) document {
	id := integer(c.document, 0, "sequence_number") + 1
	event := document{"id": number(id), "type": kind, "body": body, "timestamp": timestamp(now)}
	if from != "" {
		event["from"] = from
	}
	c.events = append(c.events, event)
	c.change(document{"sequence_number": number(id)})
	return event
}

// change replaces properties of the conversation.
func (c *conversation) change(properties document) {
	changed := copyOf(c.document)
	maps.Copy(changed, properties)
	c.document, c.seeded = changed, nil
}

// occupied reports whether any member has joined or is invited.
func (c *conversation) occupied() bool {
	return slices.ContainsFunc(c.members, func(member document) bool { return text(member, "state") != "LEFT" })
}

// timestamp formats a time as the API does: UTC, with milliseconds.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// SeedConversation stores a conversation of either shape: that of v0.1, with "uuid" and embedded members, or that of
// v1, with optional "members". A property "application_id" names the owning application and is removed from the
// document; without it, every valid token may read the conversation.
func (e *Emulator) SeedConversation(id string, doc any) error {
	given, err := toDocument(doc)
	if err == nil {
		err = checkSeeded(given)
	}
	if err != nil {
		return err
	}
	owner := text(given, "application_id")
	delete(given, "application_id")
	var seeded *conversation
	if _, old := given["uuid"]; old {
		given["uuid"] = id
		modern, members := modernConversation(given)
		seeded = newConversation(owner, modern)
		seeded.members, seeded.seeded = members, given
	} else {
		given["id"] = id
		var members []document
		for _, member := range list(given, "members") {
			members = append(members, object(member))
		}
		delete(given, "members")
		seeded = newConversation(owner, given)
		seeded.members = members
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.conversations.put(seeded)
	return nil
}

// checkSeeded refuses a document that is valid in neither shape or that later reads could not handle.
func checkSeeded(given document) error {
	for i, member := range list(given, "members") {
		if object(member) == nil {
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

// Conversation returns the stored conversation: as seeded, or in the shape of v1 with "members".
func (e *Emulator) Conversation(id string) (map[string]any, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	stored, known := e.conversations.byID[id]
	if !known || stored.expired(e.options.Now()) {
		return nil, false
	}
	if stored.seeded != nil {
		return copyOf(stored.seeded), true
	}
	whole := copyOf(stored.document)
	members := make([]any, len(stored.members))
	for i, member := range stored.members {
		members[i] = copyOf(member)
	}
	whole["members"] = members
	return whole, true
}

// Conversations returns the ids of the conversations in order of creation.
func (e *Emulator) Conversations() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	ids := []string{}
	for _, stored := range e.conversations.ordered {
		if !stored.expired(e.options.Now()) {
			ids = append(ids, stored.id())
		}
	}
	return ids
}

// RemoveConversation deletes a conversation.
func (e *Emulator) RemoveConversation(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.conversations.remove(id)
}
