// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"context"
	"slices"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/control"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/fault"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/journal"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/variant"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/voice"
)

// The types of what a test or a program can do to the account directly, as the control API does for other processes.
type (
	// Options configure the emulated account.
	Options = platform.Options
	// Variant selects between behaviours that no published source decides.
	Variant = platform.Variant
	// Record is what can be changed of an account, as in the dashboard.
	Record = platform.Record
	// Request is an API request as received.
	Request = journal.Request
	// Webhook is one attempt to call a webhook.
	Webhook = webhook.Attempt
	// Seed describes an account in a file, with its subaccounts and further accounts.
	Seed = control.Seed
	// Opening describes a further account: its credentials and its record.
	Opening = control.Account
	// InboundCall is a call to a number of the account.
	InboundCall = voice.InboundCall
	// Call is the current state of a call.
	Call = voice.Call
	// Leg is a leg of a call.
	Leg = feed.Leg
	// CallError reports why a call could not be placed.
	CallError = voice.Error
	// Fault makes matching requests fail.
	Fault = fault.Fault
	// FaultKind is a kind of failure.
	FaultKind = fault.Kind
)

// DefaultAPIKey is the API key of an emulator that is given no credentials.
const DefaultAPIKey = platform.DefaultAPIKey

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
func ParseVariant(text []byte) (Variant, error) { return variant.Parse(text) }

// ParseSeed decodes a seed file. An unknown property is an error, because it would silently have no effect.
func ParseSeed(text []byte) (seed Seed, err error) {
	if err = document.Decode(text, &seed); err == nil {
		err = seed.Check(New(Options{}).Kinds())
	}
	return seed, err
}

// Load stores everything in a seed except its credentials, which belong in Options. It stores the documents of each
// kind in order of their ids and stops at the first error.
func (a *Account) Load(seed Seed) error { return seed.Load(content{a}) }

// Kinds returns the kinds of documents that the account can have.
func (a *Account) Kinds() []platform.Kind { return a.paths.Kinds }

// Documents returns the account's documents of a kind, by its name in a seed, such as "sip_domains". It panics if there is no
// such kind. Those that most tests use have methods of their own, below.
func (a *Account) Documents(kind string) platform.Documents {
	i := slices.IndexFunc(a.paths.Kinds, func(known platform.Kind) bool { return known.Name == kind })
	return a.paths.Kinds[i].Documents
}

// Credentials returns the key of the account and its first secret.
func (a *Account) Credentials() (apiKey, apiSecret string) {
	return a.account.APIKey, a.account.APISecret
}

// APIKey returns the key of the account.
func (a *Account) APIKey() string { return a.account.APIKey }

// APISecrets returns the account's secrets by id.
func (a *Account) APISecrets() map[string]string { return a.account.SecretsByID() }

// SeedAPISecret gives the account a secret with an id. One that it has with that value gets the id.
func (a *Account) SeedAPISecret(id, value string) { a.account.SeedSecret(id, value) }

// RemoveAPISecret deletes a secret, as in the dashboard, even the last one. It returns false if there is none.
func (a *Account) RemoveAPISecret(id string) bool { return a.account.RemoveSecret(id) }

// Record returns the account's record: its money, its settings and whether it is suspended.
func (a *Account) Record() Record { return a.account.Record() }

// Change changes of the account what the record names, as in the dashboard.
func (a *Account) Change(record Record) error { return a.account.Change(record) }

// SignatureSecret returns the secret that signs webhooks.
func (a *Account) SignatureSecret() string { return a.account.SignatureSecret }

// Now returns what the emulator's clock shows.
func (a *Account) Now() time.Time { return a.account.Now() }

// Advance moves the emulator's clock: what it waits for in that time has passed, tokens expire, limits begin anew. It is an
// error to move it by more than 50 years.
func (a *Account) Advance(d time.Duration) error { return a.account.Clock.Advance(d) }

// SetTime makes the emulator's clock show a time, from which it goes on, with the error of Advance.
func (a *Account) SetTime(now time.Time) error { return a.account.Clock.Set(now) }

// SetURL sets the emulator's own origin, which webhooks carry as region_url. Until then, the origin of the last
// request is used.
func (a *Account) SetURL(origin string) { a.account.SetURL(origin) }

