// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"errors"
	"fmt"
)

// errNCCOSyntax is the reason in the error event for an NCCO that cannot be executed, in Vonage's words.
var errNCCOSyntax = errors.New("Syntax error in NCCO. Invalid value type or action.") //nolint:revive,staticcheck // not ours

// neededBy returns the required properties of an action and whether the action exists:
// https://developer.vonage.com/en/voice/voice-api/ncco-reference.
func neededBy(action string) (needed objectShape, known bool) {
	word, urls := textShape{required: true}, listShape{textShape{required: true}}
	switch action {
	case "connect":
		return objectShape{{name: "endpoint", shape: listShape{anyObject{}}, required: true}}, true
	case "conversation":
		return objectShape{{name: "name", shape: word, required: true}}, true
	case "talk":
		return objectShape{{name: "text", shape: textShape{}, required: true}}, true
	case "stream":
		return objectShape{{name: "streamUrl", shape: urls, required: true}}, true
	case "input":
		return objectShape{{name: "type", shape: anything{}, required: true}}, true // a string in older documents, now a list
	case "notify":
		return objectShape{{name: "payload", shape: anyObject{}, required: true}, {name: "eventUrl", shape: urls, required: true}}, true
	case "transfer":
		return objectShape{{name: "conversationId", shape: word, required: true}}, true
	case "record", "wait":
		return nil, true
	default:
		return nil, false
	}
}

// parseNCCO decodes a list of call-control actions. One invalid action makes the whole list invalid.
func parseNCCO(text []byte) ([]document, error) {
	value, err := parseJSON(text)
	if err != nil {
		return nil, err
	}
	values, ok := value.([]any)
	if !ok {
		return nil, errors.New("not a JSON array")
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
	needed, known := neededBy(kind)
	if !known {
		return fmt.Errorf("there is no action %q", kind)
	}
	var checked checker
	needed.check(&checked, "", action, nil)
	switch {
	case len(checked.invalid) > 0:
		return fmt.Errorf("%s: %s %s", kind, checked.invalid[0].Name, checked.invalid[0].Reason)
	case kind == "connect" && !oneEndpoint(list(action, "endpoint")):
		return errors.New("connect: endpoint " + oneEndpointNeeded)
	}
	return nil
}

const oneEndpointNeeded = "must be one phone, sip, websocket, app or vbc with its number, uri, user or extension"

// oneEndpoint reports whether a list contains exactly one endpoint, of a known type and with an address.
func oneEndpoint(endpoints []any) bool {
	if len(endpoints) != 1 {
		return false
	}
	address, known := map[string]string{
		"phone": "number", "sip": "uri", "websocket": "uri", "app": "user", "vbc": "extension",
	}[text(endpoints[0], "type")]
	return known && text(endpoints[0], address) != ""
}

// eventHook returns the webhook for an action's events: the action's own URL, given as a list, or else the
// application's event URL.
func (h webhook) eventHook(action document) webhook {
	urls := list(action, "eventUrl")
	if len(urls) == 0 {
		return h
	}
	address, _ := urls[0].(string)
	return webhook{address: address, method: cmp.Or(text(action, "eventMethod"), "POST"), timeout: h.timeout}
}
