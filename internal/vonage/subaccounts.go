// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// SubaccountsService is the Subaccounts API of the primary account that the client signs in to. Vonage has to enable it for
// an account.
type SubaccountsService struct {
	wire    *wire
	writes  *accountWrites
	origin  string
	account func(context.Context) (Account, error)
	numbers *NumbersService
	claimed claimedIDs // keys of subaccounts that a caller has
	index   *coalesce.Index[string, listed[Subaccount]]
	// nameless is set once a list has shown an entry without a key: what such a list lacks may exist.
	nameless atomic.Bool
	seen     seenSubaccounts
}

func newSubaccountsService(
	w *wire, writes *accountWrites, origin string, account func(context.Context) (Account, error), numbers *NumbersService,
) *SubaccountsService {
	s := &SubaccountsService{wire: w, writes: writes, origin: origin, account: account, numbers: numbers}
	s.index = coalesce.New(coalesce.Source[string, listed[Subaccount]]{
		OnePage:  true,
		IsAbsent: IsNotFound,
		GaveUp:   w.gaveUp(transport.Account),
		One: func(ctx context.Context, key string) (listed[Subaccount], error) {
			subaccount, err := s.get(ctx, key)
			return listed[Subaccount]{object: subaccount}, err
		},
		Page: func(ctx context.Context, _ int) (coalesce.Page[string, listed[Subaccount]], error) {
			list, err := s.List(ctx)
			objects := make(map[string]listed[Subaccount], len(list.entries))
			for _, entry := range list.entries {
				objects[entry.id] = entry
			}
			if _, nameless := objects[""]; nameless {
				s.nameless.Store(true)
			}
			return coalesce.Page[string, listed[Subaccount]]{Objects: objects, Total: 1}, err
		},
	})
	return s
}

// seenSubaccounts are the keys that lists of this process have shown.
type seenSubaccounts struct {
	mu     sync.Mutex
	keys   map[string]bool // nil before the first list
	newest string          // the latest time of creation
	latest []listed[Subaccount]
}

func (s *seenSubaccounts) add(list SubaccountList) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keys == nil {
		s.keys = map[string]bool{}
	}
	s.latest = list.entries
	for _, entry := range list.entries {
		s.keys[entry.id] = true
		if s.newest == "" || createdBefore(s.newest, entry.object.CreatedAt) {
			s.newest = entry.object.CreatedAt
		}
	}
}

// all returns the keys, or nil before the first list.
func (s *seenSubaccounts) all() (keys map[string]bool, newest string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.keys), s.newest
}

// named returns those of the latest list that have a name.
func (s *seenSubaccounts) named(name string) []Subaccount {
	s.mu.Lock()
	defer s.mu.Unlock()
	var named []Subaccount
	for _, entry := range s.latest {
		if entry.object.Name == name {
			named = append(named, entry.object)
		}
	}
	return named
}

// request returns a request below the path of the primary account, whose key is primary.
func (s *SubaccountsService) request(ctx context.Context, method string, segments ...string) (r request, primary string, err error) {
	account, err := s.account(ctx)
	return request{
		method: method, origin: s.origin, path: pathOf(append([]string{"accounts", account.APIKey}, segments...)...),
		call: &transport.Call{Family: transport.Account},
	}, account.APIKey, err
}

// List reads every subaccount (GET /accounts/{primary}/subaccounts), which takes one call.
func (s *SubaccountsService) List(ctx context.Context) (SubaccountList, error) {
	list, err := s.list(ctx)
	if err != nil {
		return SubaccountList{}, fmt.Errorf("listing subaccounts: %w", err)
	}
	s.seen.add(list)
	return list, nil
}

func (s *SubaccountsService) list(ctx context.Context) (SubaccountList, error) {
	r, _, err := s.request(ctx, http.MethodGet, "subaccounts")
	if err != nil {
		return SubaccountList{}, err
	}
	body, err := s.wire.do(ctx, r)
	if err != nil {
		return SubaccountList{}, notGone(err)
	}
	return decodeSubaccounts(body)
}

// All returns the subaccounts in the API's order, which is undocumented. It goes on after an *MalformedEntryError, which
// comes with what can be read of a subaccount.
func (l SubaccountList) All() iter.Seq2[Subaccount, error] {
	return paged("listing subaccounts", func(int) ([]listed[Subaccount], bool, error) { return l.entries, true, nil })
}

// All is List (GET /accounts/{primary}/subaccounts), subaccount by subaccount: see SubaccountList.All.
func (s *SubaccountsService) All(ctx context.Context) iter.Seq2[Subaccount, error] {
	return func(yield func(Subaccount, error) bool) {
		list, err := s.List(ctx)
		if err != nil {
			yield(Subaccount{}, err)
			return
		}
		list.All()(yield)
	}
}

