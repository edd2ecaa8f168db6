// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package voice

import (
	"cmp"
	"maps"
	"net/http"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
)

// callShape is the body of a new call.
func callShape() shape.Object {
	hook := shape.ListOf(shape.URL{})
	return shape.Object{
		{Name: "to", Shape: shape.ListOf(shape.AnyObject{}), Required: true},
		{Name: "from", Shape: shape.Object{{Name: "type", Shape: shape.Text{}}, {Name: "number", Shape: shape.Text{}}}},
		{Name: "random_from_number", Shape: shape.Boolean{}},
		{Name: "ncco", Shape: shape.ListOf(shape.AnyObject{})},
		{Name: "answer_url", Shape: hook},
		{Name: "answer_method", Shape: shape.AnyMethod},
		{Name: "event_url", Shape: hook},
		{Name: "event_method", Shape: shape.AnyMethod},
		{Name: "machine_detection", Shape: shape.Enum{"continue", "hangup"}},
		{Name: "advanced_machine_detection", Shape: shape.Object{
			{Name: "behavior", Shape: shape.Enum{"continue", "hangup"}},
			{Name: "mode", Shape: shape.Enum{"default", "detect", "detect_beep"}},
			{Name: "beep_timeout", Shape: shape.Between(45, 120)}, // seconds
		}},
		{Name: "length_timer", Shape: shape.Between(1, 86400)}, // seconds
		{Name: "ringing_timer", Shape: shape.Between(1, 120)},  // seconds
	}
}

// createCall calls a party, which answers at once.
func (a *API) createCall(r *platform.Request) platform.Response {
	sent, refusal, ok := readVoice(r.Body, callShape())
	if !ok {
		return refusal
	}
	if refusal, ok := checkCall(sent); !ok {
		return refusal
	}
	a.Lock()
	defer a.Unlock()
	application, _ := a.applications.Find(r.Token.ApplicationID)
	events := webhookOf(application, "event_url", webhook.EventSocketTimeout)
	if urls := document.List(sent, "event_url"); len(urls) > 0 {
		events.Address, _ = urls[0].(string)
		events.Method = cmp.Or(document.Text(sent, "event_method"), http.MethodPost)
	}
	if events.Address == "" {
		return badCall("event_url", "is required: the application has none")
	}
	c := a.newCall(application, script{answered: true})
	c.conversation = a.newCallConversation(application)
	from := maps.Clone(document.ObjectAt(sent, "from"))
	if from == nil {
		from = phone("Unknown")
	}
	called := a.addLeg(c, "outbound", from, document.ObjectAt(document.List(sent, "to")[0]), events)
	a.enter(called, "INVITED", "",
		called.calledChannel(sent, "machine_detection", "advanced_machine_detection", "ringing_timer", "length_timer"))
	a.ring(called)
	started := called.asCall(a.Now())
	if !a.Background.Start(func() { a.run(c, a.firstNCCO(c, sent)) }) {
		return platform.InternalError()
	}
	return platform.Response{Status: http.StatusCreated, Body: document.Object{
		"uuid": called.uuid, "status": "started", "direction": "outbound", "conversation_uuid": started["conversation_uuid"],
	}}
}

// firstNCCO answers the call, then returns its NCCO: the one sent, or that of its answer webhook.
func (a *API) firstNCCO(c *call, sent document.Object) func() ([]document.Object, error) {
	return func() ([]document.Object, error) {
		a.pickUpFirst(c)
		if actions := document.List(sent, "ncco"); actions != nil {
			return checkNCCO(actions)
		}
		hook := webhookOf(c.application, "answer_url", webhook.AnswerSocketTimeout)
		hook.Address, _ = document.List(sent, "answer_url")[0].(string)
		hook.Method = cmp.Or(document.Text(sent, "answer_method"), http.MethodGet)
		return a.askForNCCO(c, hook)
	}
}

func checkCall(sent document.Object) (platform.Response, bool) {
	_, hasFrom := sent["from"]
	actions, urls := document.List(sent, "ncco"), document.List(sent, "answer_url")
	switch {
	case !oneEndpoint(document.List(sent, "to")):
		return badCall("to", oneEndpointNeeded), false
	case hasFrom == document.Flag(sent, "random_from_number"):
		return badCall("from", "exactly one of from and random_from_number is needed"), false
	case (actions != nil) == (urls != nil) || urls != nil && len(urls) != 1:
		return badCall("ncco", "exactly one of ncco and answer_url is needed"), false
	}
	if _, err := checkNCCO(actions); err != nil {
		return badCall("ncco", err.Error()), false
	}
	return platform.Response{}, true
}
