// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestApplicationDeletedElsewhere(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(acctest.Values{"name": "n"})
	id, _ := object.State["id"].(string)
	a.Emulator.RemoveApplication(id)
	for _, current := range []acctest.Object{object, object.WithoutIdentity()} {
		if gone := a.refresh(current); gone.State != nil {
			t.Errorf("still there: %v", gone.State)
		}
	}
	_, diags := a.Change(typeName, object, acctest.Values{"name": "renamed"})
	diags.MustFail(t, "", "Unable to update application", "does not exist, or you do not have access")
	if _, diags = a.Change(typeName, object, nil); len(diags) > 0 {
		t.Errorf("destroying what is gone: %s", diags)
	}
}

func TestCallsAreCounted(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(acctest.Values{"name": "n"})
	a.WantCalls(t, "POST /v2/applications")
	object = a.refresh(object)
	a.WantCalls(t, "GET /v2/applications/ID")
	object = a.apply(object, acctest.Values{"name": "renamed"})
	a.WantCalls(t, "GET /v2/applications/ID", "PUT /v2/applications/ID")
	a.plan(object, acctest.Values{"name": "n"})
	a.WantCalls(t)
	object = a.apply(object, acctest.Values{"name": "renamed", "timeouts": acctest.Values{"read": "1m"}})
	a.WantCalls(t) // no API setting changed
	a.apply(object, nil)
	a.WantCalls(t, "GET /account/numbers", "DELETE /v2/applications/ID")
}

func TestRefusedParameterIsReportedOnItsAttribute(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	refuse := func(method, path string) {
		a.Fail(t, emulator.Fault{
			Method: method, Path: path, Kind: emulator.Status, Status: 400,
			Body: `{"type": "https://developer.vonage.com/api-errors/application#payload-validation", "title": "Bad Request",
				"detail": "The request failed due to validation errors", "instance": "797a8f199c45014ab7b08bfe9cc1c12c",
				"invalid_parameters": [{"name": "capabilities.verify.webhooks.status_url.address", "reason": "is not to our taste"}]}`,
		})
	}
	config := acctest.Values{"name": "n", "verify": acctest.Values{"status_url": acctest.Values{"address": "https://example.com"}}}
	refuse("POST", "/v2/applications")
	_, diags := a.Change(typeName, acctest.Object{}, config)
	diags.MustFail(t, "verify.status_url.address", "Unable to create application", "Is not to our taste", "797a8f199c45014ab7b08bfe9cc1c12c")
	object := a.create(acctest.Values{"name": "n"})
	refuse("PUT", "/v2/applications/*")
	_, diags = a.Change(typeName, object, config)
	diags.MustFail(t, "verify.status_url.address", "Unable to update application")
}

func TestTimeoutsOfReadUpdateAndDelete(t *testing.T) {
	t.Parallel()
	config := func(operation, name string) acctest.Values {
		return acctest.Values{"name": name, "timeouts": acctest.Values{operation: "20ms"}}
	}
	for operation, run := range map[string]func(*account, acctest.Object) acctest.Diagnostics{
		"read": func(a *account, object acctest.Object) acctest.Diagnostics {
			_, diags := a.Read(typeName, object)
			return diags
		},
		"update": func(a *account, object acctest.Object) acctest.Diagnostics {
			_, diags := a.Change(typeName, object, config("update", "renamed"))
			return diags
		},
		"delete": func(a *account, object acctest.Object) acctest.Diagnostics {
			_, diags := a.Change(typeName, object, nil)
			return diags
		},
	} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			object := a.create(config(operation, "n"))
			a.Fail(t, emulator.Fault{Method: "GET", Kind: emulator.Late, Delay: time.Hour})
			run(a, object).MustFail(t, "", "Unable to "+operation+" application", "timeouts")
		})
	}
}

func TestTimeoutOfCreate(t *testing.T) {
	t.Parallel()
	env := acctest.New(t)
	slow := acctest.Values{"requests_per_second": acctest.Values{"applications": 0.001}}
	a := &account{Env: env, Protocol: env.Protocol(t, slow), t: t}
	a.create(acctest.Values{"name": "takes the only turn for a long time"})
	_, diags := a.Change(typeName, acctest.Object{}, acctest.Values{"name": "n", "timeouts": acctest.Values{"create": "20ms"}})
	diags.MustFail(t, "", "Unable to create application", "timeouts")
	if all := env.Emulator.Applications(); len(all) != 1 {
		t.Errorf("there are %d applications", len(all))
	}
}

func TestDestroyWarnsOfNumbersStillLinked(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		linked int
		words  []string
	}{
		{1, []string{"GB/447700900000"}},
		{120, []string{"GB/447700900000", "GB/447700900009", "and others"}}, // more than one page, but one call is enough
	} {
		t.Run(strconv.Itoa(test.linked), func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			object := a.create(acctest.Values{"name": "n"})
			for i := range test.linked {
				seedNumber(t, a, fmt.Sprintf("447700900%03d", i), object.State["id"])
			}
			seedNumber(t, a, "447700900999", "")
			a.Calls()
			_, diags := a.Change(typeName, object, nil)
			warning := diags.MustWarn(t, "", append(test.words, "still linked")...)
			if strings.Contains(warning.Detail, "447700900999") {
				t.Error("names a number that is not linked")
			}
			a.WantCalls(t, "GET /account/numbers", "DELETE /v2/applications/ID")
		})
	}
}

func TestDestroyGoesOnWhenNumbersCannotBeListed(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(acctest.Values{"name": "n"})
	a.Fail(t, emulator.Fault{Path: "/account/numbers", Kind: emulator.Status, Status: 403, Times: -1})
	_, diags := a.Change(typeName, object, nil)
	diags.MustWarn(t, "", "Numbers not checked")
	if left := a.Emulator.Applications(); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func seedNumber(t *testing.T, a *account, msisdn string, applicationID any) {
	t.Helper()
	err := a.Emulator.SeedNumber("GB/"+msisdn, document{
		"country": "GB", "msisdn": msisdn, "type": "mobile-lvn", "features": []string{"SMS", "VOICE"}, "app_id": applicationID,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// An update of an application that was deleted outside Terraform fails with an explanation.
func TestUpdateOfWhatIsGone(t *testing.T) {
	t.Parallel()
	const notFound = `{"type": "https://developer.vonage.com/api-errors#not-found", "title": "Not Found"}`
	for _, method := range []string{"GET", "PUT"} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			object := a.create(acctest.Values{"name": "n"})
			a.Fail(t, emulator.Fault{Method: method, Kind: emulator.Status, Status: http.StatusNotFound, Body: notFound})
			_, diags := a.Change(typeName, object, acctest.Values{"name": "other"})
			diags.MustFail(t, "", "Unable to update application", "Not Found", "deleted outside Terraform", "next plan detects", "api_key")
		})
	}
}
