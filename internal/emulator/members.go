// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
)

// listMembers returns only the state and the user of each member.
func (e *Emulator) listMembers(r *request, c *conversation, version string) response {
	items := make([]listed, len(c.members))
	for i, member := range c.members {
		whole := memberAs(r, c, member, version)
		items[i] = listed{place: i, document: document{
			"id": whole["id"], "state": whole["state"], "_embedded": whole["_embedded"], "_links": whole["_links"],
		}}
	}
	return cursorPage(r, "members", items)
}

// getMember accepts "me" for the member whose user is the token's subject.
func (e *Emulator) getMember(r *request, c *conversation, version string) response {
	place, ok := c.memberFor(r)
	if !ok {
		return noMember()
	}
	return response{status: http.StatusOK, body: memberAs(r, c, c.members[place], version)}
}

func (c *conversation) memberFor(r *request) (int, bool) {
	id := r.PathValue("member")
	if id != "me" {
		return c.member(id)
	}
	place := slices.IndexFunc(c.members, func(member document) bool {
		return r.token.subject != "" && text(member, "_embedded", "user", "name") == r.token.subject && text(member, "state") != "LEFT"
	})
	return place, place >= 0
}

// memberAs returns a member in the shape of an API version. Its link is directly under _links, without "self".
func memberAs(r *request, c *conversation, member document, version string) document {
	shown := maps.Clone(member)
	fill(shown, "conversation_id", c.id())
	fill(shown, "_links", document{"href": conversationURL(r, version, c.id()) + "/members/" + text(member, "id")})
	return shown
}

func newMemberShape() objectShape {
	return objectShape{
		{name: "user", shape: objectShape{{name: "id", shape: textShape{}}, {name: "name", shape: textShape{}}}, required: true},
		{name: "state", shape: enumShape{"invited", "joined"}, required: true},
		{name: "channel", shape: objectShape{
			{name: "type", required: true, shape: enumShape{
				"app", "phone", "sms", "mms", "whatsapp", "viber", "messenger", "sip", "websocket", "vbc",
			}},
			{name: "from", shape: anyObject{}},
			{name: "to", shape: anyObject{}},
		}, required: true},
		{name: "media", shape: anyObject{}},
		{name: "knocking_id", shape: textShape{}},
		{name: "member_id_inviting", shape: textShape{}},
		{name: "from", shape: textShape{}},
	}
}

// createMember lets a user join, or invites a user.
func (e *Emulator) createMember(r *request, c *conversation, version string) response {
	sent, refusal, ok := readCoded(r.body, newMemberShape())
	if !ok {
		return refusal
	}
	wanted := cmp.Or(text(sent, "user", "id"), text(sent, "user", "name"))
	if wanted == "" {
		return validationFailed("user", "\"user\" must have an id or a name")
	}
	user, known := e.users.find(r.token.applicationID, wanted)
	if !known {
		return noUser()
	}
	joined := text(sent, "state") == "joined"
	if refusal, already := alreadyThere(c, text(user.document, "id"), joined); already {
		return refusal
	}
	now := e.options.Now()
	member := document{
		"id": "MEM-" + newUUID(), "conversation_id": c.id(), "channel": sent["channel"],
		"_embedded": document{"user": user.brief()},
	}
	for _, name := range []string{"media", "knocking_id", "from"} {
		if value, given := sent[name]; given {
			member[name] = value
		}
	}
	if inviting := text(sent, "member_id_inviting"); inviting != "" {
		member["invited_by"] = inviting
	}
	kind, state := "invited", "INVITED"
	if joined {
		kind, state = "joined", "JOINED"
	}
	member["state"] = state
	member["timestamp"] = document{kind: timestamp(now)}
	member["initiator"] = document{kind: document{"is_system": r.token.subject == ""}}
	c.admit(member)
	c.record("member:"+kind, text(member, "id"), document{"channel": sent["channel"]}, now)
	return response{status: http.StatusCreated, body: memberAs(r, c, member, version)}
}

func alreadyThere(c *conversation, userID string, joining bool) (response, bool) {
	for _, member := range c.members {
		state := text(member, "state")
		if text(member, "_embedded", "user", "id") != userID || state == "LEFT" || joining && state == "INVITED" {
			continue
		}
		kind := "conversation:error:member-already-joined"
		if state == "INVITED" {
			kind = "conversation:error:member-already-invited"
		}
		return coded(http.StatusBadRequest, kind, "Bad request.", "The user is a member of the conversation already."), true
	}
	return response{}, false
}

// updateMember lets a member join or leave. A member who has left cannot rejoin as the same member.
func (e *Emulator) updateMember(r *request, c *conversation, version string) response {
	sent, refusal, ok := readCoded(r.body, objectShape{
		{name: "state", shape: enumShape{"joined", "left"}, required: true},
		{name: "from", shape: textShape{}},
		{name: "reason", shape: objectShape{{name: "code", shape: textShape{}}, {name: "text", shape: textShape{}}}},
	})
	if !ok {
		return refusal
	}
	place, known := c.memberFor(r)
	if !known {
		return noMember()
	}
	id := text(c.members[place], "id")
	switch {
	case text(c.members[place], "state") == "LEFT":
		return validationFailed("state", "the member has left")
	case text(sent, "state") == "joined":
		c.join(id, e.options.Now())
	case c.leave(id, e.options.Now()):
		e.closeConversation(c)
	}
	return response{status: http.StatusOK, body: memberAs(r, c, c.members[place], version)}
}
