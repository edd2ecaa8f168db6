// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// keyOrigin is who set the application's key. It is kept in private state, for neither state nor configuration tell it
// once the configuration has changed.
type keyOrigin string

const (
	unknownOrigin   keyOrigin = "" // after import and move: somebody else
	configOrigin    keyOrigin = "config"
	writeOnlyOrigin keyOrigin = "write_only"
	providerOrigin  keyOrigin = "provider"
)

// keySettings is what a configuration or a state says about the key. Whether public_key_wo is in force is told by its
// version, the only part of the two that a state can hold.
type keySettings struct {
	PublicKey          schematype.PublicKey
	PublicKeyWOVersion schematype.Int64
	KeyVersion         types.String
}

// keyChange is what happens to the key pair.
type keyChange int

const (
	keepKey         keyChange = iota // the pair stays as the state has it
	makeKey                          // the provider makes a pair
	configuredKey                    // the key is public_key; the private half is the user's business
	sendWriteOnly                    // the key is public_key_wo, to be sent now
	keepWriteOnly                    // the key is public_key_wo, which is there already
	undecidedChange                  // depends on a value that is not known before apply
)

// decideKeys says what becomes of the key pair. state is nil when the application is to be created.
func decideKeys(config keySettings, state *keySettings, origin keyOrigin) keyChange {
	switch {
	case config.PublicKey.IsUnknown() || config.PublicKeyWOVersion.IsUnknown():
		return undecidedChange
	case !config.PublicKey.IsNull():
		return configuredKey
	case !config.PublicKeyWOVersion.IsNull():
		return decideWriteOnly(config, state, origin)
	case state == nil || origin == configOrigin || origin == writeOnlyOrigin:
		return makeKey
	case config.KeyVersion.Equal(state.KeyVersion) || origin == unknownOrigin && state.KeyVersion.IsNull():
		return keepKey // in the second case the first version after an import is only recorded
	case config.KeyVersion.IsUnknown():
		return undecidedChange
	default:
		return makeKey
	}
}

func decideWriteOnly(config keySettings, state *keySettings, origin keyOrigin) keyChange {
	switch {
	case state == nil:
		return sendWriteOnly
	case config.PublicKeyWOVersion.Equal(state.PublicKeyWOVersion):
		return keepWriteOnly
	case state.PublicKeyWOVersion.IsNull() && origin == unknownOrigin:
		return keepWriteOnly // the first version after an import is only recorded
	default:
		return sendWriteOnly
	}
}

// origin returns who will have set the key once the change is made.
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

// plan returns the halves of the pair as the plan shows them. configured is public_key in the plan; publicBefore and
// privateBefore are the state's halves, null when there is no state.
func (c keyChange) plan(configured, publicBefore schematype.PublicKey, privateBefore types.String) (schematype.PublicKey, types.String) {
	unknown := schematype.Unknown[schematype.PublicKeyMeaning]()
	switch c {
	case configuredKey:
		return configured, types.StringNull()
	case sendWriteOnly, keepWriteOnly:
		return schematype.PublicKey{}, types.StringNull()
	case keepKey:
		if publicBefore.IsNull() {
			return unknown, privateBefore // Vonage has one; the state does not, for public_key_wo was in force
		}
		return publicBefore, privateBefore
	case makeKey, undecidedChange:
	}
	return unknown, types.StringUnknown()
}