// Webhooks returns the latest attempts to call webhooks, in the order in which they ended.
func (a *Account) Webhooks() []Webhook { return a.webhooks.Attempts() }

// Close ends all calls, releases delayed answers and waits for every goroutine that the emulator started. Undelivered
// events are dropped.
func (a *Account) Close() { a.account.Background.Close() }

// SetBalance sets the account's balance to a decimal amount in euros.
func (a *Account) SetBalance(amount string) error { return a.account.Change(Record{Balance: &amount}) }

// Balance returns the account's own balance in euros with two to eight decimals.
func (a *Account) Balance() string { return *a.account.Record().Balance }

// SeedApplication stores an application as given, without defaults and checks; only its id is set to id.
func (a *Account) SeedApplication(id string, doc any) error { return a.applications.Seed(id, doc) }

// Application returns the stored application.
func (a *Account) Application(id string) (map[string]any, bool) { return a.applications.Get(id) }

// Applications returns the stored applications by id.
func (a *Account) Applications() map[string]map[string]any { return a.applications.All() }

// RemoveApplication deletes an application, as the account owner could in the dashboard.
func (a *Account) RemoveApplication(id string) bool { return a.applications.Remove(id) }

// SeedNumber stores a number as given under an id such as "GB/447700900001"; only its country and msisdn are set to
// match. The id may be just the digits if the document has the country. moSmppSysType and voiceStatusCallback are
// kept, although the API never returns them.
func (a *Account) SeedNumber(id string, doc any) error { return a.numbers.Seed(id, doc) }

// Number returns the stored number, including what the API does not return: moSmppSysType and voiceStatusCallback.
func (a *Account) Number(id string) (map[string]any, bool) { return a.numbers.Get(id) }

// Numbers returns the account's numbers by id.
func (a *Account) Numbers() map[string]map[string]any { return a.numbers.All() }

// RemoveNumber removes a number from the account, as happens when the balance runs out.
func (a *Account) RemoveNumber(id string) bool { return a.numbers.Remove(id) }

// SeedInventory adds numbers that can be rented. Properties that a number omits default to those of a mobile number
// with voice and SMS for 1.00 a month.
func (a *Account) SeedInventory(docs ...any) error { return a.numbers.SeedInventory(docs...) }

// Inventory returns the numbers that can be rented, by id.
func (a *Account) Inventory() map[string]map[string]any { return a.numbers.Inventory() }

// RemoveInventory removes a number from the inventory, as if another customer had rented it.
func (a *Account) RemoveInventory(id string) bool { return a.numbers.RemoveInventory(id) }

// SeedConversation stores a conversation of either shape: that of v0.1, with "uuid" and embedded members, or that of
// v1, with optional "members". A property "application_id" names the owning application and is removed from the
// document; without it, every valid token may read the conversation.
func (a *Account) SeedConversation(id string, doc any) error { return a.conversations.Seed(id, doc) }

// Conversation returns the stored conversation: as seeded, or in the shape of v1 with "members".
func (a *Account) Conversation(id string) (map[string]any, bool) { return a.conversations.Get(id) }

// Conversations returns the ids of the conversations in order of creation.
func (a *Account) Conversations() []string { return a.conversations.IDs() }

// RemoveConversation deletes a conversation.
func (a *Account) RemoveConversation(id string) bool { return a.conversations.Remove(id) }

// PlaceCall calls a number of the account. It returns once the answer webhook has answered and its NCCO has run until
// it ends or waits for someone to act. The error is a *CallError if no application takes the call.
func (a *Account) PlaceCall(ctx context.Context, call InboundCall) (Call, error) {
	return a.voice.Place(ctx, call)
}

// HangUp ends a leg, and the whole call if it is the first. It returns false if there is no such leg in progress.
func (a *Account) HangUp(uuid string) bool { return a.voice.HangUp(uuid) }

// Answer answers a ringing leg, and the caller if that still rings. It returns false if there is no such leg in
// progress.
func (a *Account) Answer(uuid string) bool { return a.voice.Answer(uuid) }

// Legs returns what is known of the legs in progress, in the order in which they began.
func (a *Account) Legs() []Leg { return a.voice.Legs() }

// Calls returns the legs in progress, in the order in which they began.
func (a *Account) Calls() []Call { return a.voice.Calls() }
