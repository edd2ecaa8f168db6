// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestApplicationList(t *testing.T) {
	t.Parallel()
	page := func(ids, links string) answer {
		return ok(`{"page_size":100,"total_pages":2,"_embedded":{"applications":[` + ids + `]},"_links":{` + links + `}}`)
	}
	vonageAPI, client := newScript(t,
		page(`{"id":"a","name":"A","keys":{}},{"id":"b","name":"B","capabilities":{"voice":{"webhooks":{}}}}`, `"next":{"href":"/x"}`),
		page(`{"id":"c","name":""}`, ``))
	var ids []string
	for application, err := range client.Applications.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, application.ID)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, ids); diff != "" {
		t.Error(diff)
	}
	var queries []string
	for _, request := range vonageAPI.requests() {
		queries = append(queries, request.Path+"?"+request.Query)
	}
	if diff := cmp.Diff([]string{"/v2/applications?page=1&page_size=100", "/v2/applications?page=2&page_size=100"}, queries); diff != "" {
		t.Error(diff)
	}
}

func TestApplicationListEnds(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"empty account":          `{"page":1}`,
		"no applications at all": `{}`,
		"link to an empty page":  `{"_embedded":{"applications":[]},"_links":{"next":{"href":"/x"}}}`,
		"last of one":            `{"page":1,"total_pages":1,"_embedded":{"applications":[{"id":"a","name":"A"}]},"_links":{"next":{"href":"/x"}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vonageAPI, client := newScript(t, ok(body))
			for _, err := range client.Applications.List(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
			}
			vonageAPI.requests()
		})
	}
}

// An application on no page would look deleted.
func TestApplicationListRefusesHalf(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`null`, `{"page":1,"total_items":1}`, `{"total_items":"1","_embedded":{"applications":null}}`,
		`{"_embedded":{"applications":[{"name":"n"}]}}`, `{"_embedded":{"applications":[null]}}`,
		`{"_embedded":{"applications":[{"id":"a","name":{}}]}}`,
	} {
		vonageAPI, client := newScript(t, ok(body))
		var last error
		for application, err := range client.Applications.List(t.Context()) {
			if last = err; err == nil {
				t.Errorf("%s: listed %+v", body, application)
			}
		}
		if !vonage.IsUnreadable(last) {
			t.Errorf("%s: %v", body, last)
		}
		vonageAPI.requests()
	}
}

func TestApplicationListStopsAtError(t *testing.T) {
	t.Parallel()
	_, client := newScript(t, answer{status: http.StatusUnauthorized, body: `{"title":"Invalid credentials supplied"}`})
	var seen []error
	for _, err := range client.Applications.List(t.Context()) {
		seen = append(seen, err)
	}
	var apiError *vonage.Error
	if len(seen) != 1 || !errors.As(seen[0], &apiError) || apiError.Status != http.StatusUnauthorized {
		t.Errorf("got %v", seen)
	}
}
