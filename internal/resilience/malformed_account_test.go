// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// The malformed application and number, each with a documented one listed before and after it.
const (
	malformedApplication = "bbbbbbbb-0000-4000-8000-000000000002"
	malformedDigits      = "447700900002"
	malformedNumber      = "GB/" + malformedDigits
	malformedOffer       = "447700900005"
)

var (
	soundApplications = []string{"aaaaaaaa-0000-4000-8000-000000000001", "cccccccc-0000-4000-8000-000000000003"}
	soundNumbers      = []string{"GB/447700900001", "GB/447700900003"}
)

// malformedAccount is an account whose answers about one application, or one number and one offer, are changed once it is odd.
type malformedAccount struct {
	*acctest.Env

	t         *testing.T
	malformed atomic.Bool
	objects   map[string]acctest.Object // as imported before, by type and id
}

func newMalformedAccount(t *testing.T, change func(document values)) *malformedAccount {
	t.Helper()
	a := &malformedAccount{t: t, objects: map[string]acctest.Object{}}
	a.Env = acctest.New(t, acctest.Around(func(emulator http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPut {
				r = a.keepingKey(r)
			}
			answer := httptest.NewRecorder()
			emulator.ServeHTTP(answer, r)
			w.WriteHeader(answer.Code)
			_, _ = w.Write(a.changed(answer.Body.Bytes(), change))
		})
	}))
	voice := values{"webhooks": values{"answer_url": values{"address": "https://example.com/answer", "http_method": "GET"}}}
	for i, id := range append([]string{malformedApplication}, soundApplications...) {
		a.must(a.Emulator.SeedApplication(id, values{
			"name": "n" + id[:1], "keys": values{"public_key": acctest.PublicKey(i)}, "capabilities": values{"voice": voice},
		}))
	}
	for _, id := range append([]string{malformedNumber}, soundNumbers...) {
		a.must(a.Emulator.SeedNumber(id, values{"type": "mobile-lvn", "features": []any{"VOICE"}, "app_id": soundApplications[0]}))
	}
	for _, msisdn := range []string{"447700900004", malformedOffer, "447700900006"} {
		a.must(a.Emulator.SeedInventory(values{"country": "GB", "msisdn": msisdn, "type": "mobile-lvn", "features": []any{"VOICE"}, "cost": "1"}))
	}
	for typeName, ids := range map[string][]string{
		"vonage_application": applications(), "vonage_number": numbers(), "vonage_number_link": numbers(),
	} {
		for _, id := range ids {
			object, diags := a.Protocol(t).Import(typeName, id)
			diags.Errors().MustBeEmpty(t)
			a.objects[typeName+" "+id] = object
		}
	}
	a.malformed.Store(true)
	return a
}

// applications returns the ids of all applications, the malformed one in the middle; numbers those of the numbers.
func applications() []string {
	return []string{soundApplications[0], malformedApplication, soundApplications[1]}
}
func numbers() []string { return []string{soundNumbers[0], malformedNumber, soundNumbers[1]} }

