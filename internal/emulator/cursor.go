// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Cursor pagination of the v1 lists of conversations, members, events and users: no totals, absolute links, and a
// cursor that must be decoded exactly once.

// listed is an item of a list. Its place is greater than that of every older item, so cursors stay valid when items
// are added or removed.
type listed struct {
	place    int
	document document
}

// position is the content of a cursor: the place of the item before or after which the page begins.
type position struct {
	place    int
	order    string
	backward bool
}

// encode returns a cursor that begins with "+/", so that decoding it twice, or not at all, breaks it.
func (p position) encode() string {
	text := fmt.Sprintf("%d %s %t", p.place, p.order, p.backward)
	return base64.StdEncoding.EncodeToString(append([]byte{0xfb, 0xff, 0xff}, text...))
}

func decodePosition(cursor string) (position, bool) {
	text, err := base64.StdEncoding.DecodeString(cursor)
	if err != nil || len(text) < 3 || text[0] != 0xfb {
		return position{}, false
	}
	var decoded position
	_, err = fmt.Sscanf(string(text[3:]), "%d %s %t", &decoded.place, &decoded.order, &decoded.backward)
	return decoded, err == nil
}

// cursorPage answers with one page of a list. items must be in ascending order.
func cursorPage(r *request, name string, items []listed) response {
	query := r.URL.Query()
	size, fits := queryInteger(query, "page_size", defaultPageSize, 1, largestPageSize)
	if !fits {
		return validationFailed("page_size", fmt.Sprintf("\"page_size\" must be a number between 1 and %d", largestPageSize))
	}
	order := strings.ToLower(query.Get("order"))
	switch order {
	case "":
		order = "asc"
	case "asc", "desc":
	default:
		return validationFailed("order", "\"order\" must be one of [asc, desc]")
	}
	from := position{place: -1, order: order}
	if query.Has("cursor") {
		given, ok := decodePosition(query.Get("cursor"))
		if !ok || given.order != order {
			return coded(http.StatusBadRequest, "paginator-builder:error:invalid-cursor", "Bad request.", "The cursor is not valid.")
		}
		from = given
	}
	page, before, after := slicePage(items, from, size)
	documents := make([]document, len(page))
	for i, item := range page {
		documents[i] = item.document
	}
	links := document{"self": document{"href": pageURL(r, query.Get("cursor"))}, "first": document{"href": pageURL(r, "")}}
	if after && len(page) > 0 {
		links["next"] = document{"href": pageURL(r, position{place: page[len(page)-1].place, order: order}.encode())}
	}
	if before && len(page) > 0 {
		links["prev"] = document{"href": pageURL(r, position{place: page[0].place, order: order, backward: true}.encode())}
	}
	return response{status: http.StatusOK, body: document{"page_size": size, "_embedded": document{name: documents}, "_links": links}}
}

// slicePage returns one page of a list and whether there are items before and after it.
func slicePage(items []listed, from position, size int) (page []listed, before, after bool) {
	ordered := slices.Clone(items)
	sign := 1
	if from.order == "desc" {
		slices.Reverse(ordered)
		sign = -1
	}
	if from.backward {
		end := slices.IndexFunc(ordered, func(item listed) bool { return sign*(item.place-from.place) >= 0 })
		if end < 0 {
			end = len(ordered)
		}
		start := max(end-size, 0)
		return ordered[start:end], start > 0, end < len(ordered)
	}
	start := 0
	if from.place >= 0 {
		start = slices.IndexFunc(ordered, func(item listed) bool { return sign*(item.place-from.place) > 0 })
		if start < 0 {
			start = len(ordered)
		}
	}
	end := min(start+size, len(ordered))
	return ordered[start:end], start > 0, end < len(ordered)
}

// pageURL returns the absolute URL of the same list with this cursor.
func pageURL(r *request, cursor string) string {
	query := url.Values{}
	for name, values := range r.URL.Query() {
		if name != "cursor" {
			query[name] = values
		}
	}
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	return origin(r.Request) + r.URL.EscapedPath() + "?" + query.Encode()
}

// origin returns the scheme and host under which the client reached the emulator.
func origin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
