// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"slices"
)

// The Conversation API 5.5.1, https://developer.vonage.com/api/conversation, and the remains of its predecessors.

// oldVersions answer in the shape of v0.1, all others in that of v1.
func oldVersions() []string { return []string{"v0.1", "beta"} }

func (e *Emulator) conversationRoutes(mux *http.ServeMux) {
	api := family{guard: e.authenticateToken, wrongVerb: codedWrongVerb, admit: e.admitCodedJSON}
	e.modernRoutes(mux, api, "v1")
	if e.options.Variant.OldVersionsGone {
		return
	}
	e.modernRoutes(mux, api, "v0.3")
	for _, version := range oldVersions() {
		api.serve(mux, "/"+version+"/conversations/{conversation}", operations{
			http.MethodGet: e.inConversation(version, e.getConversation),
		})
	}
}

func (e *Emulator) modernRoutes(mux *http.ServeMux, api family, version string) {
	in := func(operation conversationEndpoint) endpoint { return e.inConversation(version, operation) }
	all := "/" + version + "/conversations"
	api.serve(mux, all, operations{
		http.MethodGet:  func(r *request) response { return e.listConversations(r, version) },
		http.MethodPost: func(r *request) response { return e.createConversation(r, version) },
	})
	one := all + "/{conversation}"
	api.serve(mux, one, operations{
		http.MethodGet: in(e.getConversation), http.MethodPut: in(e.replaceConversation), http.MethodDelete: in(e.deleteConversation),
	})
	api.serve(mux, one+"/members", operations{http.MethodGet: in(e.listMembers), http.MethodPost: in(e.createMember)})
	api.serve(mux, one+"/members/{member}", operations{http.MethodGet: in(e.getMember), http.MethodPatch: in(e.updateMember)})
	api.serve(mux, one+"/events", operations{http.MethodGet: in(e.listEvents), http.MethodPost: in(e.createEvent)})
	api.serve(mux, one+"/events/{event}", operations{http.MethodGet: in(e.getEvent), http.MethodDelete: in(e.deleteEvent)})
	api.serve(mux, one+"/talk", operations{
		http.MethodPut: in(simulated(talkShape(false), "Talk started")), http.MethodDelete: in(simulated(nil, "Talk stopped")),
	})
	api.serve(mux, one+"/stream", operations{
		http.MethodPut: in(simulated(streamShape(), "Stream started")), http.MethodDelete: in(simulated(nil, "Stream stopped")),
	})
	api.serve(mux, one+"/record", operations{http.MethodPut: in(simulated(recordShape(), ""))})
	api.serve(mux, "/"+version+"/users/{user}/conversations", operations{
		http.MethodGet: func(r *request) response { return e.listUserConversations(r, version) },
	})
}

// inactive has the code and the words of the live API, which existing applications look for. Its status is unknown.
func inactive() response {
	return coded(http.StatusBadRequest, "conversation:error:not-allowed", "Bad request.",
		"The request failed because the current state of the conversation is INACTIVE. Only GET and DELETE actions are allowed.")
}

// conversationEndpoint handles an operation on a conversation that the token may access. It runs under the account's
// lock.
type conversationEndpoint func(r *request, c *conversation, version string) response

func (e *Emulator) inConversation(version string, operation conversationEndpoint) endpoint {
	return func(r *request) response {
		e.mu.Lock()
		defer e.mu.Unlock()
		found, ok := e.conversationFor(r.token, r.PathValue("conversation"))
		if !ok {
			return noConversation()
		}
		if text(found.document, "state") == "INACTIVE" && r.Method != http.MethodGet && r.Method != http.MethodDelete {
			return inactive()
		}
		return operation(r, found, version)
	}
}

func (e *Emulator) getConversation(r *request, c *conversation, version string) response {
	return response{status: http.StatusOK, body: e.conversationAs(r, c, version)}
}

// simulated accepts an operation that would play or record audio in a conversation. A nil shape means no body.
func simulated(shape objectShape, message string) conversationEndpoint {
	return func(r *request, _ *conversation, _ string) response {
		if shape != nil {
			if _, refusal, ok := readCoded(r.body, shape); !ok {
				return refusal
			}
		}
		if message == "" {
			return response{status: http.StatusOK}
		}
		return response{status: http.StatusOK, body: document{"message": message, "uuid": newUUID()}}
	}
}

// conversationAs returns a conversation in the shape of an API version.
func (e *Emulator) conversationAs(r *request, c *conversation, version string) document {
	self := document{"self": document{"href": conversationURL(r, version, c.id())}}
	if slices.Contains(oldVersions(), version) {
		if c.seeded != nil {
			return c.seeded
		}
		old := oldConversation(c.document, c.members)
		old["_links"] = self
		if version == "v0.1" {
			fill(old, "api_key", e.options.APIKey)
		}
		return old
	}
	modern := maps.Clone(c.document)
	fill(modern, "_links", self)
	if version == "v0.3" {
		fill(modern, "numbers", document{})
		return modern
	}
	delete(modern, "api_key")
	if !e.options.Variant.WritesShown {
		delete(modern, "numbers")
		delete(modern, "callback")
	}
	return modern
}

func conversationURL(r *request, version, id string) string {
	return origin(r.Request) + "/" + version + "/conversations/" + id
}
