// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package ncco validates call control objects (NCCOs), the JSON documents that tell Vonage what to do with a call, and
// offers that as a provider function.
//
// The options of each action are those of Vonage's NCCO reference,
// https://developer.vonage.com/en/voice/voice-api/ncco-reference.
package ncco

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Normalize returns the NCCO for a list of actions as canonical JSON: keys are sorted, spaces and null fields removed,
// single values wrapped in a list where the API requires one, phone numbers reduced to E.164 digits, and numbers and
// booleans in strings converted back.
//
// Values have the types that encoding/json decodes to with UseNumber: nil, bool, string, json.Number, []any or
// map[string]any. The error names every wrong field by its position, such as "actions[1].endpoint[0].number".
func Normalize(value any) (string, error) {
	var found problems
	normal := list(anyCount, variant("action", actions))(&found, "actions", value)
	if len(found) == 0 {
		checkBargeIn(&found, normal)
	}
	if len(found) > 0 {
		return "", errors.Join(found...)
	}
	var document bytes.Buffer
	encoder := json.NewEncoder(&document)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(normal); err != nil {
		return "", fmt.Errorf("encoding the NCCO: %w", err)
	}
	return strings.TrimSuffix(document.String(), "\n"), nil
}

// NormalizeJSON is Normalize for a list of actions in JSON.
func NormalizeJSON(document string) (string, error) {
	decoder := json.NewDecoder(strings.NewReader(document))
	decoder.UseNumber()
	var actions any
	if err := decoder.Decode(&actions); err != nil {
		return "", fmt.Errorf("reading the NCCO: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return "", errors.New("reading the NCCO: there is text after its end")
	}
	return Normalize(actions)
}

// problems are the errors found in a document, in document order.
type problems []error

func (p *problems) addf(at, format string, args ...any) {
	*p = append(*p, fmt.Errorf("%s: %w", at, fmt.Errorf(format, args...)))
}

// A rule checks one non-null value and returns its canonical form.
type rule func(found *problems, at string, value any) any

// checkBargeIn checks a rule that spans actions: if speech or audio may be interrupted, an input action must follow to
// receive the interrupting input.
func checkBargeIn(found *problems, normal any) {
	actions, _ := normal.([]any)
	for i, action := range actions {
		if option(action, "bargeIn") != true {
			continue
		}
		silent := slices.IndexFunc(actions[i:], func(next any) bool {
			return option(next, "action") != "talk" && option(next, "action") != "stream"
		})
		at := fmt.Sprintf("actions[%d].bargeIn", i)
		switch {
		case silent < 0:
			found.addf(at, "the next action that is neither talk nor stream must be input, and there is none")
		case option(actions[i+silent], "action") != "input":
			found.addf(at, "the next action that is neither talk nor stream must be input, not %s", option(actions[i+silent], "action"))
		}
	}
}

func option(action any, name string) any {
	options, _ := action.(map[string]any)
	return options[name]
}
