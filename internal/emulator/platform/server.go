// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/fault"
)

// Request is one API request on its way to an endpoint; its body has been read.
type Request struct {
	*http.Request

	Body  []byte
	Token token // the caller, where a token is required
}

func newRequest(r *http.Request) (*Request, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	return &Request{Request: r, Body: body}, nil
}

// Response is an endpoint's answer: a JSON body, or none.
type Response struct {
	Status int
	Body   any
	Raw    string // instead of a JSON body
	Header http.Header
}

// Server serves the APIs of an account and the control API, records the requests and injects faults.
type Server struct {
	fault.List

	// Control has the paths of the control API, under /emulator/.
	Control *http.ServeMux

	api        *http.ServeMux // the paths of api.nexmo.com and rest.nexmo.com
	operations []Operation    // those of api

	account  *Account
	requests requestLog
}

// NewServer returns a server without any path. No path of Vonage's ends in a slash, and none redirects to one that
// does: https://github.com/Vonage/vonage-java-sdk/blob/main/CHANGELOG.md, 9.12.0.
func NewServer(account *Account) *Server {
	s := &Server{
		account: account, Control: http.NewServeMux(), api: http.NewServeMux(),
		requests: requestLog{journal: Journal[*LoggedRequest]{Limit: maxRequests}, longest: maxLogged},
	}
	s.api.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		respond(w, noSuchPath(r.URL.Path))
	})
	return s
}

// maxRequestBody is far larger than any operation needs, in bytes.
const maxRequestBody = 1 << 20

// ServeHTTP serves the Vonage API, and the control API under /emulator/.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.account.seenURL.Store(Origin(r))
	if strings.HasPrefix(r.URL.Path, "/emulator/") {
		s.Control.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequestBody))
	if err != nil {
		// As a gateway refuses an oversized request. A client that has disconnected does not see it.
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	entry := s.requests.add(r, body, s.account.Now())
	if s.account.Received != nil {
		s.account.Received(*entry)
	}
	injected, faulty := s.Next(r.Method, r.URL.Path)
	var answer *fault.Answer
	if !faulty || injected.Processes() {
		answer = fault.NewAnswer()
		r.Body = io.NopCloser(bytes.NewReader(body))
		s.serveAPI(answer, r)
	}
	s.hold(r, s.account.Latency)
	if faulty {
		s.hold(r, injected.Pause())
		answer = injected.Alter(answer)
	}
	if answer != nil {
		s.requests.finish(entry, answer.Status)
	}
	if faulty {
		injected.Deliver(w, r, s.account.Background.Context.Done(), answer)
		return
	}
	answer.Send(w)
}

// Operations returns the operations of the served APIs, sorted by API, path and method.
func (s *Server) Operations() []Operation {
	return slices.SortedFunc(slices.Values(s.operations), func(a, b Operation) int {
		return cmp.Or(cmp.Compare(a.API, b.API), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
}

// serveAPI refuses paths that http.ServeMux would clean and redirect: the real API does neither.
func (s *Server) serveAPI(answer *fault.Answer, r *http.Request) {
	if asked := r.URL.EscapedPath(); path.Clean(asked) != asked {
		reply(answer, noSuchPath(asked))
		return
	}
	s.api.ServeHTTP(answer, r)
}

// hold delays an answer until delay has passed, the client disconnects or the emulator closes.
func (s *Server) hold(r *http.Request, delay time.Duration) {
	if delay <= 0 {
		return
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	case <-s.account.Background.Context.Done():
	}
}

// reply writes an endpoint's response to the answer.
func reply(to *fault.Answer, answered Response) {
	maps.Copy(to.Header(), answered.Header)
	to.Status = answered.Status
	to.Body.WriteString(answered.Raw)
	if answered.Body == nil {
		return
	}
	if to.Header().Get("Content-Type") == "" {
		to.Header().Set("Content-Type", "application/json")
	}
	encoder := json.NewEncoder(&to.Body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(answered.Body); err != nil {
		to.Status = http.StatusInternalServerError
	}
}
