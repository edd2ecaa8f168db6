// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// TestApplicationUpdateThatWasCutOff: the application is read back, and the update is done if it has everything that
// was sent.
func TestApplicationUpdateThatWasCutOff(t *testing.T) {
	t.Parallel()
	public := publicPEM(t, testKey())
	document := func(name, key, rest string) answer {
		return ok(`{"id":"A","name":"` + name + `","keys":{"public_key":` + quote(key) + `},
		  "privacy":{"improve_ai":false},"future":[1,{"a":2}]` + rest + `}`)
	}
	before := document("old", public, ``)
	want := vonage.Application{
		Name:         "new",
		Capabilities: vonage.Capabilities{Voice: &vonage.Voice{ConversationsTTL: new(int64(5))}},
	}
	type end string // the outcome of the update
	const done, failed, unknown end = "done", "failed", "unknown"
	capabilities := `,"capabilities":{"voice":{"webhooks":{},"conversations_ttl":5,"signed_callbacks":true}}`
	for name, test := range map[string]struct {
		after []answer // responds after the first GET
		ends  end
		calls string
	}{
		"done":                  {[]answer{reset, document("new", public, capabilities)}, done, "PUT GET"},
		"done, other line ends": {[]answer{reset, document("new", strings.ReplaceAll(public, "\n", "\r\n"), capabilities)}, done, "PUT GET"},
		"unreadable, but done":  {[]answer{ok(`garbage`), document("new", public, capabilities)}, done, "PUT GET"},
		"about another, done":   {[]answer{ok(`{"id":"B"}`), document("new", public, capabilities)}, done, "PUT GET"},
		"not done yet":          {[]answer{reset, before}, unknown, "PUT GET"},
		"half done":             {[]answer{reset, document("new", public, ``)}, unknown, "PUT GET"},
		"no look":               {[]answer{reset, {status: http.StatusForbidden}}, unknown, "PUT GET"},
		"gone":                  {[]answer{reset, gone}, failed, "PUT GET"},
		"refused":               {[]answer{{status: http.StatusBadRequest}}, failed, "PUT"},
		"never sent":            {[]answer{refused}, failed, "PUT"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vonageAPI, client := newMemoryScript(t, 0, append([]answer{before}, test.after...)...)
			got, err := client.Applications.Update(t.Context(), "A", want)
			ends := failed
			if unclear, ok := errors.AsType[*vonage.UnknownOutcomeError](err); ok && unclear.Repeatable {
				ends = unknown
			} else if err == nil && got.Name == "new" && *got.Capabilities.Voice.SignedCallbacks {
				ends = done
			}
			if ends != test.ends {
				t.Errorf("not %s: Update gave %+v, %v", test.ends, got, err)
			}
			if calls := strings.ReplaceAll(strings.Join(vonageAPI.log(), " "), " /v2/applications/A", ""); calls != "GET "+test.calls {
				t.Errorf("called %s", calls)
			}
		})
	}
}

// TestApplicationUpdateIsRepeated: retries send the same document.
func TestApplicationUpdateIsRepeated(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		before := `{"id":"A","name":"old"}`
		vonageAPI, client := newMemoryScript(t, 4,
			ok(before), reset, answer{status: 503}, refused, answer{status: 429}, ok(`{"id":"A","name":"new"}`))
		if _, err := client.Applications.Update(t.Context(), "A", vonage.Application{Name: "new"}); err != nil {
			t.Fatal(err)
		}
		requests := vonageAPI.requests()
		for _, request := range requests[2:] {
			if diff := cmp.Diff(requests[1], request); diff != "" {
				t.Error(diff)
			}
		}
	})
}

func TestApplicationDeleteThatWasCutOff(t *testing.T) {
	t.Parallel()
	there := ok(`{"id":"A"}`)
	for name, test := range map[string]struct {
		retries int
		answers []answer
		done    bool
	}{
		"repeated, then gone": {1, []answer{reset, gone}, true},
		"lost, gone":          {0, []answer{reset, gone}, true},
		"lost, still there":   {0, []answer{reset, there}, false},
		"lost, no look":       {0, []answer{reset, {status: http.StatusForbidden}}, false},
		"refused":             {0, []answer{{status: http.StatusForbidden}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				vonageAPI, client := newMemoryScript(t, test.retries, test.answers...)
				if err := client.Applications.Delete(t.Context(), "A"); (err == nil) != test.done {
					t.Errorf("Delete gave %v", err)
				}
				vonageAPI.requests()
			})
		})
	}
}

