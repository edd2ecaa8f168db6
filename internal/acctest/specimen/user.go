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

//go:embed user.tf
var userConfig string

// filledUsers are always in the applications, the first of them in the provider's.
const filledUserID, foreignUserID = "USR-cccccccc-cccc-4ccc-8ccc-cccccccccccc", "USR-dddddddd-dddd-4ddd-8ddd-dddddddddddd"

func fillUsers(account *emulator.Emulator) error {
	for id, application := range map[string]string{filledUserID: ApplicationA, foreignUserID: ApplicationB} {
		err := account.Documents("users").Seed(id, Values{
			"application_id": application, "name": nameOfOthers, "odd": "kept", "properties": Values{"custom_data": Values{"a": 1}},
			"channels": Values{"sip": []any{Values{"uri": "sip:a@example.com", "password": "UserPassword0123456789"}}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func numbers(digits string) []any { return []any{Values{"number": digits}} }

// User belongs to the application whose tokens the provider sends, not to the account.
func (specimens) User() Specimen {
	first := Values{"name": "alice", "display_name": "Alice", "channels": Values{"pstn": numbers("447700900101"), "sms": numbers("447700900102")}}
	plain := Case{
		Name: "user", First: first,
		Second:   Values{"name": "alice.b", "custom_data": Values{"team": "blue"}, "channels": Values{"sms": numbers("447700900103"), "vbc": []any{Values{"extension": "403"}}}},
		ImportID: idOf, OfApplication: true, Stays: true, Compare: compareUsers,
	}
	byName := plain
	byName.Name, byName.Operations = "user by name", []string{"import"}
	byName.ImportID = func(state Values) string { return fmt.Sprint("name=", state["name"]) }
	return Specimen{
		TypeName: "vonage_user", Noun: "user", Fill: fillUsers,
		Config:    userConfig,
		Malformed: Malformed{Path: "/v1/users", Member: "id", Attribute: "id"},
		Cases:     []Case{plain, byName},
		Crowd: func(i int) Member {
			name := fmt.Sprint("crowd-", i)
			return Member{
				First:  Values{"name": name, "channels": Values{"sms": numbers("447700900102")}},
				Second: Values{"name": name + "!", "display_name": "D", "channels": Values{"sms": numbers("447700900103")}},
				Compare: func(state Values, find func(id string) Values) []string {
					return compareOneUser(state, find("user "+fmt.Sprint(state["id"])))
				},
			}
		},
		Settling: Settling{
			Draw: drawUser,
			Others: func(account *emulator.Emulator, state Values) error {
				document, _ := account.Documents("users").Get(idOf(state))
				return account.Documents("users").Seed(idOf(state), acctest.With(document, Values{"odd": "kept"}))
			},
			Compare: func(state Values, _, now Contents, changed bool) []string {
				document := now["user "+idOf(state)]
				problems := compareUsers(state, now)
				if state != nil && changed {
					problems = append(problems, differences("user", map[string][2]any{"odd": {"kept", document["odd"]}})...)
				}
				return problems
			},
			ImportID: idOf,
		},
		Pinned: map[string]Values{
			"user":                 {"name": "alice"},
			"user with everything": userWithEverything(),
		},
		Grow: growUsersOfApplication, ReadToList: (grownUsers + 1) * perPage,
		SecretsInState: map[string]string{ //nolint:gosec // why there is one
			"channels/sip/*/password": "Vonage may not return it, and has to be sent it again with every change",
		},
		Questions: []Question{
			list("vonage_user", "users"),
			data("user by id", "vonage_user", "user", Values{"id": filledUserID}),
			data("user by name", "vonage_user", "user", Values{"name": nameOfOthers}),
			data("users", "vonage_users", "users", Values{}),
		},
	}
}

func userWithEverything() Values {
	return Values{
		"name": "alice", "display_name": "Alice", "image_url": "https://example.com/a.png", "custom_data": Values{"team": "blue"}, "ttl": 3600, "timeouts": timeouts(),
		"channels": Values{
			"pstn": numbers("+44 7700 900101"), "sms": numbers("447700900102"), "mms": numbers("447700900103"), "whatsapp": numbers("447700900104"), "viber": numbers("447700900105"),
			"sip":       []any{Values{"uri": "sip:alice@example.com", "username": "alice", "password": "UserPassword0123456789"}},
			"vbc":       []any{Values{"extension": "403"}},
			"websocket": []any{Values{"uri": "wss://example.com/a", "content_type": "audio/l16;rate=16000", "headers": Values{"a": "b"}}},
			"messenger": []any{Values{"id": "12345"}},
		},
	}
}

// compareUsers attributes every user that a test may manage to the object.
func compareUsers(state Values, account Contents) []string {
	var problems []string
	for name, document := range account {
		if !strings.HasPrefix(name, "user ") || document["name"] == nameOfOthers {
			continue
		}
		delete(account, name)
		if state == nil || name != "user "+idOf(state) {
			problems = append(problems, fmt.Sprintf("%s (%v) is in no state", name, document["name"]))
			continue
		}
		problems = append(problems, compareOneUser(state, document)...)
		state = nil
	}
	if state != nil {
		problems = append(problems, compareOneUser(state, nil)...)
	}
	return problems
}

func compareOneUser(state, document Values) []string {
	if state == nil || document == nil {
		return differences("user", map[string][2]any{"being there": {state != nil, document != nil}})
	}
	compared := map[string][2]any{"name": {state["name"], document["name"]}}
	if document["application_id"] != ApplicationA {
		compared["application"] = [2]any{ApplicationA, document["application_id"]}
	}
	for _, name := range []string{"display_name", "image_url"} {
		compared[name] = [2]any{state[name], document[name]}
	}
	for _, name := range []string{"custom_data", "ttl"} {
		if state[name] != nil {
			compared[name] = [2]any{state[name], at(document, "properties", name)}
		}
	}
	shown, _ := state["channels"].(Values)
	for kind, list := range shown {
		if list != nil {
			compared["channels."+kind] = [2]any{entriesOf(list), at(document, "channels", kind)}
		}
	}
	return differences("user", compared)
}

// entriesOf returns the channels of a state as the API has them.
func entriesOf(list any) []any {
	given, _ := list.([]any)
	entries := make([]any, 0, len(given))
	for _, one := range given {
		entry := Values{}
		members, _ := one.(Values)
		for name, value := range members {
			if value != nil {
				entry[strings.ReplaceAll(name, "_", "-")] = value
			}
		}
		entries = append(entries, entry)
	}
	return entries
}

func drawUser(t *rapid.T) Values {
	drawn := Values{"name": rapid.SampledFrom([]string{"alice", "Bob!", "a b@example.com"}).Draw(t, "name"), "ttl": rapid.SampledFrom([]int{0, 60}).Draw(t, "ttl")}
	drawn = acctest.With(drawn, drawSome(t, []string{"display_name", "image_url", "custom_data"}, map[string][]any{
		"display_name": {"A", "Ä \"b\""}, "image_url": {"https://example.com/a.png", "http://example.com/b"},
		"custom_data": {Values{"a": "b"}, Values{"a": "5", "c": `{"d":null}`, "": ""}},
	}))
	reached := drawSome(t, []string{"pstn", "sms", "sip", "vbc", "websocket", "messenger"}, map[string][]any{
		"pstn": {numbers("447700900101"), append(numbers("447700900101"), numbers("12015550123")...)},
		"sms":  {numbers("447700900102")},
		"sip": {
			[]any{Values{"uri": "sip:a@example.com", "username": nil, "password": nil}},
			[]any{Values{"uri": "sips:a@example.com", "username": "a", "password": nil}, Values{"uri": "sip:b@example.com", "username": nil, "password": nil}},
		},
		"vbc":       {[]any{Values{"extension": "403"}}},
		"websocket": {[]any{Values{"uri": "ws://example.com/a", "content_type": nil, "headers": nil}}, []any{Values{"uri": "wss://a.test", "content_type": "audio/l16;rate=8000", "headers": Values{"a": "b"}}}},
		"messenger": {[]any{Values{"id": "1"}}},
	})
	if len(reached) > 0 {
		for _, kind := range []string{"pstn", "sms", "mms", "whatsapp", "viber", "sip", "vbc", "websocket", "messenger"} {
			if reached[kind] == nil {
				reached[kind] = nil
			}
		}
		drawn["channels"] = reached
	}
	return drawn
}

// grownUsers are few, because each is read by itself.
const grownUsers = 7

// AsGrownApplication returns the credentials of the application whose users growUsersOfApplication adds.
func AsGrownApplication() Values {
	return Values{"application_id": grownApplication(keyOfA), "private_key": acctest.PrivateKey(keyOfA)}
}

func growUsersOfApplication(account *emulator.Emulator) (int, error) {
	documents := []Values{
		{},
		{"display_name": "D", "properties": Values{"custom_data": Values{}}, "channels": Values{}},
		{"image_url": "https://example.com/a.png", "properties": Values{"custom_data": Values{"a": 1, "b": Values{}}, "ttl": 5}},
		{"channels": Values{"pstn": []any{Values{"number": 447700900101}}, "sip": []any{Values{"uri": "sip:a@example.com", "password": "UserPassword0123456789"}}}},
		{"channels": Values{"sms": numbers("447700900101"), "mms": []any{}, "websocket": []any{Values{"uri": "wss://a.test", "content-type": "audio/l16;rate=8000", "headers": Values{"a": 1}}}}},
	}
	for i := range grownUsers {
		document := acctest.With(documents[i%len(documents)], Values{"application_id": grownApplication(keyOfA), "name": fmt.Sprintf("grown %d!", i)})
		if err := account.Documents("users").Seed(fmt.Sprintf("USR-00000000-0000-4000-8000-%012d", i), document); err != nil {
			return 0, err
		}
	}
	return grownUsers, nil
}
