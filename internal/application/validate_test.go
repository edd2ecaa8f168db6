// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestValidationIsOnTheAttribute(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	type values = acctest.Values
	hook := func(more values) values { return acctest.With(values{"address": "https://example.com"}, more) }
	answer := func(more values) values { return values{"voice": values{"answer_url": hook(more)}} }
	for name, test := range map[string]struct {
		config    values
		attribute string
	}{
		"empty name":                       {values{"name": ""}, "name"},
		"address without scheme":           {values{"rtc": values{"event_url": values{"address": "example.com/x"}}}, "rtc.event_url.address"},
		"address of another scheme":        {values{"verify": values{"status_url": values{"address": "ftp://example.com"}}}, "verify.status_url.address"},
		"empty address":                    {answer(values{"address": ""}), "voice.answer_url.address"},
		"video event":                      {values{"video": values{"webhooks": values{"no_event": hook(nil)}}}, `video.webhooks["no_event"]`},
		"video address":                    {values{"video": values{"webhooks": values{"render_status": values{"address": "x"}}}}, `video.webhooks["render_status"].address`},
		"redirect_uri":                     {values{"network_apis": values{"redirect_uri": "back"}}, "network_apis.redirect_uri"},
		"public_key":                       {values{"public_key": "no key"}, "public_key"},
		"private key as public_key":        {values{"public_key": acctest.PrivateKey(0)}, "public_key"},
		"public_key_wo":                    {values{"public_key_wo": "no key", "public_key_wo_version": 1}, "public_key_wo"},
		"public_key_wo alone":              {values{"public_key_wo": ownKey}, "public_key_wo"},
		"public_key_wo_version alone":      {values{"public_key_wo_version": 1}, "public_key_wo_version"},
		"public_key and key_version":       {values{"public_key": ownKey, "key_version": "1"}, "public_key"},
		"public_key and public_key_wo":     {values{"public_key": ownKey, "public_key_wo": ownKey, "public_key_wo_version": 1}, "public_key"},
		"public_key_wo and key_version":    {values{"public_key_wo": ownKey, "public_key_wo_version": 1, "key_version": "1"}, "public_key_wo"},
		"a timeout that would end at once": {values{"timeouts": values{"create": "0s"}}, "timeouts.create"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused := a.ValidateResource(typeName, acctest.With(values{"name": "n"}, test.config)).MustFail(t, test.attribute)
			if strings.Contains(refused.Detail, "PRIVATE") {
				t.Errorf("shows key material: %s", refused.Detail)
			}
		})
	}
}

// Values that Vonage may have from earlier limits are rejected by the plan, and only if they are new.
func TestPlanIsRefusedOnTheAttribute(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	type values = acctest.Values
	hook := func(more values) values { return acctest.With(values{"address": "https://example.com"}, more) }
	answer := func(more values) values { return values{"voice": values{"answer_url": hook(more)}} }
	event := func(more values) values {
		return values{"voice": values{"answer_url": hook(nil), "event_url": hook(more)}}
	}
	existing := a.create(acctest.With(values{"name": "n"}, answer(nil)))
	for name, test := range map[string]struct {
		config    values
		attribute string
	}{
		"method":                       {answer(values{"http_method": "PUT"}), "voice.answer_url.http_method"},
		"messages take POST only":      {values{"messages": values{"inbound_url": hook(values{"http_method": "GET"})}}, "messages.inbound_url.http_method"},
		"status of messages too":       {values{"messages": values{"status_url": hook(values{"http_method": "GET"})}}, "messages.status_url.http_method"},
		"verify takes POST only":       {values{"verify": values{"status_url": hook(values{"http_method": "GET"})}}, "verify.status_url.http_method"},
		"connect_timeout too short":    {answer(values{"connect_timeout": 299}), "voice.answer_url.connect_timeout"},
		"connect_timeout too long":     {event(values{"connect_timeout": 1001}), "voice.event_url.connect_timeout"},
		"socket_timeout too short":     {event(values{"socket_timeout": 999}), "voice.event_url.socket_timeout"},
		"socket_timeout of answer_url": {answer(values{"socket_timeout": 5001}), "voice.answer_url.socket_timeout"},
		"socket_timeout of event_url":  {event(values{"socket_timeout": 10001}), "voice.event_url.socket_timeout"},
		"region":                       {values{"voice": values{"answer_url": hook(nil), "region": "eu"}}, "voice.region"},
		"version of messages":          {values{"messages": values{"version": "v2"}}, "messages.version"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := acctest.With(values{"name": "n"}, test.config)
			a.ValidateResource(typeName, config).MustBeEmpty(t)
			for _, prior := range []acctest.Object{{}, existing} {
				_, diags := a.Plan(typeName, prior, config)
				diags.MustFail(t, test.attribute)
			}
		})
	}
}

