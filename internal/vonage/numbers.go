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

// NumbersService is the Numbers API.
type NumbersService struct {
	wire    *wire
	origin  string
	locks   keyedLock[string] // by msisdn: an update reads, changes and writes
	written writtenSettings
	index   *coalesce.Index[string, []listed[Number]]
	// nameless is set once a list has shown an entry without digits: what such a list lacks may exist.
	nameless atomic.Bool
}

func newNumbersService(w *wire, origin string) *NumbersService {
	s := &NumbersService{wire: w, origin: origin}
	s.index = coalesce.New(s.source())
	return s
}

// ListNumbersOptions filters a list of owned numbers. Zero values do not filter.
type ListNumbersOptions struct {
	Country string // ISO 3166-1 alpha-2, upper case
	// Pattern is the digits to search for; SearchPattern is where: 0 at the start (the API's default), 1 anywhere, 2
	// at the end.
	Pattern       string
	SearchPattern *int
	ApplicationID string
	// HasApplication selects the numbers that are (true) or are not (false) linked to an application.
	HasApplication *bool
}

func (o ListNumbersOptions) query() url.Values {
	query := url.Values{}
	for name, value := range map[string]string{"country": o.Country, "pattern": o.Pattern, "application_id": o.ApplicationID} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if o.SearchPattern != nil {
		query.Set("search_pattern", strconv.Itoa(*o.SearchPattern))
	}
	if o.HasApplication != nil {
		query.Set("has_application", strconv.FormatBool(*o.HasApplication))
	}
	return query
}

// List returns the account's numbers, page by page in the API's order, which is undocumented. It goes on after an
// *MalformedEntryError, which comes with what can be read of a number, and ends at any other error.
//
// GET /account/numbers.
func (s *NumbersService) List(ctx context.Context, options ListNumbersOptions) iter.Seq2[Number, error] {
	return paged("listing numbers", func(index int) ([]listed[Number], bool, error) {
		numbers, total, err := s.page(ctx, options, index)
		return numbers, index >= total, err
	})
}

// numbersPage is one page of a list. An empty result, or a page after the last, is an empty object.
type numbersPage struct {
	Count   *int64            `json:"count"` // of all pages
	Numbers []json.RawMessage `json:"numbers"`
}

// total returns the number of pages as far as the page with this index reveals it.
func (p numbersPage) total(index int) int {
	switch {
	case len(p.Numbers) == 0:
		return 0
	case p.Count != nil:
		return (int(*p.Count) + pageSize - 1) / pageSize
	case len(p.Numbers) < pageSize:
		return index
	default:
		return index + 1
	}
}

func (s *NumbersService) page(ctx context.Context, options ListNumbersOptions, index int) (numbers []listed[Number], total int, err error) {
	query := options.query()
	query.Set("size", strconv.Itoa(pageSize))
	query.Set("index", strconv.Itoa(index))
	body, err := s.wire.do(ctx, request{
		method: http.MethodGet, origin: s.origin, path: pathOf("account", "numbers"), fixed: true, query: query,
		call: &transport.Call{Family: transport.NumbersList},
	})
	if err != nil {
		return nil, 0, err
	}
	var page numbersPage
	if err := decode(body, &page); err != nil {
		return nil, 0, err
	}
	if index == 1 && len(page.Numbers) == 0 && page.Count != nil && *page.Count > 0 {
		return nil, 0, unreadable("it counts %d numbers and has none", *page.Count) // a number on no page would look cancelled
	}
	return readEach(page.Numbers, decodeNumber), page.total(index), nil
}

// Find returns the owned numbers with exactly this msisdn, in any country. Like Get, it may share its call with other
// readers, and its result is cached for the lifetime of the client.
//
// GET /account/numbers.
func (s *NumbersService) Find(ctx context.Context, msisdn string) ([]Number, error) {
	known, err := s.owned(ctx, msisdn)
	if isAbsent(err) {
		return nil, nil
	}
	found := make([]Number, 0, len(known))
	for _, number := range known {
		err = cmp.Or(err, number.err)
		found = append(found, number.object)
	}
	if err != nil {
		return nil, fmt.Errorf("looking for number %s: %w", msisdn, err)
	}
	return found, nil
}

