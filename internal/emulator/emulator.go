// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package emulator is a stateful in-memory Vonage API: applications, numbers, conversations, users and calls behind
// one http.Handler. The handler serves the paths of both Vonage hosts and refuses what the real API refuses; tests
// can inspect every request, seed any document and inject faults.
//
// It is an independent interpretation of Vonage's published API descriptions. It shares no types with the provider's
// client and stores JSON documents, so that a wrong JSON tag in the client cannot match the same mistake here.
package emulator

import (
	"github.com/vonage/terraform-provider-vonage/internal/emulator/account"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/applications"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/control"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/conversations"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/numbers"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/users"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/voice"
)

// Emulator is one Vonage account. It is an http.Handler and safe for concurrent use.
type Emulator struct {
	*platform.Server

	account  *platform.Account
	webhooks *webhook.Sender

	applications  *applications.API
	numbers       *numbers.API
	users         *users.API
	conversations *conversations.API
	voice         *voice.API
	money         *account.API
}

// New returns an emulator with an empty account.
func New(options Options) *Emulator {
	shared := platform.NewAccount(options)
	e := &Emulator{Server: platform.NewServer(shared), account: shared, webhooks: webhook.NewSender(shared)}
	store := conversation.NewStore()
	e.money = account.New(shared)
	e.applications = applications.New(shared, func(id string) { e.numbers.Unlink(id) })
	shared.KeyOf = e.applications.KeyOf
	e.numbers = numbers.New(shared, e.applications, e.money)
	e.users = users.New(shared)
	e.voice = voice.New(shared, e.applications, e.numbers, store, e.webhooks)
	e.conversations = conversations.New(shared, store, e.users, e.voice.End)
	for _, api := range []interface{ Routes(server *platform.Server) }{
		e.applications, e.numbers, e.conversations, e.users, e.voice, e.money,
	} {
		api.Routes(e.Server)
	}
	control.Routes(e.Server, e)
	return e
}
