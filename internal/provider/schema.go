// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// Schema describes the provider block. Every attribute is optional, because credentials are required only by the types
// that use them.
func (p *vonageProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages [Vonage](https://www.vonage.com/communications-apis/) applications and phone numbers and reads " +
			"conversations.\n\nThere are two pairs of credentials: `api_key` with `api_secret` for applications and numbers, " +
			"`application_id` with `private_key` for conversations, calls and tokens; for conversations and calls, `jwt` alone is enough. You need only the pairs that you use. " +
			"The provider takes a pair as a whole from the first of these that has any part of it: this block, the environment, and the files of the Vonage " +
			"CLI (`.vonagerc` in the working directory, then `~/.vonage/config.json`). White space, line ends and quotation marks around a credential are ignored.",
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				MarkdownDescription: "API key of the account, from the [API settings](" + settingsPage + "). Environment: `VONAGE_API_KEY`.",
				Optional:            true,
				Validators:          []validator.String{notEmpty(), apiKeyForm()},
			},
			"api_secret": schema.StringAttribute{
				MarkdownDescription: "API secret of the account, from the [API settings](" + settingsPage + "). It is sent only in the " +
					"`Authorization` header. Environment: `VONAGE_API_SECRET`.",
				Optional:   true,
				Sensitive:  true,
				Validators: []validator.String{notEmpty(), apiSecretForm()},
			},
			"application_id": schema.StringAttribute{
				MarkdownDescription: "UUID of the application on whose behalf conversations are read and calls are placed, from the [list of applications](" + applicationsPage + "). " +
					"Environment: `VONAGE_APPLICATION_ID`.",
				Optional:   true,
				Validators: []validator.String{applicationIDForm()},
			},
			"private_key": schema.StringAttribute{
				MarkdownDescription: "Private key of `application_id`, as PEM text or as the path of a PEM file, where `~/` is the home directory: RSA in " +
					"PKCS#8 or PKCS#1. Line breaks may be written as `\\n`. Environment: `VONAGE_PRIVATE_KEY_PATH`, else `VONAGE_PRIVATE_KEY`.",
				Optional:   true,
				Sensitive:  true,
				Validators: []validator.String{privateKeyForm()},
			},
			"jwt": schema.StringAttribute{
				MarkdownDescription: "A ready-made token, to use instead of `application_id` and `private_key`. The provider uses it as it is and does not renew it. " +
					"Environment: `VONAGE_JWT`.",
				Optional:   true,
				Sensitive:  true,
				Validators: []validator.String{jwtForm()},
			},
			"allowed_api_keys": schema.SetAttribute{
				MarkdownDescription: "The API keys that `api_key` may be, wherever it comes from. Any other one is an error before a request is sent with it, " +
					"so that the credentials of the wrong account do no harm. A key in this block is checked when the configuration is validated, one from elsewhere " +
					"when it is first used. Tokens (`private_key`, `jwt`) are not covered. Without this, any account is allowed.",
				ElementType: types.StringType,
				Optional:    true,
				Validators:  []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.NoNullValues()},
			},
			"api_url": schema.StringAttribute{
				MarkdownDescription: originDescription(defaultAPIURL, "VONAGE_API_URL", "the Application, Conversation and Voice APIs are"),
				Optional:            true,
				Validators:          []validator.String{schematype.Origin()},
			},
			"rest_url": schema.StringAttribute{
				MarkdownDescription: originDescription(defaultRESTURL, "VONAGE_REST_URL", "the Numbers API is"),
				Optional:            true,
				Validators:          []validator.String{schematype.Origin()},
			},
			"allow_http_hosts": schema.SetAttribute{
				MarkdownDescription: "Names of hosts, without scheme and port, at which `api_url` and `rest_url` may be plain `http://`, as they may at loopback " +
					"addresses. For tests only, such as with an emulator in another container: the credentials are sent in clear text. None by default.",
				ElementType: types.StringType,
				Optional:    true,
				Validators:  []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(schematype.HostName())},
			},
			"request_timeout": schema.StringAttribute{
				MarkdownDescription: "How long a single attempt of a request may take, such as `2m`; more than zero. It is also how much longer than its " +
					"`timeouts` an operation may take whose change was sent already. Default: `30s`. Environment: `VONAGE_REQUEST_TIMEOUT`.",
				CustomType: schematype.DurationType{},
				Validators: []validator.String{schematype.Valid[schematype.DurationMeaning]()},
				Optional:   true,
			},
			"max_retries": schema.Int64Attribute{
				MarkdownDescription: "How many times a failed request is repeated, if that is safe; 0 means never. Default: 4. " +
					"Environment: `VONAGE_MAX_RETRIES`.",
				CustomType: schematype.Int64Type{},
				Optional:   true,
				Validators: []validator.Int64{int64validator.AtLeast(0)},
			},
			"requests_per_second": schema.SingleNestedAttribute{
				MarkdownDescription: "Maximum number of requests per second, shared by everything that this provider block does. Fractions are allowed; 0 means no limit.",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"applications":  limitAttribute("All requests to the Application API. Default: 10."),
					"numbers_list":  limitAttribute("Listing owned numbers. Default: 1, which is what Vonage allows."),
					"numbers_write": limitAttribute("Buying, cancelling, updating and searching numbers, together. Default: 3, which is what Vonage allows."),
					"conversations": limitAttribute("All requests to the Conversation and Voice APIs. Default: 10."),
					"account":       limitAttribute("All requests about the account itself, such as its settings and API secrets. Default: 10."),
					"pricing":       limitAttribute("All requests to the Pricing API. Default: 1, which is what Vonage allows."),
				},
			},
		},
	}
}

func originDescription(origin, variable, what string) string {
	return "Base URL at which " + what + " reached: a scheme and a host, without credentials, query or path; " +
		"a trailing slash is ignored. If only one of `api_url` and `rest_url` is set, and to a loopback address or one of `allow_http_hosts`, everything " +
		"that needs the other fails. Plain `http://` is accepted for those hosts only. Environment: `" + variable + "`, else `" + emulatorVariable +
		"`, which sets both. Default: `" + origin + "`."
}

func limitAttribute(description string) schema.Float64Attribute {
	return schema.Float64Attribute{
		MarkdownDescription: description,
		Optional:            true,
		Validators:          []validator.Float64{float64validator.AtLeast(0)},
	}
}
