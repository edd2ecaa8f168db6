// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// statesDirectory holds the states that users may have, in one directory per version of the provider that wrote them.
// They are never removed: every later version has to read them. A version that changes what is written adds a directory.
const statesDirectory = "testdata/states"

// pin is the version whose missing states are to be written.
var pin = flag.String("pin", "", "write the states of this version, which has not been released, to testdata, unless they are there")

// pinned is an object as it was written, with the configuration and the account that it was written for.
type pinned struct {
	TypeName string        `json:"type"`
	Version  int64         `json:"schema_version"`
	Config   values        `json:"config"`
	State    values        `json:"state"`
	Identity values        `json:"identity"`
	Private  []byte        `json:"private"`
	Account  emulator.Seed `json:"account"`
	// Secrets are the API secrets of accounts, by API key and id.
	Secrets map[string]map[string]string `json:"secrets,omitempty"`
}

// seedSecrets gives accounts their API secrets.
func (p pinned) seedSecrets(t *testing.T, e *emulator.Emulator) {
	t.Helper()
	for key, secrets := range p.Secrets {
		owner, opened := e.Lookup(key)
		for id, value := range secrets {
			if !opened {
				var err error
				if owner, err = e.OpenSubaccount(emulator.Opening{APIKey: key, APISecret: value}); err != nil {
					t.Fatal(err)
				}
				opened = true
			}
			owner.SeedAPISecret(id, value)
		}
	}
}

// TestPinnedStatesAreRead reads the states written by every version, in their account, and requires an empty plan.
func TestPinnedStatesAreRead(t *testing.T) {
	t.Parallel()
	if *pin != "" {
		pinStates(t, filepath.Join(statesDirectory, *pin))
	}
	for _, file := range pinnedFiles(t) {
		t.Run(filepath.ToSlash(strings.TrimPrefix(file, statesDirectory+string(filepath.Separator))), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				stored := readPinned(t, file)
				e := acctest.New(t, acctest.InMemory())
				if err := e.Emulator.Load(stored.Account); err != nil {
					t.Fatal(err)
				}
				stored.seedSecrets(t, e.Emulator)
				tried.add(pinnedStates, 1)
				p := e.Protocol(t, specimen.AsApplication())
				state, diags := p.Upgrade(stored.TypeName, stored.Version, stored.State)
				diags.MustBeEmpty(t)
				object := acctest.Object{State: state, Identity: stored.Identity, Private: stored.Private}
				for _, known := range []acctest.Object{object, object.WithoutIdentity()} {
					read, diags := p.Read(stored.TypeName, known)
					diags.MustBeEmpty(t)
					plan, diags := p.Plan(stored.TypeName, read, stored.Config)
					diags.MustBeEmpty(t)
					if diff := cmp.Diff(state, plan.State); diff != "" || len(plan.RequiresReplace) > 0 {
						t.Errorf("a change is planned (-state +plan), replacing for %v:\n%s", plan.RequiresReplace, diff)
					}
				}
			})
		})
	}
}

func pinnedFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(statesDirectory, "*", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no states: %v", err)
	}
	return files
}

func readPinned(t *testing.T, file string) pinned {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var stored pinned
	if err := json.Unmarshal(text, &stored); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return stored
}

