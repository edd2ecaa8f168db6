// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"golang.org/x/time/rate"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// prefix is the start of the names of all applications that these tests create.
const prefix = "terraform-provider-vonage live test "

// account is a Vonage account, real or emulated. Besides through the provider, it is called directly, because the
// provider's client would hide the API behavior that these tests examine.
type account struct {
	key, secret     string
	apiURL, restURL string
	readOnly        bool
	number          string // "GB/447700900001", or "" if none
	purchase        purchase
	pace            *rate.Limiter
	protocol        func(*testing.T) *acctest.Protocol
}

// fromEnvironment configures the account from the same variables as the provider.
func fromEnvironment(t *testing.T) account {
	t.Helper()

	a := account{
		key:      os.Getenv("VONAGE_API_KEY"),
		secret:   os.Getenv("VONAGE_API_SECRET"),
		apiURL:   cmp.Or(os.Getenv("VONAGE_API_URL"), "https://api.nexmo.com"),
		restURL:  cmp.Or(os.Getenv("VONAGE_REST_URL"), "https://rest.nexmo.com"),
		readOnly: os.Getenv("VONAGE_LIVE_READ_ONLY") != "",
		number:   os.Getenv("VONAGE_LIVE_NUMBER"),
		pace:     rate.NewLimiter(1, 1), // the limit of Vonage for listing numbers
	}
	if a.key == "" || a.secret == "" {
		t.Fatal("VONAGE_API_KEY and VONAGE_API_SECRET have to be set: https://dashboard.vonage.com/settings shows both")
	}

	if os.Getenv("VONAGE_ALLOW_PURCHASE") == "1" {
		a.purchase = purchase{
			country: cmp.Or(os.Getenv("VONAGE_LIVE_COUNTRY"), "GB"),
			most:    cmp.Or(os.Getenv("VONAGE_LIVE_MAX_COST"), "1.50"),
		}
	}

	a.protocol = func(t *testing.T) *acctest.Protocol {
		t.Helper()

		p := acctest.NewProtocol(t, providerserver.NewProtocol6(provider.New("live-test")())())
		p.Configure(acctest.Values{}).MustBeEmpty(t)

		return p
	}

	return a
}

// client has a timeout, because a run that hangs would be killed before it cleans up.
var client = &http.Client{Timeout: time.Minute}

// answer is a response of the API.
type answer struct {
	status int
	body   map[string]any
}

// at returns the value at a path in the body, or nil.
func (a answer) at(path string) any {
	var value any = a.body

	for name := range strings.SplitSeq(path, ".") {
		object, ok := value.(map[string]any)
		if !ok {
			return nil
		}

		value = object[name]
	}

	return value
}

// text returns the string at a path in the body, or "".
func (a answer) text(path string) string {
	text, _ := a.at(path).(string)

	return text
}

// api calls the Application API, with a JSON body unless body is nil.
func (a account) api(t *testing.T, method, path string, body any) answer {
	t.Helper()

	var content []byte

	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
	}

	return a.send(t, method, a.apiURL+path, bytes.NewReader(content), func(r *http.Request) {
		r.SetBasicAuth(a.key, a.secret)
		r.Header.Set("Content-Type", "application/json")
	})
}

// asApplication sends a GET request with a token.
func (a account) asApplication(t *testing.T, path, token string) answer {
	t.Helper()

	return a.send(t, http.MethodGet, a.apiURL+path, http.NoBody, func(r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+token)
	})
}

// rest calls the Numbers API: GET with a query, POST with a form.
func (a account) rest(t *testing.T, method, path string, values url.Values) answer {
	t.Helper()

	address, body := a.restURL+path, io.Reader(strings.NewReader(values.Encode()))
	if method == http.MethodGet {
		address, body = address+"?"+values.Encode(), http.NoBody
	}

	return a.send(t, method, address, body, func(r *http.Request) {
		r.SetBasicAuth(a.key, a.secret)

		if method == http.MethodPost {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
	})
}

func (a account) send(t *testing.T, method, address string, body io.Reader, authorize func(*http.Request)) answer {
	t.Helper()

	// Cleanup must still work when the test's own context has ended.
	ctx := context.WithoutCancel(t.Context())
	if err := a.pace.Wait(ctx); err != nil {
		t.Fatal(err)
	}

	request, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		t.Fatal(err)
	}

	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "terraform-provider-vonage-live-test")
	authorize(request)

	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}

	defer func() { _ = response.Body.Close() }()

	content, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		t.Fatal(err)
	}

	given := answer{status: response.StatusCode}
	if err := json.Unmarshal(content, &given.body); err != nil {
		given.body = map[string]any{"not JSON": string(content)}
	}

	return given
}

// must fails the test unless the response is a success.
func (a answer) must(t *testing.T, what string) answer {
	t.Helper()

	if a.status < 200 || a.status > 299 {
		t.Fatalf("%s: HTTP %d %v", what, a.status, a.body)
	}

	return a
}

// make creates an application and deletes it after the test.
func (a account) make(t *testing.T, what string, document map[string]any) answer {
	t.Helper()

	document["name"] = prefix + what

	made := a.api(t, http.MethodPost, "/v2/applications", document)
	if id := made.text("id"); id != "" {
		t.Cleanup(func() { a.api(t, http.MethodDelete, "/v2/applications/"+id, nil) })
	}

	return made
}

// leftovers returns the ids of the applications of these tests that still exist.
func (a account) leftovers(t *testing.T) []string {
	t.Helper()

	var ids []string

	for page, pages := 1, 1; page <= pages; page++ {
		listed := a.api(t, http.MethodGet, fmt.Sprintf("/v2/applications?page_size=100&page=%d", page), nil).must(t, "listing applications")
		if total, ok := listed.at("total_pages").(float64); ok {
			pages = int(total)
		}

		applications, _ := listed.at("_embedded.applications").([]any)
		for _, application := range applications {
			document, _ := application.(map[string]any)
			if name, _ := document["name"].(string); strings.HasPrefix(name, prefix) {
				id, _ := document["id"].(string)
				ids = append(ids, id)
			}
		}
	}

	return ids
}
