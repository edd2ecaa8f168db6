// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package users is the Users API v1, as described with the Application API 2.4.1. A user belongs to the token's application.
package users

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/cursor"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/settling"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// brief returns a user as members and lists show it.
func brief(user document.Object) document.Object {
	brief := document.Object{}
	for _, name := range []string{"id", "name", "display_name", "image_url"} {
		if value, has := user[name]; has {
			brief[name] = value
		}
	}
	return brief
}

// API is the Users API of an account's applications.
type API struct {
	*platform.Account

	users  settling.Store // by id, with their application_ids
	places map[string]int // by id: see cursor.Item
}

// New returns the API of an account without users.
func New(account *platform.Account) *API { return &API{Account: account, places: map[string]int{}} }

// put stores a user, in the place of the one that it replaces, or removes it if it is nil. The caller must hold the lock.
func (a *API) put(id string, user document.Object, until time.Time) {
	if _, known := a.places[id]; !known {
		a.places[id] = len(a.places)
	}
	a.users.Put(id, user, until)
}

// Save saves the users: see platform.Server.Save.
func (a *API) Save() (restore func()) {
	users, places := a.users.Copy(), maps.Clone(a.places)
	return func() { a.users, a.places = *users.Copy(), maps.Clone(places) }
}

// settled returns when reads see a write that is made now.
func (a *API) settled() time.Time {
	if a.Variant.Settling == 0 {
		return time.Time{}
	}
	return a.Now().Add(a.Variant.Settling)
}

// stored returns the users as they are, whatever reads see.
func (a *API) stored() []document.Object {
	ids := a.users.Keys()
	all := make([]document.Object, 0, len(ids))
	for _, id := range ids {
		user, _ := a.users.Current(id)
		all = append(all, user)
	}
	return all
}

// find looks up a user of an application by id or name.
func find(users []document.Object, applicationID, wanted string) (document.Object, bool) {
	place := slices.IndexFunc(users, func(user document.Object) bool {
		return document.Text(user, "application_id") == applicationID && (document.Text(user, "id") == wanted || document.Text(user, "name") == wanted)
	})
	if place < 0 {
		return nil, false
	}
	return users[place], true
}

// Find looks up a user of an application by id or name, and returns it as members show it. The caller must hold the lock.
func (a *API) Find(applicationID, wanted string) (document.Object, bool) {
	found, known := find(a.stored(), applicationID, wanted)
	return brief(found), known
}

// Routes serves the API's paths.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{Name: "Users v1", Guard: a.AuthenticateToken, WrongVerb: platform.CodedWrongVerb, Admit: platform.AdmitCodedJSON}
	api.Serve(paths, "/v1/users", platform.Operations{http.MethodGet: a.listUsers, http.MethodPost: a.createUser})
	api.Serve(paths, "/v1/users/{user}", platform.Operations{
		http.MethodGet: a.getUser, http.MethodPatch: a.updateUser, http.MethodDelete: a.deleteUser,
	})
	api.Serve(paths, "/v1/users/{user}/sessions", platform.Operations{http.MethodGet: a.listSessions})
	paths.Keep("users", "users/{id}", a)
}

// sipURI is the pattern of the Users API's description.
var sipURI = regexp.MustCompile(`^(sip|sips):\+?([\w|:.\-@;,=%&]+)`)

var websocketURI = regexp.MustCompile(`^wss?://\S+$`)

// digits accepts a phone number as text and, in the channel "pstn", as an integer: the specification has one there, and a captured
// answer, too (https://github.com/Vonage/vonage-python-sdk, users/tests/data/updated_user.json).
type digits struct{ orInteger bool }

var phoneNumber = regexp.MustCompile(`^[1-9][0-9]{4,14}$`)

// Check implements shape.Shape.
func (s digits) Check(c *shape.Checker, name string, value, _ any) {
	text, _ := value.(string)
	if number, ok := value.(json.Number); ok && s.orInteger {
		text = number.String()
	}
	if !phoneNumber.MatchString(text) {
		c.Refuse(name, "must be a phone number in E.164 digits")
	}
}

// required is a property that every entry of a channel has.
func required(name string, value shape.Shape) shape.Property {
	return shape.Property{Name: name, Shape: value, Required: true}
}

// userShape is the body of POST and PATCH.
func userShape() shape.Object {
	reachedBy := func(properties ...shape.Property) shape.Shape { return shape.ListOf(shape.Object(properties)) }
	byNumber := reachedBy(required("number", digits{}))
	return shape.Object{
		{Name: "name", Shape: shape.Text{Required: true}},
		{Name: "display_name", Shape: shape.OrNull(shape.Text{})},
		{Name: "image_url", Shape: shape.OrNull(shape.URL{})},
		{Name: "channels", Shape: shape.Object{
			{Name: "pstn", Shape: reachedBy(required("number", digits{orInteger: true}))},
			{Name: "sip", Shape: reachedBy(
				required("uri", shape.Matching(sipURI)), shape.Property{Name: "username", Shape: shape.Text{}}, shape.Property{Name: "password", Shape: shape.Text{}},
			)},
			{Name: "vbc", Shape: reachedBy(required("extension", shape.Text{Required: true}))},
			{Name: "websocket", Shape: reachedBy(
				required("uri", shape.Matching(websocketURI)), shape.Property{Name: "content-type", Shape: shape.Text{}}, shape.Property{Name: "headers", Shape: shape.AnyObject{}},
			)},
			{Name: "sms", Shape: byNumber},
			{Name: "mms", Shape: byNumber},
			{Name: "whatsapp", Shape: byNumber},
			{Name: "viber", Shape: byNumber},
			{Name: "messenger", Shape: reachedBy(required("id", shape.Text{Required: true}))},
		}},
		{Name: "properties", Shape: shape.Object{
			{Name: "custom_data", Shape: shape.AnyObject{}},
			{Name: "ttl", Shape: shape.Between(0, 2147483648)}, // seconds
		}},
	}
}

