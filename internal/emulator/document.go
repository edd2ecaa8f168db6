// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// document is a JSON object as it travels: numbers are json.Number, so that a value the emulator does not understand
// leaves as it came. A stored document is never changed, only replaced, so readers may encode it without a lock.
type document = map[string]any

// parseJSON reads one JSON value and nothing after it.
func parseJSON(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return value, nil
}

// parseDocument reads one JSON object.
func parseDocument(text []byte) (document, error) {
	value, err := parseJSON(text)
	if err != nil {
		return nil, err
	}
	parsed, ok := value.(document)
	if !ok {
		return nil, errors.New("not a JSON object")
	}
	return parsed, nil
}

// toDocument takes anything that encodes as a JSON object.
func toDocument(value any) (document, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encoding the document: %w", err)
	}
	return parseDocument(text)
}

// copyOf is a deep copy, for a document that is about to be changed.
func copyOf[T any](value T) T {
	copied, _ := copyValue(value).(T)
	return copied
}

func copyValue(value any) any {
	switch value := value.(type) {
	case document:
		copied := make(document, len(value))
		for name, member := range value {
			copied[name] = copyValue(member)
		}
		return copied
	case []any:
		copied := make([]any, len(value))
		for i, member := range value {
			copied[i] = copyValue(member)
		}
		return copied
	default:
		return value
	}
}

// object is the object at the end of a path of names; nil, from which one can read, when there is none.
func object(value any, path ...string) document {
	found, _ := at(value, path...).(document)
	return found
}

// text is the string at the end of a path of names, "" when there is none.
func text(value any, path ...string) string {
	found, _ := at(value, path...).(string)
	return found
}

// flag is the boolean at the end of a path of names, false when there is none.
func flag(value any, path ...string) bool {
	found, _ := at(value, path...).(bool)
	return found
}

// list is the array at the end of a path of names, nil when there is none.
func list(value any, path ...string) []any {
	found, _ := at(value, path...).([]any)
	return found
}

// integer is the whole number at the end of a path of names, or fallback when there is none.
func integer(value any, fallback int, path ...string) int {
	number, ok := at(value, path...).(json.Number)
	if !ok {
		return fallback
	}
	whole, err := strconv.Atoi(number.String())
	if err != nil {
		return fallback
	}
	return whole
}

func at(value any, path ...string) any {
	for _, name := range path {
		parent, ok := value.(document)
		if !ok {
			return nil
		}
		value = parent[name]
	}
	return value
}

// number is how documents hold numbers.
func number(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// fill sets a property that is absent.
func fill(target document, name string, value any) {
	if _, present := target[name]; !present {
		target[name] = value
	}
}

// within gives the object under a name, making it when absent.
func within(target document, name string) document {
	if existing, ok := target[name].(document); ok {
		return existing
	}
	made := document{}
	target[name] = made
	return made
}
