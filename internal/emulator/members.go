// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
)

// listMembers answers no more of each member than its state and its user.
func (e *Emulator) listMembers(r *request, version string) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	found, ok := e.conversationFor(r.token, r.PathValue("conversation"))
	if !ok {
		return noConversation()
	}
	items := make([]listed, len(found.members))
	for i, member := range found.members {
		whole := memberAs(r, found, member, version)
		items[i] = listed{place: i, document: document{
			"id": whole["id"], "state": whole["state"], "_embedded": whole["_embedded"], "_links": whole["_links"],
		}}
	}
	return cursorPage(r, "members", items)
}

func (e *Emulator) getMember(r *request, version string) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	found, ok := e.conversationFor(r.token, r.PathValue("conversation"))
	if !ok {
		return noConversation()
	}
	place, ok := found.member(r.PathValue("member"))
	if !ok {
		return noMember()
	}
	return response{status: http.StatusOK, body: memberAs(r, found, found.members[place], version)}
}

// memberAs is a member as one version of the API answers it. Its link stands under _links itself.
func memberAs(r *request, c *conversation, member document, version string) document {
	shown := maps.Clone(member)
	fill(shown, "conversation_id", c.id())
	fill(shown, "_links", document{"href": conversationURL(r, version, c.id()) + "/members/" + text(member, "id")})
	return shown
}
