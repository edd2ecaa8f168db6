// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// keyOrigin says who set the application's key.
type keyOrigin string

const (
	unknownOrigin   keyOrigin = "" // after import and move: set by somebody else
	configOrigin    keyOrigin = "config"
	writeOnlyOrigin keyOrigin = "write_only"
	providerOrigin  keyOrigin = "provider"
)

// originMarker stores the origin, because neither state nor configuration show it once the configuration has changed.
var originMarker = framework.Marker[keyOrigin]{Key: "key_origin", Noun: "application", Tells: "who set the application's key"}

// keySettings are the key's settings in a configuration or a state. Whether public_key_wo is in use is seen by its
// version, because a state cannot hold the write-only key itself.
type keySettings struct {
	PublicKey          schematype.PublicKey
	PublicKeyWOVersion schematype.Int64
	KeyVersion         types.String
}

// keyChange is what a plan does with the key pair.
type keyChange int

const (
	keepKey         keyChange = iota // the pair stays as it is in the state
	makeKey                          // the provider generates a pair
	configuredKey                    // the key is public_key; the user has the private half
	sendWriteOnly                    // the key is public_key_wo, to be sent now
	keepWriteOnly                    // the key is public_key_wo, which is already in place
	undecidedChange                  // depends on a value that is known only after apply
)

// decideKeys decides what a plan does with the key pair. state is nil if the application is to be created.
//
// A public_key that is the state's changes nothing. It need not be in the configuration at all: Terraform hands over the
// state's value as the configured one for every attribute in ignore_changes.
func decideKeys(config keySettings, state *keySettings, origin keyOrigin) keyChange {
	switch {
	case config.PublicKey.IsUnknown():
		return undecidedChange
	case state != nil && config.keepsKeyOf(*state):
		return keepKey
	case !config.PublicKey.IsNull():
		return configuredKey
	case config.PublicKeyWOVersion.IsUnknown():
		return undecidedChange
	case !config.PublicKeyWOVersion.IsNull():
		return decideWriteOnly(config, state, origin)
	case state == nil || origin == configOrigin || origin == writeOnlyOrigin:
		return makeKey
	case config.KeyVersion.Equal(state.KeyVersion) || origin == unknownOrigin && state.KeyVersion.IsNull():
		return keepKey // in the second case, the first key_version after an import is only recorded
	case config.KeyVersion.IsUnknown():
		return undecidedChange
	default:
		return makeKey
	}
}

func (s keySettings) keepsKeyOf(state keySettings) bool {
	return !s.PublicKey.IsNull() && s.PublicKey.SameAs(state.PublicKey)
}

func decideWriteOnly(config keySettings, state *keySettings, origin keyOrigin) keyChange {
	switch {
	case state == nil:
		return sendWriteOnly
	case state.PublicKeyWOVersion.Equal(config.PublicKeyWOVersion) && !state.PublicKey.IsNull():
		return sendWriteOnly // recorded while ignore_changes kept public_key, so it was never sent
	case config.PublicKeyWOVersion.Equal(state.PublicKeyWOVersion):
		return keepWriteOnly
	case state.PublicKeyWOVersion.IsNull() && origin == unknownOrigin:
		return keepWriteOnly // the first version after an import is only recorded
	default:
		return sendWriteOnly
	}
}

// keyChange returns what the plan has decided. The apply does not look at the configuration again: it has the
// attributes as they are written, and the plan had the state's values for those in ignore_changes. By the time of an
// apply nothing in the configuration is unknown, because Terraform plans once more right before it.
func (m model) keyChange(state *keySettings, origin keyOrigin) keyChange {
	switch {
	case m.PublicKey.IsUnknown() && m.PrivateKey.IsUnknown():
		return makeKey
	case m.PublicKey.IsUnknown() || !m.PrivateKey.IsNull():
		return keepKey
	default:
		return decideKeys(m.keySettings(), state, origin)
	}
}

// origin returns who has set the key after the change.
func (c keyChange) origin(before keyOrigin) keyOrigin {
	switch c {
	case makeKey:
		return providerOrigin
	case configuredKey:
		return configOrigin
	case sendWriteOnly:
		return writeOnlyOrigin
	case keepKey, keepWriteOnly, undecidedChange:
	}
	return before
}

// plan returns the planned halves of the pair. configured is public_key in the plan; publicBefore and privateBefore are
// the halves in the state, null if there is none.
func (c keyChange) plan(configured, publicBefore schematype.PublicKey, privateBefore types.String) (schematype.PublicKey, types.String) {
	unknown := schematype.Unknown[schematype.PublicKeyMeaning]()
	switch c {
	case configuredKey:
		return configured, types.StringNull()
	case sendWriteOnly, keepWriteOnly:
		return schematype.PublicKey{}, types.StringNull()
	case keepKey:
		if publicBefore.IsNull() {
			return unknown, privateBefore // Vonage has a key that is not in the state, because public_key_wo was in use
		}
		return publicBefore, privateBefore
	case makeKey, undecidedChange:
	}
	return unknown, types.StringUnknown()
}
