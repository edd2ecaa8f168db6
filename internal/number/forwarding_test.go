// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// The target of a tel forwarding is spelled as any other phone number: Vonage gets its digits, the state keeps the
// spelling, and another spelling is no change.
func TestForwardingTakesNumbersInAnySpelling(t *testing.T) {
	t.Parallel()
	forwarded := func(to string) values { return gbNumber(values{"voice_callback": values{"type": "tel", "value": to}}) }
	a := newAccount(t)
	a.offers(gb, nil)
	object := a.mustCreate(numberType, forwarded("+44 7700 900009"))
	a.wantSettings(values{"voiceCallbackType": "tel", "voiceCallbackValue": "447700900009"})
	if kept := object.State["voice_callback"].(values)["value"]; kept != "+44 7700 900009" {
		t.Errorf("the state has %v", kept)
	}
	p := a.Protocol(t)
	object, diags := p.Read(numberType, object)
	diags.MustBeEmpty(t)
	for _, spelling := range []string{"+44 7700 900009", "447700900009", "+44 (7700) 900-009"} {
		a.wantNoChange(numberType, object, forwarded(spelling))
	}
	imported, diags := p.Import(numberType, gb)
	diags.MustBeEmpty(t)
	a.wantNoChange(numberType, imported, forwarded("+44 7700 900009"))

	_, diags = p.Change(numberType, object, forwarded("+44 7700 900008"))
	diags.MustBeEmpty(t)
	a.wantSettings(values{"voiceCallbackType": "tel", "voiceCallbackValue": "447700900008"})

	object, diags = p.Change(numberType, object, acctest.With(forwarded("+44 7700 900008"), values{"deletion_policy": "DELETE"}))
	diags.MustBeEmpty(t)
	_, diags = a.Protocol(t).Change(numberType, object, nil) // nobody has changed it, so it is cancelled
	diags.Errors().MustBeEmpty(t)
	if a.has(gb) {
		t.Error("the number was not cancelled")
	}

	adopted := newAccount(t)
	adopted.owns(gb, values{"voiceCallbackType": "tel", "voiceCallbackValue": "447700900009"})
	if _, diags = adopted.Protocol(t).Change(numberType, acctest.Object{}, forwarded("+44 7700 900009")); len(diags) != 1 {
		t.Errorf("want the warning of an adoption only: %s", diags)
	}
	adopted.WantCalls(t, "GET /account/numbers") // it is up to date
}
