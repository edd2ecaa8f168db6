// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// video holds storage as an object because a plan can hold it as unknown altogether.
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
	api := &vonage.Video{Webhooks: vonage.VideoWebhooks{}}
	for event, hook := range v.Webhooks {
		api.Webhooks[event] = vonage.VideoWebhook{
			Address: hook.Address.ValueString(),
			Active:  boolToRequest(hook.Active),
			Secret:  hook.Secret.ValueString(),
		}
	}
	if !v.Storage.IsNull() && !v.Storage.IsUnknown() {
		api.Storage = &vonage.VideoStorage{
			ServerSideEncryption: boolToRequest(storageFlag(v.Storage, "server_side_encryption")),
			EndToEndEncryption:   boolToRequest(storageFlag(v.Storage, "end_to_end_encryption")),
			CloudStorage:         boolToRequest(storageFlag(v.Storage, "cloud_storage")),
		}
	}
	return api
}

func newVideo(api *vonage.Video, prior *video) *video {
	if prior == nil {
		prior = &video{}
	} else if api == nil && prior.isBare() {
		return prior
	}
	if api == nil {
		return nil
	}
	return &video{Webhooks: newVideoWebhooks(api.Webhooks, prior.Webhooks), Storage: newStorage(api.Storage, prior.Storage)}
}

// isBare is ifBare's question for video.
func (v *video) isBare() bool {
	for name := range v.Storage.Attributes() {
		if !storageFlag(v.Storage, name).IsNull() {
			return false
		}
	}
	return len(v.Webhooks) == 0
}

// newVideoWebhooks keeps an empty map that was configured, which the API cannot tell from none, and the secrets that the
// API leaves out.
func newVideoWebhooks(api vonage.VideoWebhooks, prior map[string]videoWebhook) map[string]videoWebhook {
	var next map[string]videoWebhook
	if prior != nil {
		next = map[string]videoWebhook{}
	}
	for event, hook := range api {
		if hook.Address == "" {
			continue
		}
		if next == nil {
			next = map[string]videoWebhook{}
		}
		secret := newString(hook.Secret)
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

// newStorage keeps a storage object that says nothing but the defaults when the API leaves it out.
func newStorage(api *vonage.VideoStorage, prior types.Object) types.Object {
	switch {
	case api != nil:
		return types.ObjectValueMust(storageTypes(), map[string]attr.Value{
			"server_side_encryption": types.BoolPointerValue(api.ServerSideEncryption),
			"end_to_end_encryption":  types.BoolPointerValue(api.EndToEndEncryption),
			"cloud_storage":          types.BoolPointerValue(api.CloudStorage),
		})
	case !prior.IsNull() && !prior.IsUnknown() && isDefaultStorage(prior):
		return prior
	default:
		return types.ObjectNull(storageTypes())
	}
}

func storageTypes() map[string]attr.Type {
	return map[string]attr.Type{
		"server_side_encryption": types.BoolType,
		"end_to_end_encryption":  types.BoolType,
		"cloud_storage":          types.BoolType,
	}
}

// isDefaultStorage says whether nothing is turned on.
func isDefaultStorage(storage types.Object) bool {
	for name := range storage.Attributes() {
		if storageFlag(storage, name).ValueBool() {
			return false
		}
	}
	return true
}

func storageFlag(storage types.Object, name string) types.Bool {
	flag, _ := storage.Attributes()[name].(types.Bool)
	return flag
}
