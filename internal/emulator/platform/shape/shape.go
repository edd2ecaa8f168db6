// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package shape decides which JSON values an API accepts, and says what is wrong with the others.
package shape

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

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Parameter describes what is wrong with one value of a request.
type Parameter struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// Shape defines which JSON values the API accepts in one place.
//
// carried is what the stored application has in that place, or nil. It is always accepted back, because Vonage's own
// tools send back what they received, including the fields of discontinued products.
type Shape interface {
	Check(c *Checker, name string, value, carried any)
}

// Checker collects the errors of a payload.
type Checker struct {
	Unknown     string // the first unknown property, in the words of the live Application API
	UnknownName string // the path of that property
	Invalid     []Parameter
}

// Refuse records what is wrong with the value of that name.
func (c *Checker) Refuse(name, reason string) {
	c.Invalid = append(c.Invalid, Parameter{Name: name, Reason: reason})
}

// Property is one known member of an object.
type Property struct {
	Name     string
	Shape    Shape
	Required bool
}

// Object is an object with known properties, in the order in which the API lists them.
type Object []Property

// Check implements Shape.
func (o Object) Check(c *Checker, name string, value, carried any) {
	members, ok := value.(document.Object)
	if !ok {
		c.Refuse(name, "must be an object")
		return
	}
	for _, property := range o {
		member, present := members[property.Name]
		switch {
		case present && carriedBack(member, document.At(carried, property.Name)):
		case present:
			property.Shape.Check(c, join(name, property.Name), member, document.At(carried, property.Name))
		case property.Required:
			c.Refuse(join(name, property.Name), "is required")
		}
	}
	for _, member := range slices.Sorted(maps.Keys(members)) {
		if _, carries := document.ObjectAt(carried)[member]; !carries && !o.knows(member) && c.Unknown == "" {
			c.Unknown, c.UnknownName = o.unknownProperty(member), join(name, member)
		}
	}
}

// carriedBack reports whether the client merely sends back a stored value, which may be invalid today: an old
// application's values may be out of range, and an unset fallback_answer_url may have an empty address.
func carriedBack(value, carried any) bool {
	return carried != nil && reflect.DeepEqual(value, carried)
}

func (o Object) knows(name string) bool {
	return slices.ContainsFunc(o, func(p Property) bool { return p.Name == name })
}

// unknownProperty returns the message, with its stray bracket, of
// https://github.com/Vonage/vonage-dotnet-sdk/issues/625.
func (o Object) unknownProperty(name string) string {
	known := make([]string, len(o))
	for i, property := range o {
		known[i] = strconv.Quote(property.Name)
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

// Anything accepts every value: only the existence of discontinued products' properties is known.
type Anything struct{}

// Check implements Shape.
func (Anything) Check(*Checker, string, any, any) {}

// Boolean accepts true and false.
type Boolean struct{}

// Check implements Shape.
func (Boolean) Check(c *Checker, name string, value, _ any) {
	if _, ok := value.(bool); !ok {
		c.Refuse(name, "must be a boolean")
	}
}

// integers accepts integers in a range.
type integers struct{ from, to int }

// Between returns the shape of integers from a number to another.
func Between(from, to int) Shape { return integers{from, to} }

func (s integers) Check(c *Checker, name string, value, _ any) {
	given, ok := value.(json.Number)
	if !ok {
		c.Refuse(name, "must be an integer")
		return
	}
	whole, err := strconv.Atoi(given.String())
	if err != nil || whole < s.from || whole > s.to {
		c.Refuse(name, fmt.Sprintf("must be between %d and %d", s.from, s.to))
	}
}

// Enum accepts one of several strings.
type Enum []string

// Check implements Shape.
func (s Enum) Check(c *Checker, name string, value, _ any) {
	if word, ok := value.(string); !ok || !slices.Contains(s, word) {
		c.Refuse(name, "must be one of: "+strings.Join(s, ", "))
	}
}

// Text accepts strings: not the empty string if required, and none longer than longest characters unless longest
// is 0.
type Text struct {
	Required bool
	Longest  int
}

// Check implements Shape.
func (s Text) Check(c *Checker, name string, value, _ any) {
	word, ok := value.(string)
	if !ok {
		c.Refuse(name, "must be a string")
		return
	}
	if s.Required && strings.TrimSpace(word) == "" {
		c.Refuse(name, "must not be empty")
	}
	if s.Longest > 0 && utf8.RuneCountInString(word) > s.Longest {
		c.Refuse(name, fmt.Sprintf("must be at most %d characters long", s.Longest))
	}
}

// arrays accepts arrays of one shape.
type arrays struct{ of Shape }

// ListOf returns the shape of arrays of a shape.
func ListOf(of Shape) Shape { return arrays{of} }

func (s arrays) Check(c *Checker, name string, value, _ any) {
	items, ok := value.([]any)
	if !ok {
		c.Refuse(name, "must be an array")
		return
	}
	for i, item := range items {
		s.of.Check(c, fmt.Sprintf("%s[%d]", name, i), item, nil)
	}
}

// optional also accepts null.
type optional struct{ of Shape }

// OrNull returns a shape that also accepts null.
func OrNull(of Shape) Shape { return optional{of} }

func (o optional) Check(c *Checker, name string, value, carried any) {
	if value != nil {
		o.of.Check(c, name, value, carried)
	}
}

// matching accepts strings that match.
type matching struct{ pattern *regexp.Regexp }

// Matching returns the shape of strings that match a pattern.
func Matching(pattern *regexp.Regexp) Shape { return matching{pattern} }

func (s matching) Check(c *Checker, name string, value, _ any) {
	if word, ok := value.(string); !ok || !s.pattern.MatchString(word) {
		c.Refuse(name, "must match "+s.pattern.String())
	}
}

// Texts accepts objects whose members are all strings.
type Texts struct{}

// Check implements Shape.
func (Texts) Check(c *Checker, name string, value, _ any) {
	AnyObject{}.Check(c, name, value, nil)
	for _, member := range slices.Sorted(maps.Keys(document.ObjectAt(value))) {
		Text{}.Check(c, join(name, member), document.ObjectAt(value)[member], nil)
	}
}

// AnyObject accepts any object.
type AnyObject struct{}

// Check implements Shape.
func (AnyObject) Check(c *Checker, name string, value, _ any) {
	if document.ObjectAt(value) == nil {
		c.Refuse(name, "must be an object")
	}
}

// URL accepts absolute http and https URLs (many examples use plain http), none longer than longest characters
// unless longest is 0.
type URL struct{ Longest int }

// Check implements Shape.
func (s URL) Check(c *Checker, name string, value, _ any) {
	Text{Longest: s.Longest}.Check(c, name, value, nil)
	address, ok := value.(string)
	if !ok {
		return
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
		c.Refuse(name, "must be a valid URL")
	}
}

// AnyMethod accepts the methods of a webhook.
var AnyMethod = Enum{"GET", "POST"}
