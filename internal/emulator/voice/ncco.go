// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package voice

import (
	"errors"
	"fmt"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// errNCCOSyntax is the reason in the error event for an NCCO that cannot be executed, in Vonage's words.
var errNCCOSyntax = errors.New("Syntax error in NCCO. Invalid value type or action.") //nolint:revive,staticcheck // Vonage's words

// neededBy returns the required properties of an action and whether the action exists:
// https://developer.vonage.com/en/voice/voice-api/ncco-reference.
func neededBy(action string) (needed shape.Object, known bool) {
	word, urls := shape.Text{Required: true}, shape.ListOf(shape.Text{Required: true})
	switch action {
	case "connect":
		return shape.Object{{Name: "endpoint", Shape: shape.ListOf(shape.AnyObject{}), Required: true}}, true
	case "conversation":
		return shape.Object{{Name: "name", Shape: word, Required: true}}, true
	case "talk":
		return shape.Object{{Name: "text", Shape: shape.Text{}, Required: true}}, true
	case "stream":
		return shape.Object{{Name: "streamUrl", Shape: urls, Required: true}}, true
	case "input":
		return shape.Object{{Name: "type", Shape: shape.Anything{}, Required: true}}, true // a string in older documents, now a list
	case "notify":
		return shape.Object{{Name: "payload", Shape: shape.AnyObject{}, Required: true}, {Name: "eventUrl", Shape: urls, Required: true}}, true
	case "transfer":
		return shape.Object{{Name: "conversationId", Shape: word, Required: true}}, true
	case "record", "wait":
		return nil, true
	default:
		return nil, false
	}
}

// parseNCCO decodes a list of call-control actions. One invalid action makes the whole list invalid.
func parseNCCO(text []byte) ([]document.Object, error) {
	value, err := document.Parse(text)
	if err != nil {
		return nil, err
	}
	values, ok := value.([]any)
	if !ok {
		return nil, errors.New("not a JSON array")
	}
	return checkNCCO(values)
}

func checkNCCO(values []any) ([]document.Object, error) {
	actions := make([]document.Object, len(values))
	for i, value := range values {
		action := document.ObjectAt(value)
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

func checkAction(action document.Object) error {
	kind := document.Text(action, "action")
	needed, known := neededBy(kind)
	if !known {
		return fmt.Errorf("there is no action %q", kind)
	}
	var checked shape.Checker
	needed.Check(&checked, "", action, nil)
	switch {
	case len(checked.Invalid) > 0:
		return fmt.Errorf("%s: %s %s", kind, checked.Invalid[0].Name, checked.Invalid[0].Reason)
	case kind == "connect" && !oneEndpoint(document.List(action, "endpoint")):
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
	}[document.Text(endpoints[0], "type")]
	return known && document.Text(endpoints[0], address) != ""
}
