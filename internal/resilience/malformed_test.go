// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/malformed"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
)

// TestMalformedObjects gives members of the API's documents about an object values of other types, or leaves them out; with -soak, every member every value. Whatever it is, the objects beside
// it are refreshed, planned, imported, listed and destroyed as ever. The object itself is shown, or fails for its own readers only, by its name.
func TestMalformedObjects(t *testing.T) {
	t.Parallel()
	some := 5
	if testing.Short() {
		some = 1
	}
	for _, kind := range specimen.Resources() {
		if kind.Malformed.Member == "" {
			continue
		}
		t.Run(kind.TypeName, func(t *testing.T) {
			t.Parallel()
			asked := questionsBeside(kind)
			var paths [][]string
			synctest.Test(t, func(t *testing.T) {
				w := newOddWorld(t, kind, asked)
				w.setOdd(&malformation{})
				w.ask(w.run())
				_, diags := w.run().Read(kind.TypeName, w.objects[1])
				diags.MustBeEmpty(t)
				paths = pathsIn(w.seen, nil)
			})
			if len(paths) < 2 {
				t.Fatalf("no member of the documents was seen: %v", paths)
			}
			for i, path := range paths {
				changes := changesAt(path)
				if !*soak { // other values for each path
					changes = slices.Concat(changes, changes)[i%len(changes):][:some]
				}
				t.Run(strings.Join(path, "."), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						w := newOddWorld(t, kind, asked)
						for _, change := range changes {
							w.mustBeUnhindered(&change)
						}
					})
				})
			}
		})
	}
}

// questionsBeside are those about several objects of a kind, and those about what has them.
func questionsBeside(kind specimen.Specimen) []question {
	ofOne := map[string]bool{} // the data sources that read one object of the kind
	for _, other := range specimen.Resources() {
		ofOne[other.TypeName] = other.Malformed.Member == kind.Malformed.Member
	}
	own := map[string]bool{}
	for _, asked := range kind.Questions {
		own[asked.Name] = true
	}
	var all []question
	for _, one := range questions() {
		alone := one.Kind == "data" && ofOne[one.TypeName]
		if one.Kind != "action" && !alone && (own[one.Name] || one.TypeName == kind.TypeName || one.TypeName == kind.ReadBy) {
			all = append(all, one)
		}
	}
	return all
}

// malformation puts another value into a document, or takes one out of it.
type malformation struct {
	at                []string
	value             any
	removed, replaced bool // neither: nothing changes
}

func (c *malformation) String() string {
	switch {
	case c == nil:
		return "nothing changed"
	case c.removed:
		return strings.Join(c.at, ".") + " removed"
	}
	return fmt.Sprintf("%s = %#v", strings.Join(c.at, "."), c.value)
}

// pathsIn returns the paths of a document and of all that is in it.
func pathsIn(document any, at []string) [][]string {
	all := [][]string{at}
	members, _ := document.(values)
	for _, name := range slices.Sorted(maps.Keys(members)) {
		all = append(all, pathsIn(members[name], append(slices.Clone(at), name))...)
	}
	return all
}

func changesAt(path []string) []malformation {
	var all []malformation
	if len(path) > 0 {
		all = append(all, malformation{at: path, removed: true})
	}
	for _, value := range malformed.Values() {
		all = append(all, malformation{at: path, value: value, replaced: true})
	}
	return all
}

// apply returns a changed document.
func (c *malformation) apply(document values) any {
	switch {
	case !c.removed && !c.replaced:
		return document
	case len(c.at) == 0:
		return c.value
	}
	within := document
	for _, name := range c.at[:len(c.at)-1] {
		within, _ = within[name].(values)
	}
	last := c.at[len(c.at)-1]
	switch _, has := within[last]; {
	case !has: // this response does not have it
	case c.removed:
		delete(within, last)
	default:
		within[last] = c.value
	}
	return document
}

