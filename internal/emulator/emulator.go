// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package emulator is a stateful in-memory Vonage API: accounts and their subaccounts with applications, numbers,
// conversations, users and calls behind one http.Handler. The handler serves the paths of both Vonage hosts and refuses
// what the real API refuses; tests can inspect every request, seed any document and inject faults.
//
// It is an independent interpretation of Vonage's published API descriptions. It shares no types with the provider's
// client and stores JSON documents, so that a wrong JSON tag in the client cannot match the same mistake here.
package emulator

import (
	"net/http"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/account"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/applications"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/control"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/conversations"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/numbers"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/pricing"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/senders"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/sip"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/subaccounts"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/users"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/verify"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/voice"
)

// Emulator is one Vonage account, and those that are opened beside it. It is an http.Handler and safe for concurrent use.
type Emulator struct {
	*platform.Server
	*Account

	control   http.Handler
	snapshots *snapshots
}

// ServeHTTP serves the paths of Vonage, and the control API under /emulator/.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if control.Concerns(r) {
		e.control.ServeHTTP(w, r)
		return
	}
	e.Server.ServeHTTP(w, r)
}

// New returns an emulator with one account, which is empty.
func New(options Options) *Emulator {
	first := platform.NewAccount(options)
	all := &accounts{
		server: platform.NewServer(first), inventory: numbers.NewInventory(), prices: pricing.NewTable(), sipNames: sip.Names{},
		built: map[*platform.Account]*Account{},
	}
	e := &Emulator{Server: all.server, Account: all.build(first)}
	_ = all.open(e.Account) // there is no other account yet
	e.snapshots = newSnapshots(all)
	e.control = control.New(all.server, first, content{e.Account}, e.snapshots)
	return e
}

// Account is one account of an emulator with everything in it.
type Account struct {
	account  *platform.Account
	paths    *platform.Paths
	webhooks *webhook.Sender
	all      *accounts

	applications  *applications.API
	numbers       *numbers.API
	users         *users.API
	conversations *conversations.API
	store         *conversation.Store
	voice         *voice.API
	money         *account.API
	subaccounts   *subaccounts.API
	sip           *sip.API
	senders       *senders.API

	rooms []room // all APIs
}

// room is an API of an account. One that stores something also has a method Save, which snapshots call.
type room interface{ Routes(paths *platform.Paths) }

// build puts the APIs of an account together.
func (w *accounts) build(of *platform.Account) *Account {
	a := &Account{account: of, paths: platform.NewPaths(), webhooks: webhook.NewSender(of), all: w}
	a.store = conversation.NewStore()
	a.money = account.New(of)
	a.applications = applications.New(of, func(id string) {
		a.numbers.Unlink(id)
		a.senders.Unlink(id)
	})
	of.KeyOf = a.applications.KeyOf
	a.numbers = numbers.New(of, a.applications, a.money, w.inventory, func(other *platform.Account) *numbers.API { return w.built[other].numbers })
	a.users = users.New(of)
	a.sip = sip.New(of, w.sipNames)
	a.voice = voice.New(of, a.applications, a.numbers, a.sip, a.store, a.webhooks)
	a.conversations = conversations.New(of, a.store, a.users, a.voice.End)
	a.subaccounts = subaccounts.New(of,
		func(made *platform.Account) error { return w.open(w.build(made)) },
		func(other *platform.Account) subaccounts.Numbers { return w.built[other].numbers })
	a.senders = senders.New(of, a.applications)
	a.rooms = []room{
		a.applications, a.numbers, a.conversations, a.users, a.voice, a.money, a.subaccounts, a.sip, a.senders,
		pricing.New(of, w.prices), verify.New(of),
	}
	for _, api := range a.rooms {
		api.Routes(a.paths)
	}
	control.AccountRoutes(w.server, a.paths.Control, of, content{a})
	return a
}
