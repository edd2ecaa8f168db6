// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// Public keys that the tests supply; the provider uses keys from the other end of the pool.
var (
	ownKey   = acctest.PublicKey(acctest.PoolSize - 1)
	otherKey = acctest.PublicKey(acctest.PoolSize - 2)
)

// key returns the application's public key as stored by the API.
func (a *account) key(object acctest.Object) string {
	a.t.Helper()
	key, _ := within(a.document(object), "keys")["public_key"].(string)
	return key
}

func (a *account) setKey(object acctest.Object, public string) {
	a.t.Helper()
	a.edit(object, func(doc document) { doc["keys"] = document{"public_key": public} })
}

func isPair(private, public any) bool {
	privateText, _ := private.(string)
	publicText, _ := public.(string)
	key, err := vonage.ParsePrivateKey(privateText)
	if err != nil {
		return false
	}
	half, err := vonage.EncodePublicKey(&key.PublicKey)
	return err == nil && vonage.SamePublicKey(half, publicText)
}

// mustHoldPair requires that the state has both halves of the application's key.
func (a *account) mustHoldPair(object acctest.Object) {
	a.t.Helper()
	if !isPair(object.State["private_key"], object.State["public_key"]) {
		a.t.Error("the state does not hold a pair")
	}
	if !vonage.SamePublicKey(a.key(object), object.State["public_key"].(string)) {
		a.t.Error("the application has another key than the state")
	}
}

func TestPairIsMadeLocally(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := acctest.Values{"name": "n"}
	plan := a.plan(acctest.Object{}, config)
	if plan.State["public_key"] != acctest.Unknown || plan.State["private_key"] != acctest.Unknown {
		t.Errorf("planned %v and %v", plan.State["public_key"], plan.State["private_key"])
	}
	object := a.create(config)
	a.mustHoldPair(object)
	for _, request := range a.Emulator.Requests() {
		if strings.Contains(request.Body, "PRIVATE") {
			t.Errorf("%s %s sent a private key", request.Method, request.Path)
		}
		if request.Method == http.MethodPost && !strings.Contains(request.Body, `"public_key":"-----BEGIN PUBLIC KEY-----`) {
			t.Errorf("created without a public key: %s", request.Body)
		}
	}
	a.mustHoldPair(a.mustSettle(object, config))
}

func TestKeyVersionMakesANewPairInPlace(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(acctest.Values{"name": "n", "key_version": "1"})
	for _, config := range []acctest.Values{{"name": "n", "key_version": "2"}, {"name": "n"}} {
		before := a.key(object)
		plan := a.plan(object, config)
		if plan.State["public_key"] != acctest.Unknown || plan.State["private_key"] != acctest.Unknown || plan.RequiresReplace != nil {
			t.Errorf("planned %v, %v, replace %v", plan.State["public_key"], plan.State["private_key"], plan.RequiresReplace)
		}
		object = a.apply(object, config)
		if a.key(object) == before {
			t.Error("the key is the old one")
		}
		a.mustHoldPair(a.mustSettle(object, config))
	}
}

func TestKeyVersionThatIsUnknown(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(acctest.Values{"name": "n", "key_version": "1"})
	plan := a.plan(object, acctest.Values{"name": "n", "key_version": acctest.Unknown})
	if plan.State["public_key"] != acctest.Unknown || plan.State["private_key"] != acctest.Unknown {
		t.Errorf("planned %v and %v", plan.State["public_key"], plan.State["private_key"])
	}
}

func TestConfiguredPublicKey(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := acctest.Values{"name": "n", "public_key": ownKey}
	object := a.create(config)
	if object.State["private_key"] != nil || object.State["public_key"] != ownKey || !vonage.SamePublicKey(a.key(object), ownKey) {
		t.Errorf("state %v", object.State)
	}
	object = a.mustSettle(object, config)

	config["public_key"] = otherKey
	object = a.mustSettle(a.apply(object, config), config)
	if !vonage.SamePublicKey(a.key(object), otherKey) {
		t.Error("the new key was not sent")
	}

	delete(config, "public_key")
	if plan := a.plan(object, config); plan.State["public_key"] != acctest.Unknown || plan.State["private_key"] != acctest.Unknown {
		t.Errorf("without public_key, planned %v and %v", plan.State["public_key"], plan.State["private_key"])
	}
	a.mustHoldPair(a.mustSettle(a.apply(object, config), config))
}

