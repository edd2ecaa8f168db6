// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const (
	numbersType   = "vonage_numbers"
	availableType = "vonage_available_numbers"
)

// read reads a data source in a new run.
func (a account) read(typeName string, config values) values {
	a.t.Helper()
	state, diags := a.Protocol(a.t).ReadDataSource(typeName, config)
	diags.MustBeEmpty(a.t)
	return state
}

// found returns the msisdns of a data source's numbers.
func found(state values) []string {
	numbers, _ := state["numbers"].([]any)
	msisdns := make([]string, len(numbers))
	for i, number := range numbers {
		members, _ := number.(values)
		msisdns[i] = fmt.Sprint(members["msisdn"])
	}
	return msisdns
}

func TestNumberDataSource(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, acctest.With(linkedTo(ours), values{"moHttpUrl": "https://example.com/sms", "limitations": []any{
		values{"feature": "SMS", "type": "OUTBOUND", "reach": "DOMESTIC"},
	}}))
	a.owns("GB/4477009000011", nil) // contains the same digits
	want := values{
		"id": gb, "country": "GB", "msisdn": digits, "type": "mobile-lvn", "features": []any{"SMS", "VOICE"}, "application_id": ours,
		"limitations":     []any{values{"feature": "SMS", "type": "OUTBOUND", "reach": "DOMESTIC"}},
		"sms_webhook_url": "https://example.com/sms", "voice_callback": nil,
	}
	for _, config := range []values{{"msisdn": digits}, {"msisdn": "+44 7700 900001"}, {"msisdn": digits, "country": "gb"}} {
		if diff := cmp.Diff(acctest.With(want, config), a.read(numberType, config)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", config, diff)
		}
		a.WantCalls(t, list)
	}
	a.owns("US/14155550100", values{"voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@example.com"})
	state := a.read(numberType, values{"msisdn": "14155550100"})
	if diff := cmp.Diff(values{"type": "sip", "value": "sip:a@example.com"}, state["voice_callback"]); diff != "" {
		t.Error(diff)
	}

	p := a.Protocol(t)
	_, diags := p.ReadDataSource(numberType, values{"msisdn": "447700900009"})
	diags.MustFail(t, "msisdn", "no number 447700900009", "Check the digits", "api_key")
	_, diags = p.ReadDataSource(numberType, values{"msisdn": digits, "country": "JE"})
	diags.MustFail(t, "country", gb)
	a.owns("JE/"+digits, nil)
	_, diags = a.Protocol(t).ReadDataSource(numberType, values{"msisdn": digits})
	diags.MustFail(t, "country", gb, "JE/"+digits)
	p.ValidateDataSource(numberType, values{"msisdn": "0"}).MustFail(t, "msisdn")
	p.ValidateDataSource(numberType, values{"msisdn": digits, "country": "GBR"}).MustFail(t, "country")
}

