// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// ApplicationsService is the Application API v2.
type ApplicationsService struct {
	wire    *wire
	origin  string
	locks   keyedLock[string] // by id: an update reads, overlays and writes
	claimed claimedIDs
	index   *coalesce.Index[string, listed[Application]]
	// nameless is set once a list has shown an entry without an id: what such a list lacks may exist.
	nameless atomic.Bool
}

func newApplicationsService(w *wire, origin string) *ApplicationsService {
	s := &ApplicationsService{wire: w, origin: origin}
	s.index = coalesce.New(s.source())
	return s
}

func (s *ApplicationsService) request(method string, id ...string) request {
	return request{
		method: method, origin: s.origin, path: pathOf(append([]string{"v2", "applications"}, id...)...),
		fixed: len(id) == 0, call: &transport.Call{Family: transport.Applications},
	}
}

// Get reads one application. IsNotFound holds for the error if the application does not exist or belongs to another
// account. The call may be shared with other readers, and its result is cached for the lifetime of the client. The
// caller must not modify the returned application, because it is shared too.
//
// GET /v2/applications, page by page, or GET /v2/applications/ID: whichever takes fewer requests for all that wait.
func (s *ApplicationsService) Get(ctx context.Context, id string) (Application, error) {
	known, err := s.index.Get(ctx, canonicalID(id))
	switch absent := errors.Is(err, coalesce.ErrAbsent); {
	case absent && s.nameless.Load():
		known, err = s.one(ctx, id)
	case absent:
		err = fmt.Errorf("%w among the account's applications", ErrNotFound)
	}
	if err = cmp.Or(err, known.err); err != nil {
		return Application{}, fmt.Errorf("reading application %s: %w", id, err)
	}
	s.claimed.claim(id)
	return known.object, nil
}

func (s *ApplicationsService) get(ctx context.Context, id string) (applicationDocument, error) {
	body, err := s.wire.do(ctx, s.request(http.MethodGet, id))
	if err != nil {
		return applicationDocument{}, err
	}
	document, err := decodeApplication(body)
	switch {
	case err != nil:
		return applicationDocument{}, err
	case canonicalID(document.application.ID) != canonicalID(id):
		return applicationDocument{}, unreadable("it is about application %s", Quote(document.application.ID))
	}
	return document, nil
}

// List returns every application of the account, page by page in the API's order, which is undocumented. It goes on after an
// *MalformedEntryError, which comes with what can be read of an application, and ends at any other error.
//
// GET /v2/applications.
func (s *ApplicationsService) List(ctx context.Context) iter.Seq2[Application, error] {
	return paged("listing applications", func(number int) ([]listed[Application], bool, error) {
		applications, total, err := s.page(ctx, number)
		return applications, number >= total, err
	})
}

// applicationPage is one page of the list. An account without applications may omit everything but page.
type applicationPage struct {
	TotalPages *int64 `json:"total_pages"`
	TotalItems int64  `json:"total_items"`
	Embedded   struct {
		Applications []json.RawMessage `json:"applications"`
	} `json:"_embedded"`
	Links struct {
		Next *struct {
			Href string `json:"href"`
		} `json:"next"`
	} `json:"_links"`
}

// applications returns the applications of the page with this number. An empty first page with a positive count is an error:
// an application on no page would look deleted.
func (p applicationPage) applications(number int) ([]listed[Application], error) {
	if number == 1 && len(p.Embedded.Applications) == 0 && p.TotalItems > 0 {
		return nil, unreadable("it counts %d applications and has none", p.TotalItems)
	}
	return readEach(p.Embedded.Applications, readApplication), nil
}

func readApplication(entry []byte) (application Application, id string, err error) {
	if err = decode(entry, &application); err != nil { // which may have ended before the id
		var known struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		}
		_ = decode(entry, &known)
		application.ID, application.Name = known.ID, known.Name
	}
	return normalizeApplication(application), application.ID, err
}

// total returns the number of pages as far as the page with this number reveals it.
func (p applicationPage) total(number int) int {
	switch {
	case len(p.Embedded.Applications) == 0:
		return 0
	case p.TotalPages != nil:
		return int(*p.TotalPages)
	case p.Links.Next != nil:
		return number + 1
	default:
		return number
	}
}

func (s *ApplicationsService) page(ctx context.Context, number int) (applications []listed[Application], total int, err error) {
	r := s.request(http.MethodGet)
	r.query = url.Values{"page_size": {strconv.Itoa(pageSize)}, "page": {strconv.Itoa(number)}}
	body, err := s.wire.do(ctx, r)
	if err != nil {
		return nil, 0, err
	}
	var page applicationPage
	if err := decode(body, &page); err != nil {
		return nil, 0, err
	}
	applications, err = page.applications(number)
	return applications, page.total(number), err
}

