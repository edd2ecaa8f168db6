// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sip

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/settling"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// mostUsers is how many users a domain can have.
const mostUsers = 200

func (a *API) usersOf(domain string) *settling.Store {
	if a.users[domain] == nil {
		a.users[domain] = &settling.Store{}
	}
	return a.users[domain]
}

// shown returns a user without the secret, unless the variant shows it.
func (a *API) shown(user document.Object) document.Object {
	shown := document.Object{"key": user["key"], "domain": user["domain"]}
	if a.Variant.SIPSecretsShown {
		shown["secret"] = user["secret"]
	}
	return shown
}

// userRefused is a problem with an error_code, as users of the API quote them.
func userRefused(detail string) platform.Response {
	refusal := refused(http.StatusBadRequest, "InvalidParams", "Invalid user", detail)
	document.ObjectAt(refusal.Body)["error_code"] = "5"
	return refusal
}

func noUser() platform.Response {
	return refused(http.StatusNotFound, "NotFound", "Invalid user selected", "The user does not exist, or you do not have access")
}

var userKey = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)

// isPassword reports whether a text can be the secret of a user: 12 to 64 characters with a digit, a lower-case letter and
// an upper-case one.
func isPassword(word string) bool {
	has := func(from, to rune) bool {
		return strings.ContainsFunc(word, func(r rune) bool { return r >= from && r <= to })
	}
	return len(word) >= 12 && len(word) <= 64 && has('0', '9') && has('a', 'z') && has('A', 'Z')
}

// readUser decodes a user of a domain.
func readUser(r *platform.Request, domain document.Object) (document.Object, platform.Response, bool) {
	sent, refusal, ok := read(r.Body, shape.Object{
		{Name: "key", Shape: shape.Text{}},
		{Name: "secret", Shape: shape.Text{}, Required: true},
		{Name: "domain", Shape: shape.Enum{document.Text(domain, "name")}},
	}, nil)
	if !ok {
		return nil, refusal, false
	}
	document.Fill(sent, "key", r.PathValue("user"))
	key := document.Text(sent, "key")
	switch {
	case key == "":
		return nil, userRefused("User key may not be empty"), false
	case !userKey.MatchString(key) || r.PathValue("user") != "" && key != r.PathValue("user"):
		return nil, userRefused("User key is not valid"), false
	case !isPassword(document.Text(sent, "secret")):
		return nil, userRefused("Secret is case sensitive, has 12 to 64 characters and at least one digit, one lower and one upper case character"), false
	}
	sent["domain"] = document.Text(domain, "name")
	return sent, platform.Response{}, true
}

func (a *API) listUsers(_ *platform.Request, domain document.Object) platform.Response {
	users := a.usersOf(document.Text(domain, "name")).All(a.Now())
	for i, user := range users {
		users[i] = a.shown(user)
	}
	return platform.Response{Status: http.StatusOK, Body: users}
}

// createUser refuses a key that is in use; whether the API does is not documented.
func (a *API) createUser(r *platform.Request, domain document.Object) platform.Response {
	user, refusal, ok := readUser(r, domain)
	if !ok {
		return refusal
	}
	if _, known := a.usersOf(document.Text(domain, "name")).Current(document.Text(user, "key")); known && !a.Variant.SIPUserPostReplaces {
		return userRefused("User key is in use")
	}
	return a.store(user)
}

func (a *API) store(user document.Object) platform.Response {
	users, key := a.usersOf(document.Text(user, "domain")), document.Text(user, "key")
	if _, known := users.Current(key); !known && len(users.Keys()) >= mostUsers {
		return userRefused("Too many users")
	}
	users.Put(key, user, a.until())
	return platform.Response{Status: http.StatusCreated, Body: a.shown(user)}
}

// putUser creates a user or replaces its secret.
func (a *API) putUser(r *platform.Request, domain document.Object) platform.Response {
	user, refusal, ok := readUser(r, domain)
	if !ok {
		return refusal
	}
	if _, known := a.usersOf(document.Text(domain, "name")).Current(document.Text(user, "key")); !known && a.Variant.SIPPutMissingStatus == http.StatusNotFound {
		return noUser()
	}
	return a.store(user)
}

func (a *API) getUser(r *platform.Request, domain document.Object) platform.Response {
	user, known := a.usersOf(document.Text(domain, "name")).Seen(r.PathValue("user"), a.Now())
	if !known {
		return noUser()
	}
	return platform.Response{Status: http.StatusOK, Body: a.shown(user)}
}

func (a *API) deleteUser(r *platform.Request, domain document.Object) platform.Response {
	users := a.usersOf(document.Text(domain, "name"))
	if _, known := users.Current(r.PathValue("user")); !known {
		return noUser()
	}
	users.Put(r.PathValue("user"), nil, a.until())
	return a.deleted()
}

// listEndpoints responds with the devices that have registered, which the control API sets.
func (a *API) listEndpoints(_ *platform.Request, domain document.Object) platform.Response {
	endpoints := []document.Object{}
	for _, key := range a.usersOf(document.Text(domain, "name")).Keys() {
		user, _ := a.usersOf(document.Text(domain, "name")).Current(key)
		for _, uri := range document.List(user, "registered") {
			endpoints = append(endpoints, document.Object{"uri": uri})
		}
	}
	return platform.Response{Status: http.StatusOK, Body: endpoints}
}

// Seed stores a domain as given, without checks, with its users in "users": {KEY: {"secret", "registered": [URI]}}. Only its
// name is set. Without "users", those of a domain that it replaces stay.
func (a *API) Seed(name string, doc any) error {
	domain, err := document.From(doc)
	if err != nil {
		return err
	}
	users := document.ObjectAt(domain, "users")
	given := domain["users"] != nil
	if given && users == nil {
		return errors.New("users is no object")
	}
	for key, user := range users {
		if document.ObjectAt(user) == nil {
			return fmt.Errorf("the user %s is no object", key)
		}
	}
	delete(domain, "users")
	domain["name"] = name
	a.Lock()
	defer a.Unlock()
	if owner := a.names[name]; owner != nil && owner != a.Account {
		return fmt.Errorf("%s belongs to the account %s", name, owner.APIKey)
	}
	a.names[name] = a.Account
	a.domains.Put(name, domain, time.Time{})
	if given {
		delete(a.users, name)
	}
	for key, user := range users {
		stored := document.ObjectAt(user)
		stored["key"], stored["domain"] = key, name
		a.usersOf(name).Put(key, stored, time.Time{})
	}
	return nil
}

// Get returns the stored domain with its users, including their secrets.
func (a *API) Get(name string) (map[string]any, bool) {
	a.Lock()
	defer a.Unlock()
	domain, known := a.domains.Current(name)
	if !known {
		return nil, false
	}
	found, users := document.Copy(domain), document.Object{}
	for _, key := range a.usersOf(name).Keys() {
		user, _ := a.usersOf(name).Current(key)
		users[key] = document.Copy(user)
	}
	found["users"] = users
	return found, true
}

// Remove removes a domain with its users.
func (a *API) Remove(name string) bool {
	a.Lock()
	defer a.Unlock()
	delete(a.users, name)
	return a.remove(name, time.Time{})
}

// All returns the domains by name.
func (a *API) All() map[string]map[string]any {
	a.Lock()
	names := slices.Clone(a.domains.Keys())
	a.Unlock()
	all := map[string]map[string]any{}
	for _, name := range names {
		if domain, known := a.Get(name); known {
			all[name] = domain
		}
	}
	return all
}
