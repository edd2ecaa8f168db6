// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package conversation stores the conversations that the Conversation API and the calls of the Voice API share.
package conversation

import (
	"maps"
	"slices"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Admit adds a member. It does not modify the list in place, because readers may hold it.
func (c *Conversation) Admit(member document.Object) {
	c.Members = append(slices.Clip(c.Members), member)
	c.EmptySince, c.Seeded = time.Time{}, nil
}

// Join changes an invited member's state to JOINED.
func (c *Conversation) Join(memberID string, now time.Time) {
	place, known := c.Member(memberID)
	if !known || document.Text(c.Members[place], "state") == "JOINED" {
		return
	}
	c.changeMember(place, "JOINED", "joined", now)
	c.Record("member:joined", memberID, document.Object{}, now)
}

// Leave changes a member's state to LEFT and reports whether that closes the conversation (endOnExit).
func (c *Conversation) Leave(memberID string, now time.Time) (closes bool) {
	place, known := c.Member(memberID)
	if !known || document.Text(c.Members[place], "state") == "LEFT" {
		return false
	}
	c.changeMember(place, "LEFT", "left", now)
	c.Record("member:left", memberID, document.Object{}, now)
	if !c.occupied() {
		c.EmptySince = now
	}
	return c.Closers[memberID]
}

func (c *Conversation) changeMember(place int, state, when string, now time.Time) {
	changed := document.Copy(c.Members[place])
	changed["state"] = state
	document.Within(changed, "timestamp")[when] = document.Timestamp(now)
	c.ReplaceMember(place, changed)
}

// ReplaceMember replaces a member in a copy of the list, because readers may hold the old one.
func (c *Conversation) ReplaceMember(place int, member document.Object) {
	members := make([]document.Object, len(c.Members))
	copy(members, c.Members)
	members[place] = member
	c.Members, c.Seeded = members, nil
}

// DefaultTTL is how long a named conversation of a call is kept, in hours: Application API 2.4.1, conversations_ttl.
const DefaultTTL = 48

// Conversation is stored in the shape of the v1 API, with members and events beside it. Its documents are replaced,
// never modified.
type Conversation struct {
	uuid          string // "CON-…", never changes
	Place         int    // increases in order of creation, for lists
	ApplicationID string // "" means that every valid token may read it
	Document      document.Object
	Members       []document.Object // in order of arrival
	Events        []document.Object
	// seeded is the document as seeded in the shape of v0.1. It is returned unchanged until the conversation changes.
	Seeded document.Object
	// transient marks the conversation of a plain call, which is removed when its last leg ends.
	Transient bool
	// emptySince is when the last member left; zero while it is occupied or before anyone has left.
	EmptySince time.Time
	// closers are the ids of members with endOnExit: when one leaves, every call in the conversation ends.
	Closers map[string]bool
}

// New returns a conversation of an application, without members.
func New(applicationID string, doc document.Object) *Conversation {
	return &Conversation{uuid: document.Text(doc, "id"), ApplicationID: applicationID, Document: doc, Closers: map[string]bool{}}
}

// Store finds conversations by id and lists them in order of creation.
type Store struct {
	ByID    map[string]*Conversation
	Ordered []*Conversation
	made    int
}

// NewStore returns an empty store.
func NewStore() *Store {
	return &Store{ByID: map[string]*Conversation{}}
}

// Save saves the conversations: see platform.Server.Save.
func (s *Store) Save() (restore func()) {
	saved := s.copy()
	return func() { *s = saved.copy() }
}

func (s *Store) copy() Store {
	copied := Store{ByID: make(map[string]*Conversation, len(s.ByID)), Ordered: make([]*Conversation, len(s.Ordered)), made: s.made}
	for i, c := range s.Ordered {
		same := *c
		same.Events, same.Closers = slices.Clone(c.Events), maps.Clone(c.Closers)
		copied.ByID[c.uuid], copied.Ordered[i] = &same, &same
	}
	return copied
}

// Put adds a conversation, or replaces the one with its id.
func (s *Store) Put(c *Conversation) {
	s.Remove(c.uuid)
	s.made++
	c.Place = s.made
	s.ByID[c.uuid] = c
	s.Ordered = append(s.Ordered, c)
}

// Remove removes a conversation and reports whether it was there.
func (s *Store) Remove(id string) bool {
	gone, known := s.ByID[id]
	if !known {
		return false
	}
	delete(s.ByID, id)
	s.Ordered = slices.DeleteFunc(s.Ordered, func(other *Conversation) bool { return other == gone })
	return true
}

// ID returns "CON-…", which never changes.
func (c *Conversation) ID() string { return c.uuid }

// Expired reports whether an empty conversation has outlived its time to live: properties.ttl in seconds, 0 for
// unlimited.
func (c *Conversation) Expired(now time.Time) bool {
	ttl := document.Integer(c.Document, 0, "properties", "ttl")
	return ttl > 0 && !c.EmptySince.IsZero() && !now.Before(c.EmptySince.Add(time.Duration(ttl)*time.Second))
}

// Readable returns a conversation that an application may access.
func (s *Store) Readable(applicationID, id string, now time.Time) (*Conversation, bool) {
	found, known := s.ByID[id]
	if !known || found.ApplicationID != "" && found.ApplicationID != applicationID {
		return nil, false
	}
	if found.Expired(now) {
		s.Remove(id)
		return nil, false
	}
	return found, true
}

// Named returns an application's conversation with this name.
func (s *Store) Named(applicationID, name string, now time.Time) (*Conversation, bool) {
	for _, c := range s.Ordered {
		if c.ApplicationID == applicationID && document.Text(c.Document, "name") == name && !c.Expired(now) {
			return c, true
		}
	}
	return nil, false
}

// Member returns the place of a member in Members.
func (c *Conversation) Member(id string) (int, bool) {
	place := slices.IndexFunc(c.Members, func(member document.Object) bool { return document.Text(member, "id") == id })
	return place, place >= 0
}

// Record appends an event; its number becomes the conversation's sequence number.
func (c *Conversation) Record(kind, from string, body document.Object, now time.Time) document.Object {
	id := document.Integer(c.Document, 0, "sequence_number") + 1
	event := document.Object{"id": document.Number(id), "type": kind, "body": body, "timestamp": document.Timestamp(now)}
	if from != "" {
		event["from"] = from
	}
	c.Events = append(c.Events, event)
	c.Change(document.Object{"sequence_number": document.Number(id)})
	return event
}

// Change replaces properties of the conversation.
func (c *Conversation) Change(properties document.Object) {
	changed := document.Copy(c.Document)
	maps.Copy(changed, properties)
	c.Document, c.Seeded = changed, nil
}

// occupied reports whether any member has joined or is invited.
func (c *Conversation) occupied() bool {
	return slices.ContainsFunc(c.Members, func(member document.Object) bool { return document.Text(member, "state") != "LEFT" })
}
