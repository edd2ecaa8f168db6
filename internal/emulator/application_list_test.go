// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// names returns the names of the applications of one page.
func names(page document) []string {
	applications, _ := at(page, "_embedded", "applications").([]any)
	names := make([]string, 0, len(applications))
	for _, application := range applications {
		names = append(names, text(application, "name"))
	}
	return names
}

func TestApplicationListPages(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	for i := range 5 {
		seed(t, a.SeedApplication(fmt.Sprintf("id-%d", i), document{"name": strconv.Itoa(i)}))
	}
	page := a.get("/v2/applications?page_size=2&page=2").want(t, 200).json
	if diff := cmp.Diff([]string{"2", "3"}, names(page)); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	delete(page, "_embedded")
	href := func(page int) document {
		return document{"href": fmt.Sprintf("/v2/applications?page_size=2&page=%d", page)}
	}
	want := document{
		"page_size": 2., "page": 2., "total_items": 5., "total_pages": 3.,
		"_links": document{"self": href(2), "first": href(1), "last": href(3), "next": href(3), "prev": href(1)},
	}
	if diff := cmp.Diff(want, page); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
	last := a.get("/v2/applications?page_size=2&page=3").want(t, 200).json
	if at(last, "_links", "next") != nil || len(names(last)) != 1 {
		t.Errorf("last page: %v", last)
	}
	if beyond := names(a.get("/v2/applications?page=9").want(t, 200).json); len(beyond) != 0 {
		t.Errorf("beyond the end: %v", beyond)
	}
	if all := names(a.get("/v2/applications").json); len(all) != 5 {
		t.Errorf("by default: %v", all)
	}
}

func TestApplicationListRefusesPageSizes(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	for _, size := range []string{"0", "101", "ten", ""} {
		refused := a.get("/v2/applications?page_size="+size).want(t, 400).json
		want := []any{document{"name": "page_size", "reason": "must be between 1 and 100"}}
		if diff := cmp.Diff(want, refused["invalid_parameters"]); diff != "" {
			t.Errorf("page_size=%s (-want +got):\n%s", size, diff)
		}
		if refused["type"] != "https://developer.vonage.com/api-errors/application#list-validation" {
			t.Errorf("type %v", refused["type"])
		}
	}
	a.get("/v2/applications?page=0").want(t, 400)
}

func TestApplicationListVariants(t *testing.T) {
	t.Parallel()
	empty := newAccount(t, emulator.Options{Variant: emulator.Variant{BareEmptyList: true}})
	if diff := cmp.Diff(document{"page": 1.}, empty.get("/v2/applications").json); diff != "" {
		t.Errorf("bare empty list (-want +got):\n%s", diff)
	}
	a := newAccount(t, emulator.Options{Variant: emulator.Variant{NewestFirst: true, PageSize: 2}})
	for i := range 3 {
		seed(t, a.SeedApplication(fmt.Sprintf("id-%d", i), document{"name": strconv.Itoa(i)}))
	}
	if diff := cmp.Diff([]string{"2", "1"}, names(a.get("/v2/applications").json)); diff != "" {
		t.Errorf("newest first (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"0"}, names(a.get("/v2/applications?page=2").json)); diff != "" {
		t.Errorf("second page (-want +got):\n%s", diff)
	}
}
