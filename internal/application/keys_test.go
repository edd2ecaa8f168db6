// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestDecideKeys(t *testing.T) {
	t.Parallel()
	key := schematype.NewPublicKey("pem")
	unknownKey := schematype.Unknown[schematype.PublicKeyMeaning]()
	writeOnly := func(version int64) keySettings {
		return keySettings{PublicKeyWOVersion: schematype.Int64{Int64Value: types.Int64Value(version)}}
	}
	unknownWriteOnly := keySettings{PublicKeyWOVersion: schematype.Int64{Int64Value: types.Int64Unknown()}}
	with := func(settings keySettings, key schematype.PublicKey) keySettings {
		settings.PublicKey = key
		return settings
	}
	keyVersion := func(version string) keySettings { return keySettings{KeyVersion: types.StringValue(version)} }
	unknownVersion := keySettings{KeyVersion: types.StringUnknown()}
	none, made := keySettings{}, keySettings{PublicKey: key}
	madeAt := func(version string) keySettings {
		return keySettings{PublicKey: key, KeyVersion: types.StringValue(version)}
	}
	for name, test := range map[string]struct {
		config keySettings
		state  *keySettings
		origin keyOrigin
		want   keyChange
	}{
		"create":                          {none, nil, unknownOrigin, makeKey},
		"create with a version":           {keyVersion("1"), nil, unknownOrigin, makeKey},
		"create with a key":               {keySettings{PublicKey: key}, nil, unknownOrigin, configuredKey},
		"create with a key not known yet": {keySettings{PublicKey: unknownKey}, nil, unknownOrigin, undecidedChange},
		"create write-only":               {writeOnly(1), nil, unknownOrigin, sendWriteOnly},
		"create write-only at a version not known yet": {
			keySettings{PublicKeyWOVersion: schematype.Int64{Int64Value: types.Int64Unknown()}}, nil, unknownOrigin, undecidedChange,
		},

		"nothing changes":                   {none, &made, providerOrigin, keepKey},
		"key_version stays":                 {keyVersion("1"), new(madeAt("1")), providerOrigin, keepKey},
		"key_version changes":               {keyVersion("2"), new(madeAt("1")), providerOrigin, makeKey},
		"key_version is added":              {keyVersion("1"), &made, providerOrigin, makeKey},
		"key_version is removed":            {none, new(madeAt("1")), providerOrigin, makeKey},
		"key_version is not known yet":      {unknownVersion, new(madeAt("1")), providerOrigin, undecidedChange},
		"first key_version after import":    {keyVersion("1"), &made, unknownOrigin, keepKey},
		"the same, not known yet":           {unknownVersion, &made, unknownOrigin, keepKey},
		"second key_version after import":   {keyVersion("2"), new(madeAt("1")), unknownOrigin, makeKey},
		"public_key is removed":             {none, &made, configOrigin, makeKey},
		"public_key never was configured":   {none, &made, unknownOrigin, keepKey},
		"public_key_wo is removed":          {none, new(writeOnly(1)), writeOnlyOrigin, makeKey},
		"recorded public_key_wo is removed": {none, new(writeOnly(1)), unknownOrigin, keepKey},

		"public_key replaces our pair":        {keySettings{PublicKey: schematype.NewPublicKey("other")}, &made, providerOrigin, configuredKey},
		"public_key is that of our pair":      {keySettings{PublicKey: key}, &made, providerOrigin, keepKey},
		"public_key stays":                    {keySettings{PublicKey: key}, &made, configOrigin, keepKey},
		"public_key stays while ignored":      {with(writeOnly(1), key), new(madeAt("1")), providerOrigin, keepKey},
		"public_key_wo was ignored":           {writeOnly(1), new(with(writeOnly(1), key)), providerOrigin, sendWriteOnly},
		"both known, the version not yet":     {with(unknownWriteOnly, key), nil, unknownOrigin, configuredKey},
		"public_key_wo replaces our pair":     {writeOnly(1), &made, providerOrigin, sendWriteOnly},
		"public_key_wo replaces public_key":   {writeOnly(1), &made, configOrigin, sendWriteOnly},
		"public_key_wo stays":                 {writeOnly(1), new(writeOnly(1)), writeOnlyOrigin, keepWriteOnly},
		"public_key_wo changes":               {writeOnly(2), new(writeOnly(1)), writeOnlyOrigin, sendWriteOnly},
		"first public_key_wo after import":    {writeOnly(1), &made, unknownOrigin, keepWriteOnly},
		"second public_key_wo after import":   {writeOnly(2), new(writeOnly(1)), unknownOrigin, sendWriteOnly},
		"a public_key that is not known yet":  {keySettings{PublicKey: unknownKey}, &made, providerOrigin, undecidedChange},
		"public_key_wo_version not known yet": {keySettings{PublicKeyWOVersion: schematype.Int64{Int64Value: types.Int64Unknown()}}, &made, providerOrigin, undecidedChange},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := decideKeys(test.config, test.state, test.origin); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestKeyChangeInThePlan(t *testing.T) {
	t.Parallel()
	configured, before := schematype.NewPublicKey("new"), schematype.NewPublicKey("old")
	null, unknown := schematype.PublicKey{}, schematype.Unknown[schematype.PublicKeyMeaning]()
	private, noPrivate, unknownPrivate := types.StringValue("half"), types.StringNull(), types.StringUnknown()
	for name, test := range map[string]struct {
		change        keyChange
		publicBefore  schematype.PublicKey
		wantPublic    schematype.PublicKey
		privateBefore types.String
		wantPrivate   types.String
		wantOrigin    keyOrigin
	}{
		"keep":                      {keepKey, before, before, private, private, unknownOrigin},
		"keep what is not in state": {keepKey, null, unknown, noPrivate, noPrivate, unknownOrigin},
		"make":                      {makeKey, before, unknown, private, unknownPrivate, providerOrigin},
		"configured":                {configuredKey, before, configured, private, noPrivate, configOrigin},
		"send write-only":           {sendWriteOnly, before, null, private, noPrivate, writeOnlyOrigin},
		"keep write-only":           {keepWriteOnly, before, null, private, noPrivate, unknownOrigin},
		"undecided":                 {undecidedChange, before, unknown, private, unknownPrivate, unknownOrigin},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			public, half := test.change.plan(configured, test.publicBefore, test.privateBefore)
			if !public.Equal(test.wantPublic) || !half.Equal(test.wantPrivate) {
				t.Errorf("plans %s and %s", public, half)
			}
			if origin := test.change.origin(unknownOrigin); origin != test.wantOrigin {
				t.Errorf("origin %q", origin)
			}
		})
	}
}

