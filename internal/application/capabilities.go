// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// capabilities are those of an application that the resource and the data sources share. Video is not among them,
// because the data sources do not show its secrets.
type capabilities struct {
	Voice       *voice       `tfsdk:"voice"`
	Messages    *messages    `tfsdk:"messages"`
	RTC         *rtc         `tfsdk:"rtc"`
	Verify      *verify      `tfsdk:"verify"`
	NetworkAPIs *networkAPIs `tfsdk:"network_apis"`
	VBC         *vbc         `tfsdk:"vbc"`
}

// capabilityAttributes has every capability, video included. The filters and their documentation take the names from it.
func capabilityAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"voice":        voiceAttribute(),
		"messages":     messagesAttribute(),
		"rtc":          rtcAttribute(),
		"verify":       verifyAttribute(),
		"video":        videoAttribute(),
		"network_apis": networkAPIsAttribute(),
		"vbc":          vbcAttribute(),
	}
}

func capabilityNames() []string { return slices.Sorted(maps.Keys(capabilityAttributes())) }

func (c capabilities) toRequest() vonage.Capabilities {
	return vonage.Capabilities{
		Voice:       c.Voice.toRequest(),
		Messages:    c.Messages.toRequest(),
		RTC:         c.RTC.toRequest(),
		Verify:      c.Verify.toRequest(),
		NetworkAPIs: c.NetworkAPIs.toRequest(),
		VBC:         c.VBC.toRequest(),
	}
}

func newCapabilities(api vonage.Capabilities) capabilities {
	return capabilities{
		Voice:       newVoice(api.Voice),
		Messages:    newMessages(api.Messages),
		RTC:         newRTC(api.RTC),
		Verify:      newVerify(api.Verify),
		NetworkAPIs: newNetworkAPIs(api.NetworkAPIs),
		VBC:         newVBC(api.VBC),
	}
}

type rtc struct {
	EventURL        *webhook   `tfsdk:"event_url"`
	SignedCallbacks types.Bool `tfsdk:"signed_callbacks"`
}

type verify struct {
	StatusURL *webhook `tfsdk:"status_url"`
}

type networkAPIs struct {
	NetworkApplicationID types.String `tfsdk:"network_application_id"`
	RedirectURI          types.String `tfsdk:"redirect_uri"`
}

func (r *rtc) toRequest() *vonage.RTC {
	if r == nil {
		return nil
	}
	return &vonage.RTC{
		Webhooks:        vonage.RTCWebhooks{EventURL: r.EventURL.toRequest()},
		SignedCallbacks: boolToRequest(r.SignedCallbacks),
	}
}

func newRTC(api *vonage.RTC) *rtc {
	if api == nil {
		return nil
	}
	return &rtc{
		EventURL:        newWebhook(api.Webhooks.EventURL, methodPost),
		SignedCallbacks: types.BoolPointerValue(api.SignedCallbacks),
	}
}

func (v *verify) toRequest() *vonage.Verify {
	if v == nil {
		return nil
	}
	return &vonage.Verify{Webhooks: vonage.VerifyWebhooks{StatusURL: v.StatusURL.toRequest()}}
}

func newVerify(api *vonage.Verify) *verify {
	if api == nil {
		return nil
	}
	return &verify{StatusURL: newWebhook(api.Webhooks.StatusURL, methodPost)}
}

func (n *networkAPIs) toRequest() *vonage.NetworkAPIs {
	if n == nil {
		return nil
	}
	return &vonage.NetworkAPIs{
		NetworkApplicationID: n.NetworkApplicationID.ValueString(),
		RedirectURI:          n.RedirectURI.ValueString(),
	}
}

func newNetworkAPIs(api *vonage.NetworkAPIs) *networkAPIs {
	if api == nil {
		return nil
	}
	return &networkAPIs{NetworkApplicationID: framework.TextOrNull(api.NetworkApplicationID), RedirectURI: framework.TextOrNull(api.RedirectURI)}
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

// vbc is a capability without settings: its presence turns it on.
type vbc struct{}

func (v *vbc) toRequest() *vonage.VBC {
	if v == nil {
		return nil
	}
	return &vonage.VBC{}
}

func newVBC(api *vonage.VBC) *vbc {
	if api == nil {
		return nil
	}
	return &vbc{}
}

func vbcAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Vonage Business Communications (VBC). It has no settings: `vbc = {}` turns it on. Off by default. API: `capabilities.vbc`.",
		Optional:            true,
		Attributes:          map[string]schema.Attribute{},
	}
}
