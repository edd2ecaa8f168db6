// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package malformed generates JSON documents that are almost valid, and checks the states made from them. Fuzzing alone rarely
// replaces a value by one of another type.
package malformed

import (
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"
)

// values replace a value of a document: one of every type, and variants that a decoder may confuse with others.
var values = []any{
	nil, true, json.Number("-1"), json.Number("1.5"), json.Number("1e400"), "", "odd \u0000", "9223372036854775808",
	[]any{},
	[]any{nil},
	map[string]any{},
	map[string]any{"odd": nil},
}

// Values returns what replaces a value of a document.
func Values() []any { return slices.Clone(values) }

// Documents yields document unchanged, and then every variation of it in which one value, at any depth, is removed or
// replaced by one of values. It panics if document is not JSON.
func Documents(document string) iter.Seq[string] {
	decoder := json.NewDecoder(strings.NewReader(document))
	decoder.UseNumber()
	var whole any
	if err := decoder.Decode(&whole); err != nil {
		panic(err)
	}
	return func(yield func(string) bool) {
		if !yield(document) {
			return
		}
		for _, variant := range variants(whole) {
			encoded, err := json.Marshal(variant)
			if err != nil {
				panic(err)
			}
			if !yield(string(encoded)) {
				return
			}
		}
	}
}

func variants(value any) []any {
	all := slices.Clone(values)
	switch value := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			less := maps.Clone(value)
			delete(less, key)
			all = append(all, less)
			for _, variant := range variants(value[key]) {
				changed := maps.Clone(value)
				changed[key] = variant
				all = append(all, changed)
			}
		}
	case []any:
		for i, element := range value {
			all = append(all, slices.Delete(slices.Clone(value), i, i+1))
			for _, variant := range variants(element) {
				changed := slices.Clone(value)
				changed[i] = variant
				all = append(all, changed)
			}
		}
	}
	return all
}
