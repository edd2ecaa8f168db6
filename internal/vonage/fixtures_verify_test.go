// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// The pages of templates in the captured tests count more pages than they have: the counts here are those of what is shown.
func TestCapturedVerifyTemplates(t *testing.T) {
	t.Parallel()
	template, err := replay(t, "verify_template").VerifyTemplates.Get(t.Context(), "a1b2c3d4")
	if diff := cmp.Diff(vonage.VerifyTemplate{ID: "a1b2c3d4", Name: "My Template", IsDefault: true}, template); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	client := replay(t, "verify_fragments")
	fragments := all(t, client.VerifyTemplates.ListFragments(t.Context(), "22f571c1-f41a-4db2-bba7-f23a069200c1"))
	want := []vonage.VerifyFragment{
		{
			ID: "c70f446e-997a-4313-a081-60a02a31dc19", Channel: "sms", Locale: "en-us",
			Text:        "Your verification code is ${code} for ${brand}. It is valid for ${time-limit} ${time-limit-unit}.",
			DateCreated: "2023-01-01T10:00:00.000Z", DateUpdated: "2023-02-01T12:00:00.000Z",
		},
		{
			ID: "9a2c62fb-c917-42df-be7a-ab1dc88b00d0", Channel: "voice", Locale: "fr-fr",
			Text:        "Votre code de vérification est ${code} pour ${brand}. Il est valide pour ${time-limit} ${time-limit-unit}.",
			DateCreated: "2023-03-15T09:30:00.000Z", DateUpdated: "2023-04-10T10:45:00.000Z",
		},
	}
	if diff := cmp.Diff(want, fragments); diff != "" {
		t.Error(diff)
	}
}

func TestCapturedUsers(t *testing.T) {
	t.Parallel()
	const id = "USR-87e3e6b0-cd7b-45ef-a0a7-bcd5566a672b"
	listed := all(t, replay(t, "users_listed").Users.List(t.Context()))
	if len(listed) != 7 || listed[4].Name != "new name!" || *listed[4].DisplayName != "My New Renamed User Name" || listed[0].DisplayName != nil {
		t.Errorf("listed %+v", listed)
	}
	want := vonage.User{
		ID: id, Name: "my_user_name", DisplayName: new("My User Name"), Properties: vonage.UserProperties{CustomData: map[string]json.RawMessage{}},
		Channels: vonage.UserChannels{SMS: []vonage.NumberChannel{{Number: "1234567890"}}},
	}
	got, err := replay(t, "user").Users.Get(t.Context(), id)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	want.Name, want.DisplayName, want.Properties.CustomData = "new name!", new("My New Renamed User Name"), nil
	want.Channels.PSTN = []vonage.PSTNChannel{{Number: "123456"}} // a JSON integer
	got, err = replay(t, "user_updated").Users.Get(t.Context(), id)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if _, err := replay(t, "user_not_found").Users.Get(t.Context(), id); !vonage.IsNotFound(err) {
		t.Errorf("the error is %v", err)
	}
}