// pinStates writes the states of all configurations.
func pinStates(t *testing.T, directory string) {
	t.Helper()
	if err := os.MkdirAll(directory, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, resource := range specimen.Resources() {
		configs := maps.Clone(resource.Pinned)
		if more, ok := withTheRest(t, resource.TypeName, resource.Pinned); ok {
			configs[resource.Noun+" with the rest"] = more
		}
		for name, config := range configs {
			synctest.Test(t, func(t *testing.T) {
				stored := create(t, resource.TypeName, config)
				text, err := json.MarshalIndent(stored, "", "  ")
				if err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(directory, strings.ReplaceAll(name, " ", "-")+".json")
				if _, err := os.Stat(file); err == nil {
					return
				}
				if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}

// create creates an object and returns it as it is to be pinned.
func create(t *testing.T, typeName string, config values) pinned {
	t.Helper()
	e := acctest.New(t, acctest.InMemory())
	fill(t, e.Emulator)
	p := e.Protocol(t, specimen.AsApplication())
	object, diags := p.Change(typeName, acctest.Object{}, config)
	if diags.HasError() {
		t.Fatalf("%s: %s", typeName, diags)
	}
	stored := pinned{
		TypeName: typeName, Version: p.Schema().ResourceSchemas[typeName].Version,
		Config: config, State: object.State, Identity: object.Identity, Private: object.Private, Account: seedOf(t, e.Emulator),
	}
	record := e.Emulator.Record()
	stored.Account.Account.MoCallbackURL, stored.Account.Account.DrCallbackURL = record.MoCallbackURL, record.DrCallbackURL
	if key, _ := object.State["api_key"].(string); key != "" {
		owner, _ := e.Emulator.Lookup(key)
		stored.Secrets = map[string]map[string]string{key: owner.APISecrets()}
	}
	for _, subaccount := range e.Emulator.Subaccounts() {
		key, secret := subaccount.Credentials()
		stored.Account.Subaccounts = append(stored.Account.Subaccounts, emulator.Seed{
			Account: emulator.Opening{APIKey: key, APISecret: secret, Record: subaccount.Record()},
		})
	}
	return stored
}

// seedOf returns what an account holds, without its settings, secrets and subaccounts.
func seedOf(t *testing.T, account *emulator.Emulator) emulator.Seed {
	t.Helper()
	held := map[string]map[string]json.RawMessage{}
	for _, kind := range account.Kinds() {
		if !kind.Shared {
			held[kind.Name] = raw(t, kind.All())
		}
	}
	return emulator.Seed{Documents: held}
}

func raw(t *testing.T, documents map[string]map[string]any) map[string]json.RawMessage {
	t.Helper()
	encoded := map[string]json.RawMessage{}
	for id, document := range documents {
		text, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		encoded[id] = text
	}
	return encoded
}

// TestEveryAttributeIsPinned fails if an attribute is offered that no pinned state contains.
func TestEveryAttributeIsPinned(t *testing.T) {
	t.Parallel()
	if *pin != "" {
		t.Skip("states are being written")
	}
	states := map[string][]any{}
	for _, file := range pinnedFiles(t) {
		stored := readPinned(t, file)
		states[stored.TypeName] = append(states[stored.TypeName], stored.State)
	}
	for typeName, schema := range acctest.New(t).Protocol(t).Schema().ResourceSchemas {
		for _, name := range missing(typeName, schema.Block.Attributes, states[typeName]) {
			t.Errorf("no pinned state holds %s: pin one with go test ./internal/resilience -run Pinned -pin VERSION; "+
				"if that does not help, no value of it could be guessed: set it in the specimen", name)
		}
	}
}

// missing returns the attributes that none of the objects has.
func missing(at string, attributes []*tfprotov6.SchemaAttribute, objects []any) []string {
	var names []string
	for _, attribute := range attributes {
		var held []any
		for _, object := range objects {
			if value := object.(values)[attribute.Name]; value != nil {
				held = append(held, value)
			}
		}
		name := at + "." + attribute.Name
		switch {
		case attribute.WriteOnly:
		case len(held) == 0:
			names = append(names, name)
		case attribute.NestedType != nil:
			names = append(names, missing(name, attribute.NestedType.Attributes, objectsIn(attribute.NestedType, held))...)
		}
	}
	return names
}

// objectsIn returns the objects in the values of a nested attribute.
func objectsIn(nested *tfprotov6.SchemaObject, held []any) []any {
	var objects []any
	for _, value := range held {
		switch value := value.(type) {
		case []any:
			objects = append(objects, value...)
		case values:
			if nested.Nesting == tfprotov6.SchemaObjectNestingModeSingle {
				objects = append(objects, value)
			} else {
				objects = slices.AppendSeq(objects, maps.Values(value))
			}
		}
	}
	return objects
}
