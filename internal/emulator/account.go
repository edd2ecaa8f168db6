// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"context"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/control"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/fault"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/voice"
)

// The types of what a test or a program can do to the account directly, as the control API does for other processes.
type (
	// Options configure the emulated account.
	Options = platform.Options
	// Variant selects between behaviours that no published source decides.
	Variant = platform.Variant
	// Request is an API request as received.
	Request = platform.LoggedRequest
	// Webhook is one attempt to call a webhook.
	Webhook = webhook.Attempt
	// Seed describes an account in a file.
	Seed = control.Seed
	// InboundCall is a call to a number of the account.
	InboundCall = voice.InboundCall
	// Call is the current state of a call.
	Call = voice.Call
	// CallError reports why a call could not be placed.
	CallError = voice.Error
	// Fault makes matching requests fail.
	Fault = fault.Fault
	// FaultKind is a kind of failure.
	FaultKind = fault.Kind
)

// Kinds of faults.
const (
	Late        = fault.Late
	CloseBefore = fault.CloseBefore
	CloseAfter  = fault.CloseAfter
	Status      = fault.Status
	StatusAfter = fault.StatusAfter
	HTML        = fault.HTML
	Truncate    = fault.Truncate
	Garbage     = fault.Garbage
	Empty       = fault.Empty
	Slow        = fault.Slow
	Redirect    = fault.Redirect
	Oversize    = fault.Oversize
)

// ParseVariant decodes a Variant from JSON, with durations like "1m30s". An unknown property is an error.
func ParseVariant(text []byte) (Variant, error) { return platform.ParseVariant(text) }

// ParseSeed decodes a seed file. An unknown property is an error, because it would silently have no effect.
func ParseSeed(text []byte) (Seed, error) { return control.ParseSeed(text) }

// Load stores everything in a seed except its credentials, which belong in Options. It stores the documents of each
// kind in order of their ids and stops at the first error.
func (e *Emulator) Load(seed Seed) error { return seed.Load(e) }

// Account returns the credentials that the emulator accepts.
func (e *Emulator) Account() (apiKey, apiSecret string) { return e.account.APIKey, e.account.APISecret }

// SignatureSecret returns the secret that signs webhooks.
func (e *Emulator) SignatureSecret() string { return e.account.SignatureSecret }

// SetURL sets the emulator's own origin, which webhooks carry as region_url. Until then, the origin of the last
// request is used.
func (e *Emulator) SetURL(origin string) { e.account.SetURL(origin) }

// Webhooks returns the latest attempts to call webhooks, in the order in which they ended.
func (e *Emulator) Webhooks() []Webhook { return e.webhooks.Attempts() }

// Close ends all calls, releases delayed answers and waits for every goroutine that the emulator started. Undelivered
// events are dropped.
func (e *Emulator) Close() { e.account.Background.Close() }

// SetBalance sets the account's balance to a decimal amount in euros.
func (e *Emulator) SetBalance(amount string) error { return e.money.SetBalance(amount) }

// Balance returns the account's balance in euros with two decimals.
func (e *Emulator) Balance() string { return e.money.Balance() }

// SeedApplication stores an application as given, without defaults and checks; only its id is set to id.
func (e *Emulator) SeedApplication(id string, doc any) error { return e.applications.Seed(id, doc) }

// Application returns the stored application.
func (e *Emulator) Application(id string) (map[string]any, bool) { return e.applications.Get(id) }

// Applications returns the stored applications by id.
func (e *Emulator) Applications() map[string]map[string]any { return e.applications.All() }

// RemoveApplication deletes an application, as the account owner could in the dashboard.
func (e *Emulator) RemoveApplication(id string) bool { return e.applications.Remove(id) }

// SeedNumber stores a number as given under an id such as "GB/447700900001"; only its country and msisdn are set to
// match. The id may be just the digits if the document has the country. moSmppSysType and voiceStatusCallback are
// kept, although the API never returns them.
func (e *Emulator) SeedNumber(id string, doc any) error { return e.numbers.Seed(id, doc) }

// Number returns the stored number, including what the API does not return: moSmppSysType and voiceStatusCallback.
func (e *Emulator) Number(id string) (map[string]any, bool) { return e.numbers.Get(id) }

// Numbers returns the account's numbers by id.
func (e *Emulator) Numbers() map[string]map[string]any { return e.numbers.All() }

// RemoveNumber removes a number from the account, as happens when the balance runs out.
func (e *Emulator) RemoveNumber(id string) bool { return e.numbers.Remove(id) }

// SeedInventory adds numbers that can be rented. Properties that a number omits default to those of a mobile number
// with voice and SMS for 1.00 a month.
func (e *Emulator) SeedInventory(docs ...any) error { return e.numbers.SeedInventory(docs...) }

// Inventory returns the numbers that can be rented, by id.
func (e *Emulator) Inventory() map[string]map[string]any { return e.numbers.Inventory() }

// RemoveInventory removes a number from the inventory, as if another customer had rented it.
func (e *Emulator) RemoveInventory(id string) bool { return e.numbers.RemoveInventory(id) }

// SeedConversation stores a conversation of either shape: that of v0.1, with "uuid" and embedded members, or that of
// v1, with optional "members". A property "application_id" names the owning application and is removed from the
// document; without it, every valid token may read the conversation.
func (e *Emulator) SeedConversation(id string, doc any) error { return e.conversations.Seed(id, doc) }

// Conversation returns the stored conversation: as seeded, or in the shape of v1 with "members".
func (e *Emulator) Conversation(id string) (map[string]any, bool) { return e.conversations.Get(id) }

// Conversations returns the ids of the conversations in order of creation.
func (e *Emulator) Conversations() []string { return e.conversations.IDs() }

// RemoveConversation deletes a conversation.
func (e *Emulator) RemoveConversation(id string) bool { return e.conversations.Remove(id) }

// PlaceCall calls a number of the account. It returns once the answer webhook has answered and its NCCO has run until
// it ends or waits for someone to act. The error is a *CallError if no application takes the call.
func (e *Emulator) PlaceCall(ctx context.Context, call InboundCall) (Call, error) {
	return e.voice.Place(ctx, call)
}

// HangUp ends a leg, and the whole call if it is the first. It returns false if there is no such leg in progress.
func (e *Emulator) HangUp(uuid string) bool { return e.voice.HangUp(uuid) }

// Answer answers a ringing leg, and the caller if that still rings. It returns false if there is no such leg in
// progress.
func (e *Emulator) Answer(uuid string) bool { return e.voice.Answer(uuid) }

// Calls returns the legs in progress, in the order in which they began.
func (e *Emulator) Calls() []Call { return e.voice.Calls() }
