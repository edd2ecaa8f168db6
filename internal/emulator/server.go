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

// request is one API request on its way to an endpoint; its body has been read.
type request struct {
	*http.Request

	body  []byte
	token token // the caller, where a token is required
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
	raw    string // instead of a JSON body
	header http.Header
}

// maxRequestBody is far larger than any operation needs, in bytes.
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
		// As a gateway refuses an oversized request. A client that has disconnected does not see it.
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

// serveAPI refuses paths that http.ServeMux would clean and redirect: the real API does neither.
func (e *Emulator) serveAPI(answer *answer, r *http.Request) {
	if asked := r.URL.EscapedPath(); path.Clean(asked) != asked {
		answer.reply(noSuchPath(asked))
		return
	}
	e.api.ServeHTTP(answer, r)
}

// hold delays an answer until delay has passed, the client disconnects or the emulator closes.
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

// answer buffers a response: faults may change it, and the request log must record its status before the client sees
// it.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newAnswer() *answer { return &answer{header: http.Header{}, status: http.StatusOK} }

func (a *answer) Header() http.Header            { return a.header }
func (a *answer) WriteHeader(status int)         { a.status = status }
func (a *answer) Write(text []byte) (int, error) { return a.body.Write(text) }

// reply writes an endpoint's response to the buffer.
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

// send sends the answer. Write errors are ignored: the client has disconnected.
func (a *answer) send(w http.ResponseWriter) {
	a.sendHeader(w)
	_, _ = w.Write(a.body.Bytes())
}

func (a *answer) sendHeader(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
}
