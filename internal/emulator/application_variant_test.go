// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestApplicationUpdateWithoutKeys(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		variant string
		check   func(keys any) bool
	}{
		{"cleared", func(keys any) bool { return keys == nil }},
		{"kept", func(keys any) bool {
			return text(keys, "public_key") == publicPEM(t, testKey()) && at(keys, "private_key") == nil
		}},
		{"regenerated", func(keys any) bool {
			return text(keys, "public_key") != publicPEM(t, testKey()) && text(keys, "private_key") != ""
		}},
	} {
		t.Run(test.variant, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, emulator.Options{Variant: emulator.Variant{OmittedKeys: test.variant}})
			id := text(create(t, a, `"name":"n"`), "id")
			updated := a.send("PUT", "/v2/applications/"+id, `{"name":"n"}`).want(t, 200).json
			if !test.check(updated["keys"]) {
				t.Errorf("keys: %v", updated["keys"])
			}
		})
	}
}

func TestApplicationVariants(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{Variant: emulator.Variant{
		ImproveAI: true, OmittedPrivacyReset: true, UpdateOmitsPrivacy: true, LegPersistenceDays: 7, EmptyFallback: true,
		InboundMediaUnfilled: true, DefaultStorageOmitted: true, VideoSecretHidden: true, RetiredAccepted: true, MalformedIDStatus: 400,
	}})
	created := create(t, a, `"name":"n","privacy":{"improve_ai":false},"capabilities":{
		"voice":{"webhooks":{"answer_url":{"address":"http://h"}},"payment_enabled":false},
		"rtc":{"leg_persistence_time":7},"messages":{},
		"video":{"webhooks":{"archive_status":{"address":"http://h","secret":"s"}},"storage":{"cloud_storage":false}}}`)
	mustBeAsIn(t, "testdata/application-variants.json", document{"capabilities": created["capabilities"]})
	id := text(created, "id")
	if updated := a.send("PUT", "/v2/applications/"+id, `{"name":"n"}`).want(t, 200).json; updated["privacy"] != nil {
		t.Errorf("privacy answered: %v", updated["privacy"])
	}
	if read := a.get("/v2/applications/" + id).json; at(read, "privacy", "improve_ai") != true {
		t.Errorf("privacy kept: %v", read["privacy"])
	}
	a.send("PUT", "/v2/applications/"+id, `{"name":"n","privacy":{"improve_ai":false}}`).want(t, 200)
	a.send("PUT", "/v2/applications/"+id, `{"name":"n","privacy":{}}`).want(t, 200)
	if read := a.get("/v2/applications/" + id).json; at(read, "privacy", "improve_ai") != true {
		t.Errorf("empty privacy: %v", read["privacy"])
	}
	a.get("/v2/applications/nonsense").want(t, 400)
	a.get("/v2/applications/1b1b1b1b-0000-4000-8000-000000000001").want(t, 404)
}

func TestRetiredCapabilitiesAreStillTaken(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	created := create(t, a, `"name":"n","capabilities":{"bulk":{"webhooks":{"run_status_url":{"address":"http://h"}}},
		"meetings":{"webhooks":{"room_changed":{"address":"http://h","http_method":"POST"}}}}`)
	if at(created, "capabilities", "meetings", "webhooks", "room_changed") == nil {
		t.Errorf("capabilities: %v", created["capabilities"])
	}
}

// What happens to the numbers of a deleted application is undocumented: either they are unlinked, or they keep the
// link.
func TestApplicationDeleteAndItsNumbers(t *testing.T) {
	t.Parallel()
	for _, keeps := range []bool{false, true} {
		a := newAccount(t, emulator.Options{Variant: emulator.Variant{DeleteKeepsLinks: keeps}})
		id := text(create(t, a, `"name":"n"`), "id")
		seed(t, a.SeedNumber("GB/447700900001", document{"app_id": id, "moHttpUrl": "http://h"}))
		a.do("DELETE", "/v2/applications/"+id, nil).want(t, 204)
		number, _ := a.Number("GB/447700900001")
		want := document{"country": "GB", "msisdn": "447700900001", "moHttpUrl": "http://h"}
		if keeps {
			want["app_id"] = id
		}
		if diff := cmp.Diff(want, number); diff != "" {
			t.Errorf("keeps %t (-want +got):\n%s", keeps, diff)
		}
	}
}
