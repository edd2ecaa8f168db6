// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// NewJWT returns the ephemeral resource vonage_jwt. It has no Renew: a renewed token would not reach its consumer.
func NewJWT() ephemeral.EphemeralResource {
	return &webToken{}
}

type webToken struct {
	data *framework.ProviderData
}

func (w *webToken) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_jwt"
}

func (w *webToken) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = newJWTSchema()
}

func (w *webToken) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	w.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (w *webToken) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	if !req.Config.Raw.IsFullyKnown() { // a token made now would lack the claims that are still unknown
		resp.Diagnostics.Append(leaveUnknown(ctx, &resp.Result)...)
		return
	}
	var config webTokenModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	key, err := w.signingKey(ctx, config)
	if framework.CredentialsUnknown(err) {
		resp.Diagnostics.Append(leaveUnknown(ctx, &resp.Result)...)
		return
	}
	if err != nil {
		framework.AddError(&resp.Diagnostics, "make", "token", err, nil)
		return
	}
	claims, diags := config.toClaims(key.ApplicationID, time.Now())
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	token, err := claims.Sign(key.PrivateKey)
	if err != nil {
		framework.AddError(&resp.Diagnostics, "make", "token", err, nil)
		return
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, config.signed(token, claims))...)
}

// signingKey returns the key in the configuration, else the provider's.
func (w *webToken) signingKey(ctx context.Context, config webTokenModel) (framework.SigningKey, error) {
	if config.PrivateKey.IsNull() {
		return w.data.SigningKey(ctx)
	}
	key, err := vonage.ParsePrivateKey(config.PrivateKey.ValueString())
	return framework.SigningKey{ApplicationID: config.ApplicationID.ValueCanonical(), PrivateKey: key}, err
}

// leaveUnknown sets every attribute of the result that the configuration does not set to unknown.
func leaveUnknown(ctx context.Context, result *tfsdk.EphemeralResultData) diag.Diagnostics {
	var application schematype.ApplicationID
	diags := result.GetAttribute(ctx, path.Root("application_id"), &application)
	if application.IsNull() {
		diags.Append(result.SetAttribute(ctx, path.Root("application_id"), types.StringUnknown())...)
	}
	for _, name := range []string{"jwt", "jti", "issued_at", "expires_at"} {
		diags.Append(result.SetAttribute(ctx, path.Root(name), types.StringUnknown())...)
	}
	return diags
}
