// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package specimen has all that the common tests need to know of each resource: one file per resource, with the data
// sources, lists and actions that belong to it. A new resource gets a file; the tests for faults, races, settling, adoption
// and pinned states then run over it.
package specimen

import (
	"fmt"
	"reflect"
	"strings"

	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// Values is short for the type of configurations, states and documents.
type Values = acctest.Values

// Specimen is a resource.
type Specimen struct {
	TypeName string
	// ReadBy is the data source that reads the object, if it has another name.
	ReadBy string
	// InsteadOf is the resource that the same thing can be managed with, but not at the same time; "" if there is none.
	InsteadOf string
	// Noun is what error messages call the object.
	Noun string
	// Fill adds what every account of the common tests has of the API; nil if Fill does.
	Fill func(account *emulator.Emulator) error
	// Within is set if the objects are parts of the emulator's documents.
	Within Within
	// Cases are what the fault matrix does with objects. The first is the plain one, with every operation.
	Cases []Case
	// Crowd returns one of many objects that are managed at a time in one account; nil if an account has only one.
	Crowd func(i int) Member
	// CrowdLimit is how many of them an account can have; 0 means any number.
	CrowdLimit int
	// Malformed is what the test of malformed objects needs; the zero value if there is no crowd that has documents of its own.
	Malformed Malformed
	// Settling is what the test of drawn changes needs.
	Settling Settling
	// Unimportable are required arguments that an import cannot find out; those that end in _wo are in no state.
	Unimportable Values
	// Pinned are configurations whose states every later version has to read, by name. One sets as little as possible;
	// all together set everything.
	Pinned map[string]Values
	// Grow adds objects to an account that was used for years without Terraform, and returns how many a list then finds.
	Grow func(account *emulator.Emulator) (listed int, err error)
	// ReadToList is how many objects are read to list those, if they are not the objects of the list themselves.
	ReadToList int
	// Config uses the resource and what belongs to it with every secret that they can have, for the search for secrets. The
	// variable revision changes between two applies; see internal/endtoend/testdata/base.tf for the others.
	Config string
	// SecretsInState are the attributes of the resource "generated" in Config that may hold secrets in plan and state, each
	// with the reason.
	SecretsInState map[string]string
	// Questions are the data sources, lists and actions that belong to the resource.
	Questions []Question
}

// specimens has a method for each specimen, so that a new one only needs its file.
type specimens struct{}

// All returns every specimen.
func All() []Specimen {
	var all []Specimen
	for _, method := range reflect.ValueOf(specimens{}).Methods() {
		one, _ := reflect.TypeAssert[Specimen](method.Call(nil)[0])
		all = append(all, one)
	}
	return all
}

// Resources returns the specimens that are resources; the others have only questions.
func Resources() []Specimen {
	var resources []Specimen
	for _, one := range All() {
		if one.TypeName != "" {
			resources = append(resources, one)
		}
	}
	return resources
}

// Written completes the configuration that was generated for an imported object, as its user does, and its state, as the
// apply after that does.
func (s Specimen) Written(config, state Values) (completedConfig, completedState Values) {
	recorded := Values{}
	for name, value := range s.Unimportable {
		if !strings.HasSuffix(name, "_wo") {
			recorded[name] = value
		}
	}
	return acctest.With(config, s.Unimportable), acctest.With(state, recorded)
}

// Within says of which kind of documents objects are parts, and in which property these have them by key.
type Within struct{ Kind, Property string }

// Case is two configurations, the second of which changes an object of the first.
type Case struct {
	Name          string
	First, Second Values
	// ImportID returns the import id of an object; nil if it is not imported.
	ImportID func(state Values) string
	// Operations are those to try; nil means all of them.
	Operations []string
	// Unfindable objects cannot be found again if their creation was cut off and the following look-up failed.
	Unfindable bool
	// InOneAccount means that the object names its account: it is neither found nor gone under another one.
	InOneAccount bool
	// Stays means that the object cannot move to another account.
	Stays bool
	// OfApplication means that the object belongs to the application whose tokens the provider sends, instead of the account.
	OfApplication bool
	// AfterDoubt does what the error of a creation asks people to do whose outcome is unknown; may be nil.
	AfterDoubt func(account *emulator.Emulator) error
	// Compare removes what belongs to the object from the contents and returns the differences from the state, which is
	// nil if there is none.
	Compare func(state Values, account Contents) []string
}

// Member is one of many objects in one account.
type Member struct {
	First, Second Values
	// Seed adds what the object needs to the account; may be nil.
	Seed func(account *emulator.Emulator) error
	// AfterDoubt is that of a Case.
	AfterDoubt func(account *emulator.Emulator) error
	// Compare returns the differences between the account and the state, which is nil if there is none. find returns a
	// document by kind and id, and marks it as the object's.
	Compare func(state Values, find func(id string) Values) []string
}

// Malformed tells whose object a document of the API is about.
type Malformed struct {
	// Path is how the paths of the API begin whose responses are the documents.
	Path string
	// Member of a document has the value that Attribute has in the state.
	Member, Attribute string
	// Tells are other members without which there is no object, such as the link of a number.
	Tells []string
}

// Settling describes drawn changes of one object at a time.
type Settling struct {
	// Prepare draws what is in the account before the object is created; may be nil.
	Prepare func(t *rapid.T, account *emulator.Emulator) error
	// Draw draws a configuration.
	Draw func(t *rapid.T) Values
	// Others changes the object as others may, in ways that the provider has to keep.
	Others func(account *emulator.Emulator, state Values) error
	// Compare returns what is wrong with the object in the account, before being what the account held before it was
	// created. Others have changed it, if changed.
	Compare func(state Values, before, now Contents, changed bool) []string
	// ImportID returns the import id of the object.
	ImportID func(state Values) string
	// Unreadable are the attributes that an import cannot find out. Their values need not be imported.
	Unreadable []string
}

// Question is an operation that does not change the account: a data source, a list, an action.
type Question struct {
	// Kind is "data", "list" or "action".
	Kind, Name, TypeName, Noun string
	Config                     Values
	// Deeds counts the effects that may happen at most once; nil if there are none.
	Deeds func(account *emulator.Emulator) int
}

func data(name, typeName, noun string, config Values) Question {
	return Question{Kind: "data", Name: name, TypeName: typeName, Noun: noun, Config: config}
}

func list(typeName, noun string) Question {
	return Question{Kind: "list", Name: typeName, TypeName: typeName, Noun: noun, Config: Values{}}
}

// drawSome draws a choice of the members, each with one of its values.
func drawSome(t *rapid.T, names []string, members map[string][]any) Values {
	drawn := Values{}
	for _, name := range names {
		if rapid.Bool().Draw(t, name+"?") {
			drawn[name] = rapid.SampledFrom(members[name]).Draw(t, name)
		}
	}
	return drawn
}

func idOf(state Values) string { return fmt.Sprint(state["id"]) }
