// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package call

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestWhatACallIsWaitedFor(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config  model
		want    vonage.CallStatus
		timeout time.Duration
	}{
		"defaults":   {model{}, vonage.CallAnswered, 2 * time.Minute},
		"configured": {model{WaitFor: types.StringValue("completed"), Timeout: schematype.Known[schematype.DurationMeaning]("1h30m")}, vonage.CallCompleted, 90 * time.Minute},
	} {
		waiter, diags := test.config.toWaiter()
		if diags.HasError() || waiter.want != test.want || waiter.timeout != test.timeout {
			t.Errorf("%s: %+v %v", name, waiter, diags)
		}
	}
}

// A number that was not known when the action was validated is checked before the call is placed.
func TestNumbersOfACallAreCheckedLate(t *testing.T) {
	t.Parallel()
	endpoint := newSchema().Attributes["to"].GetType().TerraformType(t.Context())
	to := map[string]tftypes.Value{}
	for name, attribute := range endpoint.(tftypes.Object).AttributeTypes {
		to[name] = tftypes.NewValue(attribute, nil)
	}
	to["number"] = tftypes.NewValue(tftypes.String, "0770")
	value, err := newSchema().Attributes["to"].GetType().ValueFromTerraform(t.Context(), tftypes.NewValue(endpoint, to))
	if err != nil {
		t.Fatal(err)
	}
	_, diags := model{From: schematype.NewMSISDN("07700 900000"), To: value.(types.Object)}.toRequest(t.Context())
	if len(diags) != 2 || diags[0].Summary() != "Invalid phone number" || diags[1].Summary() != "Invalid phone number" {
		t.Errorf("diagnostics: %v", diags)
	}
}
