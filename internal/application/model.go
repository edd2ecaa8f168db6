// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// model is the plan or state of a vonage_application.
type model struct {
	settings

	Video              *video               `tfsdk:"video"`
	PublicKeyWO        schematype.PublicKey `tfsdk:"public_key_wo"`
	PublicKeyWOVersion schematype.Int64     `tfsdk:"public_key_wo_version"`
	PrivateKey         types.String         `tfsdk:"private_key"`
	KeyVersion         types.String         `tfsdk:"key_version"`
	Timeouts           timeouts.Value       `tfsdk:"timeouts"`
}

// settings are the attributes that the resource and the data sources share. Video is not included, because the data
// sources do not show its secrets.
type settings struct {
	capabilities

	ID        types.String         `tfsdk:"id"`
	Name      types.String         `tfsdk:"name"`
	ImproveAI types.Bool           `tfsdk:"improve_ai"`
	PublicKey schematype.PublicKey `tfsdk:"public_key"`
}

// toRequest returns the application to send. Null and unknown values are omitted, so that the server decides. The key is
// public_key_wo if the caller has set it in the model, else public_key.
func (m model) toRequest() vonage.Application {
	app := vonage.Application{
		ID:           m.ID.ValueString(),
		Name:         m.Name.ValueString(),
		Capabilities: m.capabilities.toRequest(),
	}
	app.Capabilities.Video = m.Video.toRequest()
	if improve := boolToRequest(m.ImproveAI); improve != nil {
		app.Privacy = &vonage.Privacy{ImproveAI: improve}
	}
	app.Keys.PublicKey = m.PublicKey.ValueCanonical()
	if !m.PublicKeyWO.IsNull() {
		app.Keys.PublicKey = m.PublicKeyWO.ValueCanonical()
	}
	return app
}

// newModel converts an application from a response. prior is the state when reading and the plan when writing. It
// provides what the API does not store or return, and the line breaks in the key.
func newModel(app vonage.Application, prior model) model {
	next := prior
	next.settings = newSettings(app, prior.settings)
	next.Video = newVideo(app.Capabilities.Video, prior.Video)
	next.PublicKeyWO = schematype.PublicKey{}
	if !prior.PublicKeyWOVersion.IsNull() && prior.PublicKey.IsNull() {
		next.PublicKey = schematype.PublicKey{} // a key set by public_key_wo stays out of the state
	}
	if prior.PrivateKey.IsUnknown() || !isPair(prior.PrivateKey.ValueString(), next.PublicKey.ValueString()) {
		next.PrivateKey = types.StringNull() // no longer of use
	}
	return next
}

// newWrittenModel converts an application after a write. A secret that Vonage generated was not planned; the next refresh
// shows it.
func newWrittenModel(app vonage.Application, plan model) model {
	next := newModel(app, plan)
	if next.Video == nil || plan.Video == nil {
		return next
	}
	for event, hook := range next.Video.Webhooks {
		if planned, ok := plan.Video.Webhooks[event]; ok {
			hook.Secret = planned.Secret
			next.Video.Webhooks[event] = hook
		}
	}
	return next
}

func newSettings(app vonage.Application, prior settings) settings {
	next := settings{
		capabilities: newCapabilities(app.Capabilities),
		ID:           types.StringValue(app.ID),
		Name:         types.StringValue(app.Name),
		PublicKey:    newPublicKey(app.Keys.PublicKey, prior.PublicKey),
	}
	// A response without privacy says nothing about it (such as the response to an update captured by the Python SDK).
	if app.Privacy != nil && app.Privacy.ImproveAI != nil {
		next.ImproveAI = types.BoolPointerValue(app.Privacy.ImproveAI)
	} else if !prior.ImproveAI.IsUnknown() {
		next.ImproveAI = prior.ImproveAI
	}
	return next
}
