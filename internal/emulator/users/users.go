// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package users is the Users API v1, as described with the Application API 2.4.1. A user belongs to the token's application.
package users

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/cursor"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

type user struct {
	place         int
	applicationID string
	document      document.Object
}

// brief returns a user as members and lists show it.
func (u *user) brief() document.Object {
	brief := document.Object{}
	for _, name := range []string{"id", "name", "display_name", "image_url"} {
		if value, has := u.document[name]; has {
			brief[name] = value
		}
	}
	return brief
}

type store struct {
	ordered []*user
	made    int
}

// find looks up a user by id or name.
func (s *store) find(applicationID, wanted string) (*user, bool) {
	for _, u := range s.ordered {
		if u.applicationID == applicationID && (document.Text(u.document, "id") == wanted || document.Text(u.document, "name") == wanted) {
			return u, true
		}
	}
	return nil, false
}

// put stores a user, in the place of the one that it replaces.
func (s *store) put(applicationID string, doc document.Object) {
	s.made++
	made := &user{place: s.made, applicationID: applicationID, document: doc}
	if place := s.place(document.Text(doc, "id")); place >= 0 {
		made.place, s.ordered[place] = s.ordered[place].place, made
		return
	}
	s.ordered = append(s.ordered, made)
}

func (s *store) place(id string) int {
	return slices.IndexFunc(s.ordered, func(u *user) bool { return document.Text(u.document, "id") == id })
}

// API is the Users API of an account's applications.
type API struct {
	*platform.Account

	store store
}

// New returns the API of an account without users.
func New(account *platform.Account) *API { return &API{Account: account} }

// Find looks up a user of an application by id or name, and returns it as members show it. The caller must hold the lock.
func (a *API) Find(applicationID, wanted string) (document.Object, bool) {
	found, known := a.store.find(applicationID, wanted)
	if !known {
		return nil, false
	}
	return found.brief(), true
}

// Routes serves the API's paths.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{Name: "Users v1", Guard: a.AuthenticateToken, WrongVerb: platform.CodedWrongVerb, Admit: platform.AdmitCodedJSON}
	api.Serve(paths, "/v1/users", platform.Operations{http.MethodGet: a.listUsers, http.MethodPost: a.createUser})
	api.Serve(paths, "/v1/users/{user}", platform.Operations{
		http.MethodGet: a.getUser, http.MethodPatch: a.updateUser, http.MethodDelete: a.deleteUser,
	})
	api.Serve(paths, "/v1/users/{user}/sessions", platform.Operations{http.MethodGet: a.listSessions})
	platform.Documents{Seed: a.Seed, Get: a.Get, Remove: a.Remove}.Serve(paths.Control, "users/{id}")
	paths.Control.HandleFunc("GET /emulator/users", platform.ControlList(a.All))
}

// sipURI is the pattern of the Users API's description.
var sipURI = regexp.MustCompile(`^(sip|sips):\+?([\w|:.\-@;,=%&]+)`)

// updatedUserShape is the body of PATCH; the body of POST has further properties.
func updatedUserShape() shape.Object {
	reachedBy := func(property shape.Property) shape.Shape { return shape.ListOf(shape.Object{property}) }
	byNumber := reachedBy(shape.Property{Name: "number", Shape: shape.Anything{}}) // a number in the specification, a string in the CLI
	return shape.Object{
		{Name: "name", Shape: shape.Text{Required: true}},
		{Name: "display_name", Shape: shape.OrNull(shape.Text{})},
		{Name: "image_url", Shape: shape.OrNull(shape.Text{})},
		{Name: "channels", Shape: shape.Object{
			{Name: "pstn", Shape: byNumber},
			{Name: "sip", Shape: shape.ListOf(shape.Object{
				{Name: "uri", Shape: shape.Matching(sipURI)}, {Name: "username", Shape: shape.Text{}}, {Name: "password", Shape: shape.Text{}},
			})},
			{Name: "vbc", Shape: reachedBy(shape.Property{Name: "extension", Shape: shape.Anything{}})},
			{Name: "websocket", Shape: shape.ListOf(shape.Object{
				{Name: "uri", Shape: shape.Text{}}, {Name: "content-type", Shape: shape.Text{}}, {Name: "headers", Shape: shape.AnyObject{}},
			})},
			{Name: "sms", Shape: byNumber},
			{Name: "mms", Shape: byNumber},
			{Name: "whatsapp", Shape: byNumber},
			{Name: "viber", Shape: byNumber},
			{Name: "messenger", Shape: reachedBy(shape.Property{Name: "id", Shape: shape.Text{}})},
		}},
	}
}

