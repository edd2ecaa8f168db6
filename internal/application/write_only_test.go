// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"bytes"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestWriteOnlyKey(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := acctest.Values{"name": "n", "public_key_wo": ownKey, "public_key_wo_version": 1}
	object := a.create(config)
	mustKeepOut := func() {
		t.Helper()
		if object.State["public_key"] != nil || object.State["private_key"] != nil || object.State["public_key_wo"] != nil {
			t.Errorf("in the state: %v", object.State)
		}
		if bytes.Contains(object.Private, []byte("PUBLIC KEY")) {
			t.Error("in private state")
		}
	}
	mustKeepOut()
	if !vonage.SamePublicKey(a.key(object), ownKey) {
		t.Error("not sent on create")
	}
	object = a.mustSettle(object, config)
	mustKeepOut()

	config["public_key_wo"] = otherKey
	config["name"] = "renamed"
	object = a.mustSettle(a.apply(object, config), config)
	if !vonage.SamePublicKey(a.key(object), ownKey) {
		t.Error("sent though its version did not change")
	}
	config["public_key_wo_version"] = 2
	object = a.mustSettle(a.apply(object, config), config)
	mustKeepOut()
	if !vonage.SamePublicKey(a.key(object), otherKey) {
		t.Error("not sent though its version changed")
	}
	config = acctest.Values{"name": "renamed"}
	a.mustHoldPair(a.mustSettle(a.apply(object, config), config))
}

func TestWriteOnlyKeyReplacesOurPair(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(acctest.Values{"name": "n"})
	config := acctest.Values{"name": "n", "public_key_wo": ownKey, "public_key_wo_version": 1}
	object = a.mustSettle(a.apply(object, config), config)
	if !vonage.SamePublicKey(a.key(object), ownKey) || object.State["private_key"] != nil || object.State["public_key"] != nil {
		t.Errorf("state %v", object.State)
	}
}

// A write-only key whose version was only recorded was never sent, so removing it from the configuration changes no key.
func TestRecordedWriteOnlyKeyIsRemoved(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	id, _ := a.create(acctest.Values{"name": "n"}).State["id"].(string)
	object := a.apply(a.importID(id), acctest.Values{"name": "n", "public_key_wo": ownKey, "public_key_wo_version": 1})
	before := a.key(object)
	object = a.mustSettle(a.apply(object, acctest.Values{"name": "n"}), acctest.Values{"name": "n"})
	if a.key(object) != before || object.State["public_key"] != before {
		t.Errorf("the key changed, or is not in the state: %v", object.State["public_key"])
	}
}
