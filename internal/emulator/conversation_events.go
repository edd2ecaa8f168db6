// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Events of a conversation, numbered from 1.

func noEvent() response {
	return coded(http.StatusNotFound, "event:error:not-found", "Not found.", "Event does not exist, or you do not have access.")
}

// listEvents answers with a bare array under _embedded, as the specification does.
func (e *Emulator) listEvents(r *request, c *conversation, version string) response {
	query := r.URL.Query()
	from, fromFits := queryInteger(query, "start_id", 0, 0, 1<<30)
	to, toFits := queryInteger(query, "end_id", 1<<30, 0, 1<<30)
	if !fromFits || !toFits {
		return validationFailed("start_id", "\"start_id\" and \"end_id\" must be numbers")
	}
	var items []listed
	for _, event := range c.events {
		id := integer(event, 0, "id")
		kind := query.Get("event_type")
		deleted := query.Get("exclude_deleted_events") == "true" && event["deleted"] != nil
		if id >= from && id <= to && (kind == "" || kind == text(event, "type")) && !deleted {
			items = append(items, listed{place: id, document: eventAs(r, c, event, version)})
		}
	}
	page := cursorPage(r, "events", items)
	if body := object(page.body); page.status == http.StatusOK {
		body["_embedded"] = at(body, "_embedded", "events")
	}
	return page
}

func eventAs(r *request, c *conversation, event document, version string) document {
	shown := maps.Clone(event)
	id := strconv.Itoa(integer(event, 0, "id"))
	shown["_links"] = document{"self": document{"href": conversationURL(r, version, c.id()) + "/events/" + id}}
	if place, known := c.member(text(event, "from")); known {
		member := c.members[place]
		shown["_embedded"] = document{
			"from_user": at(member, "_embedded", "user"), "from_member": document{"id": member["id"]},
		}
	}
	return shown
}

func (e *Emulator) createEvent(r *request, c *conversation, version string) response {
	sent, refusal, ok := readCoded(r.body, objectShape{
		{name: "type", shape: textShape{required: true}, required: true},
		{name: "from", shape: textShape{}},
		{name: "body", shape: anyObject{}},
	})
	if !ok {
		return refusal
	}
	from := text(sent, "from")
	if _, known := c.member(from); from != "" && !known {
		return noMember()
	}
	body := object(sent, "body")
	if body == nil {
		body = document{}
	}
	made := c.record(text(sent, "type"), from, body, e.options.Now())
	return response{status: http.StatusCreated, body: eventAs(r, c, made, version)}
}

func (c *conversation) eventFor(r *request) (int, bool) {
	place := slices.IndexFunc(c.events, func(event document) bool {
		return fmt.Sprint(event["id"]) == r.PathValue("event")
	})
	return place, place >= 0
}

func (e *Emulator) getEvent(r *request, c *conversation, version string) response {
	place, known := c.eventFor(r)
	if !known {
		return noEvent()
	}
	return response{status: http.StatusOK, body: eventAs(r, c, c.events[place], version)}
}

// deleteEvent empties message and custom events; no others can be deleted.
func (e *Emulator) deleteEvent(r *request, c *conversation, _ string) response {
	place, known := c.eventFor(r)
	if !known {
		return noEvent()
	}
	kind := text(c.events[place], "type")
	if kind != "message" && !strings.HasPrefix(kind, "custom:") {
		return coded(http.StatusBadRequest, "event:error:not-allowed", "Bad request.", "Only message and custom events can be deleted.")
	}
	emptied := maps.Clone(c.events[place])
	emptied["body"], emptied["deleted"] = document{}, timestamp(e.options.Now())
	events := slices.Clone(c.events)
	events[place] = emptied
	c.events = events
	c.record("event:delete", "", document{"event_id": emptied["id"]}, e.options.Now())
	return response{status: http.StatusNoContent}
}
