// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"sync"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// anyModel generates applications of every shape, as in a state: nothing is unknown.
func anyModel() *rapid.Generator[model] {
	return rapid.Custom(func(t *rapid.T) model {
		m := model{
			settings: settings{
				ID:        types.StringValue("id"),
				Name:      types.StringValue(rapid.StringN(1, 8, -1).Draw(t, "name")),
				ImproveAI: anyBool(t),
				capabilities: capabilities{
					Voice:       optional(t, anyVoice),
					Messages:    optional(t, anyMessages),
					RTC:         optional(t, func(t *rapid.T) rtc { return rtc{optional(t, anyWebhook), anyBool(t)} }),
					Verify:      optional(t, func(t *rapid.T) verify { return verify{optional(t, anyWebhook)} }),
					NetworkAPIs: optional(t, func(t *rapid.T) networkAPIs { return networkAPIs{anyString(t), anyString(t)} }),
					VBC:         optional(t, func(*rapid.T) vbc { return vbc{} }),
				},
			},
			Video:    optional(t, anyVideo),
			Timeouts: noTimeouts(),
		}
		if rapid.Bool().Draw(t, "key") {
			_, public := testPair(t, 0)
			m.PublicKey = schematype.NewPublicKey(public)
		}
		return m
	})
}

func anyVoice(t *rapid.T) voice {
	return voice{
		AnswerURL: optional(t, anyVoiceWebhook), FallbackAnswerURL: optional(t, anyVoiceWebhook), EventURL: optional(t, anyVoiceWebhook),
		SignedCallbacks: anyBool(t), ConversationsTTL: anyInt64(t), LegPersistenceTime: anyInt64(t), Region: anyString(t),
	}
}

func anyMessages(t *rapid.T) messages {
	return messages{optional(t, anyWebhook), optional(t, anyWebhook), anyString(t), anyBool(t)}
}

func anyVideo(t *rapid.T) video {
	flag := func(name string) types.Bool { return types.BoolValue(rapid.Bool().Draw(t, name)) }
	return video{
		Webhooks: rapid.MapOfN(rapid.SampledFrom(vonage.VideoEvents()), rapid.Custom(anyVideoWebhook), 0, 3).Draw(t, "webhooks"),
		Storage: types.ObjectValueMust(storageTypes(), map[string]attr.Value{
			"server_side_encryption": flag("server side"), "end_to_end_encryption": flag("end to end"), "cloud_storage": flag("cloud"),
		}),
	}
}

func anyVideoWebhook(t *rapid.T) videoWebhook {
	return videoWebhook{Address: types.StringValue(anyAddress(t)), Active: anyBool(t), Secret: anyString(t)}
}

func anyWebhook(t *rapid.T) webhook {
	return webhook{
		Address:    types.StringValue(anyAddress(t)),
		HTTPMethod: types.StringValue(rapid.SampledFrom([]string{methodGet, methodPost}).Draw(t, "method")),
	}
}

func anyVoiceWebhook(t *rapid.T) voiceWebhook {
	return voiceWebhook{anyWebhook(t), anyInt64(t), anyInt64(t)}
}

func anyAddress(t *rapid.T) string {
	return "https://example.com/" + rapid.StringMatching(`[a-z&?=+%20]{0,6}`).Draw(t, "path")
}

func optional[T any](t *rapid.T, draw func(*rapid.T) T) *T {
	if !rapid.Bool().Draw(t, "present") {
		return nil
	}
	value := draw(t)
	return &value
}

func anyBool(t *rapid.T) types.Bool {
	return types.BoolPointerValue(optional(t, func(t *rapid.T) bool { return rapid.Bool().Draw(t, "bool") }))
}

func anyInt64(t *rapid.T) schematype.Int64 {
	return schematype.NewInt64Pointer(optional(t, func(t *rapid.T) int64 { return rapid.Int64Range(0, 10000).Draw(t, "int") }))
}

// anyString never generates "", which no attribute accepts and which the API does not distinguish from absent.
func anyString(t *rapid.T) types.String {
	return types.StringPointerValue(optional(t, func(t *rapid.T) string { return rapid.StringN(1, 8, -1).Draw(t, "string") }))
}

// overTheWire returns the response of an API that stores app unchanged.
func overTheWire(t rapid.TB, app vonage.Application) vonage.Application {
	t.Helper()
	text, err := json.Marshal(app)
	if err != nil {
		t.Fatal(err)
	}
	var back vonage.Application
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

// emptyState returns an empty state of the resource.
func emptyState(ctx context.Context) tfsdk.State {
	s := resourceSchema(ctx)
	return tfsdk.State{Schema: s, Raw: tftypes.NewValue(s.Type().TerraformType(ctx), nil)}
}

func noTimeouts() timeouts.Value {
	return timeouts.Value{Object: types.ObjectNull(map[string]attr.Type{
		"create": types.StringType, "read": types.StringType, "update": types.StringType, "delete": types.StringType,
	})}
}

// equateModels compares values as Terraform does.
func equateModels() cmp.Option {
	return cmp.Options{
		cmp.Comparer(func(a, b attr.Value) bool { return a == nil && b == nil || a != nil && b != nil && a.Equal(b) }),
		cmp.AllowUnexported(model{}, settings{}, capabilities{}, voice{}, voiceWebhook{}, webhook{}, messages{}, rtc{}, verify{}, video{}, videoWebhook{}, networkAPIs{}, vbc{}),
	}
}

// testPair returns one of a few cached pairs, because generating keys is slow. They are short, because they sign
// nothing.
func testPair(t rapid.TB, i int) (private, public string) {
	t.Helper()
	pair := testPairs()[i]
	return pair[0], pair[1]
}

var testPairs = sync.OnceValue(func() [2][2]string {
	var pairs [2][2]string
	for i := range pairs {
		key, err := rsa.GenerateKey(rand.Reader, 1024)
		if err != nil {
			return pairs
		}
		pairs[i][0], _ = vonage.EncodePrivateKey(key)
		pairs[i][1], _ = vonage.EncodePublicKey(&key.PublicKey)
	}
	return pairs
})
