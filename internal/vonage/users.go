// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// UsersService has the users of the application whose token the client sends (Users API v1, described with the Application
// API 2.4.1). Users of other applications do not exist for it.
type UsersService struct {
	wire   *wire
	origin string
	locks  keyedLock[string] // by id: an update reads, overlays and writes
	names  keyedLock[string] // by name: a creation looks, writes and may have to look for what it has written
	index  *coalesce.Index[string, User]

	made, deleted recentNames // ids of what this client has created and deleted
}

// userLookUps is the maximum number of users read concurrently. The list has neither their channels nor their properties.
const userLookUps = 8

func newUsersService(w *wire, origin string) *UsersService {
	s := &UsersService{wire: w, origin: origin}
	s.index = coalesce.New(coalesce.Source[string, User]{
		One: func(ctx context.Context, id string) (User, error) {
			document, err := s.get(ctx, id)
			return document.user, err
		},
		IsAbsent: IsNotFound,
		LookUps:  userLookUps,
		GaveUp:   w.gaveUp(transport.Conversations),
	})
	return s
}

func (s *UsersService) request(method string, id ...string) request {
	return request{
		method: method, origin: s.origin, path: pathOf(append([]string{"v1", "users"}, id...)...),
		fixed: len(id) == 0, call: &transport.Call{Family: transport.Conversations},
	}
}

// IsUserTaken reports whether err means that the application has a user of the name already.
func IsUserTaken(err error) bool { return hasCode(err, "user:error:duplicate-name") }

// Get reads a user with its channels. IsNotFound holds for the error if the application has no such user. The call may be
// shared with other readers, and its result is cached for the lifetime of the client. It waits some seconds for one that this client
// has created.
//
// GET /v1/users/ID.
func (s *UsersService) Get(ctx context.Context, id string) (User, error) {
	user, err := s.index.Get(ctx, id)
	if IsNotFound(err) && s.made.has(id) {
		return s.Await(ctx, id)
	}
	if err != nil {
		return User{}, fmt.Errorf("reading user %s: %w", Quote(id), err)
	}
	return user, nil
}

// Await is Get for a user that was created moments ago: it waits some seconds until the API shows it.
//
// GET /v1/users/ID.
func (s *UsersService) Await(ctx context.Context, id string) (User, error) {
	found, err := awaited(ctx, func(ctx context.Context) (userDocument, error) { return s.get(ctx, id) })
	if err != nil {
		return User{}, fmt.Errorf("reading user %s: %w", Quote(id), err)
	}
	s.index.Put(id, found.user)
	return found.user, nil
}

func (s *UsersService) get(ctx context.Context, id string) (userDocument, error) {
	body, err := s.wire.do(ctx, s.request(http.MethodGet, id))
	if err != nil {
		return userDocument{}, err
	}
	document, err := decodeUser(body)
	if err == nil && document.user.ID != id {
		err = unreadable("it is about user %s", Quote(document.user.ID))
	}
	return document, err
}

// List returns the users of the application, with id, name, display name and image only, in order of their creation. It goes on
// after an *MalformedEntryError, which comes with what can be read of a user, and ends at any other error.
//
// GET /v1/users.
func (s *UsersService) List(ctx context.Context) iter.Seq2[User, error] { return s.list(ctx, nil) }

// ListWhole is List with users as Get reads them. It leaves out those that are gone by then.
//
// GET /v1/users and GET /v1/users/ID for each.
func (s *UsersService) ListWhole(ctx context.Context) iter.Seq2[User, error] {
	return func(yield func(User, error) bool) {
		for user, err := range s.List(ctx) {
			if err == nil {
				var whole User
				switch whole, err = s.Get(ctx, user.ID); {
				case IsNotFound(err):
					continue
				case IsMalformed(err):
					err = &MalformedEntryError{user.ID, err}
				case err == nil:
					user = whole
				}
			}
			_, isMalformed := errors.AsType[*MalformedEntryError](err)
			if !yield(user, err) || err != nil && !isMalformed {
				return
			}
		}
	}
}

// FindSame reads the user of a name that has everything that want has, and nothing else, as far as responses show it.
// IsNotFound holds for the error if there is none.
//
// GET /v1/users?name=NAME and GET /v1/users/ID.
func (s *UsersService) FindSame(ctx context.Context, want User) (User, error) {
	found, err := s.FindByName(ctx, want.Name)
	if err == nil && !found.same(want) {
		return User{}, fmt.Errorf("looking for user %s: %w: %s has its name, but is another one", Quote(want.Name), ErrNotFound, found.ID)
	}
	return found, err
}

// FindByName reads the user of a name. IsNotFound holds for the error if there is none.
//
// GET /v1/users?name=NAME and GET /v1/users/ID.
func (s *UsersService) FindByName(ctx context.Context, name string) (User, error) {
	id, err := s.idOf(ctx, name)
	switch {
	case err != nil:
		return User{}, fmt.Errorf("looking for user %s: %w", Quote(name), err)
	case id == "":
		return User{}, fmt.Errorf("looking for user %s: %w among the application's users", Quote(name), ErrNotFound)
	}
	return s.Get(ctx, id)
}

