// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

func TestNumberImport(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, acctest.With(linkedTo(ours), values{"moHttpUrl": "https://example.com/sms"}))
	a.owns("US/14155550100", values{"voiceCallbackType": "tel", "voiceCallbackValue": "447700900009"})
	check := func(object acctest.Object, diags acctest.Diagnostics) {
		t.Helper()
		diags.MustBeEmpty(t)
		want := rentedState(values{
			"application_id": ours, "sms_webhook_url": "https://example.com/sms", "monthly_cost": nil, "initial_cost": nil,
		})
		if diff := cmp.Diff(want, object.State); diff != "" {
			t.Errorf("state (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(values{"country": "GB", "msisdn": digits}, object.Identity); diff != "" {
			t.Errorf("identity (-want +got):\n%s", diff)
		}
		a.wantNoChange(numberType, object, gbNumber(values{"sms_webhook_url": "https://example.com/sms"}))
		a.wantNoChange(numberType, object, values{
			"country": "gb", "msisdn": "+44 7700 900001", "sms_webhook_url": "https://example.com/sms", "deletion_policy": "PREVENT",
		})
	}
	for _, id := range []string{gb, digits, "gb/+44 7700 900001"} {
		check(a.Protocol(t).Import(numberType, id))
	}
	for _, identity := range []values{{"country": "GB", "msisdn": digits}, {"msisdn": digits}} {
		check(a.Protocol(t).ImportIdentity(numberType, identity))
	}

	// The configuration that Terraform generates for an import is valid and gives an empty plan.
	p := a.Protocol(t)
	object, diags := p.Import(numberType, "14155550100")
	diags.MustBeEmpty(t)
	config, diags := p.GenerateConfig(numberType, object.State)
	diags.MustBeEmpty(t)
	p.ValidateResource(numberType, config).MustBeEmpty(t)
	a.wantNoChange(numberType, object, config)

	for _, id := range []string{"GB/447700900003", "447700900003", "US/" + digits} {
		_, diags := a.Protocol(t).Import(numberType, id)
		diags.MustFail(t, "msisdn", "no number")
	}
	a.owns("JE/"+digits, nil)
	_, diags = a.Protocol(t).Import(numberType, digits)
	diags.MustFail(t, "country", gb, "JE/"+digits)
	_, diags = a.Protocol(t).Import(numberType, "")
	diags.MustFail(t, "", "GB/447700900001")
}

// Settings that Vonage cannot return may cause one update after an import, which sends no more than necessary.
func TestNumberImportOfWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	object, diags := a.Protocol(t).Import(numberType, gb)
	diags.MustBeEmpty(t)
	a.Calls()
	config := gbNumber(values{"deletion_policy": "DELETE", "max_monthly_cost": "2", "timeouts": values{"create": "10m"}})
	object, diags = a.Protocol(t).Change(numberType, object, config)
	diags.MustBeEmpty(t)
	a.WantCalls(t)
	object, diags = a.Protocol(t).Change(numberType, object, acctest.With(config, values{"smpp_system_type": "inbound"}))
	diags.MustBeEmpty(t)
	a.WantCalls(t, list, update)
	a.wantNoChange(numberType, object, acctest.With(config, values{"smpp_system_type": "inbound"}))
}
