// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// identity is the identity of a number and also of its link, in canonical form.
type identity struct {
	Country types.String `tfsdk:"country"`
	MSISDN  types.String `tfsdk:"msisdn"`
}

func newIdentity(key vonage.NumberKey) identity {
	return identity{Country: types.StringValue(key.Country), MSISDN: types.StringValue(key.MSISDN)}
}

func identitySchema() identityschema.Schema {
	return identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"country": identityschema.StringAttribute{
				Description: "The country of the number, ISO 3166-1 alpha-2. " +
					"Without it the provider looks the number up among all numbers of the account.",
				OptionalForImport: true,
			},
			"msisdn": identityschema.StringAttribute{
				Description:       "The phone number, E.164 digits.",
				RequiredForImport: true,
			},
		},
	}
}

// importKey returns the number to import, from "GB/447700900001", "447700900001", or an identity. The key's country is
// empty if the user specified none.
func importKey(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics) vonage.NumberKey {
	id := req.ID
	if id == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var given identity
		diags.Append(req.Identity.Get(ctx, &given)...)
		id = vonage.NumberKey{Country: given.Country.ValueString(), MSISDN: given.MSISDN.ValueString()}.String()
	}
	key, err := parseImportID(id)
	if err != nil && !diags.HasError() {
		diags.AddError("Invalid import id", framework.Sentence(err.Error()))
	}
	return key
}

// parseImportID parses an import id of the form "GB/447700900001" or "447700900001"; without a country, the key's country
// is empty.
func parseImportID(id string) (vonage.NumberKey, error) {
	country, msisdn, both := strings.Cut(id, "/")
	if !both {
		country, msisdn = "", id
	}
	msisdn, err := vonage.NormalizeMSISDN(msisdn)
	if err != nil {
		return vonage.NumberKey{}, fmt.Errorf(`the import id must be a phone number, as in "GB/447700900001" or "447700900001": %w`, err)
	}
	if !both {
		return vonage.NumberKey{MSISDN: msisdn}, nil
	}
	country, err = vonage.NormalizeCountry(country)
	if err != nil {
		return vonage.NumberKey{}, fmt.Errorf(`the import id must begin with a country, as in "GB/447700900001": %w`, err)
	}
	return vonage.NumberKey{Country: country, MSISDN: msisdn}, nil
}

// startImport writes a partial state that the next Read completes.
func startImport(ctx context.Context, key vonage.NumberKey, resp *resource.ImportStateResponse) {
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("msisdn"), schematype.NewMSISDN(key.MSISDN))...)
	if key.Country != "" {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("country"), schematype.NewCountry(key.Country))...)
	}
}
