// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// leftOutMarker stores which capabilities were sent as empty objects and never returned by the API since: whether they
// are on cannot be determined, so they stay as configured. The state does not show that the API has not returned them.
var leftOutMarker = framework.Marker[[]string]{Key: "left_out", Noun: "application", Tells: "which capabilities Vonage has left out of its answers"}

type voice struct {
	AnswerURL          *voiceWebhook    `tfsdk:"answer_url"`
	FallbackAnswerURL  *voiceWebhook    `tfsdk:"fallback_answer_url"`
	EventURL           *voiceWebhook    `tfsdk:"event_url"`
	SignedCallbacks    types.Bool       `tfsdk:"signed_callbacks"`
	ConversationsTTL   schematype.Int64 `tfsdk:"conversations_ttl"`
	LegPersistenceTime schematype.Int64 `tfsdk:"leg_persistence_time"`
	Region             types.String     `tfsdk:"region"`
}

type messages struct {
	InboundURL               *webhook     `tfsdk:"inbound_url"`
	StatusURL                *webhook     `tfsdk:"status_url"`
	Version                  types.String `tfsdk:"version"`
	AuthenticateInboundMedia types.Bool   `tfsdk:"authenticate_inbound_media"`
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
		Region:             textOrNull(api.Region),
	}
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
		Version:                  textOrNull(api.Version),
		AuthenticateInboundMedia: types.BoolPointerValue(api.AuthenticateInboundMedia),
	}
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
	return &networkAPIs{NetworkApplicationID: textOrNull(api.NetworkApplicationID), RedirectURI: textOrNull(api.RedirectURI)}
}
