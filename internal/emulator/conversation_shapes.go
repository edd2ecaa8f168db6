// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"maps"
	"strings"
)

// A conversation has two shapes. /beta and /v0.1 answer with "uuid" and embedded members; /v0.3 and /v1 answer with
// "id" and have separate endpoints for members. Properties that the emulator does not know are converted unchanged.

// renamed returns a copy of a document with some properties renamed.
func renamed(from document, names map[string]string) document {
	renamed := make(document, len(from))
	for name, value := range from {
		if other, changes := names[name]; changes {
			name = other
		}
		renamed[name] = value
	}
	return renamed
}

// modernConversation converts a conversation from the shape of v0.1 to that of v1, plus its members.
func modernConversation(old document) (document, []document) {
	modern := renamed(copyOf(old), map[string]string{"uuid": "id"})
	delete(modern, "members")
	delete(modern, "_links")
	fill(modern, "state", "ACTIVE")
	if sequence, ok := modern["sequence_number"].(string); ok {
		modern["sequence_number"] = json.Number(sequence)
	}
	memberOf := map[string]string{} // member ids by user id
	for _, member := range list(old, "members") {
		memberOf[text(member, "user_id")] = text(member, "member_id")
	}
	members := make([]document, len(list(old, "members")))
	for i, member := range list(old, "members") {
		members[i] = modernMember(object(member), text(old, "uuid"), memberOf)
	}
	return modern, members
}

func modernMember(old document, conversationID string, memberOf map[string]string) document {
	modern := renamed(copyOf(old), map[string]string{"member_id": "id"})
	modern["conversation_id"] = conversationID
	modern["state"] = strings.ToUpper(text(old, "state"))
	user := document{"id": text(old, "user_id"), "name": text(old, "name")}
	if shown := text(old, "display_name"); shown != "" {
		user["display_name"] = shown
	}
	for _, name := range []string{"user_id", "name", "display_name"} {
		delete(modern, name)
	}
	modern["_embedded"] = document{"user": user}
	if inviting, known := memberOf[text(old, "invited_by")]; known {
		modern["invited_by"] = inviting
	}
	renameInitiators(modern, map[string]string{"isSystem": "is_system"})
	return modern
}

// oldConversation converts a conversation and its members to the shape of v0.1.
func oldConversation(modern document, members []document) document {
	old := renamed(copyOf(modern), map[string]string{"id": "uuid"})
	for _, name := range []string{"state", "image_url"} {
		delete(old, name)
	}
	fill(old, "numbers", document{})
	fill(within(old, "properties"), "video", false)
	userOf := map[string]string{} // user ids by member id
	for _, member := range members {
		userOf[text(member, "id")] = text(member, "_embedded", "user", "id")
	}
	embedded := make([]any, len(members))
	for i, member := range members {
		embedded[i] = oldMember(member, userOf)
	}
	old["members"] = embedded
	return old
}

func oldMember(modern document, userOf map[string]string) document {
	old := renamed(copyOf(modern), map[string]string{"id": "member_id"})
	user := object(modern, "_embedded", "user")
	for _, name := range []string{"_embedded", "_links", "conversation_id"} {
		delete(old, name)
	}
	for name, value := range map[string]any{"user_id": user["id"], "name": user["name"], "display_name": user["display_name"]} {
		if value != nil {
			old[name] = value
		}
	}
	if inviting, known := userOf[text(modern, "invited_by")]; known {
		old["invited_by"] = inviting
	}
	renameInitiators(old, map[string]string{"is_system": "isSystem"})
	return old
}

// renameInitiators renames properties inside initiator.joined and initiator.invited.
func renameInitiators(member document, names map[string]string) {
	initiator := maps.Clone(object(member, "initiator"))
	for name, value := range initiator {
		if inner := object(value); inner != nil {
			initiator[name] = renamed(inner, names)
		}
	}
	if initiator != nil {
		member["initiator"] = initiator
	}
}
