// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package senders is the External Accounts API 0.1.6, a developer preview: the WhatsApp, Viber, Messenger and RCS senders of an
// account, and which application receives their messages. Its description is in
// https://github.com/api-evangelist/vonage, openapi/_original/vonage-external-accounts-openapi.yml.
package senders

import (
	"fmt"
	"maps"
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

// Applications finds the application that a sender is to be linked to. The caller holds the account's lock.
type Applications interface {
	Find(id string) (document.Object, bool)
}

const messenger = "messenger"

// channels are the values of provider.
func channels() []string { return []string{messenger, "viber_service_msg", "whatsapp", "rcs"} }

// API is the External Accounts API of an account.
type API struct {
	*platform.Account

	applications Applications
	senders      settling.Store // by "channel/external id"
}

// New returns the API of an account without senders.
func New(account *platform.Account, applications Applications) *API {
	return &API{Account: account, applications: applications}
}

// Save saves the senders: see platform.Server.Save.
func (a *API) Save() (restore func()) {
	saved := a.senders.Copy()
	return func() { a.senders = *saved.Copy() }
}

// Routes serves the API's paths, and the senders of the control API. Only those of Messenger are made and changed here;
// others get into the account in other ways.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{Name: "External Accounts", Guard: a.guard, WrongVerb: platform.WrongVerb, Admit: platform.AdmitJSON}
	const path = "/beta/chatapp-accounts"
	api.Serve(paths, path, platform.Operations{http.MethodGet: a.list})
	api.Serve(paths, path+"/messenger", platform.Operations{http.MethodPost: a.createMessenger})
	for _, channel := range channels() {
		operations := platform.Operations{http.MethodGet: a.get(channel)}
		if channel == messenger {
			operations[http.MethodPatch], operations[http.MethodDelete] = a.changeMessenger, a.deleteMessenger
		}
		one := path + "/" + channel + "/{external_id}"
		if channel != "rcs" { // which has no operation to read one
			api.Serve(paths, one, operations)
		}
		api.Serve(paths, one+"/applications", platform.Operations{http.MethodPost: a.link(channel)})
		api.Serve(paths, one+"/applications/{application}", platform.Operations{http.MethodDelete: a.unlink(channel)})
	}
	paths.Keep("senders", "senders/{id...}", a)
}

// refused is a problem of this API. Those of 401 and 403 have a title, and may have nothing else.
func refused(status int, kind, title, detail string, invalid ...shape.Parameter) platform.Response {
	body := document.Object{"title": title}
	if kind != "" {
		body["type"], body["instance"] = "https://www.nexmo.com/messages/Errors#"+kind, platform.RandomHex(16)
	}
	if detail != "" {
		body["detail"] = detail
	}
	if len(invalid) > 0 {
		body["invalid_params"] = invalid
	}
	return platform.Response{Status: status, Body: body}
}

func (a *API) guard(r *platform.Request) (platform.Response, bool) {
	return refused(http.StatusUnauthorized, "", "Unauthorized", ""), a.AuthenticateEither(r)
}

func invalid(parameters ...shape.Parameter) platform.Response {
	return refused(http.StatusBadRequest, "InvalidParams", "Invalid params", "The value of one or more parameters is invalid", parameters...)
}

// read decodes a body of a known shape.
func read(body []byte, expected shape.Object) (document.Object, platform.Response, bool) {
	sent, err := document.ParseObject(body)
	if err != nil {
		return nil, refused(http.StatusBadRequest, "InvalidParams", "Invalid JSON", err.Error()), false
	}
	var checked shape.Checker
	expected.Check(&checked, "", sent, nil)
	if checked.UnknownName != "" {
		checked.Refuse(checked.UnknownName, "is not allowed")
	}
	if len(checked.Invalid) > 0 {
		return nil, invalid(checked.Invalid...), false
	}
	return sent, platform.Response{}, true
}

// until is when reads see what is written now; zero for at once.
func (a *API) until() time.Time {
	if a.Variant.Settling == 0 {
		return time.Time{}
	}
	return a.Now().Add(a.Variant.Settling)
}

const (
	defaultPageSize = 20
	largestPageSize = 100
)

