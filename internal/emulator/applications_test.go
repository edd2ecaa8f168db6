// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// testKey is a key shared by all tests of the package: generating one takes 0.1 s.
var testKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil
	}
	return key
})

func publicPEM(t *testing.T, key *rsa.PrivateKey) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// withKey returns an application body with its own key.
func withKey(t *testing.T, rest string) string {
	t.Helper()
	return `{"keys":{"public_key":` + strconv.Quote(publicPEM(t, testKey())) + `},` + rest + `}`
}

func create(t *testing.T, a account, rest string) document {
	t.Helper()
	return a.send("POST", "/v2/applications", withKey(t, rest)).want(t, http.StatusCreated).json
}

// mustBeAsIn compares a document with that of a file, which -update writes.
func mustBeAsIn(t *testing.T, file string, got document) {
	t.Helper()
	if *update {
		text, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want document
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// What the API fills in; the values are those of Application API 2.4.1 and of captured responses.
func TestApplicationDefaults(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	created := create(t, a, `"name":"Demo","capabilities":{
		"voice":{"webhooks":{"answer_url":{"address":"http://h/answer"},
			"fallback_answer_url":{"address":"http://h/fallback","http_method":"POST"},
			"event_url":{"address":"http://h/events","socket_timeout":2000}}},
		"rtc":{"webhooks":{"event_url":{"address":"http://h/rtc"}}},
		"messages":{"webhooks":{"inbound_url":{"address":"https://h/in"},"status_url":{"address":"https://h/st"}}},
		"verify":{"webhooks":{"status_url":{"address":"https://h/v"}}},
		"video":{"webhooks":{"archive_status":{"address":"https://h/a","secret":"s"}},"storage":{"cloud_storage":true}},
		"network_apis":{"network_application_id":"abc","redirect_uri":"https://h/r"},
		"vbc":{}}`)
	id := text(created, "id")
	given := document{
		"id": id, "keys": document{"public_key": publicPEM(t, testKey())}, "_links": document{"self": document{"href": "/v2/applications/" + id}},
	}
	filled := maps.Clone(created)
	for member, want := range given {
		if diff := cmp.Diff(want, created[member]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", member, diff)
		}
		delete(filled, member)
	}
	mustBeAsIn(t, "testdata/application-defaults.json", filled)
	if diff := cmp.Diff(created, a.get("/v2/applications/"+id).want(t, 200).json); diff != "" {
		t.Errorf("read (-created +read):\n%s", diff)
	}
}

func TestApplicationKeyPairMadeByServer(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	for _, body := range []string{`{"name":"n"}`, `{"name":"n","keys":{"public_key":null},"capabilities":{}}`} {
		created := a.send("POST", "/v2/applications", body).want(t, http.StatusCreated).json
		block, _ := pem.Decode([]byte(text(created, "keys", "private_key")))
		if block == nil || block.Type != "PRIVATE KEY" {
			t.Fatalf("no PKCS#8 private key in %v", created)
		}
		key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		private, ok := key.(*rsa.PrivateKey)
		if !ok || publicPEM(t, private) != text(created, "keys", "public_key") {
			t.Error("the public key does not belong to the private key")
		}
		read := a.get("/v2/applications/"+text(created, "id")).want(t, 200).json
		if at(read, "keys", "private_key") != nil || text(read, "keys", "public_key") != text(created, "keys", "public_key") {
			t.Errorf("keys read back: %v", read["keys"])
		}
	}
}

func TestApplicationUpdateReplaces(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	id := text(create(t, a, `"name":"before","privacy":{"improve_ai":true},"capabilities":{
		"voice":{"signed_callbacks":false,"conversations_ttl":7},"vbc":{}}`), "id")

	updated := a.send("PUT", "/v2/applications/"+id, `{"name":"after","id":"ignored","_links":{},"capabilities":{"voice":{}}}`).
		want(t, 200).json

	want := document{
		"id": id, "name": "after", "privacy": document{"improve_ai": true},
		"keys":   document{"public_key": publicPEM(t, testKey())},
		"_links": document{"self": document{"href": "/v2/applications/" + id}},
		"capabilities": document{"voice": document{
			"webhooks": document{}, "signed_callbacks": true, "conversations_ttl": 48., "leg_persistence_time": 2.,
		}},
	}
	if diff := cmp.Diff(want, updated); diff != "" {
		t.Errorf("updated (-want +got):\n%s", diff)
	}
}

func TestApplicationKeyIsRotatedByUpdate(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	id := text(create(t, a, `"name":"n"`), "id")
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	body := `{"name":"n","keys":{"public_key":` + strconv.Quote(strings.TrimSpace(publicPEM(t, key))) + `}}`
	updated := a.send("PUT", "/v2/applications/"+id, body).want(t, 200).json
	if diff := cmp.Diff(document{"public_key": publicPEM(t, key)}, updated["keys"]); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
}

func TestApplicationKnowsItsProperties(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	for _, test := range []struct{ name, capabilities, detail string }{
		{
			"timeout misspelt", `"voice":{"webhooks":{"answer_url":{"address":"http://h","connection_timeout":500}}}`,
			`connection_timeout is not a known json property ` +
				`(4 known properties: "http_method", "address", "socket_timeout", "connect_timeout" ]) : please see https://developer.nexmo.com/api/application.v2`,
		},
		{
			"answer_url in rtc", `"rtc":{"webhooks":{"answer_url":{"address":"http://h"}}}`,
			`answer_url is not a known json property (1 known properties: "event_url" ])`,
		},
		{"redirect_url", `"network_apis":{"redirect_url":"https://h"}`, `redirect_url is not a known json property (2 known`},
		{"something in vbc", `"vbc":{"x":1}`, `x is not a known json property (0 known properties:  ])`},
		{"timeout in messages", `"messages":{"webhooks":{"status_url":{"address":"http://h","socket_timeout":1000}}}`, `socket_timeout is not`},
		{"retired field", `"rtc":{"leg_persistence_time":7}`, `leg_persistence_time is not`},
		{"method in video", `"video":{"webhooks":{"archive_status":{"address":"http://h","http_method":"POST"}}}`, `http_method is not`},
		{"internal video field", `"video":{"environment_id":7}`, `environment_id is not`},
		{"capability", `"teleport":{}`, `teleport is not`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := account{a.Emulator, t, a.url, apiSecret}
			refused := a.send("POST", "/v2/applications", withKey(t, `"name":"n","capabilities":{`+test.capabilities+`}`)).want(t, 400).json
			if !strings.HasPrefix(text(refused, "detail"), test.detail) {
				t.Errorf("detail %q, want %q", text(refused, "detail"), test.detail)
			}
			if refused["type"] != "https://developer.nexmo.com/api-errors/application#payload-validation" || refused["title"] != "Bad Request" {
				t.Errorf("type %v, title %v", refused["type"], refused["title"])
			}
			if len(text(refused, "instance")) != 36 || refused["invalid_parameters"] != nil {
				t.Errorf("instance %v, invalid_parameters %v", refused["instance"], refused["invalid_parameters"])
			}
		})
	}
}

func TestApplicationValuesAreChecked(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	voice := func(hook string) string { return `{"name":"n","capabilities":{"voice":{"webhooks":{` + hook + `}}}}` }
	for _, test := range []struct{ name, body, parameter, reason string }{
		{"no name", `{"capabilities":{}}`, "name", "is required"},
		{"empty name", `{"name":" "}`, "name", "must not be empty"},
		{"no name but null", `{"name":null}`, "name", "must be a string"},
		{
			"method", voice(`"answer_url":{"address":"http://h","http_method":"PUT"}`), "capabilities.voice.webhooks.answer_url.http_method",
			"must be one of: GET, POST",
		},
		{
			"messages by GET", `{"name":"n","capabilities":{"messages":{"webhooks":{"inbound_url":{"address":"http://h","http_method":"GET"}}}}}`,
			"capabilities.messages.webhooks.inbound_url.http_method", "must be one of: POST",
		},
		{"no address", voice(`"event_url":{}`), "capabilities.voice.webhooks.event_url.address", "is required"},
		{"relative address", voice(`"event_url":{"address":"/events"}`), "capabilities.voice.webhooks.event_url.address", "must be a valid URL"},
		{"empty address", voice(`"event_url":{"address":""}`), "capabilities.voice.webhooks.event_url.address", "must be a valid URL"},
		{
			"answer too patient", voice(`"answer_url":{"address":"http://h","socket_timeout":5001}`),
			"capabilities.voice.webhooks.answer_url.socket_timeout", "must be between 1000 and 5000",
		},
		{
			"event too patient", voice(`"event_url":{"address":"http://h","socket_timeout":10001}`),
			"capabilities.voice.webhooks.event_url.socket_timeout", "must be between 1000 and 10000",
		},
		{
			"connect too hasty", voice(`"event_url":{"address":"http://h","connect_timeout":299}`),
			"capabilities.voice.webhooks.event_url.connect_timeout", "must be between 300 and 1000",
		},
		{
			"timeout as text", voice(`"event_url":{"address":"http://h","connect_timeout":"500"}`),
			"capabilities.voice.webhooks.event_url.connect_timeout", "must be an integer",
		},
		{
			"null", voice(`"event_url":{"address":"http://h","connect_timeout":null}`),
			"capabilities.voice.webhooks.event_url.connect_timeout", "must be an integer",
		},
		{
			"TTL", `{"name":"n","capabilities":{"voice":{"conversations_ttl":0}}}`, "capabilities.voice.conversations_ttl",
			"must be between 1 and 9000",
		},
		{
			"region", `{"name":"n","capabilities":{"voice":{"region":"mars"}}}`, "capabilities.voice.region",
			"must be one of: na-east, na-west, eu-east, eu-west, apac-sng, apac-australia",
		},
		{
			"flag as text", `{"name":"n","capabilities":{"voice":{"signed_callbacks":"true"}}}`, "capabilities.voice.signed_callbacks",
			"must be a boolean",
		},
		{"capability null", `{"name":"n","capabilities":{"voice":null}}`, "capabilities.voice", "must be an object"},
		{
			"key", `{"name":"n","keys":{"public_key":"-----BEGIN PUBLIC KEY-----\nnonsense\n-----END PUBLIC KEY-----"}}`,
			"keys.public_key", "must be a valid RSA public key in PEM format",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := account{a.Emulator, t, a.url, apiSecret}
			refused := a.send("POST", "/v2/applications", test.body).want(t, 400).json
			want := []any{document{"name": test.parameter, "reason": test.reason}}
			if diff := cmp.Diff(want, refused["invalid_parameters"]); diff != "" {
				t.Errorf("invalid_parameters (-want +got):\n%s", diff)
			}
			if refused["type"] != "https://developer.vonage.com/api-errors/application#payload-validation" ||
				refused["detail"] != "The request failed due to validation errors" || len(text(refused, "instance")) != 32 {
				t.Errorf("refusal: %v", refused)
			}
		})
	}
	if len(a.Applications()) != 0 {
		t.Error("a refused application was kept")
	}
}