// Get reads a subaccount by its API key. IsNotFound holds for the error if the primary account has no such subaccount. It may
// share its call, a list (GET /accounts/{primary}/subaccounts), with other readers, and its result is cached for the lifetime
// of the client.
func (s *SubaccountsService) Get(ctx context.Context, key string) (Subaccount, error) {
	known, err := s.index.Get(ctx, key)
	switch absent := errors.Is(err, coalesce.ErrAbsent); {
	case absent && s.nameless.Load():
		known.object, err = s.get(ctx, key)
	case absent:
		err = fmt.Errorf("%w among the subaccounts", ErrNotFound)
	}
	if err = cmp.Or(err, known.err); err != nil {
		return Subaccount{}, fmt.Errorf("reading subaccount %s: %w", QuoteAPIKey(key), err)
	}
	s.claimed.claim(key)
	return known.object, nil
}

// get reads one subaccount (GET /accounts/{primary}/subaccounts/{key}). The API responds alike for an unknown subaccount and
// an unknown primary account: it is asked only after the primary account's list was read.
func (s *SubaccountsService) get(ctx context.Context, key string) (Subaccount, error) {
	r, _, err := s.request(ctx, http.MethodGet, "subaccounts", key)
	if err != nil {
		return Subaccount{}, err
	}
	body, err := s.wire.do(ctx, r)
	if err != nil {
		return Subaccount{}, err
	}
	subaccount, err := decodeSubaccount(body, Subaccount{UsePrimaryBalance: true})
	if err == nil && subaccount.APIKey != key {
		err = unreadable("it is about subaccount %s", QuoteAPIKey(subaccount.APIKey))
	}
	return subaccount, err
}

// SubaccountChange has the settings of a subaccount to change; nil leaves one as it is.
type SubaccountChange struct {
	Name      *string `json:"name,omitempty"`
	Suspended *bool   `json:"suspended,omitempty"`
	// UsePrimaryBalance may only become false, which cannot be undone.
	UsePrimaryBalance *bool `json:"use_primary_account_balance,omitempty"`
}

// of returns the subaccount with the changes.
func (c SubaccountChange) of(subaccount Subaccount) Subaccount {
	subaccount.Name = *cmp.Or(c.Name, &subaccount.Name)
	subaccount.Suspended = *cmp.Or(c.Suspended, &subaccount.Suspended)
	subaccount.UsePrimaryBalance = *cmp.Or(c.UsePrimaryBalance, &subaccount.UsePrimaryBalance)
	return subaccount
}

// Update changes the given settings of a subaccount (PATCH /accounts/{primary}/subaccounts/{key}). If the update may have
// been carried out without a confirming response, the error is an *UnknownOutcomeError.
func (s *SubaccountsService) Update(ctx context.Context, key string, change SubaccountChange) (Subaccount, error) {
	if change == (SubaccountChange{}) {
		return s.Get(ctx, key)
	}
	updated, err := s.update(ctx, key, change)
	if err != nil {
		s.index.Forget(key)
		if IsUnknownOutcome(err) {
			return Subaccount{}, err // already names the operation
		}
		return Subaccount{}, fmt.Errorf("updating subaccount %s: %w", QuoteAPIKey(key), err)
	}
	s.index.Put(key, listed[Subaccount]{object: updated, id: key})
	return updated, nil
}

func (s *SubaccountsService) update(ctx context.Context, key string, change SubaccountChange) (Subaccount, error) {
	r, _, err := s.request(ctx, http.MethodPatch, "subaccounts", key)
	if err != nil {
		return Subaccount{}, err
	}
	r.json = change
	body, err := s.write(ctx, key, r)
	var updated Subaccount
	if err == nil {
		updated, err = decodeSubaccount(body, Subaccount{UsePrimaryBalance: true})
	}
	if err == nil && updated.APIKey != key {
		err = unreadable("it is about subaccount %s", QuoteAPIKey(updated.APIKey))
	}
	if err != nil && unsettled(r.call, err) {
		return s.confirmUpdate(ctx, key, change, err)
	}
	return change.of(updated), err
}

// confirmUpdate reads a subaccount after a change without a clear response.
func (s *SubaccountsService) confirmUpdate(ctx context.Context, key string, change SubaccountChange, cause error) (Subaccount, error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	now, err := s.get(ctx, key)
	switch {
	case err != nil:
		err = fmt.Errorf("%w; reading it back: %w", cause, err)
	case change.of(now) == now:
		return now, nil
	default:
		err = fmt.Errorf("%w; read back, it is not as it was to be", cause)
	}
	return Subaccount{}, &UnknownOutcomeError{Operation: "updating subaccount " + QuoteAPIKey(key), Repeatable: true, Err: err}
}

// write makes a request that changes an account, one at a time.
func (s *SubaccountsService) write(ctx context.Context, apiKey string, r request) ([]byte, error) {
	unlock, err := s.writes.lock(ctx, apiKey)
	if err != nil {
		return nil, err
	}
	defer unlock()
	return s.writes.do(ctx, r)
}
