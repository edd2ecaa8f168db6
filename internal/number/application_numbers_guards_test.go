// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

func (a account) importedNumbers(application string) acctest.Object {
	a.t.Helper()
	object, diags := a.Protocol(a.t).Import(bulkType, application)
	diags.MustBeEmpty(a.t)
	return object
}

// A number has one link, whichever resources it is planned in. Terraform may plan them in either order.
func TestSingleAndBulkLinksOfOnePlanCannotBeOfTheSameNumber(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(ours))
	a.owns("GB/"+nth(5), nil)
	one, many := a.imported(linkType), a.importedNumbers(ours)
	takesOver := acctest.With(bulk(theirs, digits), values{"replace_existing_links": true})
	for name, pair := range map[string][2]planOf{
		"both new":         {{linkType, acctest.Object{}, link(ours)}, {bulkType, acctest.Object{}, bulk(ours, digits)}},
		"a link, a new":    {{linkType, one, link(ours)}, {bulkType, acctest.Object{}, bulk(ours, gb)}},
		"numbers, a new":   {{bulkType, many, bulk(ours, digits)}, {linkType, acctest.Object{}, link(ours)}},
		"both there":       {{bulkType, many, bulk(ours, digits)}, {linkType, one, link(ours)}},
		"one takes over":   {{linkType, one, link(ours)}, {bulkType, acctest.Object{}, takesOver}},
		"one is added":     {{linkType, acctest.Object{}, acctest.With(link(ours), values{"msisdn": nth(5)})}, {bulkType, many, bulk(ours, digits, nth(5))}},
		"two with numbers": {{bulkType, many, bulk(ours, digits)}, {bulkType, acctest.Object{}, takesOver}},
		"yet to be rented": {{linkType, acctest.Object{}, values{"msisdn": "33700900001", "application_id": ours}}, {bulkType, acctest.Object{}, bulk(theirs, "33700900001")}},
	} {
		for first := range pair {
			p := a.Protocol(t)
			for _, known := range []acctest.Object{one, many} { // Terraform refreshes first
				typeName := map[bool]string{true: bulkType, false: linkType}[known.State["msisdn"] == nil]
				if known.State != nil && (pair[0].typeName == typeName && pair[0].prior.State != nil || pair[1].typeName == typeName && pair[1].prior.State != nil) {
					_, diags := p.Read(typeName, known)
					diags.MustBeEmpty(t)
				}
			}
			before, after := pair[first], pair[1-first]
			if _, diags := p.Plan(before.typeName, before.prior, before.config); diags.HasError() {
				t.Errorf("%s: %s", name, diags)
			}
			_, diags := p.Plan(after.typeName, after.prior, after.config)
			if !diags.HasError() {
				t.Errorf("%s: both are planned", name)
				continue
			}
			attribute := map[string]string{bulkType: "numbers", linkType: "msisdn"}[after.typeName]
			diags.MustFail(t, attribute, "by another resource during this run", "removed block", "destroy -refresh=false")
		}
	}
}

// What one resource keeps, another does not end.
func TestWhatStaysIsNotEndedByTheOtherForm(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(ours))
	one, many := a.imported(linkType), a.importedNumbers(ours)
	for name, pair := range map[string][2]planOf{
		"the link ends":       {{bulkType, many, bulk(ours, digits)}, {linkType, one, nil}},
		"the numbers end":     {{linkType, one, link(ours)}, {bulkType, many, nil}},
		"a number is removed": {{linkType, one, link(ours)}, {bulkType, many, bulk(ours)}},
		"they are exclusive":  {{linkType, one, link(ours)}, {bulkType, acctest.Object{}, acctest.With(bulk(ours), values{"exclusive": true})}},
	} {
		for first := range pair {
			p := a.Protocol(t)
			_, diags := p.Read(linkType, one)
			diags.MustBeEmpty(t)
			_, diags = p.Plan(pair[first].typeName, pair[first].prior, pair[first].config)
			diags.Errors().MustBeEmpty(t)
			_, diags = p.Plan(pair[1-first].typeName, pair[1-first].prior, pair[1-first].config)
			if !diags.HasError() {
				t.Errorf("%s: both are planned", name)
				continue
			}
			attribute := map[string]string{bulkType: "numbers", linkType: "msisdn"}[pair[1-first].typeName]
			diags.Errors().MustFail(t, attribute, "is to be ended for one resource and kept for another", "removed block")
		}
	}
}