// Create creates an application. want must carry a public key: if the request gets no clear response, the new
// application is identified by it. If it cannot be identified, the error is an *UnknownOutcomeError.
//
// POST /v2/applications.
func (s *ApplicationsService) Create(ctx context.Context, want Application) (WrittenApplication, error) {
	created, err := s.create(ctx, want)
	var unknown *UnknownOutcomeError // already names the operation
	switch {
	case errors.As(err, &unknown):
		return WrittenApplication{}, err
	case err != nil:
		return WrittenApplication{}, fmt.Errorf("creating application %s: %w", Quote(want.Name), err)
	}
	return created, nil
}

func (s *ApplicationsService) create(ctx context.Context, want Application) (WrittenApplication, error) {
	if _, err := ParsePublicKey(want.Keys.PublicKey); err != nil {
		return WrittenApplication{}, fmt.Errorf("a new application needs a public key: %w", err)
	}
	sent, err := newApplicationBody(want)
	if err != nil {
		return WrittenApplication{}, err
	}
	r := s.request(http.MethodPost)
	r.json = sent
	created, err := s.write(ctx, r, want)
	switch {
	case err == nil:
		s.claimed.claim(created.ID)
	case unsettled(r.call, err):
		created, err = s.adopt(ctx, want, err)
	}
	if err != nil {
		return WrittenApplication{}, err
	}
	written := complete(created, want)
	s.index.Put(canonicalID(written.ID), listed[Application]{object: written.Application})
	return written, nil
}

// write sends a whole application and decodes the response. A response with a public key other than the one sent is an error.
func (s *ApplicationsService) write(ctx context.Context, r request, sent Application) (Application, error) {
	body, err := s.wire.do(ctx, r)
	if err != nil {
		return Application{}, err
	}
	document, err := decodeApplication(body)
	if err != nil {
		return Application{}, err
	}
	answered, asked := document.application.Keys.PublicKey, sent.Keys.PublicKey
	if answered != "" && asked != "" && !contains(answered, asked) {
		return Application{}, unreadable("it has another public key than the one sent")
	}
	return document.application, nil
}

// Update replaces the settings of an application by want. It reads the application first and preserves what this
// client does not model, inside every object that remains. What the client models is replaced as a whole: a
// capability missing from want is switched off. A public key or consent missing from want is left unchanged. If the
// update may have been carried out without a confirming response, the error is an *UnknownOutcomeError.
//
// PUT /v2/applications/ID.
func (s *ApplicationsService) Update(ctx context.Context, id string, want Application) (WrittenApplication, error) {
	unlock, err := s.locks.lock(ctx, canonicalID(id))
	if err != nil {
		return WrittenApplication{}, fmt.Errorf("updating application %s: %w", id, err)
	}
	defer unlock()
	updated, err := s.update(ctx, id, want)
	if err != nil {
		s.index.Forget(canonicalID(id))
		if IsUnknownOutcome(err) {
			return WrittenApplication{}, err // already names the operation
		}
		return WrittenApplication{}, fmt.Errorf("updating application %s: %w", id, err)
	}
	s.claimed.claim(id)
	s.index.Put(canonicalID(id), listed[Application]{object: updated.Application})
	return updated, nil
}

func (s *ApplicationsService) update(ctx context.Context, id string, want Application) (WrittenApplication, error) {
	current, err := s.get(ctx, id)
	if err != nil {
		return WrittenApplication{}, err
	}
	want = keepUnset(want, current.application)
	sent, err := updateBody(current, want)
	if err != nil {
		return WrittenApplication{}, err
	}
	r := s.request(http.MethodPut, id)
	r.json = sent
	updated, err := s.write(ctx, r, want)
	if err == nil && canonicalID(updated.ID) != canonicalID(id) {
		err = unreadable("it is about application %s", Quote(updated.ID))
	}
	if err != nil && unsettled(r.call, err) {
		updated, err = s.confirmUpdate(ctx, id, sent, err)
	}
	if err != nil {
		return WrittenApplication{}, err
	}
	return complete(updated, want), nil
}

// Delete deletes an application irreversibly. Deleting an application that does not exist succeeds.
//
// DELETE /v2/applications/ID.
func (s *ApplicationsService) Delete(ctx context.Context, id string) error {
	unlock, err := s.locks.lock(ctx, canonicalID(id))
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
		s.index.Forget(canonicalID(id))
		return fmt.Errorf("deleting application %s: %w", id, err)
	}
	s.index.Remove(canonicalID(id))
	return nil
}
