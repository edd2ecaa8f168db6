// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"slices"
)

// The Conversation API 5.5.1, https://developer.vonage.com/api/conversation, and what is left of its predecessors.

// modernVersions answer the shape of v1, oldVersions that of v0.1.
var (
	modernVersions = []string{"v1", "v0.3"}
	oldVersions    = []string{"v0.1", "beta"}
)

func (e *Emulator) conversationRoutes(mux *http.ServeMux) {
	api := family{guard: e.authenticateToken, wrongVerb: codedWrongVerb, admit: e.admitCodedJSON}
	for _, version := range slices.Concat(modernVersions, oldVersions) {
		api.serve(mux, "/"+version+"/conversations/{conversation}", operations{
			http.MethodGet: func(r *request) response { return e.getConversation(r, version) },
		})
	}
	for _, version := range modernVersions {
		members := "/" + version + "/conversations/{conversation}/members"
		api.serve(mux, members, operations{
			http.MethodGet: func(r *request) response { return e.listMembers(r, version) },
		})
		api.serve(mux, members+"/{member}", operations{
			http.MethodGet: func(r *request) response { return e.getMember(r, version) },
		})
	}
}

func (e *Emulator) getConversation(r *request, version string) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	found, ok := e.conversationFor(r.token, r.PathValue("conversation"))
	if !ok {
		return noConversation()
	}
	return response{status: http.StatusOK, body: e.conversationAs(r, found, version)}
}

// conversationAs is a conversation as one version of the API answers it.
func (e *Emulator) conversationAs(r *request, c *conversation, version string) document {
	self := document{"self": document{"href": conversationURL(r, version, c.id())}}
	if slices.Contains(oldVersions, version) {
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
	for _, name := range []string{"numbers", "callback", "api_key"} {
		delete(modern, name)
	}
	return modern
}

func conversationURL(r *request, version, id string) string {
	return origin(r.Request) + "/" + version + "/conversations/" + id
}
