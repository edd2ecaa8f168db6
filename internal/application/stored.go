// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Vonage may have values that it would not take today, or takes since this version was made: limits were changed, regions
// added. An application with such a value has to be manageable, and a configuration that Terraform writes for it valid. So
// these values are checked in the plan, which knows what Vonage has, and only where they are to be set.

// checkedString refuses a new value that its validator refuses.
type checkedString struct{ validator.String }

func (c checkedString) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.ConfigValue.Equal(req.StateValue) {
		return
	}
	var checked validator.StringResponse
	c.ValidateString(ctx, validator.StringRequest{Path: req.Path, Config: req.Config, ConfigValue: req.ConfigValue}, &checked)
	resp.Diagnostics.Append(checked.Diagnostics...)
}

// checkedInt64 is the same for a number.
type checkedInt64 struct{ validator.Int64 }

func (c checkedInt64) PlanModifyInt64(ctx context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	if req.ConfigValue.Equal(req.StateValue) {
		return
	}
	var checked validator.Int64Response
	c.ValidateInt64(ctx, validator.Int64Request{Path: req.Path, Config: req.Config, ConfigValue: req.ConfigValue}, &checked)
	resp.Diagnostics.Append(checked.Diagnostics...)
}