// list responds with an array where other lists have an object, and without totals.
func (a *API) list(r *platform.Request) platform.Response {
	query := r.URL.Query()
	size, sizeFits := platform.QueryInteger(query, "page_size", defaultPageSize, 1, largestPageSize)
	number, numberFits := platform.QueryInteger(query, "page_number", 1, 1, 1<<30)
	channel := query.Get("provider")
	switch {
	case !sizeFits:
		return invalid(shape.Parameter{Name: "page_size", Reason: fmt.Sprintf("must be between 1 and %d", largestPageSize)})
	case !numberFits:
		return invalid(shape.Parameter{Name: "page_number", Reason: "must be 1 or more"})
	case query.Has("provider") && !slices.Contains(channels(), channel):
		return invalid(shape.Parameter{Name: "provider", Reason: "must be one of: " + strings.Join(channels(), ", ")})
	}
	a.Lock()
	defer a.Unlock()
	found := []document.Object{}
	for _, sender := range a.senders.All(a.Now()) {
		if channel == "" || document.Text(sender, "provider") == channel {
			found = append(found, sender)
		}
	}
	from := min((number-1)*size, len(found))
	link := func(number int) document.Object {
		return document.Object{"href": fmt.Sprintf("%s?page_number=%d&page_size=%d", r.URL.Path, number, size)}
	}
	links := document.Object{"self": link(number), "first": link(1)}
	if number*size < len(found) {
		links["next"] = link(number + 1)
	}
	if number > 1 {
		links["prev"] = link(number - 1)
	}
	return platform.Response{Status: http.StatusOK, Body: document.Object{
		"page_number": number, "page_size": size, "_embedded": found[from:min(from+size, len(found))], "_links": links,
	}}
}

func key(channel, id string) string { return channel + "/" + id }

// missing is a 404, which for Messenger has no body.
func missing(channel string) platform.Response {
	if channel == messenger {
		return platform.Response{Status: http.StatusNotFound}
	}
	return refused(http.StatusNotFound, "NotFound", "Not found", "The account does not exist, or you do not have access")
}

func (a *API) get(channel string) platform.Endpoint {
	return func(r *platform.Request) platform.Response {
		a.Lock()
		defer a.Unlock()
		sender, known := a.senders.Seen(key(channel, r.PathValue("external_id")), a.Now())
		if !known {
			return missing(channel)
		}
		return platform.Response{Status: http.StatusOK, Body: sender}
	}
}

func (a *API) put(sender document.Object) {
	a.senders.Put(key(document.Text(sender, "provider"), document.Text(sender, "external_id")), sender, a.until())
}

// createMessenger responds with the access token, as every read does.
func (a *API) createMessenger(r *platform.Request) platform.Response {
	sent, refusal, ok := read(r.Body, shape.Object{
		{Name: "external_id", Shape: shape.Text{Required: true}, Required: true},
		{Name: "access_token", Shape: shape.Text{Required: true}, Required: true},
		{Name: "name", Shape: shape.Text{}},
		{Name: "applications", Shape: shape.ListOf(shape.Text{Required: true})},
	})
	if !ok {
		return refusal
	}
	a.Lock()
	defer a.Unlock()
	id, linked := document.Text(sent, "external_id"), document.List(sent, "applications")
	if _, known := a.senders.Current(key(messenger, id)); known {
		return refused(http.StatusForbidden, "Forbidden", "Account exists already", "")
	}
	if len(linked) > 1 {
		return invalid(shape.Parameter{Name: "applications", Reason: "must have at most one application"})
	}
	if len(linked) == 1 && !a.takesMessages(linked[0]) {
		return cannotLink()
	}
	document.Fill(sent, "applications", []any{})
	sent["provider"], sent["api_key"] = messenger, a.APIKey
	a.put(sent)
	return platform.Response{Status: http.StatusCreated, Body: sent}
}

// changeMessenger changes the token and the name.
func (a *API) changeMessenger(r *platform.Request) platform.Response {
	sent, refusal, ok := read(r.Body, shape.Object{
		{Name: "access_token", Shape: shape.Text{Required: true}},
		{Name: "name", Shape: shape.Text{}},
	})
	if !ok {
		return refusal
	}
	a.Lock()
	defer a.Unlock()
	current, known := a.senders.Current(key(messenger, r.PathValue("external_id")))
	if !known {
		return missing(messenger)
	}
	changed := document.Copy(current)
	maps.Copy(changed, sent)
	a.put(changed)
	return platform.Response{Status: http.StatusOK, Body: changed}
}

func (a *API) deleteMessenger(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	if !a.remove(key(messenger, r.PathValue("external_id")), a.until()) {
		return missing(messenger)
	}
	return platform.Response{Status: http.StatusNoContent}
}

