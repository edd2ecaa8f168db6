// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"crypto/rsa"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	fwresource "github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
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

func newPublicKey(public string, prior schematype.PublicKey) schematype.PublicKey {
	next := schematype.NewPublicKey(public)
	switch {
	case !prior.IsUnknown() && (public == "" || next.SameAs(prior)):
		return prior
	case public == "":
		return schematype.PublicKey{}
	default:
		return next
	}
}

func isPair(private, public string) bool {
	key, err := vonage.ParsePrivateKey(private)
	if err != nil {
		return false
	}
	half, err := vonage.EncodePublicKey(&key.PublicKey)
	return err == nil && vonage.SamePublicKey(half, public)
}

// A pair is pending if it is unknown whether the update that sent its public half was carried out. If it was, this is
// the only copy of the private key in use. After an error, Terraform stores the new private state with the old state.
// The next refresh sees which key is in use, and the pending pair is moved to the state or discarded. Until then the state
// holds the pair before, which may be the one in use as well.

var pendingPairMarker = framework.Marker[*pendingPair]{
	Key: "pending_pair", Noun: "application", Tells: "the pair of a rotation that had no clear end",
}

// pendingPair is a private key, from which the public half is derived, and the key_version that it was generated for.
type pendingPair struct {
	PrivateKey string  `json:"private_key"`
	KeyVersion *string `json:"key_version,omitempty"`
}

// keepPendingPair stores the planned pair of an update with unknown outcome.
func keepPendingPair(ctx context.Context, private framework.PrivateWriter, plan model, diags *diag.Diagnostics) {
	pendingPairMarker.Set(ctx, private, &pendingPair{plan.PrivateKey.ValueString(), plan.KeyVersion.ValueStringPointer()}, diags)
	diags.AddAttributeWarning(path.Root("private_key"), "The new private key is kept",
		"It is not known whether its public half is in force at Vonage. The next plan or apply that refreshes finds out: if it is, the new "+
			"pair moves into the state; if not, the provider discards it. Until then the new private key is in the state file, beside the old one.")
}

// settlePendingPair ends the pending status. If the application has the pending pair, it returns the state with that
// pair, as if the update had succeeded, else the state unchanged.
func settlePendingPair(ctx context.Context, private framework.PrivateState, app vonage.Application, state model, diags *diag.Diagnostics) model {
	pair := pendingPairMarker.Get(ctx, private, diags)
	if pair == nil {
		return state
	}
	pendingPairMarker.Forget(ctx, private, diags)
	if isPair(pair.PrivateKey, app.Keys.PublicKey) {
		state.PrivateKey = types.StringValue(pair.PrivateKey)
		state.KeyVersion = types.StringPointerValue(pair.KeyVersion)
		state.PublicKeyWOVersion = schematype.Int64{}
		originMarker.Set(ctx, private, providerOrigin, diags)
	}
	return state
}

// planKeys plans both halves of the key pair.
func planKeys(ctx context.Context, req fwresource.ModifyPlanRequest, resp *fwresource.ModifyPlanResponse) {
	config := readKeySettings(ctx, req.Config, &resp.Diagnostics)
	var before *keySettings
	var configured, publicBefore schematype.PublicKey
	var plannedPrivate, privateBefore types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("public_key"), &configured)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("private_key"), &plannedPrivate)...)
	if !req.State.Raw.IsNull() {
		state := readKeySettings(ctx, req.State, &resp.Diagnostics)
		before, publicBefore = &state, state.PublicKey
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("private_key"), &privateBefore)...)
	}
	var writeOnly schematype.PublicKey
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("public_key_wo"), &writeOnly)...)
	resp.Diagnostics.Append(writeOnly.Check(ctx, path.Root("public_key_wo"))...)
	resp.Diagnostics.Append(config.PublicKey.CheckNew(ctx, path.Root("public_key"), publicBefore)...)
	origin := originMarker.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	public, private := decideKeys(config, before, origin).plan(configured, publicBefore, privateBefore)
	if before != nil {
		warnIfKeyIsIgnored(config, *before, origin, &resp.Diagnostics)
	}
	// Most plans change nothing, and setting an attribute traverses the whole plan several times.
	if !public.Equal(configured) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("public_key"), public)...)
	}
	if !private.Equal(plannedPrivate) {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("private_key"), private)...)
	}
}