// A link that another resource has made in this run is not ended.
func TestANumberIsNotTakenFromTheOtherForm(t *testing.T) {
	t.Parallel()
	t.Run("single", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t)
		a.owns(gb, nil)
		old := a.mustCreate(linkType, link(ours))
		p := a.Protocol(t)
		many, diags := p.Change(bulkType, acctest.Object{}, bulk(ours, digits))
		diags.MustBeEmpty(t)
		_, diags = p.Change(linkType, acctest.Object{}, acctest.With(link(theirs), values{"replace_existing_link": true}))
		diags.MustFail(t, "msisdn", "linked by another resource during this run")
		left, diags := p.Change(linkType, old, nil)
		if left.State != nil || !strings.Contains(diags.String(), "A link stays") && !strings.Contains(diags.String(), "kept for another") {
			t.Errorf("the state keeps %v: %s", left.State, diags)
		}
		a.wantLinked(ours, digits)
		_, diags = p.Change(bulkType, many, nil)
		diags.Errors().MustBeEmpty(t)
	})
	t.Run("bulk", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t)
		a.owns(gb, nil)
		a.owns("GB/"+nth(5), nil)
		old := a.mustCreate(bulkType, bulk(ours, digits, nth(5)))
		p := a.Protocol(t)
		end, diags := p.Plan(bulkType, old, nil)
		diags.MustBeEmpty(t)
		_, diags = p.Change(linkType, acctest.Object{}, link(ours))
		diags.MustBeEmpty(t)
		left, diags := p.Apply(end)
		diags.MustWarn(t, "", "Links stay", digits, "moved block")
		if left.State != nil {
			t.Errorf("the state keeps %v", left.State)
		}
		a.wantLinked(ours, digits)
	})
}

// The numbers move to another application: in a plan that ends the links first, or in one that makes the new ones first.
func TestApplicationNumbersMoveToAnotherApplication(t *testing.T) {
	t.Parallel()
	for name, createFirst := range map[string]bool{"destroy first": false, "create_before_destroy": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.ownsMany(20, nil)
			old := a.mustCreate(bulkType, bulk(ours, upTo(20)...))
			config := acctest.With(bulk(theirs, upTo(15)...), values{"replace_existing_links": createFirst})
			p := a.Protocol(t)
			current, diags := p.Read(bulkType, old)
			diags.MustBeEmpty(t)
			plan, diags := p.Plan(bulkType, current, config)
			diags.MustBeEmpty(t)
			if diff := cmp.Diff([]string{"application_id"}, plan.RequiresReplace); diff != "" {
				t.Error(diff)
			}
			create, diags := p.Plan(bulkType, plan.Replaced(), config)
			diags.MustBeEmpty(t)
			a.Calls()
			p = a.Protocol(t)
			if createFirst {
				_, diags = p.Apply(create)
				diags.MustBeEmpty(t)
				_, diags = p.Destroy(bulkType, current)
			} else {
				_, diags = p.Destroy(bulkType, current)
				diags.MustBeEmpty(t)
				_, diags = p.Apply(create)
			}
			diags.MustBeEmpty(t)
			a.wantLinked(theirs, upTo(15)...)
			a.wantLinked(ours)
			if n, want := a.count(update), map[bool]int{false: 35, true: 20}[createFirst]; n != want {
				t.Errorf("%d updates, not %d", n, want)
			}
		})
	}
}

// Two resources that swap numbers are planned one after the other.
func TestApplicationNumbersSwapNumbers(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(2, nil)
	one, two := a.mustCreate(bulkType, bulk(ours, nth(0))), a.mustCreate(bulkType, bulk(theirs, nth(1)))
	p := a.Protocol(t)
	for _, known := range []acctest.Object{one, two} {
		_, diags := p.Read(bulkType, known)
		diags.MustBeEmpty(t)
	}
	for _, swap := range []planOf{{bulkType, one, bulk(ours, nth(1))}, {bulkType, two, bulk(theirs, nth(0))}} {
		_, diags := p.Plan(bulkType, swap.prior, swap.config)
		diags.MustWarn(t, "numbers", "linked to application", "replace_existing_links")
	}
}

func TestApplicationNumbersRefuseWhatAnotherApplicationHolds(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(3, nil)
	a.owns("GB/"+nth(1), linkedTo(theirs))
	_, diags := a.create(bulkType, bulk(ours, upTo(3)...))
	diags.MustFail(t, "numbers", nth(1)+": the number is linked to application "+theirs, "replace_existing_links = true")
	a.WantCalls(t, list)
	p := a.Protocol(t)
	plan, diags := p.Plan(bulkType, acctest.Object{}, bulk(ours, nth(0), nth(2)))
	diags.MustBeEmpty(t)
	a.owns("GB/"+nth(2), linkedTo(theirs)) // after the plan
	object, diags := a.Protocol(t).Apply(plan)
	diags.MustFail(t, "numbers", nth(2), theirs)
	a.wantLinked(theirs, nth(1), nth(2))
	a.mustChange(object, acctest.With(bulk(ours, upTo(3)...), values{"replace_existing_links": true}))
	a.wantLinked(ours, upTo(3)...)
}

