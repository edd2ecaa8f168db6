// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"reflect"
	"slices"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// A capability that the API omits is off. The exception is one that was sent as an empty object and is missing from the
// response to that write, too: whether it is on cannot be determined, so it stays as configured. Private state stores
// these capabilities until the API returns them.

var leftOutMarker = framework.Marker[[]string]{Key: "left_out", Noun: "application", Tells: "which capabilities Vonage has left out of its answers"}

// leftOut returns the names of the capabilities that were sent empty and are missing from the answer.
func leftOut(sent, answer vonage.Capabilities) []string {
	var names []string
	for name, field := range capabilityFields(&answer) {
		if asked := reflect.ValueOf(sent).FieldByIndex(field.index); field.value.IsNil() && !asked.IsNil() && asked.Elem().IsZero() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// putBack adds the named capabilities that are still missing from read. It returns the result and the names of those
// added.
func putBack(read vonage.Capabilities, names []string) (vonage.Capabilities, []string) {
	var still []string
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

// capabilityFields returns the fields by their API names.
func capabilityFields(of *vonage.Capabilities) map[string]capabilityField {
	fields := map[string]capabilityField{}
	for field, value := range reflect.ValueOf(of).Elem().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		fields[name] = capabilityField{field.Index, value}
	}
	return fields
}
