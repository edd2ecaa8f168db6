// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// tutorial returns the conversation in Vonage's tutorial "retrieve conversation details".
func tutorial(t *testing.T) []byte {
	t.Helper()
	document, err := os.ReadFile("../acctest/specimen/tutorial.json")
	if err != nil {
		t.Fatal(err)
	}
	return document
}

type answers []byte

func (a answers) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(a))}, nil
}

type noToken struct{}

func (noToken) Token(context.Context) (string, error) { return "", nil }

// read returns the client's result for a document with embedded members.
func read(t *testing.T, document []byte, config model) model {
	t.Helper()
	client := vonage.New(vonage.Config{APIURL: "http://127.0.0.1", Transport: answers(document), Token: noToken{}})
	query, diags := config.toRequest()
	if diags.HasError() {
		t.Fatal(diags)
	}
	conversation, err := client.Conversations.Get(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	return newModel(conversation, config)
}

func TestTutorialInFull(t *testing.T) {
	t.Parallel()
	config := model{
		ID: types.StringValue("CON-bc643220-2542-499a-892e-c982c4150c06"), APIVersion: types.StringValue("v0.1"),
		RegionURL: types.StringNull(), AllowMissing: types.BoolNull(),
	}
	want := config
	want.Exists = new(true)
	want.Name = new("NAM-1b2c4274-e3f2-494e-89c4-46856ee84a8b")
	want.SequenceNumber = new(int64(8))
	want.Timestamp = &timestamp{Created: new("2018-10-25T09:26:18.999Z")}
	want.Properties = &properties{TTL: new(int64(172800)), Video: new(false)}
	want.Members = []member{
		{ // second in the response, but the first to arrive: it was invited before the other one joined
			ID: "MEM-25ccda92-839d-4ac6-a7b2-de310224878b", UserID: new("USR-b9948493-be4a-4b36-bb4d-c96bcc2af85b"),
			Name: new("vapi-user-f59c1ff26c0543fdb6c02fd30617a1c0"), State: new("JOINED"),
			InvitedBy: new("USR-b9948493-be4a-4b36-bb4d-c96bcc2af85b"),
			Timestamp: &memberTimestamp{Invited: new("2018-10-25T09:26:19.385Z"), Joined: new("2018-10-25T09:26:30.270Z")},
			Initiator: &initiator{Invited: &inviteInitiator{IsSystem: new(true)}},
			Channel: &channel{
				Type: new("phone"), ID: new("30cecc87-7ac9-4d03-910a-e9d69558263c"), LegIDs: []string{"30cecc87-7ac9-4d03-910a-e9d69558263c"},
				From: &endpoint{Type: new("phone"), Number: new("Unknown")}, To: &endpoint{Type: new("phone"), Number: new("447700000001")},
				CPA: new(false), Preanswer: new(false), RingTimeout: new(int64(60000)), CPATime: new(int64(5000)), MaxLength: new(int64(7200000)),
			},
		},
		{
			ID: "MEM-f44c872e-cba9-444f-88ae-0bfa630865a6", UserID: new("USR-33a51f4d-d06b-42f6-a525-90d2859ab9f6"),
			Name: new("USR-33a51f4d-d06b-42f6-a525-90d2859ab9f6"), State: new("JOINED"),
			Timestamp: &memberTimestamp{Joined: new("2018-10-25T09:26:30.334Z")},
			Initiator: &initiator{Joined: &joinInitiator{IsSystem: new(true)}},
			Channel: &channel{
				Type: new("phone"), ID: new("797168e24c19a3c45e74e05b10fef2b5"), LegIDs: []string{"797168e24c19a3c45e74e05b10fef2b5"},
				From: &endpoint{Type: new("phone"), Number: new("447700000001")}, To: &endpoint{Type: new("phone"), Number: new("447700000002")},
			},
		},
	}
	want.Raw = new(string(tutorial(t)))
	if diff := cmp.Diff(want, read(t, tutorial(t), config)); diff != "" {
		t.Error(diff)
	}
}

// A value that the response omits is null; an empty value that it contains is not.
func TestAbsentIsNull(t *testing.T) {
	t.Parallel()
	config := model{ID: types.StringValue("CON-1"), APIVersion: types.StringValue("beta")}
	for document, want := range map[string]model{
		`{"uuid":"CON-1"}`: {Members: []member{}},
		`{"uuid":"CON-1","timestamp":{},"properties":{},"members":[{"member_id":"MEM-1"}]}`: {Members: []member{{ID: "MEM-1"}}},
		`{"uuid":"CON-1","properties":{"custom_data":{}},"members":[{"member_id":"MEM-1","timestamp":{},"initiator":{"joined":{}},
			"channel":{"leg_ids":[],"from":{}},"media":{"audio_settings":{}}}]}`: {
			Properties: &properties{CustomData: map[string]string{}},
			Members: []member{{
				ID: "MEM-1", Initiator: &initiator{Joined: &joinInitiator{}}, Channel: &channel{LegIDs: []string{}, From: &endpoint{}},
				Media: &media{AudioSettings: &audioSettings{}},
			}},
		},
		`{"uuid":"CON-1","name":"","display_name":"","image_url":"","sequence_number":0,"properties":{"ttl":0,"video":false,"type":"","custom_sort_key":""}}`: {
			Name: new(""), DisplayName: new(""), ImageURL: new(""), SequenceNumber: new(int64(0)),
			Properties: &properties{TTL: new(int64(0)), Video: new(false), Type: new(""), CustomSortKey: new("")}, Members: []member{},
		},
	} {
		want.ID, want.APIVersion, want.Exists, want.Raw = config.ID, config.APIVersion, new(true), &document
		if diff := cmp.Diff(want, read(t, []byte(document), config)); diff != "" {
			t.Errorf("%s: %s", document, diff)
		}
	}
}

// A value for every attribute, in shape A, so that one document contains them all.
const everything = `{"uuid":"CON-1","name":"n","display_name":"d","image_url":"i","state":"ACTIVE","sequence_number":"9",
	"timestamp":{"created":"tc","updated":"tu","destroyed":"td"},
	"properties":{"ttl":1,"video":true,"type":"t","custom_sort_key":"k","custom_data":{"a":"b"}},
	"members":[{"member_id":"MEM-1","user_id":"u","name":"n","display_name":"d","state":"left","invited_by":"b",
		"timestamp":{"invited":"ti","joined":"tj","left":"tl"},
		"initiator":{"joined":{"isSystem":false,"user_id":"u","member_id":"m"},"invited":{"is_system":true}},
		"channel":{"type":"t","id":"i","leg_ids":["l"],"cpa":true,"preanswer":true,"ring_timeout":1,"cpa_time":2,"max_length":3,
			"from":{"type":"t","number":447700900001,"user":"u","uri":"i","extension":111},
			"to":{"type":"T","number":"N","user":"U","uri":"I","extension":"E"}},
		"media":{"audio":true,"audio_settings":{"enabled":true,"earmuffed":false,"muted":true}}}]}`

func TestEveryAttribute(t *testing.T) {
	t.Parallel()
	got := read(t, []byte(everything), model{ID: types.StringValue("CON-1"), APIVersion: types.StringValue("v0.1"), AllowMissing: types.BoolValue(true)})
	want := model{
		ID: types.StringValue("CON-1"), APIVersion: types.StringValue("v0.1"), AllowMissing: types.BoolValue(true), Exists: new(true),
		Name: new("n"), DisplayName: new("d"), ImageURL: new("i"), State: new("ACTIVE"), SequenceNumber: new(int64(9)),
		Timestamp:  &timestamp{Created: new("tc"), Updated: new("tu"), Destroyed: new("td")},
		Properties: &properties{TTL: new(int64(1)), Video: new(true), Type: new("t"), CustomSortKey: new("k"), CustomData: map[string]string{"a": "b"}},
		Members: []member{{
			ID: "MEM-1", UserID: new("u"), Name: new("n"), DisplayName: new("d"), State: new("LEFT"), InvitedBy: new("b"),
			Timestamp: &memberTimestamp{Invited: new("ti"), Joined: new("tj"), Left: new("tl")},
			Initiator: &initiator{
				Joined:  &joinInitiator{IsSystem: new(false), UserID: new("u"), MemberID: new("m")},
				Invited: &inviteInitiator{IsSystem: new(true)},
			},
			Channel: &channel{
				Type: new("t"), ID: new("i"), LegIDs: []string{"l"}, CPA: new(true), Preanswer: new(true),
				RingTimeout: new(int64(1)), CPATime: new(int64(2)), MaxLength: new(int64(3)),
				From: &endpoint{Type: new("t"), Number: new("447700900001"), User: new("u"), URI: new("i"), Extension: new("111")},
				To:   &endpoint{Type: new("T"), Number: new("N"), User: new("U"), URI: new("I"), Extension: new("E")},
			},
			Media: &media{Audio: new(true), AudioSettings: &audioSettings{Enabled: new(true), Earmuffed: new(false), Muted: new(true)}},
		}},
		Raw: new(everything),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The model's tags equal the schema's names at all depths; otherwise the state could not be set completely.
func TestModelFitsSchema(t *testing.T) {
	t.Parallel()
	full := read(t, []byte(everything), model{
		ID: types.StringValue("CON-1"), APIVersion: types.StringValue("v0.1"), RegionURL: types.StringValue("https://nexmo.com"), AllowMissing: types.BoolValue(true),
	})
	state := tfsdk.State{Schema: newSchema(), Raw: tftypes.NewValue(newSchema().Type().TerraformType(t.Context()), nil)}
	if diags := state.Set(t.Context(), full); diags.HasError() {
		t.Fatal(diags)
	}
	_ = tftypes.Walk(state.Raw, func(at *tftypes.AttributePath, value tftypes.Value) (bool, error) {
		if value.IsNull() {
			t.Errorf("%s is null", at)
		}
		return true, nil
	})
}

func TestRequest(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config model
		want   vonage.ConversationQuery
	}{
		"id alone": {model{ID: types.StringValue("CON-1")}, vonage.ConversationQuery{ID: "CON-1"}},
		"everything": {
			model{ID: types.StringValue("CON-1"), APIVersion: types.StringValue("v0.3"), RegionURL: types.StringValue("https://api-us-3.vonage.com/")},
			vonage.ConversationQuery{ID: "CON-1", Version: "v0.3", BaseURL: "https://api-us-3.vonage.com"},
		},
	} {
		got, diags := test.config.toRequest()
		if diff := cmp.Diff(test.want, got); diff != "" || diags.HasError() {
			t.Errorf("%s: %s %v", name, diff, diags)
		}
	}
}
