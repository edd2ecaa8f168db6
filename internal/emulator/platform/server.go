// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path"
	"slices"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/fault"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/journal"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/token"
)

// Request is one API request on its way to an endpoint; its body has been read.
type Request struct {
	*http.Request

	Body  []byte
	Token token.Token // the caller, where a token is required
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

	sent func() // called once the response is out, or lost
}

// Paths are the paths that one account serves.
type Paths struct {
	// Control has the paths of the control API, under /emulator/.
	Control *http.ServeMux
	// Kinds are the kinds of documents that the account has.
	Kinds []Kind

	api        *http.ServeMux // the paths of api.nexmo.com and rest.nexmo.com
	operations []Operation    // those of api
}

// NewPaths returns no path. No path of Vonage's ends in a slash, and none redirects to one that does:
// https://github.com/Vonage/vonage-java-sdk/blob/main/CHANGELOG.md, 9.12.0.
func NewPaths() *Paths {
	paths := &Paths{Control: http.NewServeMux(), api: http.NewServeMux()}
	paths.api.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		respond(w, noSuchPath(r.URL.Path))
	})
	return paths
}

// Server serves the APIs of all accounts, records the requests and injects faults.
type Server struct {
	fault.List

	first    *Account // answers requests whose credentials name no account
	paths    map[*Account]*Paths
	requests *journal.Requests
}

// NewServer returns a server without accounts: first has to be opened before it serves.
func NewServer(first *Account) *Server {
	return &Server{first: first, paths: map[*Account]*Paths{}, requests: journal.NewRequests()}
}

// Open makes an account reachable. It must be complete, and its key must be new. opening is called while the lock is held,
// unless there is an error.
func (s *Server) Open(account *Account, paths *Paths, opening func()) error {
	s.first.Lock()
	defer s.first.Unlock()
	if _, taken := s.find(account.APIKey); taken {
		return fmt.Errorf("there is an account %s already", account.APIKey)
	}
	s.first.accounts = append(s.first.accounts, account)
	s.paths[account] = paths
	opening()
	return nil
}

// PathsOf returns the paths of the account with a key.
func (s *Server) PathsOf(key string) (*Paths, bool) {
	s.first.Lock()
	defer s.first.Unlock()
	account, known := s.find(key)
	return s.paths[account], known
}

// Accounts returns the record of every account with its key, in order of creation.
func (s *Server) Accounts() []map[string]any {
	s.first.Lock()
	accounts := slices.Clone(s.first.accounts)
	s.first.Unlock()
	listed := make([]map[string]any, len(accounts))
	for i, account := range accounts {
		listed[i] = map[string]any{"api_key": account.APIKey, "record": account.Record()}
		if account.Primary != nil {
			listed[i]["primary_account_api_key"] = account.Primary.APIKey
		}
	}
	return listed
}

// find returns the account with a key. The caller must hold the lock.
func (s *Server) find(key string) (*Account, bool) {
	for _, account := range s.first.accounts {
		if account.APIKey == key {
			return account, true
		}
	}
	return nil, false
}

// caller returns the account that a request's credentials name, whether or not they are valid, and its paths; without
// such an account, nil and the first one's paths.
func (s *Server) caller(r *Request) (*Account, *Paths) {
	owns := s.ownerOf(r)
	s.first.Lock()
	accounts := slices.Clone(s.first.accounts)
	s.first.Unlock()
	place := slices.IndexFunc(accounts, owns)
	if place < 0 {
		return nil, s.pathsOf(s.first)
	}
	return accounts[place], s.pathsOf(accounts[place])
}

func (s *Server) pathsOf(account *Account) *Paths {
	s.first.Lock()
	defer s.first.Unlock()
	return s.paths[account]
}

// maxRequestBody is far larger than any operation needs, in bytes.
const maxRequestBody = 1 << 20

// Closed reports whether the emulator has been closed, or is about to be.
func (s *Server) Closed() bool { return s.first.Background.Context.Err() != nil }

