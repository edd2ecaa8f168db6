// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package document reads and copies JSON objects as they were received.
package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Timestamp formats a time as the API does: UTC, with milliseconds.
func Timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// Object is a JSON object as sent and received: numbers are json.Number, so values that the emulator does not
// understand are returned unchanged. A stored document is never modified, only replaced, so readers may encode it
// without a lock.
type Object = map[string]any

// Parse decodes one JSON value and refuses anything after it.
func Parse(text []byte) (any, error) {
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

// ParseObject decodes one JSON object.
func ParseObject(text []byte) (Object, error) {
	value, err := Parse(text)
	if err != nil {
		return nil, err
	}
	parsed, ok := value.(Object)
	if !ok {
		return nil, errors.New("not a JSON object")
	}
	return parsed, nil
}

// Decode decodes one JSON value that people have written into a type, and says where it cannot. An unknown property is an
// error, because it would silently have no effect. Some editors begin a file with a byte order mark.
func Decode(text []byte, into any) error {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if len(bytes.TrimSpace(text)) == 0 {
		return errors.New("there is no JSON, it is empty")
	}
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return errors.New("it is UTF-16: save it as UTF-8")
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return located(text, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: something follows the JSON value", place(text, decoder.InputOffset()))
	}
	return nil
}

// located adds to an error the place in the text that it is about, if it says so.
func located(text []byte, err error) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("%s: %w", place(text, syntax.Offset), err)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%s: it ends in the middle", place(text, int64(len(text))))
	}
	return Plain(err)
}

// Plain says of a value of the wrong type what it is and has to be, in JSON's words instead of Go's. Other errors stay.
func Plain(err error) error {
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok || wrong.Type == nil {
		return err
	}
	name := "it"
	if path := strings.Split(wrong.Field, "."); wrong.Field != "" {
		name = path[len(path)-1]
	}
	needed, known := map[reflect.Kind]string{
		reflect.String: "a string", reflect.Bool: "true or false", reflect.Map: "an object", reflect.Struct: "an object", reflect.Slice: "an array",
		reflect.Int: "an integer", reflect.Int64: "an integer", reflect.Uint64: "an integer", reflect.Float64: "a number",
	}[wrong.Type.Kind()]
	if !known {
		return err
	}
	return fmt.Errorf("%s has to be %s, not %s", name, needed, wrong.Value)
}

// place returns the line and the column before an offset.
func place(text []byte, offset int64) string {
	before := text[:min(max(offset, 0), int64(len(text)))]
	line := 1 + bytes.Count(before, []byte("\n"))
	return fmt.Sprintf("line %d, column %d", line, len(before)-1-bytes.LastIndexByte(before, '\n'))
}

// From converts any value that encodes as a JSON object.
func From(value any) (Object, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encoding the document: %w", err)
	}
	return ParseObject(text)
}

// Copy returns a deep copy, to be modified.
func Copy[T any](value T) T {
	copied, _ := copyValue(value).(T)
	return copied
}

func copyValue(value any) any {
	switch value := value.(type) {
	case Object:
		copied := make(Object, len(value))
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

// ObjectAt returns the object at a path of names; if there is none, nil, which can be read from.
func ObjectAt(value any, path ...string) Object {
	found, _ := At(value, path...).(Object)
	return found
}

// Text returns the string at a path of names, or "" if there is none.
func Text(value any, path ...string) string {
	found, _ := At(value, path...).(string)
	return found
}

// Flag returns the boolean at a path of names, or false if there is none.
func Flag(value any, path ...string) bool {
	found, _ := At(value, path...).(bool)
	return found
}

// List returns the array at a path of names, or nil if there is none.
func List(value any, path ...string) []any {
	found, _ := At(value, path...).([]any)
	return found
}

// Integer returns the integer at a path of names, or fallback if there is none.
func Integer(value any, fallback int, path ...string) int {
	number, ok := At(value, path...).(json.Number)
	if !ok {
		return fallback
	}
	whole, err := strconv.Atoi(number.String())
	if err != nil {
		return fallback
	}
	return whole
}

// At returns the value at a path of names, or nil if there is none.
func At(value any, path ...string) any {
	for _, name := range path {
		parent, ok := value.(Object)
		if !ok {
			return nil
		}
		value = parent[name]
	}
	return value
}

// Number returns an integer as documents represent it.
func Number(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// Fill sets a property unless it is present.
func Fill(target Object, name string, value any) {
	if _, present := target[name]; !present {
		target[name] = value
	}
}

// Within returns the object under a name, creating it if absent.
func Within(target Object, name string) Object {
	if existing, ok := target[name].(Object); ok {
		return existing
	}
	made := Object{}
	target[name] = made
	return made
}