func (a *API) remove(key string, until time.Time) bool {
	_, known := a.senders.Current(key)
	if known {
		a.senders.Put(key, nil, until)
	}
	return known
}

// takesMessages reports whether an application exists and has the messages capability.
func (a *API) takesMessages(id any) bool {
	text, _ := id.(string)
	application, known := a.applications.Find(text)
	return known && document.At(application, "capabilities", "messages") != nil
}

func cannotLink() platform.Response {
	return refused(http.StatusForbidden, "Forbidden", "Cannot link application", "")
}

// applicationID matches a UUID.
var applicationID = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// link makes an application receive the messages of a sender that has none. Whether linking the same application again is a
// conflict is not documented.
func (a *API) link(channel string) platform.Endpoint {
	return func(r *platform.Request) platform.Response {
		sent, refusal, ok := read(r.Body, shape.Object{{Name: "application", Shape: shape.Matching(applicationID), Required: true}})
		if !ok {
			return refusal
		}
		a.Lock()
		defer a.Unlock()
		sender, known := a.senders.Current(key(channel, r.PathValue("external_id")))
		if !known {
			return missing(channel)
		}
		if !a.takesMessages(sent["application"]) {
			return cannotLink()
		}
		if linked := document.List(sender, "applications"); len(linked) > 0 {
			if a.Variant.RelinkAccepted && linked[0] == sent["application"] {
				return platform.Response{Status: http.StatusOK, Body: sender}
			}
			return refused(http.StatusConflict, "Conflict", "Conflict", "The account is linked to an application already")
		}
		linked := document.Copy(sender)
		linked["applications"] = []any{sent["application"]}
		a.put(linked)
		return platform.Response{Status: http.StatusOK, Body: linked}
	}
}

// unlink has a 409 for all that is not linked, whether or not it exists.
func (a *API) unlink(channel string) platform.Endpoint {
	return func(r *platform.Request) platform.Response {
		a.Lock()
		defer a.Unlock()
		sender, known := a.senders.Current(key(channel, r.PathValue("external_id")))
		if !known || !slices.Contains(document.List(sender, "applications"), any(r.PathValue("application"))) {
			return refused(http.StatusConflict, "Conflict", "Conflict", "The account is not linked to this application")
		}
		a.put(unlinked(sender))
		return platform.Response{Status: http.StatusNoContent}
	}
}

func unlinked(sender document.Object) document.Object {
	copied := document.Copy(sender)
	copied["applications"] = []any{}
	return copied
}

// Unlink ends the links to an application. The caller must hold the lock.
func (a *API) Unlink(application string) {
	for _, id := range a.senders.Keys() {
		if sender, _ := a.senders.Current(id); slices.Contains(document.List(sender, "applications"), any(application)) {
			a.senders.Put(id, unlinked(sender), time.Time{})
		}
	}
}

// Seed stores a sender as given under an id such as "whatsapp/447700900001"; only its provider, its external_id and its api_key
// are set, and its applications if it has none.
func (a *API) Seed(id string, doc any) error {
	sender, err := document.From(doc)
	if err != nil {
		return err
	}
	channel, external, both := strings.Cut(id, "/")
	if !both || external == "" || !slices.Contains(channels(), channel) {
		return fmt.Errorf("%q is not CHANNEL/ID: one of %q and an id, as in whatsapp/447700900001", id, channels())
	}
	sender["provider"], sender["external_id"], sender["api_key"] = channel, external, a.APIKey
	document.Fill(sender, "applications", []any{})
	a.Lock()
	defer a.Unlock()
	a.senders.Put(id, sender, time.Time{})
	return nil
}

// Get returns the stored sender.
func (a *API) Get(id string) (map[string]any, bool) {
	a.Lock()
	defer a.Unlock()
	sender, known := a.senders.Current(id)
	return document.Copy(sender), known
}

// Remove removes a sender.
func (a *API) Remove(id string) bool {
	a.Lock()
	defer a.Unlock()
	return a.remove(id, time.Time{})
}

// All returns the stored senders by id.
func (a *API) All() map[string]map[string]any {
	a.Lock()
	defer a.Unlock()
	all := map[string]map[string]any{}
	for _, id := range a.senders.Keys() {
		sender, _ := a.senders.Current(id)
		all[id] = document.Copy(sender)
	}
	return all
}