// TestNumberUpdateThatWasNotClear: the number is read back, and what is read decides.
func TestNumberUpdateThatWasNotClear(t *testing.T) {
	t.Parallel()
	linked, other := owned(`,"app_id":"A"`), owned(`,"app_id":"B"`)
	link := keep(func(s *vonage.NumberSettings) { s.ApplicationID = "A" })
	unlink := keep(func(s *vonage.NumberSettings) { s.ApplicationID = "" })
	hidden := keep(func(s *vonage.NumberSettings) { s.ApplicationID, s.SMPPSystemType = "A", new("inbound") })
	const look, twice, post = "GET", "GET " + "GET", "POST"
	for name, test := range map[string]struct {
		change  func(vonage.Number) (vonage.NumberSettings, error)
		answers []answer // the first response is the number before the update
		calls   string   // calls after the first look-up
		problem string   // part of the error; "" means success
		gone    bool
		took    time.Duration
	}{
		"lost, done":       {link, []answer{owned(``), reset, linked}, "POST GET", "", false, 0},
		"lost, shown late": {link, []answer{owned(``), reset, owned(``), linked}, "POST " + twice, "", false, time.Second},
		"lost, not done": {
			link, []answer{owned(``), reset, other, other, other, other}, "POST " + twice + " " + twice, "reset", false, 7 * time.Second,
		},
		"lost, and changed by others": {
			link, []answer{owned(``), reset, other, other, other, other}, "POST " + twice + " " + twice, "another run", false, 7 * time.Second,
		},
		"refused, and changed by others": {link, []answer{owned(``), ok(failed), other}, "POST GET", "another run", false, 0},
		"empty answer, done":             {link, []answer{owned(``), ok(``), linked}, "POST GET", "", false, 0},
		"garbage, done":                  {link, []answer{owned(``), ok(`<html>`), linked}, "POST GET", "", false, 0},
		"says nothing, done":             {link, []answer{owned(``), ok(`{}`), linked}, "POST GET", "", false, 0},
		"method failed, done":            {link, []answer{owned(``), {status: 420, body: failed}, linked}, "POST GET", "", false, 0},
		"method failed in 200":           {link, []answer{owned(``), ok(failed), linked}, "POST GET", "", false, 0},
		"method failed, not done":        {link, []answer{owned(``), ok(failed), owned(``)}, "POST GET", "method failed", false, 0},
		"method failed, not owned":       {link, []answer{owned(``), ok(failed), ok(`{}`)}, "POST GET", "method failed", true, 0},
		"lost, not owned":                {link, []answer{owned(``), reset, ok(`{}`)}, "POST GET", "reset", true, 0},
		"lost, no look":                  {link, []answer{owned(``), reset, {status: 403}}, "POST GET", "403", false, 0},
		"lost, beyond reading":           {hidden, []answer{owned(``), reset, linked}, "POST GET", "reset", false, 0},
		"refused for a reason":           {link, []answer{owned(``), {status: 420, body: needsPlace}}, "POST", "address", false, 0},
		"never sent":                     {link, []answer{owned(``), refused}, "POST", "refused", false, 0},
		"unlinked":                       {unlink, []answer{linked, ok(failed), owned(``)}, "POST GET", "", false, 0},
		"unlinked at second try":         {unlink, []answer{linked, ok(failed), linked, ok(success)}, "POST GET POST", "", false, 0},
		"unlinked, lost again":           {unlink, []answer{linked, ok(failed), linked, reset, owned(``)}, "POST GET POST GET", "", false, 0},
		"never unlinked": {
			unlink, []answer{linked, ok(failed), linked, ok(failed), linked}, "POST GET POST GET", "method failed", false, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				vonageAPI, client := newMemoryScript(t, 0, test.answers...)
				got, err := client.Numbers.Update(t.Context(), number, test.change)
				if (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) ||
					vonage.IsNotFound(err) != test.gone {
					t.Errorf("Update gave %+v, %v", got, err)
				}
				if want, _ := test.change(vonage.Number{}); err == nil && got.Settings() != want {
					t.Errorf("Update gave %+v", got)
				}
				if took := time.Since(start); took != test.took {
					t.Errorf("it took %s", took)
				}
				calls := strings.NewReplacer(" /account/numbers", "", " /number/update", "").Replace(strings.Join(vonageAPI.log(), " "))
				if calls != look+" "+test.calls {
					t.Errorf("called %s", calls)
				}
				posts := 0
				for _, request := range vonageAPI.requests() {
					if request.Method == post {
						posts++
						if value, sent := formOf(t, request.Body)["app_id"]; sent && value == "" != (posts == 2) {
							t.Errorf("post %d has app_id %q", posts, value)
						}
					}
				}
			})
		})
	}
}

// TestNumberUpdateIsRepeated: an update contains the whole record, so writing it twice is harmless.
func TestNumberUpdateIsRepeated(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		vonageAPI, client := newMemoryScript(t, 4, owned(``), reset, answer{status: 500}, answer{status: 429}, ok(success))
		if _, err := client.Numbers.Update(t.Context(), number, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "A" })); err != nil {
			t.Fatal(err)
		}
		vonageAPI.requests()
	})
}

// TestNumberUpdateCancelled: after Terraform has cancelled, a sent update is read back, and nothing more is sent.
func TestNumberUpdateCancelled(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		read answer
		done bool
	}{"done": {owned(``), true}, "not done": {owned(`,"app_id":"A"`), false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				answers := []answer{owned(`,"app_id":"A"`), {err: reset.err, before: cancel}, test.read}
				if !test.done {
					answers = append(answers, test.read, test.read, test.read)
				}
				vonageAPI, client := newMemoryScript(t, 4, answers...)
				_, err := client.Numbers.Update(ctx, number, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "" }))
				if (err == nil) != test.done || err != nil && !errors.Is(err, reset.err) {
					t.Errorf("Update gave %v", err)
				}
				if calls := strings.Count(strings.Join(vonageAPI.log(), " "), "POST"); calls != 1 {
					t.Errorf("%d posts", calls)
				}
			})
		})
	}
}