// An application's existing properties, obsolete ones included, are accepted back as they were returned.
func TestApplicationTakesBackWhatItCarries(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{Variant: emulator.Variant{RetiredCapabilitiesRefused: true}})
	const id = "1b1b1b1b-0000-4000-8000-000000000001"
	old := document{
		"name": "old", "from_the_future": document{"x": []any{1., "two"}},
		"capabilities": document{
			"bulk":     document{"webhooks": document{"list_status_url": document{"address": "http://h"}}},
			"meetings": document{"unknown": true},
			"video":    document{"environment_id": 7., "environment_enabled": true, "hoolock_configs": []any{document{"a": 1.}}},
			"voice": document{
				"webhooks":          document{"fallback_answer_url": document{"address": "", "http_method": "GET"}},
				"conversations_ttl": 100000., "leg_persistence_time": 7., "signed_callbacks": false, "payment_enabled": true,
			},
		},
	}
	seed(t, a.SeedApplication(id, old))
	read := a.get("/v2/applications/"+id).want(t, 200)
	old["id"] = id
	if diff := cmp.Diff(old, read.json); diff != "" {
		t.Errorf("seeded (-want +got):\n%s", diff)
	}
	updated := a.send("PUT", "/v2/applications/"+id, read.text).want(t, 200).json
	delete(updated, "_links")
	delete(old, "_links")
	fallback, _ := at(old, "capabilities", "voice", "webhooks", "fallback_answer_url").(document)
	fallback["socket_timeout"], fallback["connect_timeout"] = 5000., 1000.
	if diff := cmp.Diff(old, updated); diff != "" {
		t.Errorf("taken back (-want +got):\n%s", diff)
	}
	if got := a.send("POST", "/v2/applications", read.text); got.status != 400 {
		t.Errorf("as a new application: HTTP status %d, want 400", got.status)
	}
}

