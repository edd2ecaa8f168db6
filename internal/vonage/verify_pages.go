// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// verifyPage is one page of templates or of fragments.
type verifyPage struct {
	TotalPages *int64 `json:"total_pages"`
	TotalItems *int64 `json:"total_items"`
	Embedded   *struct {
		Templates []json.RawMessage `json:"templates"`
		Fragments []json.RawMessage `json:"template_fragments"`
	} `json:"_embedded"`
	Links struct {
		Next *struct {
			Href string `json:"href"`
		} `json:"next"`
	} `json:"_links"`
}

// entries returns the templates or fragments of a page.
func (p verifyPage) entries() []json.RawMessage {
	if p.Embedded == nil {
		return nil
	}
	return append(p.Embedded.Templates, p.Embedded.Fragments...)
}

// check refuses a first page that would make everything look gone.
func (p verifyPage) check() error {
	switch {
	case len(p.entries()) > 0:
		return nil
	case p.TotalItems != nil && *p.TotalItems > 0:
		return unreadable("it counts %d objects and has none", *p.TotalItems)
	case p.Embedded == nil && p.TotalItems == nil && p.TotalPages == nil:
		return unreadable("it has no list")
	}
	return nil
}

// isLast reports whether no page follows the one with this number.
func (p verifyPage) isLast(number int) bool {
	if p.TotalPages != nil {
		return int64(number) >= *p.TotalPages || len(p.entries()) == 0
	}
	return p.Links.Next == nil || p.Links.Next.Href == "" || len(p.entries()) == 0
}

// pages reads every page of a list. It leaves the size of a page to the API, whose limits are undocumented.
func (s *VerifyTemplatesService) pages(ctx context.Context, below ...string) ([]json.RawMessage, error) {
	var entries []json.RawMessage
	for number := 1; ; number++ {
		r := s.request(http.MethodGet, below...)
		if number > 1 {
			r.query = url.Values{"page": {strconv.Itoa(number)}}
		}
		body, err := s.wire.do(ctx, r)
		if err != nil {
			return nil, err
		}
		var page verifyPage
		if err := decode(body, &page); err != nil {
			return nil, err
		}
		if err := page.check(); err != nil && number == 1 {
			return nil, err
		}
		entries = append(entries, page.entries()...)
		if page.isLast(number) {
			return entries, nil
		}
	}
}

// distinct removes what is on a second page, too, because the list changed while it was read.
func distinct[T any](entries []listed[T]) []listed[T] {
	seen := map[string]bool{}
	return slices.DeleteFunc(entries, func(entry listed[T]) bool {
		twice := entry.id != "" && seen[entry.id]
		seen[entry.id] = true
		return twice
	})
}
