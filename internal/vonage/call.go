// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import "encoding/json"

// NewCall is a call to place (Voice API 1.10.0). Of From and RandomFromNumber, and of NCCO and AnswerURL, the API wants
// exactly one each.
type NewCall struct {
	To               []CallEndpoint  `json:"to"` // exactly one
	From             *CallEndpoint   `json:"from,omitempty"`
	RandomFromNumber bool            `json:"random_from_number,omitempty"` // one of the application's numbers
	NCCO             json.RawMessage `json:"ncco,omitempty"`               // the list of actions
	AnswerURL        []string        `json:"answer_url,omitempty"`         // one, which answers with an NCCO
	AnswerMethod     string          `json:"answer_method,omitempty"`
	EventURL         []string        `json:"event_url,omitempty"` // one; the application's when absent
	EventMethod      string          `json:"event_method,omitempty"`
	MachineDetection string          `json:"machine_detection,omitempty"` // continue or hangup
	LengthTimer      int64           `json:"length_timer,omitempty"`      // seconds after the answer
	RingingTimer     int64           `json:"ringing_timer,omitempty"`     // seconds

	AdvancedMachineDetection *AdvancedMachineDetection `json:"advanced_machine_detection,omitempty"` // wins over MachineDetection
}

// AdvancedMachineDetection tells machines from people by what is heard. What is absent is Vonage's default.
type AdvancedMachineDetection struct {
	Behavior    string `json:"behavior,omitempty"`     // continue or hangup
	Mode        string `json:"mode,omitempty"`         // default, detect or detect_beep
	BeepTimeout int64  `json:"beep_timeout,omitempty"` // seconds
}

// CallEndpoint is whom a call reaches, or comes from. Which members it has depends on its type.
type CallEndpoint struct {
	Type        string            `json:"type"`                   // phone, sip, websocket, app or vbc
	Number      string            `json:"number,omitempty"`       // phone: E.164 digits
	DTMFAnswer  string            `json:"dtmfAnswer,omitempty"`   // phone: digits to send at the answer
	URI         string            `json:"uri,omitempty"`          // sip, websocket
	ContentType string            `json:"content-type,omitempty"` // websocket
	Headers     map[string]string `json:"headers,omitempty"`      // sip, websocket
	User        string            `json:"user,omitempty"`         // app
	Extension   string            `json:"extension,omitempty"`    // vbc

	SHAKEN          string            `json:"shaken,omitempty"`           // phone: Identity header of STIR/SHAKEN
	StandardHeaders map[string]string `json:"standard_headers,omitempty"` // sip: headers without X-, such as User-to-User
}

// Call is one leg of a call.
type Call struct {
	UUID             string     `json:"uuid"`
	ConversationUUID string     `json:"conversation_uuid"`
	Status           CallStatus `json:"status"`
}

// CallStatus is how far a leg has come.
type CallStatus string

// The statuses of the Voice API 1.10.0. Those from CallBusy on end a call that nobody answered.
const (
	CallStarted    CallStatus = "started"
	CallRinging    CallStatus = "ringing"
	CallAnswered   CallStatus = "answered"
	CallMachine    CallStatus = "machine" // answered, by a machine
	CallCompleted  CallStatus = "completed"
	CallBusy       CallStatus = "busy"
	CallCancelled  CallStatus = "cancelled"
	CallFailed     CallStatus = "failed"
	CallRejected   CallStatus = "rejected"
	CallTimeout    CallStatus = "timeout"
	CallUnanswered CallStatus = "unanswered"
)
