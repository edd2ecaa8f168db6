// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// malformedDocument is a change to an application or a number, which only its own readers may notice.
type malformedDocument struct {
	change func(document values)
	// unreadable objects fail for their own readers, and lists warn of them.
	unreadable bool
	// elsewhere: the object has another id now, or none.
	elsewhere bool
	// relinked: the number has another link now.
	relinked bool
}

// set returns a change of one member.
func set(value any, at ...string) func(values) {
	return func(document values) {
		for _, name := range at[:len(at)-1] {
			document, _ = document[name].(values)
		}
		document[at[len(at)-1]] = value
	}
}

func remove(name string) func(values) { return func(document values) { delete(document, name) } }

// TestMalformedApplications: an application of any form is shown as it is and can be changed, or fails for its own readers only, and can be destroyed.
func TestMalformedApplications(t *testing.T) {
	t.Parallel()
	for name, malformed := range map[string]malformedDocument{
		"leg_persistence_time is text":      {change: set("7", "capabilities", "voice", "leg_persistence_time")},
		"capabilities are a list":           {change: set([]any{}, "capabilities")},
		"webhooks are a list":               {change: set([]any{}, "capabilities", "voice", "webhooks")},
		"no name":                           {change: remove("name")},
		"null for a name":                   {change: set(nil, "name")},
		"connect_timeout is text":           {change: set("1000", "capabilities", "voice", "webhooks", "answer_url", "connect_timeout")},
		"an EC key":                         {change: set(spki(t, ecKey(t).Public()), "keys", "public_key")},
		"a PKCS#1 key":                      {change: set(pkcs1(t), "keys", "public_key")},
		"a certificate":                     {change: set(certificate(t), "keys", "public_key")},
		"any text as a key":                 {change: set("no key at all", "keys", "public_key")},
		"keys are a list":                   {change: set([]any{}, "keys")},
		"leg_persistence_time is an object": {change: set(values{}, "capabilities", "voice", "leg_persistence_time"), unreadable: true},
		"the key is an object":              {change: set(values{}, "keys", "public_key"), unreadable: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newMalformedAccount(t, func(document values) {
				if document["id"] != nil {
					malformed.change(document)
				}
			})
			a.mustReadAll("vonage_application", "vonage_application", "id", applications(), malformed)
			a.mustListAll("vonage_applications", "applications", values{}, "vonage_application", malformed)
			for _, sound := range []string{"na", "nc"} {
				_, diags := a.Protocol(t).Import("vonage_application", "name="+sound)
				diags.Errors().MustBeEmpty(t)
				_, diags = a.Protocol(t).ReadDataSource("vonage_application", values{"name": sound})
				diags.Errors().MustBeEmpty(t)
			}
			object := a.objects["vonage_application "+malformedApplication]
			if !malformed.unreadable {
				var diags acctest.Diagnostics
				object, diags = a.Protocol(t).Change("vonage_application", object, values{
					"name": "renamed", "voice": values{"answer_url": values{"address": "https://example.com/answer"}},
				})
				diags.Errors().MustBeEmpty(t)
			}
			if !malformed.unreadable {
				updated, diags := a.Protocol(t).Change("vonage_application", object, values{"name": "renamed", "voice": values{"answer_url": values{"address": "https://example.com/new"}}})
				diags.Errors().MustBeEmpty(t)
				object = updated
			}
			_, diags := a.Protocol(t).Change("vonage_application", object, nil)
			diags.Errors().MustBeEmpty(t)
			if _, exists := a.Emulator.Applications()[malformedApplication]; exists {
				t.Error("the application was not deleted")
			}
		})
	}
}

// TestMalformedNumbers does the same for numbers, their links, and numbers on offer.
func TestMalformedNumbers(t *testing.T) {
	t.Parallel()
	for name, malformed := range map[string]malformedDocument{
		"a short code": {elsewhere: true, change: func(document values) {
			document["msisdn"], document["type"] = "63027", "mobile-shortcode"
		}},
		"16 digits":              {change: set("4477009000021234", "msisdn"), elsewhere: true},
		"app_id is no UUID":      {change: set("an application", "app_id"), relinked: true},
		"msisdn is a number":     {change: func(document values) { document["msisdn"] = json.Number(document["msisdn"].(string)) }},
		"features are an object": {change: set(values{}, "features")},
		"type is null":           {change: set(nil, "type")},
		"no digits":              {change: remove("msisdn"), elsewhere: true, unreadable: true},
		"no country":             {change: remove("country"), unreadable: true},
		"features are text":      {change: set("VOICE", "features"), unreadable: true},
		"limitations are text":   {change: set("none", "limitations"), unreadable: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newMalformedAccount(t, func(document values) {
				if document["msisdn"] != nil {
					malformed.change(document)
				}
			})
			a.mustReadAll("vonage_number", "vonage_number", "msisdn", numbers(), malformed)
			a.mustReadAll("vonage_number_link", "vonage_number", "msisdn", numbers(), malformed)
			a.mustListAll("vonage_numbers", "numbers", values{}, "vonage_number", malformed)
			a.mustListAll("vonage_numbers", "numbers", values{"has_application": true}, "vonage_number_link", malformed)
			a.mustListAll("vonage_available_numbers", "numbers", values{"country": "GB"}, "", malformed)
			if malformed.elsewhere || malformed.unreadable {
				return
			}
			for _, typeName := range []string{"vonage_number_link", "vonage_number"} {
				_, diags := a.Protocol(t).Change(typeName, a.objects[typeName+" "+malformedNumber], nil)
				if typeName == "vonage_number" {
					diags.MustFail(t, "deletion_policy") // PREVENT, as imported
				} else {
					diags.Errors().MustBeEmpty(t)
				}
			}
		})
	}
}

func ecKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func spki(t *testing.T, key any) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func pkcs1(t *testing.T) string {
	t.Helper()
	key, err := vonage.ParsePublicKey(acctest.PublicKey(4))
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(key)}))
}

func certificate(t *testing.T) string {
	t.Helper()
	key := ecKey(t)
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}
