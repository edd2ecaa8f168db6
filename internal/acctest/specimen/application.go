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
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

//go:embed application.tf
var applicationConfig string

func (specimens) Application() Specimen {
	return Specimen{
		TypeName: "vonage_application", Noun: "application",
		Config:    applicationConfig,
		Cases:     applicationCases(),
		Crowd:     oneOfManyApplications,
		Malformed: Malformed{Path: "/v2/applications", Member: "id", Attribute: "id"},
		Settling:  Settling{Draw: drawApplication, Others: changeApplication, Compare: compareSettled, ImportID: idOf},
		Pinned:    pinnedApplications(),
		Grow:      growApplications,
		SecretsInState: map[string]string{
			"private_key":             "the provider made it, and it is nowhere else to be had; public_key_wo with a key of one's own keeps it out",
			"video/webhooks/*/secret": "Vonage returns it, and has to be sent it again with every change",
		},
		Questions: []Question{
			list("vonage_application", "applications"),
			data("application by id", "vonage_application", "application", Values{"id": ApplicationA}),
			data("application by name", "vonage_application", "application", Values{"name": nameOfOthers + " a"}),
			data("applications", "vonage_applications", "applications", Values{}),
		},
	}
}

func applicationCases() []Case {
	voice := func(address string) Values {
		return Values{"answer_url": Values{"address": "https://example.com/" + address}}
	}
	plain := Case{
		Name:     "application",
		First:    Values{"name": "first", "voice": voice("first"), "vbc": Values{}},
		Second:   Values{"name": "second", "voice": voice("second"), "messages": Values{"inbound_url": Values{"address": "https://example.com/in"}}},
		ImportID: idOf, Compare: compareApplication,
	}
	newPair := plain
	newPair.Name, newPair.Operations = "application with a new key pair", []string{"update"}
	newPair.Second = acctest.With(plain.First, Values{"key_version": "2"})
	writeOnly := plain
	writeOnly.Name, writeOnly.Operations, writeOnly.Unfindable = "application with a write-only key", []string{"create", "update"}, true
	writeOnly.First = Values{"name": "first", "public_key_wo": acctest.PublicKey(0), "public_key_wo_version": 1}
	writeOnly.Second = Values{"name": "first", "public_key_wo": acctest.PublicKey(1), "public_key_wo_version": 2}
	byName := plain
	byName.Name, byName.Operations = "application by another name", []string{"import"}
	byName.ImportID = func(state Values) string { return fmt.Sprint("name=", state["name"]) }
	return []Case{plain, newPair, writeOnly, byName}
}

// compareApplication attributes every application that a test may manage to the object.
func compareApplication(state Values, account Contents) []string {
	var problems []string
	for name, document := range account {
		called, _ := document["name"].(string)
		if !strings.HasPrefix(name, "application ") || strings.HasPrefix(called, nameOfOthers) {
			continue
		}
		delete(account, name)
		if state == nil || name != fmt.Sprint("application ", state["id"]) {
			problems = append(problems, fmt.Sprintf("%s (%v) is in no state", name, document["name"]))
			continue
		}
		problems = append(problems, compareOneApplication(state, document)...)
		state = nil
	}
	if state != nil {
		problems = append(problems, fmt.Sprintf("application %v is in the state and not in the account", state["id"]))
	}
	return problems
}

func compareOneApplication(state, document Values) []string {
	problems := differences("application", map[string][2]any{
		"name":           {state["name"], document["name"]},
		"voice":          {at(state, "voice", "answer_url", "address"), at(document, "capabilities", "voice", "webhooks", "answer_url", "address")},
		"messages":       {at(state, "messages", "inbound_url", "address"), at(document, "capabilities", "messages", "webhooks", "inbound_url", "address")},
		"vbc is present": {state["vbc"] != nil, at(document, "capabilities", "vbc") != nil},
	})
	public, _ := at(document, "keys", "public_key").(string)
	if key, ok := state["public_key"].(string); ok && !vonage.SamePublicKey(key, public) {
		problems = append(problems, "the public key in the state is not the application's")
	}
	if private, ok := state["private_key"].(string); ok {
		key, err := vonage.ParsePrivateKey(private)
		if err != nil {
			return append(problems, err.Error())
		}
		if half, err := vonage.EncodePublicKey(&key.PublicKey); err != nil || !vonage.SamePublicKey(half, public) {
			problems = append(problems, "the private key in the state is not the other half of the application's")
		}
	}
	return problems
}

