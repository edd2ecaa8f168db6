// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// The objects in the account of every example. Its numbers are of the range that Ofcom reserves for fiction
// (https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama).
const (
	applicationID   = "78d335fa-323d-0114-9c3d-d6f0d48968cf"
	applicationName = "Support line"
	subaccountKey   = "ad6dc56f"
	// conversationID is the conversation of a call between two phones.
	conversationID = "CON-bc643220-2542-499a-892e-c982c4150c06"
	// marketingID is a Verify template that examples refer to.
	marketingID = "22f571c1-f41a-4db2-bba7-f23a069200c1"
)

var msisdns = []string{"447700900000", "447700900001", "447700900002", "447700900003", "447700900004"}

// offered are numbers that can be rented.
var offered = []string{"447700900100", "447700900101", "447700900102", "447700900103"}

// account is an emulated account, and a CLI whose environment is configured for it.
type account struct {
	*acctest.Env

	terraform cli.CLI
}

// everybody is a network in which every webhook is delivered, so that examples do not depend on the real one.
type everybody struct{}

func (everybody) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: http.NoBody}, nil
}

// newAccount creates the account of one example. The given numbers are linked to its application.
func newAccount(t *testing.T, linked ...string) account {
	t.Helper()

	account := newEmptyAccount(t)
	env := account.Env

	seed := func(err error) {
		t.Helper()

		if err != nil {
			t.Fatal(err)
		}
	}

	seed(env.Emulator.SeedApplication(applicationID, map[string]any{
		"name": applicationName,
		"keys": map[string]any{"public_key": acctest.PublicKey(acctest.PoolSize - 1)},
		"capabilities": map[string]any{"voice": map[string]any{"webhooks": map[string]any{
			"answer_url": map[string]any{"address": "https://example.com/webhooks/answer", "http_method": "GET"},
			"event_url":  map[string]any{"address": "https://example.com/webhooks/events", "http_method": "POST"},
		}}},
	}))

	for _, msisdn := range msisdns {
		seed(env.Emulator.SeedNumber("GB/"+msisdn, map[string]any{"type": "mobile-lvn", "features": []string{"SMS", "VOICE"}}))
	}

	for _, id := range linked {
		seed(env.Emulator.SeedNumber(id, map[string]any{
			"type": "mobile-lvn", "features": []string{"SMS", "VOICE"}, "app_id": applicationID,
		}))
	}

	for _, msisdn := range offered {
		seed(env.Emulator.SeedInventory(map[string]any{"country": "GB", "msisdn": msisdn}))
	}

	subaccount, err := env.Emulator.OpenSubaccount(emulator.Opening{APIKey: "acme1234", APISecret: "Subaccount1"})
	seed(err)
	subaccount.SeedAPISecret("ad6dc56f-07b5-46e1-a527-85530e625800", "Subaccount1")
	seed(env.Emulator.Change(emulator.Record{CreditLimit: new("-1000.00")}))

	_, err = env.Emulator.OpenSubaccount(emulator.Opening{
		APIKey: subaccountKey, APISecret: "Subaccount0Secret", Record: emulator.Record{Name: new("Staging")},
	})
	seed(err)

	seed(env.Emulator.SeedSIPDomain("front-desk", map[string]any{
		"application_id": applicationID, "acl": []any{"203.0.113.7"}, "digest_auth": true, "domain_type": "app",
		"users": map[string]any{"door": map[string]any{"secret": "Frontdoor0123", "registered": []any{"sip:door@203.0.113.7"}}},
	}))
	seed(env.Emulator.SeedVerifyTemplate("8f35a1a7-eb2f-4552-8fdf-fffdaee41bc9", map[string]any{"name": "signup", "is_default": false}))
	seed(env.Emulator.SeedVerifyTemplate(marketingID, map[string]any{"name": "marketing", "is_default": true}))

	seed(env.Emulator.SeedUser("USR-87e3e6b0-cd7b-45ef-a0a7-bcd5566a672b", map[string]any{
		"application_id": applicationID, "name": "support-line", "channels": map[string]any{"sms": []any{map[string]any{"number": "447700900001"}}},
	}))

	seed(env.Emulator.SeedSender("whatsapp/447700900001", map[string]any{"name": "Shop", "applications": []any{}}))

	call, err := os.ReadFile("../internal/acctest/specimen/tutorial.json")
	seed(err)
	seed(env.Emulator.SeedConversation(conversationID, json.RawMessage(call)))

	return account
}

