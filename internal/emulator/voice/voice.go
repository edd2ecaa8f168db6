// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package voice is the Voice API v1, and the calls that it and callers place: their legs, NCCOs, events and webhooks.
package voice

import (
	"net/http"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
)

func callsThrottled(int) platform.Response { return platform.Throttled() }

// Applications finds the application that takes or places a call. The caller holds the account's lock.
type Applications interface {
	Find(id string) (document.Object, bool)
}

// Numbers finds the account's numbers with exactly these digits. The caller holds the account's lock.
type Numbers interface {
	Called(msisdn string) []document.Object
}

// Domains lets calls into the account's SIP domains. The caller holds the account's lock.
type Domains interface {
	// Admit returns the application that takes a call to a SIP address, "" if a trunk has none, and whom the address names. The
	// call comes from an IP address, with the key and the secret of a user if its sender signs in.
	Admit(address, source, key, secret string) (application, user string, err error)
	// Devices returns the addresses of the devices that have registered as the user of an address.
	Devices(address string) []string
}

// Limits in requests per second:
// https://api.support.vonage.com/hc/en-us/articles/207100288-How-many-calls-can-I-create-per-second.
const (
	newCallsPerSecond = 3
	callsPerSecond    = 15
)

// API is the Voice API of an account's applications, and the calls to its numbers and SIP domains.
type API struct {
	*platform.Account

	applications  Applications
	numbers       Numbers
	domains       Domains
	conversations *conversation.Store
	webhooks      *webhook.Sender
	calls         *callStore
}

// New returns the API of an account without calls. The conversations of calls are put into the store.
func New(
	account *platform.Account, applications Applications, numbers Numbers, domains Domains, conversations *conversation.Store, webhooks *webhook.Sender,
) *API {
	return &API{
		Account: account, applications: applications, numbers: numbers, domains: domains, conversations: conversations, webhooks: webhooks,
		calls: newCallStore(maxLegs),
	}
}

// Routes serves the API's paths, and the calls and webhooks of the control API.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{Name: "Voice v1", Guard: a.authenticateVoice, WrongVerb: platform.WrongVerb, Admit: platform.AdmitJSON}
	calls, news := a.Limit(callsPerSecond, callsThrottled), a.Limit(newCallsPerSecond, callsThrottled)
	api.Serve(paths, "/v1/calls", platform.Operations{http.MethodGet: calls(a.listCalls), http.MethodPost: news(a.createCall)})
	api.Serve(paths, "/v1/calls/{uuid}", platform.Operations{http.MethodGet: calls(a.getCall), http.MethodPut: calls(a.updateCall)})
	for action, operations := range map[string]platform.Operations{
		"talk":   {http.MethodPut: a.audible(shape.Talk(true), "Talk started"), http.MethodDelete: a.audible(nil, "Talk stopped")},
		"stream": {http.MethodPut: a.audible(shape.Stream(), "Stream started"), http.MethodDelete: a.audible(nil, "Stream stopped")},
		"dtmf":   {http.MethodPut: a.audible(shape.Digits(), "DTMF sent")},
	} {
		for method, operation := range operations {
			operations[method] = calls(operation)
		}
		api.Serve(paths, "/v1/calls/{uuid}/"+action, operations)
	}
	listening := calls(a.listenForDigits)
	api.Serve(paths, "/v1/calls/{uuid}/input/dtmf", platform.Operations{http.MethodPut: listening, http.MethodDelete: listening})
	a.controlCalls(paths.Control)
}

// listenForDigits accepts starting and stopping DTMF events: in the emulator nobody presses digits outside input
// actions.
func (a *API) listenForDigits(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	found, known := a.callFor(r)
	if !known || found.over() {
		return noCall()
	}
	return platform.Response{Status: http.StatusOK}
}

// audible accepts an operation that would be heard on a leg. A nil shape means no body.
func (a *API) audible(shape shape.Object, message string) platform.Endpoint {
	return func(r *platform.Request) platform.Response {
		if shape != nil {
			if _, refusal, ok := readVoice(r.Body, shape); !ok {
				return refusal
			}
		}
		a.Lock()
		defer a.Unlock()
		found, known := a.callFor(r)
		if !known || found.over() {
			return noCall()
		}
		return platform.Response{Status: http.StatusOK, Body: document.Object{"message": message, "uuid": found.uuid}}
	}
}

// authenticateVoice is AuthenticateToken with the Voice API's refusal, which does not say what is wrong with a token.
func (a *API) authenticateVoice(r *platform.Request) (platform.Response, bool) {
	_, ok := a.AuthenticateToken(r)
	return voiceRefused(http.StatusUnauthorized, "UNAUTHORIZED", "Unauthorized"), ok
}

