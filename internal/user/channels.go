// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package user

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// channels are where a user can be reached. A kind that is nil is not managed, and an empty one has none. SIP channels have a
// password in the resource only.
type channels[SIP any] struct {
	PSTN      []numberChannel    `tfsdk:"pstn"`
	SMS       []numberChannel    `tfsdk:"sms"`
	MMS       []numberChannel    `tfsdk:"mms"`
	WhatsApp  []numberChannel    `tfsdk:"whatsapp"`
	Viber     []numberChannel    `tfsdk:"viber"`
	SIP       []SIP              `tfsdk:"sip"`
	VBC       []vbcChannel       `tfsdk:"vbc"`
	Websocket []websocketChannel `tfsdk:"websocket"`
	Messenger []messengerChannel `tfsdk:"messenger"`
}

type numberChannel struct {
	Number schematype.MSISDN `tfsdk:"number"`
}

type sipAddress struct {
	URI      types.String `tfsdk:"uri"`
	Username types.String `tfsdk:"username"`
}

type sipChannel struct {
	sipAddress

	Password types.String `tfsdk:"password"`
}

type vbcChannel struct {
	Extension types.String `tfsdk:"extension"`
}

type websocketChannel struct {
	URI         types.String      `tfsdk:"uri"`
	ContentType types.String      `tfsdk:"content_type"`
	Headers     map[string]string `tfsdk:"headers"`
}

type messengerChannel struct {
	ID types.String `tfsdk:"id"`
}

// each maps the entries of a list. A nil list stays nil.
func each[From, To any](entries []From, to func(From) To) []To {
	if entries == nil {
		return nil
	}
	mapped := make([]To, len(entries))
	for i, entry := range entries {
		mapped[i] = to(entry)
	}
	return mapped
}

func channelsToRequest(c *channels[sipChannel]) vonage.UserChannels {
	if c == nil {
		return vonage.UserChannels{}
	}
	number := func(n numberChannel) vonage.NumberChannel {
		return vonage.NumberChannel{Number: n.Number.ValueCanonical()}
	}
	return vonage.UserChannels{
		PSTN: each(c.PSTN, func(n numberChannel) vonage.PSTNChannel { return vonage.PSTNChannel{Number: n.Number.ValueCanonical()} }),
		SMS:  each(c.SMS, number), MMS: each(c.MMS, number), WhatsApp: each(c.WhatsApp, number), Viber: each(c.Viber, number),
		SIP: each(c.SIP, func(s sipChannel) vonage.SIPChannel {
			return vonage.SIPChannel{URI: s.URI.ValueString(), Username: s.Username.ValueString(), Password: s.Password.ValueString()}
		}),
		VBC: each(c.VBC, func(v vbcChannel) vonage.VBCChannel { return vonage.VBCChannel{Extension: v.Extension.ValueString()} }),
		Websocket: each(c.Websocket, func(w websocketChannel) vonage.WebsocketChannel {
			return vonage.WebsocketChannel{URI: w.URI.ValueString(), ContentType: w.ContentType.ValueString(), Headers: vonage.ValuesOf(w.Headers)}
		}),
		Messenger: each(c.Messenger, func(m messengerChannel) vonage.MessengerChannel {
			return vonage.MessengerChannel{ID: m.ID.ValueString()}
		}),
	}
}

// newChannels returns all channels of a user, without kinds that have none; nil if there is none at all.
func newChannels[SIP any](api vonage.UserChannels, newSIP func(vonage.SIPChannel) SIP) *channels[SIP] {
	number := func(n vonage.NumberChannel) numberChannel { return numberChannel{schematype.NewMSISDN(n.Number)} }
	found := channels[SIP]{
		PSTN: some(each(api.PSTN, func(n vonage.PSTNChannel) numberChannel { return numberChannel{schematype.NewMSISDN(n.Number)} })),
		SMS:  some(each(api.SMS, number)), MMS: some(each(api.MMS, number)), WhatsApp: some(each(api.WhatsApp, number)), Viber: some(each(api.Viber, number)),
		SIP: some(each(api.SIP, newSIP)),
		VBC: some(each(api.VBC, func(v vonage.VBCChannel) vbcChannel { return vbcChannel{types.StringValue(v.Extension)} })),
		Websocket: some(each(api.Websocket, func(w vonage.WebsocketChannel) websocketChannel {
			channel := websocketChannel{types.StringValue(w.URI), framework.TextOrNull(w.ContentType), nil}
			if len(w.Headers) > 0 {
				channel.Headers = vonage.TextsOf(w.Headers)
			}
			return channel
		})),
		Messenger: some(each(api.Messenger, func(m vonage.MessengerChannel) messengerChannel { return messengerChannel{types.StringValue(m.ID)} })),
	}
	if found.isEmpty() {
		return nil
	}
	return &found
}

