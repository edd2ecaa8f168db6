// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

const (
	defaultPageSize = 10
	largestPageSize = 100
)

func (e *Emulator) listApplications(r *request) response {
	query := r.URL.Query()
	size, sizeFits := queryInteger(query, "page_size", e.defaultPageSize(), 1, largestPageSize)
	page, pageFits := queryInteger(query, "page", 1, 1, 1<<30)
	var invalid []parameter
	if !sizeFits {
		invalid = append(invalid, parameter{"page_size", fmt.Sprintf("must be between 1 and %d", largestPageSize)})
	}
	if !pageFits {
		invalid = append(invalid, parameter{"page", "must be at least 1"})
	}
	if len(invalid) > 0 {
		return problem(http.StatusBadRequest, "/application#list-validation", "Bad Request",
			"The request failed due to validation errors", invalid...)
	}

	listed, total := e.applicationPage(page, size)
	if total == 0 && e.options.Variant.BareEmptyList {
		return response{status: http.StatusOK, body: document{"page": page}}
	}
	pages := (total + size - 1) / size
	return response{status: http.StatusOK, body: document{
		"page_size":   size,
		"page":        page,
		"total_items": total,
		"total_pages": pages,
		"_embedded":   document{"applications": listed},
		"_links":      applicationLinks(page, size, pages),
	}}
}

func (e *Emulator) defaultPageSize() int { return cmp.Or(e.options.Variant.PageSize, defaultPageSize) }

func (e *Emulator) applicationPage(page, size int) (listed []document, total int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	total = len(e.applications.order)
	listed = []document{}
	for i := (page - 1) * size; i < min(page*size, total); i++ {
		place := i
		if e.options.Variant.NewestFirst {
			place = total - 1 - i
		}
		listed = append(listed, e.answered(e.applications.documents[e.applications.order[place]]))
	}
	return slices.Clip(listed), total
}

func applicationLinks(page, size, pages int) document {
	link := func(page int) document {
		return document{"href": "/v2/applications?page_size=" + strconv.Itoa(size) + "&page=" + strconv.Itoa(page)}
	}
	links := document{"self": link(page), "first": link(1), "last": link(max(pages, 1))}
	if page < pages {
		links["next"] = link(page + 1)
	}
	if page > 1 {
		links["prev"] = link(page - 1)
	}
	return links
}

// queryInteger parses an integer parameter; the second result is false if the value is not an integer in [from, to].
func queryInteger(query url.Values, name string, fallback, from, to int) (int, bool) {
	if !query.Has(name) {
		return fallback, true
	}
	whole, err := strconv.Atoi(query.Get(name))
	return whole, err == nil && whole >= from && whole <= to
}