// oddWorld is an account with two objects as documented, and between them one whose documents are changed, as are those of all others.
type oddWorld struct {
	*acctest.Env
	t       *testing.T
	kind    specimen.Specimen
	asked   []question
	members []specimen.Member
	objects []acctest.Object
	ids     []string // what the documents call the objects

	mu     sync.Mutex
	change *malformation // nil: none yet
	seen   values        // the members of all documents about the object in the middle
}

func newOddWorld(t *testing.T, kind specimen.Specimen, asked []question) *oddWorld {
	t.Helper()
	w := &oddWorld{t: t, kind: kind, asked: asked, seen: values{}}
	w.Env = acctest.New(t, acctest.InMemory(), acctest.Around(func(emulator http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			emulator.ServeHTTP(answer, r)
			rw.WriteHeader(answer.Code)
			body := answer.Body.Bytes()
			if strings.HasPrefix(r.URL.Path, kind.Malformed.Path) && answer.Code/100 == 2 {
				body = w.changed(body)
			}
			_, _ = rw.Write(body)
		})
	}))
	fill(t, w.Emulator)
	for i := range 3 {
		member := kind.Crowd(i)
		if w.members = append(w.members, member); member.Seed == nil {
			continue
		}
		if err := member.Seed(w.Emulator); err != nil {
			t.Fatal(err)
		}
	}
	w.create()
	return w
}

// create creates the objects, with nothing changed.
func (w *oddWorld) create() {
	w.t.Helper()
	w.setOdd(nil)
	w.objects, w.ids = nil, nil
	run := w.run()
	for _, member := range w.members {
		object, diags := run.Change(w.kind.TypeName, acctest.Object{}, member.First)
		diags.Errors().MustBeEmpty(w.t)
		w.objects, w.ids = append(w.objects, object), append(w.ids, fmt.Sprint(object.State[w.kind.Malformed.Attribute]))
	}
}

func (w *oddWorld) run() *acctest.Protocol { return w.Protocol(w.t, specimen.AsApplication()) }

func (w *oddWorld) setOdd(change *malformation) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.change = change
}

// changed returns a response with all objects but the documented ones changed.
func (w *oddWorld) changed(body []byte) []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	var document any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if w.change == nil || decoder.Decode(&document) != nil {
		return body
	}
	var visit func(any) any
	visit = func(node any) any {
		switch node := node.(type) {
		case values:
			if id, has := node[w.kind.Malformed.Member]; has && id != w.ids[0] && id != w.ids[2] {
				if id == w.ids[1] {
					maps.Copy(w.seen, node)
				}
				return w.change.apply(node)
			}
			for name, member := range node {
				node[name] = visit(member)
			}
		case []any:
			for i, element := range node {
				node[i] = visit(element)
			}
		}
		return node
	}
	encoded, err := json.Marshal(visit(document))
	if err != nil {
		panic(err)
	}
	return encoded
}

// ask returns what the responses say about the documented objects.
func (w *oddWorld) ask(run *acctest.Protocol) [][]any {
	w.t.Helper()
	var said [][]any
	for _, one := range w.asked {
		answer, diags := one.ask(run)
		if diags.HasError() {
			w.t.Errorf("%s %s with %s:\n%s", one.Kind, one.Name, w.change, diags)
		}
		said = append(said, about(answer, w.ids[0]), about(answer, w.ids[2]))
	}
	return said
}

// about returns the objects of a response that have an id.
func about(answer any, id string) []any {
	var all []any
	switch answer := answer.(type) {
	case []acctest.Listed:
		for _, one := range answer {
			if slices.Contains(slices.Collect(maps.Values(one.Identity)), any(id)) {
				all = append(all, one)
			}
		}
	case []any:
		for _, element := range answer {
			all = append(all, about(element, id)...)
		}
	case values:
		for _, name := range slices.Sorted(maps.Keys(answer)) {
			if answer[name] == id {
				return []any{answer}
			}
			all = append(all, about(answer[name], id)...)
		}
	}
	return all
}

