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
		One:      s.look,
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

// look looks an msisdn up by itself, whatever is known of it. The API has no call for one number, and its search matches
// any part of a number, so what it finds is compared exactly.
func (s *NumbersService) look(ctx context.Context, msisdn string) ([]Number, error) {
	anywhere := 1
	var found []Number
	for number, err := range s.List(ctx, ListNumbersOptions{Pattern: msisdn, SearchPattern: &anywhere}) {
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

// pick takes the number of a key out of those with its msisdn.
func pick(key NumberKey) func([]Number, error) (Number, error) {
	return func(found []Number, err error) (Number, error) {
		for _, number := range found {
			if err == nil && number.Country == key.Country {
				return number, nil
			}
		}
		if err == nil || isAbsent(err) {
			err = errNotOwned
		}
		return Number{}, err
	}
}

// note remembers a number as this process has left it.
func (s *NumbersService) note(number Number) {
	s.index.Put(number.MSISDN, append(s.others(number.Key()), number))
}

// noteGone remembers that the account no longer has a number.
func (s *NumbersService) noteGone(key NumberKey) {
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
