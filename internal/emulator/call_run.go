// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"context"
	"encoding/json"
	"errors"
)

// Each call runs in its own goroutine: it fetches an NCCO and executes its actions in turn. Speech, recording, input
// and waiting take no time; only a connected party, a conversation and an endless loop hold a call.

// maxActions ends a call whose webhooks answer every input with another input: a real caller would have hung up by
// then.
const maxActions = 200

// run executes a call's NCCO and hangs up at its end.
func (e *Emulator) run(c *call, first func() ([]document, error)) {
	defer c.settle()
	defer e.finish(c)
	actions, err := first()
	if err != nil {
		e.giveUp(c, err)
		return
	}
	for count := 0; len(actions) > 0 && count < maxActions && !c.over(); count++ {
		replacement, err := e.perform(c, actions[0])
		if err != nil {
			e.giveUp(c, err)
			return
		}
		actions = actions[1:]
		if replacement != nil {
			actions = replacement
		}
	}
}

// finish hangs up.
func (e *Emulator) finish(c *call) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.end(c.caller(), "platform")
}

// giveUp reports why a call cannot continue, unless it has already ended.
func (e *Emulator) giveUp(c *call, reason error) {
	if errors.Is(reason, context.Canceled) {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.errorEvent(c.caller(), reason.Error())
	c.failed = true
}

// askForNCCO calls the answer webhook or, if that fails, the fallback URL. Without an NCCO the call ends.
func (e *Emulator) askForNCCO(c *call, hook webhook) ([]document, error) {
	caller := c.caller()
	parameters := document{
		"to": address(caller.to), "from": address(caller.from), "uuid": caller.uuid, "conversation_uuid": caller.conversationID(),
		"endpoint_type": text(caller.from, "type"), "region_url": e.ownURL(),
	}
	answered, err := e.deliverOrFallBack(c, hook, "answer", parameters)
	if err != nil {
		return nil, err
	}
	actions, err := parseNCCO(answered)
	if err != nil {
		return nil, errNCCOSyntax
	}
	return actions, nil
}

// ask calls an event webhook. If the webhook answers with an NCCO, ask returns it to replace the rest of the current
// one; otherwise it returns nil. If the webhook fails, the call continues.
func (e *Emulator) ask(c *call, hook webhook, body document) ([]document, error) {
	if hook.address == "" {
		return nil, nil
	}
	answered, err := e.deliverOrFallBack(c, hook, "event", body)
	if err != nil {
		return nil, c.context.Err()
	}
	if !isList(answered) {
		return nil, nil // most event webhooks answer with nothing, or with a status text
	}
	actions, err := parseNCCO(answered)
	if err != nil {
		return nil, errNCCOSyntax
	}
	return actions, nil
}

// isList reports whether an answer is a non-empty JSON array.
func isList(answered []byte) bool {
	var values []any
	return json.Unmarshal(answered, &values) == nil && len(values) > 0
}

// deliverOrFallBack tries a webhook twice, then the fallback URL twice. The fallback request states what went wrong.
func (e *Emulator) deliverOrFallBack(c *call, hook webhook, kind string, parameters document) ([]byte, error) {
	answered, err := e.deliver(c.context, hook, c.application, parameters)
	fallback := webhookOf(c.application, "fallback_answer_url", answerSocketTimeout)
	if err == nil || fallback.address == "" || c.over() {
		return answered, err
	}
	told := copyOf(parameters)
	told["reason"] = err.Error()
	told["original_request"] = document{"url": hook.address, "type": kind}
	return e.deliver(c.context, fallback, c.application, told)
}
