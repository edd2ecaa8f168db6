// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package account implements what belongs to a Vonage account as a whole: its API secrets and its settings
// (https://developer.vonage.com/en/api/account), its balance and its prices, and its subaccounts
// (https://developer.vonage.com/en/api/subaccounts).
package account

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// operationTimeout is the default timeout of an operation. It is long because large configurations wait for the rate
// limits.
const operationTimeout = 5 * time.Minute

// settingsPage is where API keys, secrets and settings are in the dashboard.
const settingsPage = "https://dashboard.vonage.com/settings"

// apiKeyForm returns a validator for the API keys of accounts. A secret in such a place, by mistake, must not be sent:
// Vonage's own words would repeat it.
func apiKeyForm() validator.String {
	return schematype.Check("API key", "an API key: at most 8 lower-case letters and digits", checkAPIKey)
}

func checkAPIKey(text string) error {
	if !vonage.IsAPIKey(text) {
		return fmt.Errorf("%s is not an API key, which has at most 8 lower-case letters and digits", vonage.Quote(text))
	}
	return nil
}

// accountOf returns the API key that an argument names, or the one that the provider signs in with if it is null.
func accountOf(ctx context.Context, data *framework.ProviderData, named types.String) (string, error) {
	if !named.IsNull() && !named.IsUnknown() {
		return named.ValueString(), nil
	}
	return data.Client.APIKey(ctx)
}

// explainAccount adds advice to an error about an account that the credentials do not reach, for an object in it.
func explainAccount(err error) error {
	if !vonage.IsNoAccount(err) {
		return err
	}
	return framework.Advise(err, checkAccount+" This says nothing about what is in the account, so the state stays as it is.")
}

const checkAccount = "Check api_key: it can be the key that the provider signs in with, or that of one of its subaccounts."

var _ datasource.DataSourceWithConfigure = (*dataSource)(nil)

// NewDataSource returns the data source vonage_account.
func NewDataSource() datasource.DataSource { return &dataSource{} }

type dataSource struct{ data *framework.ProviderData }

// dataSourceModel is the data source vonage_account.
type dataSourceModel struct {
	APIKey             types.String     `tfsdk:"api_key"`
	Balance            types.String     `tfsdk:"balance"`
	AutoReload         types.Bool       `tfsdk:"auto_reload"`
	MOCallbackURL      types.String     `tfsdk:"mo_callback_url"`
	DRCallbackURL      types.String     `tfsdk:"dr_callback_url"`
	MaxOutboundRequest schematype.Int64 `tfsdk:"max_outbound_request"`
	MaxInboundRequest  schematype.Int64 `tfsdk:"max_inbound_request"`
	MaxCallsPerSecond  schematype.Int64 `tfsdk:"max_calls_per_second"`
}

func newDataSourceModel(key string, balance vonage.AccountBalance, settings vonage.AccountSettings) dataSourceModel {
	return dataSourceModel{
		APIKey:             types.StringValue(key),
		Balance:            types.StringValue(balance.Value),
		AutoReload:         types.BoolPointerValue(balance.AutoReload),
		MOCallbackURL:      types.StringValue(settings.MOCallbackURL),
		DRCallbackURL:      types.StringValue(settings.DRCallbackURL),
		MaxOutboundRequest: schematype.NewInt64Pointer(settings.MaxOutboundRequest),
		MaxInboundRequest:  schematype.NewInt64Pointer(settings.MaxInboundRequest),
		MaxCallsPerSecond:  schematype.NewInt64Pointer(settings.MaxCallsPerSecond),
	}
}

func (d *dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_account"
}

func (d *dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	limit := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{MarkdownDescription: description, CustomType: schematype.Int64Type{}, Computed: true}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The account that the provider signs in to: its balance and its settings.\n\n" +
			"The balance changes by itself, with every message and call. Use it in a `check` block or a postcondition, and not as an argument of a resource, whose plan " +
			"would then never be empty.",
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{MarkdownDescription: "API key of the account. Not part of the API.", Computed: true},
			"balance": schema.StringAttribute{
				MarkdownDescription: "The balance in EUR, a decimal number. API: `value`.", Computed: true,
			},
			"auto_reload": schema.BoolAttribute{
				MarkdownDescription: "Whether the account is topped up by itself when its balance is low; null if Vonage does not say. API: `autoReload`.", Computed: true,
			},
			"mo_callback_url": schema.StringAttribute{
				MarkdownDescription: "The webhook of inbound SMS, for numbers that have none of their own; empty if there is none. API: `mo-callback-url`.", Computed: true,
			},
			"dr_callback_url": schema.StringAttribute{
				MarkdownDescription: "The webhook of delivery receipts; empty if there is none. API: `dr-callback-url`.", Computed: true,
			},
			"max_outbound_request": limit(maxOutboundDescription),
			"max_inbound_request":  limit(maxInboundDescription),
			"max_calls_per_second": limit(maxCallsDescription),
		},
	}
}

func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (d *dataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	key, err := d.data.Client.APIKey(ctx)
	if err == nil {
		var balance vonage.AccountBalance
		var settings vonage.AccountSettings
		if balance, err = d.data.Client.Account.Balance(ctx); err == nil {
			settings, err = d.data.Client.Account.Settings(ctx)
		}
		if err == nil {
			resp.Diagnostics.Append(resp.State.Set(ctx, newDataSourceModel(key, balance, settings))...)
			return
		}
	}
	framework.AddError(&resp.Diagnostics, "read", "account", framework.InDataSource(err), nil)
}
