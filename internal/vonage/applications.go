// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// pageSize is the largest page the list calls give (Application API 2.4.1, Numbers API 1.1.0, Conversation API 5.5.1).
const pageSize = 100

// ApplicationsService is the Application API v2.
type ApplicationsService struct {
	wire   *wire
	origin string
	locks  keyedLock[string] // an update reads, overlays and writes
	known  handedOut
}

func newApplicationsService(w *wire, origin string) *ApplicationsService {
	return &ApplicationsService{wire: w, origin: origin}
}

func (s *ApplicationsService) request(method string, id ...string) request {
	return request{
		method: method, origin: s.origin, path: pathOf(append([]string{"v2", "applications"}, id...)...),
		call: &transport.Call{Family: transport.Applications},
	}
}

// Get reads one application. An application that is gone, or another account's, is an error for which IsNotFound holds.
func (s *ApplicationsService) Get(ctx context.Context, id string) (Application, error) {
	document, err := s.get(ctx, id)
	if err != nil {
		return Application{}, fmt.Errorf("reading application %s: %w", id, err)
	}
	s.known.take(id)
	return document.application, nil
}

func (s *ApplicationsService) get(ctx context.Context, id string) (applicationDocument, error) {
	body, err := s.wire.do(ctx, s.request(http.MethodGet, id))
	if err != nil {
		return applicationDocument{}, err
	}
	document, err := decodeApplication(body)
	if err == nil && document.application.ID != id {
		err = unreadable("it is about application %q", document.application.ID)
	}
	return document, err
}

// List gives every application of the account, page by page in the API's order, which is undocumented. It ends at the
// first error.
func (s *ApplicationsService) List(ctx context.Context) iter.Seq2[Application, error] {
	return paged("listing applications", func(number int) ([]Application, bool, error) { return s.page(ctx, number) })
}

// applicationPage is one page of the list. An account without applications leaves out all but page.
type applicationPage struct {
	TotalPages *looseInt `json:"total_pages"`
	Embedded   struct {
		Applications []Application `json:"applications"`
	} `json:"_embedded"`
	Links struct {
		Next *struct {
			Href string `json:"href"`
		} `json:"next"`
	} `json:"_links"`
}

func (s *ApplicationsService) page(ctx context.Context, number int) (applications []Application, last bool, err error) {
	r := s.request(http.MethodGet)
	r.query = url.Values{"page_size": {strconv.Itoa(pageSize)}, "page": {strconv.Itoa(number)}}
	body, err := s.wire.do(ctx, r)
	if err != nil {
		return nil, false, err
	}
	var page applicationPage
	if err := decode(body, &page); err != nil {
		return nil, false, err
	}
	for i, application := range page.Embedded.Applications {
		if application.ID == "" {
			return nil, false, unreadable("entry %d has no id", i+1)
		}
		page.Embedded.Applications[i] = normalizeApplication(application)
	}
	more := page.Links.Next != nil
	if page.TotalPages != nil {
		more = int64(*page.TotalPages) > int64(number)
	}
	return page.Embedded.Applications, !more || len(page.Embedded.Applications) == 0, nil
}

// Create makes an application. want must carry a public key: by it an application is recognised whose creation was never
// answered. Where that does not help either, the error is an *UnknownOutcomeError.
func (s *ApplicationsService) Create(ctx context.Context, want Application) (Application, error) {
	created, err := s.create(ctx, want)
	var unknown *UnknownOutcomeError // says itself what was being done
	switch {
	case errors.As(err, &unknown):
		return Application{}, err
	case err != nil:
		return Application{}, fmt.Errorf("creating application %q: %w", want.Name, err)
	}
	return created, nil
}

func (s *ApplicationsService) create(ctx context.Context, want Application) (Application, error) {
	if _, err := ParsePublicKey(want.Keys.PublicKey); err != nil {
		return Application{}, fmt.Errorf("a new application needs a public key: %w", err)
	}
	sent, err := newApplicationBody(want)
	if err != nil {
		return Application{}, err
	}
	r := s.request(http.MethodPost)
	r.json = sent
	created, err := s.write(ctx, r, sent)
	switch {
	case err == nil:
		s.known.take(created.ID)
		return created, nil
	case unsettled(r.call, err):
		return s.adopt(ctx, want, err)
	default:
		return Application{}, err
	}
}

// write sends a whole application and reads the answer. One that is about another key is no answer to it.
func (s *ApplicationsService) write(ctx context.Context, r request, sent map[string]any) (Application, error) {
	body, err := s.wire.do(ctx, r)
	if err != nil {
		return Application{}, err
	}
	return completeApplication(body, sent)
}

// Update gives an application the settings in want. It reads the application first and keeps whatever this client does
// not model, in every object that stays; what it models is replaced as a whole, so a capability that want does not have
// is switched off. The public key and the consent that want leaves out stay as they are.
func (s *ApplicationsService) Update(ctx context.Context, id string, want Application) (Application, error) {
	updated, err := s.update(ctx, id, want)
	if err != nil {
		return Application{}, fmt.Errorf("updating application %s: %w", id, err)
	}
	return updated, nil
}

func (s *ApplicationsService) update(ctx context.Context, id string, want Application) (Application, error) {
	unlock, err := s.locks.lock(ctx, id)
	if err != nil {
		return Application{}, err
	}
	defer unlock()
	current, err := s.get(ctx, id)
	if err != nil {
		return Application{}, err
	}
	sent, err := updateBody(current, want)
	if err != nil {
		return Application{}, err
	}
	r := s.request(http.MethodPut, id)
	r.json = sent
	updated, err := s.write(ctx, r, sent)
	switch {
	case err == nil && updated.ID != id:
		err = unreadable("it is about application %q", updated.ID)
	case err == nil:
		s.known.take(id)
		return updated, nil
	}
	if unsettled(r.call, err) {
		return s.confirmUpdate(ctx, id, sent, err)
	}
	return Application{}, err
}

// Delete removes an application, irreversibly. One that is gone already counts as removed.
func (s *ApplicationsService) Delete(ctx context.Context, id string) error {
	unlock, err := s.locks.lock(ctx, id)
	if err != nil {
		return fmt.Errorf("deleting application %s: %w", id, err)
	}
	defer unlock()
	r := s.request(http.MethodDelete, id)
	_, err = s.wire.do(ctx, r)
	if err != nil && !IsNotFound(err) && unsettled(r.call, err) {
		err = s.confirmDelete(ctx, id, err)
	}
	if err != nil && !IsNotFound(err) {
		return fmt.Errorf("deleting application %s: %w", id, err)
	}
	return nil
}
