// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"mime"
	"net/http"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/fault"
)

// AdmitJSON refuses clients that accept or send anything but JSON.
func AdmitJSON(r *Request) (Response, bool) {
	if !accepts(r.Header) {
		return wrongAccept(), false
	}
	if r.Method == http.MethodPost || r.Method == http.MethodPut || r.Method == http.MethodPatch {
		kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil || kind != "application/json" {
			return wrongContentType(), false
		}
	}
	return Response{}, true
}

// Endpoint handles one operation.
type Endpoint func(*Request) Response

// Guard authenticates a request. If it returns false, its response is the refusal.
type Guard func(*Request) (Response, bool)

// Family is what the operations of one API share.
type Family struct {
	// Name is the API's name and version.
	Name      string
	Guard     Guard
	WrongVerb func() Response
	// Admit checks the request's headers other than the credentials; may be nil.
	Admit Guard
}

// Operations maps the HTTP methods of one path to their endpoints.
type Operations map[string]Endpoint

// Operation is an operation that the emulator implements.
type Operation struct{ API, Method, Path string }

// Serve registers the operations of one path.
func (f Family) Serve(paths *Paths, path string, operations Operations) {
	for method := range operations {
		paths.operations = append(paths.operations, Operation{f.Name, method, path})
	}
	paths.api.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		respond(w, f.handle(operations[r.Method], r))
	})
}

func (f Family) handle(operation Endpoint, r *http.Request) Response {
	if operation == nil {
		return f.WrongVerb()
	}
	asked, err := newRequest(r)
	if err != nil {
		return InternalError()
	}
	if refusal, ok := f.Guard(asked); !ok {
		return refusal
	}
	if f.Admit != nil {
		if refusal, ok := f.Admit(asked); !ok {
			return refusal
		}
	}
	return operation(asked)
}

// respond writes an endpoint's response to the response that ServeHTTP collects; these routes never write to anything
// else.
func respond(w http.ResponseWriter, answered Response) {
	if collected, ok := w.(*fault.Answer); ok {
		reply(collected, answered)
	}
}