func TestNumbersDataSourceSelects(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns("GB/447700900003", linkedTo(ours))
	a.owns("GB/447700900001", values{"features": []any{"SMS"}})
	a.owns("GB/447700900002", values{"type": "landline", "features": []any{"VOICE", "MMS", "SMS"}})
	a.owns("US/14155550100", linkedTo(theirs))
	for name, test := range map[string]struct {
		config values
		want   []string
	}{
		"all":                 {values{}, []string{"14155550100", "447700900001", "447700900002", "447700900003"}},
		"country":             {values{"country": "us"}, []string{"14155550100"}},
		"starts with":         {values{"pattern": "44"}, []string{"447700900001", "447700900002", "447700900003"}},
		"starts with, said":   {values{"pattern": "0100", "search_pattern": 0}, []string{}},
		"contains":            {values{"pattern": "5550", "search_pattern": 1}, []string{"14155550100"}},
		"ends with":           {values{"pattern": "02", "search_pattern": 2}, []string{"447700900002"}},
		"application":         {values{"application_id": strings.ToUpper(ours)}, []string{"447700900003"}},
		"linked":              {values{"has_application": true}, []string{"14155550100", "447700900003"}},
		"not linked":          {values{"has_application": false}, []string{"447700900001", "447700900002"}},
		"type":                {values{"type": "landline"}, []string{"447700900002"}},
		"feature":             {values{"features": []any{"VOICE"}}, []string{"14155550100", "447700900002", "447700900003"}},
		"all of the features": {values{"features": []any{"MMS", "SMS"}}, []string{"447700900002"}},
		"everything":          {values{"country": "GB", "pattern": "44", "has_application": false, "type": "mobile-lvn"}, []string{"447700900001"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, found(a.read(numbersType, test.config))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A list is complete, whatever fits on its pages.
func TestPluralDataSourcesReadEveryPage(t *testing.T) {
	t.Parallel()
	for total, pages := range map[int]int{0: 1, 1: 1, 100: 1, 101: 2} {
		t.Run(strconv.Itoa(total), func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			want := make([]string, total)
			for i := range total {
				msisdn := strconv.Itoa(447700900000 + i)
				a.owns("GB/"+msisdn, nil)
				a.offers("US/"+msisdn, nil)
				want[i] = msisdn
			}
			if diff := cmp.Diff(want, found(a.read(numbersType, values{}))); diff != "" {
				t.Errorf("owned (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(want, found(a.read(availableType, values{"country": "US"}))); diff != "" {
				t.Errorf("on offer (-want +got):\n%s", diff)
			}
			if a.count(list) != pages || a.count(search) != pages {
				t.Errorf("%d and %d calls for %d pages", a.count(list), a.count(search), pages)
			}
		})
	}
}

func TestAvailableNumbersDataSource(t *testing.T) {
	t.Parallel()
	a := newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant.SearchDrifts = true }))
	a.offers("GB/447700900004", values{"cost": "10.00", "features": []any{"VOICE", "SMS", "MMS"}})
	a.offers("GB/447700900003", values{"cost": "9.5", "initialPrice": ""})
	a.offers("GB/447700900002", values{"cost": "9.50", "type": "landline"})
	a.offers("GB/447700900001", values{"cost": ""})
	a.offers("FR/33700900001", nil)
	for range 3 { // the order differs between searches
		for name, test := range map[string]struct {
			config values
			want   []string
		}{
			"cheapest first": {values{"country": "GB"}, []string{"447700900002", "447700900003", "447700900004", "447700900001"}},
			"some":           {values{"country": "gb", "max_results": 2}, []string{"447700900002", "447700900003"}},
			"more than any":  {values{"country": "FR", "max_results": 200}, []string{"33700900001"}},
			"type":           {values{"country": "GB", "type": "landline"}, []string{"447700900002"}},
			"features":       {values{"country": "GB", "features": []any{"VOICE", "MMS"}}, []string{"447700900004"}},
			"ends with":      {values{"country": "GB", "pattern": "3", "search_pattern": 2}, []string{"447700900003"}},
			"none":           {values{"country": "DE"}, []string{}},
		} {
			if diff := cmp.Diff(test.want, found(a.read(availableType, test.config))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
	}
	state := a.read(availableType, values{"country": "GB", "pattern": "447700900003"})
	want := []any{values{
		"country": "GB", "msisdn": "447700900003", "type": "mobile-lvn", "features": []any{"SMS", "VOICE"}, "limitations": []any{},
		"monthly_cost": "9.5", "initial_cost": nil,
	}}
	if diff := cmp.Diff(want, state["numbers"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPluralDataSourcesRefuse(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.Protocol(t)
	for _, typeName := range []string{numbersType, availableType} {
		for _, test := range []struct {
			attribute string
			config    values
		}{
			{"country", values{"country": "GBR"}},
			{"pattern", values{"country": "GB", "pattern": "+44"}},
			{"search_pattern", values{"country": "GB", "pattern": "44", "search_pattern": 3}},
			{"search_pattern", values{"country": "GB", "search_pattern": 1}},
			{"features", values{"country": "GB", "features": []any{}}},
			{"features", values{"country": "GB", "features": []any{nil}}},
		} {
			p.ValidateDataSource(typeName, test.config).MustFail(t, test.attribute)
		}
		diags := p.ValidateDataSource(typeName, values{"country": "GB", "features": []any{"FAX"}})
		if !diags.HasError() {
			t.Errorf("%s accepts a feature that does not exist", typeName)
		}
		p.ValidateDataSource(typeName, values{
			"country": acctest.Unknown, "pattern": acctest.Unknown, "search_pattern": acctest.Unknown, "type": acctest.Unknown, "features": acctest.Unknown,
		}).MustBeEmpty(t)
	}
	p.ValidateDataSource(numbersType, values{"application_id": "mine"}).MustFail(t, "application_id")
	p.ValidateDataSource(numbersType, values{"application_id": ours, "has_application": false}).MustFail(t, "has_application", "application_id")
	p.ValidateDataSource(numbersType, values{"application_id": ours, "has_application": true}).MustBeEmpty(t)
	p.ValidateDataSource(numbersType, values{"application_id": acctest.Unknown, "has_application": false}).MustBeEmpty(t)
	p.ValidateDataSource(availableType, values{"country": "GB", "max_results": 0}).MustFail(t, "max_results")
	p.ValidateDataSource(availableType, values{"country": "GB", "type": "shortcode"}).MustFail(t, "type")

	a.Fail(t, emulator.Fault{Path: "/account/numbers", Times: -1, Kind: emulator.Status, Status: http.StatusForbidden, Body: "{}"})
	a.Fail(t, emulator.Fault{Path: "/number/search", Times: -1, Kind: emulator.Status, Status: http.StatusForbidden, Body: "{}"})
	_, diags := p.ReadDataSource(numbersType, values{})
	diags.MustFail(t, "", "Unable to list numbers", "403")
	_, diags = p.ReadDataSource(availableType, values{"country": "GB"})
	diags.MustFail(t, "", "Unable to search for numbers", "403")
}