// The public half of the provider's pair is no other key, so the private half stays, whether the configuration has it or
// not: Terraform also hands it over as configured if public_key is in ignore_changes.
func TestPublicKeyOfOurPair(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := acctest.Values{"name": "n"}
	object := a.create(config)
	same := acctest.Values{"name": "n", "public_key": object.State["public_key"]}
	a.mustHoldPair(a.mustSettle(object, same))
	same["name"] = "renamed"
	object = a.mustSettle(a.apply(object, same), same)
	a.mustHoldPair(object)
	config["name"] = "renamed"
	a.mustHoldPair(a.mustSettle(object, config))
}

func TestPublicKeyReplacesOurPair(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(acctest.Values{"name": "n"})
	own := acctest.Values{"name": "n", "public_key": ownKey}
	object = a.mustSettle(a.apply(object, own), own)
	if object.State["private_key"] != nil || !vonage.SamePublicKey(a.key(object), ownKey) {
		t.Error("the private key is still in the state, or the key was not sent")
	}
	// Now the key is set by the configuration, and is replaced when public_key is removed.
	a.mustHoldPair(a.apply(object, acctest.Values{"name": "n"}))
}

func TestPublicKeyThatIsUnknown(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	config := acctest.Values{"name": "n", "public_key": acctest.Unknown}
	plan := a.plan(acctest.Object{}, config)
	if plan.State["private_key"] != acctest.Unknown {
		t.Error("an unknown public_key can turn out to be null; then there is a private key")
	}
	object := a.create(acctest.Values{"name": "n"})
	if plan = a.plan(object, config); plan.State["private_key"] != acctest.Unknown {
		t.Error("an unknown public_key can turn out to be null on update, too")
	}
}

// Changed line breaks in a key are not a change, not even for an old application, where the framework marks values that
// Vonage could fill in as unknown on every difference.
func TestPublicKeyWrappedInAnotherWay(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	id := a.seed(oldApplication)
	object := a.importID(id)
	public, _ := object.State["public_key"].(string)
	for _, wrapped := range []string{strings.TrimSpace(public), strings.ReplaceAll(public, "\n", "\r\n"), strings.ReplaceAll(public, "\n", `\n`)} {
		a.mustSettle(object, acctest.With(oldConfig, acctest.Values{"public_key": wrapped}))
	}
}

func TestFirstVersionsAfterImportAreOnlyRecorded(t *testing.T) {
	t.Parallel()
	for name, versions := range map[string][2]acctest.Values{
		"key_version": {{"name": "n", "key_version": "1"}, {"name": "n", "key_version": "2"}},
		"public_key_wo_version": {
			{"name": "n", "public_key_wo": ownKey, "public_key_wo_version": 1}, {"name": "n", "public_key_wo": ownKey, "public_key_wo_version": 2},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			id, _ := a.create(acctest.Values{"name": "n"}).State["id"].(string)
			object := a.importID(id)
			if object.State["private_key"] != nil {
				t.Error("an import cannot know the private key")
			}
			before := a.key(object)
			a.Calls()
			object = a.apply(object, versions[0])
			a.WantCalls(t)
			object = a.mustSettle(object, versions[0])
			if a.key(object) != before {
				t.Error("the first version changed the key")
			}
			object = a.mustSettle(a.apply(object, versions[1]), versions[1])
			if a.key(object) == before {
				t.Error("the second version did not change the key")
			}
		})
	}
}

func TestKeyChangedElsewhere(t *testing.T) {
	t.Parallel()
	t.Run("our pair", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t)
		object := a.create(acctest.Values{"name": "n"})
		a.setKey(object, otherKey)
		object, diags := a.Read(typeName, object)
		diags.MustWarn(t, "private_key", "changed elsewhere", "key_version")
		if object.State["private_key"] != nil || object.State["public_key"] != otherKey {
			t.Errorf("state %v", object.State)
		}
		object = a.mustSettle(object, acctest.Values{"name": "n"})
		config := acctest.Values{"name": "n", "key_version": "1"}
		a.mustHoldPair(a.mustSettle(a.apply(object, config), config))
	})
	t.Run("a configured key", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t)
		config := acctest.Values{"name": "n", "public_key": ownKey}
		object := a.create(config)
		a.setKey(object, otherKey)
		object = a.refresh(object)
		if plan := a.plan(object, config); plan.State["public_key"] != ownKey {
			t.Errorf("planned %v", plan.State["public_key"])
		}
		if object = a.mustSettle(a.apply(object, config), config); !vonage.SamePublicKey(a.key(object), ownKey) {
			t.Error("not put back")
		}
	})
	t.Run("a write-only key", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t)
		config := acctest.Values{"name": "n", "public_key_wo": ownKey, "public_key_wo_version": 1}
		object := a.create(config)
		a.setKey(object, otherKey)
		a.mustSettle(a.refresh(object), config) // a change that cannot be detected, as documented
	})
}
