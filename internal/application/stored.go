// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// An application can have values that this version does not accept: Vonage has changed limits before, and adds regions.
// It must remain manageable, and the configuration that Terraform generates for it must be valid. So these values are
// checked during planning, when the current value is known, and only if they change.

// checkedString applies its validator to changed values only.
type checkedString struct{ validator.String }

func (c checkedString) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.ConfigValue.Equal(req.StateValue) {
		return
	}
	var checked validator.StringResponse
	c.ValidateString(ctx, validator.StringRequest{Path: req.Path, Config: req.Config, ConfigValue: req.ConfigValue}, &checked)
	resp.Diagnostics.Append(checked.Diagnostics...)
}

// checkedInt64 does the same for an integer.
type checkedInt64 struct{ validator.Int64 }

func (c checkedInt64) PlanModifyInt64(ctx context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	if req.ConfigValue.Equal(req.StateValue) {
		return
	}
	var checked validator.Int64Response
	c.ValidateInt64(ctx, validator.Int64Request{Path: req.Path, Config: req.Config, ConfigValue: req.ConfigValue}, &checked)
	resp.Diagnostics.Append(checked.Diagnostics...)
}
