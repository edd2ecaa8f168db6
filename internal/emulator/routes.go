// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "net/http"

// endpoint handles one operation.
type endpoint func(*request) response

// guard authenticates a request. If it returns false, its response is the refusal.
type guard func(*request) (response, bool)

// family is what the operations of one API share.
type family struct {
	guard     guard
	wrongVerb func() response
	// admit checks the request's headers other than the credentials; may be nil.
	admit guard
}

// operations maps the HTTP methods of one path to their endpoints.
type operations map[string]endpoint

// apiRoutes serves the paths of api.nexmo.com and rest.nexmo.com. No path ends in a slash, and none redirects to one
// that does: https://github.com/Vonage/vonage-java-sdk/blob/main/CHANGELOG.md, 9.12.0.
func (e *Emulator) apiRoutes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		respond(w, noSuchPath(r.URL.Path))
	})
	e.applicationRoutes(mux)
	e.numberRoutes(mux)
	e.insightRoutes(mux)
	e.conversationRoutes(mux)
	e.userRoutes(mux)
	e.voiceRoutes(mux)
	e.accountRoutes(mux)
	e.secretRoutes(mux)
	return mux
}

// serve registers the operations of one path.
func (f family) serve(mux *http.ServeMux, path string, operations operations) {
	mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		respond(w, f.handle(operations[r.Method], r))
	})
}

func (f family) handle(operation endpoint, r *http.Request) response {
	if operation == nil {
		return f.wrongVerb()
	}
	asked, err := newRequest(r)
	if err != nil {
		return internalError()
	}
	if refusal, ok := f.guard(asked); !ok {
		return refusal
	}
	if f.admit != nil {
		if refusal, ok := f.admit(asked); !ok {
			return refusal
		}
	}
	return operation(asked)
}

// respond writes an endpoint's response to the answer that ServeHTTP collects; these routes never write to anything
// else.
func respond(w http.ResponseWriter, answered response) {
	if collected, ok := w.(*answer); ok {
		collected.reply(answered)
	}
}