func TestApplicationNumbersThatTheAccountLacks(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns("GB/"+nth(0), nil)
	object, diags := a.create(bulkType, bulk(ours, nth(0), nth(1), "FR/33700900001"))
	diags.MustFail(t, "numbers", nth(1)+", FR/33700900001: the account does not have the number", "api_key", "vonage_number resources")
	if diff := cmp.Diff([]any{nth(0)}, object.State["numbers"]); diff != "" {
		t.Error(diff)
	}
}

func TestApplicationNumbersKeepWhatTheNumbersHave(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	own := values{"moHttpUrl": "https://example.com/sms?a=b", "voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@example.com", "moSmppSysType": "inbound"}
	a.ownsMany(3, own)
	p := a.Protocol(t)
	object, diags := p.Change(bulkType, acctest.Object{}, bulk(ours, upTo(3)...))
	diags.MustWarn(t, "", "Calls do not reach the application", nth(0)+", "+nth(1)+", "+nth(2))
	a.mustChange(object, nil)
	for id, number := range a.Emulator.Numbers() {
		for name, value := range own {
			if number[name] != value {
				t.Errorf("%s of %s is %v", name, id, number[name])
			}
		}
	}
}

// A malformed number blocks nobody but itself, and nothing is concluded about it.
func TestApplicationNumbersBesideMalformedOnes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, after string
		of            string // the malformed number
	}{
		"one of them, without a country":       {`"country":"GB","features":["VOICE","SMS"],"msisdn":"` + nth(1) + `"`, `"msisdn":"` + nth(1) + `"`, nth(1)},
		"one of them, with malformed features": {`"features":["VOICE","SMS"],"msisdn":"` + nth(1) + `"`, `"features":"VOICE","msisdn":"` + nth(1) + `"`, nth(1)},
		"another one":                          {`"features":["VOICE","SMS"],"msisdn":"` + nth(4) + `"`, `"features":"VOICE","msisdn":"` + nth(4) + `"`, ""},
		"another one, without digits":          {`"msisdn":"` + nth(4) + `"`, `"other":"` + nth(4) + `"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var malformed atomic.Bool
			a := newAccount(t, acctest.Around(func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					answer := httptest.NewRecorder()
					next.ServeHTTP(answer, r)
					body := answer.Body.Bytes()
					if malformed.Load() {
						changed := bytes.ReplaceAll(body, []byte(test.before), []byte(test.after))
						if r.URL.Path == "/account/numbers" && bytes.Equal(changed, body) && bytes.Contains(body, []byte(nth(0))) {
							t.Errorf("nothing is malformed: %s", body)
						}
						body = changed
					}
					w.WriteHeader(answer.Code)
					_, _ = w.Write(body)
				})
			}))
			a.ownsMany(5, nil)
			object := a.mustCreate(bulkType, bulk(ours, upTo(3)...))
			malformed.Store(true)
			read, diags := a.Protocol(t).Read(bulkType, object)
			if test.of == "" {
				diags.MustBeEmpty(t)
			} else {
				diags.MustWarn(t, "", "cannot be told", test.of)
			}
			if diff := cmp.Diff(object.State, read.State); diff != "" {
				t.Errorf("the state changed:\n%s", diff)
			}
			changed, diags := a.Protocol(t).Change(bulkType, read, bulk(ours, nth(1), nth(3)))
			diags.Errors().MustBeEmpty(t)
			a.wantLinked(ours, nth(1), nth(3))
			left, diags := a.Protocol(t).Change(bulkType, changed, nil)
			if test.of == "" {
				diags.MustBeEmpty(t)
				a.wantLinked(ours)
				return
			}
			diags.MustFail(t, "", "Unable to unlink", test.of)
			a.wantLinked(ours, nth(1))
			malformed.Store(false)
			a.mustChange(left, nil)
			a.wantLinked(ours)
		})
	}
}

// Single links and the numbers of applications are changed at the same time: none undoes what another did.
func TestSingleAndBulkLinksSideBySide(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(60, nil)
	p := a.Protocol(t)
	ones := make([]acctest.Object, 20)
	var many [2]acctest.Object
	applications := [2]string{ours, theirs}
	for round := range 3 {
		var wg sync.WaitGroup
		for i := range ones {
			config := acctest.With(link(applications[(round+i)%2]), values{"msisdn": nth(i)})
			wg.Go(func() { change(t, p, linkType, &ones[i], config) })
		}
		for i := range many {
			numbers := upTo(60)[20+20*((round+i)%2) : 40+20*((round+i)%2)]
			config := acctest.With(bulk(applications[i], numbers...), values{"replace_existing_links": true})
			wg.Go(func() { change(t, p, bulkType, &many[i], config) })
		}
		wg.Wait()
		for i := range 60 {
			number, _ := a.Emulator.Number("GB/" + nth(i))
			want := applications[(round+i)%2]
			if i >= 20 {
				want = applications[(round+(i-20)/20)%2]
			}
			if number["app_id"] != want {
				t.Errorf("round %d: number %d is linked to %v", round, i, number["app_id"])
			}
		}
		p = a.Protocol(t)
	}
}
