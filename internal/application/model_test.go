// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestSchemaIsValid(t *testing.T) {
	t.Parallel()
	if diags := resourceSchema(t.Context()).ValidateImplementation(t.Context()); diags.HasError() {
		t.Fatal(diags)
	}
}

func TestEveryAttributeSaysWhereTheAPIHasIt(t *testing.T) {
	t.Parallel()
	var check func(at string, attributes map[string]schema.Attribute)
	check = func(at string, attributes map[string]schema.Attribute) {
		for name, attribute := range attributes {
			if text := attribute.GetMarkdownDescription(); !strings.Contains(text, "API: `") && !strings.Contains(text, "Not part of the API.") {
				t.Errorf("%s%s: %q", at, name, text)
			}
			switch attribute := attribute.(type) {
			case schema.SingleNestedAttribute:
				if name != "timeouts" {
					check(at+name+".", attribute.Attributes)
				}
			case schema.MapNestedAttribute:
				check(at+name+".*.", attribute.NestedObject.Attributes)
			}
		}
	}
	check("", resourceSchema(t.Context()).Attributes)
}

// Any plan can be stored in a state and read back unchanged: the model's tags are the schema's names, at every depth.
func TestModelFitsSchema(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := anyModel().Draw(t, "model")
		state := emptyState(t.Context())
		if diags := state.Set(t.Context(), want); diags.HasError() {
			t.Fatal(diags)
		}
		var got model
		if diags := state.Get(t.Context(), &got); diags.HasError() {
			t.Fatal(diags)
		}
		if diff := cmp.Diff(want, got, equateModels()); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A response that equals the request leaves the plan unchanged.
func TestModelSurvivesTheRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		planned := anyModel().Draw(t, "model")
		if diff := cmp.Diff(planned, newModel(overTheWire(t, planned.toRequest()), planned), equateModels()); diff != "" {
			t.Fatal(diff)
		}
	})
}

// An imported application of any shape sends exactly what was read.
func TestImportedModelSendsWhatItRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		app := overTheWire(t, anyModel().Draw(t, "model").toRequest())
		imported := newModel(app, model{})
		if diff := cmp.Diff(app, overTheWire(t, imported.toRequest())); diff != "" {
			t.Fatal(diff)
		}
		if imported.Timeouts.IsNull() && imported.PrivateKey.IsNull() && imported.KeyVersion.IsNull() {
			return
		}
		t.Fatal("the import added something")
	})
}

// No response, however incomplete, leaves a value unknown, which Terraform rejects in a state.
func TestNothingStaysUnknown(t *testing.T) {
	t.Parallel()
	unknown := webhook{Address: types.StringValue("https://example.com"), HTTPMethod: types.StringUnknown()}
	planned := model{
		settings: settings{
			ID: types.StringUnknown(), Name: types.StringValue("n"), ImproveAI: types.BoolUnknown(),
			PublicKey: schematype.Unknown[schematype.PublicKeyMeaning](),
			capabilities: capabilities{
				Voice: &voice{
					AnswerURL:       &voiceWebhook{webhook: unknown, ConnectTimeout: schematype.Int64{Int64Value: types.Int64Unknown()}, SocketTimeout: schematype.Int64{Int64Value: types.Int64Unknown()}},
					SignedCallbacks: types.BoolUnknown(), ConversationsTTL: schematype.Int64{Int64Value: types.Int64Unknown()}, LegPersistenceTime: schematype.Int64{Int64Value: types.Int64Unknown()},
				},
				Messages: &messages{InboundURL: &unknown, Version: types.StringUnknown(), AuthenticateInboundMedia: types.BoolUnknown()},
				RTC:      &rtc{EventURL: &unknown, SignedCallbacks: types.BoolUnknown()},
			},
		},
		Video: &video{
			Webhooks: map[string]videoWebhook{"archive_status": {Address: types.StringValue("https://e"), Active: types.BoolUnknown()}},
			Storage:  types.ObjectUnknown(storageTypes()),
		},
		PrivateKey: types.StringUnknown(),
		Timeouts:   noTimeouts(),
	}
	sent := planned.toRequest()
	for name, answer := range map[string]vonage.Application{"echo": sent, "bare": {ID: "i", Name: "n"}} {
		state := emptyState(t.Context())
		if diags := state.Set(t.Context(), newWrittenModel(answer, planned)); diags.HasError() {
			t.Fatal(diags)
		}
		if !state.Raw.IsFullyKnown() {
			t.Errorf("%s: %s", name, state.Raw)
		}
	}
}

