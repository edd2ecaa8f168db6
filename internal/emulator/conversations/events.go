// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversations

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/cursor"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// Events of a conversation, numbered from 1.

func noEvent() platform.Response {
	return platform.Coded(http.StatusNotFound, "event:error:not-found", "Not found.", "Event does not exist, or you do not have access.")
}

// listEvents answers with a bare array under _embedded, as the specification does.
func (a *API) listEvents(r *platform.Request, c *conversation.Conversation, version string) platform.Response {
	query := r.URL.Query()
	from, fromFits := platform.QueryInteger(query, "start_id", 0, 0, 1<<30)
	to, toFits := platform.QueryInteger(query, "end_id", 1<<30, 0, 1<<30)
	if !fromFits || !toFits {
		return platform.ValidationFailed("start_id", "\"start_id\" and \"end_id\" must be numbers")
	}
	var items []cursor.Item
	for _, event := range c.Events {
		id := document.Integer(event, 0, "id")
		kind := query.Get("event_type")
		deleted := query.Get("exclude_deleted_events") == "true" && event["deleted"] != nil
		if id >= from && id <= to && (kind == "" || kind == document.Text(event, "type")) && !deleted {
			items = append(items, cursor.Item{Place: id, Document: eventAs(r, c, event, version)})
		}
	}
	page := cursor.Page(r, "events", items)
	if body := document.ObjectAt(page.Body); page.Status == http.StatusOK {
		body["_embedded"] = document.At(body, "_embedded", "events")
	}
	return page
}

func eventAs(r *platform.Request, c *conversation.Conversation, event document.Object, version string) document.Object {
	shown := maps.Clone(event)
	id := strconv.Itoa(document.Integer(event, 0, "id"))
	shown["_links"] = document.Object{"self": document.Object{"href": conversationURL(r, version, c.ID()) + "/events/" + id}}
	if place, known := c.Member(document.Text(event, "from")); known {
		member := c.Members[place]
		shown["_embedded"] = document.Object{
			"from_user": document.At(member, "_embedded", "user"), "from_member": document.Object{"id": member["id"]},
		}
	}
	return shown
}

func (a *API) createEvent(r *platform.Request, c *conversation.Conversation, version string) platform.Response {
	sent, refusal, ok := platform.ReadCoded(r.Body, shape.Object{
		{Name: "type", Shape: shape.Text{Required: true}, Required: true},
		{Name: "from", Shape: shape.Text{}},
		{Name: "body", Shape: shape.AnyObject{}},
	})
	if !ok {
		return refusal
	}
	from := document.Text(sent, "from")
	if _, known := c.Member(from); from != "" && !known {
		return noMember()
	}
	body := document.ObjectAt(sent, "body")
	if body == nil {
		body = document.Object{}
	}
	made := c.Record(document.Text(sent, "type"), from, body, a.Now())
	return platform.Response{Status: http.StatusCreated, Body: eventAs(r, c, made, version)}
}

func eventFor(r *platform.Request, c *conversation.Conversation) (int, bool) {
	place := slices.IndexFunc(c.Events, func(event document.Object) bool {
		return fmt.Sprint(event["id"]) == r.PathValue("event")
	})
	return place, place >= 0
}

func (a *API) getEvent(r *platform.Request, c *conversation.Conversation, version string) platform.Response {
	place, known := eventFor(r, c)
	if !known {
		return noEvent()
	}
	return platform.Response{Status: http.StatusOK, Body: eventAs(r, c, c.Events[place], version)}
}

// deleteEvent empties message and custom events; no others can be deleted.
func (a *API) deleteEvent(r *platform.Request, c *conversation.Conversation, _ string) platform.Response {
	place, known := eventFor(r, c)
	if !known {
		return noEvent()
	}
	kind := document.Text(c.Events[place], "type")
	if kind != "message" && !strings.HasPrefix(kind, "custom:") {
		return platform.Coded(http.StatusBadRequest, "event:error:not-allowed", "Bad request.", "Only message and custom events can be deleted.")
	}
	emptied := maps.Clone(c.Events[place])
	emptied["body"], emptied["deleted"] = document.Object{}, document.Timestamp(a.Now())
	events := slices.Clone(c.Events)
	events[place] = emptied
	c.Events = events
	c.Record("event:delete", "", document.Object{"event_id": emptied["id"]}, a.Now())
	return platform.Response{Status: http.StatusNoContent}
}