// idOf returns the id of the user of a name, and "" if there is none.
func (s *UsersService) idOf(ctx context.Context, name string) (string, error) {
	for user, err := range s.list(ctx, url.Values{"name": {name}}) {
		if _, isMalformed := errors.AsType[*MalformedEntryError](err); err != nil && (!isMalformed || user.Name == name) {
			return "", err
		}
		if user.Name == name {
			return user.ID, nil
		}
	}
	return "", nil
}

// userPage is one page of the list.
type userPage struct {
	Embedded *struct {
		Users []json.RawMessage `json:"users"`
	} `json:"_embedded"`
	Links struct {
		Next *struct {
			Href string `json:"href"`
		} `json:"next"`
	} `json:"_links"`
}

func (s *UsersService) list(ctx context.Context, filter url.Values) iter.Seq2[User, error] {
	cursor := ""
	followed := map[string]bool{}
	return paged("listing users", func(number int) ([]listed[User], bool, error) {
		if number == 1 {
			cursor, followed = "", map[string]bool{}
		}
		r := s.request(http.MethodGet)
		r.query = url.Values{"page_size": {strconv.Itoa(pageSize)}}
		maps.Copy(r.query, filter)
		if cursor != "" {
			r.query.Set("cursor", cursor)
		}
		body, err := s.wire.do(ctx, r)
		if err != nil {
			return nil, false, err
		}
		var page userPage
		if err := decode(body, &page); err != nil {
			return nil, false, err
		}
		if page.Embedded == nil {
			return nil, false, unreadable("it has no list of users")
		}
		users := readEach(page.Embedded.Users, readUser)
		if page.Links.Next == nil || page.Links.Next.Href == "" {
			return users, true, nil
		}
		if cursor, err = cursorOf(page.Links.Next.Href); err != nil {
			return nil, false, err
		}
		if followed[cursor] {
			return nil, false, unreadable("its pages go round in a circle")
		}
		followed[cursor] = true
		return users, false, nil
	})
}

// UserExistsError reports that the application has a user of the name already.
type UserExistsError struct{ Name, ID string }

// Error names the user.
func (e *UserExistsError) Error() string {
	return fmt.Sprintf("the application has a user %s already: %s", Quote(e.Name), e.ID)
}

// Create makes a user. If there is one of the name, the error is a *UserExistsError, and nothing is sent.
//
// A POST without a clear response is not repeated: the new user is the one of the name, of which there was none before, if it is as
// it was to be, and has nothing else. If there is none, the error is an *UnknownOutcomeError.
//
// GET /v1/users?name=NAME and POST /v1/users.
func (s *UsersService) Create(ctx context.Context, want User) (User, error) {
	created, err := s.create(ctx, want)
	if unknown, ok := errors.AsType[*UnknownOutcomeError](err); ok {
		return User{}, unknown // already names the operation
	}
	if err != nil {
		return User{}, fmt.Errorf("creating user %s: %w", Quote(want.Name), err)
	}
	s.made.add(created.ID)
	s.index.Forget(created.ID)
	return created.complete(want), nil
}

func (s *UsersService) create(ctx context.Context, want User) (User, error) {
	if want.Name == "" {
		return User{}, errors.New("a new user needs a name") // an unnamed one could not be found again
	}
	unlock, err := s.names.lock(ctx, want.Name)
	if err != nil {
		return User{}, err
	}
	defer unlock()
	switch id, err := s.holder(ctx, want.Name); {
	case err != nil:
		return User{}, err
	case id != "":
		return User{}, &UserExistsError{want.Name, id}
	}
	r := s.request(http.MethodPost)
	r.json = want
	body, err := s.wire.do(ctx, r)
	var created User
	if err == nil {
		document, decodeErr := decodeUser(body)
		if created, err = document.user, decodeErr; err == nil && created.ID == "" {
			err = unreadable("it has no user with an id")
		}
	}
	if err != nil && unsettled(r.call, err) {
		return s.adopt(ctx, want, err)
	}
	return created, err
}

// holder is idOf, but waits some seconds for a user to go that this client has deleted, which the API may still show.
func (s *UsersService) holder(ctx context.Context, name string) (string, error) {
	id, err := s.idOf(ctx, name)
	if err != nil || !s.deleted.has(id) {
		return id, err
	}
	_, err = untilSeen(ctx, func(ctx context.Context) (bool, error) {
		id, err = s.idOf(ctx, name)
		return !s.deleted.has(id), err
	})
	return id, err
}

