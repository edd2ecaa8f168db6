// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package fault

import (
	"bytes"
	"maps"
	"net/http"
)

// Answer buffers a response: faults may change it, and the request log must record its status before the client sees
// it. It is an http.ResponseWriter.
type Answer struct {
	Status int
	Body   bytes.Buffer
	// OnFinish, if set, is called by Finish.
	OnFinish func()

	header http.Header
}

// NewAnswer returns an empty response with status 200.
func NewAnswer() *Answer { return &Answer{header: http.Header{}, Status: http.StatusOK} }

// Header implements http.ResponseWriter.
func (a *Answer) Header() http.Header { return a.header }

// WriteHeader implements http.ResponseWriter.
func (a *Answer) WriteHeader(status int) { a.Status = status }

// Write implements http.ResponseWriter.
func (a *Answer) Write(text []byte) (int, error) { return a.Body.Write(text) }

// Finish tells whoever made the response that it is out, or lost.
func (a *Answer) Finish() {
	if a.OnFinish != nil {
		a.OnFinish()
	}
}

// Send sends the response. Write errors are ignored: the client has disconnected.
func (a *Answer) Send(w http.ResponseWriter) {
	a.sendHeader(w)
	_, _ = w.Write(a.Body.Bytes())
}

func (a *Answer) sendHeader(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.Status)
}
