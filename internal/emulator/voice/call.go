// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package voice

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/background"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
)

// leg is one party's end of a call. Its mutable fields are guarded by the account's lock.
type leg struct {
	uuid, memberID string
	direction      string
	from, to       document.Object // endpoints: {"type", "number"}
	call           *call
	events         webhook.Hook // receives its events
	gone           chan struct{}

	status                   string
	started, answered, ended time.Time

	ringing, longest time.Duration // how long it may ring, and last once it is answered; zero for any time
	timedOut         bool          // it has rung for too long
	stopTimer        func()        // of the one or the other; nil if there is none
}

// call is what one NCCO controls: the first leg, and the legs that it connects.
type call struct {
	application document.Object // as it was when the call began
	legs        []*leg
	// conversation is the conversation of the legs. Only the call's goroutine changes it.
	conversation *conversation.Conversation
	script       script
	context      context.Context //nolint:containedctx // the lifetime of the call itself: cancelled when the first leg ends
	cancel       context.CancelFunc
	queue        *background.Queue
	settled      chan struct{} // closed once the call has finished, or waits for someone to act
	settleOnce   sync.Once
	failed       bool             // no NCCO was received, or it could not be executed
	replaced     chan replacement // receives the NCCO of the Voice API's transfer
}

// replacement replaces the rest of the current NCCO: actions, or the webhook that returns them.
type replacement struct {
	actions []document.Object
	hook    webhook.Hook
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

// origin is what the call's webhooks are called for.
func (c *call) origin() webhook.Origin {
	return webhook.Origin{Application: c.application, Call: c.caller().uuid}
}

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

// Save saves the calls that have ended: see platform.Server.Save. One in progress cannot be saved.
func (a *API) Save() (restore func()) {
	byID, ordered := maps.Clone(a.calls.byID), slices.Clone(a.calls.ordered)
	return func() { a.calls.byID, a.calls.ordered = maps.Clone(byID), slices.Clone(ordered) }
}

// InProgress reports whether a call is in progress. The caller must hold the lock.
func (a *API) InProgress() bool {
	return slices.ContainsFunc(a.calls.ordered, func(l *leg) bool { return !l.over() })
}

// newCall returns a call of an application, without legs.
func (a *API) newCall(application document.Object, plan script) *call {
	c := &call{
		application: application,
		script:      plan,
		queue:       &background.Queue{Background: a.Background},
		settled:     make(chan struct{}),
		replaced:    make(chan replacement, 1),
	}
	c.context, c.cancel = context.WithCancel(a.Background.Work())
	return c
}

// addLeg adds a new leg to the call and lets it ring; the leg is not yet a member of the call's conversation.
func (a *API) addLeg(c *call, direction string, from, to document.Object, events webhook.Hook) *leg {
	id := uuid.NewString()
	if direction == "inbound" {
		id = platform.RandomHex(16) // the format of ids of legs from the telephone network
	}
	added := &leg{
		uuid: id, memberID: "MEM-" + uuid.NewString(), direction: direction, from: from, to: to, call: c, events: events,
		gone: make(chan struct{}), status: "started", started: a.Now(),
	}
	c.legs = append(c.legs, added)
	a.calls.add(added)
	a.event(added, "started", nil)
	added.status = "ringing"
	a.event(added, "ringing", nil)
	return added
}

// answer answers a ringing leg; on any other leg it does nothing.
func (a *API) answer(l *leg) {
	if l.over() || !l.answered.IsZero() {
		return
	}
	l.answered, l.status = a.Now(), "answered"
	l.call.conversation.Join(l.memberID, l.answered)
	a.limit(l, l.longest, func() {})
	a.event(l, "answered", document.Object{"start_time": document.Timestamp(l.answered)})
}

// end ends a leg; the end of the first leg ends the whole call. by is who ended it: "user" or "platform".
func (a *API) end(l *leg, by string) {
	if l.over() {
		return
	}
	if l.stopTimer != nil {
		l.stopTimer()
	}
	now := a.Now()
	wasAnswered := !l.answered.IsZero()
	l.ended, l.status = now, l.outcome()
	home := l.call.conversation
	closes := home.Leave(l.memberID, now)
	close(l.gone)
	if wasAnswered {
		a.event(l, "completed", completion(l, by))
	} else {
		a.event(l, l.status, nil)
	}
	if l == l.call.caller() {
		for _, other := range l.call.legs[1:] {
			a.end(other, "platform")
		}
		l.call.cancel()
		if home.Transient {
			a.conversations.Remove(home.ID())
		}
	}
	if closes {
		a.End(home)
	}
}

// limit ends a leg after a time, unless it is answered or ends before. Zero is no limit. The caller must hold the lock.
func (a *API) limit(l *leg, after time.Duration, reached func()) {
	if l.stopTimer != nil {
		l.stopTimer()
		l.stopTimer = nil
	}
	if after == 0 {
		return
	}
	answered := l.answered
	l.stopTimer = a.Clock.AfterFunc(after, func() {
		a.Lock()
		defer a.Unlock()
		if !l.over() && l.answered.Equal(answered) {
			reached()
			a.end(l, "platform")
		}
	})
}

// ring lets a called leg ring, for as long as it may.
func (a *API) ring(l *leg) { a.limit(l, l.ringing, func() { l.timedOut = true }) }

// outcome returns the final status of a leg.
func (l *leg) outcome() string {
	switch {
	case !l.answered.IsZero():
		return "completed"
	case l.call.failed:
		return "failed"
	case l.timedOut:
		return "timeout"
	default:
		return "unanswered"
	}
}

// End ends every call that is in the conversation.
func (a *API) End(c *conversation.Conversation) {
	for _, other := range slices.Clone(a.calls.ordered) {
		if other.call.conversation == c && !other.over() {
			a.end(other.call.caller(), "platform")
		}
	}
}

// webhookOf returns one of an application's voice webhooks. Its timeout is the sum of the connect and the socket
// timeout. Seeded applications may omit the method; the default is that of the API.
func webhookOf(application document.Object, name string, fallback int) webhook.Hook {
	hook := document.ObjectAt(application, "capabilities", "voice", "webhooks", name)
	method := document.Text(hook, "http_method")
	if method == "" {
		method = http.MethodGet
		if name == "event_url" {
			method = http.MethodPost
		}
	}
	milliseconds := document.Integer(hook, webhook.ConnectTimeout, "connect_timeout") + document.Integer(hook, fallback, "socket_timeout")
	return webhook.Hook{Address: document.Text(hook, "address"), Method: method, Timeout: time.Duration(milliseconds) * time.Millisecond}
}
