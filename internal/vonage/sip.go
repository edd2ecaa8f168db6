// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"reflect"
	"sync"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// SIPService is the Programmable SIP API 1.2.0: SIP domains and their users.
//
// The API documents no 404 for the PUT of a domain, and its PUT of a user is in use as create-or-update: either may create
// what is gone. So an update reads first. How soon a read shows a write is undocumented, too: a creation waits until it does.
type SIPService struct {
	wire   *wire
	origin string
	locks  keyedLock[string] // by path
	// domains are by name, users by the name of their domain.
	domains *coalesce.Index[string, listed[SIPDomain]]
	users   *coalesce.Index[string, []listed[SIPUser]]
	noting  sync.Mutex  // held while what is known of the users of a domain changes
	deleted recentNames // paths of what this client has deleted
}

// sipLookUps is the maximum number of domains whose users are read concurrently.
const sipLookUps = 8

func newSIPService(w *wire, origin string) *SIPService {
	s := &SIPService{wire: w, origin: origin}
	s.domains = coalesce.New(coalesce.Source[string, listed[SIPDomain]]{
		OnePage:  true,
		IsAbsent: IsNotFound,
		GaveUp:   w.gaveUp(transport.Account),
		One: func(ctx context.Context, name string) (listed[SIPDomain], error) {
			found, err := s.domain(ctx, name)
			return listed[SIPDomain]{object: found.domain, id: name}, err
		},
		Page: func(ctx context.Context, _ int) (coalesce.Page[string, listed[SIPDomain]], error) {
			entries, err := s.listDomains(ctx)
			objects := make(map[string]listed[SIPDomain], len(entries))
			for _, entry := range entries {
				objects[entry.id] = entry
			}
			return coalesce.Page[string, listed[SIPDomain]]{Objects: objects, Total: 1}, err
		},
	})
	s.users = coalesce.New(coalesce.Source[string, []listed[SIPUser]]{
		LookUps:  sipLookUps,
		IsAbsent: IsNotFound,
		GaveUp:   w.gaveUp(transport.Account),
		One:      s.listUsers,
	})
	return s
}

func (s *SIPService) request(method string, segments ...string) request {
	return request{
		method: method, origin: s.origin, path: pathOf(append([]string{"v1", "psip"}, segments...)...), fixed: len(segments) == 0,
		call: &transport.Call{Family: transport.Account},
	}
}

// Domains returns every domain in the API's order, which is undocumented. It goes on after an *MalformedEntryError, which
// comes with what can be read of a domain.
//
// GET /v1/psip.
func (s *SIPService) Domains(ctx context.Context) iter.Seq2[SIPDomain, error] {
	return paged("listing SIP domains", func(int) ([]listed[SIPDomain], bool, error) {
		entries, err := s.listDomains(ctx)
		return entries, true, err
	})
}

// listDomains reads all domains: the list is a bare array without pages.
func (s *SIPService) listDomains(ctx context.Context) ([]listed[SIPDomain], error) {
	body, err := s.wire.do(ctx, s.request(http.MethodGet))
	var entries []json.RawMessage
	if err == nil {
		err = decode(body, &entries)
	}
	return readEach(entries, readSIPDomain), err
}

// Domain reads a domain. IsNotFound holds for the error if the account has no such domain. All readers share one list, and its
// result is cached for the lifetime of the client; only a domain that the list does not show is asked for by its name.
//
// GET /v1/psip, or GET /v1/psip/NAME.
func (s *SIPService) Domain(ctx context.Context, name string) (SIPDomain, error) {
	known, err := s.domains.Get(ctx, name)
	if absent := errors.Is(err, coalesce.ErrAbsent); absent && s.deleted.has(s.request(http.MethodGet, name).path) {
		err = ErrNotFound // although the API may still show it
	} else if absent || err == nil && known.err == nil && known.object.ACL == nil {
		var found sipDomainDocument
		found, err = s.domain(ctx, name)
		known.object = found.domain
	}
	if err == nil {
		err = known.err
	}
	if err != nil {
		return SIPDomain{}, fmt.Errorf("reading SIP domain %s: %w", Quote(name), err)
	}
	return known.object, nil
}

// domain reads a domain from the API.
func (s *SIPService) domain(ctx context.Context, name string) (sipDomainDocument, error) {
	body, err := s.wire.do(ctx, s.request(http.MethodGet, name))
	if err != nil {
		return sipDomainDocument{}, err
	}
	return decodeSIPDomain(body, name)
}

// AwaitDomain is Domain for one that was created moments ago: it waits some seconds until the API shows it.
//
// GET /v1/psip/NAME.
func (s *SIPService) AwaitDomain(ctx context.Context, name string) (SIPDomain, error) {
	found, err := awaited(ctx, func(ctx context.Context) (sipDomainDocument, error) { return s.domain(ctx, name) })
	if err != nil {
		return SIPDomain{}, fmt.Errorf("reading SIP domain %s: %w", Quote(name), err)
	}
	s.domains.Put(name, listed[SIPDomain]{object: found.domain, id: name})
	return found.domain, nil
}

