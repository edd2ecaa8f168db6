// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// video has webhooks and storage in every state. If the API omits them, webhooks are empty and storage has the default
// values, so that a configuration may either set these or omit them. Storage is an object because it can be unknown as a
// whole in a plan.
type video struct {
	Webhooks map[string]videoWebhook `tfsdk:"webhooks"`
	Storage  types.Object            `tfsdk:"storage"`
}

type videoWebhook struct {
	Address types.String `tfsdk:"address"`
	Active  types.Bool   `tfsdk:"active"`
	Secret  types.String `tfsdk:"secret"`
}

func (v *video) toRequest() *vonage.Video {
	if v == nil {
		return nil
	}
	api := &vonage.Video{}
	for event, hook := range v.Webhooks {
		if api.Webhooks == nil {
			api.Webhooks = vonage.VideoWebhooks{}
		}
		api.Webhooks[event] = vonage.VideoWebhook{
			Address: hook.Address.ValueString(),
			Active:  boolToRequest(hook.Active),
			Secret:  hook.Secret.ValueString(),
		}
	}
	if !v.Storage.IsNull() && !v.Storage.IsUnknown() {
		api.Storage = &vonage.VideoStorage{
			ServerSideEncryption: storageFlag(v.Storage, "server_side_encryption"),
			EndToEndEncryption:   storageFlag(v.Storage, "end_to_end_encryption"),
			CloudStorage:         storageFlag(v.Storage, "cloud_storage"),
		}
	}
	return api
}

func newVideo(api *vonage.Video, prior *video) *video {
	if api == nil {
		return nil
	}
	if prior == nil {
		prior = &video{}
	}
	return &video{Webhooks: newVideoWebhooks(api.Webhooks, prior.Webhooks), Storage: newStorage(api.Storage)}
}

// newVideoWebhooks keeps the prior secrets that the API omits.
func newVideoWebhooks(api vonage.VideoWebhooks, prior map[string]videoWebhook) map[string]videoWebhook {
	next := map[string]videoWebhook{}
	for event, hook := range api {
		secret := framework.TextOrNull(hook.Secret)
		if secret.IsNull() {
			secret = prior[event].Secret
		}
		next[event] = videoWebhook{
			Address: types.StringValue(hook.Address),
			Active:  types.BoolPointerValue(hook.Active),
			Secret:  secret,
		}
	}
	return next
}

// newStorage sets everything that the API omits to false, the documented default (Application API 2.4.1).
func newStorage(api *vonage.VideoStorage) types.Object {
	if api == nil {
		api = &vonage.VideoStorage{}
	}
	flag := func(set *bool) types.Bool { return types.BoolValue(set != nil && *set) }
	return types.ObjectValueMust(storageTypes(), map[string]attr.Value{
		"server_side_encryption": flag(api.ServerSideEncryption),
		"end_to_end_encryption":  flag(api.EndToEndEncryption),
		"cloud_storage":          flag(api.CloudStorage),
	})
}

func storageTypes() map[string]attr.Type {
	return map[string]attr.Type{
		"server_side_encryption": types.BoolType,
		"end_to_end_encryption":  types.BoolType,
		"cloud_storage":          types.BoolType,
	}
}

func storageFlag(storage types.Object, name string) *bool {
	flag, _ := storage.Attributes()[name].(types.Bool)
	return boolToRequest(flag)
}

func videoAttribute() schema.SingleNestedAttribute {
	const api = "capabilities.video"
	webhook := videoWebhookObject(api + ".webhooks.*")
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Video sessions (Vonage Video API). Vonage stores further settings here, which this provider does not show: " +
			"in the resource, `video = {}` is enough to keep them, and leaving out `video` removes them. Off by default. API: `" + api + "`.",
		Optional: true,
		Attributes: map[string]schema.Attribute{
			"webhooks": schema.MapNestedAttribute{
				MarkdownDescription: "Webhooks, by the name of the event that they receive: `" + strings.Join(vonage.VideoEvents(), "`, `") + "`. None by default. API: `" +
					api + ".webhooks`.",
				Optional: true, Computed: true,
				// The API does not distinguish an absent map from an empty one; with this default neither is a change.
				Default:      mapdefault.StaticValue(types.MapValueMust(webhook.Type(), map[string]attr.Value{})),
				Validators:   []validator.Map{mapvalidator.KeysAre(schematype.OneOf(vonage.VideoEvents()...))},
				NestedObject: webhook,
			},
			"storage": schema.SingleNestedAttribute{
				MarkdownDescription: "How recordings are stored. Default: set by Vonage. API: `" + api + ".storage`.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.Object{objectplanmodifier.UseNonNullStateForUnknown()},
				Attributes: map[string]schema.Attribute{
					"server_side_encryption": storageAttribute("Whether recordings are encrypted at rest.", api+".storage.server_side_encryption"),
					"end_to_end_encryption":  storageAttribute("Whether recordings are end-to-end encrypted.", api+".storage.end_to_end_encryption"),
					"cloud_storage":          storageAttribute("Whether recordings go to your own cloud storage.", api+".storage.cloud_storage"),
				},
			},
		},
	}
}

func videoWebhookObject(api string) schema.NestedAttributeObject {
	return schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"address": addressAttribute(api + ".address"),
		"active": schema.BoolAttribute{
			MarkdownDescription: "Whether the event is reported. Default: set by Vonage. API: `" + api + ".active`.",
			Optional:            true, Computed: true,
			PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseNonNullStateForUnknown()},
		},
		"secret": schema.StringAttribute{
			MarkdownDescription: "Secret with which Vonage signs the webhook's requests; not empty. If the API does not return it, the provider keeps the last " +
				"known value and sends it again. Removing it from the configuration clears it; a secret that the configuration did not set, such " +
				"as that of an imported application, is kept. None by default. API: `" + api + ".secret`.",
			Optional: true, Computed: true, Sensitive: true,
			Validators:    []validator.String{stringvalidator.LengthAtLeast(1)},
			PlanModifiers: []planmodifier.String{keepForeignSecret{}},
		},
	}}
}

func storageAttribute(what, api string) schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: what + " Default: set by Vonage, `false`. API: `" + api + "`.",
		Optional:            true, Computed: true,
		PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseNonNullStateForUnknown()},
	}
}

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
