// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestLinkSurvivesALostAnswer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault emulator.Fault
		calls []string
	}{
		"connection closed after the write": {emulator.Fault{Kind: emulator.CloseAfter}, []string{list, list, update, update}},
		"server error after the write":      {emulator.Fault{Kind: emulator.StatusAfter, Status: http.StatusServiceUnavailable}, []string{list, list, update, update}},
		"too many requests":                 {emulator.Fault{Kind: emulator.Status, Status: http.StatusTooManyRequests}, []string{list, list, update, update}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.owns(gb, nil)
			test.fault.Method, test.fault.Path = http.MethodPost, "/number/update"
			a.Fail(t, test.fault)
			a.mustCreate(linkType, link(ours))
			a.WantCalls(t, test.calls...)
			if a.setting("app_id") != ours {
				t.Error("the number is not linked")
			}
		})
	}
}

// Vonage uses one label for all refusals, with either of two HTTP statuses.
func TestLinkRefusedByVonage(t *testing.T) {
	t.Parallel()
	for _, status := range []int{420, http.StatusOK} {
		a := newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant.MethodFailedStatus = status }))
		a.owns(gb, nil)
		unheardOf := "dddddddd-bbbb-cccc-dddd-0123456789ab"
		_, diags := a.create(linkType, link(unheardOf))
		diags.MustFail(t, "", "Unable to link number "+gb, "method failed", "an application that does not exist")
	}
}

func TestLinkTimeout(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	p := a.Protocol(t)
	plan, diags := p.Plan(linkType, acctest.Object{}, acctest.With(link(ours), values{"timeouts": values{"create": "50ms"}}))
	diags.MustBeEmpty(t)
	a.Fail(t, emulator.Fault{Method: http.MethodGet, Path: "/account/numbers", Kind: emulator.Late, Delay: time.Hour})
	_, diags = p.Apply(plan)
	diags.MustFail(t, "", "Unable to link number "+gb, "timeouts")
}

func TestLinkWithoutCredentials(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	_, diags := a.Protocol(t, values{"api_key": nil, "api_secret": nil}).Plan(linkType, acctest.Object{}, link(ours))
	diags.MustFail(t, "", "api_secret", "VONAGE_API_SECRET")
}
