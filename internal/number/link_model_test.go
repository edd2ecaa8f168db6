// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const (
	ours   = "78d335fa-323d-0114-9c3d-d6f0d48968cf"
	theirs = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
)

func linkTo(applicationID string) linkModel {
	return linkModel{ApplicationID: schematype.NewApplicationID(applicationID)}
}

// numbers generates owned numbers with every combination of settings.
func numbers() *rapid.Generator[vonage.Number] {
	return rapid.Custom(func(t *rapid.T) vonage.Number {
		number := vonage.Number{
			Country: rapid.StringMatching(`[A-Z]{2}`).Draw(t, "country"), MSISDN: rapid.StringMatching(`[1-9][0-9]{6,14}`).Draw(t, "msisdn"),
			Type:          rapid.SampledFrom([]string{"landline", "mobile-lvn", "landline-toll-free", "mobile-shortcode"}).Draw(t, "type"),
			SMSWebhookURL: rapid.SampledFrom([]string{"", "https://example.com/sms?a=b&c=d+e"}).Draw(t, "sms"),
			ApplicationID: rapid.SampledFrom([]string{"", ours, theirs}).Draw(t, "application"),
		}
		if rapid.Bool().Draw(t, "forwarded") {
			number.VoiceCallbackType = rapid.SampledFrom([]string{"sip", "tel", "vxml"}).Draw(t, "callback type")
			number.VoiceCallbackValue = rapid.StringN(1, 40, -1).Draw(t, "callback")
		}
		return number
	})
}

func TestLinkWritesTheLinkAndKeepsTheRest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := numbers().Draw(t, "number")
		want := number.Settings()
		want.ApplicationID = ours
		if diff := cmp.Diff(want, linkTo(strings.ToUpper(ours)).toRequest(number)); diff != "" {
			t.Errorf("linking (-want +got):\n%s", diff)
		}
		want.ApplicationID = ""
		if diff := cmp.Diff(want, linkModel{}.toRequest(number)); diff != "" {
			t.Errorf("unlinking (-want +got):\n%s", diff)
		}
	})
}

func TestLinkReadFromANumberWritesItsLink(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := numbers().Draw(t, "number")
		prior := linkModel{ReplaceExistingLink: types.BoolValue(rapid.Bool().Draw(t, "replace"))}
		model := newLinkModel(number, prior)
		if diff := cmp.Diff(number.Settings(), model.toRequest(number)); diff != "" {
			t.Errorf("writing what was read changes the number (-want +got):\n%s", diff)
		}
		if model.key() != number.Key() || model.ID.ValueString() != number.Country+"/"+number.MSISDN {
			t.Errorf("key %v and id %v of %v", model.key(), model.ID, number.Key())
		}
		if !model.ReplaceExistingLink.Equal(prior.ReplaceExistingLink) {
			t.Error("replace_existing_link is lost")
		}
	})
}

func TestLinkKnowsItsApplication(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		link   linkModel
		number string
		want   bool
	}{
		"same":             {linkTo(ours), ours, true},
		"same, other case": {linkTo(strings.ToUpper(ours)), ours, true},
		"other":            {linkTo(ours), theirs, false},
		"unlinked":         {linkTo(ours), "", false},
		"no state":         {linkModel{}, "", false},
		"no state, linked": {linkModel{}, ours, false},
	} {
		if got := test.link.links(vonage.Number{ApplicationID: test.number}); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
