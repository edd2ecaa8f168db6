// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package conversations is the Conversation API 5.5.1, https://developer.vonage.com/api/conversation, and the remains of
// its predecessors.
package conversations

import (
	"maps"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/conversation"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// oldVersions answer in the shape of v0.1, all others in that of v1.
func oldVersions() []string { return []string{"v0.1", "beta"} }

// Users finds a user of an application by id or name, as members show it. The caller holds the account's lock.
type Users interface {
	Find(applicationID, wanted string) (document.Object, bool)
}

// API is the Conversation API of an account's applications.
type API struct {
	*platform.Account

	store *conversation.Store
	users Users
	// closed is called with a conversation that a member has ended by leaving.
	closed func(*conversation.Conversation)
}

// New returns the API of the conversations in a store. closed is called with a conversation that a member has ended by
// leaving.
func New(account *platform.Account, store *conversation.Store, users Users, closed func(*conversation.Conversation)) *API {
	return &API{Account: account, store: store, users: users, closed: closed}
}

// Routes serves the API's paths, and the conversations of the control API.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{Name: "Conversation", Guard: a.AuthenticateToken, WrongVerb: platform.CodedWrongVerb, Admit: platform.AdmitCodedJSON}
	platform.KeepListed(paths, platform.Kind{Name: "conversations", Path: "conversations/{id}", Documents: a}, a.IDs)
	a.modernRoutes(paths, api, "v1")
	if a.Variant.OldVersionsGone {
		return
	}
	a.modernRoutes(paths, api, "v0.3")
	for _, version := range oldVersions() {
		api.Serve(paths, "/"+version+"/conversations/{conversation}", platform.Operations{
			http.MethodGet: a.inConversation(version, a.getConversation),
		})
	}
}

func (a *API) modernRoutes(paths *platform.Paths, api platform.Family, version string) {
	in := func(operation conversationEndpoint) platform.Endpoint { return a.inConversation(version, operation) }
	all := "/" + version + "/conversations"
	api.Serve(paths, all, platform.Operations{
		http.MethodGet:  func(r *platform.Request) platform.Response { return a.listConversations(r, version) },
		http.MethodPost: func(r *platform.Request) platform.Response { return a.createConversation(r, version) },
	})
	one := all + "/{conversation}"
	api.Serve(paths, one, platform.Operations{
		http.MethodGet: in(a.getConversation), http.MethodPut: in(a.replaceConversation), http.MethodDelete: in(a.deleteConversation),
	})
	api.Serve(paths, one+"/members", platform.Operations{http.MethodGet: in(a.listMembers), http.MethodPost: in(a.createMember)})
	api.Serve(paths, one+"/members/{member}", platform.Operations{http.MethodGet: in(a.getMember), http.MethodPatch: in(a.updateMember)})
	api.Serve(paths, one+"/events", platform.Operations{http.MethodGet: in(a.listEvents), http.MethodPost: in(a.createEvent)})
	api.Serve(paths, one+"/events/{event}", platform.Operations{http.MethodGet: in(a.getEvent), http.MethodDelete: in(a.deleteEvent)})
	api.Serve(paths, one+"/talk", platform.Operations{
		http.MethodPut: in(simulated(shape.Talk(false), "Talk started")), http.MethodDelete: in(simulated(nil, "Talk stopped")),
	})
	api.Serve(paths, one+"/stream", platform.Operations{
		http.MethodPut: in(simulated(shape.Stream(), "Stream started")), http.MethodDelete: in(simulated(nil, "Stream stopped")),
	})
	api.Serve(paths, one+"/record", platform.Operations{http.MethodPut: in(simulated(shape.Record(), ""))})
	api.Serve(paths, "/"+version+"/users/{user}/conversations", platform.Operations{
		http.MethodGet: func(r *platform.Request) platform.Response { return a.listUserConversations(r, version) },
	})
}

// inactive has the code and the words of the live API, which existing applications look for. Its status is unknown.
func inactive() platform.Response {
	return platform.Coded(http.StatusBadRequest, "conversation:error:not-allowed", "Bad request.",
		"The request failed because the current state of the conversation is INACTIVE. Only GET and DELETE actions are allowed.")
}

// conversationEndpoint handles an operation on a conversation that the token may access. It runs under the account's
// lock.
type conversationEndpoint func(r *platform.Request, c *conversation.Conversation, version string) platform.Response

func (a *API) inConversation(version string, operation conversationEndpoint) platform.Endpoint {
	return func(r *platform.Request) platform.Response {
		a.Lock()
		defer a.Unlock()
		found, ok := a.store.Readable(r.Token.ApplicationID, r.PathValue("conversation"), a.Now())
		if !ok {
			return noConversation()
		}
		if document.Text(found.Document, "state") == "INACTIVE" && r.Method != http.MethodGet && r.Method != http.MethodDelete {
			return inactive()
		}
		return operation(r, found, version)
	}
}

func (a *API) getConversation(r *platform.Request, c *conversation.Conversation, version string) platform.Response {
	return platform.Response{Status: http.StatusOK, Body: a.conversationAs(r, c, version)}
}

// simulated accepts an operation that would play or record audio in a conversation. A nil shape means no body.
func simulated(shape shape.Object, message string) conversationEndpoint {
	return func(r *platform.Request, _ *conversation.Conversation, _ string) platform.Response {
		if shape != nil {
			if _, refusal, ok := platform.ReadCoded(r.Body, shape); !ok {
				return refusal
			}
		}
		if message == "" {
			return platform.Response{Status: http.StatusOK}
		}
		return platform.Response{Status: http.StatusOK, Body: document.Object{"message": message, "uuid": uuid.NewString()}}
	}
}

// conversationAs returns a conversation in the shape of an API version.
func (a *API) conversationAs(r *platform.Request, c *conversation.Conversation, version string) document.Object {
	self := document.Object{"self": document.Object{"href": conversationURL(r, version, c.ID())}}
	if slices.Contains(oldVersions(), version) {
		if c.Seeded != nil {
			return c.Seeded
		}
		old := oldConversation(c.Document, c.Members)
		old["_links"] = self
		if version == "v0.1" {
			document.Fill(old, "api_key", a.APIKey)
		}
		return old
	}
	modern := maps.Clone(c.Document)
	document.Fill(modern, "_links", self)
	if version == "v0.3" {
		document.Fill(modern, "numbers", document.Object{})
		return modern
	}
	delete(modern, "api_key")
	if !a.Variant.WritesShown {
		delete(modern, "numbers")
		delete(modern, "callback")
	}
	return modern
}

func conversationURL(r *platform.Request, version, id string) string {
	return platform.Origin(r.Request) + "/" + version + "/conversations/" + id
}

func noConversation() platform.Response {
	return platform.Coded(http.StatusNotFound, "conversation:error:not-found", "Not found.",
		"Conversation does not exist, or you do not have access.")
}

func noMember() platform.Response {
	return platform.Coded(http.StatusNotFound, "conversation:error:member-not-found", "Not found.",
		"Member does not exist, or you do not have access.")
}
