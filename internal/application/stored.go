// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// An application can have a value that is not among those this version accepts: Vonage has changed limits before, and adds
// regions. It has to stay manageable, and the configuration that Terraform generates for it has to be valid. So these values
// are checked in the plan, which knows the present value, and only when they change.

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
