// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"maps"
	"net/http"
)

// callShape is the body of a new call.
func callShape() objectShape {
	hook := listShape{urlShape{}}
	return objectShape{
		{name: "to", shape: listShape{anyObject{}}, required: true},
		{name: "from", shape: objectShape{{name: "type", shape: textShape{}}, {name: "number", shape: textShape{}}}},
		{name: "random_from_number", shape: booleanShape{}},
		{name: "ncco", shape: listShape{anyObject{}}},
		{name: "answer_url", shape: hook},
		{name: "answer_method", shape: anyMethod},
		{name: "event_url", shape: hook},
		{name: "event_method", shape: anyMethod},
		{name: "machine_detection", shape: enumShape{"continue", "hangup"}},
		{name: "advanced_machine_detection", shape: objectShape{
			{name: "behavior", shape: enumShape{"continue", "hangup"}},
			{name: "mode", shape: enumShape{"default", "detect", "detect_beep"}},
			{name: "beep_timeout", shape: integerShape{45, 120}}, // seconds
		}},
		{name: "length_timer", shape: integerShape{1, 86400}}, // seconds
		{name: "ringing_timer", shape: integerShape{1, 120}},  // seconds
	}
}

// createCall calls a party, which answers at once.
func (e *Emulator) createCall(r *request) response {
	sent, refusal, ok := readVoice(r.body, callShape())
	if !ok {
		return refusal
	}
	if refusal, ok := checkCall(sent); !ok {
		return refusal
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	application := e.applications.documents[r.token.applicationID]
	events := webhookOf(application, "event_url", eventSocketTimeout)
	if urls := list(sent, "event_url"); len(urls) > 0 {
		events.address, _ = urls[0].(string)
		events.method = cmp.Or(text(sent, "event_method"), http.MethodPost)
	}
	if events.address == "" {
		return badCall("event_url", "is required: the application has none")
	}
	c := e.newCall(application, script{answered: true})
	c.conversation = e.newCallConversation(application)
	from := maps.Clone(object(sent, "from"))
	if from == nil {
		from = phone("Unknown")
	}
	called := e.addLeg(c, "outbound", from, object(list(sent, "to")[0]), events)
	e.enter(called, "INVITED", "",
		called.calledChannel(sent, "machine_detection", "advanced_machine_detection", "ringing_timer", "length_timer"))
	started := called.asCall(e.options.Now())
	if !e.background.start(func() { e.run(c, e.firstNCCO(c, sent)) }) {
		return internalError()
	}
	return response{status: http.StatusCreated, body: document{
		"uuid": called.uuid, "status": "started", "direction": "outbound", "conversation_uuid": started["conversation_uuid"],
	}}
}

// firstNCCO answers the call, then returns its NCCO: the one sent, or that of its answer webhook.
func (e *Emulator) firstNCCO(c *call, sent document) func() ([]document, error) {
	return func() ([]document, error) {
		e.pickUpFirst(c)
		if actions := list(sent, "ncco"); actions != nil {
			return checkNCCO(actions)
		}
		hook := webhookOf(c.application, "answer_url", answerSocketTimeout)
		hook.address, _ = list(sent, "answer_url")[0].(string)
		hook.method = cmp.Or(text(sent, "answer_method"), http.MethodGet)
		return e.askForNCCO(c, hook)
	}
}

func checkCall(sent document) (response, bool) {
	_, hasFrom := sent["from"]
	actions, urls := list(sent, "ncco"), list(sent, "answer_url")
	switch {
	case !oneEndpoint(list(sent, "to")):
		return badCall("to", oneEndpointNeeded), false
	case hasFrom == flag(sent, "random_from_number"):
		return badCall("from", "exactly one of from and random_from_number is needed"), false
	case (actions != nil) == (urls != nil) || urls != nil && len(urls) != 1:
		return badCall("ncco", "exactly one of ncco and answer_url is needed"), false
	}
	if _, err := checkNCCO(actions); err != nil {
		return badCall("ncco", err.Error()), false
	}
	return response{}, true
}
