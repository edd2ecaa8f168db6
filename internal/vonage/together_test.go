// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// TestNumbersAreReadTogether: many readers share the calls for a few pages.
func TestNumbersAreReadTogether(t *testing.T) {
	t.Parallel()
	page := func(first, n int) answer {
		entries := make([]string, n)
		for i := range entries {
			entries[i] = fmt.Sprintf(`{"country":"GB","msisdn":"447700900%03d","app_id":"A%d"}`, first+i, first+i)
		}
		return ok(`{"count":200,"numbers":[` + strings.Join(entries, ",") + `]}`)
	}
	one := ok(`{"count":1,"numbers":[{"country":"GB","msisdn":"447700900150","app_id":"A150"}]}`)
	vonageAPI, client := newScript(t, one, page(0, 100), page(100, 100))
	read := func(i int) {
		got, err := client.Numbers.Get(t.Context(), vonage.NumberKey{Country: "GB", MSISDN: fmt.Sprintf("447700900%03d", i)})
		if err != nil || got.ApplicationID != fmt.Sprintf("A%d", i) {
			t.Errorf("number %d: %+v, %v", i, got, err)
		}
	}
	read(150)
	var readers sync.WaitGroup
	for i := range 200 {
		readers.Go(func() { read(i) })
	}
	readers.Wait()
	var queries []string
	for _, request := range vonageAPI.requests() {
		queries = append(queries, request.Query)
	}
	want := []string{"index=1&pattern=447700900150&search_pattern=1&size=100", "index=1&size=100", "index=2&size=100"}
	if diff := cmp.Diff(want, queries); diff != "" {
		t.Error(diff)
	}
}

// TestApplicationsAreReadTogether: so do readers of applications, with ids in either case.
func TestApplicationsAreReadTogether(t *testing.T) {
	t.Parallel()
	list := `{"total_pages":1,"_embedded":{"applications":[{"id":"a1","name":"1"},{"id":"a2","name":"2"},{"id":"a3","name":"3"}]}}`
	vonageAPI, client := newScript(t, ok(`{"id":"a1","name":"1"}`), ok(list))
	for _, id := range []string{"A1", "a2", "A3", "a1", "A2"} {
		if got, err := client.Applications.Get(t.Context(), id); err != nil || got.ID != strings.ToLower(id) {
			t.Errorf("application %s: %+v, %v", id, got, err)
		}
	}
	if diff := cmp.Diff([]string{"GET /v2/applications/a1", "GET /v2/applications"}, vonageAPI.log()); diff != "" {
		t.Error(diff)
	}
}

// TestNumberWritesAreRead: reads after a write need no call; reads after a failed write do.
func TestNumberWritesAreRead(t *testing.T) {
	t.Parallel()
	link := func(application string) func(vonage.Number) (vonage.NumberSettings, error) {
		return keep(func(s *vonage.NumberSettings) { s.ApplicationID = application })
	}
	apiError := answer{status: http.StatusBadRequest, body: `{"error-code":"400"}`}
	vonageAPI, client := newScript(t, owned(``), ok(success), apiError, owned(`,"app_id":"B"`), ok(success))
	if _, err := client.Numbers.Update(t.Context(), number, link("A")); err != nil {
		t.Fatal(err)
	}
	if got, err := client.Numbers.Get(t.Context(), number); err != nil || got.ApplicationID != "A" || got.Type != "mobile-lvn" {
		t.Errorf("after the update: %+v, %v", got, err)
	}
	if _, err := client.Numbers.Update(t.Context(), number, link("C")); err == nil {
		t.Error("a refused update succeeded")
	}
	if got, err := client.Numbers.Get(t.Context(), number); err != nil || got.ApplicationID != "B" {
		t.Errorf("after the refused update: %+v, %v", got, err)
	}
	if err := client.Numbers.Cancel(t.Context(), number, ""); err != nil {
		t.Fatal(err)
	}
	if got, err := client.Numbers.Get(t.Context(), number); !vonage.IsNotFound(err) {
		t.Errorf("after cancelling: %+v, %v", got, err)
	}
	if found, err := client.Numbers.Find(t.Context(), number.MSISDN); err != nil || len(found) > 0 {
		t.Errorf("after cancelling: %+v, %v", found, err)
	}
	want := []string{"GET /account/numbers", "POST /number/update", "POST /number/update", "GET /account/numbers", "POST /number/cancel"}
	if diff := cmp.Diff(want, vonageAPI.log()); diff != "" {
		t.Error(diff)
	}
}

