// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package voice

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// listCalls paginates by offset: record_index is the index of the first record.
func (a *API) listCalls(r *platform.Request) platform.Response {
	query := r.URL.Query()
	size, sizeFits := platform.QueryInteger(query, "page_size", platform.DefaultPageSize, 1, platform.LargestPageSize)
	first, firstFits := platform.QueryInteger(query, "record_index", 0, 0, 1<<30)
	if !sizeFits || !firstFits {
		return badCall("page_size", "page_size must be between 1 and 100, record_index at least 0")
	}
	from, to, _, ok := platform.DateRange(r)
	if !ok {
		return badCall("date_start", "dates must be in ISO 8601 format")
	}
	a.Lock()
	defer a.Unlock()
	found := []document.Object{} // an empty list, not null
	for _, l := range a.calls.ordered {
		if document.Text(l.call.application, "id") == r.Token.ApplicationID &&
			(!query.Has("status") || l.status == query.Get("status")) &&
			(!query.Has("conversation_uuid") || l.conversationID() == query.Get("conversation_uuid")) &&
			!l.started.Before(from) && (to.IsZero() || !l.started.After(to)) {
			found = append(found, l.asCall(a.Now()))
		}
	}
	if query.Get("order") == "desc" {
		slices.Reverse(found)
	}
	page := found[min(first, len(found)):min(first+size, len(found))]
	return platform.Response{Status: http.StatusOK, Body: document.Object{
		"count": len(found), "page_size": size, "record_index": first,
		"_links": callLinks(r, first, size, len(found)), "_embedded": document.Object{"calls": page},
	}}
}

// callLinks returns absolute links, because https://github.com/Vonage/vonage-node-sdk (packages/voice/lib/voice.ts)
// cannot follow relative ones; the answers captured in https://github.com/Vonage/vonage-python-sdk (voice/tests/data)
// have relative ones.
func callLinks(r *platform.Request, first, size, count int) document.Object {
	link := func(index int) document.Object {
		query := r.URL.Query()
		query.Set("page_size", strconv.Itoa(size))
		query.Set("record_index", strconv.Itoa(index))
		return document.Object{"href": platform.Origin(r.Request) + r.URL.Path + "?" + query.Encode()}
	}
	links := document.Object{"self": link(first), "first": link(0), "last": link(max(count-1, 0) / size * size)}
	if first+size < count {
		links["next"] = link(first + size)
	}
	if first > 0 {
		links["prev"] = link(max(first-size, 0))
	}
	return links
}
