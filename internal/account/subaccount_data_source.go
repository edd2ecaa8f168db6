// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// subaccountDataModel is a subaccount in the data sources.
type subaccountDataModel struct {
	APIKey                   types.String `tfsdk:"api_key"`
	Name                     types.String `tfsdk:"name"`
	Suspended                types.Bool   `tfsdk:"suspended"`
	UsePrimaryAccountBalance types.Bool   `tfsdk:"use_primary_account_balance"`
	PrimaryAccountAPIKey     types.String `tfsdk:"primary_account_api_key"`
	CreatedAt                types.String `tfsdk:"created_at"`
	Balance                  types.String `tfsdk:"balance"`
	CreditLimit              types.String `tfsdk:"credit_limit"`
}

func newSubaccountDataModel(subaccount vonage.Subaccount) subaccountDataModel {
	return subaccountDataModel{
		APIKey:                   types.StringValue(subaccount.APIKey),
		Name:                     types.StringValue(subaccount.Name),
		Suspended:                types.BoolValue(subaccount.Suspended),
		UsePrimaryAccountBalance: types.BoolValue(subaccount.UsePrimaryBalance),
		PrimaryAccountAPIKey:     framework.TextOrNull(subaccount.PrimaryAPIKey),
		CreatedAt:                framework.TextOrNull(subaccount.CreatedAt),
		Balance:                  framework.TextOrNull(subaccount.Balance),
		CreditLimit:              framework.TextOrNull(subaccount.CreditLimit),
	}
}

// subaccountAttributes are the attributes of a subaccountDataModel, all computed.
func subaccountAttributes() map[string]schema.Attribute {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Computed: true}
	}
	const ownBalance = "a decimal number in EUR; null if the subaccount uses the balance of the primary account. It changes by itself. "
	return map[string]schema.Attribute{
		"api_key":                     text("The API key of the subaccount. API: `api_key`."),
		"name":                        text("Name of the subaccount. API: `name`."),
		"suspended":                   schema.BoolAttribute{MarkdownDescription: "Whether the subaccount is suspended. API: `suspended`.", Computed: true},
		"use_primary_account_balance": schema.BoolAttribute{MarkdownDescription: "Whether it spends the balance of the primary account. API: `use_primary_account_balance`.", Computed: true},
		"primary_account_api_key":     text("The API key of the primary account. API: `primary_account_api_key`."),
		"created_at":                  text("When the subaccount was made, RFC 3339. API: `created_at`."),
		"balance":                     text("Its own balance, " + ownBalance + "API: `balance`."),
		"credit_limit":                text("Its credit limit, " + ownBalance + "API: `credit_limit`."),
	}
}

// findSubaccount returns the subaccount with a name. Names are not unique: if several match, the error lists them.
func findSubaccount(ctx context.Context, subaccounts *vonage.SubaccountsService, name string) (vonage.Subaccount, error) {
	list, err := subaccounts.List(ctx)
	if err != nil {
		return vonage.Subaccount{}, err
	}
	var found []vonage.Subaccount
	var keys []string
	for subaccount, err := range list.All() {
		if subaccount.Name != name {
			continue
		}
		if err != nil {
			return vonage.Subaccount{}, err
		}
		found = append(found, subaccount)
		keys = append(keys, subaccount.APIKey)
	}
	switch len(found) {
	case 0:
		return vonage.Subaccount{}, framework.Advise(fmt.Errorf("%w: no subaccount has the name %s", vonage.ErrNotFound, vonage.Quote(name)),
			"Check the spelling, and that the provider's api_key is that of the primary account.")
	case 1:
		return found[0], nil
	}
	return vonage.Subaccount{}, framework.Advise(fmt.Errorf("%d subaccounts have the name %s: %s", len(found), vonage.Quote(name), strings.Join(keys, ", ")),
		"Use the API key of one of them.")
}

// importKey converts an import id, which is an API key or "name=…", to an API key.
func (r *subaccountResource) importKey(ctx context.Context, asked string, diags *diag.Diagnostics) string {
	if name, ok := strings.CutPrefix(asked, "name="); ok {
		subaccount, err := findSubaccount(ctx, r.subaccounts, name)
		if err != nil {
			framework.AddError(diags, "import", "subaccount", err, nil)
		}
		return subaccount.APIKey
	}
	if checkAPIKey(asked) != nil {
		diags.AddError("Invalid import id", vonage.QuoteAPIKey(asked)+" is neither the API key of a subaccount nor its name in the form \"name=…\".")
	}
	return asked
}

var _ datasource.DataSourceWithConfigure = (*subaccountDataSource)(nil)

type subaccountDataSource struct{ subaccounts *vonage.SubaccountsService }

// NewSubaccountDataSource returns the data source vonage_subaccount.
func NewSubaccountDataSource() datasource.DataSource { return &subaccountDataSource{} }

func (d *subaccountDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subaccount"
}

