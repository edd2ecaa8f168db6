// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"encoding/json"
	"reflect"
	"strings"
)

// applicationDocument is an application both as received and as decoded.
type applicationDocument struct {
	application Application
	raw         map[string]any
}

func decodeApplication(body []byte) (applicationDocument, error) {
	var document applicationDocument
	if err := decode(body, &document.raw); err != nil {
		return applicationDocument{}, err
	}
	document.raw, _ = fit(document.raw, reflect.TypeFor[Application]()).(map[string]any)
	if err := decode(body, &document.application); err != nil {
		return applicationDocument{}, err
	}
	if document.application.ID == "" {
		return applicationDocument{}, unreadable("it has no id")
	}
	document.application = normalizeApplication(document.application)
	return document, nil
}

// newApplicationBody returns the body that creates an application, without an id and a private key.
func newApplicationBody(want Application) (map[string]any, error) {
	want.ID, want.Keys.PrivateKey = "", ""
	return toDocument(want)
}

// keepUnset returns want with the current public key and consent if it has none: PUT replaces everything, and its effect
// on missing keys or a missing consent is undocumented, so they are always sent.
func keepUnset(want, current Application) Application {
	if want.Keys.PublicKey == "" {
		want.Keys.PublicKey = current.Keys.PublicKey
	}
	if want.Privacy == nil || want.Privacy.ImproveAI == nil {
		want.Privacy = &Privacy{ImproveAI: new(bool)}
		if known := current.Privacy; known != nil && known.ImproveAI != nil {
			want.Privacy.ImproveAI = known.ImproveAI
		}
	}
	return want
}

// updateBody returns the body that replaces current: want, plus the members of current that this client does not model.
func updateBody(current applicationDocument, want Application) (map[string]any, error) {
	wanted, err := newApplicationBody(want)
	if err != nil {
		return nil, err
	}
	body := overlay(current.raw, wanted, reflect.TypeFor[Application]())
	delete(body, "_links")
	return body, nil
}

// overlay returns wanted plus the members of current that the Go type model does not know, recursively for objects
// that are in both.
func overlay(current, wanted map[string]any, model reflect.Type) map[string]any {
	known := knownKeys(model)
	result := map[string]any{}
	for key, value := range current {
		if _, ok := known[key]; !ok {
			result[key] = value
		}
	}
	for key, value := range wanted {
		before, hadObject := current[key].(map[string]any)
		after, isObject := value.(map[string]any)
		if hadObject && isObject {
			value = overlay(before, after, known[key])
		}
		result[key] = value
	}
	return result
}

// knownKeys returns the JSON keys that a type of this package models, with the types of their values.
func knownKeys(model reflect.Type) map[string]reflect.Type {
	if model.Kind() == reflect.Pointer {
		model = model.Elem()
	}
	known := map[string]reflect.Type{}
	if model == reflect.TypeFor[VideoWebhooks]() {
		for _, event := range VideoEvents() {
			known[event] = model.Elem()
		}
		return known
	}
	if model.Kind() != reflect.Struct {
		return known
	}
	for _, field := range reflect.VisibleFields(model) {
		if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "" {
			known[name] = field.Type
		}
	}
	return known
}

func toDocument(value any) (map[string]any, error) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var document map[string]any
	if err := decode(encoded, &document); err != nil {
		return nil, err
	}
	return document, nil
}