// awaited reads an object that was created moments ago. The error of the last read is returned.
func awaited[T any](ctx context.Context, read func(context.Context) (T, error)) (object T, err error) {
	_, _ = untilSeen(ctx, func(ctx context.Context) (bool, error) {
		object, err = read(ctx)
		return !IsNotFound(err), nil
	})
	return object, err
}

// ErrExists reports that an object cannot be created because there is one of its name. Nothing was changed.
var ErrExists = errors.New("there is one of this name already")

// vacant returns nil if the API says that an object does not exist, and ErrExists if it does. One that this client has
// deleted moments ago may still be shown.
func (s *SIPService) vacant(ctx context.Context, path string, read func(context.Context) error) error {
	look := func(ctx context.Context) (bool, error) {
		err := read(ctx)
		if IsNotFound(err) {
			return true, nil
		}
		return false, err
	}
	until := func(ctx context.Context, look func(context.Context) (bool, error)) (bool, error) { return look(ctx) }
	if s.deleted.has(path) {
		until = untilSeen
	}
	gone, err := until(ctx, look)
	if err == nil && !gone {
		err = ErrExists
	}
	return err
}

// refused explains the refusal of a creation: which one it is for a name that is taken is undocumented.
func refused(ctx context.Context, err error, read func(context.Context) error) error {
	if IsInvalid(err) && read(ctx) == nil {
		return ErrExists
	}
	return err
}

// CreateDomain creates a domain. If one of its name exists, the error is ErrExists. The request is sent only once; if it gets
// no clear response, the domain is looked for, and if that does not tell, the error is an *UnknownOutcomeError. settled is false
// if the API does not show the new domain yet.
//
// GET /v1/psip/NAME, POST /v1/psip, GET /v1/psip/NAME.
func (s *SIPService) CreateDomain(ctx context.Context, want SIPDomain) (settled bool, err error) {
	r := s.request(http.MethodGet, want.Name)
	unlock, err := s.locks.lock(ctx, r.path)
	if err != nil {
		return false, fmt.Errorf("creating SIP domain %s: %w", Quote(want.Name), err)
	}
	defer unlock()
	if settled, err = s.createDomain(ctx, r.path, want); err != nil {
		s.domains.Forget(want.Name)
		return false, wrapped("creating SIP domain "+Quote(want.Name), err)
	}
	s.deleted.remove(r.path)
	s.domains.Put(want.Name, listed[SIPDomain]{object: want, id: want.Name})
	s.users.Put(want.Name, nil)
	return settled, nil
}

func (s *SIPService) createDomain(ctx context.Context, path string, want SIPDomain) (settled bool, err error) {
	read := func(ctx context.Context) error {
		_, err := s.domain(ctx, want.Name)
		return err
	}
	if err := s.vacant(ctx, path, read); err != nil {
		return false, err
	}
	r := s.request(http.MethodPost)
	r.json = want
	body, err := s.wire.do(ctx, r)
	if err == nil {
		_, err = decodeSIPDomain(body, want.Name)
	}
	switch {
	case err == nil:
		_, err := awaited(ctx, func(ctx context.Context) (sipDomainDocument, error) { return s.domain(ctx, want.Name) })
		return err == nil, nil
	case !unsettled(r.call, err):
		return false, refused(ctx, err, read)
	}
	return true, s.confirmDomain(ctx, "creating", want, false, err)
}

// confirmDomain looks for the effect of a write without a clear response.
func (s *SIPService) confirmDomain(ctx context.Context, doing string, want SIPDomain, repeatable bool, cause error) error {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	found, err := awaited(ctx, func(ctx context.Context) (sipDomainDocument, error) { return s.domain(ctx, want.Name) })
	switch {
	case err == nil && found.domain.Same(want):
		return nil
	case err == nil:
		err = fmt.Errorf("%w; read back, it is not as it was to be", cause)
	default:
		err = fmt.Errorf("%w; looking for it: %w", cause, err)
	}
	return &UnknownOutcomeError{Operation: doing + " SIP domain " + Quote(want.Name), Repeatable: repeatable, Err: err}
}

// UpdateDomain replaces the settings of a domain. It reads the domain first: IsNotFound holds for the error, and nothing is
// sent, if it is gone. What the client does not model is preserved.
//
// GET /v1/psip/NAME, PUT /v1/psip/NAME.
func (s *SIPService) UpdateDomain(ctx context.Context, want SIPDomain) error {
	r := s.request(http.MethodPut, want.Name)
	unlock, err := s.locks.lock(ctx, r.path)
	if err != nil {
		return fmt.Errorf("updating SIP domain %s: %w", Quote(want.Name), err)
	}
	defer unlock()
	if err = s.updateDomain(ctx, r, want); err != nil {
		s.domains.Forget(want.Name)
		return wrapped("updating SIP domain "+Quote(want.Name), err)
	}
	s.domains.Put(want.Name, listed[SIPDomain]{object: want, id: want.Name})
	return nil
}