func TestNewModelKeepsOnlyKeysThatMatch(t *testing.T) {
	t.Parallel()
	private, public := testPair(t, 0)
	_, other := testPair(t, 1)
	wrapped := strings.ReplaceAll(strings.TrimSpace(public), "\n", "\r\n")
	known := schematype.NewPublicKey
	for name, test := range map[string]struct {
		answered    string
		prior       model
		wantPublic  schematype.PublicKey
		wantPrivate types.String
	}{
		"import":               {public, model{}, known(public), types.StringNull()},
		"our pair":             {public, model{settings: settings{PublicKey: known(public)}, PrivateKey: types.StringValue(private)}, known(public), types.StringValue(private)},
		"our pair, re-wrapped": {public, model{settings: settings{PublicKey: known(wrapped)}, PrivateKey: types.StringValue(private)}, known(wrapped), types.StringValue(private)},
		"changed by others":    {other, model{settings: settings{PublicKey: known(public)}, PrivateKey: types.StringValue(private)}, known(other), types.StringNull()},
		"answer without keys":  {"", model{settings: settings{PublicKey: known(public)}, PrivateKey: types.StringValue(private)}, known(public), types.StringValue(private)},
		"write-only":           {public, model{PublicKeyWOVersion: schematype.Int64{Int64Value: types.Int64Value(1)}}, schematype.PublicKey{}, types.StringNull()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := newModel(vonage.Application{Keys: vonage.Keys{PublicKey: test.answered}}, test.prior)
			if !got.PublicKey.Equal(test.wantPublic) {
				t.Errorf("public_key = %s", got.PublicKey)
			}
			if !got.PrivateKey.Equal(test.wantPrivate) {
				t.Errorf("private_key null = %t", got.PrivateKey.IsNull())
			}
		})
	}
}
