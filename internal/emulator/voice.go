// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"time"
)

// The Voice API v1: calls placed by an application, and access to existing calls.

func (e *Emulator) voiceRoutes(mux *http.ServeMux) {
	api := family{guard: e.authenticateVoice, wrongVerb: wrongVerb, admit: e.admitJSON}
	calls, news := e.limit(callsPerSecond, callsThrottled), e.limit(newCallsPerSecond, callsThrottled)
	api.serve(mux, "/v1/calls", operations{http.MethodGet: calls(e.listCalls), http.MethodPost: news(e.createCall)})
	api.serve(mux, "/v1/calls/{uuid}", operations{http.MethodGet: calls(e.getCall), http.MethodPut: calls(e.updateCall)})
	for action, operations := range map[string]operations{
		"talk":   {http.MethodPut: e.audible(talkShape(true), "Talk started"), http.MethodDelete: e.audible(nil, "Talk stopped")},
		"stream": {http.MethodPut: e.audible(streamShape(), "Stream started"), http.MethodDelete: e.audible(nil, "Stream stopped")},
		"dtmf":   {http.MethodPut: e.audible(digitsShape(), "DTMF sent")},
	} {
		for method, operation := range operations {
			operations[method] = calls(operation)
		}
		api.serve(mux, "/v1/calls/{uuid}/"+action, operations)
	}
	listening := calls(e.listenForDigits)
	api.serve(mux, "/v1/calls/{uuid}/input/dtmf", operations{http.MethodPut: listening, http.MethodDelete: listening})
}

// listenForDigits accepts starting and stopping DTMF events: in the emulator nobody presses digits outside input
// actions.
func (e *Emulator) listenForDigits(r *request) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	found, known := e.callFor(r)
	if !known || found.over() {
		return noCall()
	}
	return response{status: http.StatusOK}
}

// audible accepts an operation that would be heard on a leg. A nil shape means no body.
func (e *Emulator) audible(shape objectShape, message string) endpoint {
	return func(r *request) response {
		if shape != nil {
			if _, refusal, ok := readVoice(r.body, shape); !ok {
				return refusal
			}
		}
		e.mu.Lock()
		defer e.mu.Unlock()
		found, known := e.callFor(r)
		if !known || found.over() {
			return noCall()
		}
		return response{status: http.StatusOK, body: document{"message": message, "uuid": found.uuid}}
	}
}

// authenticateVoice is authenticateToken with the Voice API's refusal, which does not say what is wrong with a token.
func (e *Emulator) authenticateVoice(r *request) (response, bool) {
	_, ok := e.authenticateToken(r)
	return voiceRefused(http.StatusUnauthorized, "UNAUTHORIZED", "Unauthorized"), ok
}

// readVoice decodes a JSON body of a known shape.
func readVoice(body []byte, shape objectShape) (document, response, bool) {
	sent, err := parseDocument(body)
	if err != nil {
		return nil, badCall("body", err.Error()), false
	}
	var checked checker
	shape.check(&checked, "", sent, nil)
	switch {
	case checked.unknownName != "":
		return nil, badCall(checked.unknownName, "is not allowed"), false
	case len(checked.invalid) > 0:
		return nil, badCall(checked.invalid[0].Name, checked.invalid[0].Reason), false
	}
	return sent, response{}, true
}

// voiceRefused is a refusal in the older format of the Voice API.
func voiceRefused(status int, kind, title string, invalid ...parameter) response {
	body := document{"type": kind, "error_title": title}
	if len(invalid) > 0 {
		names := document{}
		for _, p := range invalid {
			names[p.Name] = p.Reason
		}
		body["invalid_parameters"] = names
	}
	return response{status: status, body: body}
}

func noCall() response { return voiceRefused(http.StatusNotFound, "NOT_FOUND", "Not Found") }

func badCall(name, reason string) response {
	return voiceRefused(http.StatusBadRequest, "BAD_REQUEST", "Bad Request", parameter{name, reason})
}

// callFor returns a leg of the token's application. The caller must hold the lock.
func (e *Emulator) callFor(r *request) (*leg, bool) {
	found, known := e.calls.byID[r.PathValue("uuid")]
	if !known || text(found.call.application, "id") != r.token.applicationID {
		return nil, false
	}
	return found, true
}

func (e *Emulator) getCall(r *request) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	found, known := e.callFor(r)
	if !known {
		return noCall()
	}
	return response{status: http.StatusOK, body: found.asCall(e.options.Now())}
}

// asCall writes numbers as strings, as the API does.
func (l *leg) asCall(now time.Time) document {
	call := document{
		"uuid": l.uuid, "conversation_uuid": l.conversationID(), "status": l.status, "direction": l.direction,
		"to": l.to, "from": l.from, "network": callNetwork, "rate": callRate,
		"_links": document{"self": document{"href": "/v1/calls/" + l.uuid}},
	}
	if !l.answered.IsZero() {
		call["start_time"] = timestamp(l.answered)
		completed := *l
		if !l.over() {
			completed.ended = now
		} else {
			call["end_time"] = timestamp(l.ended)
		}
		more := completion(&completed, "")
		call["duration"], call["price"] = more["duration"], more["price"]
	}
	return call
}

// updateCall hangs up, changes an audio setting, or replaces the rest of the NCCO.
func (e *Emulator) updateCall(r *request) response {
	sent, err := parseDocument(r.body)
	if err != nil {
		return badCall("body", err.Error())
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	found, known := e.callFor(r)
	if !known || found.over() {
		return noCall()
	}
	switch action := text(sent, "action"); action {
	case "hangup":
		e.end(found, "platform")
	case "mute", "unmute":
		found.hear("muted", action == "mute")
	case "earmuff", "unearmuff":
		found.hear("earmuffed", action == "earmuff")
	case "transfer":
		return e.transferCall(found.call, object(sent, "destination"))
	default:
		return badCall("action", "must be one of: hangup, mute, unmute, earmuff, unearmuff, transfer")
	}
	return response{status: http.StatusNoContent}
}

// hear changes an audio setting of the leg's member.
func (l *leg) hear(setting string, value bool) {
	home := l.call.conversation
	place, known := home.member(l.memberID)
	if !known {
		return
	}
	changed := copyOf(home.members[place])
	within(within(changed, "media"), "audio_settings")[setting] = value
	home.replaceMember(place, changed)
}

// transferCall gives the running call another NCCO, or the URL of one.
func (e *Emulator) transferCall(c *call, destination document) response {
	next := replacement{}
	switch {
	case text(destination, "type") != "ncco":
		return badCall("destination.type", "must be ncco")
	case list(destination, "ncco") != nil:
		actions, err := checkNCCO(list(destination, "ncco"))
		if err != nil {
			return badCall("destination.ncco", err.Error())
		}
		next.actions = actions
	case len(list(destination, "url")) == 1:
		address, _ := list(destination, "url")[0].(string)
		if address == "" {
			return badCall("destination.url", "must be a list of one URL")
		}
		next.hook = webhookOf(c.application, "answer_url", answerSocketTimeout)
		next.hook.address, next.hook.method = address, http.MethodGet
	default:
		return badCall("destination", "needs ncco or one url")
	}
	select {
	case c.replaced <- next:
		return response{status: http.StatusNoContent}
	default:
		return badCall("action", "the call is being transferred already")
	}
}
