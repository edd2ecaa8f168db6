// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// source is the API behind the index of owned numbers, keyed by msisdn. It allows one look-up at a time: at one call
// a second, more would only queue.
func (s *NumbersService) source() coalesce.Source[string, []listed[Number]] {
	return coalesce.Source[string, []listed[Number]]{
		LookUps:  1,
		One:      s.lookUp,
		IsAbsent: IsNotFound,
		GaveUp:   s.wire.gaveUp(transport.NumbersList),
		Page: func(ctx context.Context, number int) (coalesce.Page[string, []listed[Number]], error) {
			numbers, total, err := s.page(ctx, ListNumbersOptions{}, number)
			if err != nil {
				return coalesce.Page[string, []listed[Number]]{}, fmt.Errorf("listing numbers (page %d): %w", number, err)
			}
			objects := make(map[string][]listed[Number], len(numbers))
			for _, owned := range numbers {
				objects[owned.object.MSISDN] = append(objects[owned.object.MSISDN], owned)
			}
			if _, nameless := objects[""]; nameless {
				s.nameless.Store(true)
			}
			return coalesce.Page[string, []listed[Number]]{Objects: objects, Total: total}, nil
		},
	}
}

// errNotOwned reports that the account does not own the number.
var errNotOwned = fmt.Errorf("%w among the account's numbers", ErrNotFound)

func isAbsent(err error) bool { return errors.Is(err, coalesce.ErrAbsent) || IsNotFound(err) }

// patternAnywhere is the search_pattern that matches digits anywhere in a number.
const patternAnywhere = 1

// owned returns the numbers with one msisdn from the index.
func (s *NumbersService) owned(ctx context.Context, msisdn string) ([]listed[Number], error) {
	found, err := s.index.Get(ctx, msisdn)
	if errors.Is(err, coalesce.ErrAbsent) && s.nameless.Load() {
		return s.lookUp(ctx, msisdn)
	}
	return found, err
}

// lookUp reads the numbers with one msisdn from the API, bypassing the index. The API has no call for one number, and
// its search matches any part of a number, so the results are filtered by exact msisdn.
func (s *NumbersService) lookUp(ctx context.Context, msisdn string) ([]listed[Number], error) {
	var found []listed[Number]
	var doubt error // an entry without digits may be the number
	for number, err := range s.List(ctx, ListNumbersOptions{Pattern: msisdn, SearchPattern: new(patternAnywhere)}) {
		entry, isMalformed := errors.AsType[*MalformedEntryError](err)
		switch {
		case isMalformed && number.MSISDN == "":
			doubt = err
		case err != nil && !isMalformed:
			return nil, err
		case number.MSISDN != msisdn:
		case isMalformed:
			found = append(found, listed[Number]{object: number, err: entry.err})
		default:
			found = append(found, listed[Number]{object: number})
		}
	}
	if len(found) == 0 {
		return nil, cmp.Or(doubt, errNotOwned)
	}
	return found, nil
}

// readNumber returns the number with this key. read returns the numbers with its msisdn, which can be owned in
// several countries.
func readNumber(ctx context.Context, read func(context.Context, string) ([]listed[Number], error), key NumberKey) (Number, error) {
	found, err := read(ctx, key.MSISDN)
	if err != nil && !isAbsent(err) {
		return Number{}, err
	}
	for _, number := range found {
		switch {
		case number.err == nil && number.object.Country == key.Country:
			return number.object, nil
		case number.err != nil && (number.object.Country == key.Country || number.object.Country == ""):
			return Number{}, number.err
		}
	}
	return Number{}, errNotOwned
}

// Known returns a number as this process has last read or written it, without a call.
func (s *NumbersService) Known(key NumberKey) (Number, bool) {
	known, _ := s.index.Peek(key.MSISDN)
	for _, number := range known {
		if number.err == nil && number.object.Country == key.Country {
			return number.object, true
		}
	}
	return Number{}, false
}

// cache records a number as this process has left it.
func (s *NumbersService) cache(number Number) {
	s.index.Put(number.MSISDN, append(s.others(number.Key()), listed[Number]{object: number}))
}

// cacheAbsence records that the account no longer owns a number.
func (s *NumbersService) cacheAbsence(key NumberKey) {
	if others := s.others(key); len(others) > 0 {
		s.index.Put(key.MSISDN, others)
		return
	}
	s.index.Remove(key.MSISDN)
}

// others returns the cached numbers with the same msisdn in other countries.
func (s *NumbersService) others(key NumberKey) []listed[Number] {
	var others []listed[Number]
	known, _ := s.index.Peek(key.MSISDN)
	for _, number := range known {
		if number.object.Country != key.Country {
			others = append(others, number)
		}
	}
	return others
}
