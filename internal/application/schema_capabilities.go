// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

func capabilityAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"voice":        voiceAttribute(),
		"messages":     messagesAttribute(),
		"rtc":          rtcAttribute(),
		"verify":       verifyAttribute(),
		"video":        videoAttribute(),
		"network_apis": networkAPIsAttribute(),
		"vbc": schema.SingleNestedAttribute{
			MarkdownDescription: "Vonage Business Communications (VBC). It has no settings: `vbc = {}` turns it on. Off by default. API: `capabilities.vbc`.",
			Optional:            true,
			Attributes:          map[string]schema.Attribute{},
		},
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

func rtcAttribute() schema.SingleNestedAttribute {
	const api = "capabilities.rtc"
	return schema.SingleNestedAttribute{
		MarkdownDescription: "In-app voice and messaging (Conversation API, Client SDK). Off by default. API: `" + api + "`.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"event_url": webhookForm{
				purpose: "Webhook that receives the events of conversations.", api: api + ".webhooks.event_url", methods: []string{methodPost, methodGet},
			}.attribute(),
			"signed_callbacks": signedCallbacksAttribute(api + ".signed_callbacks"),
		},
	}
}

func verifyAttribute() schema.SingleNestedAttribute {
	const api = "capabilities.verify"
	return schema.SingleNestedAttribute{
		MarkdownDescription: "User verification (Verify v2). Off by default. API: `" + api + "`.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"status_url": webhookForm{
				purpose: "Webhook that receives the progress of verifications.", api: api + ".webhooks.status_url", methods: []string{methodPost},
			}.attribute(),
		},
	}
}

func networkAPIsAttribute() schema.SingleNestedAttribute {
	const api = "capabilities.network_apis"
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Network APIs of mobile operators, such as SIM swap and number verification. Off by default. API: `" + api + "`.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"network_application_id": schema.StringAttribute{
				MarkdownDescription: "Id of the application in the operators' network registry; not a Vonage application id. None by default. API: `" + api +
					".network_application_id`.",
				Optional:   true,
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"redirect_uri": schema.StringAttribute{
				MarkdownDescription: "Absolute `https://` or `http://` URL to which the operator redirects the user's browser. None by default. API: `" + api +
					".redirect_uri`.",
				Optional:   true,
				Validators: []validator.String{schematype.HTTPURL()},
			},
		},
	}
}

func signedCallbacksAttribute(api string) schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: "Whether webhooks carry a signed JWT, so that your server can tell them from forged ones. Default: set by Vonage, " +
			"`true` for new applications. API: `" + api + "`.",
		Optional: true, Computed: true,
		PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseNonNullStateForUnknown()},
	}
}