func (a *malformedAccount) must(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

// keepingKey returns an update with the malformed application's real key if it sends another one that no application can be given:
// it can only be the one that was read. Vonage takes back what it has shown; the emulator does not know that it has.
func (a *malformedAccount) keepingKey(r *http.Request) *http.Request {
	var body values
	a.must(json.NewDecoder(r.Body).Decode(&body))
	keys, _ := body["keys"].(values)
	if key, _ := keys["public_key"].(string); !vonage.SamePublicKey(key, key) {
		keys["public_key"] = acctest.PublicKey(0)
	}
	encoded, err := json.Marshal(body)
	a.must(err)
	same := r.Clone(r.Context())
	same.Body, same.ContentLength = io.NopCloser(bytes.NewReader(encoded)), int64(len(encoded))
	return same
}

// changed returns a response with the malformed object in it changed, wherever it is.
func (a *malformedAccount) changed(body []byte, change func(values)) []byte {
	var document any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if !a.malformed.Load() || decoder.Decode(&document) != nil {
		return body
	}
	var visit func(any)
	visit = func(node any) {
		switch node := node.(type) {
		case values:
			if node["id"] == malformedApplication || node["msisdn"] == malformedDigits || node["msisdn"] == malformedOffer {
				change(node)
				return
			}
			for _, member := range node {
				visit(member)
			}
		case []any:
			for _, element := range node {
				visit(element)
			}
		}
	}
	visit(document)
	encoded, err := json.Marshal(document)
	a.must(err)
	return encoded
}

// mustBeAlone requires what a reader of one object may say: nothing, if the object can be read, and else one error that names
// it and does not suspect the network.
func mustBeAlone(t *testing.T, id string, unreadable bool, diags acctest.Diagnostics) {
	t.Helper()
	if !unreadable {
		diags.Errors().MustBeEmpty(t)
		return
	}
	problem := diags.MustFail(t, "", "Unable to", strings.TrimPrefix(id, "GB/"), "a form that this version of the provider does not know")
	if strings.Contains(problem.Detail, "prox") {
		t.Errorf("advice about proxies: %s", problem.Detail)
	}
}

// mustReadAll refreshes, imports and reads as a data source all objects of a type, in one run each, and keeps the imported
// objects. argument is the data source's argument for the id.
func (a *malformedAccount) mustReadAll(typeName, dataSource, argument string, ids []string, malformed malformedDocument) {
	a.t.Helper()
	latest := map[string]acctest.Object{}
	refreshing, importing, reading := a.Protocol(a.t), a.Protocol(a.t), a.Protocol(a.t)
	for _, id := range append(ids, ids...) {
		isMalformed := id == malformedApplication || id == malformedNumber
		unreadable := isMalformed && malformed.unreadable
		before := a.objects[typeName+" "+id]
		read, diags := refreshing.Read(typeName, before)
		mustBeAlone(a.t, id, unreadable, diags)
		gone := isMalformed && (malformed.elsewhere || malformed.relinked && typeName == "vonage_number_link")
		if !unreadable && (read.State == nil) != gone {
			a.t.Errorf("%s %s is in the state: %t", typeName, id, read.State != nil)
		}
		if !isMalformed {
			if diff := cmp.Diff(before.State, read.State); diff != "" {
				a.t.Errorf("%s %s changed: %s", typeName, id, diff)
			}
		}
		if isMalformed && malformed.elsewhere {
			continue
		}
		imported, diags := importing.Import(typeName, id)
		mustBeAlone(a.t, id, unreadable, diags)
		if !unreadable {
			latest[typeName+" "+id] = imported
		}
		_, diags = reading.ReadDataSource(dataSource, values{argument: strings.TrimPrefix(id, "GB/")})
		mustBeAlone(a.t, id, unreadable, diags)
	}
	maps.Copy(a.objects, latest)
}

// mustListAll requires that data sources and list resources show all objects, or all that have an id, and warn of one that
// they cannot read.
func (a *malformedAccount) mustListAll(dataSource, attribute string, config values, listResource string, malformed malformedDocument) {
	a.t.Helper()
	want, warnings := 3, 0
	if malformed.unreadable {
		warnings = 1
		if malformed.elsewhere {
			want = 2
		}
	}
	state, diags := a.Protocol(a.t).ReadDataSource(dataSource, config)
	diags.Errors().MustBeEmpty(a.t)
	if shown, _ := state[attribute].([]any); len(shown) != want || len(diags) != warnings {
		a.t.Errorf("%s shows %d, with the warnings:\n%s%v", dataSource, len(shown), diags, shown)
	}
	if listResource == "" {
		return
	}
	results, diags := a.Protocol(a.t).List(listResource, values{}, 100, true)
	shown := 0
	for _, result := range results {
		diags = append(diags, result.Diagnostics...)
		if result.Identity != nil {
			shown++
		}
	}
	if shown != want || len(diags) != warnings || diags.HasError() {
		a.t.Errorf("list %s shows %d, and says:\n%s", listResource, shown, diags)
	}
}
