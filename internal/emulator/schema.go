// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// shape defines which JSON values the API accepts in one place.
//
// carried is what the stored application has in that place, or nil. It is always accepted back, because Vonage's own
// tools send back what they received, including the fields of discontinued products.
type shape interface {
	check(c *checker, name string, value, carried any)
}

// checker collects the errors of a payload.
type checker struct {
	unknown     string // the first unknown property, in the words of the live Application API
	unknownName string // the path of that property
	invalid     []parameter
}

func (c *checker) refuse(name, reason string) {
	c.invalid = append(c.invalid, parameter{Name: name, Reason: reason})
}

// property is one known member of an object.
type property struct {
	name     string
	shape    shape
	required bool
}

// objectShape is an object with known properties, in the order in which the API lists them.
type objectShape []property

func (o objectShape) check(c *checker, name string, value, carried any) {
	members, ok := value.(document)
	if !ok {
		c.refuse(name, "must be an object")
		return
	}
	for _, property := range o {
		member, present := members[property.name]
		switch {
		case present && carriedBack(member, at(carried, property.name)):
		case present:
			property.shape.check(c, join(name, property.name), member, at(carried, property.name))
		case property.required:
			c.refuse(join(name, property.name), "is required")
		}
	}
	for _, member := range slices.Sorted(maps.Keys(members)) {
		if _, carries := object(carried)[member]; !carries && !o.knows(member) && c.unknown == "" {
			c.unknown, c.unknownName = o.unknownProperty(member), join(name, member)
		}
	}
}

// carriedBack reports whether the client merely sends back a stored value, which may be invalid today: an old
// application's values may be out of range, and an unset fallback_answer_url may have an empty address.
func carriedBack(value, carried any) bool {
	return carried != nil && reflect.DeepEqual(value, carried)
}

func (o objectShape) knows(name string) bool {
	return slices.ContainsFunc(o, func(p property) bool { return p.name == name })
}

// unknownProperty returns the message, with its stray bracket, of
// https://github.com/Vonage/vonage-dotnet-sdk/issues/625.
func (o objectShape) unknownProperty(name string) string {
	known := make([]string, len(o))
	for i, property := range o {
		known[i] = strconv.Quote(property.name)
	}
	return fmt.Sprintf("%s is not a known json property (%d known properties: %s ])"+
		" : please see https://developer.nexmo.com/api/application.v2", name, len(known), strings.Join(known, ", "))
}

func join(parent, name string) string {
	if parent == "" {
		return name
	}
	return parent + "." + name
}

// anything accepts every value: only the existence of discontinued products' properties is known.
type anything struct{}

func (anything) check(*checker, string, any, any) {}

// booleanShape accepts true and false.
type booleanShape struct{}

func (booleanShape) check(c *checker, name string, value, _ any) {
	if _, ok := value.(bool); !ok {
		c.refuse(name, "must be a boolean")
	}
}

// integerShape accepts integers in a range.
type integerShape struct{ from, to int }

func (s integerShape) check(c *checker, name string, value, _ any) {
	given, ok := value.(json.Number)
	if !ok {
		c.refuse(name, "must be an integer")
		return
	}
	whole, err := strconv.Atoi(given.String())
	if err != nil || whole < s.from || whole > s.to {
		c.refuse(name, fmt.Sprintf("must be between %d and %d", s.from, s.to))
	}
}

// enumShape accepts one of several strings.
type enumShape []string

func (s enumShape) check(c *checker, name string, value, _ any) {
	if word, ok := value.(string); !ok || !slices.Contains(s, word) {
		c.refuse(name, "must be one of: "+strings.Join(s, ", "))
	}
}

// textShape accepts strings: not the empty string if required, and none longer than longest characters unless longest
// is 0.
type textShape struct {
	required bool
	longest  int
}

func (s textShape) check(c *checker, name string, value, _ any) {
	word, ok := value.(string)
	if !ok {
		c.refuse(name, "must be a string")
		return
	}
	if s.required && strings.TrimSpace(word) == "" {
		c.refuse(name, "must not be empty")
	}
	if s.longest > 0 && utf8.RuneCountInString(word) > s.longest {
		c.refuse(name, fmt.Sprintf("must be at most %d characters long", s.longest))
	}
}

// listShape accepts arrays of one shape.
type listShape struct{ of shape }

func (s listShape) check(c *checker, name string, value, _ any) {
	items, ok := value.([]any)
	if !ok {
		c.refuse(name, "must be an array")
		return
	}
	for i, item := range items {
		s.of.check(c, fmt.Sprintf("%s[%d]", name, i), item, nil)
	}
}

// optional also accepts null.
type optional struct{ of shape }

func (o optional) check(c *checker, name string, value, carried any) {
	if value != nil {
		o.of.check(c, name, value, carried)
	}
}

// patternShape accepts strings that match.
type patternShape struct{ pattern *regexp.Regexp }

func (s patternShape) check(c *checker, name string, value, _ any) {
	if word, ok := value.(string); !ok || !s.pattern.MatchString(word) {
		c.refuse(name, "must match "+s.pattern.String())
	}
}

// textsShape accepts objects whose members are all strings.
type textsShape struct{}

func (textsShape) check(c *checker, name string, value, _ any) {
	anyObject{}.check(c, name, value, nil)
	for _, member := range slices.Sorted(maps.Keys(object(value))) {
		textShape{}.check(c, join(name, member), object(value)[member], nil)
	}
}

// anyObject accepts any object.
type anyObject struct{}

func (anyObject) check(c *checker, name string, value, _ any) {
	if object(value) == nil {
		c.refuse(name, "must be an object")
	}
}

// urlShape accepts absolute http and https URLs (many examples use plain http), none longer than longest characters
// unless longest is 0.
type urlShape struct{ longest int }

func (s urlShape) check(c *checker, name string, value, _ any) {
	textShape{longest: s.longest}.check(c, name, value, nil)
	address, ok := value.(string)
	if !ok {
		return
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
		c.refuse(name, "must be a valid URL")
	}
}
