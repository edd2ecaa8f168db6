// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"context"
	"fmt"
	"net/http"
)

// InboundCall is a call to a number of the account.
type InboundCall struct {
	From string `json:"from"`
	To   string `json:"to"`
	// Answered is whether the parties that the call is connected to answer. Otherwise they ring until Answer or
	// HangUp.
	Answered bool `json:"answered"`
	// Digits and Says are what the caller presses and says, one entry per input action; after the last entry,
	// nothing.
	Digits []string `json:"digits,omitempty"`
	Says   []string `json:"says,omitempty"`
}

// Call is the current state of a call; Status is that of its first leg.
type Call struct {
	UUID             string `json:"uuid"`
	ConversationUUID string `json:"conversation_uuid"`
	Status           string `json:"status"`
}

// CallError reports why a call could not be placed.
type CallError struct{ Reason string }

func (e *CallError) Error() string { return e.Reason }

// PlaceCall calls a number of the account. It returns once the answer webhook has answered and its NCCO has run until
// it ends or waits for someone to act. The error is a *CallError if no application takes the call.
func (e *Emulator) PlaceCall(ctx context.Context, inbound InboundCall) (Call, error) {
	c, err := e.receive(inbound)
	if err != nil {
		return Call{}, err
	}
	select {
	case <-c.settled:
	case <-c.context.Done():
	case <-ctx.Done():
		return Call{}, ctx.Err()
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return c.caller().now(), nil
}

func (l *leg) now() Call {
	return Call{UUID: l.uuid, ConversationUUID: l.conversationID(), Status: l.status}
}

// receive starts the call.
func (e *Emulator) receive(inbound InboundCall) (*call, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	application, err := e.answering(inbound.To)
	if err != nil {
		return nil, err
	}
	c := e.newCall(application, script{answered: inbound.Answered, digits: inbound.Digits, says: inbound.Says})
	c.conversation = e.newCallConversation(application)
	caller := e.addLeg(c, "inbound", phone(inbound.From), phone(inbound.To), webhookOf(application, "event_url", eventSocketTimeout))
	e.enter(caller, "JOINED", "", caller.channel(nil))
	started := e.background.start(func() {
		e.run(c, func() ([]document, error) {
			return e.askForNCCO(c, webhookOf(application, "answer_url", answerSocketTimeout))
		})
	})
	if !started {
		return nil, &CallError{"the emulator is closing"}
	}
	return c, nil
}

// answering returns the application that takes calls to a number.
func (e *Emulator) answering(msisdn string) (document, error) {
	for _, owned := range e.numbers.startingWith(msisdn) {
		if owned.key.msisdn != msisdn || owned.document == nil {
			continue
		}
		if kind := text(owned.document, "voiceCallbackType"); kind != "" && kind != "app" {
			return nil, &CallError{fmt.Sprintf("%s forwards voice to %s, which takes precedence over its application", owned.key, kind)}
		}
		id := text(owned.document, "app_id")
		if id == "" {
			id = text(owned.document, "voiceCallbackValue")
		}
		application, known := e.applications.documents[id]
		if !known {
			return nil, &CallError{fmt.Sprintf("%s is not linked to an application", owned.key)}
		}
		if text(application, "capabilities", "voice", "webhooks", "answer_url", "address") == "" {
			return nil, &CallError{fmt.Sprintf("application %s, to which %s is linked, has no voice answer_url", id, owned.key)}
		}
		return application, nil
	}
	return nil, &CallError{"the account has no number " + msisdn}
}

func phone(number string) document { return document{"type": "phone", "number": number} }

// HangUp ends a leg, and the whole call if it is the first. It returns false if there is no such leg in progress.
func (e *Emulator) HangUp(uuid string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	found, known := e.calls.byID[uuid]
	if !known || found.over() {
		return false
	}
	e.end(found, "user")
	return true
}

// Answer answers a ringing leg, and the caller if that still rings. It returns false if there is no such leg in
// progress.
func (e *Emulator) Answer(uuid string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	found, known := e.calls.byID[uuid]
	if !known || found.over() {
		return false
	}
	e.answer(found)
	e.answer(found.call.caller())
	return true
}

// Calls returns the legs in progress, in the order in which they began.
func (e *Emulator) Calls() []Call {
	e.mu.Lock()
	defer e.mu.Unlock()
	up := []Call{}
	for _, l := range e.calls.ordered {
		if !l.over() {
			up = append(up, l.now())
		}
	}
	return up
}

func (e *Emulator) controlCalls(mux *http.ServeMux) {
	mux.HandleFunc("POST /emulator/calls", func(w http.ResponseWriter, r *http.Request) {
		var inbound InboundCall
		if !controlBody(w, r, &inbound) {
			return
		}
		placed, err := e.PlaceCall(r.Context(), inbound)
		if err != nil {
			controlError(w, http.StatusConflict, err.Error())
			return
		}
		controlAnswer(w, http.StatusCreated, placed)
	})
	mux.HandleFunc("GET /emulator/calls", listControl(e.Calls))
	mux.HandleFunc("GET /emulator/webhooks", listControl(e.Webhooks))
	onLeg := func(act func(uuid string) bool) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if !act(r.PathValue("uuid")) {
				controlError(w, http.StatusNotFound, "there is no call "+r.PathValue("uuid"))
				return
			}
			w.WriteHeader(http.StatusNoContent)
		}
	}
	mux.HandleFunc("DELETE /emulator/calls/{uuid}", onLeg(e.HangUp))
	mux.HandleFunc("POST /emulator/calls/{uuid}/answer", onLeg(e.Answer))
}
