// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"encoding/json"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/objectvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

func newCallSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Places a call through the Voice API and waits until somebody answers it, to see that a number, an application and its webhooks " +
			"work together. The progress of the call is reported as it happens.\n\n" +
			"Calls cost money. A call is placed once and never again: where Vonage's confirmation is lost, that is an error and the call may have been placed. " +
			"When waiting ends before the call does, the call goes on. An interrupt ends the waiting as well; Terraform then reports neither a " +
			"status nor an error of the action. Needs Terraform 1.14 and the `application_id` and `private_key` (or `jwt`) of the " +
			"application that calls, and no API key.",
		Attributes: map[string]schema.Attribute{
			"to": callEndpointAttribute(),
			"from": schema.StringAttribute{
				Optional:   true,
				CustomType: schematype.MSISDNType{},
				MarkdownDescription: "Number that the call comes from: one of the account's own, in E.164 format. " +
					"Either this or `random_from_number` is needed. API: `from.number`.",
			},
			"random_from_number": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether the call comes from any of the application's numbers. Default: `false`. API: `random_from_number`.",
			},
			"ncco": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "What is to happen in the call, as a JSON list of actions; the function `ncco` writes it. It is checked like " +
					"the function's actions, but what is not documented is sent, with a warning. Either this or `answer_url` is needed. API: `ncco`.",
				Validators: []validator.String{schematype.Check("NCCO", "a JSON list of actions", refuseNoNCCO)},
			},
			"answer_url": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Where Vonage asks what is to happen in the call, once it is answered. Either this or `ncco` is needed. API: `answer_url[0]`.",
				Validators:          []validator.String{schematype.HTTPURL()},
			},
			"answer_method": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "HTTP method to ask with: `GET` (default) or `POST`. API: `answer_method`.",
				Validators:          []validator.String{httpMethod, stringvalidator.AlsoRequires(path.MatchRoot("answer_url"))},
			},
			"event_url": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Where Vonage reports the progress of the call. Default: the `event_url` of the application. API: `event_url[0]`.",
				Validators:          []validator.String{schematype.HTTPURL()},
			},
			"event_method": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "HTTP method to report with: `POST` (default) or `GET`. API: `event_method`.",
				Validators:          []validator.String{httpMethod, stringvalidator.AlsoRequires(path.MatchRoot("event_url"))},
			},
			"machine_detection": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "What happens when a machine answers: `continue` or `hangup`. Default: machines are not told from people. " +
					"API: `machine_detection`.",
				Validators: []validator.String{stringvalidator.OneOf("continue", "hangup")},
			},
			"advanced_machine_detection": advancedMachineDetectionAttribute(),
			"length_timer": schema.Int64Attribute{
				CustomType:          schematype.WholeType{},
				Optional:            true,
				MarkdownDescription: "Longest duration of the call after the answer, in seconds: 1 to 86400. Default: 7200. API: `length_timer`.",
				Validators:          []validator.Int64{int64validator.Between(1, 86400)},
			},
			"ringing_timer": schema.Int64Attribute{
				CustomType:          schematype.WholeType{},
				Optional:            true,
				MarkdownDescription: "Longest time to let it ring, in seconds: 1 to 120. Default: 60. API: `ringing_timer`.",
				Validators:          []validator.Int64{int64validator.Between(1, 120)},
			},
			"wait_for": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "How far the call has to come: `started` (it was placed), `ringing`, `answered` (default; also by a machine) or `completed`. " +
					"A call that ends before that is an error. Not part of the API.",
				Validators: []validator.String{stringvalidator.OneOf("started", "ringing", "answered", "completed")},
			},
			"timeout": schema.StringAttribute{
				Optional:            true,
				CustomType:          schematype.DurationType{},
				MarkdownDescription: "How long to wait for that, such as `90s`; more than zero. Default: `2m`. Not part of the API.",
			},
		},
	}
}

func advancedMachineDetectionAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Tells machines from people by what is heard; instead of `machine_detection`. Default: machines are not told " +
			"from people. API: `advanced_machine_detection`.",
		Validators: []validator.Object{objectvalidator.ConflictsWith(path.MatchRoot("machine_detection"))},
		Attributes: map[string]schema.Attribute{
			"behavior": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "What happens when a machine answers: `continue` or `hangup`. Default: Vonage's. API: `advanced_machine_detection.behavior`.",
				Validators:          []validator.String{stringvalidator.OneOf("continue", "hangup")},
			},
			"mode": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "What is waited for: `detect` (who answered), `detect_beep` (the machine's beep as well) or `default`. " +
					"Default: Vonage's. API: `advanced_machine_detection.mode`.",
				Validators: []validator.String{stringvalidator.OneOf("default", "detect", "detect_beep")},
			},
			"beep_timeout": schema.Int64Attribute{
				CustomType: schematype.WholeType{},
				Optional:   true,
				MarkdownDescription: "Longest time to wait for the beep, in seconds: 45 to 120. Default: Vonage's. " +
					"API: `advanced_machine_detection.beep_timeout`.",
				Validators: []validator.Int64{int64validator.Between(45, 120)},
			},
		},
	}
}

var httpMethod = stringvalidator.OneOf("GET", "POST")

func callEndpointAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Required:            true,
		MarkdownDescription: "Whom to call. API: `to[0]`.",
		Attributes: map[string]schema.Attribute{
			"type": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "`phone` (default), `sip`, `websocket`, `app` or `vbc`. API: `to[0].type`.",
				Validators:          []validator.String{stringvalidator.OneOf("phone", "sip", "websocket", "app", "vbc")},
			},
			"number": schema.StringAttribute{
				Optional:            true,
				CustomType:          schematype.MSISDNType{},
				MarkdownDescription: "The phone number, in E.164 format; needed by `phone`. API: `to[0].number`.",
			},
			"dtmf_answer": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Keys to press once the phone is answered: digits, `*`, `#`, and `p` for a pause of half a second; for `phone`. Default: none. " +
					"API: `to[0].dtmfAnswer`.",
				Validators: []validator.String{stringvalidator.RegexMatches(dtmfKeys, "may hold 0 to 9, *, # and p only")},
			},
			"uri": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The address; needed by `sip` (`sip:…` or `sips:…`) and `websocket` (`wss://…` or `ws://…`). API: `to[0].uri`.",
			},
			"headers": schema.MapAttribute{
				Optional:            true,
				ElementType:         types.StringType,
				MarkdownDescription: "Headers to send along, for `sip` (there with `X-` before their names) and `websocket`. Default: none. API: `to[0].headers`.",
				Validators:          []validator.Map{mapvalidator.NoNullValues()},
			},
			"content_type": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Format of the audio, needed by `websocket`: `audio/l16;rate=8000`, `audio/l16;rate=16000` or " +
					"`audio/l16;rate=24000`. API: `to[0].content-type`.",
				Validators: []validator.String{stringvalidator.OneOf("audio/l16;rate=8000", "audio/l16;rate=16000", "audio/l16;rate=24000")},
			},
			"user": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Name of the user of the Client SDK; needed by `app`. API: `to[0].user`.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"extension": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The extension in Vonage Business Communications; needed by `vbc`. API: `to[0].extension`.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"shaken": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The STIR/SHAKEN `Identity` header to send, for callers who attest their calls themselves; for `phone`. " +
					"Default: none. API: `to[0].shaken`.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"standard_headers": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: "Headers whose names do not begin with `X-`, for `sip`. Default: none. API: `to[0].standard_headers`.",
				Attributes: map[string]schema.Attribute{
					"user_to_user": schema.StringAttribute{
						Required:            true,
						MarkdownDescription: "The header `User-to-User` (RFC 7433), 1 to 256 characters. API: `to[0].standard_headers.User-to-User`.",
						Validators:          []validator.String{stringvalidator.LengthBetween(1, 256)},
					},
				},
			},
		},
	}
}

// refuseNoNCCO wants what every NCCO is. Of the rest users are only warned.
func refuseNoNCCO(text string) error {
	var actions []struct {
		Action string `json:"action"`
	}
	if json.Unmarshal([]byte(text), &actions) != nil || len(actions) == 0 {
		return errors.New("the NCCO must be a JSON list of actions, as the function ncco gives it")
	}
	for _, action := range actions {
		if action.Action == "" {
			return errors.New("the NCCO has an entry that does not name its action")
		}
	}
	return nil
}