// newAdoptedAccount creates the account of an example that imports: what it imports can be destroyed then.
func newAdoptedAccount(t *testing.T) account {
	t.Helper()

	account := newAccount(t, linkedNumber)

	subaccount, opened := account.Emulator.Lookup("acme1234")
	if !opened {
		t.Fatal("there is no subaccount")
	}

	subaccount.SeedAPISecret("another", "Another12") // an account keeps its last secret

	if err := account.Emulator.SeedSender("whatsapp/447700900001", map[string]any{"applications": []any{applicationID}}); err != nil {
		t.Fatal(err)
	}

	for domain, doc := range map[string]map[string]any{
		"acme-pbx":   {"application_id": applicationID, "acl": []any{"203.0.113.7"}},
		"front-desk": {"acl": []any{}, "users": map[string]any{"desk-1": map[string]any{"secret": "Frontdesk0123"}}},
	} {
		if err := account.Emulator.SeedSIPDomain(domain, doc); err != nil {
			t.Fatal(err)
		}
	}

	err := account.Emulator.SeedVerifyTemplate(marketingID, map[string]any{
		"name": "marketing", "is_default": true, "fragments": map[string]any{"c70f446e-997a-4313-a081-60a02a31dc19": map[string]any{
			"channel": "voice", "locale": "es-mx", "text": "Su código es ${code}.", "date_created": "2024-01-01T10:00:00Z", "date_updated": "2024-01-01T10:00:00Z",
		}},
	})
	if err != nil {
		t.Fatal(err)
	}

	return account
}

// newEmptyAccount creates an account without any objects.
func newEmptyAccount(t *testing.T) account {
	t.Helper()

	terraform := cli.New(t)
	env := acctest.New(t, acctest.WithEmulator(func(options *emulator.Options) {
		options.HTTPClient = &http.Client{Transport: everybody{}}
	}))

	return account{Env: env, terraform: terraform.With(map[string]string{
		"VONAGE_API_URL":        env.URL,
		"VONAGE_REST_URL":       env.URL,
		"VONAGE_API_KEY":        env.APIKey,
		"VONAGE_API_SECRET":     env.APISecret,
		"VONAGE_APPLICATION_ID": applicationID,
		"VONAGE_PRIVATE_KEY":    acctest.PrivateKey(acctest.PoolSize - 1),
		// Ephemeral variables need their values in every command.
		"TF_VAR_tenant_secret": "Tenant1234",
		"TF_VAR_ci_secret":     "Pipeline1",
		"TF_VAR_desk_secret":   "Frontdesk0124",
	})}
}

// protocol returns a provider in process, with the same credentials.
func (a account) protocol(t *testing.T) *acctest.Protocol {
	t.Helper()

	return a.Protocol(t, acctest.Values{"application_id": applicationID, "private_key": acctest.PrivateKey(acctest.PoolSize - 1)})
}

// holdings returns everything in the account.
func (a account) holdings() map[string]any {
	held := map[string]any{}
	for id, document := range a.Emulator.Applications() {
		held["application "+id] = document
	}

	for id, document := range a.Emulator.Numbers() {
		held["number "+id] = document
	}

	for id, document := range a.Emulator.Senders() {
		held["sender "+id] = document
	}

	for name, document := range a.Emulator.SIPDomains() {
		held["SIP domain "+name] = document
	}

	return held
}

// mustHold fails unless the account is as before, except for objects that an example adopted and then destroyed.
func (a account) mustHold(t *testing.T, before map[string]any, adopted ...string) {
	t.Helper()

	after := a.holdings()

	for _, id := range adopted {
		delete(before, id)
		delete(after, id)
	}

	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the example did not leave the account as it found it (-before +after):\n%s", diff)
	}
}

// signedWebhook returns a webhook with a body, signed as Vonage signs it, as an HCL object.
func signedWebhook(body, secret string) string {
	hash := sha256.Sum256([]byte(body))
	claims := jwt.MapClaims{"iss": "Vonage", "payload_hash": hex.EncodeToString(hash[:])}

	signed, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(secret))
	if err != nil {
		panic(err) // signing with HMAC does not fail
	}

	return fmt.Sprintf("{authorization = %q, body = %q}", "Bearer "+signed, body)
}
