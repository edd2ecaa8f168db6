// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"errors"
	"slices"
)

var errNoConversation = errors.New("there is no conversation to transfer to")

// perform executes one action. A returned NCCO replaces the rest of the current one; an error ends the call.
func (e *Emulator) perform(c *call, action document) ([]document, error) {
	switch text(action, "action") {
	case "connect":
		return e.connect(c, action)
	case "conversation":
		return e.converse(c, action)
	case "transfer":
		return e.transfer(c, action)
	case "talk", "stream":
		return e.play(c, action)
	case "record":
		return nil, e.record(c, action)
	case "input":
		return e.input(c, action)
	case "notify":
		return e.ask(c, c.caller().events.eventHook(action), document{
			"payload": action["payload"], "uuid": c.caller().uuid, "conversation_uuid": c.caller().conversationID(),
			"timestamp": timestamp(e.options.Now()),
		})
	default: // wait takes no time in the emulator
		return nil, nil
	}
}

// pickUpFirst answers the caller, as every action does that plays or records audio.
func (e *Emulator) pickUpFirst(c *call) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.answer(c.caller())
}

// rest blocks until the action ends (until), the call ends, or a transfer replaces the rest of the NCCO.
func (e *Emulator) rest(c *call, until <-chan struct{}) ([]document, error) {
	c.settle()
	select {
	case <-until:
		return nil, nil
	case <-c.context.Done():
		return nil, nil
	case next := <-c.replaced:
		if next.hook.address != "" {
			return e.askForNCCO(c, next.hook)
		}
		return next.actions, nil
	}
}

// play plays a talk or stream action, silently and in no time; an endless one (loop 0) lasts until the call moves on.
func (e *Emulator) play(c *call, action document) ([]document, error) {
	e.pickUpFirst(c)
	if integer(action, 1, "loop") == 0 {
		return e.rest(c, nil)
	}
	return nil, nil
}

// record reports a recording that does not exist.
func (e *Emulator) record(c *call, action document) error {
	e.pickUpFirst(c)
	e.mu.Lock()
	defer e.mu.Unlock()
	now, uuid := timestamp(e.options.Now()), newUUID()
	e.sendTo(c, c.caller().events.eventHook(action), document{
		"recording_url": e.ownURL() + "/v1/files/" + uuid, "recording_uuid": uuid, "size": number(0),
		"start_time": now, "end_time": now, "timestamp": now, "conversation_uuid": c.caller().conversationID(),
	})
	return nil
}

// input consumes the script's next digits and speech, and asks the event webhook how to continue.
func (e *Emulator) input(c *call, action document) ([]document, error) {
	e.pickUpFirst(c)
	caller := c.caller()
	body := document{
		"from": address(caller.from), "to": address(caller.to), "uuid": caller.uuid, "conversation_uuid": caller.conversationID(),
		"timestamp": timestamp(e.options.Now()),
	}
	kinds := list(action, "type")
	if kinds == nil {
		kinds = []any{action["type"]} // older documents have a string instead of the list
	}
	if slices.Contains(kinds, any("dtmf")) {
		digits, pressed := next(&c.script.digits)
		body["dtmf"] = document{"digits": digits, "timed_out": !pressed}
	}
	if slices.Contains(kinds, any("speech")) {
		body["speech"] = speech(next(&c.script.says))
	}
	hook := caller.events.eventHook(action)
	if text(action, "mode") == "asynchronous" {
		e.sendTo(c, hook, body)
		return nil, nil
	}
	return e.ask(c, hook, body)
}

func speech(said string, spoke bool) document {
	if !spoke {
		return document{"timeout_reason": "start_timeout", "results": []any{}}
	}
	return document{"timeout_reason": "end_on_silence_timeout", "results": []any{document{"text": said, "confidence": "0.9"}}}
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
func (e *Emulator) converse(c *call, action document) ([]document, error) {
	e.enterNamed(c, action)
	if flag(action, "record") {
		if err := e.record(c, action); err != nil {
			return nil, err
		}
	}
	return e.rest(c, nil)
}

// enterNamed creates the conversation if there is none with that name.
func (e *Emulator) enterNamed(c *call, action document) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if c.caller().over() {
		return // a leg that has ended would never leave the conversation
	}
	e.answer(c.caller())
	home, known := e.namedConversation(text(c.application, "id"), text(action, "name"))
	if !known {
		home = e.newCallConversation(c.application)
		home.transient = false
		home.change(document{"name": text(action, "name")})
	}
	e.move(c, home, action)
}

// transfer moves the caller into an existing conversation.
func (e *Emulator) transfer(c *call, action document) ([]document, error) {
	e.mu.Lock()
	e.answer(c.caller())
	home, known := e.conversationFor(token{applicationID: text(c.application, "id")}, text(action, "conversationId"))
	if known {
		e.move(c, home, action)
	}
	e.mu.Unlock()
	if !known {
		return nil, errNoConversation
	}
	return e.rest(c, nil)
}

// move moves the caller from its conversation to home.
func (e *Emulator) move(c *call, home *conversation, action document) {
	caller, now := c.caller(), e.options.Now()
	if caller.over() {
		return
	}
	before := c.conversation
	before.leave(caller.memberID, now)
	if before.transient {
		e.conversations.remove(before.id())
	}
	c.conversation = home
	caller.memberID = "MEM-" + newUUID()
	e.enter(caller, "JOINED", "", caller.channel(nil))
	if place, ok := home.member(caller.memberID); ok && flag(action, "mute") {
		muted := copyOf(home.members[place])
		within(within(muted, "media"), "audio_settings")["muted"] = true
		home.replaceMember(place, muted)
	}
	if flag(action, "endOnExit") {
		home.closers[caller.memberID] = true
	}
	e.event(caller, "transfer", document{"conversation_uuid_from": before.id(), "conversation_uuid_to": home.id()})
}

// namedConversation returns an application's conversation with this name.
func (e *Emulator) namedConversation(applicationID, name string) (*conversation, bool) {
	for _, c := range e.conversations.ordered {
		if c.applicationID == applicationID && text(c.document, "name") == name && !c.expired(e.options.Now()) {
			return c, true
		}
	}
	return nil, false
}
