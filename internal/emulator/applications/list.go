// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package applications

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

func (a *API) listApplications(r *platform.Request) platform.Response {
	query := r.URL.Query()
	size, sizeFits := platform.QueryInteger(query, "page_size", a.defaultPageSize(), 1, platform.LargestPageSize)
	page, pageFits := platform.QueryInteger(query, "page", 1, 1, 1<<30)
	var invalid []shape.Parameter
	if !sizeFits {
		invalid = append(invalid, shape.Parameter{Name: "page_size", Reason: fmt.Sprintf("must be between 1 and %d", platform.LargestPageSize)})
	}
	if !pageFits {
		invalid = append(invalid, shape.Parameter{Name: "page", Reason: "must be at least 1"})
	}
	if len(invalid) > 0 {
		return platform.Problem(http.StatusBadRequest, "/application#list-validation", "Bad Request",
			"The request failed due to validation errors", invalid...)
	}

	listed, total := a.applicationPage(page, size)
	if total == 0 && a.Variant.BareEmptyList {
		return platform.Response{Status: http.StatusOK, Body: document.Object{"page": page}}
	}
	pages := (total + size - 1) / size
	return platform.Response{Status: http.StatusOK, Body: document.Object{
		"page_size":   size,
		"page":        page,
		"total_items": total,
		"total_pages": pages,
		"_embedded":   document.Object{"applications": listed},
		"_links":      applicationLinks(page, size, pages),
	}}
}

func (a *API) defaultPageSize() int { return cmp.Or(a.Variant.PageSize, platform.DefaultPageSize) }

func (a *API) applicationPage(page, size int) (listed []document.Object, total int) {
	a.Lock()
	defer a.Unlock()
	total = len(a.store.order)
	listed = []document.Object{}
	for i := (page - 1) * size; i < min(page*size, total); i++ {
		place := i
		if a.Variant.NewestFirst {
			place = total - 1 - i
		}
		listed = append(listed, a.answered(a.store.documents[a.store.order[place]]))
	}
	return slices.Clip(listed), total
}

func applicationLinks(page, size, pages int) document.Object {
	link := func(page int) document.Object {
		return document.Object{"href": "/v2/applications?page_size=" + strconv.Itoa(size) + "&page=" + strconv.Itoa(page)}
	}
	links := document.Object{"self": link(page), "first": link(1), "last": link(max(pages, 1))}
	if page < pages {
		links["next"] = link(page + 1)
	}
	if page > 1 {
		links["prev"] = link(page - 1)
	}
	return links
}
