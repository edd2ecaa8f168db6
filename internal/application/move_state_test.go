// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"encoding/json"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

const movedID = "abcdef00-0000-4000-8000-000000000001"

// restObject returns the state that Mastercard/restapi has of an application that it created.
func restObject(t *testing.T, private, publicThen, publicNow string) acctest.Values {
	t.Helper()
	text := func(keys document) string {
		encoded, err := json.Marshal(document{"id": movedID, "name": "moved", "keys": keys, "capabilities": document{}})
		if err != nil {
			t.Fatal(err)
		}
		return string(encoded)
	}
	return acctest.Values{
		"id": movedID, "path": "/v2/applications", "data": `{"name":"moved"}`, "debug": nil, "api_data": document{"id": movedID},
		"api_response":    text(document{"public_key": publicNow}),
		"create_response": text(document{"public_key": publicThen, "private_key": private}),
	}
}

func TestMoveFromRESTAPI(t *testing.T) {
	t.Parallel()
	ours := restObject(t, acctest.PrivateKey(0), acctest.PublicKey(0), acctest.PublicKey(0))
	for name, test := range map[string]struct {
		provider    string
		state       acctest.Values
		wantPrivate any
	}{
		"from the registry":    {"registry.terraform.io/Mastercard/restapi", ours, acctest.PrivateKey(0)},
		"from OpenTofu's":      {"registry.opentofu.org/mastercard/RESTAPI", ours, acctest.PrivateKey(0)},
		"with a slash":         {"example.com:8443/mastercard/restapi", acctest.With(ours, acctest.Values{"path": "/v2/applications/"}), acctest.PrivateKey(0)},
		"after a key rotation": {"registry.terraform.io/mastercard/restapi", restObject(t, acctest.PrivateKey(0), acctest.PublicKey(0), acctest.PublicKey(1)), nil},
		"without a key":        {"registry.terraform.io/mastercard/restapi", acctest.With(ours, acctest.Values{"create_response": nil}), nil},
		"with another body":    {"registry.terraform.io/mastercard/restapi", acctest.With(ours, acctest.Values{"create_response": "<html>", "api_response": "[]"}), nil},
		"with malformed settings": {"registry.terraform.io/mastercard/restapi", acctest.With(ours, acctest.Values{
			"create_response": `{"keys":{"public_key":` + quote(acctest.PublicKey(0)) + `,"private_key":` + quote(acctest.PrivateKey(0)) +
				`},"capabilities":{"voice":{"leg_persistence_time":"7"}}}`,
		}), acctest.PrivateKey(0)},
		"only the created state": {"registry.terraform.io/mastercard/restapi", acctest.With(ours, acctest.Values{"api_response": nil}), acctest.PrivateKey(0)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.seed(`{"id": "` + movedID + `", "name": "moved", "keys": {"public_key": ` + quote(acctest.PublicKey(0)) + `},
				"capabilities": {"rtc": {"webhooks": {}, "signed_callbacks": true}}}`)
			moved, diags := a.Move(acctest.Source{Provider: test.provider, TypeName: "restapi_object", State: test.state}, typeName)
			diags.MustBeEmpty(t)
			if moved.State["id"] != movedID || moved.Identity["id"] != movedID || moved.State["private_key"] != test.wantPrivate {
				t.Errorf("state %v, identity %v", moved.State, moved.Identity)
			}
			config := acctest.Values{"name": "moved", "rtc": acctest.Values{}}
			object := a.refresh(moved)
			if object.State["name"] != "moved" || object.State["private_key"] != test.wantPrivate {
				t.Errorf("refreshed: %v", object.State)
			}
			a.mustSettle(object, config)
		})
	}
}

func TestMoveRefuses(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	state := restObject(t, acctest.PrivateKey(0), acctest.PublicKey(0), acctest.PublicKey(0))
	const restapi = "registry.terraform.io/mastercard/restapi"
	for name, test := range map[string]struct {
		source acctest.Source
		words  string
	}{
		"another path":       {acctest.Source{Provider: restapi, TypeName: "restapi_object", State: acctest.With(state, acctest.Values{"path": "/v1/calls"})}, "/v1/calls"},
		"a state without id": {acctest.Source{Provider: restapi, TypeName: "restapi_object", State: acctest.With(state, acctest.Values{"id": nil})}, "no id"},
		"another type":       {acctest.Source{Provider: restapi, TypeName: "restapi_setting", State: state}, "restapi_setting"},
		"another provider":   {acctest.Source{Provider: "registry.terraform.io/magodo/restful", TypeName: "restapi_object", State: state}, "magodo/restful"},
		"a longer name":      {acctest.Source{Provider: "registry.terraform.io/notmastercard/restapi", TypeName: "restapi_object", State: state}, "notmastercard"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, diags := a.Move(test.source, typeName)
			diags.MustFail(t, "", test.words)
		})
	}
}
