// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"fmt"

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

// documentedRange warns about numbers outside the range that Vonage documents. It does not reject them, because Vonage's
// own sources disagree: specification 2.4.1 has another range than the Node, Java and .NET SDKs. With checkedInt64 it
// warns only once, before such a number is sent: nobody need act on one that the application has already.
type documentedRange struct {
	least, most int64
	unit        string
}

func (r documentedRange) Description(context.Context) string {
	return fmt.Sprintf("value should be between %d and %d %s", r.least, r.most, r.unit)
}

func (r documentedRange) MarkdownDescription(ctx context.Context) string { return r.Description(ctx) }

func (r documentedRange) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if value := req.ConfigValue.ValueInt64(); value < r.least || value > r.most {
		resp.Diagnostics.AddAttributeWarning(req.Path, "Value outside the documented range",
			fmt.Sprintf("For %s Vonage documents %d to %d %s, and this is %d. The provider sends it anyway; the API may reject it.",
				req.Path, r.least, r.most, r.unit, value))
	}
}
