// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
)

func TestTimeoutsRefuseWhatWouldEndAtOnce(t *testing.T) {
	t.Parallel()
	nested, ok := framework.TimeoutsAttribute(t.Context(), 5*time.Minute).(schema.SingleNestedAttribute)
	if !ok || nested.MarkdownDescription == "" {
		t.Fatal("timeouts is not a described nested attribute")
	}
	for _, name := range []string{"create", "read", "update", "delete"} {
		attribute, ok := nested.Attributes[name].(schema.StringAttribute)
		if !ok || attribute.Description == "" {
			t.Fatalf("%s is not a described string", name)
		}
		for text, valid := range map[string]bool{"30s": true, "1h30m": true, "0s": false, "-1m": false, "5": false, "": false} {
			var resp validator.StringResponse
			for _, v := range attribute.Validators {
				v.ValidateString(t.Context(), validator.StringRequest{ConfigValue: types.StringValue(text)}, &resp)
			}
			if resp.Diagnostics.HasError() == valid {
				t.Errorf("%s = %q: %v", name, text, resp.Diagnostics)
			}
		}
	}
}

func TestWithTimeout(t *testing.T) {
	t.Parallel()
	value := func(create attr.Value) timeouts.Value {
		members := map[string]attr.Type{"create": types.StringType}
		return timeouts.Value{Object: types.ObjectValueMust(members, map[string]attr.Value{"create": create})}
	}
	for name, test := range map[string]struct {
		timeouts timeouts.Value
		want     time.Duration
	}{
		"configured":    {value(types.StringValue("90s")), 90 * time.Second},
		"not this one":  {value(types.StringNull()), time.Minute},
		"none whatever": {timeouts.Value{}, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var diags diag.Diagnostics
				start := time.Now()
				ctx, cancel := framework.WithTimeout(t.Context(), test.timeouts.Create, time.Minute, &diags)
				defer cancel()
				<-ctx.Done()
				if took := time.Since(start); took != test.want || diags.HasError() {
					t.Errorf("ended after %s (%v), want %s", took, diags, test.want)
				}
			})
		})
	}
}