// newUserShape is the body of POST, and, under Variant.UserPropertiesChange, of PATCH.
func newUserShape() shape.Object {
	return append(updatedUserShape(), shape.Property{Name: "properties", Shape: shape.Object{
		{Name: "custom_data", Shape: shape.AnyObject{}},
		{Name: "ttl", Shape: shape.Between(0, 2147483648)}, // seconds
	}})
}

func invalidUserName() platform.Response {
	return platform.Coded(http.StatusBadRequest, "user:error:invalid-user-name", "Bad request.",
		"A user name must not be \"me\" and must not begin with USR-.")
}

// checkUserName refuses reserved names and names of other users of the application.
func (a *API) checkUserName(applicationID, name string, except *user) (platform.Response, bool) {
	if name == "me" || strings.HasPrefix(name, "USR-") {
		return invalidUserName(), false
	}
	if other, taken := a.store.find(applicationID, name); taken && other != except {
		return platform.Conflict("user:error:duplicate-name", "The user name already exists. Please provide a unique user name and try again."), false
	}
	return platform.Response{}, true
}

// createUser requires an administrator token: one without a subject.
func (a *API) createUser(r *platform.Request) platform.Response {
	if r.Token.Subject != "" {
		return platform.TokenRefused("permission", "You do not have permission to perform this action.")
	}
	sent, refusal, ok := platform.ReadCoded(r.Body, newUserShape())
	if !ok {
		return refusal
	}
	a.Lock()
	defer a.Unlock()
	document.Fill(sent, "name", "NAM-"+uuid.NewString())
	if refusal, ok := a.checkUserName(r.Token.ApplicationID, document.Text(sent, "name"), nil); !ok {
		return refusal
	}
	sent["id"] = "USR-" + uuid.NewString()
	a.store.put(r.Token.ApplicationID, sent)
	return platform.Response{Status: http.StatusCreated, Body: a.userAs(r, sent)}
}

func (a *API) userAs(r *platform.Request, u document.Object) document.Object {
	shown := document.Copy(u)
	if a.Variant.UserPasswordsHidden {
		for _, channel := range document.List(shown, "channels", "sip") {
			delete(document.ObjectAt(channel), "password")
		}
	}
	shown["_links"] = document.Object{"self": document.Object{"href": platform.Origin(r.Request) + "/v1/users/" + document.Text(u, "id")}}
	return shown
}

func (a *API) listUsers(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	name := r.URL.Query().Get("name")
	var items []cursor.Item
	for _, u := range a.store.ordered {
		if u.applicationID == r.Token.ApplicationID && (name == "" || name == document.Text(u.document, "name")) {
			items = append(items, cursor.Item{Place: u.place, Document: a.userAs(r, u.brief())})
		}
	}
	return cursor.Page(r, "users", items)
}

func (a *API) getUser(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	found, known := a.store.find(r.Token.ApplicationID, r.PathValue("user"))
	if !known {
		return platform.NoUser()
	}
	return platform.Response{Status: http.StatusOK, Body: a.userAs(r, found.document)}
}

// updateUser has no properties in the specification, but Vonage's SDK for Node sends them, and a captured answer shows none
// after an update without them: https://github.com/Vonage/vonage-python-sdk, users/tests/data/updated_user.json.
func (a *API) updateUser(r *platform.Request) platform.Response {
	expected := updatedUserShape()
	if a.Variant.UserPropertiesChange {
		expected = newUserShape()
	}
	sent, refusal, ok := platform.ReadCoded(r.Body, expected)
	if !ok {
		return refusal
	}
	a.Lock()
	defer a.Unlock()
	found, known := a.store.find(r.Token.ApplicationID, r.PathValue("user"))
	if !known {
		return platform.NoUser()
	}
	if name, renamed := sent["name"].(string); renamed {
		if refusal, ok := a.checkUserName(r.Token.ApplicationID, name, found); !ok {
			return refusal
		}
	}
	changed := maps.Clone(found.document)
	if a.Variant.UserUpdateDropsProperties {
		changed["properties"] = document.Object{}
	}
	maps.Copy(changed, sent)
	found.document = changed
	return platform.Response{Status: http.StatusOK, Body: a.userAs(r, changed)}
}

func (a *API) deleteUser(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	found, known := a.store.find(r.Token.ApplicationID, r.PathValue("user"))
	if !known {
		return platform.NoUser()
	}
	a.store.ordered = slices.DeleteFunc(a.store.ordered, func(u *user) bool { return u == found })
	return platform.Response{Status: http.StatusNoContent}
}

// listSessions always returns an empty list: users cannot log in to the emulator.
func (a *API) listSessions(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	if _, known := a.store.find(r.Token.ApplicationID, r.PathValue("user")); !known {
		return platform.NoUser()
	}
	return cursor.Page(r, "sessions", nil)
}
