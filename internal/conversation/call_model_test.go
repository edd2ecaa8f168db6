// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestWhatACallIsWaitedFor(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config  callModel
		want    vonage.CallStatus
		timeout time.Duration
	}{
		"defaults":   {callModel{}, vonage.CallAnswered, 2 * time.Minute},
		"configured": {callModel{WaitFor: types.StringValue("completed"), Timeout: schematype.Known[schematype.DurationMeaning]("1h30m")}, vonage.CallCompleted, 90 * time.Minute},
	} {
		waiter, diags := test.config.toWaiter()
		if diags.HasError() || waiter.want != test.want || waiter.timeout != test.timeout {
			t.Errorf("%s: %+v %v", name, waiter, diags)
		}
	}
}
