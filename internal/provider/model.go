// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// model is the provider block.
type model struct {
	APIKey            types.String        `tfsdk:"api_key"`
	APISecret         types.String        `tfsdk:"api_secret"`
	ApplicationID     types.String        `tfsdk:"application_id"`
	PrivateKey        types.String        `tfsdk:"private_key"`
	JWT               types.String        `tfsdk:"jwt"`
	AllowedAPIKeys    types.Set           `tfsdk:"allowed_api_keys"` // of strings
	AllowHTTPHosts    types.Set           `tfsdk:"allow_http_hosts"` // of strings
	APIURL            types.String        `tfsdk:"api_url"`
	RESTURL           types.String        `tfsdk:"rest_url"`
	RequestTimeout    schematype.Duration `tfsdk:"request_timeout"`
	MaxRetries        schematype.Int64    `tfsdk:"max_retries"`
	RequestsPerSecond types.Object        `tfsdk:"requests_per_second"` // of limits
}

// limits is the object requests_per_second.
type limits struct {
	Applications  types.Float64 `tfsdk:"applications"`
	NumbersList   types.Float64 `tfsdk:"numbers_list"`
	NumbersWrite  types.Float64 `tfsdk:"numbers_write"`
	Conversations types.Float64 `tfsdk:"conversations"`
	Account       types.Float64 `tfsdk:"account"`
	Pricing       types.Float64 `tfsdk:"pricing"`
}
