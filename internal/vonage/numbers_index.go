// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"errors"
	"fmt"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
)

// source is the API behind the index of owned numbers, keyed by msisdn. It allows one look-up at a time: at one call
// a second, more would only queue.
func (s *NumbersService) source() coalesce.Source[string, []Number] {
	return coalesce.Source[string, []Number]{
		LookUps:  1,
		One:      s.lookUp,
		IsAbsent: IsNotFound,
		Page: func(ctx context.Context, number int) (coalesce.Page[string, []Number], error) {
			page, err := s.page(ctx, ListNumbersOptions{}, number)
			if err != nil {
				return coalesce.Page[string, []Number]{}, fmt.Errorf("listing numbers (page %d): %w", number, err)
			}
			objects := make(map[string][]Number, len(page.Numbers))
			for _, owned := range page.Numbers {
				objects[owned.MSISDN] = append(objects[owned.MSISDN], owned)
			}
			return coalesce.Page[string, []Number]{Objects: objects, Total: page.total(number)}, nil
		},
	}
}

// errNotOwned reports that the account does not own the number.
var errNotOwned = fmt.Errorf("%w among the account's numbers", ErrNotFound)

func isAbsent(err error) bool { return errors.Is(err, coalesce.ErrAbsent) || IsNotFound(err) }

// patternAnywhere is the search_pattern that matches digits anywhere in a number.
const patternAnywhere = 1

// lookUp reads the numbers with one msisdn from the API, bypassing the index. The API has no call for one number, and
// its search matches any part of a number, so the results are filtered by exact msisdn.
func (s *NumbersService) lookUp(ctx context.Context, msisdn string) ([]Number, error) {
	var found []Number
	for number, err := range s.List(ctx, ListNumbersOptions{Pattern: msisdn, SearchPattern: new(patternAnywhere)}) {
		if err != nil {
			return nil, err
		}
		if number.MSISDN == msisdn {
			found = append(found, number)
		}
	}
	if len(found) == 0 {
		return nil, errNotOwned
	}
	return found, nil
}

// readNumber returns the number with this key. read returns the numbers with its msisdn, which can be owned in
// several countries.
func readNumber(ctx context.Context, read func(context.Context, string) ([]Number, error), key NumberKey) (Number, error) {
	found, err := read(ctx, key.MSISDN)
	if err != nil && !isAbsent(err) {
		return Number{}, err
	}
	for _, number := range found {
		if number.Country == key.Country {
			return number, nil
		}
	}
	return Number{}, errNotOwned
}

// cache records a number as this process has left it.
func (s *NumbersService) cache(number Number) {
	s.index.Put(number.MSISDN, append(s.others(number.Key()), number))
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
func (s *NumbersService) others(key NumberKey) []Number {
	var others []Number
	known, _ := s.index.Peek(key.MSISDN)
	for _, number := range known {
		if number.Country != key.Country {
			others = append(others, number)
		}
	}
	return others
}