func oneOfManyApplications(i int) Member {
	return Member{
		First: Values{"name": fmt.Sprint("first ", i)}, Second: Values{"name": fmt.Sprint("second ", i), "vbc": Values{}},
		Compare: func(state Values, find func(id string) Values) []string {
			if state == nil {
				return nil
			}
			document := find(fmt.Sprint("application ", state["id"]))
			return differences(fmt.Sprint("application ", i), map[string][2]any{"name": {state["name"], document["name"]}})
		},
	}
}

// changeApplication adds what this version does not model.
func changeApplication(account *emulator.Emulator, state Values) error {
	document, _ := account.Application(idOf(state))
	document["security"] = Values{"level": "3"}
	capabilities, _ := document["capabilities"].(Values)
	document["capabilities"] = acctest.With(capabilities, Values{"future": Values{"on": true}})
	return account.SeedApplication(idOf(state), document)
}

func compareSettled(state Values, _, now Contents, changed bool) []string {
	if state == nil {
		return compareApplication(nil, now)
	}
	document := now["application "+idOf(state)]
	problems := compareOneApplication(state, document)
	if changed {
		problems = append(problems, differences("what is not modelled", map[string][2]any{
			"security":     {"3", at(document, "security", "level")},
			"capabilities": {true, at(document, "capabilities", "future", "on")},
		})...)
	}
	return problems
}

// drawApplication draws configurations in which each attribute may be missing.
func drawApplication(t *rapid.T) Values {
	maybe := func(draw func() any) any {
		if rapid.Bool().Draw(t, "there") {
			return draw()
		}
		return nil
	}
	flag := func() any { return maybe(func() any { return rapid.Bool().Draw(t, "flag") }) }
	number := func(least, most int) any {
		return maybe(func() any { return rapid.IntRange(least, most).Draw(t, "number") })
	}
	oneOf := func(choices ...string) any {
		return maybe(func() any { return rapid.SampledFrom(choices).Draw(t, "choice") })
	}
	url := func() string { return "https://example.com/" + rapid.StringMatching("[a-c]").Draw(t, "path") }
	hook := func(methods ...string) any {
		return maybe(func() any { return Values{"address": url(), "http_method": oneOf(methods...)} })
	}
	voiceHook := func(longest int) any {
		return maybe(func() any {
			return Values{
				"address": url(), "http_method": oneOf("GET", "POST"),
				"connect_timeout": number(300, 1000), "socket_timeout": number(1000, longest),
			}
		})
	}
	videoHook := rapid.Custom(func(*rapid.T) any {
		return Values{"address": url(), "active": flag(), "secret": oneOf("one", "two")}
	})
	return Values{
		"name":       rapid.SampledFrom([]string{"a", "b"}).Draw(t, "name"),
		"improve_ai": flag(),
		"voice": maybe(func() any {
			return Values{
				"answer_url": voiceHook(5000), "fallback_answer_url": voiceHook(5000), "event_url": voiceHook(10000),
				"signed_callbacks": flag(), "conversations_ttl": number(1, 9000), "leg_persistence_time": number(1, 31),
				"region": oneOf("eu-west", "na-east"),
			}
		}),
		"messages": maybe(func() any {
			return Values{
				"inbound_url": hook("POST"), "status_url": hook("POST"), "version": oneOf("v1", "v0.1"), "authenticate_inbound_media": flag(),
			}
		}),
		"rtc":    maybe(func() any { return Values{"event_url": hook("GET", "POST"), "signed_callbacks": flag()} }),
		"verify": maybe(func() any { return Values{"status_url": hook("POST")} }),
		"video": maybe(func() any {
			return Values{
				"webhooks": maybe(func() any {
					return rapid.MapOfN(rapid.SampledFrom(vonage.VideoEvents()[:3]), videoHook, 0, 2).Draw(t, "webhooks")
				}),
				"storage": maybe(func() any {
					return Values{"server_side_encryption": flag(), "end_to_end_encryption": flag(), "cloud_storage": flag()}
				}),
			}
		}),
		"network_apis": maybe(func() any { return Values{"network_application_id": oneOf("x", "y"), "redirect_uri": url()} }),
		"vbc":          maybe(func() any { return Values{} }),
		"public_key":   oneOf(acctest.PublicKey(4), acctest.PublicKey(5)),
	}
}