// adopt looks for the user of a POST without a clear response: see Create.
func (s *UsersService) adopt(ctx context.Context, want User, cause error) (User, error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	var found userDocument
	seen, err := untilSeen(ctx, func(ctx context.Context) (bool, error) {
		id, err := s.idOf(ctx, want.Name)
		if err != nil || id == "" {
			return false, err
		}
		found, err = s.get(ctx, id)
		return err == nil, err
	})
	switch {
	case err != nil:
	case !seen:
		err = errors.New("the application has no user of this name")
	case !found.user.same(want):
		err = fmt.Errorf("user %s has this name, but is not as it was to be", found.user.ID)
	default:
		return found.user, nil
	}
	return User{}, &UnknownOutcomeError{
		Operation: "creating user " + Quote(want.Name), Err: fmt.Errorf("%w; looking for it: %w", cause, err),
	}
}

// Update changes a user: everything in want is set, and what was set by before and is not in want any more is unset. Nothing else
// of the user changes. If the update may have been carried out without a confirming response, the error is an
// *UnknownOutcomeError.
//
// GET /v1/users/ID, PATCH /v1/users/ID and GET /v1/users/ID.
func (s *UsersService) Update(ctx context.Context, id string, before, want User) (User, error) {
	unlock, err := s.locks.lock(ctx, id)
	if err != nil {
		return User{}, fmt.Errorf("updating user %s: %w", id, err)
	}
	defer unlock()
	defer s.index.Forget(id)
	err = s.update(ctx, id, before, want)
	if unknown, ok := errors.AsType[*UnknownOutcomeError](err); ok {
		return User{}, unknown // already names the operation
	}
	if err != nil {
		return User{}, fmt.Errorf("updating user %s: %w", id, err)
	}
	return User{ID: id}.complete(want), nil
}

func (s *UsersService) update(ctx context.Context, id string, before, want User) error {
	current, err := s.get(ctx, id)
	if err != nil {
		return err
	}
	body, err := current.bodyOf(before, want)
	if err != nil {
		return err
	}
	r, err := s.patch(ctx, id, body)
	if isPropertiesRefused(err) {
		// The specification (Conversation API 5.5.1) knows no properties in a PATCH.
		if !sameProperties(body, current.raw) {
			return &FixedPropertiesError{err}
		}
		delete(body, "properties")
		r, err = s.patch(ctx, id, body)
	}
	if err != nil && !unsettled(r.call, err) {
		return err
	}
	return s.confirmUpdate(ctx, current, before, want, err)
}

// confirmUpdate reads a user after a PATCH, also after one that got a clear response: what the response says of properties is not
// what is stored. err is why there is no clear response, if there is none.
func (s *UsersService) confirmUpdate(ctx context.Context, current userDocument, before, want User, err error) error {
	if err == nil && ctx.Err() != nil {
		return nil // after an interrupt nothing more is sent; the next refresh tells what was kept
	}
	id := current.user.ID
	after, cancel := s.wire.detached(ctx)
	defer cancel()
	var now userDocument
	seen, readErr := untilSeen(after, func(ctx context.Context) (bool, error) {
		var readErr error
		now, readErr = s.get(ctx, id)
		if err == nil {
			return readErr == nil && current.keeps(now, before, want), readErr
		}
		return readErr == nil && now.user.has(want), readErr
	})
	switch {
	case IsNotFound(readErr):
		return readErr
	case err == nil && readErr == nil && !seen:
		return errors.New("Vonage has not kept its custom data as it was sent") //nolint:staticcheck // a name
	case err == nil, seen:
		return nil
	case readErr == nil:
		readErr = errors.New("it is not as it was to be")
	}
	return &UnknownOutcomeError{
		Operation: "updating user " + id, Repeatable: true, Err: fmt.Errorf("%w; reading it back: %w", err, readErr),
	}
}

func (s *UsersService) patch(ctx context.Context, id string, body map[string]any) (request, error) {
	r := s.request(http.MethodPatch, id)
	r.json = body
	answer, err := s.wire.do(ctx, r)
	if err == nil {
		var document userDocument
		if document, err = decodeUser(answer); err == nil && document.user.ID != id {
			err = unreadable("it is about user %s", Quote(document.user.ID))
		}
	}
	return r, err
}

// Delete deletes a user irreversibly. Deleting one that does not exist succeeds.
//
// DELETE /v1/users/ID.
func (s *UsersService) Delete(ctx context.Context, id string) error {
	unlock, err := s.locks.lock(ctx, id)
	if err != nil {
		return fmt.Errorf("deleting user %s: %w", id, err)
	}
	defer unlock()
	r := s.request(http.MethodDelete, id)
	_, err = s.wire.do(ctx, r)
	if err != nil && !IsNotFound(err) && unsettled(r.call, err) {
		after, cancel := s.wire.detached(ctx)
		defer cancel()
		if _, readErr := s.get(after, id); IsNotFound(readErr) {
			err = nil
		}
	}
	if err != nil && !IsNotFound(err) {
		s.index.Forget(id)
		return fmt.Errorf("deleting user %s: %w", id, err)
	}
	s.made.remove(id)
	s.deleted.add(id)
	s.index.Remove(id)
	return nil
}
