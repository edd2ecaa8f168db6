// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

type webTokenModel struct {
	ApplicationID schematype.ApplicationID `tfsdk:"application_id"`
	PrivateKey    types.String             `tfsdk:"private_key"`
	ExpiresIn     types.String             `tfsdk:"expires_in"`
	NotBefore     types.String             `tfsdk:"not_before"`
	Subject       types.String             `tfsdk:"subject"`
	ACL           *acl                     `tfsdk:"acl"`
	ACLPreset     types.String             `tfsdk:"acl_preset"`

	JWT       types.String `tfsdk:"jwt"`
	JTI       types.String `tfsdk:"jti"`
	IssuedAt  types.String `tfsdk:"issued_at"`
	ExpiresAt types.String `tfsdk:"expires_at"`
}

// toClaims builds the token's claims. Vonage rejects a token that is a day old whatever its exp, so exp is never later
// than that; iat is set back, because no tolerance for clock differences is documented.
func (m webTokenModel) toClaims(applicationID string, now time.Time) (vonage.Claims, diag.Diagnostics) {
	var diags diag.Diagnostics
	claims := vonage.Claims{
		ApplicationID: applicationID, ID: vonage.NewTokenID(), Subject: m.Subject.ValueString(), ACL: m.claimedACL(),
		IssuedAt: now.Add(-vonage.ClockSkew).UTC().Truncate(time.Second),
	}
	lifetime := vonage.DefaultTokenLifetime
	if !m.ExpiresIn.IsNull() {
		var err error
		if lifetime, err = schematype.ParseDuration(m.ExpiresIn.ValueString()); err != nil {
			diags.AddAttributeError(path.Root("expires_in"), "Invalid lifetime", err.Error())
		}
	}
	claims.ExpiresAt = now.Add(lifetime).UTC().Truncate(time.Second)
	if latest := claims.IssuedAt.Add(vonage.MaxTokenLifetime - time.Second); claims.ExpiresAt.After(latest) {
		claims.ExpiresAt = latest
	}
	if !m.NotBefore.IsNull() {
		var err error
		if claims.NotBefore, err = time.Parse(time.RFC3339, m.NotBefore.ValueString()); err == nil && !claims.NotBefore.Before(claims.ExpiresAt) {
			err = fmt.Errorf("the token would expire before that, at %s", claims.ExpiresAt.Format(time.RFC3339))
		}
		if err != nil {
			diags.AddAttributeError(path.Root("not_before"), "Invalid time", err.Error())
		}
	}
	return claims, diags
}

// signed returns the configuration completed with the token and its claims.
func (m webTokenModel) signed(token string, claims vonage.Claims) webTokenModel {
	if m.ApplicationID.IsNull() {
		m.ApplicationID = schematype.NewApplicationID(claims.ApplicationID)
	}
	m.JWT, m.JTI = types.StringValue(token), types.StringValue(claims.ID)
	m.IssuedAt = types.StringValue(claims.IssuedAt.Format(time.RFC3339))
	m.ExpiresAt = types.StringValue(claims.ExpiresAt.Format(time.RFC3339))
	return m
}
