// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import "encoding/json"

// NewCall is a call to place (Voice API 1.10.0). The API requires exactly one of From and RandomFromNumber, and
// exactly one of NCCO and AnswerURL.
type NewCall struct {
	To               []CallEndpoint  `json:"to"` // exactly one element
	From             *CallEndpoint   `json:"from,omitempty"`
	RandomFromNumber bool            `json:"random_from_number,omitempty"` // call from one of the application's numbers
	NCCO             json.RawMessage `json:"ncco,omitempty"`               // the list of actions
	AnswerURL        []string        `json:"answer_url,omitempty"`         // exactly one element; must answer with an NCCO
	AnswerMethod     string          `json:"answer_method,omitempty"`
	EventURL         []string        `json:"event_url,omitempty"` // at most one element; the application's event URL when absent
	EventMethod      string          `json:"event_method,omitempty"`
	MachineDetection string          `json:"machine_detection,omitempty"` // continue or hangup
	LengthTimer      int64           `json:"length_timer,omitempty"`      // seconds after the answer
	RingingTimer     int64           `json:"ringing_timer,omitempty"`     // seconds

	AdvancedMachineDetection *AdvancedMachineDetection `json:"advanced_machine_detection,omitempty"` // takes precedence over MachineDetection
}

// AdvancedMachineDetection configures how a machine is told from a person by sound. Vonage applies its defaults to
// absent settings.
type AdvancedMachineDetection struct {
	Behavior    string `json:"behavior,omitempty"`     // continue or hangup
	Mode        string `json:"mode,omitempty"`         // default, detect or detect_beep
	BeepTimeout int64  `json:"beep_timeout,omitempty"` // seconds
}

// CallEndpoint is the party that a call reaches or comes from. Type determines which other members apply.
type CallEndpoint struct {
	Type        string            `json:"type"`                   // phone, sip, websocket, app or vbc
	Number      string            `json:"number,omitempty"`       // phone: E.164 digits
	DTMFAnswer  string            `json:"dtmfAnswer,omitempty"`   // phone: digits to send once answered
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

// CallStatus is the state of a leg.
type CallStatus string

// Statuses of the Voice API 1.10.0. Those from CallBusy on end a call that was not answered.
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
