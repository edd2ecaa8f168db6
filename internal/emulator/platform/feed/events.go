// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package feed

import (
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Data says what happened.
type Data interface{ kind() string }

// Request is an API request that has arrived.
type Request struct {
	Method string      `json:"method"`
	Path   string      `json:"path"`
	Query  url.Values  `json:"query,omitempty"`
	Header http.Header `json:"header"`
	Body   Body        `json:"body,omitempty"`
	Time   time.Time   `json:"time"`
}

// Answer is the response to an API request or a webhook; To is the number of the event that it answers.
type Answer struct {
	To uint64 `json:"to"`
	// Status is 0 if there was no response, for the reason in Error.
	Status int    `json:"status"`
	Body   Body   `json:"body,omitempty"`
	Error  string `json:"error,omitempty"`
	// Fault is the kind of the fault that was injected, if any.
	Fault string `json:"fault,omitempty"`
	// Milliseconds is how long it took.
	Milliseconds int64 `json:"milliseconds"`
}

// Webhook is an attempt to call a webhook.
type Webhook struct {
	// Call is the call that it is about: the uuid of the first leg.
	Call   string    `json:"call,omitempty"`
	Method string    `json:"method"`
	URL    string    `json:"url"`
	Body   Body      `json:"body,omitempty"`
	Time   time.Time `json:"time"`
}

// Leg is a new status of a leg of a call.
type Leg struct {
	Call           string    `json:"call"` // the uuid of the first leg
	UUID           string    `json:"uuid"`
	Application    string    `json:"application"`
	Conversation   string    `json:"conversation"`
	Direction      string    `json:"direction"`
	From           string    `json:"from"`
	To             string    `json:"to"`
	Status         string    `json:"status"`
	DisconnectedBy string    `json:"disconnected_by,omitempty"`
	Time           time.Time `json:"time"`
}

// Action is an action of an NCCO that begins.
type Action struct {
	Call   string         `json:"call"`
	Action map[string]any `json:"action"`
	Time   time.Time      `json:"time"`
}

// Input is what a caller presses and says. What is nil was not asked for; what is empty did not come.
type Input struct {
	Call   string    `json:"call"`
	Digits *string   `json:"digits,omitempty"`
	Says   *string   `json:"says,omitempty"`
	Time   time.Time `json:"time"`
}

// Problem is why a call cannot go on.
type Problem struct {
	Call   string    `json:"call"`
	Reason string    `json:"reason"`
	Time   time.Time `json:"time"`
}

// Changed says that something else was changed through the control API.
type Changed struct{}

func (Request) kind() string { return "request" }
func (Answer) kind() string  { return "answer" }
func (Webhook) kind() string { return "webhook" }
func (Leg) kind() string     { return "leg" }
func (Action) kind() string  { return "action" }
func (Input) kind() string   { return "input" }
func (Problem) kind() string { return "problem" }
func (Changed) kind() string { return "changed" }

// Body is a body as it was sent or received, if it is not too long to keep.
type Body string

// longest is the maximum length of a body, in bytes.
const longest = 16 << 10

// Show returns a body, or how long it is.
func Show(text string) Body {
	if len(text) > longest {
		return Body(fmt.Sprintf("(%d bytes, too long to be shown here)", len(text)))
	}
	return Body(text)
}
