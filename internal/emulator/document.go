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

// document is a JSON object as sent and received: numbers are json.Number, so values that the emulator does not
// understand are returned unchanged. A stored document is never modified, only replaced, so readers may encode it
// without a lock.
type document = map[string]any

// parseJSON decodes one JSON value and refuses anything after it.
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

// parseDocument decodes one JSON object.
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

// toDocument converts any value that encodes as a JSON object.
func toDocument(value any) (document, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encoding the document: %w", err)
	}
	return parseDocument(text)
}

// copyOf returns a deep copy, to be modified.
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

// object returns the object at a path of names; if there is none, nil, which can be read from.
func object(value any, path ...string) document {
	found, _ := at(value, path...).(document)
	return found
}

// text returns the string at a path of names, or "" if there is none.
func text(value any, path ...string) string {
	found, _ := at(value, path...).(string)
	return found
}

// flag returns the boolean at a path of names, or false if there is none.
func flag(value any, path ...string) bool {
	found, _ := at(value, path...).(bool)
	return found
}

// list returns the array at a path of names, or nil if there is none.
func list(value any, path ...string) []any {
	found, _ := at(value, path...).([]any)
	return found
}

// integer returns the integer at a path of names, or fallback if there is none.
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

// number returns an integer as documents represent it.
func number(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// fill sets a property unless it is present.
func fill(target document, name string, value any) {
	if _, present := target[name]; !present {
		target[name] = value
	}
}

// within returns the object under a name, creating it if absent.
func within(target document, name string) document {
	if existing, ok := target[name].(document); ok {
		return existing
	}
	made := document{}
	target[name] = made
	return made
}