// ServeHTTP serves the Vonage API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.first.seenURL.Store(Origin(r))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequestBody))
	if err != nil {
		// As a gateway refuses an oversized request. A client that has disconnected does not see it.
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	p := s.process(r, body)
	answer := p.answer
	p.hold(r, s.first.Latency)
	if p.faulty {
		p.hold(r, p.fault.Pause())
		answer = p.fault.Alter(answer)
	}
	if answer != nil {
		s.requests.Finish(p.entry, answer.Status)
	}
	s.first.Feed.Publish(p.entry.Account, answeredAs(p.seen, answer, p.fault, time.Since(p.began)))
	if p.answer != nil {
		p.answer.Finish()
	}
	if p.faulty {
		p.fault.Deliver(w, r, p.over, answer)
		return
	}
	answer.Send(w)
}

// processed is a request whose answer has to go out.
type processed struct {
	entry  *journal.Request
	seen   uint64 // its number in the feed
	began  time.Time
	fault  fault.Fault
	faulty bool
	answer *fault.Answer   // nil if the fault is that it was not carried out
	over   <-chan struct{} // closed when nobody may wait for the response any longer
}

// process carries a request out, unless it is to fail before that. Nothing is restored meanwhile.
func (s *Server) process(r *http.Request, body []byte) processed {
	s.first.processing.RLock()
	defer s.first.processing.RUnlock()
	account, paths := s.caller(&Request{Request: r, Body: body})
	key := ""
	if account != nil {
		key = account.APIKey
	}
	p := processed{began: time.Now(), over: s.first.Background.Work().Done(), entry: s.requests.Add(key, r, body, s.first.Now())}
	if s.first.Received != nil {
		s.first.Received(*p.entry)
	}
	p.seen = s.first.Feed.Publish(key, feed.Request{
		Method: r.Method, Path: r.URL.Path, Query: p.entry.Query, Header: p.entry.Header, Body: feed.Show(p.entry.Body), Time: p.entry.Time,
	})
	p.fault, p.faulty = s.Next(key, r.Method, r.URL.Path)
	if !p.faulty || p.fault.Processes() {
		p.answer = fault.NewAnswer()
		r.Body = io.NopCloser(bytes.NewReader(body))
		paths.serve(p.answer, r)
	}
	return p
}

// answeredAs tells of the response to a request; it is nil if a fault closes the connection instead.
func answeredAs(request uint64, answer *fault.Answer, injected fault.Fault, took time.Duration) feed.Answer {
	seen := feed.Answer{To: request, Fault: string(injected.Kind), Milliseconds: took.Milliseconds()}
	if answer == nil {
		seen.Error = "the connection was closed"
	} else {
		seen.Status, seen.Body = answer.Status, feed.Show(answer.Body.String())
	}
	return seen
}

// Requests returns the API requests so far, in order of arrival, with the statuses of their responses. A status is
// recorded before the client can see the response.
func (s *Server) Requests() []journal.Request { return s.requests.All() }

// ResetRequests clears the recorded requests.
func (s *Server) ResetRequests() { s.requests.Reset() }

// Operations returns the operations of the served APIs, sorted by API, path and method.
func (s *Server) Operations() []Operation {
	return slices.SortedFunc(slices.Values(s.pathsOf(s.first).operations), func(a, b Operation) int {
		return cmp.Or(cmp.Compare(a.API, b.API), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
}

// serve refuses paths that http.ServeMux would clean and redirect: the real API does neither.
func (p *Paths) serve(answer *fault.Answer, r *http.Request) {
	if asked := r.URL.EscapedPath(); path.Clean(asked) != asked {
		reply(answer, noSuchPath(asked))
		return
	}
	p.api.ServeHTTP(answer, r)
}

// hold delays a response until delay has passed, the client disconnects, or the emulator closes or is restored.
func (p processed) hold(r *http.Request, delay time.Duration) {
	if delay <= 0 {
		return
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	case <-p.over:
	}
}

// reply writes an endpoint's response to the response.
func reply(to *fault.Answer, answered Response) {
	maps.Copy(to.Header(), answered.Header)
	to.Status = answered.Status
	to.Body.WriteString(answered.Raw)
	to.OnFinish = answered.sent
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

// Origin returns the scheme and host under which the client reached the emulator.
func Origin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
