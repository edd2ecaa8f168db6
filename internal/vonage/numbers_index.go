// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"errors"
	"fmt"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
)

// source lets the owned numbers be read together, by msisdn. Look-ups go one at a time: at one call a second they would
// only queue.
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

// errNotOwned says that the account has no such number.
var errNotOwned = fmt.Errorf("%w among the account's numbers", ErrNotFound)

func isAbsent(err error) bool { return errors.Is(err, coalesce.ErrAbsent) || IsNotFound(err) }

// patternAnywhere is the search_pattern that finds digits wherever they are in a number.
const patternAnywhere = 1

// lookUp asks the API for one msisdn, whatever the index knows. The API has no call for one number, and its search matches any
// part of a number, so what it finds is compared exactly.
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

// readNumber takes the number of a key out of what read gives for its msisdn, which can be owned in several countries.
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

// cache remembers a number as this process has left it.
func (s *NumbersService) cache(number Number) {
	s.index.Put(number.MSISDN, append(s.others(number.Key()), number))
}

// cacheAbsence remembers that the account no longer has a number.
func (s *NumbersService) cacheAbsence(key NumberKey) {
	if others := s.others(key); len(others) > 0 {
		s.index.Put(key.MSISDN, others)
		return
	}
	s.index.Remove(key.MSISDN)
}

// others are the numbers known by the same digits in other countries.
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
