// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestCapturedConversations(t *testing.T) {
	t.Parallel()
	const createdAt, memberAt = "2019-09-03T18:40:24.324Z", "2020-01-01T14:00:00.00Z"
	for name, want := range map[string]vonage.Conversation{
		"conversation_with_a_member": {
			ID: "CON-d66d47de-5bcb-4300-94f0-0c9d4b948e9a", Name: new("customer_chat"), DisplayName: new("Customer Chat"),
			ImageURL: new("https://example.com/image.png"), State: new("ACTIVE"), SequenceNumber: new(int64(0)),
			Timestamp: vonage.ConversationTimestamp{Created: new(createdAt), Updated: new(createdAt), Destroyed: new(createdAt)},
			Properties: vonage.ConversationProperties{
				TTL: new(int64(60)), Type: new("string"), CustomSortKey: new("string"),
				CustomData: map[string]json.RawMessage{"property1": json.RawMessage(`"string"`), "property2": json.RawMessage(`"string"`)},
			},
			Members: []vonage.Member{{
				ID: "MEM-63f61863-4a51-4f6b-86e1-46edebio0391", UserID: new("USR-82e028d9-5201-4f1e-8188-604b2d3471ec"),
				Name: new("my_user_name"), DisplayName: new("My User Name"), State: new("JOINED"),
				InvitedBy: new("MEM-63f61863-4a51-4f6b-86e1-46edebio0378"),
				Timestamp: vonage.MemberTimestamp{Invited: new(memberAt), Joined: new(memberAt), Left: new(memberAt)},
				Initiator: &vonage.Initiator{Joined: &vonage.InitiatorJoined{
					IsSystem: new(true), UserID: new("USR-82e028d9-5201-4f1e-8188-604b2d3471ec"),
					MemberID: new("MEM-63f61863-4a51-4f6b-86e1-46edebio0391"),
				}},
				Channel: &vonage.Channel{
					Type: new("phone"), From: &vonage.Endpoint{Type: new("phone")}, To: &vonage.Endpoint{Type: new("phone"), Number: new("string")},
				},
				Media: &vonage.Media{Audio: new(true), AudioSettings: &vonage.AudioSettings{
					Enabled: new(true), Earmuffed: new(true), Muted: new(true),
				}},
			}},
		},
		"conversation_minimal": {
			ID: "CON-dd7ca47d-0e2f-4118-adc4-905e96431459", Name: new("NAM-ba3a9bc0-9f7c-4d12-9dca-129cec0fad30"), State: new("ACTIVE"),
			SequenceNumber: new(int64(0)), Timestamp: vonage.ConversationTimestamp{Created: new("2023-12-06T06:45:10.390Z")},
			Members: []vonage.Member{},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := replay(t, name).Conversations.Get(t.Context(), vonage.ConversationQuery{ID: want.ID})
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(vonage.Conversation{}, "Raw")); diff != "" || err != nil {
				t.Error(diff, err)
			}
		})
	}
}

func TestCapturedCalls(t *testing.T) {
	t.Parallel()
	placed, err := replay(t, "call_created").Calls.Create(t.Context(), vonage.NewCall{})
	want := vonage.Call{
		UUID: "106a581a-34d0-432a-a625-220221fd434f", ConversationUUID: "CON-2be039b2-d0a4-4274-afc8-d7b241c7c044", Status: vonage.CallStarted,
	}
	if diff := cmp.Diff(want, placed); diff != "" || err != nil {
		t.Error(diff, err)
	}
	read, err := replay(t, "call_completed").Calls.Get(t.Context(), "e154eb57-2962-41e7-baf4-90f63e25e439")
	want = vonage.Call{
		UUID: "e154eb57-2962-41e7-baf4-90f63e25e439", ConversationUUID: "CON-d4e1389a-b2c8-4621-97eb-c6f3a2b51c72", Status: vonage.CallCompleted,
	}
	if diff := cmp.Diff(want, read); diff != "" || err != nil {
		t.Error(diff, err)
	}
}
