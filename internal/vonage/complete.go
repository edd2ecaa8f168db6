// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"reflect"
	"slices"
	"strings"
)

// What a response leaves out is completed here and nowhere else.

// WrittenApplication is an application after a write: the API's response, with what the response omits taken from what was
// sent. Responses to updates omit privacy, verify and messages.version (Application API 2.4.1; fixtures of the Python SDK).
type WrittenApplication struct {
	Application

	// LeftOut are the API names, sorted, of the capabilities that were sent with nothing but defaults and are missing
	// from the response. A capability that the API omits is off, but it may also omit one that is on and has no settings.
	LeftOut []string
}

func complete(answer, sent Application) WrittenApplication {
	written := WrittenApplication{answer, leftOut(sent.Capabilities, answer.Capabilities)}
	sent.Keys.PrivateKey = ""
	fill(reflect.ValueOf(&written.Application).Elem(), reflect.ValueOf(sent))
	return written
}

// fill copies to target what target omits, at any depth. Values that target points to are replaced, not modified: they
// may be in use by others.
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

// leftOut returns the names of the capabilities that were sent with nothing but defaults and are missing from the response.
func leftOut(sent, answer Capabilities) []string {
	if video := sent.Video; video != nil && len(video.Webhooks) == 0 && video.Storage.isDefault() {
		sent.Video = &Video{}
	}
	var names []string
	for name, field := range capabilityFields(&answer) {
		if asked := reflect.ValueOf(sent).FieldByIndex(field.index); field.value.IsNil() && !asked.IsNil() && asked.Elem().IsZero() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// isDefault reports whether everything is off, which is the default (Application API 2.4.1).
func (s *VideoStorage) isDefault() bool {
	if s == nil {
		return true
	}
	for _, flag := range []*bool{s.ServerSideEncryption, s.EndToEndEncryption, s.CloudStorage} {
		if flag != nil && *flag {
			return false
		}
	}
	return true
}

// PutBack adds the capabilities that a write left out (see WrittenApplication) and that are still missing from a response
// read later. It returns the result and the names of those added.
func (c Capabilities) PutBack(leftOut []string) (Capabilities, []string) {
	var still []string
	for name, field := range capabilityFields(&c) {
		if field.value.IsNil() && slices.Contains(leftOut, name) {
			field.value.Set(reflect.New(field.value.Type().Elem()))
			still = append(still, name)
		}
	}
	slices.Sort(still)
	return c, still
}

// Has reports whether the application has the capability of that API name.
func (c Capabilities) Has(name string) bool {
	field, known := capabilityFields(&c)[name]
	return known && !field.value.IsNil()
}

type capabilityField struct {
	index []int
	value reflect.Value
}

// capabilityFields returns the fields by their API names.
func capabilityFields(of *Capabilities) map[string]capabilityField {
	fields := map[string]capabilityField{}
	for field, value := range reflect.ValueOf(of).Elem().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		fields[name] = capabilityField{field.Index, value}
	}
	return fields
}
