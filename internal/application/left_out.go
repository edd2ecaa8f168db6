// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"reflect"
	"slices"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// A capability that the API does not mention is off. The exception is one that was sent as an empty object and was not
// mentioned in the answer to that either: whether it is on cannot be seen then, and it stays as configured. Those are kept
// in private state, until the API does mention them.

const leftOutPrivate = "left_out" // their name in private state

// leftOut names the capabilities that were sent empty and are not in the answer.
func leftOut(sent, answer vonage.Capabilities) []string {
	names := []string{}
	for name, field := range capabilityFields(&answer) {
		if asked := reflect.ValueOf(sent).FieldByIndex(field.index); field.value.IsNil() && !asked.IsNil() && asked.Elem().IsZero() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// putBack adds the capabilities that were left out before and still are. It returns them with the names of those.
func putBack(read vonage.Capabilities, names []string) (vonage.Capabilities, []string) {
	still := []string{}
	for name, field := range capabilityFields(&read) {
		if field.value.IsNil() && slices.Contains(names, name) {
			field.value.Set(reflect.New(field.value.Type().Elem()))
			still = append(still, name)
		}
	}
	slices.Sort(still)
	return read, still
}

type capabilityField struct {
	index []int
	value reflect.Value
}

// capabilityFields gives the fields by the API's names.
func capabilityFields(of *vonage.Capabilities) map[string]capabilityField {
	fields := map[string]capabilityField{}
	for field, value := range reflect.ValueOf(of).Elem().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		fields[name] = capabilityField{field.Index, value}
	}
	return fields
}
