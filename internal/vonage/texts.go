// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"bytes"
	"encoding/json"
)

// TextsOf returns JSON values as text, because the values of a Terraform map have one type: strings as they are, others as
// JSON. It leaves out what is no JSON.
func TextsOf(values map[string]json.RawMessage) map[string]string {
	if values == nil {
		return nil
	}
	texts := make(map[string]string, len(values))
	for name, value := range values {
		var text *string
		var compact bytes.Buffer
		switch {
		case json.Unmarshal(value, &text) == nil && text != nil:
			texts[name] = *text
		case json.Compact(&compact, value) == nil:
			texts[name] = compact.String()
		}
	}
	return texts
}

// ValuesOf returns texts as JSON strings.
func ValuesOf(texts map[string]string) map[string]json.RawMessage {
	if texts == nil {
		return nil
	}
	values := make(map[string]json.RawMessage, len(texts))
	for name, text := range texts {
		if value, err := json.Marshal(text); err == nil { // as for every string
			values[name] = value
		}
	}
	return values
}
