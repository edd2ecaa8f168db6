// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package voice

import (
	"context"
	"fmt"
	"net/http"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
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

// Error reports why a call could not be placed.
type Error struct{ Reason string }

// Error returns the reason.
func (e *Error) Error() string { return e.Reason }

// Place calls a number of the account. It returns once the answer webhook has answered and its NCCO has run until
// it ends or waits for someone to act. The error is a *CallError if no application takes the call.
func (a *API) Place(ctx context.Context, inbound InboundCall) (Call, error) {
	c, err := a.receive(inbound)
	if err != nil {
		return Call{}, err
	}
	select {
	case <-c.settled:
	case <-c.context.Done():
	case <-ctx.Done():
		return Call{}, ctx.Err()
	}
	a.Lock()
	defer a.Unlock()
	return c.caller().now(), nil
}

func (l *leg) now() Call {
	return Call{UUID: l.uuid, ConversationUUID: l.conversationID(), Status: l.status}
}

// receive starts the call.
func (a *API) receive(inbound InboundCall) (*call, error) {
	a.Lock()
	defer a.Unlock()
	application, err := a.answering(inbound.To)
	if err != nil {
		return nil, err
	}
	c := a.newCall(application, script{answered: inbound.Answered, digits: inbound.Digits, says: inbound.Says})
	c.conversation = a.newCallConversation(application)
	caller := a.addLeg(c, "inbound", phone(inbound.From), phone(inbound.To), webhookOf(application, "event_url", webhook.EventSocketTimeout))
	a.enter(caller, "JOINED", "", caller.channel(nil))
	started := a.Background.Start(func() {
		a.run(c, func() ([]document.Object, error) {
			return a.askForNCCO(c, webhookOf(application, "answer_url", webhook.AnswerSocketTimeout))
		})
	})
	if !started {
		return nil, &Error{"the emulator is closing"}
	}
	return c, nil
}

// answering returns the application that takes calls to a number.
func (a *API) answering(msisdn string) (document.Object, error) {
	owned := a.numbers.Called(msisdn)
	if len(owned) == 0 {
		return nil, &Error{"the account has no number " + msisdn}
	}
	number := owned[0]
	key := document.Text(number, "country") + "/" + msisdn
	if kind := document.Text(number, "voiceCallbackType"); kind != "" && kind != "app" {
		return nil, &Error{fmt.Sprintf("%s forwards voice to %s, which takes precedence over its application", key, kind)}
	}
	id := document.Text(number, "app_id")
	if id == "" {
		id = document.Text(number, "voiceCallbackValue")
	}
	application, known := a.applications.Find(id)
	if !known {
		return nil, &Error{key + " is not linked to an application"}
	}
	if document.Text(application, "capabilities", "voice", "webhooks", "answer_url", "address") == "" {
		return nil, &Error{fmt.Sprintf("application %s, to which %s is linked, has no voice answer_url", id, key)}
	}
	return application, nil
}

func phone(number string) document.Object { return document.Object{"type": "phone", "number": number} }

// HangUp ends a leg, and the whole call if it is the first. It returns false if there is no such leg in progress.
func (a *API) HangUp(uuid string) bool {
	a.Lock()
	defer a.Unlock()
	found, known := a.calls.byID[uuid]
	if !known || found.over() {
		return false
	}
	a.end(found, "user")
	return true
}

// Answer answers a ringing leg, and the caller if that still rings. It returns false if there is no such leg in
// progress.
func (a *API) Answer(uuid string) bool {
	a.Lock()
	defer a.Unlock()
	found, known := a.calls.byID[uuid]
	if !known || found.over() {
		return false
	}
	a.answer(found)
	a.answer(found.call.caller())
	return true
}

// Calls returns the legs in progress, in the order in which they began.
func (a *API) Calls() []Call {
	a.Lock()
	defer a.Unlock()
	up := []Call{}
	for _, l := range a.calls.ordered {
		if !l.over() {
			up = append(up, l.now())
		}
	}
	return up
}

// Legs returns the legs in progress as they are, in the order in which they began.
func (a *API) Legs() []feed.Leg {
	a.Lock()
	defer a.Unlock()
	up := []feed.Leg{}
	for _, l := range a.calls.ordered {
		if !l.over() {
			up = append(up, l.seen(l.status, "", l.started))
		}
	}
	return up
}

func (a *API) controlCalls(mux *http.ServeMux) {
	mux.HandleFunc("POST /emulator/calls", func(w http.ResponseWriter, r *http.Request) {
		var inbound InboundCall
		if !platform.ControlBody(w, r, &inbound) {
			return
		}
		placed, err := a.Place(r.Context(), inbound)
		if err != nil {
			platform.ControlError(w, http.StatusConflict, err.Error())
			return
		}
		platform.ControlAnswer(w, http.StatusCreated, placed)
	})
	mux.HandleFunc("GET /emulator/calls", platform.ControlList(a.Calls))
	mux.HandleFunc("GET /emulator/webhooks", platform.ControlList(a.webhooks.Attempts))
	onLeg := func(act func(uuid string) bool) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if !act(r.PathValue("uuid")) {
				platform.ControlError(w, http.StatusNotFound, "there is no call "+r.PathValue("uuid"))
				return
			}
			w.WriteHeader(http.StatusNoContent)
		}
	}
	mux.HandleFunc("DELETE /emulator/calls/{uuid}", onLeg(a.HangUp))
	mux.HandleFunc("POST /emulator/calls/{uuid}/answer", onLeg(a.Answer))
}