func pinnedApplications() map[string]Values {
	webhook := func(name string) Values {
		return Values{"address": "https://example.com/" + name, "http_method": "POST", "connect_timeout": 500, "socket_timeout": 3000}
	}
	plain := func(name string) Values {
		return Values{"address": "https://example.com/" + name, "http_method": "POST"}
	}
	everything := Values{
		"name": "everything", "improve_ai": true, "key_version": "2026-11", "timeouts": timeouts(),
		"voice": Values{
			"answer_url": webhook("answer"), "fallback_answer_url": webhook("fallback"), "event_url": webhook("event"),
			"signed_callbacks": true, "conversations_ttl": 24, "leg_persistence_time": 3, "region": "eu-west",
		},
		"messages": Values{
			"inbound_url": plain("inbound"), "status_url": plain("status"), "version": "v1", "authenticate_inbound_media": true,
		},
		"rtc":    Values{"event_url": plain("rtc"), "signed_callbacks": true},
		"verify": Values{"status_url": plain("verify")},
		"video": Values{
			"webhooks": Values{"session_created": Values{"address": "https://example.com/video", "active": true, "secret": "0123456789abcdef"}},
			"storage":  Values{"server_side_encryption": true, "end_to_end_encryption": false, "cloud_storage": true},
		},
		"network_apis": Values{"network_application_id": ApplicationB, "redirect_uri": "https://example.com/redirect"},
		"vbc":          Values{},
	}
	return map[string]Values{
		"application":                      {"name": "bare"},
		"application with everything":      everything,
		"application with a key":           {"name": "own key", "public_key": acctest.PublicKey(0)},
		"application with an unstated key": {"name": "wo", "public_key_wo": acctest.PublicKey(0), "public_key_wo_version": 1},
	}
}

func timeouts() Values {
	return Values{"create": "10m", "read": "1m", "update": "10m", "delete": "10m"}
}

const grownApplications = 50

func grownApplication(i int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", i) }

func growApplications(account *emulator.Emulator) (int, error) {
	hook := func(method string) Values {
		return Values{"address": "https://example.com/${path}?and=%{more}", "http_method": method}
	}
	capabilities := []Values{
		{},
		{"voice": Values{"webhooks": Values{}}},
		{"voice": Values{"webhooks": Values{"answer_url": hook("GET"), "event_url": hook("POST")}, "region": "eu-west"}, "vbc": Values{}},
		{"messages": Values{"webhooks": Values{"inbound_url": hook("POST")}, "version": "v0.1"}, "rtc": Values{}},
		{"video": Values{"webhooks": Values{"render_status": Values{"address": "https://example.com", "active": true, "secret": "shh"}}}},
		{"verify": Values{"webhooks": Values{"status_url": hook("POST")}}, "network_apis": Values{"redirect_uri": "https://example.com"}},
	}
	for i := range grownApplications {
		err := account.SeedApplication(grownApplication(i), Values{
			"name": fmt.Sprintf(`"%d" ${name}`, i), "capabilities": capabilities[i%len(capabilities)],
			"keys": Values{"public_key": acctest.PublicKey(i % acctest.PoolSize)},
		})
		if err != nil {
			return 0, err
		}
	}
	return grownApplications, nil
}
