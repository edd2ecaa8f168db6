// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// FuzzNextPage: whatever the link to the next page contains, the client calls the configured host only and takes
// nothing but the cursor from the link.
func FuzzNextPage(f *testing.F) {
	for _, seed := range []string{
		"https://api.nexmo.com/v1/conversations/CON-1/members?cursor=abc", "//elsewhere/?cursor=a", "?cursor=a%2Fb", "/x?cursor=%zz",
		"javascript:alert(1)", "https://user:pass@elsewhere?cursor=a&page_size=1", "?cursor=a#?cursor=b", "", "\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, href string) {
		asked := 0
		client := vonage.New(vonage.Config{
			APIURL: "https://api.example", Token: token("T"),
			Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
				if req.URL.Host != "api.example" || req.URL.Scheme != "https" || !strings.HasPrefix(req.URL.Path, "/v1/conversations/CON-1") {
					t.Errorf("%q led to %s", href, req.URL)
				}
				for name := range req.URL.Query() {
					if name != "cursor" && name != "page_size" {
						t.Errorf("%q added the parameter %q", href, name)
					}
				}
				body := `{"id":"CON-1","_embedded":{"members":[]},"_links":{"next":{"href":` + quote(href) + `}}}`
				if asked++; asked > 2 {
					body = `{}`
				}
				return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: req, Body: io.NopCloser(strings.NewReader(body))}, nil
			}),
		})
		_, _ = client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1"})
	})
}