// readVoice decodes a JSON body of a known shape.
func readVoice(body []byte, expected shape.Object) (document.Object, platform.Response, bool) {
	sent, err := document.ParseObject(body)
	if err != nil {
		return nil, badCall("body", err.Error()), false
	}
	var checked shape.Checker
	expected.Check(&checked, "", sent, nil)
	switch {
	case checked.UnknownName != "":
		return nil, badCall(checked.UnknownName, "is not allowed"), false
	case len(checked.Invalid) > 0:
		return nil, badCall(checked.Invalid[0].Name, checked.Invalid[0].Reason), false
	}
	return sent, platform.Response{}, true
}

// voiceRefused is a refusal in the older format of the Voice API.
func voiceRefused(status int, kind, title string, invalid ...shape.Parameter) platform.Response {
	body := document.Object{"type": kind, "error_title": title}
	if len(invalid) > 0 {
		names := document.Object{}
		for _, p := range invalid {
			names[p.Name] = p.Reason
		}
		body["invalid_parameters"] = names
	}
	return platform.Response{Status: status, Body: body}
}

func noCall() platform.Response { return voiceRefused(http.StatusNotFound, "NOT_FOUND", "Not Found") }

func badCall(name, reason string) platform.Response {
	return voiceRefused(http.StatusBadRequest, "BAD_REQUEST", "Bad Request", shape.Parameter{Name: name, Reason: reason})
}

// callFor returns a leg of the token's application. The caller must hold the lock.
func (a *API) callFor(r *platform.Request) (*leg, bool) {
	found, known := a.calls.byID[r.PathValue("uuid")]
	if !known || document.Text(found.call.application, "id") != r.Token.ApplicationID {
		return nil, false
	}
	return found, true
}

func (a *API) getCall(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	found, known := a.callFor(r)
	if !known {
		return noCall()
	}
	return platform.Response{Status: http.StatusOK, Body: found.asCall(a.Now())}
}

// asCall writes numbers as strings, as the API does.
func (l *leg) asCall(now time.Time) document.Object {
	call := document.Object{
		"uuid": l.uuid, "conversation_uuid": l.conversationID(), "status": l.status, "direction": l.direction,
		"to": l.to, "from": l.from, "network": callNetwork, "rate": callRate,
		"_links": document.Object{"self": document.Object{"href": "/v1/calls/" + l.uuid}},
	}
	if !l.answered.IsZero() {
		call["start_time"] = document.Timestamp(l.answered)
		completed := *l
		if !l.over() {
			completed.ended = now
		} else {
			call["end_time"] = document.Timestamp(l.ended)
		}
		more := completion(&completed, "")
		call["duration"], call["price"] = more["duration"], more["price"]
	}
	return call
}

// updateCall hangs up, changes an audio setting, or replaces the rest of the NCCO.
func (a *API) updateCall(r *platform.Request) platform.Response {
	sent, err := document.ParseObject(r.Body)
	if err != nil {
		return badCall("body", err.Error())
	}
	a.Lock()
	defer a.Unlock()
	found, known := a.callFor(r)
	if !known || found.over() {
		return noCall()
	}
	switch action := document.Text(sent, "action"); action {
	case "hangup":
		a.end(found, "platform")
	case "mute", "unmute":
		found.hear("muted", action == "mute")
	case "earmuff", "unearmuff":
		found.hear("earmuffed", action == "earmuff")
	case "transfer":
		return a.transferCall(found.call, document.ObjectAt(sent, "destination"))
	default:
		return badCall("action", "must be one of: hangup, mute, unmute, earmuff, unearmuff, transfer")
	}
	return platform.Response{Status: http.StatusNoContent}
}

// hear changes an audio setting of the leg's member.
func (l *leg) hear(setting string, value bool) {
	home := l.call.conversation
	place, known := home.Member(l.memberID)
	if !known {
		return
	}
	changed := document.Copy(home.Members[place])
	document.Within(document.Within(changed, "media"), "audio_settings")[setting] = value
	home.ReplaceMember(place, changed)
}

// transferCall gives the running call another NCCO, or the URL of one.
func (a *API) transferCall(c *call, destination document.Object) platform.Response {
	next := replacement{}
	switch {
	case document.Text(destination, "type") != "ncco":
		return badCall("destination.type", "must be ncco")
	case document.List(destination, "ncco") != nil:
		actions, err := checkNCCO(document.List(destination, "ncco"))
		if err != nil {
			return badCall("destination.ncco", err.Error())
		}
		next.actions = actions
	case len(document.List(destination, "url")) == 1:
		address, _ := document.List(destination, "url")[0].(string)
		if address == "" {
			return badCall("destination.url", "must be a list of one URL")
		}
		next.hook = webhookOf(c.application, "answer_url", webhook.AnswerSocketTimeout)
		next.hook.Address, next.hook.Method = address, http.MethodGet
	default:
		return badCall("destination", "needs ncco or one url")
	}
	select {
	case c.replaced <- next:
		return platform.Response{Status: http.StatusNoContent}
	default:
		return badCall("action", "the call is being transferred already")
	}
}
