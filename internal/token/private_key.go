// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package token implements the signing and verification of Vonage's tokens: ephemeral resources, which are never stored
// in state, and functions.
package token

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// NewPrivateKey returns the ephemeral resource vonage_private_key.
func NewPrivateKey() ephemeral.EphemeralResource {
	return &privateKey{}
}

type privateKey struct {
	data *framework.ProviderData
}

type privateKeyModel struct {
	PrivateKeyPEM string `tfsdk:"private_key_pem"`
	PublicKeyPEM  string `tfsdk:"public_key_pem"`
}

func (k *privateKey) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_private_key"
}

func (k *privateKey) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A new RSA-2048 key pair for an application, stored in no plan and no state.\n\n" +
			"Assign `public_key_pem` to the `public_key_wo` of a `vonage_application`, and `private_key_pem` to a write-only argument of a secret store. " +
			"Every plan and every apply makes a new key pair, but write-only arguments take a new value only when their version changes, " +
			"so raise both versions together. Nothing is sent to Vonage, and no credentials are needed.",
		Attributes: map[string]schema.Attribute{
			"private_key_pem": schema.StringAttribute{
				Computed:            true,
				Sensitive:           true,
				MarkdownDescription: "The private key, PKCS#8 in PEM format, the format of keys from the Vonage dashboard. Not part of the API.",
			},
			"public_key_pem": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "The public key, SPKI in PEM format, as `vonage_application` expects it. API: `keys.public_key`.",
			},
		},
	}
}

func (k *privateKey) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	k.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (k *privateKey) Open(ctx context.Context, _ ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	pair, err := k.newPair()
	if err != nil {
		framework.AddError(&resp.Diagnostics, "make", "private key", err, nil)
		return
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, pair)...)
}

func (k *privateKey) newPair() (privateKeyModel, error) {
	key, err := k.data.GenerateKey()
	if err != nil {
		return privateKeyModel{}, err
	}
	private, err := vonage.EncodePrivateKey(key)
	if err != nil {
		return privateKeyModel{}, err
	}
	public, err := vonage.EncodePublicKey(&key.PublicKey)
	return privateKeyModel{PrivateKeyPEM: private, PublicKeyPEM: public}, err
}
