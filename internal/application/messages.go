// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

type messages struct {
	InboundURL               *webhook     `tfsdk:"inbound_url"`
	StatusURL                *webhook     `tfsdk:"status_url"`
	Version                  types.String `tfsdk:"version"`
	AuthenticateInboundMedia types.Bool   `tfsdk:"authenticate_inbound_media"`
}

func (m *messages) toRequest() *vonage.Messages {
	if m == nil {
		return nil
	}
	return &vonage.Messages{
		Webhooks:                 vonage.MessagesWebhooks{InboundURL: m.InboundURL.toRequest(), StatusURL: m.StatusURL.toRequest()},
		Version:                  m.Version.ValueString(),
		AuthenticateInboundMedia: boolToRequest(m.AuthenticateInboundMedia),
	}
}

func newMessages(api *vonage.Messages) *messages {
	if api == nil {
		return nil
	}
	return &messages{
		InboundURL:               newWebhook(api.Webhooks.InboundURL, methodPost),
		StatusURL:                newWebhook(api.Webhooks.StatusURL, methodPost),
		Version:                  framework.TextOrNull(api.Version),
		AuthenticateInboundMedia: types.BoolPointerValue(api.AuthenticateInboundMedia),
	}
}

func messagesAttribute() schema.SingleNestedAttribute {
	const api = "capabilities.messages"
	postOnly := []string{methodPost}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Inbound and outbound messages: SMS, MMS, WhatsApp and others. Off by default. API: `" + api + "`.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"inbound_url": webhookForm{purpose: "Webhook that receives inbound messages.", api: api + ".webhooks.inbound_url", methods: postOnly}.attribute(),
			"status_url": webhookForm{
				purpose: "Webhook that receives the status of outbound messages.", api: api + ".webhooks.status_url", methods: postOnly,
			}.attribute(),
			"version": schema.StringAttribute{
				MarkdownDescription: "Version of the webhooks' format: `v1` or `v0.1`. Default: set by Vonage, `v1`. API: `" + api + ".version`.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{
					stringplanmodifier.UseNonNullStateForUnknown(), checkedString{schematype.OneOf("v1", "v0.1")},
				},
			},
			"authenticate_inbound_media": schema.BoolAttribute{
				MarkdownDescription: "Whether fetching the media of inbound messages requires a JWT of the application. Default: set by Vonage. " +
					"API: `" + api + ".authenticate_inbound_media`.",
				Optional: true, Computed: true,
				PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseNonNullStateForUnknown()},
			},
		},
	}
}
