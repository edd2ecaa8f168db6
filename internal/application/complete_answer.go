// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"reflect"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// completeAnswer returns an application after a write: the API's response, completed with what was sent where the
// response omits it. Responses to updates omit privacy, verify and messages.version (Application API 2.4.1; fixtures of
// the Python SDK).
func completeAnswer(answer, sent vonage.Application) vonage.Application {
	fill(reflect.ValueOf(&answer).Elem(), reflect.ValueOf(sent))
	if answer.Capabilities.Video == nil || sent.Capabilities.Video == nil {
		return answer
	}
	// A secret that Vonage generated was not planned; the next refresh shows it.
	for event, hook := range answer.Capabilities.Video.Webhooks {
		if before, ok := sent.Capabilities.Video.Webhooks[event]; ok {
			hook.Secret = before.Secret
			answer.Capabilities.Video.Webhooks[event] = hook
		}
	}
	return answer
}

// fill copies to target what target omits, at any depth. Values that target points to are replaced, not modified: the
// client shares them with other readers of the application in the same run.
func fill(target, source reflect.Value) {
	switch {
	case target.Kind() == reflect.Struct:
		for i := range target.NumField() {
			fill(target.Field(i), source.Field(i))
		}
	case target.IsZero():
		target.Set(source)
	case target.Kind() == reflect.Pointer && !source.IsNil() && target.Elem().Kind() == reflect.Struct:
		filled := reflect.New(target.Type().Elem())
		filled.Elem().Set(target.Elem())
		fill(filled.Elem(), source.Elem())
		target.Set(filled)
	case target.Kind() == reflect.Map:
		filled := reflect.MakeMap(target.Type())
		for _, key := range append(target.MapKeys(), source.MapKeys()...) {
			element := reflect.New(target.Type().Elem()).Elem()
			if found := target.MapIndex(key); found.IsValid() {
				element.Set(found)
			}
			if left := source.MapIndex(key); left.IsValid() {
				fill(element, left)
			}
			filled.SetMapIndex(key, element)
		}
		target.Set(filled)
	}
}
