// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"path"
	"strings"
	"time"
)

// request is one API request on its way to an endpoint, its body read.
type request struct {
	*http.Request

	body  []byte
	token token // who asks, where a token is wanted
}

func newRequest(r *http.Request) (*request, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	return &request{Request: r, body: body}, nil
}

// response is an endpoint's answer: a JSON body, or none.
type response struct {
	status int
	body   any
	raw    string // in place of a JSON body
	header http.Header
}

// maxRequestBody is far above what any operation needs.
const maxRequestBody = 1 << 20

// ServeHTTP serves the Vonage API, and the control API under /emulator/.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.seenURL.Store(origin(r))
	if strings.HasPrefix(r.URL.Path, "/emulator/") {
		e.control.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequestBody))
	if err != nil {
		// A gateway's refusal of one who talks without end. One who went away does not see it.
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	entry := e.requests.add(r, body, e.options.Now())
	if e.options.Received != nil {
		e.options.Received(*entry)
	}
	fault, faulty := e.faults.next(r.Method, r.URL.Path)
	var answer *answer
	if !faulty || fault.processes() {
		answer = newAnswer()
		r.Body = io.NopCloser(bytes.NewReader(body))
		e.serveAPI(answer, r)
	}
	e.hold(r, e.options.Latency)
	if faulty {
		e.hold(r, fault.pause())
		answer = fault.spoil(answer)
	}
	if answer != nil {
		e.requests.finish(entry, answer.status)
	}
	if faulty {
		fault.deliver(w, r, e.background.context.Done(), answer)
		return
	}
	answer.send(w)
}

// serveAPI refuses paths that http.ServeMux would clean and redirect: the API does neither.
func (e *Emulator) serveAPI(answer *answer, r *http.Request) {
	if asked := r.URL.EscapedPath(); path.Clean(asked) != asked {
		answer.reply(noSuchPath(asked))
		return
	}
	e.api.ServeHTTP(answer, r)
}

// hold waits before an answer, for as long as there is somebody to answer.
func (e *Emulator) hold(r *http.Request, delay time.Duration) {
	if delay <= 0 {
		return
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	case <-e.background.context.Done():
	}
}

// answer collects a response before the first byte of it is sent: faults change it, and the request log needs its status
// before the client can see it.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newAnswer() *answer { return &answer{header: http.Header{}, status: http.StatusOK} }

func (a *answer) Header() http.Header            { return a.header }
func (a *answer) WriteHeader(status int)         { a.status = status }
func (a *answer) Write(text []byte) (int, error) { return a.body.Write(text) }

// reply turns an endpoint's answer into HTTP.
func (a *answer) reply(answered response) {
	maps.Copy(a.header, answered.header)
	a.status = answered.status
	a.body.WriteString(answered.raw)
	if answered.body == nil {
		return
	}
	if a.header.Get("Content-Type") == "" {
		a.header.Set("Content-Type", "application/json")
	}
	encoder := json.NewEncoder(&a.body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(answered.body); err != nil {
		a.status = http.StatusInternalServerError
	}
}

// send writes the answer. A client that has gone away misses it, which is the client's affair.
func (a *answer) send(w http.ResponseWriter) {
	a.sendHeader(w)
	_, _ = w.Write(a.body.Bytes())
}

func (a *answer) sendHeader(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
}