func TestValidationOfTheLimits(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	type values = acctest.Values
	hook := func(connect, socket int) values {
		return values{"address": "http://example.com", "connect_timeout": connect, "socket_timeout": socket}
	}
	for _, voice := range []values{
		{"answer_url": hook(300, 1000), "fallback_answer_url": hook(1000, 5000), "event_url": hook(1000, 10000), "conversations_ttl": 1, "leg_persistence_time": 1},
		{"answer_url": hook(1000, 5000), "conversations_ttl": 9000, "leg_persistence_time": 31},
	} {
		a.ValidateResource(typeName, values{"name": "n", "voice": voice}).MustBeEmpty(t)
		a.plan(acctest.Object{}, values{"name": "n", "voice": voice})
	}
}

// Numbers outside the documented range are sent with a warning of the plan that sends them, and of no other: an imported
// application has values that nobody chose.
func TestPlanWarnsOnceOfNumbersOutsideTheDocumentedRange(t *testing.T) {
	t.Parallel()
	for attribute, documented := range map[string][2]int{"conversations_ttl": {1, 9000}, "leg_persistence_time": {1, 31}} {
		for _, value := range []int{documented[0] - 1, documented[1] + 1} {
			t.Run(fmt.Sprint(attribute, " ", value), func(t *testing.T) {
				t.Parallel()
				a := newAccount(t)
				config := acctest.Values{"name": "n", "voice": acctest.Values{attribute: value}}
				a.ValidateResource(typeName, config).MustBeEmpty(t)
				object := a.create(acctest.Values{"name": "n", "voice": acctest.Values{attribute: documented[1]}})
				for _, prior := range []acctest.Object{{}, object} {
					_, diags := a.Plan(typeName, prior, config)
					diags.MustWarn(t, "voice."+attribute, "documented range")
				}
				a.edit(object, func(doc document) { within(doc, "capabilities", "voice")[attribute] = value })
				id, _ := object.State["id"].(string)
				a.refresh(object) // by a provider that has nothing cached
				imported := a.mustSettle(a.importID(id), config)
				generated, diags := a.GenerateConfig(typeName, imported.State)
				append(diags, a.ValidateResource(typeName, generated)...).MustBeEmpty(t)
				a.mustSettle(imported, generated)
			})
		}
	}
}

// An application that only places calls needs no answer_url.
func TestVoiceWithoutAnswerURLIsSound(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	event := acctest.Values{"address": "https://example.com"}
	for _, voice := range []acctest.Values{{}, {"region": "eu-west"}, {"event_url": event}} {
		config := acctest.Values{"name": "n", "voice": voice}
		a.mustSettle(a.create(config), config) // neither says anything
	}
}

// For anything nested in an object, the CLI quotes only the first line of the resource, so the text has to name the
// attribute.
func TestMessagesNameAttributesWithinObjects(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	type values = acctest.Values
	answer := values{"address": "https://example.com"}
	a.ValidateResource(typeName, values{"name": "n", "rtc": values{"event_url": values{"address": "nope"}}}).
		MustFail(t, "rtc.event_url.address", "Attribute rtc.event_url.address: an absolute URL")
	a.ValidateResource(typeName, values{"name": "n", "timeouts": values{"create": "soon"}}).
		MustFail(t, "timeouts.create", "Attribute timeouts.create: ")
	_, diags := a.Plan(typeName, acctest.Object{}, values{"name": "n", "voice": values{"answer_url": answer, "leg_persistence_time": 32}})
	diags.MustWarn(t, "voice.leg_persistence_time", "For voice.leg_persistence_time")
}

// Unknown is not null: unknown values are not rejected.
func TestValidationLetsUnknownThrough(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	unknown := acctest.Unknown
	for _, config := range []acctest.Values{
		{"name": unknown, "voice": unknown, "messages": unknown, "rtc": unknown, "verify": unknown, "video": unknown, "network_apis": unknown, "vbc": unknown},
		{"name": "n", "voice": acctest.Values{"answer_url": unknown, "conversations_ttl": unknown, "region": unknown}, "public_key": unknown, "improve_ai": unknown},
		{"name": "n", "voice": acctest.Values{"answer_url": acctest.Values{"address": unknown, "http_method": unknown, "socket_timeout": unknown}}},
		{"name": "n", "video": acctest.Values{"webhooks": unknown, "storage": unknown}, "public_key_wo": unknown, "public_key_wo_version": unknown},
		{"name": "n", "video": acctest.Values{"webhooks": acctest.Values{"render_status": acctest.Values{"address": unknown, "secret": unknown}}}},
	} {
		a.ValidateResource(typeName, config).MustBeEmpty(t)
		a.plan(acctest.Object{}, config)
	}
}

// The provider accepts all events that the client knows, so that a new one is added in one place.
func TestEveryVideoEventIsAccepted(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	hooks := acctest.Values{}
	for _, event := range vonage.VideoEvents() {
		hooks[event] = acctest.Values{"address": "https://example.com/" + event}
	}
	config := acctest.Values{"name": "n", "video": acctest.Values{"webhooks": hooks}}
	object := a.mustSettle(a.create(config), config)
	if got := within(a.document(object), "capabilities", "video", "webhooks"); len(got) != 15 {
		t.Errorf("the API has %d webhooks", len(got))
	}
	if !slices.IsSorted(vonage.VideoEvents()) {
		t.Error("the documentation lists the events in this order")
	}
}
