// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestControlSeedsDocuments(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	for path, want := range map[string]document{
		"applications/some-id":    {"id": "some-id", "name": "n", "x": document{"big": 1e18}},
		"numbers/GB/447700900001": {"country": "GB", "msisdn": "447700900001", "moSmppSysType": "s"},
	} {
		path = "/emulator/" + path
		a.get(path).want(t, 404)
		body, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		a.send("PUT", path, string(body), without("Authorization")).want(t, 204)
		if diff := cmp.Diff(want, a.get(path, without("Authorization")).want(t, 200).json); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
		a.do("DELETE", path, nil).want(t, 204)
		a.do("DELETE", path, nil).want(t, 404)
		a.get(path).want(t, 404)
		a.send("PUT", path, `[]`).want(t, 400)
		a.send("PUT", path, `{"id":`).want(t, 400)
	}
	a.send("PUT", "/emulator/numbers/447700900001", `{}`).want(t, 400)
	a.send("PUT", "/emulator/numbers/447700900001", `{"country":"GB"}`).want(t, 204)
	a.get("/emulator/numbers/GB/447700900001").want(t, 200)
	a.send("PUT", "/emulator/nonsense/x", `{}`).want(t, 404)
	if n := len(a.Requests()); n != 0 {
		t.Errorf("%d requests of the control API are in the log", n)
	}
}

func TestControlListsDocuments(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	seed(t, a.SeedApplication("A", document{}))
	seed(t, a.SeedNumber("GB/447700900001", document{}))
	if diff := cmp.Diff(document{"A": document{"id": "A"}}, a.get("/emulator/applications").json); diff != "" {
		t.Errorf("applications (-want +got):\n%s", diff)
	}
	want := document{"GB/447700900001": document{"country": "GB", "msisdn": "447700900001"}}
	if diff := cmp.Diff(want, a.get("/emulator/numbers").json); diff != "" {
		t.Errorf("numbers (-want +got):\n%s", diff)
	}
}

func TestSeedRefusesWhatIsNoDocument(t *testing.T) {
	t.Parallel()
	e := emulator.New(emulator.Options{})
	for name, err := range map[string]error{
		"a channel":      e.SeedApplication("A", make(chan int)),
		"a list":         e.SeedApplication("A", []int{1}),
		"broken JSON":    e.SeedNumber("GB/44", json.RawMessage(`{`)),
		"half an id":     e.SeedNumber("447700900001", document{}),
		"no country":     e.SeedNumber("/447700900001", document{}),
		"number of text": e.SeedNumber("GB/44", "text"),
		"small country":  e.SeedNumber("gb/44", document{}),
		"a plus":         e.SeedNumber("GB/+44", document{}),
		"a nameless one": e.SeedConversation("CON-1", document{"members": []any{nil}}),
		"events of text": e.SeedConversation("CON-1", document{"uuid": "CON-1", "sequence_number": "many"}),
	} {
		if err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

// A returned document is a copy that the caller may modify.
func TestDocumentsAreCopies(t *testing.T) {
	t.Parallel()
	e := emulator.New(emulator.Options{})
	seed(t, e.SeedApplication("A", document{"capabilities": document{"vbc": document{}}}))
	got, _ := e.Application("A")
	got["name"] = "changed"
	all := e.Applications()
	all["A"]["name"] = "changed"
	if again, _ := e.Application("A"); again["name"] != nil {
		t.Error("a caller changed the stored document")
	}
}
