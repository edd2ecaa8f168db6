// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package voice

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
)

// Each call runs in its own goroutine: it fetches an NCCO and executes its actions in turn. Speech, recording, input
// and waiting take no time; only a connected party, a conversation and an endless loop hold a call.

// maxActions ends a call whose webhooks answer every input with another input: a real caller would have hung up by
// then.
const maxActions = 200

// run executes a call's NCCO and hangs up at its end.
func (a *API) run(c *call, first func() ([]document.Object, error)) {
	defer c.settle()
	defer a.finish(c)
	actions, err := first()
	if err != nil {
		a.giveUp(c, err)
		return
	}
	for count := 0; len(actions) > 0 && count < maxActions && !c.over(); count++ {
		replacement, err := a.perform(c, actions[0])
		if err != nil {
			a.giveUp(c, err)
			return
		}
		actions = actions[1:]
		if replacement != nil {
			actions = replacement
		}
	}
}

// finish hangs up.
func (a *API) finish(c *call) {
	a.Lock()
	defer a.Unlock()
	a.end(c.caller(), "platform")
}

// giveUp reports why a call cannot continue, unless it has already ended.
func (a *API) giveUp(c *call, reason error) {
	if errors.Is(reason, context.Canceled) {
		return
	}
	a.Lock()
	defer a.Unlock()
	a.errorEvent(c.caller(), reason.Error())
	c.failed = true
}

// askForNCCO calls the answer webhook or, if that fails, the fallback URL. Without an NCCO the call ends.
func (a *API) askForNCCO(c *call, hook webhook.Hook) ([]document.Object, error) {
	caller := c.caller()
	parameters := document.Object{
		"to": address(caller.to), "from": address(caller.from), "uuid": caller.uuid, "conversation_uuid": caller.conversationID(),
		"endpoint_type": document.Text(caller.from, "type"), "region_url": a.OwnURL(),
	}
	answered, err := a.deliverOrFallBack(c, hook, "answer", parameters)
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
func (a *API) ask(c *call, hook webhook.Hook, body document.Object) ([]document.Object, error) {
	if hook.Address == "" {
		return nil, nil
	}
	answered, err := a.deliverOrFallBack(c, hook, "event", body)
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
func (a *API) deliverOrFallBack(c *call, hook webhook.Hook, kind string, parameters document.Object) ([]byte, error) {
	answered, err := a.webhooks.Deliver(c.context, hook, c.origin(), parameters)
	fallback := webhookOf(c.application, "fallback_answer_url", webhook.AnswerSocketTimeout)
	if err == nil || fallback.Address == "" || c.over() {
		return answered, err
	}
	told := document.Copy(parameters)
	told["reason"] = err.Error()
	told["original_request"] = document.Object{"url": hook.Address, "type": kind}
	return a.webhooks.Deliver(c.context, fallback, c.origin(), told)
}