func TestNewModelReadsAnswers(t *testing.T) {
	t.Parallel()
	const bare = `{"id":"i","name":"n"}`
	voiceWith := func(inside string) string { return `{"id":"i","name":"n","capabilities":{"voice":` + inside + `}}` }
	videoWith := func(inside string) string { return `{"id":"i","name":"n","capabilities":{"video":` + inside + `}}` }
	hook := &voiceWebhook{webhook: webhook{Address: types.StringValue("https://a"), HTTPMethod: types.StringValue("GET")}}
	secret := map[string]videoWebhook{"render_status": {Address: types.StringValue("https://a"), Secret: types.StringValue("s")}}
	storage := func(serverSide bool) types.Object {
		return types.ObjectValueMust(storageTypes(), map[string]attr.Value{
			"server_side_encryption": types.BoolValue(serverSide), "end_to_end_encryption": types.BoolValue(false),
			"cloud_storage": types.BoolValue(false),
		})
	}
	for name, test := range map[string]struct {
		answer string
		prior  model
		get    func(model) any
		want   any
	}{
		"old application without timeouts and defaults": {
			answer: voiceWith(`{"webhooks":{"answer_url":{"address":"https://a","http_method":"GET"}}}`),
			get:    func(m model) any { return m.Voice }, want: &voice{AnswerURL: hook},
		},
		"webhook without a method": {
			answer: voiceWith(`{"webhooks":{"answer_url":{"address":"https://a"}}}`),
			get:    func(m model) any { return m.Voice.AnswerURL }, want: hook,
		},
		"event webhook without a method": {
			answer: voiceWith(`{"webhooks":{"event_url":{"address":"https://a"}}}`),
			get:    func(m model) any { return m.Voice.EventURL.HTTPMethod }, want: types.StringValue("POST"),
		},
		"a setting that is gone is gone": {
			answer: voiceWith(`{"webhooks":{}}`), prior: model{settings: settings{capabilities: capabilities{Voice: &voice{SignedCallbacks: types.BoolValue(true)}}}},
			get: func(m model) any { return m.Voice.SignedCallbacks }, want: types.BoolNull(),
		},
		"a region set elsewhere": {
			answer: voiceWith(`{"webhooks":{},"region":"eu-west"}`), prior: model{settings: settings{capabilities: capabilities{Voice: &voice{}}}},
			get: func(m model) any { return m.Voice.Region }, want: types.StringValue("eu-west"),
		},
		"a capability that was turned off": {
			answer: bare, prior: model{settings: settings{capabilities: capabilities{Voice: &voice{SignedCallbacks: types.BoolValue(true)}}}},
			get: func(m model) any { return m.Voice }, want: (*voice)(nil),
		},
		"vbc turned off": {
			answer: bare, prior: model{settings: settings{capabilities: capabilities{VBC: &vbc{}}}},
			get: func(m model) any { return m.VBC }, want: (*vbc)(nil),
		},
		"an answer without privacy": {
			answer: bare, prior: model{settings: settings{ImproveAI: types.BoolValue(true)}},
			get: func(m model) any { return m.ImproveAI }, want: types.BoolValue(true),
		},
		"an empty video": {
			answer: videoWith(`{"webhooks":{}}`),
			get:    func(m model) any { return m.Video }, want: &video{Webhooks: map[string]videoWebhook{}, Storage: storage(false)},
		},
		"a video secret that the answer leaves out": {
			answer: videoWith(`{"webhooks":{"render_status":{"address":"https://a"}}}`), prior: model{Video: &video{Webhooks: secret}},
			get: func(m model) any { return m.Video.Webhooks }, want: secret,
		},
		"a video event that was removed": {
			answer: videoWith(`{"webhooks":{}}`), prior: model{Video: &video{Webhooks: secret}},
			get: func(m model) any { return m.Video.Webhooks }, want: map[string]videoWebhook{},
		},
		"a storage that says only one thing": {
			answer: videoWith(`{"storage":{"server_side_encryption":true}}`),
			get:    func(m model) any { return m.Video.Storage }, want: storage(true),
		},
		"storage that is not mentioned is off": {
			answer: videoWith(`{}`), prior: model{Video: &video{Storage: storage(true)}},
			get: func(m model) any { return m.Video.Storage }, want: storage(false),
		},
		"video turned off": {
			answer: bare, prior: model{Video: &video{Storage: storage(false)}},
			get: func(m model) any { return m.Video }, want: (*video)(nil),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var app vonage.Application
			if err := json.Unmarshal([]byte(test.answer), &app); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, test.get(newModel(app, test.prior)), equateModels()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// After a write the secrets are those of the plan: one that Vonage generated was not planned, and the next refresh shows
// it. The response itself stays as it is, because others read it, too.
func TestWrittenModelHasThePlannedSecrets(t *testing.T) {
	t.Parallel()
	planned := model{Video: &video{Webhooks: map[string]videoWebhook{
		"render_status":  {Address: types.StringValue("https://r"), Secret: types.StringValue("s")},
		"stream_created": {Address: types.StringValue("https://s"), Secret: types.StringNull()},
	}}}
	answer := vonage.Application{Capabilities: vonage.Capabilities{Video: &vonage.Video{Webhooks: vonage.VideoWebhooks{
		"render_status": {Address: "https://r"}, "stream_created": {Address: "https://s", Secret: "made up"},
	}}}}
	if diff := cmp.Diff(planned.Video.Webhooks, newWrittenModel(answer, planned).Video.Webhooks, equateModels()); diff != "" {
		t.Error(diff)
	}
	if secret := answer.Capabilities.Video.Webhooks["stream_created"].Secret; secret != "made up" {
		t.Errorf("the answer's secret became %q", secret)
	}
}

func TestOnlyAKeyThatIsSetHasToBeOne(t *testing.T) {
	t.Parallel()
	for change, plan := range map[keyChange]model{
		configuredKey: {settings: settings{PublicKey: schematype.NewPublicKey("hello")}},
		sendWriteOnly: {PublicKeyWO: schematype.NewPublicKey("hello")},
		keepKey:       {settings: settings{PublicKey: schematype.NewPublicKey("hello")}},
	} {
		var diags diag.Diagnostics
		(&resource{}).supplyKey(t.Context(), change, writeOnlyKey(plan.PublicKeyWO), nil, &plan, &diags)
		if refused := diags.HasError(); refused != (change != keepKey) {
			t.Errorf("change %d is refused: %t", change, refused)
		}
	}
}

// writeOnlyKey is a configuration of public_key_wo.
type writeOnlyKey schematype.PublicKey

func (k writeOnlyKey) GetAttribute(_ context.Context, _ path.Path, target any) diag.Diagnostics {
	*target.(*schematype.PublicKey) = schematype.PublicKey(k)
	return nil
}
