// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func (r *resource) MoveState(context.Context) []fwresource.StateMover {
	return []fwresource.StateMover{{StateMover: moveFromRESTAPI}}
}

// restObject is the part of a restapi_object's state that identifies the application
// (https://github.com/Mastercard/terraform-provider-restapi).
type restObject struct {
	ID             string `json:"id"`
	Path           string `json:"path"`
	APIResponse    string `json:"api_response"`
	CreateResponse string `json:"create_response"`
}

// moveFromRESTAPI moves an application that was managed as a restapi_object, whichever registry its provider came from.
// Everything but the id and the key pair is read by the refresh that follows.
func moveFromRESTAPI(ctx context.Context, req fwresource.MoveStateRequest, resp *fwresource.MoveStateResponse) {
	if !strings.HasSuffix("/"+strings.ToLower(req.SourceProviderAddress), "/mastercard/restapi") || req.SourceTypeName != "restapi_object" {
		return // the framework reports that this source is not supported
	}
	const summary = "Unable to move restapi_object to vonage_application"
	var source restObject
	if err := json.Unmarshal(req.SourceRawState.JSON, &source); err != nil {
		resp.Diagnostics.AddError(summary, "The state of the source cannot be read: "+err.Error()+".")
		return
	}
	if strings.Trim(source.Path, "/") != "v2/applications" {
		resp.Diagnostics.AddError(summary, "Its path is "+vonage.Quote(source.Path)+"; applications are objects of /v2/applications.")
		return
	}
	if source.ID == "" {
		resp.Diagnostics.AddError(summary, "Its state has no id.")
		return
	}
	id := strings.ToLower(source.ID)
	resp.Diagnostics.Append(resp.TargetState.SetAttribute(ctx, path.Root("id"), id)...)
	if resp.TargetIdentity != nil {
		resp.Diagnostics.Append(resp.TargetIdentity.SetAttribute(ctx, path.Root("id"), id)...)
	}
	created := keysIn(source.CreateResponse)
	public := created.PublicKey
	if read := keysIn(source.APIResponse); read.PublicKey != "" {
		public = read.PublicKey
	}
	if isPair(created.PrivateKey, public) {
		resp.Diagnostics.Append(resp.TargetState.SetAttribute(ctx, path.Root("private_key"), created.PrivateKey)...)
		resp.Diagnostics.Append(resp.TargetState.SetAttribute(ctx, path.Root("public_key"), public)...)
	}
}

// keysIn returns the keys in a stored response, or none if it is not the JSON of an application.
func keysIn(answer string) vonage.Keys {
	var app struct { // the rest may be of types that vonage.Application does not have
		Keys vonage.Keys `json:"keys"`
	}
	if err := json.Unmarshal([]byte(answer), &app); err != nil {
		return vonage.Keys{}
	}
	return app.Keys
}
