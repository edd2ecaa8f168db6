// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversations

import (
	"cmp"
	"maps"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/cursor"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// listMembers returns only the state and the user of each member.
func (a *API) listMembers(r *platform.Request, c *conversation.Conversation, version string) platform.Response {
	items := make([]cursor.Item, len(c.Members))
	for i, member := range c.Members {
		whole := memberAs(r, c, member, version)
		items[i] = cursor.Item{Place: i, Document: document.Object{
			"id": whole["id"], "state": whole["state"], "_embedded": whole["_embedded"], "_links": whole["_links"],
		}}
	}
	return cursor.Page(r, "members", items)
}

// getMember accepts "me" for the member whose user is the token's subject.
func (a *API) getMember(r *platform.Request, c *conversation.Conversation, version string) platform.Response {
	place, ok := memberFor(r, c)
	if !ok {
		return noMember()
	}
	return platform.Response{Status: http.StatusOK, Body: memberAs(r, c, c.Members[place], version)}
}

func memberFor(r *platform.Request, c *conversation.Conversation) (int, bool) {
	id := r.PathValue("member")
	if id != "me" {
		return c.Member(id)
	}
	place := slices.IndexFunc(c.Members, func(member document.Object) bool {
		return r.Token.Subject != "" && document.Text(member, "_embedded", "user", "name") == r.Token.Subject && document.Text(member, "state") != "LEFT"
	})
	return place, place >= 0
}

// memberAs returns a member in the shape of an API version. Its link is directly under _links, without "self".
func memberAs(r *platform.Request, c *conversation.Conversation, member document.Object, version string) document.Object {
	shown := maps.Clone(member)
	document.Fill(shown, "conversation_id", c.ID())
	document.Fill(shown, "_links", document.Object{"href": conversationURL(r, version, c.ID()) + "/members/" + document.Text(member, "id")})
	return shown
}

func newMemberShape() shape.Object {
	return shape.Object{
		{Name: "user", Shape: shape.Object{{Name: "id", Shape: shape.Text{}}, {Name: "name", Shape: shape.Text{}}}, Required: true},
		{Name: "state", Shape: shape.Enum{"invited", "joined"}, Required: true},
		{Name: "channel", Shape: shape.Object{
			{Name: "type", Required: true, Shape: shape.Enum{
				"app", "phone", "sms", "mms", "whatsapp", "viber", "messenger", "sip", "websocket", "vbc",
			}},
			{Name: "from", Shape: shape.AnyObject{}},
			{Name: "to", Shape: shape.AnyObject{}},
		}, Required: true},
		{Name: "media", Shape: shape.AnyObject{}},
		{Name: "knocking_id", Shape: shape.Text{}},
		{Name: "member_id_inviting", Shape: shape.Text{}},
		{Name: "from", Shape: shape.Text{}},
	}
}

// createMember lets a user join, or invites a user.
func (a *API) createMember(r *platform.Request, c *conversation.Conversation, version string) platform.Response {
	sent, refusal, ok := platform.ReadCoded(r.Body, newMemberShape())
	if !ok {
		return refusal
	}
	wanted := cmp.Or(document.Text(sent, "user", "id"), document.Text(sent, "user", "name"))
	if wanted == "" {
		return platform.ValidationFailed("user", "\"user\" must have an id or a name")
	}
	user, known := a.users.Find(r.Token.ApplicationID, wanted)
	if !known {
		return platform.NoUser()
	}
	joined := document.Text(sent, "state") == "joined"
	if refusal, already := alreadyThere(c, document.Text(user, "id"), joined); already {
		return refusal
	}
	now := a.Now()
	member := document.Object{
		"id": "MEM-" + uuid.NewString(), "conversation_id": c.ID(), "channel": sent["channel"],
		"_embedded": document.Object{"user": user},
	}
	for _, name := range []string{"media", "knocking_id", "from"} {
		if value, given := sent[name]; given {
			member[name] = value
		}
	}
	if inviting := document.Text(sent, "member_id_inviting"); inviting != "" {
		member["invited_by"] = inviting
	}
	kind, state := "invited", "INVITED"
	if joined {
		kind, state = "joined", "JOINED"
	}
	member["state"] = state
	member["timestamp"] = document.Object{kind: document.Timestamp(now)}
	member["initiator"] = document.Object{kind: document.Object{"is_system": r.Token.Subject == ""}}
	c.Admit(member)
	c.Record("member:"+kind, document.Text(member, "id"), document.Object{"channel": sent["channel"]}, now)
	return platform.Response{Status: http.StatusCreated, Body: memberAs(r, c, member, version)}
}

func alreadyThere(c *conversation.Conversation, userID string, joining bool) (platform.Response, bool) {
	for _, member := range c.Members {
		state := document.Text(member, "state")
		if document.Text(member, "_embedded", "user", "id") != userID || state == "LEFT" || joining && state == "INVITED" {
			continue
		}
		kind := "conversation:error:member-already-joined"
		if state == "INVITED" {
			kind = "conversation:error:member-already-invited"
		}
		return platform.Coded(http.StatusBadRequest, kind, "Bad request.", "The user is a member of the conversation already."), true
	}
	return platform.Response{}, false
}

// updateMember lets a member join or leave. A member who has left cannot rejoin as the same member.
func (a *API) updateMember(r *platform.Request, c *conversation.Conversation, version string) platform.Response {
	sent, refusal, ok := platform.ReadCoded(r.Body, shape.Object{
		{Name: "state", Shape: shape.Enum{"joined", "left"}, Required: true},
		{Name: "from", Shape: shape.Text{}},
		{Name: "reason", Shape: shape.Object{{Name: "code", Shape: shape.Text{}}, {Name: "text", Shape: shape.Text{}}}},
	})
	if !ok {
		return refusal
	}
	place, known := memberFor(r, c)
	if !known {
		return noMember()
	}
	id := document.Text(c.Members[place], "id")
	switch {
	case document.Text(c.Members[place], "state") == "LEFT":
		return platform.ValidationFailed("state", "the member has left")
	case document.Text(sent, "state") == "joined":
		c.Join(id, a.Now())
	case c.Leave(id, a.Now()):
		a.closed(c)
	}
	return platform.Response{Status: http.StatusOK, Body: memberAs(r, c, c.Members[place], version)}
}
