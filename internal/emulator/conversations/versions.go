// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversations

import (
	"encoding/json"
	"maps"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// A conversation has two shapes. /beta and /v0.1 answer with "uuid" and embedded members; /v0.3 and /v1 answer with
// "id" and have separate endpoints for members. Properties that the emulator does not know are converted unchanged.

// renamed returns a copy of a document with some properties renamed.
func renamed(from document.Object, names map[string]string) document.Object {
	renamed := make(document.Object, len(from))
	for name, value := range from {
		if other, changes := names[name]; changes {
			name = other
		}
		renamed[name] = value
	}
	return renamed
}

// modernConversation converts a conversation from the shape of v0.1 to that of v1, plus its members.
func modernConversation(old document.Object) (document.Object, []document.Object) {
	modern := renamed(document.Copy(old), map[string]string{"uuid": "id"})
	delete(modern, "members")
	delete(modern, "_links")
	document.Fill(modern, "state", "ACTIVE")
	if sequence, ok := modern["sequence_number"].(string); ok {
		modern["sequence_number"] = json.Number(sequence)
	}
	memberOf := map[string]string{} // member ids by user id
	for _, member := range document.List(old, "members") {
		memberOf[document.Text(member, "user_id")] = document.Text(member, "member_id")
	}
	members := make([]document.Object, len(document.List(old, "members")))
	for i, member := range document.List(old, "members") {
		members[i] = modernMember(document.ObjectAt(member), document.Text(old, "uuid"), memberOf)
	}
	return modern, members
}

func modernMember(old document.Object, conversationID string, memberOf map[string]string) document.Object {
	modern := renamed(document.Copy(old), map[string]string{"member_id": "id"})
	modern["conversation_id"] = conversationID
	modern["state"] = strings.ToUpper(document.Text(old, "state"))
	user := document.Object{"id": document.Text(old, "user_id"), "name": document.Text(old, "name")}
	if shown := document.Text(old, "display_name"); shown != "" {
		user["display_name"] = shown
	}
	for _, name := range []string{"user_id", "name", "display_name"} {
		delete(modern, name)
	}
	modern["_embedded"] = document.Object{"user": user}
	if inviting, known := memberOf[document.Text(old, "invited_by")]; known {
		modern["invited_by"] = inviting
	}
	renameInitiators(modern, map[string]string{"isSystem": "is_system"})
	return modern
}

// oldConversation converts a conversation and its members to the shape of v0.1.
func oldConversation(modern document.Object, members []document.Object) document.Object {
	old := renamed(document.Copy(modern), map[string]string{"id": "uuid"})
	for _, name := range []string{"state", "image_url"} {
		delete(old, name)
	}
	document.Fill(old, "numbers", document.Object{})
	document.Fill(document.Within(old, "properties"), "video", false)
	userOf := map[string]string{} // user ids by member id
	for _, member := range members {
		userOf[document.Text(member, "id")] = document.Text(member, "_embedded", "user", "id")
	}
	embedded := make([]any, len(members))
	for i, member := range members {
		embedded[i] = oldMember(member, userOf)
	}
	old["members"] = embedded
	return old
}

func oldMember(modern document.Object, userOf map[string]string) document.Object {
	old := renamed(document.Copy(modern), map[string]string{"id": "member_id"})
	user := document.ObjectAt(modern, "_embedded", "user")
	for _, name := range []string{"_embedded", "_links", "conversation_id"} {
		delete(old, name)
	}
	for name, value := range map[string]any{"user_id": user["id"], "name": user["name"], "display_name": user["display_name"]} {
		if value != nil {
			old[name] = value
		}
	}
	if inviting, known := userOf[document.Text(modern, "invited_by")]; known {
		old["invited_by"] = inviting
	}
	renameInitiators(old, map[string]string{"is_system": "isSystem"})
	return old
}

// renameInitiators renames properties inside initiator.joined and initiator.invited.
func renameInitiators(member document.Object, names map[string]string) {
	initiator := maps.Clone(document.ObjectAt(member, "initiator"))
	for name, value := range initiator {
		if inner := document.ObjectAt(value); inner != nil {
			initiator[name] = renamed(inner, names)
		}
	}
	if initiator != nil {
		member["initiator"] = initiator
	}
}
