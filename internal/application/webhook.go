// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// webhook is a URL that Vonage calls.
type webhook struct {
	Address    types.String `tfsdk:"address"`
	HTTPMethod types.String `tfsdk:"http_method"`
}

// voiceWebhook is a webhook of voice, the only ones with timeouts.
type voiceWebhook struct {
	webhook

	ConnectTimeout schematype.Int64 `tfsdk:"connect_timeout"`
	SocketTimeout  schematype.Int64 `tfsdk:"socket_timeout"`
}

func (w *webhook) toRequest() *vonage.Webhook {
	if w == nil {
		return nil
	}
	return &vonage.Webhook{Address: w.Address.ValueString(), HTTPMethod: w.HTTPMethod.ValueString()}
}

func (w *voiceWebhook) toRequest() *vonage.Webhook {
	if w == nil {
		return nil
	}
	hook := w.webhook.toRequest()
	hook.ConnectTimeout, hook.SocketTimeout = int64ToRequest(w.ConnectTimeout), int64ToRequest(w.SocketTimeout)
	return hook
}

// newWebhook uses defaultMethod if the API omits the method.
func newWebhook(hook *vonage.Webhook, defaultMethod string) *webhook {
	if hook == nil {
		return nil
	}
	return &webhook{Address: types.StringValue(hook.Address), HTTPMethod: types.StringValue(cmp.Or(hook.HTTPMethod, defaultMethod))}
}

func newVoiceWebhook(hook *vonage.Webhook, defaultMethod string) *voiceWebhook {
	base := newWebhook(hook, defaultMethod)
	if base == nil {
		return nil
	}
	return &voiceWebhook{
		webhook:        *base,
		ConnectTimeout: schematype.NewInt64Pointer(hook.ConnectTimeout),
		SocketTimeout:  schematype.NewInt64Pointer(hook.SocketTimeout),
	}
}

// Limits of the timeouts of voice webhooks in milliseconds, from Application API 2.4.1 and
// https://api.support.vonage.com/hc/en-us/articles/17498678806044. The maximum is also the API's default.
const (
	shortestConnectTimeout, longestConnectTimeout = 300, 1000
	shortestSocketTimeout                         = 1000
	longestAnswerSocketTimeout                    = 5000
	longestEventSocketTimeout                     = 10000
)

// HTTP methods of webhooks.
const (
	methodGet  = "GET"
	methodPost = "POST"
)

// webhookForm has the differences between the webhooks of an application.
type webhookForm struct {
	purpose string   // what Vonage calls the URL for
	api     string   // the path of the webhook in the API
	methods []string // the supported methods, the default first
	// longestSocketTimeout is in milliseconds; 0 means that the webhook has no timeouts, which is so for all except those
	// of voice.
	longestSocketTimeout int64
}

func (f webhookForm) attribute() schema.SingleNestedAttribute {
	attributes := map[string]schema.Attribute{
		"address":     addressAttribute(f.api + ".address"),
		"http_method": f.methodAttribute(),
	}
	if f.longestSocketTimeout > 0 {
		attributes["connect_timeout"] = timeoutAttribute("How long Vonage tries to connect", f.api+".connect_timeout",
			shortestConnectTimeout, longestConnectTimeout)
		attributes["socket_timeout"] = timeoutAttribute("How long Vonage waits for the response once connected", f.api+".socket_timeout",
			shortestSocketTimeout, f.longestSocketTimeout)
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: f.purpose + " None by default. API: `" + f.api + "`.",
		Optional:            true,
		Attributes:          attributes,
	}
}

func (f webhookForm) methodAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: fmt.Sprintf("HTTP method with which Vonage calls the address: `%s`; default `%s`. API: `%s.http_method`.",
			strings.Join(f.methods, "` or `"), f.methods[0], f.api),
		Optional: true, Computed: true,
		Default:       stringdefault.StaticString(f.methods[0]),
		PlanModifiers: []planmodifier.String{checkedString{schematype.OneOf(f.methods...)}},
	}
}

func addressAttribute(api string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Absolute `https://` or `http://` URL that Vonage calls. API: `" + api + "`.",
		Required:            true,
		Validators:          []validator.String{schematype.HTTPURL()},
	}
}

func timeoutAttribute(what, api string, shortest, longest int64) schema.Int64Attribute {
	return schema.Int64Attribute{
		MarkdownDescription: fmt.Sprintf("%s, in milliseconds: %d to %d, or the value that the application has already. Default: set by Vonage, %d. API: `%s`.",
			what, shortest, longest, longest, api),
		CustomType: schematype.Int64Type{},
		Optional:   true, Computed: true,
		PlanModifiers: []planmodifier.Int64{
			int64planmodifier.UseNonNullStateForUnknown(), checkedInt64{int64validator.Between(shortest, longest)},
		},
	}
}
