// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token

// clientSDK is the name of the preset with the paths that the Client SDK uses.
const clientSDK = "client_sdk"

// clientSDKPaths are the paths that a user of the Client SDK needs
// (https://developer.vonage.com/en/getting-started/concepts/authentication).
var clientSDKPaths = []string{
	"users", "conversations", "sessions", "devices", "image", "media", "applications", "push", "knocking", "legs", "rtc",
}

type acl struct {
	Paths map[string]rule `json:"paths" tfsdk:"paths"`
}

// rule restricts the use of one path. It is both the model and the JSON of the claim: an absent field is no restriction.
type rule struct {
	Methods []string          `json:"methods,omitempty" tfsdk:"methods"`
	Filters map[string]string `json:"filters,omitempty" tfsdk:"filters"`
}

// claimedACL returns the acl claim, or nil if there is none.
func (m webTokenModel) claimedACL() any {
	switch {
	case m.ACL != nil:
		return m.ACL
	case m.ACLPreset.ValueString() == clientSDK:
		paths := make(map[string]rule, len(clientSDKPaths))
		for _, service := range clientSDKPaths {
			paths["/*/"+service+"/**"] = rule{}
		}
		return acl{Paths: paths}
	}
	return nil
}
