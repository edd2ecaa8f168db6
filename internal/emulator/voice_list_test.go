// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestCallList(t *testing.T) {
	t.Parallel()
	now := newClock()
	a, _ := phoneLine(t, emulator.Options{Now: now.Now}, ncco(tutorialNCCO), nil)
	admin := bearer(sign(t, testKey(), claims(now.Now(), nil)))
	first := place(t, a, emulator.InboundCall{Answered: true})
	a.HangUp(first.UUID)
	now.advance(time.Minute)
	second := place(t, a, emulator.InboundCall{})
	uuids := func(query string) (found []string) {
		page := a.get("/v1/calls?"+query, admin).want(t, 200).json
		calls, _ := at(page, "_embedded", "calls").([]any)
		for _, call := range calls {
			found = append(found, text(call, "direction")+" "+text(call, "status"))
		}
		return found
	}
	for query, want := range map[string][]string{
		"":                 {"inbound completed", "outbound completed", "inbound ringing", "outbound ringing"},
		"status=completed": {"inbound completed", "outbound completed"},
		"conversation_uuid=" + second.ConversationUUID: {"inbound ringing", "outbound ringing"},
		"page_size=1&record_index=2":                   {"inbound ringing"},
		"record_index=9":                               nil,
		"order=desc&page_size=1":                       {"outbound ringing"},
		"date_start=2026-08-01T12:00:30Z":              {"inbound ringing", "outbound ringing"},
		"date_end=2026-08-01T12:00:30Z":                {"inbound completed", "outbound completed"},
	} {
		if diff := cmp.Diff(want, uuids(query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	page := a.get("/v1/calls?page_size=2&record_index=1", admin).json
	if page["count"] != 4. || page["page_size"] != 2. || page["record_index"] != 1. {
		t.Errorf("page: %v", page)
	}
	if none, ok := at(a.get("/v1/calls?status=busy", admin).json, "_embedded", "calls").([]any); !ok || len(none) != 0 {
		t.Error("without calls, the list should be empty, not null")
	}
	a.get("/v1/calls?page_size=0", admin).want(t, 400)
	a.get("/v1/calls?date_start=x", admin).want(t, 400)
	want := document{"type": "UNAUTHORIZED", "error_title": "Unauthorized"}
	if diff := cmp.Diff(want, a.get("/v1/calls").want(t, 401).json); diff != "" {
		t.Errorf("without a token (-want +got):\n%s", diff)
	}
}

func TestCallListLinks(t *testing.T) {
	t.Parallel()
	a, _ := phoneLine(t, emulator.Options{}, ncco(`[{"action":"talk","text":"hi","loop":0}]`), nil)
	admin := as(t, applicationID)
	for range 5 {
		place(t, a, emulator.InboundCall{Answered: true})
	}
	for index, want := range map[int]map[string]string{
		0: {"self": "0", "first": "0", "last": "4", "next": "2"},
		2: {"self": "2", "first": "0", "last": "4", "next": "4", "prev": "0"},
		4: {"self": "4", "first": "0", "last": "4", "prev": "2"},
	} {
		page := a.get(fmt.Sprintf("/v1/calls?page_size=2&order=asc&record_index=%d", index), admin).want(t, 200).json
		links, _ := page["_links"].(document)
		got := map[string]string{}
		for name := range links {
			link, err := url.Parse(text(links, name, "href"))
			if err != nil || link.Host == "" || link.Path != "/v1/calls" {
				t.Errorf("%s: %v %v", name, links[name], err)
			}
			if query := link.Query(); query.Get("page_size") != "2" || query.Get("order") != "asc" {
				t.Errorf("%s does not lead to the same list: %s", name, link)
			}
			got[name] = link.Query().Get("record_index")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("from %d (-want +got):\n%s", index, diff)
		}
	}
}
