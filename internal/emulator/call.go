// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"context"
	"slices"
	"sync"
	"time"
)

// leg is one party's end of a call. Its mutable fields are guarded by the account's lock.
type leg struct {
	uuid, memberID string
	direction      string
	from, to       document // endpoints: {"type", "number"}
	call           *call
	events         webhook // receives its events
	gone           chan struct{}

	status                   string
	started, answered, ended time.Time
}

// call is what one NCCO controls: the first leg, and the legs that it connects.
type call struct {
	application document // as it was when the call began
	legs        []*leg
	// conversation is the conversation of the legs. Only the call's goroutine changes it.
	conversation *conversation
	script       script
	context      context.Context //nolint:containedctx // the lifetime of the call itself: cancelled when the first leg ends
	cancel       context.CancelFunc
	queue        *queue
	settled      chan struct{} // closed once the call has finished, or waits for someone to act
	settleOnce   sync.Once
	failed       bool             // no NCCO was received, or it could not be executed
	replaced     chan replacement // receives the NCCO of the Voice API's transfer
}

// replacement replaces the rest of the current NCCO: actions, or the webhook that returns them.
type replacement struct {
	actions []document
	hook    webhook
}

// script is what the parties on the line do.
type script struct {
	answered bool     // whether the called parties answer
	digits   []string // what the caller presses, one entry per input action
	says     []string // what the caller says, one entry per input action
}

func (c *call) settle() { c.settleOnce.Do(func() { close(c.settled) }) }

// over reports whether the first leg has ended.
func (c *call) over() bool { return c.context.Err() != nil }

func (c *call) caller() *leg { return c.legs[0] }

// callStore finds legs by uuid. Beyond limit it drops the oldest leg, if that has ended.
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

// over reports whether the leg has ended, in whichever way.
func (l *leg) over() bool { return !l.ended.IsZero() }

// newCall returns a call of an application, without legs.
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

// addLeg adds a new leg to the call and lets it ring; the leg is not yet a member of the call's conversation.
func (e *Emulator) addLeg(c *call, direction string, from, to document, events webhook) *leg {
	uuid := newUUID()
	if direction == "inbound" {
		uuid = randomHex(16) // the format of ids of legs from the telephone network
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

// answer answers a ringing leg; on any other leg it does nothing.
func (e *Emulator) answer(l *leg) {
	if l.over() || !l.answered.IsZero() {
		return
	}
	l.answered, l.status = e.options.Now(), "answered"
	l.call.conversation.join(l.memberID, l.answered)
	e.event(l, "answered", document{"start_time": timestamp(l.answered)})
}

// end ends a leg; the end of the first leg ends the whole call. by is who ended it: "user" or "platform".
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

// outcome returns the final status of a leg.
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

// closeConversation ends every call that is in the conversation.
func (e *Emulator) closeConversation(c *conversation) {
	for _, other := range slices.Clone(e.calls.ordered) {
		if other.call.conversation == c && !other.over() {
			e.end(other.call.caller(), "platform")
		}
	}
}