func (d *subaccountDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := subaccountAttributes()
	attributes["api_key"] = schema.StringAttribute{
		MarkdownDescription: "The API key of the subaccount to read. Set either this or `name`. API: `api_key`.",
		Optional:            true, Computed: true,
		Validators: []validator.String{apiKeyForm(), stringvalidator.ExactlyOneOf(path.MatchRoot("api_key"), path.MatchRoot("name"))},
	}
	attributes["name"] = schema.StringAttribute{
		MarkdownDescription: "Name of the subaccount to read. Exactly one subaccount must have it. Set either this or `api_key`. API: `name`.",
		Optional:            true, Computed: true,
		Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads one subaccount of the provider's account, by its API key or its unique name. All subaccounts are read together, in one request.",
		Attributes:          attributes,
	}
}

func (d *subaccountDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.subaccounts = data.Client.Subaccounts
	}
}

func (d *subaccountDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config subaccountDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	var subaccount vonage.Subaccount
	var err error
	if config.APIKey.IsNull() {
		subaccount, err = findSubaccount(ctx, d.subaccounts, config.Name.ValueString())
	} else if subaccount, err = d.subaccounts.Get(ctx, config.APIKey.ValueString()); vonage.IsNotFound(err) {
		err = framework.Advise(err, "Check the key, and that the provider's api_key is that of the primary account.")
	}
	if err != nil {
		framework.AddError(&resp.Diagnostics, "read", "subaccount", framework.InDataSource(err), nil)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, newSubaccountDataModel(subaccount))...)
}

// subaccountFilter selects subaccounts. The API cannot filter.
type subaccountFilter struct {
	NameRegex types.String `tfsdk:"name_regex"`
	Suspended types.Bool   `tfsdk:"suspended"`
}

const suspendedDescription = "`true`: only subaccounts that are suspended; `false`: only those that are not. By default both. Not part of the API."

// compile converts the filter to a predicate.
func (f subaccountFilter) compile(diags *diag.Diagnostics) func(vonage.Subaccount) bool {
	name, err := schematype.CompileRegexp(f.NameRegex.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root("name_regex"), "Invalid regular expression", err.Error())
		return nil
	}
	return func(subaccount vonage.Subaccount) bool {
		return name.MatchString(subaccount.Name) && (f.Suspended.IsNull() || f.Suspended.ValueBool() == subaccount.Suspended)
	}
}

var _ datasource.DataSourceWithConfigure = (*subaccountsDataSource)(nil)

type subaccountsDataSource struct{ subaccounts *vonage.SubaccountsService }

type subaccountsModel struct {
	subaccountFilter

	Subaccounts      []subaccountDataModel `tfsdk:"subaccounts"`
	TotalBalance     types.String          `tfsdk:"total_balance"`
	TotalCreditLimit types.String          `tfsdk:"total_credit_limit"`
}

// NewSubaccountsDataSource returns the data source vonage_subaccounts.
func NewSubaccountsDataSource() datasource.DataSource { return &subaccountsDataSource{} }

func (d *subaccountsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subaccounts"
}

func (d *subaccountsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads all subaccounts of the provider's account, or those that match every filter given, in one request.",
		Attributes: map[string]schema.Attribute{
			"name_regex": schema.StringAttribute{
				MarkdownDescription: schematype.NameRegexDescription("subaccounts"),
				Optional:            true,
				Validators:          []validator.String{schematype.RegularExpression()},
			},
			"suspended": schema.BoolAttribute{MarkdownDescription: suspendedDescription, Optional: true},
			"subaccounts": schema.ListNestedAttribute{
				MarkdownDescription: "The subaccounts, ordered by the time of their creation, then by API key. API: `_embedded.subaccounts`.",
				Computed:            true,
				NestedObject:        schema.NestedAttributeObject{Attributes: subaccountAttributes()},
			},
			"total_balance": schema.StringAttribute{
				MarkdownDescription: "The balance of the primary account and all its subaccounts together, whatever the filters, a decimal number in EUR; null if Vonage does not state it. " +
					"API: `total_balance`.",
				Computed: true,
			},
			"total_credit_limit": schema.StringAttribute{
				MarkdownDescription: "The credit limit of all of them together, a decimal number in EUR; null if Vonage does not state it. API: `total_credit_limit`.",
				Computed:            true,
			},
		},
	}
}

func (d *subaccountsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		d.subaccounts = data.Client.Subaccounts
	}
}

func (d *subaccountsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var found subaccountsModel
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("name_regex"), &found.NameRegex)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("suspended"), &found.Suspended)...)
	selects := found.compile(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	list, err := d.subaccounts.List(ctx)
	if err != nil {
		framework.AddError(&resp.Diagnostics, "list", "subaccounts", framework.InDataSource(err), nil)
		return
	}
	found.Subaccounts = []subaccountDataModel{}
	for subaccount, err := range list.All() {
		if shown, _ := framework.Listed(&resp.Diagnostics, "list", "subaccounts", err); shown && selects(subaccount) {
			found.Subaccounts = append(found.Subaccounts, newSubaccountDataModel(subaccount))
		}
	}
	slices.SortFunc(found.Subaccounts, func(a, b subaccountDataModel) int {
		return cmp.Or(cmp.Compare(a.CreatedAt.ValueString(), b.CreatedAt.ValueString()), cmp.Compare(a.APIKey.ValueString(), b.APIKey.ValueString()))
	})
	found.TotalBalance, found.TotalCreditLimit = framework.TextOrNull(list.TotalBalance), framework.TextOrNull(list.TotalCreditLimit)
	resp.Diagnostics.Append(resp.State.Set(ctx, found)...)
}
