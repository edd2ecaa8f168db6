// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"slices"
	"strconv"
)

// listCalls paginates by offset: record_index is the index of the first record.
func (e *Emulator) listCalls(r *request) response {
	query := r.URL.Query()
	size, sizeFits := queryInteger(query, "page_size", defaultPageSize, 1, largestPageSize)
	first, firstFits := queryInteger(query, "record_index", 0, 0, 1<<30)
	if !sizeFits || !firstFits {
		return badCall("page_size", "page_size must be between 1 and 100, record_index at least 0")
	}
	from, to, _, ok := dateRange(r)
	if !ok {
		return badCall("date_start", "dates must be in ISO 8601 format")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	found := []document{} // an empty list, not null
	for _, l := range e.calls.ordered {
		if text(l.call.application, "id") == r.token.applicationID &&
			(!query.Has("status") || l.status == query.Get("status")) &&
			(!query.Has("conversation_uuid") || l.conversationID() == query.Get("conversation_uuid")) &&
			!l.started.Before(from) && (to.IsZero() || !l.started.After(to)) {
			found = append(found, l.asCall(e.options.Now()))
		}
	}
	if query.Get("order") == "desc" {
		slices.Reverse(found)
	}
	page := found[min(first, len(found)):min(first+size, len(found))]
	return response{status: http.StatusOK, body: document{
		"count": len(found), "page_size": size, "record_index": first,
		"_links": callLinks(r, first, size, len(found)), "_embedded": document{"calls": page},
	}}
}

// callLinks returns absolute links, because https://github.com/Vonage/vonage-node-sdk (packages/voice/lib/voice.ts)
// cannot follow relative ones; the answers captured in https://github.com/Vonage/vonage-python-sdk (voice/tests/data)
// have relative ones.
func callLinks(r *request, first, size, count int) document {
	link := func(index int) document {
		query := r.URL.Query()
		query.Set("page_size", strconv.Itoa(size))
		query.Set("record_index", strconv.Itoa(index))
		return document{"href": origin(r.Request) + r.URL.Path + "?" + query.Encode()}
	}
	links := document{"self": link(first), "first": link(0), "last": link(max(count-1, 0) / size * size)}
	if first+size < count {
		links["next"] = link(first + size)
	}
	if first > 0 {
		links["prev"] = link(max(first-size, 0))
	}
	return links
}
