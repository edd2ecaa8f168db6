// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "net/http"

// endpoint carries out one operation.
type endpoint func(*request) response

// guard authenticates a request; when it does not let it pass, its answer is the refusal.
type guard func(*request) (response, bool)

// family is what the operations of one API have in common.
type family struct {
	guard     guard
	wrongVerb func() response
	// admit checks what a request says about itself, beyond the credentials; nil checks nothing.
	admit guard
}

// operations are the methods of one path.
type operations map[string]endpoint

// apiRoutes are the paths of api.nexmo.com and rest.nexmo.com. None ends in a slash, and nothing redirects to one that
// does: https://github.com/Vonage/vonage-java-sdk/blob/main/CHANGELOG.md, 9.12.0.
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

// respond hands an endpoint's answer to the one that ServeHTTP collects, which is all that these routes ever write to.
func respond(w http.ResponseWriter, answered response) {
	if collected, ok := w.(*answer); ok {
		collected.reply(answered)
	}
}
