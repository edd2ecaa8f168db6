// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// The Users API v1, as described with the Application API 2.4.1. A user belongs to the token's application.

type user struct {
	place         int
	applicationID string
	document      document
}

// brief returns a user as members and lists show it.
func (u *user) brief() document {
	brief := document{}
	for _, name := range []string{"id", "name", "display_name", "image_url"} {
		if value, has := u.document[name]; has {
			brief[name] = value
		}
	}
	return brief
}

type userStore struct {
	ordered []*user
	made    int
}

// find looks up a user by id or name.
func (s *userStore) find(applicationID, wanted string) (*user, bool) {
	for _, u := range s.ordered {
		if u.applicationID == applicationID && (text(u.document, "id") == wanted || text(u.document, "name") == wanted) {
			return u, true
		}
	}
	return nil, false
}

func (e *Emulator) userRoutes(mux *http.ServeMux) {
	api := family{guard: e.authenticateToken, wrongVerb: codedWrongVerb, admit: e.admitCodedJSON}
	api.serve(mux, "/v1/users", operations{http.MethodGet: e.listUsers, http.MethodPost: e.createUser})
	api.serve(mux, "/v1/users/{user}", operations{
		http.MethodGet: e.getUser, http.MethodPatch: e.updateUser, http.MethodDelete: e.deleteUser,
	})
	api.serve(mux, "/v1/users/{user}/sessions", operations{http.MethodGet: e.listSessions})
}

// sipURI is the pattern of the Users API's description.
var sipURI = regexp.MustCompile(`^(sip|sips):\+?([\w|:.\-@;,=%&]+)`)

// updatedUserShape is the body of PATCH; the body of POST has further properties.
func updatedUserShape() objectShape {
	reachedBy := func(property property) listShape { return listShape{objectShape{property}} }
	byNumber := reachedBy(property{name: "number", shape: anything{}}) // a number in the specification, a string in the CLI
	return objectShape{
		{name: "name", shape: textShape{required: true}},
		{name: "display_name", shape: optional{textShape{}}},
		{name: "image_url", shape: optional{textShape{}}},
		{name: "channels", shape: objectShape{
			{name: "pstn", shape: byNumber},
			{name: "sip", shape: listShape{objectShape{
				{name: "uri", shape: patternShape{sipURI}}, {name: "username", shape: textShape{}}, {name: "password", shape: textShape{}},
			}}},
			{name: "vbc", shape: reachedBy(property{name: "extension", shape: anything{}})},
			{name: "websocket", shape: listShape{objectShape{
				{name: "uri", shape: textShape{}}, {name: "content-type", shape: textShape{}}, {name: "headers", shape: anyObject{}},
			}}},
			{name: "sms", shape: byNumber},
			{name: "mms", shape: byNumber},
			{name: "whatsapp", shape: byNumber},
			{name: "viber", shape: byNumber},
			{name: "messenger", shape: reachedBy(property{name: "id", shape: textShape{}})},
		}},
	}
}

func newUserShape() objectShape {
	return append(updatedUserShape(), property{name: "properties", shape: objectShape{
		{name: "custom_data", shape: anyObject{}},
		{name: "ttl", shape: integerShape{0, 2147483648}}, // seconds
	}})
}

func invalidUserName() response {
	return coded(http.StatusBadRequest, "user:error:invalid-user-name", "Bad request.",
		"A user name must not be \"me\" and must not begin with USR-.")
}

// checkUserName refuses reserved names and names of other users of the application.
func (e *Emulator) checkUserName(applicationID, name string, except *user) (response, bool) {
	if name == "me" || strings.HasPrefix(name, "USR-") {
		return invalidUserName(), false
	}
	if other, taken := e.users.find(applicationID, name); taken && other != except {
		return conflict("user:error:duplicate-name", "The user name already exists. Please provide a unique user name and try again."), false
	}
	return response{}, true
}

// createUser requires an administrator token: one without a subject.
func (e *Emulator) createUser(r *request) response {
	if r.token.subject != "" {
		return tokenRefused("permission", "You do not have permission to perform this action.")
	}
	sent, refusal, ok := readCoded(r.body, newUserShape())
	if !ok {
		return refusal
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	fill(sent, "name", "NAM-"+newUUID())
	if refusal, ok := e.checkUserName(r.token.applicationID, text(sent, "name"), nil); !ok {
		return refusal
	}
	sent["id"] = "USR-" + newUUID()
	e.users.made++
	made := &user{place: e.users.made, applicationID: r.token.applicationID, document: sent}
	e.users.ordered = append(e.users.ordered, made)
	return response{status: http.StatusCreated, body: userAs(r, made.document)}
}

func userAs(r *request, u document) document {
	shown := maps.Clone(u)
	shown["_links"] = document{"self": document{"href": origin(r.Request) + "/v1/users/" + text(u, "id")}}
	return shown
}

func (e *Emulator) listUsers(r *request) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	name := r.URL.Query().Get("name")
	var items []listed
	for _, u := range e.users.ordered {
		if u.applicationID == r.token.applicationID && (name == "" || name == text(u.document, "name")) {
			items = append(items, listed{place: u.place, document: userAs(r, u.brief())})
		}
	}
	return cursorPage(r, "users", items)
}

func (e *Emulator) getUser(r *request) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	found, known := e.users.find(r.token.applicationID, r.PathValue("user"))
	if !known {
		return noUser()
	}
	return response{status: http.StatusOK, body: userAs(r, found.document)}
}

func (e *Emulator) updateUser(r *request) response {
	sent, refusal, ok := readCoded(r.body, updatedUserShape())
	if !ok {
		return refusal
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	found, known := e.users.find(r.token.applicationID, r.PathValue("user"))
	if !known {
		return noUser()
	}
	if name, renamed := sent["name"].(string); renamed {
		if refusal, ok := e.checkUserName(r.token.applicationID, name, found); !ok {
			return refusal
		}
	}
	changed := maps.Clone(found.document)
	maps.Copy(changed, sent)
	found.document = changed
	return response{status: http.StatusOK, body: userAs(r, changed)}
}

func (e *Emulator) deleteUser(r *request) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	found, known := e.users.find(r.token.applicationID, r.PathValue("user"))
	if !known {
		return noUser()
	}
	e.users.ordered = slices.DeleteFunc(e.users.ordered, func(u *user) bool { return u == found })
	return response{status: http.StatusNoContent}
}

// listSessions always returns an empty list: users cannot log in to the emulator.
func (e *Emulator) listSessions(r *request) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, known := e.users.find(r.token.applicationID, r.PathValue("user")); !known {
		return noUser()
	}
	return cursorPage(r, "sessions", nil)
}