func TestApplicationRequestsAreRefused(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	id := text(create(t, a, `"name":"n"`), "id")
	const good = `{"name":"n"}`
	for _, test := range []struct {
		name   string
		got    reply
		status int
		kind   string
	}{
		{"wrong secret", a.get("/v2/applications", func(r *http.Request) { r.SetBasicAuth(apiKey, "wrong") }), 401, "api-errors#unauthorized"},
		{"wrong key", a.get("/v2/applications", func(r *http.Request) { r.SetBasicAuth("other", apiSecret) }), 401, "api-errors#unauthorized"},
		{"no credentials", a.get("/v2/applications", without("Authorization")), 401, "api-errors#unauthorized"},
		{
			"credentials in the query", a.get("/v2/applications?api_key="+apiKey+"&api_secret=x", without("Authorization")), 401,
			"api-errors#unauthorized",
		},
		{"credentials twice", a.get("/v2/applications?api_key=" + apiKey + "&api_secret=x"), 401, "api-errors#multiple-auth-methods"},
		{"half of them twice", a.get("/v2/applications?api_secret=x"), 401, "api-errors#multiple-auth-methods"},
		{"unknown id", a.get("/v2/applications/ABC123"), 404, "api-errors#not-found"},
		{"update of an unknown id", a.send("PUT", "/v2/applications/ABC123", good), 404, "api-errors#not-found"},
		{"delete of an unknown id", a.do("DELETE", "/v2/applications/ABC123", nil), 404, "api-errors#not-found"},
		{"trailing slash", a.get("/v2/applications/"), 404, "api-errors#not-found"},
		{"trailing slash after the id", a.get("/v2/applications/" + id + "/"), 404, "api-errors#not-found"},
		{"double slash", a.get("/v2//applications"), 404, "api-errors#not-found"},
		{"dots", a.get("/v2/x/../applications"), 404, "api-errors#not-found"},
		{"PATCH", a.send("PATCH", "/v2/applications/"+id, good), 405, "api-errors#wrong-verb"},
		{"XML wanted", a.get("/v2/applications", header("Accept", "text/xml")), 406, "api-errors#accept-header"},
		{
			"form sent", a.send("POST", "/v2/applications", good, header("Content-Type", "application/x-www-form-urlencoded")), 415,
			"api-errors#content-type-header",
		},
		{"no type sent", a.send("PUT", "/v2/applications/"+id, good, without("Content-Type")), 415, "api-errors#content-type-header"},
		{"no JSON", a.send("POST", "/v2/applications", `{"name":`), 400, "api-errors#invalid-json"},
		{"two values", a.send("POST", "/v2/applications", good+good), 400, "api-errors#invalid-json"},
		{"a list", a.send("POST", "/v2/applications", `[]`), 400, "api-errors#invalid-json"},
		{"PHP's empty array", a.send("POST", "/v2/applications", `{"name":"n","capabilities":[]}`), 500, "api-errors#internal-error"},
	} {
		if test.got.status != test.status || !strings.HasSuffix(text(test.got.json, "type"), test.kind) {
			t.Errorf("%s: HTTP status %d %v, want %d …%s", test.name, test.got.status, test.got.json["type"], test.status, test.kind)
		}
	}
	if got := text(a.get("/v2/applications/ABC123").json, "detail"); got != "ID 'ABC123' does not exist, or you do not have access" {
		t.Errorf("detail of a 404: %q", got)
	}
	if got := a.get("/v2/applications", header("Accept", "text/html, application/json;q=0.9")); got.status != 200 {
		t.Errorf("JSON among others: HTTP status %d", got.status)
	}
	if got := a.send("PUT", "/v2/applications/"+id, good, header("Content-Type", "application/json; charset=utf-8")); got.status != 200 {
		t.Errorf("content type with charset: HTTP status %d", got.status)
	}
}

func TestApplicationDelete(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	id := text(create(t, a, `"name":"n"`), "id")
	if got := a.do("DELETE", "/v2/applications/"+id, nil).want(t, 204); got.text != "" {
		t.Errorf("body %q", got.text)
	}
	a.get("/v2/applications/"+id).want(t, 404)
	if items := at(a.get("/v2/applications").json, "total_items"); items != 0. {
		t.Errorf("total_items %v", items)
	}
}
