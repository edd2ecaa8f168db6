// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// Found is one of many owned numbers. Err says why the number cannot be read completely; Number then has what can be
// read of it.
type Found struct {
	Number Number
	Err    error
}

// FindAll is Find for many numbers: the result has, by msisdn, those that the account owns. It reads the list of all
// numbers at once if that is cheaper than one call for each. Like Find, it shares its calls and caches its result.
//
// GET /account/numbers.
func (s *NumbersService) FindAll(ctx context.Context, msisdns []string) (map[string][]Found, error) {
	return s.findAll(ctx, msisdns, s.index.GetAll)
}

// FindAllLatest is FindAll, but from calls that begin after it was called: see Latest.
//
// GET /account/numbers.
func (s *NumbersService) FindAllLatest(ctx context.Context, msisdns []string) (map[string][]Found, error) {
	return s.findAll(ctx, msisdns, s.index.LatestAll)
}

func (s *NumbersService) findAll(
	ctx context.Context, msisdns []string, read func(context.Context, []string) (map[string][]listed[Number], error),
) (map[string][]Found, error) {
	known, err := read(ctx, msisdns)
	if err != nil {
		return nil, fmt.Errorf("looking for %d numbers: %w", len(msisdns), err)
	}
	found := make(map[string][]Found, len(msisdns))
	for _, msisdn := range msisdns {
		entries, exists := known[msisdn]
		if !exists && s.nameless.Load() { // the list may have it among the entries without digits
			entries, err = s.lookUp(ctx, msisdn)
			switch {
			case IsMalformed(err):
				entries = []listed[Number]{{object: Number{MSISDN: msisdn}, err: err}}
			case err != nil && !isAbsent(err):
				return nil, fmt.Errorf("looking for number %s: %w", msisdn, err)
			}
		}
		for _, entry := range entries {
			found[msisdn] = append(found[msisdn], Found{entry.object, entry.err})
		}
	}
	return found, nil
}

// mostAwaited is the number of missing numbers up to which AwaitAllListed looks again.
const mostAwaited = 10

// AwaitAllListed is FindAll for numbers that the account has acquired a moment ago: if the list lacks a few of them,
// AwaitAllListed looks again for some seconds, as AwaitListed does.
//
// GET /account/numbers.
func (s *NumbersService) AwaitAllListed(ctx context.Context, msisdns []string) (map[string][]Found, error) {
	var found map[string][]Found
	_, err := untilSeen(ctx, func(ctx context.Context) (seen bool, err error) {
		found, err = s.FindAll(ctx, msisdns)
		missing := slices.DeleteFunc(slices.Clone(msisdns), func(msisdn string) bool { return len(found[msisdn]) > 0 })
		if err != nil || len(missing) == 0 || len(missing) > mostAwaited {
			return true, err
		}
		for _, msisdn := range missing {
			s.index.Forget(msisdn)
		}
		return false, nil
	})
	return found, err
}

// LinkedTo returns the numbers that are linked to an application, ordered by their digits, from the list of all numbers:
// as this process has last read or written them. It leaves out what cannot be read.
//
// GET /account/numbers.
func (s *NumbersService) LinkedTo(ctx context.Context, applicationID string) ([]Number, error) {
	all, err := s.index.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing the numbers of application %s: %w", applicationID, err)
	}
	var linked []Number
	for _, entries := range all {
		for _, entry := range entries {
			if entry.err == nil && strings.EqualFold(entry.object.ApplicationID, applicationID) {
				linked = append(linked, entry.object)
			}
		}
	}
	slices.SortFunc(linked, func(a, b Number) int {
		return cmp.Or(cmp.Compare(a.MSISDN, b.MSISDN), cmp.Compare(a.Country, b.Country))
	})
	return linked, nil
}

// KnownAll returns the numbers with one msisdn as this process has last read or written them, without a call.
func (s *NumbersService) KnownAll(msisdn string) []Found {
	known, _ := s.index.Peek(msisdn)
	found := make([]Found, len(known))
	for i, entry := range known {
		found[i] = Found{entry.object, entry.err}
	}
	return found
}

// Batch announces many updates: until done is called, they start from a list that is kept fresh for them, and need no
// look-up each.
//
// GET /account/numbers, in the background.
func (s *NumbersService) Batch(ctx context.Context) (done func()) {
	one, another := s.index.Enter(ctx), s.index.Enter(ctx)
	return func() {
		one()
		another()
	}
}

// TimeToRead returns how long it takes at the limit to read that many numbers, a page at a time.
func (s *NumbersService) TimeToRead(numbers int) time.Duration {
	return s.wire.limit.Expect(transport.NumbersList, (numbers+pageSize-1)/pageSize)
}

// TimeToWrite returns how long it takes at the limit to send that many updates.
func (s *NumbersService) TimeToWrite(updates int) time.Duration {
	return s.wire.limit.Expect(transport.NumbersWrite, updates)
}