func (s *SIPService) updateDomain(ctx context.Context, r request, want SIPDomain) error {
	current, err := s.domain(ctx, want.Name)
	if err != nil {
		return err
	}
	wanted, err := toDocument(want)
	if err != nil {
		return err
	}
	r.json = overlay(current.raw, wanted, reflect.TypeFor[SIPDomain]())
	body, err := s.wire.do(ctx, r)
	if err == nil {
		_, err = decodeSIPDomain(body, want.Name)
	}
	if err != nil && unsettled(r.call, err) {
		return s.confirmDomain(ctx, "updating", want, true, err)
	}
	return err
}

// SIPUsersError reports that a domain was not deleted because it has users.
type SIPUsersError struct{ Keys []string }

// Error names the users.
func (e *SIPUsersError) Error() string {
	return fmt.Sprintf("the domain still has %d SIP users: %s", len(e.Keys), shortList(e.Keys))
}

// DeleteDomain deletes a domain. With cascade its users go with it; without, a domain that has users is left as it is, and the
// error is a *SIPUsersError. Deleting a domain that does not exist succeeds.
//
// GET /v1/psip/NAME/users, DELETE /v1/psip/NAME.
func (s *SIPService) DeleteDomain(ctx context.Context, name string, cascade bool) error {
	r := s.request(http.MethodDelete, name)
	unlock, err := s.locks.lock(ctx, r.path)
	if err != nil {
		return fmt.Errorf("deleting SIP domain %s: %w", Quote(name), err)
	}
	defer unlock()
	if cascade {
		r.query = url.Values{"cascade": {"true"}}
	} else if keys, err := s.remainingUsers(ctx, name); err != nil && !IsNotFound(err) {
		return fmt.Errorf("deleting SIP domain %s: %w", Quote(name), err)
	} else if len(keys) > 0 {
		return &SIPUsersError{keys}
	}
	err = s.delete(ctx, r, "SIP domain "+Quote(name), func(ctx context.Context) error {
		_, err := s.domain(ctx, name)
		return err
	})
	if err != nil {
		s.domains.Forget(name)
		s.users.Forget(name)
		return err
	}
	s.domains.Remove(name)
	s.users.Remove(name)
	return nil
}

// delete sends a DELETE. A 404 means that there is nothing to delete; the outcome without a clear response is looked up with read.
func (s *SIPService) delete(ctx context.Context, r request, noun string, read func(context.Context) error) error {
	_, err := s.wire.do(ctx, r)
	if err != nil && !IsNotFound(err) && unsettled(r.call, err) {
		detached, cancel := s.wire.detached(ctx)
		defer cancel()
		if lookUpErr := read(detached); IsNotFound(lookUpErr) {
			err = nil
		}
	}
	if err != nil && !IsNotFound(err) {
		return fmt.Errorf("deleting %s: %w", noun, err)
	}
	s.deleted.add(r.path)
	return nil
}

// remainingUsers reads the keys of a domain's users. It waits some seconds for those to go that this client has deleted.
func (s *SIPService) remainingUsers(ctx context.Context, name string) (keys []string, err error) {
	_, _ = untilSeen(ctx, func(ctx context.Context) (bool, error) {
		var entries []listed[SIPUser]
		entries, err = s.listUsers(ctx, name)
		keys = nil
		settled := true
		for _, entry := range entries {
			if s.deleted.has(s.request(http.MethodGet, name, "users", entry.id).path) {
				settled = false
			} else {
				keys = append(keys, entry.id)
			}
		}
		return settled || len(keys) > 0, nil
	})
	return keys, err
}

// Endpoints returns the SIP URIs that a domain's devices have registered.
//
// GET /v1/psip/NAME/endpoints.
func (s *SIPService) Endpoints(ctx context.Context, name string) ([]string, error) {
	body, err := s.wire.do(ctx, s.request(http.MethodGet, name, "endpoints"))
	var endpoints []struct {
		URI string `json:"uri"`
	}
	if err == nil {
		err = decode(body, &endpoints)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the endpoints of SIP domain %s: %w", Quote(name), err)
	}
	uris := make([]string, len(endpoints))
	for i, endpoint := range endpoints {
		uris[i] = endpoint.URI
	}
	return uris, nil
}

// wrapped names the operation that err ended, unless err does so itself.
func wrapped(doing string, err error) error {
	if unknown, ok := errors.AsType[*UnknownOutcomeError](err); ok {
		return unknown
	}
	return fmt.Errorf("%s: %w", doing, err)
}
