// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
)

// The configuration that Terraform generates for an import has null for every secret. A video secret that the
// configuration omits must therefore be cleared only if the configuration had it before. The state shows that there is a
// secret, not whose it is.

// ownSecretsMarker stores the events whose secret the configuration had.
var ownSecretsMarker = framework.Marker[[]string]{
	Key: "own_secrets", Noun: "application", Tells: "which video secrets the configuration has set",
}

// keepForeignSecret keeps a secret that the configuration never had, and clears one that was removed from it.
type keepForeignSecret struct{}

func (keepForeignSecret) Description(context.Context) string {
	return "a secret that was not set by the configuration is kept"
}

func (m keepForeignSecret) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (keepForeignSecret) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.ConfigValue.IsNull() {
		return
	}
	resp.PlanValue = req.StateValue
	event, _ := req.Path.ParentPath().Steps().LastStep()
	if key, ok := event.(path.PathStepElementKeyString); ok &&
		slices.Contains(ownSecretsMarker.Get(ctx, req.Private, &resp.Diagnostics), string(key)) {
		resp.PlanValue = types.StringNull()
	}
}

// setOwnSecrets stores the events whose secret is in the configuration.
func setOwnSecrets(ctx context.Context, private framework.PrivateWriter, config attributes, diags *diag.Diagnostics) {
	var configured *video
	diags.Append(config.GetAttribute(ctx, path.Root("video"), &configured)...)
	if configured == nil {
		configured = &video{}
	}
	var events []string
	for event, hook := range configured.Webhooks {
		if !hook.Secret.IsNull() {
			events = append(events, event)
		}
	}
	slices.Sort(events)
	ownSecretsMarker.Set(ctx, private, events, diags)
}