// mustBeUnhindered tries one change. At the end nothing is left of the objects but what cannot be destroyed.
func (w *oddWorld) mustBeUnhindered(change *malformation) {
	w.t.Helper()
	if w.objects == nil {
		w.create()
	}
	before := w.ask(w.run())
	w.setOdd(change)
	asking := w.run()
	if diff := cmp.Diff(before, w.ask(asking)); diff != "" {
		w.t.Errorf("with %s, lists show the documented objects differently: %s", change, diff)
	}
	reading := w.run()
	for i, object := range w.objects {
		read, diags := reading.Read(w.kind.TypeName, object)
		switch {
		case i != 1:
			w.mustBeSame(diags, object.State, read.State)
			plan, diags := reading.Plan(w.kind.TypeName, read, w.members[i].First)
			w.mustBeSame(diags, object.State, plan.State)
			w.mustImport(reading, i)
			w.mustImport(asking, i)
		case diags.HasError():
			w.mustBeNamed(diags)
		case read.State == nil:
			if !w.gone() {
				w.t.Errorf("with %s, the object is gone from the state:\n%s", change, diags)
			}
		default:
			w.objects[i] = read
		}
	}
	w.destroy()
}

// destroy destroys all objects. The account keeps nothing of them, unless its responses say otherwise.
func (w *oddWorld) destroy() {
	w.t.Helper()
	run := w.run()
	for i, object := range w.objects {
		_, diags := run.Destroy(w.kind.TypeName, object)
		switch {
		case i != 1:
			w.mustBeSame(diags, nil, nil)
		case diags.HasError():
			w.mustBeNamed(diags)
			fallthrough
		case w.gone():
			w.setOdd(nil)
			_, diags = w.run().Destroy(w.kind.TypeName, object)
			diags.Errors().MustBeEmpty(w.t)
		}
	}
	contents := specimen.ContentsOf(w.Emulator)
	for _, member := range w.members {
		for _, problem := range member.Compare(nil, func(id string) values { return contents[id] }) {
			w.t.Errorf("after destroying with %s: %s", w.change, problem)
		}
	}
	w.objects = nil
}

func (w *oddWorld) mustBeSame(diags acctest.Diagnostics, want, got values) {
	w.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" || diags.HasError() {
		w.t.Errorf("with %s, a documented object differs: %s\n%s", w.change, diff, diags)
	}
}

// gone reports whether the change can make the object look as if it was not there.
func (w *oddWorld) gone() bool {
	return len(w.change.at) == 0 || slices.Contains(append(slices.Clone(w.kind.Malformed.Tells), w.kind.Malformed.Member), w.change.at[0])
}

// mustBeNamed requires that an error is about the object in the middle.
func (w *oddWorld) mustBeNamed(diags acctest.Diagnostics) {
	w.t.Helper()
	for _, one := range diags.Errors() {
		if said := one.Summary + one.Detail; !strings.Contains(said, w.ids[1]) || strings.Contains(said, "of type vonage.") {
			w.t.Errorf("with %s, the error does not name %s, or names types of Go:\n%s", w.change, w.ids[1], diags)
		}
	}
}

// mustImport imports a documented object, and reads it as a data source if there is one for it alone.
func (w *oddWorld) mustImport(run *acctest.Protocol, i int) {
	w.t.Helper()
	state := w.objects[i].State
	imported, diags := run.Import(w.kind.TypeName, fmt.Sprint(state["id"]))
	w.mustBeSame(diags, values{"id": state["id"]}, values{"id": imported.State["id"]})
	if w.kind.ReadBy == "" {
		_, diags = run.ReadDataSource(w.kind.TypeName, values{w.kind.Malformed.Attribute: state[w.kind.Malformed.Attribute]})
		w.mustBeSame(diags, nil, nil)
	}
}
