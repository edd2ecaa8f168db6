// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversations

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/cursor"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// newConversationShape is the body of POST and PUT: Conversation API 5.5.1, plus what Vonage's SDKs send.
func newConversationShape() shape.Object {
	const longestURL = 2048
	return shape.Object{
		{Name: "name", Shape: shape.Text{Longest: 100}},
		{Name: "display_name", Shape: shape.OrNull(shape.Text{Longest: 50})},
		{Name: "image_url", Shape: shape.OrNull(shape.URL{Longest: longestURL})},
		{Name: "properties", Shape: shape.Object{
			{Name: "ttl", Shape: shape.Between(0, 2147483648)}, // seconds
			{Name: "type", Shape: shape.Text{}},
			{Name: "custom_sort_key", Shape: shape.Text{}},
			{Name: "custom_data", Shape: shape.Texts{}},
		}},
		{Name: "numbers", Shape: shape.ListOf(shape.AnyObject{})},
		{Name: "callback", Shape: shape.Object{
			{Name: "url", Shape: shape.URL{Longest: longestURL}},
			{Name: "event_mask", Shape: shape.Text{Longest: 200}},
			{Name: "params", Shape: shape.Object{
				{Name: "applicationId", Shape: shape.Text{Longest: 200}},
				{Name: "ncco_url", Shape: shape.URL{Longest: longestURL}},
			}},
			{Name: "method", Shape: shape.Enum{"POST", "GET"}},
		}},
	}
}

func duplicateName() platform.Response {
	return platform.Conflict("conversation:error:duplicate-name",
		"The request failed because the conversation name already exists. Please provide a unique conversation name and try again.")
}

func (a *API) createConversation(r *platform.Request, version string) platform.Response {
	sent, refusal, ok := platform.ReadCoded(r.Body, newConversationShape())
	if !ok {
		return refusal
	}
	a.Lock()
	defer a.Unlock()
	document.Fill(sent, "name", "NAM-"+uuid.NewString())
	if _, taken := a.store.Named(r.Token.ApplicationID, document.Text(sent, "name"), a.Now()); taken {
		return duplicateName()
	}
	now := a.Now()
	sent["id"], sent["state"], sent["sequence_number"] = "CON-"+uuid.NewString(), "ACTIVE", document.Number(0)
	sent["timestamp"] = document.Object{"created": document.Timestamp(now)}
	made := conversation.New(r.Token.ApplicationID, sent)
	made.EmptySince = now
	a.store.Put(made)
	return platform.Response{Status: http.StatusCreated, Body: a.conversationAs(r, made, version)}
}

// replaceConversation drops every property that is not sent, except the name and the server's own.
func (a *API) replaceConversation(r *platform.Request, c *conversation.Conversation, version string) platform.Response {
	sent, refusal, ok := platform.ReadCoded(r.Body, newConversationShape())
	if !ok {
		return refusal
	}
	document.Fill(sent, "name", c.Document["name"])
	if other, taken := a.store.Named(c.ApplicationID, document.Text(sent, "name"), a.Now()); taken && other != c {
		return duplicateName()
	}
	for _, name := range []string{"id", "state", "sequence_number"} {
		sent[name] = c.Document[name]
	}
	stamps := document.Copy(document.ObjectAt(c.Document, "timestamp"))
	if stamps == nil {
		stamps = document.Object{}
	}
	stamps["updated"] = document.Timestamp(a.Now())
	sent["timestamp"] = stamps
	c.Document, c.Seeded = sent, nil
	c.Record("conversation:updated", "", document.Object{}, a.Now())
	return platform.Response{Status: http.StatusOK, Body: a.conversationAs(r, c, version)}
}

func (a *API) deleteConversation(_ *platform.Request, c *conversation.Conversation, _ string) platform.Response {
	a.store.Remove(c.ID())
	return platform.Response{Status: http.StatusNoContent}
}

func (a *API) listConversations(r *platform.Request, version string) platform.Response {
	from, to, refusal, ok := platform.DateRange(r)
	if !ok {
		return refusal
	}
	a.Lock()
	defer a.Unlock()
	return cursor.Page(r, "conversations", a.conversationItems(r, version, func(c *conversation.Conversation) bool {
		created, err := time.Parse(time.RFC3339, document.Text(c.Document, "timestamp", "created"))
		return err != nil || !created.Before(from) && (to.IsZero() || !created.After(to))
	}))
}

// listUserConversations lists the conversations of which a user is a member.
func (a *API) listUserConversations(r *platform.Request, version string) platform.Response {
	a.Lock()
	defer a.Unlock()
	user, known := a.users.Find(r.Token.ApplicationID, r.PathValue("user"))
	if !known {
		return platform.NoUser()
	}
	state := r.URL.Query().Get("state")
	return cursor.Page(r, "conversations", a.conversationItems(r, version, func(c *conversation.Conversation) bool {
		for _, member := range c.Members {
			if document.Text(member, "_embedded", "user", "id") == document.Text(user, "id") && (state == "" || state == document.Text(member, "state")) {
				return true
			}
		}
		return false
	}))
}

// conversationItems returns the matching conversations of the token's application.
func (a *API) conversationItems(r *platform.Request, version string, matches func(*conversation.Conversation) bool) []cursor.Item {
	var items []cursor.Item
	for _, c := range a.store.Ordered {
		if c.ApplicationID == r.Token.ApplicationID && !c.Expired(a.Now()) && matches(c) {
			items = append(items, cursor.Item{Place: c.Place, Document: a.conversationAs(r, c, version)})
		}
	}
	return items
}
