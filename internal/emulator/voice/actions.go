// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package voice

import (
	"errors"
	"slices"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
)

var errNoConversation = errors.New("there is no conversation to transfer to")

// perform executes one action. A returned NCCO replaces the rest of the current one; an error ends the call.
func (a *API) perform(c *call, action document.Object) ([]document.Object, error) {
	a.Feed.Publish(a.APIKey, feed.Action{Call: c.caller().uuid, Action: action, Time: a.Now()})
	switch document.Text(action, "action") {
	case "connect":
		return a.connect(c, action)
	case "conversation":
		return a.converse(c, action)
	case "transfer":
		return a.transfer(c, action)
	case "talk", "stream":
		return a.play(c, action)
	case "record":
		return nil, a.record(c, action)
	case "input":
		return a.input(c, action)
	case "notify":
		return a.ask(c, c.caller().events.ForAction(action), document.Object{
			"payload": action["payload"], "uuid": c.caller().uuid, "conversation_uuid": c.caller().conversationID(),
			"timestamp": document.Timestamp(a.Now()),
		})
	default: // wait takes no time in the emulator
		return nil, nil
	}
}

// pickUpFirst answers the caller, as every action does that plays or records audio.
func (a *API) pickUpFirst(c *call) {
	a.Lock()
	defer a.Unlock()
	a.answer(c.caller())
}

// rest blocks until the action ends (until), the call ends, or a transfer replaces the rest of the NCCO.
func (a *API) rest(c *call, until <-chan struct{}) ([]document.Object, error) {
	c.settle()
	select {
	case <-until:
		return nil, nil
	case <-c.context.Done():
		return nil, nil
	case next := <-c.replaced:
		if next.hook.Address != "" {
			return a.askForNCCO(c, next.hook)
		}
		return next.actions, nil
	}
}

// play plays a talk or stream action, silently and in no time; an endless one (loop 0) lasts until the call moves on.
func (a *API) play(c *call, action document.Object) ([]document.Object, error) {
	a.pickUpFirst(c)
	if document.Integer(action, 1, "loop") == 0 {
		return a.rest(c, nil)
	}
	return nil, nil
}

// record reports a recording that does not exist.
func (a *API) record(c *call, action document.Object) error {
	a.pickUpFirst(c)
	a.Lock()
	defer a.Unlock()
	now, id := document.Timestamp(a.Now()), uuid.NewString()
	a.sendTo(c, c.caller().events.ForAction(action), document.Object{
		"recording_url": a.OwnURL() + "/v1/files/" + id, "recording_uuid": id, "size": document.Number(0),
		"start_time": now, "end_time": now, "timestamp": now, "conversation_uuid": c.caller().conversationID(),
	})
	return nil
}

// input consumes the script's next digits and speech, and asks the event webhook how to continue.
func (a *API) input(c *call, action document.Object) ([]document.Object, error) {
	a.pickUpFirst(c)
	caller := c.caller()
	body := document.Object{
		"from": address(caller.from), "to": address(caller.to), "uuid": caller.uuid, "conversation_uuid": caller.conversationID(),
		"timestamp": document.Timestamp(a.Now()),
	}
	kinds := document.List(action, "type")
	if kinds == nil {
		kinds = []any{action["type"]} // older documents have a string instead of the list
	}
	seen := feed.Input{Call: caller.uuid, Time: a.Now()}
	if slices.Contains(kinds, any("dtmf")) {
		digits, pressed := next(&c.script.digits)
		seen.Digits = &digits
		body["dtmf"] = document.Object{"digits": digits, "timed_out": !pressed}
	}
	if slices.Contains(kinds, any("speech")) {
		said, spoke := next(&c.script.says)
		seen.Says = &said
		body["speech"] = speech(said, spoke)
	}
	a.Feed.Publish(a.APIKey, seen)
	hook := caller.events.ForAction(action)
	if document.Text(action, "mode") == "asynchronous" {
		a.sendTo(c, hook, body)
		return nil, nil
	}
	return a.ask(c, hook, body)
}

func speech(said string, spoke bool) document.Object {
	if !spoke {
		return document.Object{"timeout_reason": "start_timeout", "results": []any{}}
	}
	return document.Object{"timeout_reason": "end_on_silence_timeout", "results": []any{document.Object{"text": said, "confidence": "0.9"}}}
}

