// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"reflect"
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
				ImproveAI: anyBool(t, "improve_ai"),
			},
			Timeouts: noTimeouts(),
		}
		drawFields(t, reflect.ValueOf(&m.capabilities).Elem())
		drawField(t, "video", reflect.ValueOf(&m.Video).Elem())
		if rapid.Bool().Draw(t, "key") {
			_, public := testPair(t, 0)
			m.PublicKey = schematype.NewPublicKey(public)
		}
		return m
	})
}

// drawFields draws all attributes of a capability, of all capabilities or of a webhook.
func drawFields(t *rapid.T, fields reflect.Value) {
	for field, value := range fields.Fields() {
		if field.Anonymous {
			drawFields(t, value)
		} else {
			drawField(t, field.Tag.Get("tfsdk"), value)
		}
	}
}

func drawField(t *rapid.T, name string, field reflect.Value) {
	switch value := field.Addr().Interface().(type) {
	case *types.Bool:
		*value = anyBool(t, name)
	case *types.String:
		*value = anyString(t, name)
	case *schematype.Int64:
		*value = schematype.NewInt64Pointer(rapid.Ptr(rapid.Int64Range(0, 10000), true).Draw(t, name))
	case *map[string]videoWebhook:
		*value = rapid.MapOfN(rapid.SampledFrom(vonage.VideoEvents()), rapid.Custom(anyVideoWebhook), 0, 3).Draw(t, name)
	case *types.Object: // the storage of video
		members := map[string]attr.Value{}
		for member := range storageTypes() {
			members[member] = types.BoolValue(rapid.Bool().Draw(t, member))
		}
		*value = types.ObjectValueMust(storageTypes(), members)
	default: // what may be absent as a whole
		if field.Kind() != reflect.Pointer {
			t.Fatalf("%s: nothing here draws a %s", name, field.Type())
		}
		if rapid.Bool().Draw(t, name+" is present") {
			field.Set(reflect.New(field.Type().Elem()))
			drawFields(t, field.Elem())
		}
	}
}

func anyVideoWebhook(t *rapid.T) (hook videoWebhook) {
	drawFields(t, reflect.ValueOf(&hook).Elem())
	return hook
}

func anyBool(t *rapid.T, name string) types.Bool {
	return types.BoolPointerValue(rapid.Ptr(rapid.Bool(), true).Draw(t, name))
}

// anyString never draws "", which no attribute accepts and which the API does not distinguish from absent. A webhook has
// an address and a method in any case.
func anyString(t *rapid.T, name string) types.String {
	switch name {
	case "address":
		return types.StringValue("https://example.com/" + rapid.StringMatching(`[a-z&?=+%20]{0,6}`).Draw(t, name))
	case "http_method":
		return types.StringValue(rapid.SampledFrom([]string{methodGet, methodPost}).Draw(t, name))
	default:
		return types.StringPointerValue(rapid.Ptr(rapid.StringN(1, 8, -1), true).Draw(t, name))
	}
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
		cmp.Exporter(func(reflect.Type) bool { return true }),
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