// attributes is a configuration, a plan or a state.
type attributes interface {
	GetAttribute(ctx context.Context, at path.Path, target any) diag.Diagnostics
}

func readKeySettings(ctx context.Context, from attributes, diags *diag.Diagnostics) keySettings {
	var settings keySettings
	diags.Append(from.GetAttribute(ctx, path.Root("public_key"), &settings.PublicKey)...)
	diags.Append(from.GetAttribute(ctx, path.Root("public_key_wo_version"), &settings.PublicKeyWOVersion)...)
	diags.Append(from.GetAttribute(ctx, path.Root("key_version"), &settings.KeyVersion)...)
	return settings
}

func (m model) keySettings() keySettings {
	return keySettings{PublicKey: m.PublicKey, PublicKeyWOVersion: m.PublicKeyWOVersion, KeyVersion: m.KeyVersion}
}

// supplyKey adds the key to send to the plan: public_key_wo, which only the configuration has, or a pair. The pair is a
// pending one, if any, else a new one: the pending pair may already be in use, and sending it again is harmless. Only a key
// that is about to be set has to be one that Vonage needs: an application keeps any other that it has.
func (r *resource) supplyKey(
	ctx context.Context, change keyChange, config attributes, pending *pendingPair, plan *model, diags *diag.Diagnostics,
) {
	switch {
	case diags.HasError():
	case change == configuredKey:
		diags.Append(plan.PublicKey.Check(ctx, path.Root("public_key"))...)
	case change == sendWriteOnly:
		diags.Append(config.GetAttribute(ctx, path.Root("public_key_wo"), &plan.PublicKeyWO)...)
		if plan.PublicKeyWO.IsNull() {
			diags.AddAttributeError(path.Root("public_key_wo"), "No public key to send", "public_key_wo_version asks for public_key_wo to be sent, and it is not set.")
		}
		diags.Append(plan.PublicKeyWO.Check(ctx, path.Root("public_key_wo"))...)
	case change == makeKey:
		private, public, err := r.pair(pending)
		if err != nil {
			framework.AddError(diags, "make", "key pair", err, nil)
			return
		}
		plan.PrivateKey = types.StringValue(private)
		plan.PublicKey = schematype.NewPublicKey(public)
	}
}

func (r *resource) pair(pending *pendingPair) (private, public string, err error) {
	var key *rsa.PrivateKey
	if pending != nil {
		key, err = vonage.ParsePrivateKey(pending.PrivateKey)
	} else {
		key, err = r.data.GenerateKey()
	}
	if err != nil {
		return "", "", err
	}
	if private, err = vonage.EncodePrivateKey(key); err != nil {
		return "", "", err
	}
	public, err = vonage.EncodePublicKey(&key.PublicKey)
	return private, public, err
}

// warnIfKeyChanged warns if the private key in the state no longer belongs to the application's public key.
func warnIfKeyChanged(before, after model, diags *diag.Diagnostics) {
	if before.PrivateKey.IsNull() || !after.PrivateKey.IsNull() {
		return
	}
	diags.AddAttributeWarning(path.Root("private_key"), "The application's key was changed elsewhere",
		"The public key of application "+after.ID.ValueString()+" no longer belongs to private_key, which is now useless and is removed from "+
			"the state. Whoever set the new key has its private half. To have the provider make a new key pair, change key_version.")
}