// next removes and returns the first entry of a script. Only the call's goroutine uses it.
func next(entries *[]string) (string, bool) {
	if len(*entries) == 0 {
		return "", false
	}
	first := (*entries)[0]
	*entries = (*entries)[1:]
	return first, true
}

// converse moves the caller into a named conversation, which outlives the call by its time to live.
func (a *API) converse(c *call, action document.Object) ([]document.Object, error) {
	a.enterNamed(c, action)
	if document.Flag(action, "record") {
		if err := a.record(c, action); err != nil {
			return nil, err
		}
	}
	return a.rest(c, nil)
}

// enterNamed creates the conversation if there is none with that name.
func (a *API) enterNamed(c *call, action document.Object) {
	a.Lock()
	defer a.Unlock()
	if c.caller().over() {
		return // a leg that has ended would never leave the conversation
	}
	a.answer(c.caller())
	home, known := a.conversations.Named(document.Text(c.application, "id"), document.Text(action, "name"), a.Now())
	if !known {
		home = a.newCallConversation(c.application)
		home.Transient = false
		home.Change(document.Object{"name": document.Text(action, "name")})
	}
	a.move(c, home, action)
}

// transfer moves the caller into an existing conversation.
func (a *API) transfer(c *call, action document.Object) ([]document.Object, error) {
	a.Lock()
	a.answer(c.caller())
	home, known := a.conversations.Readable(document.Text(c.application, "id"), document.Text(action, "conversationId"), a.Now())
	if known {
		a.move(c, home, action)
	}
	a.Unlock()
	if !known {
		return nil, errNoConversation
	}
	return a.rest(c, nil)
}

// move moves the caller from its conversation to home.
func (a *API) move(c *call, home *conversation.Conversation, action document.Object) {
	caller, now := c.caller(), a.Now()
	if caller.over() {
		return
	}
	before := c.conversation
	before.Leave(caller.memberID, now)
	if before.Transient {
		a.conversations.Remove(before.ID())
	}
	c.conversation = home
	caller.memberID = "MEM-" + uuid.NewString()
	a.enter(caller, "JOINED", "", caller.channel(nil))
	if place, ok := home.Member(caller.memberID); ok && document.Flag(action, "mute") {
		muted := document.Copy(home.Members[place])
		document.Within(document.Within(muted, "media"), "audio_settings")["muted"] = true
		home.ReplaceMember(place, muted)
	}
	if document.Flag(action, "endOnExit") {
		home.Closers[caller.memberID] = true
	}
	a.event(caller, "transfer", document.Object{"conversation_uuid_from": before.ID(), "conversation_uuid_to": home.ID()})
}

// connect calls another party and holds the caller until that party's leg ends.
func (a *API) connect(c *call, action document.Object) ([]document.Object, error) {
	called := a.dial(c, action)
	if called == nil {
		return nil, nil
	}
	if actions, err := a.rest(c, called.gone); actions != nil || err != nil {
		a.HangUp(called.uuid)
		return actions, err
	}
	if c.over() || document.Text(action, "eventType") != "synchronous" {
		return nil, nil
	}
	a.Lock()
	outcome := called.statusEvent(called.status, document.Timestamp(a.Now()), nil)
	a.Unlock()
	return a.ask(c, called.events, outcome)
}

// dial creates the second leg, which rings at once and is answered at once if the script says so. It returns nil if
// the caller has hung up.
func (a *API) dial(c *call, action document.Object) *leg {
	a.Lock()
	defer a.Unlock()
	caller := c.caller()
	if caller.over() {
		return nil
	}
	from := document.Object{"type": "phone", "number": "Unknown"} // the calling number is hidden unless the action names one
	if shown := document.Text(action, "from"); shown != "" {
		from["number"] = shown
	} else if document.Flag(action, "randomFromNumber") {
		from["number"] = address(caller.to)
	}
	endpoint := document.ObjectAt(document.List(action, "endpoint")[0])
	if document.Text(endpoint, "type") == "phone" {
		endpoint = phone(document.Text(endpoint, "number"))
	}
	called := a.addLeg(c, "outbound", from, endpoint, caller.events.ForAction(action))
	a.enter(called, "INVITED", caller.memberID,
		called.calledChannel(action, "machineDetection", "advancedMachineDetection", "timeout", "limit"))
	a.ring(called)
	if c.script.answered {
		a.answer(called)
		a.answer(caller)
	}
	return called
}
