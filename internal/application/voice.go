// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

type voice struct {
	AnswerURL          *voiceWebhook    `tfsdk:"answer_url"`
	FallbackAnswerURL  *voiceWebhook    `tfsdk:"fallback_answer_url"`
	EventURL           *voiceWebhook    `tfsdk:"event_url"`
	SignedCallbacks    types.Bool       `tfsdk:"signed_callbacks"`
	ConversationsTTL   schematype.Int64 `tfsdk:"conversations_ttl"`
	LegPersistenceTime schematype.Int64 `tfsdk:"leg_persistence_time"`
	Region             types.String     `tfsdk:"region"`
}

func (v *voice) toRequest() *vonage.Voice {
	if v == nil {
		return nil
	}
	return &vonage.Voice{
		Webhooks: vonage.VoiceWebhooks{
			AnswerURL:         v.AnswerURL.toRequest(),
			FallbackAnswerURL: v.FallbackAnswerURL.toRequest(),
			EventURL:          v.EventURL.toRequest(),
		},
		SignedCallbacks:    boolToRequest(v.SignedCallbacks),
		ConversationsTTL:   int64ToRequest(v.ConversationsTTL),
		LegPersistenceTime: int64ToRequest(v.LegPersistenceTime),
		Region:             v.Region.ValueString(),
	}
}

func newVoice(api *vonage.Voice) *voice {
	if api == nil {
		return nil
	}
	return &voice{
		AnswerURL:          newVoiceWebhook(api.Webhooks.AnswerURL, methodGet),
		FallbackAnswerURL:  newVoiceWebhook(api.Webhooks.FallbackAnswerURL, methodGet),
		EventURL:           newVoiceWebhook(api.Webhooks.EventURL, methodPost),
		SignedCallbacks:    types.BoolPointerValue(api.SignedCallbacks),
		ConversationsTTL:   schematype.NewInt64Pointer(api.ConversationsTTL),
		LegPersistenceTime: schematype.NewInt64Pointer(api.LegPersistenceTime),
		Region:             framework.TextOrNull(api.Region),
	}
}

func voiceAttribute() schema.SingleNestedAttribute {
	const api = "capabilities.voice"
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Phone calls. Off by default. API: `" + api + "`.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"answer_url": webhookForm{
				purpose: "Webhook from which Vonage fetches the NCCO for an inbound call. Without it, Vonage cannot answer calls; an application that only places calls needs none.", api: api + ".webhooks.answer_url",
				methods: []string{methodGet, methodPost}, longestSocketTimeout: longestAnswerSocketTimeout,
			}.attribute(),
			"fallback_answer_url": webhookForm{
				purpose: "Webhook from which Vonage fetches the NCCO if `answer_url` does not return one.", api: api + ".webhooks.fallback_answer_url",
				methods: []string{methodGet, methodPost}, longestSocketTimeout: longestAnswerSocketTimeout,
			}.attribute(),
			"event_url": webhookForm{
				purpose: "Webhook to which Vonage reports the progress of calls.", api: api + ".webhooks.event_url",
				methods: []string{methodPost, methodGet}, longestSocketTimeout: longestEventSocketTimeout,
			}.attribute(),
			"signed_callbacks": signedCallbacksAttribute(api + ".signed_callbacks"),
			"conversations_ttl": schema.Int64Attribute{
				MarkdownDescription: "How long a named conversation is kept, in hours. Vonage documents 1 to 9000; other values are sent " +
					"with a warning. Default: set by Vonage, 48 for new applications and other values for old ones. API: `" + api +
					".conversations_ttl`.",
				CustomType: schematype.Int64Type{},
				Optional:   true, Computed: true,
				PlanModifiers: []planmodifier.Int64{
					int64planmodifier.UseNonNullStateForUnknown(), checkedInt64{documentedRange{1, 9000, "hours"}},
				},
			},
			"leg_persistence_time": schema.Int64Attribute{
				MarkdownDescription: "How long the legs of ended calls are kept, in days. Vonage documents 1 to 31; other values are sent " +
					"with a warning. Default: set by Vonage, 2 or 7 depending on the application's age. API: `" + api +
					".leg_persistence_time`.",
				CustomType: schematype.Int64Type{},
				Optional:   true, Computed: true,
				PlanModifiers: []planmodifier.Int64{
					int64planmodifier.UseNonNullStateForUnknown(), checkedInt64{documentedRange{1, 31, "days"}},
				},
			},
			"region": schema.StringAttribute{
				MarkdownDescription: "Region in which calls are kept: `na-east`, `na-west`, `eu-east`, `eu-west`, `apac-sng`, `apac-australia` or the one that the application " +
					"has already. By default Vonage chooses a region for each call. API: `" + api + ".region`.",
				Optional: true,
				PlanModifiers: []planmodifier.String{
					checkedString{schematype.OneOf("na-east", "na-west", "eu-east", "eu-west", "apac-sng", "apac-australia")},
				},
			},
		},
	}
}
