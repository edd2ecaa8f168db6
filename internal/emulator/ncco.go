// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// errNCCOSyntax is what the error event says of an NCCO that cannot be carried out, in Vonage's words.
var errNCCOSyntax = errors.New("Syntax error in NCCO. Invalid value type or action.") //nolint:revive,staticcheck // not ours

// requiredFields are the actions there are, and what each cannot do without:
// https://developer.vonage.com/en/voice/voice-api/ncco-reference.
func requiredFields(action string) (fields []string, known bool) {
	switch action {
	case "connect":
		return []string{"endpoint"}, true
	case "conversation":
		return []string{"name"}, true
	case "talk":
		return []string{"text"}, true
	case "stream":
		return []string{"streamUrl"}, true
	case "input":
		return []string{"type"}, true
	case "notify":
		return []string{"payload", "eventUrl"}, true
	case "transfer":
		return []string{"conversationId"}, true
	case "record", "wait":
		return nil, true
	default:
		return nil, false
	}
}

// parseNCCO reads a list of call-control actions. One that cannot be carried out spoils the whole list.
func parseNCCO(text []byte) ([]document, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var values []any
	if err := decoder.Decode(&values); err != nil {
		return nil, fmt.Errorf("no JSON array: %w", err)
	}
	return checkNCCO(values)
}

func checkNCCO(values []any) ([]document, error) {
	actions := make([]document, len(values))
	for i, value := range values {
		action := object(value)
		if action == nil {
			return nil, fmt.Errorf("action %d is not an object", i)
		}
		if err := checkAction(action); err != nil {
			return nil, fmt.Errorf("action %d: %w", i, err)
		}
		actions[i] = action
	}
	return actions, nil
}

func checkAction(action document) error {
	kind := text(action, "action")
	fields, known := requiredFields(kind)
	if !known {
		return fmt.Errorf("there is no action %q", kind)
	}
	for _, field := range fields {
		if _, given := action[field]; !given {
			return fmt.Errorf("%s needs %s", kind, field)
		}
	}
	if kind == "connect" {
		if endpoints := list(action, "endpoint"); len(endpoints) != 1 || text(endpoints[0], "type") == "" {
			return errors.New("connect needs exactly one endpoint with a type")
		}
	}
	return nil
}

// eventHook is where an action wants its events, the application's own event URL otherwise. Actions give URLs as lists.
func (h webhook) eventHook(action document) webhook {
	urls := list(action, "eventUrl")
	if len(urls) == 0 {
		return h
	}
	address, _ := urls[0].(string)
	method := text(action, "eventMethod")
	if method == "" {
		method = "POST"
	}
	return webhook{address: address, method: method, timeout: h.timeout}
}