// Get reads one owned number. IsNotFound holds for the error if the account does not own it.
//
// GET /account/numbers.
func (s *NumbersService) Get(ctx context.Context, key NumberKey) (Number, error) {
	number, err := readNumber(ctx, s.owned, key)
	if err != nil {
		return Number{}, fmt.Errorf("reading number %s: %w", key, err)
	}
	return number, nil
}

// Update changes the settings of an owned number; it is the only way to write to a number. The API replaces all
// settings, so Update reads the number, passes it to change and writes all the settings that change returns, under a
// lock per msisdn. It returns an error of change unwrapped. It sends nothing if nothing changes. The result is the
// number as read, with the new settings; it is not read again. While other updates are in progress, the number may
// have been read up to 30 seconds earlier, or as long ago as it takes to list all numbers at the rate limit.
//
// POST /number/update.
func (s *NumbersService) Update(
	ctx context.Context, key NumberKey, change func(current Number) (NumberSettings, error),
) (Number, error) {
	return s.update(ctx, key, s.index.Fresh, change)
}

// UpdateLatest is Update for a change that takes something away: it starts from a read that began after UpdateLatest
// was called, whatever else is in progress.
//
// GET /account/numbers, POST /number/update.
func (s *NumbersService) UpdateLatest(
	ctx context.Context, key NumberKey, change func(current Number) (NumberSettings, error),
) (Number, error) {
	return s.update(ctx, key, s.index.Latest, change)
}

// Latest is Get, but reads the number even if it is cached. It may share its call with others that began to wait
// before the call.
//
// GET /account/numbers.
func (s *NumbersService) Latest(ctx context.Context, key NumberKey) (Number, error) {
	number, err := readNumber(ctx, s.index.Latest, key)
	if err != nil {
		return Number{}, fmt.Errorf("reading number %s: %w", key, err)
	}
	return number, nil
}

func (s *NumbersService) update(
	ctx context.Context, key NumberKey, read func(context.Context, string) ([]listed[Number], error),
	change func(current Number) (NumberSettings, error),
) (Number, error) {
	unlock, err := s.locks.lock(ctx, key.MSISDN)
	if err != nil {
		return Number{}, fmt.Errorf("updating number %s: %w", key, err)
	}
	defer unlock()
	defer s.index.Enter(ctx)()
	current, err := readNumber(ctx, read, key)
	if err != nil {
		return Number{}, fmt.Errorf("updating number %s: %w", key, err)
	}
	s.written.compare(current)
	want, err := change(current)
	if err != nil {
		return Number{}, err
	}
	if want == current.Settings() {
		return current, nil
	}
	updated, err := s.write(ctx, current, want)
	if err != nil {
		s.index.Forget(key.MSISDN)
		if unknown, ok := errors.AsType[*UnknownOutcomeError](err); ok {
			return Number{}, unknown // already names the operation
		}
		return Number{}, fmt.Errorf("updating number %s: %w", key, err)
	}
	s.written.leave(updated)
	s.cache(updated)
	return updated, nil
}

// write sends all settings of a number. It trusts a clear response, and otherwise reads the number back.
func (s *NumbersService) write(ctx context.Context, current Number, want NumberSettings) (Number, error) {
	if err := want.validate(); err != nil {
		return Number{}, err
	}
	call, err := s.post(ctx, "update", want.form(current.Key()), true)
	if err == nil {
		return current.with(want), nil
	}
	return s.confirmUpdate(ctx, current, want, unsettled(call, err), err)
}

// post makes one of the calls that change a number. After an error, call.Unsettled reports whether the change may
// have been made nevertheless.
func (s *NumbersService) post(ctx context.Context, what string, form url.Values, replayable bool) (call *transport.Call, err error) {
	call = &transport.Call{Family: transport.NumbersWrite, Replayable: replayable}
	body, err := s.wire.do(ctx, request{
		method: http.MethodPost, origin: s.origin, path: pathOf("number", what), fixed: true, form: form, call: call,
	})
	if err != nil {
		return call, err
	}
	return call, acknowledged(body)
}

// acknowledged checks the body of the response to a change, which repeats the HTTP status.
func acknowledged(body []byte) error {
	var answer errorDocument
	if err := decode(body, &answer); err != nil {
		return err
	}
	if answer.ErrorCode != "200" {
		return unreadable("it does not say whether the change was made")
	}
	return nil
}
