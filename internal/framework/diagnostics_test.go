// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

func TestAddErrorSaysWhatHappenedAndWhatToDo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err    error
		says   []string
		hidden string
	}{
		"refusal": {
			err:  &vonage.Error{Status: 422, Title: "Bad Request", Detail: "the name is taken", Instance: "abc123", RequestID: "r-1"},
			says: []string{"Bad Request: the name is taken", "instance abc123", "request id r-1"},
		},
		"wrapped refusal": {
			err:  fmt.Errorf("update application 1: %w", &vonage.Error{Status: 401, Title: "Unauthorized"}),
			says: []string{"Update application 1: Unauthorized", "api_key", "https://dashboard.vonage.com/settings", "private_key"},
		},
		"not found": {
			err:    &vonage.Error{Status: 404, Title: "Not Found"},
			says:   []string{"check the id", "credentials"},
			hidden: "proxies",
		},
		"not found, says who?": {err: &vonage.Error{Status: 404}, says: []string{"HTTP 404", "api_url", "proxies"}},
		"advised": {
			err:    fmt.Errorf("PUT: %w", Advise(&vonage.Error{Status: 404, Title: "Not Found"}, "Look again.")),
			says:   []string{"PUT: Not Found.\n\nLook again."},
			hidden: "credentials",
		},
		"forbidden":   {err: &vonage.Error{Status: 403, Title: "Forbidden"}, says: []string{"not allowed to do this"}},
		"proxy's 403": {err: &vonage.Error{Status: 403}, says: []string{"any proxies in between"}},
		"throttled":   {err: &vonage.Error{Status: 429, Title: "Throttled"}, says: []string{"requests_per_second", "max_retries"}},
		"down":        {err: &vonage.Error{Status: 503}, says: []string{"HTTP 503", "Apply again later"}},
		"cancelled":   {err: fmt.Errorf("GET: %w", context.Canceled), says: []string{"cancelled the operation"}},
		"out of time": {err: fmt.Errorf("GET: %w", context.DeadlineExceeded), says: []string{"timeouts"}},
		"limit": {
			err: fmt.Errorf("GET: %w", &transport.LimitError{
				Family: transport.NumbersList, PerSecond: 1, Waited: 5 * time.Minute, Queued: 7, Err: context.DeadlineExceeded,
			}),
			says: []string{"never sent", "limit of 1 per second", "raise requests_per_second.numbers_list", "timeouts"}, hidden: "did not complete",
		},
		"pause": {
			err:  &transport.LimitError{Family: transport.NumbersList, Waited: time.Minute, Queued: 1, Err: context.DeadlineExceeded},
			says: []string{"never sent", "HTTP 429", "timeouts"}, hidden: "requests_per_second",
		},
		"limit, cancelled": {
			err:  &transport.LimitError{Family: transport.NumbersList, PerSecond: 1, Queued: 1, Err: context.Canceled},
			says: []string{"never sent", "cancelled the operation"},
		},
		"cannot sign": {
			err:  fmt.Errorf("GET: %w", &transport.AuthenticationError{Err: errors.New("no key")}),
			says: []string{"no key", "Nothing was sent", "credentials"}, hidden: "proxy",
		},
		"setting": {
			err:    fmt.Errorf("GET: %w", &SettingError{Message: "max_retries is odd."}),
			says:   []string{"max_retries is odd."},
			hidden: "GET",
		},
		"provider block not known": {
			err:    fmt.Errorf("GET: %w", &UnknownError{Attribute: "api_key"}),
			says:   []string{"In the provider block, api_key is known only after apply.", "apply in two steps", "-target"},
			hidden: "data source",
		},
		"provider block not known in a data source": {
			err:    InDataSource(fmt.Errorf("GET: %w", &UnknownError{Attribute: "api_key"})),
			says:   []string{"In the provider block, api_key is known only after apply.", "Add depends_on to the data source", "or apply in two steps"},
			hidden: "GET",
		},
		"a name first": {err: errors.New("api_url: odd"), says: []string{"api_url: odd."}},
		"other":        {err: errors.New("connection refused"), says: []string{"Connection refused."}},
		"unknown outcome": {
			err:  &vonage.UnknownOutcomeError{Operation: "buying 1", Err: &vonage.Error{Status: 503}},
			says: []string{"may or may not"}, hidden: "Apply again later",
		},
		"credentials": {
			err:    fmt.Errorf("GET https://api.nexmo.com: %w", &CredentialsError{Message: "No API key is configured."}),
			says:   []string{"No API key is configured."},
			hidden: "GET",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			AddError(&diags, "create", "application", test.err, nil)
			if len(diags) != 1 || diags[0].Severity() != diag.SeverityError || diags[0].Summary() != "Unable to create application" {
				t.Fatalf("diagnostics: %v", diags)
			}
			for _, word := range test.says {
				if !strings.Contains(diags[0].Detail(), word) {
					t.Errorf("%q does not say %q", diags[0].Detail(), word)
				}
			}
			if test.hidden != "" && strings.Contains(diags[0].Detail(), test.hidden) {
				t.Errorf("%q says %q", diags[0].Detail(), test.hidden)
			}
		})
	}
}

func TestAddErrorPutsRefusedParametersOnTheirAttributes(t *testing.T) {
	t.Parallel()
	apiError := fmt.Errorf("create: %w", &vonage.Error{Status: 400, Title: "Bad Request", InvalidParameters: []vonage.InvalidParameter{
		{Name: "name", Reason: "is too long"},
		{Name: "capabilities.nobody_knows", Reason: "is odd"},
	}})
	attribute := func(name string) (path.Path, bool) { return path.Root("name"), name == "name" }

	var diags diag.Diagnostics
	AddError(&diags, "create", "application", apiError, attribute)
	if len(diags) != 1 {
		t.Fatalf("diagnostics: %v", diags)
	}
	located, ok := diags[0].(diag.DiagnosticWithPath)
	if !ok || !located.Path().Equal(path.Root("name")) {
		t.Errorf("not on the attribute: %v", diags[0])
	}
	if detail := diags[0].Detail(); !strings.HasPrefix(detail, "Is too long.") || !strings.Contains(detail, "nobody_knows: is odd") {
		t.Errorf("detail %q does not begin with the reason, or loses the other parameter", detail)
	}

	diags = nil
	AddError(&diags, "create", "application", apiError, func(string) (path.Path, bool) { return path.Empty(), false })
	if len(diags) != 1 || !strings.Contains(diags[0].Detail(), "name: is too long") {
		t.Errorf("diagnostics without attributes: %v", diags)
	}
}

func TestData(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	if Data(nil, &diags) != nil || diags.HasError() {
		t.Errorf("before Configure: %v", diags)
	}
	want := &ProviderData{}
	if got := Data(want, &diags); got != want || diags.HasError() {
		t.Errorf("got %p, want %p (%v)", got, want, diags)
	}
	if Data("something else", &diags) != nil || !diags.HasError() {
		t.Error("a value of another type was accepted as provider data")
	}
}

func TestCredentialsUnknown(t *testing.T) {
	t.Parallel()
	if !CredentialsUnknown(fmt.Errorf("GET: %w", &UnknownError{})) ||
		CredentialsUnknown(&CredentialsError{}) || CredentialsUnknown(errors.New("other")) || CredentialsUnknown(nil) {
		t.Error("CredentialsUnknown does not distinguish unknown credentials from others")
	}
}