func invalidUserName() platform.Response {
	return platform.Coded(http.StatusBadRequest, "user:error:invalid-user-name", "Bad request.",
		"A user name must not be \"me\" and must not begin with USR-.")
}

// checkUserName refuses reserved names and names of other users of the application.
func (a *API) checkUserName(applicationID, name, id string) (platform.Response, bool) {
	if name == "me" || strings.HasPrefix(name, "USR-") {
		return invalidUserName(), false
	}
	if other, taken := find(a.stored(), applicationID, name); taken && document.Text(other, "id") != id {
		return platform.Conflict("user:error:duplicate-name", "The user name already exists. Please provide a unique user name and try again."), false
	}
	return platform.Response{}, true
}

// createUser requires an administrator token: one without a subject.
func (a *API) createUser(r *platform.Request) platform.Response {
	if r.Token.Subject != "" {
		return platform.TokenRefused("permission", "You do not have permission to perform this action.")
	}
	sent, refusal, ok := platform.ReadCoded(r.Body, userShape())
	if !ok {
		return refusal
	}
	a.Lock()
	defer a.Unlock()
	document.Fill(sent, "name", "NAM-"+uuid.NewString())
	if refusal, ok := a.checkUserName(r.Token.ApplicationID, document.Text(sent, "name"), ""); !ok {
		return refusal
	}
	id := "USR-" + uuid.NewString()
	sent["id"], sent["application_id"] = id, r.Token.ApplicationID
	a.put(id, sent, a.settled())
	return platform.Response{Status: http.StatusCreated, Body: a.userAs(r, sent)}
}

func (a *API) userAs(r *platform.Request, user document.Object) document.Object {
	shown := document.Copy(user)
	delete(shown, "application_id")
	if a.Variant.UserPasswordsHidden {
		for _, channel := range document.List(shown, "channels", "sip") {
			delete(document.ObjectAt(channel), "password")
		}
	}
	shown["_links"] = document.Object{"self": document.Object{"href": platform.Origin(r.Request) + "/v1/users/" + document.Text(user, "id")}}
	return shown
}

func (a *API) listUsers(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	name := r.URL.Query().Get("name")
	var items []cursor.Item
	for _, user := range a.users.All(a.Now()) {
		if document.Text(user, "application_id") == r.Token.ApplicationID && (name == "" || name == document.Text(user, "name")) {
			items = append(items, cursor.Item{Place: a.places[document.Text(user, "id")], Document: a.userAs(r, brief(user))})
		}
	}
	return cursor.Page(r, "users", items)
}

func (a *API) getUser(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	found, known := find(a.users.All(a.Now()), r.Token.ApplicationID, r.PathValue("user"))
	if !known {
		return platform.NoUser()
	}
	return platform.Response{Status: http.StatusOK, Body: a.userAs(r, found)}
}

// updateUser accepts properties. The specification has none in an update, but Vonage's client for Node sends them, and a
// captured response shows none after an update without them:
// https://github.com/Vonage/vonage-python-sdk, users/tests/data/updated_user.json.
func (a *API) updateUser(r *platform.Request) platform.Response {
	expected := userShape()
	if a.Variant.UserPropertiesRefused {
		expected = slices.DeleteFunc(expected, func(property shape.Property) bool { return property.Name == "properties" })
	}
	sent, refusal, ok := platform.ReadCoded(r.Body, expected)
	if !ok {
		return refusal
	}
	a.Lock()
	defer a.Unlock()
	found, known := find(a.stored(), r.Token.ApplicationID, r.PathValue("user"))
	if !known {
		return platform.NoUser()
	}
	id := document.Text(found, "id")
	if name, renamed := sent["name"].(string); renamed {
		if refusal, ok := a.checkUserName(r.Token.ApplicationID, name, id); !ok {
			return refusal
		}
	}
	changed := maps.Clone(found)
	if a.Variant.UserUpdateDropsProperties {
		changed["properties"] = document.Object{}
	}
	maps.Copy(changed, sent)
	a.put(id, changed, a.settled())
	return platform.Response{Status: http.StatusOK, Body: a.userAs(r, changed)}
}

func (a *API) deleteUser(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	found, known := find(a.stored(), r.Token.ApplicationID, r.PathValue("user"))
	if !known {
		return platform.NoUser()
	}
	a.put(document.Text(found, "id"), nil, a.settled())
	return platform.Response{Status: http.StatusNoContent}
}

// listSessions always returns an empty list: users cannot log in to the emulator.
func (a *API) listSessions(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	if _, known := a.Find(r.Token.ApplicationID, r.PathValue("user")); !known {
		return platform.NoUser()
	}
	return cursor.Page(r, "sessions", nil)
}
