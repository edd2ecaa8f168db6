// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// object describes an object: its fields, and the rules between them. If a list contains objects of several kinds,
// Terraform may have given them all one type, so that each has the other kinds' fields as null.
type object struct {
	fields   fields
	together []together
	others   map[string]bool   // fields of the other kinds
	former   map[string]string // names of earlier versions, and what is written instead today
}

type fields map[string]field

type field struct {
	rule     rule
	required bool
}

func optional(r rule) field { return field{rule: r} }

func required(r rule) field { return field{rule: r, required: true} }

// together is a rule between the fields of one object, in their canonical form.
type together func(found *problems, at string, values map[string]any)

// check implements rule for o.
func (o object) check(found *problems, at string, value any) any {
	values, ok := value.(map[string]any)
	if !ok {
		found.addf(at, "must be an object, not %s", kind(value))
		return value
	}
	names := make(map[string]bool)
	for name := range values {
		names[name] = true
	}
	for name := range o.fields {
		names[name] = true
	}
	normal := make(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		position := below(at, name)
		field, known := o.fields[name]
		switch v := values[name]; {
		case !known && v == nil && o.others[name]:
		case !known:
			found.addf(position, "no such field; %s", o.suggestion(name))
		case v != nil:
			normal[name] = field.rule(found, position, v)
		case field.required:
			found.addf(position, "is required")
		}
	}
	for _, check := range o.together {
		check(found, at, normal)
	}
	return normal
}

// below returns the position of a member. A name that contains a line break, or could be misread or a secret, is quoted.
func below(at, name string) string {
	if quoted := vonage.Quote(name); quoted != `"`+name+`"` {
		return at + "[" + quoted + "]"
	}
	return at + "." + name
}

// variant returns the rule for objects of several kinds, told apart by the field called name.
func variant(name string, variants map[string]object) rule {
	words := slices.Sorted(maps.Keys(variants))
	others := make(map[string]bool)
	for _, one := range variants {
		for field := range one.fields {
			others[field] = true
		}
		for name := range one.former {
			others[name] = true
		}
	}
	return func(found *problems, at string, value any) any {
		values, ok := value.(map[string]any)
		if !ok {
			found.addf(at, "must be an object, not %s", kind(value))
			return value
		}
		word, _ := values[name].(string)
		chosen, ok := variants[word]
		switch {
		case values[name] == nil:
			found.addf(at+"."+name, "is required: %s", alternatives(words))
			return value
		case !ok:
			found.addf(at+"."+name, "must be %s, not %s", alternatives(words), quote(values[name]))
			return value
		}
		all := fields{name: required(oneOf(word))}
		maps.Copy(all, chosen.fields)
		return object{fields: all, together: chosen.together, others: others, former: chosen.former}.check(found, at, value)
	}
}

// notBoth returns the rule that two fields exclude each other. A field that is false does not count.
func notBoth(one, other string) together {
	return func(found *problems, at string, values map[string]any) {
		a, b := values[one], values[other]
		if a != nil && a != false && b != nil && b != false {
			found.addf(at+"."+one, "cannot be used together with %s", other)
		}
	}
}

// needs returns the rule that one field requires another one to have the value want.
func needs(one, other string, want any) together {
	return func(found *problems, at string, values map[string]any) {
		if values[one] != nil && values[other] != want {
			found.addf(at+"."+one, "needs %s = %s", other, quote(want))
		}
	}
}

// anything accepts every value, for data that the application passes to itself.
func anything(found *problems, at string, value any) any {
	switch v := value.(type) {
	case json.Number:
		if n, ok := parseNumber(v.String()); ok {
			return canonical(n)
		}
		found.addf(at, "has an exponent of more than three digits")
	case []any:
		normal := make([]any, len(v))
		for i := range v {
			normal[i] = anything(found, fmt.Sprintf("%s[%d]", at, i), v[i])
		}
		return normal
	case map[string]any:
		normal := make(map[string]any, len(v))
		for _, name := range slices.Sorted(maps.Keys(v)) {
			normal[name] = anything(found, below(at, name), v[name])
		}
		return normal
	}
	return value
}

// document accepts an object with any content.
func document(found *problems, at string, value any) any {
	if _, ok := value.(map[string]any); !ok {
		found.addf(at, "must be an object, not %s", kind(value))
		return value
	}
	return anything(found, at, value)
}

// suggestion says what to write instead of an unknown name: the known name that differs only in spelling, such as eventUrl
// for event_url, or today's form of a former name.
func (o object) suggestion(name string) string {
	known := slices.Sorted(maps.Keys(o.fields))
	for _, k := range known {
		if folded(k) == folded(name) {
			return "did you mean " + k + "?"
		}
	}
	for former, today := range o.former {
		if folded(former) == folded(name) {
			return "instead of this form of earlier versions, write " + today
		}
	}
	return "known fields: " + strings.Join(known, ", ")
}

func folded(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

func alternatives(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = quote(word)
	}
	if len(quoted) == 1 {
		return quoted[0]
	}
	return "one of " + strings.Join(quoted, ", ")
}

// quote returns a simple value as it is, and the kind of any other value.
func quote(value any) string {
	switch v := value.(type) {
	case string:
		return vonage.Quote(v)
	case bool, json.Number:
		return fmt.Sprint(v)
	}
	return kind(value)
}

func kind(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case string:
		if isJSON(value) {
			return "a string of JSON; decode it with jsondecode"
		}
		return "a string"
	case bool:
		return "a boolean"
	case json.Number:
		return "a number"
	case []any:
		return "a list"
	default:
		return "an object"
	}
}

// isJSON reports whether a value is the text of a list or an object, as old call scripts have it.
func isJSON(value any) bool {
	text, _ := value.(string)
	text = strings.TrimSpace(text)
	return (strings.HasPrefix(text, "[") || strings.HasPrefix(text, "{")) && json.Valid([]byte(text))
}
