// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// document generates a JSON object; some of its keys are modelled by the given type and some are unknown.
func document(t *rapid.T, model reflect.Type, depth int) map[string]any {
	object := map[string]any{}
	for key, kind := range knownKeys(model) {
		if !rapid.Bool().Draw(t, "has "+key) {
			continue
		}
		if kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		switch kind {
		case reflect.TypeFor[string]():
			object[key] = rapid.StringMatching(`[a-z]{1,5}`).Draw(t, key)
		case reflect.TypeFor[bool]():
			object[key] = rapid.Bool().Draw(t, key)
		case reflect.TypeFor[int64]():
			object[key] = json.Number(rapid.StringMatching(`[1-9][0-9]{0,5}`).Draw(t, key))
		default:
			object[key] = document(t, kind, depth+1)
		}
	}
	for _, key := range rapid.SliceOfN(rapid.SampledFrom([]string{"future", "environment_id", "x-y"}), 0, 2).Draw(t, "nobody's") {
		if depth < 6 && rapid.Bool().Draw(t, "nested") {
			object[key] = map[string]any{"inside": json.Number("12345678901234567890")}
		} else {
			object[key] = "kept"
		}
	}
	return object
}

// checkOverlay compares an overlay with its inputs, key by key.
func checkOverlay(t *rapid.T, at string, current, wanted, got map[string]any, model reflect.Type) {
	known := knownKeys(model)
	for key, value := range got {
		before, had := current[key].(map[string]any)
		after, isObject := wanted[key].(map[string]any)
		_, modelled := known[key]
		switch {
		case modelled && isObject && had:
			inside, ok := value.(map[string]any)
			if !ok {
				t.Fatalf("%s.%s became %v", at, key, value)
			}
			checkOverlay(t, at+"."+key, before, after, inside, known[key])
		case modelled && !reflect.DeepEqual(value, wanted[key]):
			t.Fatalf("%s.%s is %v, wanted %v", at, key, value, wanted[key])
		case !modelled && !reflect.DeepEqual(value, current[key]):
			t.Fatalf("%s.%s was %v and is %v", at, key, current[key], value)
		}
	}
	for key := range current {
		if _, modelled := known[key]; !modelled && got[key] == nil {
			t.Fatalf("%s.%s is lost", at, key)
		}
	}
	for key := range wanted {
		if got[key] == nil {
			t.Fatalf("%s.%s was wanted and is missing", at, key)
		}
	}
}

// TestOverlayKeepsAndReplaces: at every level, modelled members are as wanted and all others are unchanged.
func TestOverlayKeepsAndReplaces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		model := reflect.TypeFor[Application]()
		current := document(t, model, 0)
		var want Application
		encoded, err := json.Marshal(document(t, model, 0))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(encoded, &want); err != nil {
			t.Fatal(err)
		}
		wanted, err := toDocument(want)
		if err != nil {
			t.Fatal(err)
		}
		checkOverlay(t, "application", current, wanted, overlay(current, wanted, model), model)
	})
}

// TestApplicationRoundTrip: everything modelled survives decoding and encoding.
func TestApplicationRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		encoded, err := json.Marshal(document(t, reflect.TypeFor[Application](), 7)) // depth 7: unknown members are never objects
		if err != nil {
			t.Fatal(err)
		}
		var once, twice Application
		if err := json.Unmarshal(encoded, &once); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(once)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(again, &twice); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(once, twice) {
			t.Fatalf("%s became %+v and then %+v", encoded, once, twice)
		}
	})
}
