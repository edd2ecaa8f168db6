// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"cmp"

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

// The framework's Value…Pointer methods return a zero value for unknown; these functions return nil for unknown and
// null.

func boolToRequest(value types.Bool) *bool {
	if value.IsUnknown() {
		return nil
	}
	return value.ValueBoolPointer()
}

func int64ToRequest(value schematype.Int64) *int64 {
	if value.IsUnknown() {
		return nil
	}
	return value.ValueInt64Pointer()
}

func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
