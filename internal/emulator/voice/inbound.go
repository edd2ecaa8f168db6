// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package voice

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
)

// InboundCall is a call to a number of the account, or to a SIP address in one of its domains.
type InboundCall struct {
	From string `json:"from"`
	To   string `json:"to"`
	// Source is the IP address that a call to a SIP address comes from; User and Secret are what its sender signs in with, if
	// it does.
	Source string `json:"source,omitempty"`
	User   string `json:"user,omitempty"`
	Secret string `json:"secret,omitempty"`
	// Answered is whether the parties that the call is connected to answer. Otherwise they ring until Answer or
	// HangUp.
	Answered bool `json:"answered"`
	// Digits and Says are what the caller presses and says, one entry per input action; after the last entry,
	// nothing.
	Digits []string `json:"digits,omitempty"`
	Says   []string `json:"says,omitempty"`
}

// Call is the current state of a leg of a call, or of its first leg. From and To are numbers, or addresses of other kinds.
type Call struct {
	From             string `json:"from"`
	To               string `json:"to"`
	UUID             string `json:"uuid"`
	ConversationUUID string `json:"conversation_uuid"`
	Status           string `json:"status"`
}

// Error reports why a call could not be placed.
type Error struct{ Reason string }

// Error returns the reason.
func (e *Error) Error() string { return e.Reason }

// Place calls a number of the account, or a SIP address in one of its domains. It returns once the answer webhook has answered
// and its NCCO has run until it ends or waits for someone to act, or once the party rings that the number forwards to. The error
// is a *CallError if nobody takes the call.
func (a *API) Place(ctx context.Context, inbound InboundCall) (Call, error) {
	c, err := a.receive(inbound) //nolint:contextcheck // a call outlives the request that places it
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
	return Call{From: address(l.from), To: address(l.to), UUID: l.uuid, ConversationUUID: l.conversationID(), Status: l.status}
}

// receive starts the call.
func (a *API) receive(inbound InboundCall) (*call, error) {
	a.Lock()
	defer a.Unlock()
	taken, err := a.taking(inbound)
	if err != nil {
		return nil, err
	}
	c := a.newCall(taken.application, script{answered: inbound.Answered, digits: inbound.Digits, says: inbound.Says})
	c.conversation = a.newCallConversation(taken.application)
	caller := a.addLeg(c, "inbound", party(inbound.From), party(inbound.To), webhookOf(taken.application, "event_url", webhook.EventSocketTimeout))
	a.enter(caller, "JOINED", "", caller.channel(nil))
	started := a.Background.Start(func() {
		a.run(c, func() ([]document.Object, error) {
			if taken.application == nil {
				return nil, a.forward(c, taken.endpoints)
			}
			return a.askForNCCO(c, webhookOf(taken.application, "answer_url", webhook.AnswerSocketTimeout))
		})
	})
	if !started {
		return nil, &Error{"the emulator is closing, or goes back to an earlier state"}
	}
	return c, nil
}

// taker is what takes a call: an application, or the endpoints that are called one after the other, until one answers.
type taker struct {
	application document.Object
	endpoints   []document.Object
}

// taking returns what takes a call.
func (a *API) taking(inbound InboundCall) (taker, error) {
	if !isSIP(inbound.To) {
		return a.answering(inbound.To)
	}
	id, user, err := a.domains.Admit(inbound.To, inbound.Source, inbound.User, inbound.Secret)
	switch {
	case err != nil:
		return taker{}, &Error{err.Error()}
	case id == "": // a trunk takes calls to the telephone network
		return taker{endpoints: []document.Object{phone(strings.TrimPrefix(user, "+"))}}, nil
	default:
		return a.answeringAs(id, "the SIP domain of "+inbound.To)
	}
}

func isSIP(address string) bool {
	return strings.HasPrefix(address, "sip:") || strings.HasPrefix(address, "sips:")
}

// party returns the endpoint with a number or a SIP address.
func party(address string) document.Object {
	if isSIP(address) {
		return document.Object{"type": "sip", "uri": address}
	}
	return phone(address)
}

// answering returns what takes calls to a number.
func (a *API) answering(msisdn string) (taker, error) {
	owned := a.numbers.Called(msisdn)
	if len(owned) == 0 {
		return taker{}, &Error{"the account has no number " + msisdn}
	}
	number := owned[0]
	key := document.Text(number, "country") + "/" + msisdn
	value := document.Text(number, "voiceCallbackValue")
	switch kind := document.Text(number, "voiceCallbackType"); kind { // takes precedence over the application
	case "sip":
		return taker{endpoints: a.destinations(value)}, nil
	case "tel":
		return taker{endpoints: []document.Object{phone(value)}}, nil
	case "", "app":
	default:
		return taker{}, &Error{fmt.Sprintf("%s forwards voice to %s, which the emulator does not know", key, kind)}
	}
	return a.answeringAs(cmp.Or(document.Text(number, "app_id"), value), key)
}

// answeringAs returns the application with an id as what takes calls to something.
func (a *API) answeringAs(id, called string) (taker, error) {
	application, known := a.applications.Find(id)
	switch {
	case !known:
		return taker{}, &Error{called + " is not linked to an application"}
	case document.Text(application, "capabilities", "voice", "webhooks", "answer_url", "address") == "":
		return taker{}, &Error{fmt.Sprintf("application %s, to which %s is linked, has no voice answer_url", id, called)}
	}
	return taker{application: application}, nil
}

// destinations returns the endpoints of a number that forwards to SIP: a list of addresses with parameters
// (https://developer.vonage.com/en/voice/sip/overview). The devices of a user of the account's own domains stand for the user.
func (a *API) destinations(list string) []document.Object {
	var endpoints []document.Object
	for entry := range strings.SplitSeq(list, ",") {
		address := strings.TrimSpace(entry)
		if !isSIP(address) {
			address = "sip:" + address
		}
		devices := a.domains.Devices(address)
		if len(devices) == 0 {
			devices = []string{address}
		}
		for _, device := range devices {
			endpoints = append(endpoints, party(device))
		}
	}
	return endpoints
}

// forward calls endpoints one after the other, until one has answered or the caller hangs up.
func (a *API) forward(c *call, endpoints []document.Object) error {
	for _, endpoint := range endpoints {
		called := a.dial(c, document.Object{"from": address(c.caller().from), "endpoint": []any{endpoint}})
		if called == nil {
			return nil
		}
		if _, err := a.rest(c, called.gone); err != nil || c.over() || called.status == "completed" {
			return err
		}
	}
	return nil
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
