// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"encoding/json"
	"reflect"
	"strconv"
)

// fit returns a decoded JSON value with its parts in the types of model, as far as they mean the same: "7" where a number is
// expected, 447700900001 where text is, and [] for an empty object, which PHP cannot tell from an empty list. Other parts
// stay as they are.
func fit(value any, model reflect.Type) any {
	for model.Kind() == reflect.Pointer {
		model = model.Elem()
	}
	if model != reflect.TypeFor[VideoWebhooks]() && reflect.PointerTo(model).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return value
	}
	switch model.Kind() { //nolint:exhaustive // values of other kinds stay as they are
	case reflect.Struct, reflect.Map:
		return fitObject(value, model)
	case reflect.Slice:
		return fitList(value, model.Elem())
	case reflect.Int64:
		return fitInt(value)
	case reflect.Bool:
		return fitBool(value)
	case reflect.String:
		if number, ok := value.(json.Number); ok {
			return number.String()
		}
	}
	return value
}

func fitObject(value any, model reflect.Type) any {
	if list, ok := value.([]any); ok && len(list) == 0 {
		return map[string]any{}
	}
	object, ok := value.(map[string]any)
	if !ok {
		return value
	}
	for key, member := range knownKeys(model) {
		if value, ok := object[key]; ok {
			object[key] = fit(value, member)
		}
	}
	return object
}

func fitList(value any, model reflect.Type) any {
	if object, ok := value.(map[string]any); ok && len(object) == 0 {
		return []any{}
	}
	list, _ := value.([]any)
	for i, element := range list {
		list[i] = fit(element, model)
	}
	return value
}

// textOf returns the text of a JSON string or number.
func textOf(value any) (string, bool) {
	if number, ok := value.(json.Number); ok {
		return number.String(), true
	}
	text, ok := value.(string)
	return text, ok
}

// fitInt reads "8" and 8.0 as 8, and "" as absent.
func fitInt(value any) any {
	text, ok := textOf(value)
	if !ok {
		return value
	}
	if text == "" {
		return nil
	}
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		float, floatErr := strconv.ParseFloat(text, 64)
		if floatErr != nil || float != float64(int64(float)) {
			return value
		}
		number = int64(float)
	}
	return json.Number(strconv.FormatInt(number, 10))
}

// fitBool reads "true" and 1 as true, and "" as absent.
func fitBool(value any) any {
	text, ok := textOf(value)
	if !ok {
		return value
	}
	if text == "" {
		return nil
	}
	if truth, err := strconv.ParseBool(text); err == nil {
		return truth
	}
	return value
}
