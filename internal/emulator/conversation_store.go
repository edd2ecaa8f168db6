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

// conversation is held in the shape of the v1 API, its members and events beside it. Whoever changes one replaces the
// documents that change.
type conversation struct {
	uuid          string // "CON-…", never changes
	place         int    // when it was made, for lists
	applicationID string // "" lets every valid token see it
	document      document
	members       []document // in the order of their arrival
	events        []document
	// seeded is the document as it was seeded in the shape of v0.1, until something changes it: it is answered as is.
	seeded document
	// transient conversations are those of plain calls: gone with the last leg.
	transient bool
	// emptySince is when the last member left; zero while there is somebody, or nothing has happened yet.
	emptySince time.Time
	// closers are the members with whom everybody leaves: endOnExit.
	closers map[string]bool
}

// newConversation is a conversation of an application that nobody has entered.
func newConversation(applicationID string, doc document) *conversation {
	return &conversation{uuid: text(doc, "id"), applicationID: applicationID, document: doc, closers: map[string]bool{}}
}

// conversationStore finds conversations by id and lists them in the order in which they were made.
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

// expired tells whether an empty conversation's time to live has passed: properties.ttl, seconds, 0 for never.
func (c *conversation) expired(now time.Time) bool {
	ttl := integer(c.document, 0, "properties", "ttl")
	return ttl > 0 && !c.emptySince.IsZero() && !now.Before(c.emptySince.Add(time.Duration(ttl)*time.Second))
}

// conversationFor finds a conversation that a token may see. The caller holds the lock.
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

// record appends an event, whose number is the conversation's sequence number from then on.
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

// occupied tells whether a member is there, or invited.
func (c *conversation) occupied() bool {
	return slices.ContainsFunc(c.members, func(member document) bool { return text(member, "state") != "LEFT" })
}

// timestamp is how the API writes times: UTC, milliseconds.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// SeedConversation puts a conversation into the account in either shape: that of v0.1, with "uuid" and embedded members, or
// that of v1, whose members may be given as "members". A property "application_id" names the application that owns
// it, and is no part of the document; without one, every valid token may read it.
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

// checkSeeded refuses what no conversation of either shape is, and what would break when it is looked at.
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

// Conversation is the stored conversation: as it was seeded, or in the shape of v1 with "members".
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

// Conversations are the ids of the conversations there are, in the order in which they were made.
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

// RemoveConversation takes a conversation away.
func (e *Emulator) RemoveConversation(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.conversations.remove(id)
}