func (c channels[SIP]) isEmpty() bool {
	return c.PSTN == nil && c.SMS == nil && c.MMS == nil && c.WhatsApp == nil && c.Viber == nil && c.SIP == nil && c.VBC == nil && c.Websocket == nil &&
		c.Messenger == nil
}

// some returns a list, nil if it is empty.
func some[T any](entries []T) []T {
	if len(entries) == 0 {
		return nil
	}
	return entries
}

func newSIPAddress(s vonage.SIPChannel) sipAddress {
	return sipAddress{types.StringValue(s.URI), framework.TextOrNull(s.Username)}
}

func newSIPChannel(s vonage.SIPChannel) sipChannel {
	return sipChannel{newSIPAddress(s), framework.TextOrNull(s.Password)}
}

// withoutPasswords leaves out what an import does not take into the state: whether the API returns passwords is undocumented, and the
// configuration that Terraform generates for an import has none.
func withoutPasswords(c *channels[sipChannel]) *channels[sipChannel] {
	if c == nil {
		return nil
	}
	without := *c
	without.SIP = each(c.SIP, func(s sipChannel) sipChannel { return sipChannel{sipAddress: s.sipAddress} })
	return &without
}

// managed returns of the channels found those that prior manages. An entry leaves out what the one in prior leaves out, because
// the API may fill it in; whether it returns passwords is undocumented, and one that it hides stays.
func managed(found, prior *channels[sipChannel]) *channels[sipChannel] {
	if prior == nil {
		return nil
	}
	if found == nil {
		found = &channels[sipChannel]{}
	}
	kept := channels[sipChannel]{
		PSTN: ifManaged(found.PSTN, prior.PSTN), SMS: ifManaged(found.SMS, prior.SMS), MMS: ifManaged(found.MMS, prior.MMS),
		WhatsApp: ifManaged(found.WhatsApp, prior.WhatsApp), Viber: ifManaged(found.Viber, prior.Viber), SIP: ifManaged(found.SIP, prior.SIP),
		VBC: ifManaged(found.VBC, prior.VBC), Websocket: ifManaged(found.Websocket, prior.Websocket), Messenger: ifManaged(found.Messenger, prior.Messenger),
	}
	for i := range min(len(kept.SIP), len(prior.SIP)) {
		now, before := &kept.SIP[i], prior.SIP[i]
		if !now.URI.Equal(before.URI) {
			continue
		}
		if before.Username.IsNull() {
			now.Username = before.Username
		}
		if now.Password.IsNull() || before.Password.IsNull() {
			now.Password = before.Password
		}
	}
	for i := range min(len(kept.Websocket), len(prior.Websocket)) {
		now, before := &kept.Websocket[i], prior.Websocket[i]
		if !now.URI.Equal(before.URI) {
			continue
		}
		if before.ContentType.IsNull() {
			now.ContentType = before.ContentType
		}
		if before.Headers == nil {
			now.Headers = nil
		}
	}
	return &kept
}

// ifManaged returns a list, empty if nothing was found, or nil if it is not managed.
func ifManaged[T any](found, prior []T) []T {
	if prior == nil {
		return nil
	}
	return append([]T{}, found...)
}

const leftAlone = " If left out, channels of this kind are left alone; an empty list removes them."

func channelsAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Where calls and messages reach the user. Each kind is a list; kinds that are left out are left alone. Removing a kind from the configuration removes " +
			"its channels. API: `channels`.",
		Optional: true,
		Attributes: map[string]schema.Attribute{
			"pstn":     numberList("pstn", "Phone numbers for calls."),
			"sms":      numberList("sms", "Phone numbers for SMS."),
			"mms":      numberList("mms", "Phone numbers for MMS."),
			"whatsapp": numberList("whatsapp", "Phone numbers for WhatsApp."),
			"viber":    numberList("viber", "Phone numbers for Viber."),
			"sip": channelList("sip", "SIP addresses.", map[string]schema.Attribute{
				"uri": schema.StringAttribute{
					MarkdownDescription: "The address, which begins with `sip:` or `sips:`. API: `channels.sip[].uri`.",
					Required:            true,
					Validators:          []validator.String{schematype.Check("SIP address", "an address such as sip:alice@example.com", checkSIPAddress)},
				},
				"username": schema.StringAttribute{
					MarkdownDescription: "The name that Vonage signs in with. None by default. API: `channels.sip[].username`.",
					Optional:            true,
					Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
				},
				"password": schema.StringAttribute{
					MarkdownDescription: "The password that Vonage signs in with. It is stored in the state, once the configuration has it: an import leaves it out. If the API does " +
						"not return it, changes that others make to it are not noticed. If left out, a password is left alone; removing it from the configuration unsets it. API: `channels.sip[].password`.",
					Optional: true, Sensitive: true,
					Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				},
			}),
			"vbc": channelList("vbc", "Extensions of Vonage Business Communications.", map[string]schema.Attribute{
				"extension": schema.StringAttribute{
					MarkdownDescription: "The extension. API: `channels.vbc[].extension`.",
					Required:            true,
					Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
				},
			}),
			"websocket": channelList("websocket", "Websockets to which the audio of calls is sent.", map[string]schema.Attribute{
				"uri": schema.StringAttribute{
					MarkdownDescription: "The address, which begins with `wss://` or `ws://`. API: `channels.websocket[].uri`.",
					Required:            true,
					Validators:          []validator.String{schematype.Check("websocket address", "a wss:// or ws:// URL", checkWebsocketURL)},
				},
				"content_type": schema.StringAttribute{
					MarkdownDescription: "The format of the audio: `audio/l16;rate=8000`, `audio/l16;rate=16000` or `audio/l16;rate=24000`. By default Vonage chooses it. " +
						"API: `channels.websocket[].content-type`.",
					Optional:   true,
					Validators: []validator.String{schematype.OneOf("audio/l16;rate=8000", "audio/l16;rate=16000", "audio/l16;rate=24000")},
				},
				"headers": schema.MapAttribute{
					MarkdownDescription: "Data that the websocket's server gets with the first message. None by default. API: `channels.websocket[].headers`.",
					ElementType:         types.StringType,
					Optional:            true,
					Validators:          []validator.Map{mapvalidator.SizeAtLeast(1), mapvalidator.NoNullValues()},
				},
			}),
			"messenger": channelList("messenger", "Accounts of Facebook Messenger.", map[string]schema.Attribute{
				"id": schema.StringAttribute{
					MarkdownDescription: "The account's id. API: `channels.messenger[].id`.",
					Required:            true,
					Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
				},
			}),
		},
	}
}

func channelList(kind, what string, attributes map[string]schema.Attribute) schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		MarkdownDescription: what + leftAlone + " API: `channels." + kind + "`.",
		Optional:            true,
		Validators:          []validator.List{listvalidator.NoNullValues()},
		NestedObject:        schema.NestedAttributeObject{Attributes: attributes},
	}
}

func numberList(kind, what string) schema.ListNestedAttribute {
	return channelList(kind, what, map[string]schema.Attribute{
		"number": schema.StringAttribute{
			MarkdownDescription: "The number in international form; spaces and a leading `+` make no difference. API: `channels." + kind + "[].number`.",
			CustomType:          schematype.MSISDNType{},
			Required:            true,
			Validators:          []validator.String{schematype.Valid[schematype.MSISDNMeaning]()},
			PlanModifiers:       []planmodifier.String{schematype.KeepEquivalent()},
		},
	})
}

// sipAddressForm is the pattern of the API's description (Users API v1, with the Application API 2.4.1).
var sipAddressForm = regexp.MustCompile(`^(sip|sips):\+?[\w|:.\-@;,=%&]+`)

func checkSIPAddress(text string) error {
	if !sipAddressForm.MatchString(text) || strings.ContainsAny(text, " \t\r\n") {
		return errors.New("a SIP address begins with sip: or sips:, such as sip:alice@example.com")
	}
	return nil
}

func checkWebsocketURL(text string) error {
	for _, scheme := range []string{"wss", "ws"} {
		if rest, is := strings.CutPrefix(text, scheme+"://"); is {
			return schematype.CheckHTTPURL(strings.Replace(scheme, "ws", "http", 1) + "://" + rest)
		}
	}
	return fmt.Errorf("the URL must begin with %s or %s", "wss://", "ws://")
}
