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

// setOwnSecrets stores the events whose secret was set by the configuration: those whose secret the plan changed, and
// those of before that still have one. The plan tells this and the configuration does not, because the one of an apply
// also has the attributes in ignore_changes as they are written.
func setOwnSecrets(ctx context.Context, private framework.PrivateWriter, plan, state model, before []string, diags *diag.Diagnostics) {
	var events []string
	for event, hook := range plan.Video.secrets() {
		if slices.Contains(before, event) || hook != state.Video.secrets()[event] {
			events = append(events, event)
		}
	}
	slices.Sort(events)
	ownSecretsMarker.Set(ctx, private, events, diags)
}

// secrets returns the secrets by event.
func (v *video) secrets() map[string]string {
	secrets := map[string]string{}
	if v == nil {
		return secrets
	}
	for event, hook := range v.Webhooks {
		if secret := hook.Secret.ValueString(); secret != "" {
			secrets[event] = secret
		}
	}
	return secrets
}
