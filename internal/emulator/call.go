// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"context"
	"slices"
	"sync"
	"time"
)

// leg is one party's end of a call. Its fields belong to the account's lock, but for those that never change.
type leg struct {
	uuid, memberID string
	direction      string
	from, to       document // endpoints: {"type", "number"}
	call           *call
	events         webhook // where its events go
	gone           chan struct{}

	status                   string
	started, answered, ended time.Time
}

// call is what one NCCO controls: the first leg, and those it connects.
type call struct {
	application document // as it was when the call came in
	legs        []*leg
	// conversation is where the legs are. Only the run of the call moves them.
	conversation *conversation
	script       script
	context      context.Context //nolint:containedctx // ends when the first leg does: it is the lifetime of the call itself
	cancel       context.CancelFunc
	queue        *queue
	settled      chan struct{} // closed when the answer webhook has answered and what follows waits for somebody
	settleOnce   sync.Once
	failed       bool             // no NCCO could be had, or carried out
	replaced     chan replacement // by the Voice API's transfer
}

// replacement is an NCCO in place of what is left of the present one, or the webhook that knows one.
type replacement struct {
	actions []document
	hook    webhook
}

// script is what the people on the line do.
type script struct {
	answered bool     // whether those who are called pick up
	digits   []string // what the caller presses, one entry for each input action
	says     []string // what the caller says, one entry for each input action
}

func (c *call) settle() { c.settleOnce.Do(func() { close(c.settled) }) }

// over tells whether the first leg is gone.
func (c *call) over() bool { return c.context.Err() != nil }

func (c *call) caller() *leg { return c.legs[0] }

// callStore knows every leg by its uuid, and forgets the oldest that have ended.
type callStore struct {
	limit   int
	byID    map[string]*leg
	ordered []*leg
}

const maxLegs = 10_000

func newCallStore(limit int) *callStore { return &callStore{limit: limit, byID: map[string]*leg{}} }

func (s *callStore) add(l *leg) {
	if len(s.ordered) >= s.limit && s.ordered[0].over() {
		delete(s.byID, s.ordered[0].uuid)
		s.ordered = slices.Delete(s.ordered, 0, 1)
	}
	s.byID[l.uuid] = l
	s.ordered = append(s.ordered, l)
}

// over tells whether a leg is over, however it ended.
func (l *leg) over() bool { return !l.ended.IsZero() }

// newCall is a call of an application that has no leg yet.
func (e *Emulator) newCall(application document, plan script) *call {
	c := &call{
		application: application,
		script:      plan,
		queue:       &queue{background: e.background},
		settled:     make(chan struct{}),
		replaced:    make(chan replacement, 1),
	}
	c.context, c.cancel = context.WithCancel(e.background.context)
	return c
}

// addLeg lets a leg begin to ring: a new leg of the call, not yet a member of its conversation.
func (e *Emulator) addLeg(c *call, direction string, from, to document, events webhook) *leg {
	uuid := newUUID()
	if direction == "inbound" {
		uuid = randomHex(16) // as legs from the telephone network are named
	}
	added := &leg{
		uuid: uuid, memberID: "MEM-" + newUUID(), direction: direction, from: from, to: to, call: c, events: events,
		gone: make(chan struct{}), status: "started", started: e.options.Now(),
	}
	c.legs = append(c.legs, added)
	e.calls.add(added)
	e.event(added, "started", nil)
	added.status = "ringing"
	e.event(added, "ringing", nil)
	return added
}

// answer picks a leg up; it does nothing to one that is up, or over.
func (e *Emulator) answer(l *leg) {
	if l.over() || !l.answered.IsZero() {
		return
	}
	l.answered, l.status = e.options.Now(), "answered"
	l.call.conversation.join(l.memberID, l.answered)
	e.event(l, "answered", document{"start_time": timestamp(l.answered)})
}

// end takes a leg off the line; with the first leg the whole call ends. by is who ended it: "user" or "platform".
func (e *Emulator) end(l *leg, by string) {
	if l.over() {
		return
	}
	now := e.options.Now()
	wasAnswered := !l.answered.IsZero()
	l.ended, l.status = now, l.outcome()
	home := l.call.conversation
	closes := home.leave(l.memberID, now)
	close(l.gone)
	if wasAnswered {
		e.event(l, "completed", completion(l, by))
	} else {
		e.event(l, l.status, nil)
	}
	if l == l.call.caller() {
		for _, other := range l.call.legs[1:] {
			e.end(other, "platform")
		}
		l.call.cancel()
		if home.transient {
			e.conversations.remove(home.id())
		}
	}
	if closes {
		e.closeConversation(home)
	}
}

// outcome is the last status of a leg.
func (l *leg) outcome() string {
	switch {
	case !l.answered.IsZero():
		return "completed"
	case l.call.failed:
		return "failed"
	default:
		return "unanswered"
	}
}

// closeConversation takes everybody off the line whose leg is in a conversation.
func (e *Emulator) closeConversation(c *conversation) {
	for _, other := range slices.Clone(e.calls.ordered) {
		if other.call.conversation == c && !other.over() {
			e.end(other.call.caller(), "platform")
		}
	}
}
