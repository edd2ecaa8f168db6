// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"time"
)

// newConversationShape is the body of POST and PUT: Conversation API 5.5.1, plus what Vonage's SDKs send.
func newConversationShape() objectShape {
	const longestURL = 2048
	return objectShape{
		{name: "name", shape: textShape{longest: 100}},
		{name: "display_name", shape: optional{textShape{longest: 50}}},
		{name: "image_url", shape: optional{urlShape{longestURL}}},
		{name: "properties", shape: objectShape{
			{name: "ttl", shape: integerShape{0, 2147483648}}, // seconds
			{name: "type", shape: textShape{}},
			{name: "custom_sort_key", shape: textShape{}},
			{name: "custom_data", shape: textsShape{}},
		}},
		{name: "numbers", shape: listShape{anyObject{}}},
		{name: "callback", shape: objectShape{
			{name: "url", shape: urlShape{longestURL}},
			{name: "event_mask", shape: textShape{longest: 200}},
			{name: "params", shape: objectShape{
				{name: "applicationId", shape: textShape{longest: 200}},
				{name: "ncco_url", shape: urlShape{longestURL}},
			}},
			{name: "method", shape: enumShape{"POST", "GET"}},
		}},
	}
}

func duplicateName() response {
	return conflict("conversation:error:duplicate-name",
		"The request failed because the conversation name already exists. Please provide a unique conversation name and try again.")
}

func (e *Emulator) createConversation(r *request, version string) response {
	sent, refusal, ok := readCoded(r.body, newConversationShape())
	if !ok {
		return refusal
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	fill(sent, "name", "NAM-"+newUUID())
	if _, taken := e.namedConversation(r.token.applicationID, text(sent, "name")); taken {
		return duplicateName()
	}
	now := e.options.Now()
	sent["id"], sent["state"], sent["sequence_number"] = "CON-"+newUUID(), "ACTIVE", number(0)
	sent["timestamp"] = document{"created": timestamp(now)}
	made := newConversation(r.token.applicationID, sent)
	made.emptySince = now
	e.conversations.put(made)
	return response{status: http.StatusCreated, body: e.conversationAs(r, made, version)}
}

// replaceConversation drops every property that is not sent, except the name and the server's own.
func (e *Emulator) replaceConversation(r *request, c *conversation, version string) response {
	sent, refusal, ok := readCoded(r.body, newConversationShape())
	if !ok {
		return refusal
	}
	fill(sent, "name", c.document["name"])
	if other, taken := e.namedConversation(c.applicationID, text(sent, "name")); taken && other != c {
		return duplicateName()
	}
	for _, name := range []string{"id", "state", "sequence_number"} {
		sent[name] = c.document[name]
	}
	stamps := copyOf(object(c.document, "timestamp"))
	if stamps == nil {
		stamps = document{}
	}
	stamps["updated"] = timestamp(e.options.Now())
	sent["timestamp"] = stamps
	c.document, c.seeded = sent, nil
	c.record("conversation:updated", "", document{}, e.options.Now())
	return response{status: http.StatusOK, body: e.conversationAs(r, c, version)}
}

func (e *Emulator) deleteConversation(_ *request, c *conversation, _ string) response {
	e.conversations.remove(c.id())
	return response{status: http.StatusNoContent}
}

func (e *Emulator) listConversations(r *request, version string) response {
	from, to, refusal, ok := dateRange(r)
	if !ok {
		return refusal
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return cursorPage(r, "conversations", e.conversationItems(r, version, func(c *conversation) bool {
		created, err := time.Parse(time.RFC3339, text(c.document, "timestamp", "created"))
		return err != nil || !created.Before(from) && (to.IsZero() || !created.After(to))
	}))
}

// listUserConversations lists the conversations of which a user is a member.
func (e *Emulator) listUserConversations(r *request, version string) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	user, known := e.users.find(r.token.applicationID, r.PathValue("user"))
	if !known {
		return noUser()
	}
	state := r.URL.Query().Get("state")
	return cursorPage(r, "conversations", e.conversationItems(r, version, func(c *conversation) bool {
		for _, member := range c.members {
			if text(member, "_embedded", "user", "id") == text(user.document, "id") && (state == "" || state == text(member, "state")) {
				return true
			}
		}
		return false
	}))
}

// conversationItems returns the matching conversations of the token's application.
func (e *Emulator) conversationItems(r *request, version string, matches func(*conversation) bool) []listed {
	var items []listed
	for _, c := range e.conversations.ordered {
		if c.applicationID == r.token.applicationID && !c.expired(e.options.Now()) && matches(c) {
			items = append(items, listed{place: c.place, document: e.conversationAs(r, c, version)})
		}
	}
	return items
}

// dateRange parses date_start and date_end; a zero time means no bound.
func dateRange(r *request) (from, to time.Time, refusal response, ok bool) {
	for name, into := range map[string]*time.Time{"date_start": &from, "date_end": &to} {
		given := r.URL.Query().Get(name)
		if given == "" {
			continue
		}
		parsed, err := time.Parse(time.RFC3339, given)
		if err != nil {
			return from, to, validationFailed(name, "\""+name+"\" must be in ISO 8601 date format"), false
		}
		*into = parsed
	}
	return from, to, response{}, true
}