// TestNumberOfTwoCountries: a write to one of the numbers keeps the other in the cache.
func TestNumberOfTwoCountries(t *testing.T) {
	t.Parallel()
	vonageAPI, client := newScript(t,
		ok(`{"count":2,"numbers":[{"country":"GB","msisdn":"447700900001"},{"country":"JE","msisdn":"447700900001"}]}`), ok(success), ok(success))
	if found, err := client.Numbers.Find(t.Context(), number.MSISDN); err != nil || len(found) != 2 {
		t.Errorf("found %+v, %v", found, err)
	}
	jersey := vonage.NumberKey{Country: "JE", MSISDN: number.MSISDN}
	if err := client.Numbers.Cancel(t.Context(), number, ""); err != nil {
		t.Fatal(err)
	}
	if got, err := client.Numbers.Get(t.Context(), jersey); err != nil || got.Key() != jersey {
		t.Errorf("the other is %+v, %v", got, err)
	}
	if _, err := client.Numbers.Get(t.Context(), number); !vonage.IsNotFound(err) {
		t.Errorf("the cancelled one: %v", err)
	}
	if _, _, err := client.Numbers.Buy(t.Context(), vonage.AvailableNumber{Country: "GB", MSISDN: number.MSISDN}, ""); err != nil {
		t.Fatal(err)
	}
	if found, err := client.Numbers.Find(t.Context(), number.MSISDN); err != nil || len(found) != 2 {
		t.Errorf("in the end there are %+v, %v", found, err)
	}
	vonageAPI.requests()
}

// TestApplicationWritesAreRead: reads after a write need no call; reads after a failed write do.
func TestApplicationWritesAreRead(t *testing.T) {
	t.Parallel()
	get := func(client *vonage.Client) string {
		got, err := client.Applications.Get(t.Context(), "a")
		if vonage.IsNotFound(err) {
			return "gone"
		}
		if err != nil {
			t.Error(err)
		}
		return got.Name
	}
	named := func(name string) answer { return ok(`{"id":"a","name":"` + name + `"}`) }
	vonageAPI, client := newScript(t, answer{status: http.StatusCreated, body: `{"id":"a","name":"one"}`},
		named("one"), named("two"), named("two"), answer{status: http.StatusBadRequest}, named("three"), answer{status: http.StatusNoContent})
	want := vonage.Application{Name: "one", Keys: vonage.Keys{PublicKey: publicPEM(t, testKey())}}
	if _, err := client.Applications.Create(t.Context(), want); err != nil || get(client) != "one" {
		t.Errorf("after creating: %v", err)
	}
	if _, err := client.Applications.Update(t.Context(), "A", vonage.Application{Name: "two"}); err != nil || get(client) != "two" {
		t.Errorf("after the update: %v", err)
	}
	if _, err := client.Applications.Update(t.Context(), "a", vonage.Application{Name: "two"}); err == nil || get(client) != "three" {
		t.Errorf("after the refused update: %v", err)
	}
	if err := client.Applications.Delete(t.Context(), "a"); err != nil || get(client) != "gone" {
		t.Errorf("after deleting: %v", err)
	}
	vonageAPI.requests()
}

// TestNotFoundIsSaidByTheAPI: a 404 from a proxy, or from an address without the API, does not make an object absent.
func TestNotFoundIsSaidByTheAPI(t *testing.T) {
	t.Parallel()
	proxy := answer{status: http.StatusNotFound, body: "<html>not found</html>"}
	for name, test := range map[string]struct {
		answers []answer
		call    func(*vonage.Client) error
		absent  bool
	}{
		"application": {[]answer{gone}, func(c *vonage.Client) error { _, err := c.Applications.Get(t.Context(), "a"); return err }, true},
		"application, by a proxy": {
			[]answer{proxy}, func(c *vonage.Client) error { _, err := c.Applications.Get(t.Context(), "a"); return err }, false,
		},
		"applications": {[]answer{gone}, func(c *vonage.Client) error {
			for _, err := range c.Applications.List(t.Context()) {
				return err
			}
			return nil
		}, false},
		"deleting, by a proxy": {[]answer{proxy}, func(c *vonage.Client) error { return c.Applications.Delete(t.Context(), "a") }, false},
		"numbers": {
			[]answer{gone}, func(c *vonage.Client) error { _, err := c.Numbers.Get(t.Context(), number); return err }, false,
		},
		"updating a number": {[]answer{owned(``), gone}, func(c *vonage.Client) error {
			_, err := c.Numbers.Update(t.Context(), number, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "A" }))
			return err
		}, false},
		"conversation": {[]answer{gone}, func(c *vonage.Client) error {
			_, err := c.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"})
			return err
		}, true},
	} {
		vonageAPI, client := newScript(t, test.answers...)
		if err := test.call(client); err == nil || vonage.IsNotFound(err) != test.absent {
			t.Errorf("%s: got %v", name, err)
		}
		vonageAPI.requests()
	}
}
