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

	account.load(t, "account.json")

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

	account.load(t, "import.json")

	return account
}

// load adds to the account what the files with this name beside the examples have: account.json for all examples of a
// resource, import.json for those that import.
func (a account) load(t *testing.T, name string) {
	t.Helper()

	for _, file := range glob(t, "resources/*/"+name) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}

		seed, err := emulator.ParseSeed(text)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}

		if err := a.Emulator.Load(seed); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
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
	for _, kind := range a.Emulator.Kinds() {
		if kind.Shared {
			continue
		}

		for id, document := range kind.All() {
			held[kind.Name+" "+id] = document
		}
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
