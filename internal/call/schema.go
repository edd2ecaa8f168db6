// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package call

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

func newSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Places a call through the Voice API and waits until it is answered, to test that a number, an application and its webhooks " +
			"work together. The action reports the progress of the call as it happens.\n\n" +
			"Calls cost money. The action never places a call twice: if Vonage's confirmation is lost, the action fails and the call may have been placed. " +
			"If the action stops waiting before the call ends, the call continues. An interrupt ends the waiting as well; Terraform then reports neither a " +
			"status nor an error of the action. The action needs the `application_id` and `private_key` (or `jwt`) of the " +
			"application that places the call, and no API key.",
		Attributes: map[string]schema.Attribute{
			"to": callEndpointAttribute(),
			"from": schema.StringAttribute{
				Optional:   true,
				CustomType: schematype.MSISDNType{},
				Validators: []validator.String{schematype.Valid[schematype.MSISDNMeaning]()},
				MarkdownDescription: "Number that the call comes from, in E.164 format: one that the account rents. " +
					"Set either this or `random_from_number`. API: `from.number`.",
			},
			"random_from_number": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether the call comes from a random one of the application's numbers. Default: `false`. API: `random_from_number`.",
			},
			"ncco": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "NCCO that says what happens in the call, as a JSON list of actions; write it with the function `ncco`. It is checked like the " +
					"arguments of that function, but anything undocumented is only a warning and is sent. Set either this or `answer_url`. API: `ncco`.",
				Validators: []validator.String{schematype.Check("NCCO", "a JSON list of actions", checkNCCO)},
			},
			"answer_url": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "URL of the webhook from which Vonage fetches the NCCO once the call is answered. Set either this or `ncco`. API: `answer_url[0]`.",
				Validators:          []validator.String{schematype.HTTPURL()},
			},
			"answer_method": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "HTTP method with which Vonage calls `answer_url`: `GET` (default) or `POST`. API: `answer_method`.",
				Validators:          []validator.String{httpMethod, stringvalidator.AlsoRequires(path.MatchRoot("answer_url"))},
			},
			"event_url": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "URL of the webhook to which Vonage reports the progress of the call. Default: the `event_url` of the application. API: `event_url[0]`.",
				Validators:          []validator.String{schematype.HTTPURL()},
			},
			"event_method": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "HTTP method with which Vonage calls `event_url`: `POST` (default) or `GET`. API: `event_method`.",
				Validators:          []validator.String{httpMethod, stringvalidator.AlsoRequires(path.MatchRoot("event_url"))},
			},
			"machine_detection": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "What Vonage does if an answering machine answers: `continue` or `hangup`. Default: no machine detection. " +
					"API: `machine_detection`.",
				Validators: []validator.String{schematype.OneOf("continue", "hangup")},
			},
			"advanced_machine_detection": advancedMachineDetectionAttribute(),
			"length_timer": schema.Int64Attribute{
				CustomType:          schematype.Int64Type{},
				Optional:            true,
				MarkdownDescription: "Maximum duration of the call once answered, in seconds: 1 to 86400. Default: 7200. API: `length_timer`.",
				Validators:          []validator.Int64{int64validator.Between(1, 86400)},
			},
			"ringing_timer": schema.Int64Attribute{
				CustomType:          schematype.Int64Type{},
				Optional:            true,
				MarkdownDescription: "Maximum ringing time, in seconds: 1 to 120. Default: 60. API: `ringing_timer`.",
				Validators:          []validator.Int64{int64validator.Between(1, 120)},
			},
			"wait_for": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Status for which the action waits: `started` (the call was placed), `ringing`, `answered` (default; also by a machine) or `completed`. " +
					"If the call ends without it, the action fails. Not part of the API.",
				Validators: []validator.String{schematype.OneOf("started", "ringing", "answered", "completed")},
			},
			"timeout": schema.StringAttribute{
				Optional:            true,
				CustomType:          schematype.DurationType{},
				Validators:          []validator.String{schematype.Valid[schematype.DurationMeaning]()},
				MarkdownDescription: "How long to wait for the status in `wait_for`, such as `90s`; more than zero. Default: `2m`. Not part of the API.",
			},
		},
	}
}

func advancedMachineDetectionAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Advanced machine detection, which tells machines from people by the audio. Conflicts with `machine_detection`. " +
			"Default: no machine detection. API: `advanced_machine_detection`.",
		Validators: []validator.Object{objectvalidator.ConflictsWith(path.MatchRoot("machine_detection"))},
		Attributes: map[string]schema.Attribute{
			"behavior": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "What Vonage does if a machine answers: `continue` or `hangup`. Default: set by Vonage. API: `advanced_machine_detection.behavior`.",
				Validators:          []validator.String{schematype.OneOf("continue", "hangup")},
			},
			"mode": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "What Vonage detects: `detect` (whether a machine answered), `detect_beep` (its beep as well) or `default`. " +
					"Default: set by Vonage. API: `advanced_machine_detection.mode`.",
				Validators: []validator.String{schematype.OneOf("default", "detect", "detect_beep")},
			},
			"beep_timeout": schema.Int64Attribute{
				CustomType: schematype.Int64Type{},
				Optional:   true,
				MarkdownDescription: "Maximum time to wait for the beep, in seconds: 45 to 120. Default: set by Vonage. " +
					"API: `advanced_machine_detection.beep_timeout`.",
				Validators: []validator.Int64{int64validator.Between(45, 120)},
			},
		},
	}
}

var httpMethod = schematype.OneOf("GET", "POST")

func callEndpointAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Required:            true,
		MarkdownDescription: "Endpoint to call. API: `to[0]`.",
		Attributes: map[string]schema.Attribute{
			"type": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Type of the endpoint: `phone` (default), `sip`, `websocket`, `app` or `vbc`. API: `to[0].type`.",
				Validators:          []validator.String{schematype.OneOf("phone", "sip", "websocket", "app", "vbc")},
			},
			"number": schema.StringAttribute{
				Optional:            true,
				CustomType:          schematype.MSISDNType{},
				Validators:          []validator.String{schematype.Valid[schematype.MSISDNMeaning]()},
				MarkdownDescription: "Phone number, in E.164 format; required for `phone`. API: `to[0].number`.",
			},
			"dtmf_answer": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "DTMF digits to send once the phone is answered: `0` to `9`, `*`, `#`, and `p` for a pause of half a second; only for `phone`. Default: none. " +
					"API: `to[0].dtmfAnswer`.",
				Validators: []validator.String{schematype.Matches(dtmfKeys, "may hold 0 to 9, *, # and p only")},
			},
			"uri": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "URI; required for `sip` (`sip:…` or `sips:…`) and `websocket` (`wss://…` or `ws://…`). API: `to[0].uri`.",
			},
			"headers": schema.MapAttribute{
				Optional:            true,
				ElementType:         types.StringType,
				MarkdownDescription: "Headers to send, for `sip` (Vonage prefixes their names with `X-`) and `websocket`. Default: none. API: `to[0].headers`.",
				Validators:          []validator.Map{mapvalidator.NoNullValues()},
			},
			"content_type": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Audio format, required for `websocket`: `audio/l16;rate=8000`, `audio/l16;rate=16000` or " +
					"`audio/l16;rate=24000`. API: `to[0].content-type`.",
				Validators: []validator.String{schematype.OneOf("audio/l16;rate=8000", "audio/l16;rate=16000", "audio/l16;rate=24000")},
			},
			"user": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Name of the Client SDK user; required for `app`. API: `to[0].user`.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"extension": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Extension in Vonage Business Communications; required for `vbc`. API: `to[0].extension`.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"shaken": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "STIR/SHAKEN `Identity` header to send, for callers who sign their own calls; only for `phone`. " +
					"Default: none. API: `to[0].shaken`.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"standard_headers": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: "Headers whose names do not begin with `X-`; only for `sip`. Default: none. API: `to[0].standard_headers`.",
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

// checkNCCO checks the rules that hold for every NCCO; violations of other rules only cause a warning.
func checkNCCO(text string) error {
	var actions []struct {
		Action string `json:"action"`
	}
	if json.Unmarshal([]byte(text), &actions) != nil || len(actions) == 0 {
		return errors.New("the NCCO must be a JSON list of actions, as the function ncco returns it")
	}
	for _, action := range actions {
		if action.Action == "" {
			return errors.New("the NCCO has an entry that does not name its action")
		}
	}
	return nil
}