// warnIfKeyIsIgnored warns about settings that ask for another key while public_key must stay as it is. A configuration
// may not have both, so public_key is in ignore_changes.
func warnIfKeyIsIgnored(config, state keySettings, origin keyOrigin, diags *diag.Diagnostics) {
	if !config.keepsKeyOf(state) {
		return
	}
	config.PublicKey = schematype.PublicKey{}
	var attribute string
	switch change := decideKeys(config, &state, origin); {
	case change == sendWriteOnly && !config.PublicKeyWOVersion.Equal(state.PublicKeyWOVersion):
		attribute = "public_key_wo_version"
	case change == makeKey && !config.KeyVersion.IsNull() && !config.KeyVersion.Equal(state.KeyVersion):
		attribute = "key_version"
	default:
		return
	}
	diags.AddAttributeWarning(path.Root(attribute), "The key stays as it is", "public_key is in ignore_changes of the resource, so the "+
		"application keeps its key, and "+attribute+" is only recorded. To change the key, remove public_key from ignore_changes and change "+
		attribute+" once more.")
}

// keyAttributes returns the attributes of the key pair. Plans for them are made in one place, decideKeys, because they
// depend on all of them and on who set the key before.
func keyAttributes() map[string]schema.Attribute {
	publicKeyWO := path.MatchRoot("public_key_wo")
	version, keyVersion := path.MatchRoot("public_key_wo_version"), path.MatchRoot("key_version")
	return map[string]schema.Attribute{
		"public_key": schema.StringAttribute{
			MarkdownDescription: "RSA public key (SPKI PEM) that Vonage verifies JWTs with. Set it to use your own key pair. If you set neither this nor " +
				"`public_key_wo`, the provider makes an RSA-2048 key pair on this machine and uploads the public half. Null while `public_key_wo` " +
				"is in use. API: `keys.public_key`.",
			CustomType: schematype.PublicKeyType{},
			Optional:   true, Computed: true,
			Validators:    []validator.String{schematype.Reference(schematype.Valid[schematype.PublicKeyMeaning]()), stringvalidator.ConflictsWith(publicKeyWO, keyVersion)},
			PlanModifiers: []planmodifier.String{schematype.KeepEquivalent()},
		},
		"public_key_wo": schema.StringAttribute{
			MarkdownDescription: "The same as `public_key`, for a key that must not be stored in the state, such as one from an ephemeral resource. It " +
				"is sent on create and when `public_key_wo_version` changes; key changes outside Terraform are not detected. Requires " +
				"`public_key_wo_version`, and Terraform 1.11 or OpenTofu 1.11. None by default. API: `keys.public_key`.",
			CustomType: schematype.PublicKeyType{},
			Optional:   true, WriteOnly: true,
			Validators: []validator.String{
				schematype.Reference(schematype.Valid[schematype.PublicKeyMeaning]()), stringvalidator.AlsoRequires(version), stringvalidator.ConflictsWith(keyVersion),
			},
		},
		"public_key_wo_version": schema.Int64Attribute{
			MarkdownDescription: "A number of your choice: any change of it sends `public_key_wo` again. Required with " +
				"`public_key_wo`. None by default. After an import the first value is recorded without sending the key. " +
				"Not part of the API.",
			CustomType: schematype.Int64Type{},
			Optional:   true,
			Validators: []validator.Int64{int64validator.AlsoRequires(publicKeyWO)},
		},
		"private_key": schema.StringAttribute{
			MarkdownDescription: "Private key that signs JWTs, as PKCS#8 PEM, if the provider made the key pair; otherwise null. The provider never sends " +
				"it to Vonage, but it is in the state: protect the state, or use your own key with `public_key` or `public_key_wo`. It stays as long as the application " +
				"has its public half, even if `public_key` is set to that or is in `ignore_changes`. Not part of the API.",
			Computed: true, Sensitive: true,
		},
		"key_version": schema.StringAttribute{
			MarkdownDescription: "A text of your choice: any change of it makes a new key pair, without replacing the application. None by default. There is no " +
				"overlap: JWTs signed with the old key stop working at once. " +
				"A run that is cut off does not lose the new key, unless the provider is killed (`SIGKILL`): in that case change this " +
				"again. After an import the first value is recorded without making a key pair. Not part of the API.",
			Optional: true,
		},
	}
}
