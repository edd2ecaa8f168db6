// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
		secret := textOrNull(hook.Secret)
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
