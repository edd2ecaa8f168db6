// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package cursor is the cursor pagination of the v1 lists of conversations, members, events and users: no totals, absolute
// links, and a cursor that must be decoded exactly once.
package cursor

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// Item is an item of a list. Its place is greater than that of every older item, so cursors stay valid when items
// are added or removed.
type Item struct {
	Place    int
	Document document.Object
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

// Page responds with one page of a list. items must be in ascending order.
func Page(r *platform.Request, name string, items []Item) platform.Response {
	query := r.URL.Query()
	size, fits := platform.QueryInteger(query, "page_size", platform.DefaultPageSize, 1, platform.LargestPageSize)
	if !fits {
		return platform.ValidationFailed("page_size", fmt.Sprintf("\"page_size\" must be a number between 1 and %d", platform.LargestPageSize))
	}
	order := strings.ToLower(query.Get("order"))
	switch order {
	case "":
		order = "asc"
	case "asc", "desc":
	default:
		return platform.ValidationFailed("order", "\"order\" must be one of [asc, desc]")
	}
	from := position{place: -1, order: order}
	if query.Has("cursor") {
		given, ok := decodePosition(query.Get("cursor"))
		if !ok || given.order != order {
			return platform.Coded(http.StatusBadRequest, "paginator-builder:error:invalid-cursor", "Bad request.", "The cursor is not valid.")
		}
		from = given
	}
	page, before, after := slicePage(items, from, size)
	documents := make([]document.Object, len(page))
	for i, item := range page {
		documents[i] = item.Document
	}
	links := document.Object{"self": document.Object{"href": pageURL(r, query.Get("cursor"))}, "first": document.Object{"href": pageURL(r, "")}}
	if after && len(page) > 0 {
		links["next"] = document.Object{"href": pageURL(r, position{place: page[len(page)-1].Place, order: order}.encode())}
	}
	if before && len(page) > 0 {
		links["prev"] = document.Object{"href": pageURL(r, position{place: page[0].Place, order: order, backward: true}.encode())}
	}
	return platform.Response{Status: http.StatusOK, Body: document.Object{"page_size": size, "_embedded": document.Object{name: documents}, "_links": links}}
}

// slicePage returns one page of a list and whether there are items before and after it.
func slicePage(items []Item, from position, size int) (page []Item, before, after bool) {
	ordered := slices.Clone(items)
	sign := 1
	if from.order == "desc" {
		slices.Reverse(ordered)
		sign = -1
	}
	if from.backward {
		end := slices.IndexFunc(ordered, func(item Item) bool { return sign*(item.Place-from.place) >= 0 })
		if end < 0 {
			end = len(ordered)
		}
		start := max(end-size, 0)
		return ordered[start:end], start > 0, end < len(ordered)
	}
	start := 0
	if from.place >= 0 {
		start = slices.IndexFunc(ordered, func(item Item) bool { return sign*(item.Place-from.place) > 0 })
		if start < 0 {
			start = len(ordered)
		}
	}
	end := min(start+size, len(ordered))
	return ordered[start:end], start > 0, end < len(ordered)
}

// pageURL returns the absolute URL of the same list with this cursor.
func pageURL(r *platform.Request, cursor string) string {
	query := url.Values{}
	for name, values := range r.URL.Query() {
		if name != "cursor" {
			query[name] = values
		}
	}
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	return platform.Origin(r.Request) + r.URL.EscapedPath() + "?" + query.Encode()
}
