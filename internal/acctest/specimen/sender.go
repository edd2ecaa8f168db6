// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package specimen

import (
	_ "embed" // the configuration
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

//go:embed sender.tf
var senderConfig string

// The senders that are always in the account: one is free, the other linked.
const freeSender, linkedSender = "whatsapp/447700900001", "messenger/page"

func fillSenders(account *emulator.Emulator) error {
	for id, applications := range map[string][]any{freeSender: {}, linkedSender: {ApplicationB}} {
		if err := account.Documents("senders").Seed(id, Values{"name": "Shop", "access_token": "SenderToken0123456789", "applications": applications}); err != nil {
			return err
		}
	}
	return nil
}

func (specimens) SenderLink() Specimen {
	first := Values{"channel": "whatsapp", "external_id": strings.TrimPrefix(freeSender, "whatsapp/"), "application_id": ApplicationA}
	return Specimen{
		TypeName: "vonage_messages_account_link", ReadBy: "vonage_messages_accounts", Noun: "sender", Fill: fillSenders,
		Config: senderConfig,
		Cases: []Case{{
			Name: "sender link", First: first, Second: acctest.With(first, Values{"application_id": ApplicationB}),
			ImportID: idOf, Compare: compareSender,
		}},
		Crowd:     oneOfManySenders,
		Malformed: Malformed{Path: "/beta/chatapp-accounts", Member: "external_id", Attribute: "external_id", Tells: []string{"applications"}},
		Settling: Settling{
			Draw: func(t *rapid.T) Values {
				return acctest.With(first, Values{"application_id": rapid.SampledFrom([]string{ApplicationA, ApplicationB}).Draw(t, "application")})
			},
			Others: func(account *emulator.Emulator, _ Values) error {
				document, _ := account.Documents("senders").Get(freeSender)
				return account.Documents("senders").Seed(freeSender, acctest.With(document, Values{"name": "Renamed"}))
			},
			Compare:  func(state Values, _, now Contents, _ bool) []string { return compareSender(state, now) },
			ImportID: idOf,
		},
		Pinned: map[string]Values{
			"sender link":                 first,
			"sender link with everything": acctest.With(first, Values{"application_id": strings.ToUpper(ApplicationA), "replace_existing_link": true, "timeouts": timeouts()}),
		},
		Grow: growSenders,
		Questions: []Question{
			list("vonage_messages_account_link", "links of senders"),
			data("senders", "vonage_messages_accounts", "senders", Values{}),
			data("senders of a channel", "vonage_messages_accounts", "senders", Values{"channel": "whatsapp"}),
		},
	}
}

// compareSender compares the link of the free sender, and removes it.
func compareSender(state Values, account Contents) []string {
	document := account["sender "+freeSender]
	linked := document["applications"]
	document["applications"] = []any{}
	return compareLinks(state, linked)
}

func compareLinks(state Values, linked any) []string {
	applications := []any{}
	if state != nil {
		applications = append(applications, strings.ToLower(fmt.Sprint(state["application_id"])))
	}
	return differences("sender", map[string][2]any{"applications": {applications, linked}})
}

func oneOfManySenders(i int) Member {
	number := fmt.Sprintf("4477009003%02d", i)
	first := Values{"channel": "whatsapp", "external_id": number, "application_id": ApplicationA}
	return Member{
		First: first, Second: acctest.With(first, Values{"application_id": ApplicationB}),
		Seed: func(account *emulator.Emulator) error {
			return account.Documents("senders").Seed("whatsapp/"+number, Values{"applications": []any{}})
		},
		Compare: func(state Values, find func(id string) Values) []string {
			return compareLinks(state, find("sender whatsapp/" + number)["applications"])
		},
	}
}

// grownSenders fit on one page of the list.
const grownSenders = 15

func growSenders(account *emulator.Emulator) (int, error) {
	for i := range grownSenders {
		channel := []string{"whatsapp", "messenger", "viber_service_msg", "rcs"}[i%4]
		sender := Values{"access_token": "SenderToken0123456789", "applications": []any{grownApplication(i)}}
		if err := account.Documents("senders").Seed(fmt.Sprintf("%s/4477009002%02d", channel, i), sender); err != nil {
			return 0, err
		}
	}
	return grownSenders, account.Documents("senders").Seed("whatsapp/447700900299", Values{"applications": []any{}})
}
