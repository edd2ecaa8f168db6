// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// partyAttributes are the two accounts of a transfer.
func partyAttributes(what string) map[string]schema.Attribute {
	key := func(description string) schema.Attribute {
		return schema.StringAttribute{
			MarkdownDescription: description,
			Required:            true,
			Validators:          []validator.String{apiKeyForm()},
		}
	}
	return map[string]schema.Attribute{
		"from": key("The API key of the account that " + what + " leaves. API: `from`."),
		"to":   key("The API key of the account that " + what + " goes to. API: `to`."),
	}
}

// checkParties rejects a transfer from an account to itself.
func checkParties(from, to types.String) diag.Diagnostics {
	var diags diag.Diagnostics
	if from.ValueString() != "" && from.Equal(to) {
		diags.AddAttributeError(path.Root("to"), "Invalid transfer", "from and to are the same account, "+vonage.QuoteAPIKey(to.ValueString())+".")
	}
	return diags
}

// moneyTransfer is one of the actions vonage_balance_transfer and vonage_credit_transfer.
type moneyTransfer struct {
	money vonage.Money
	data  *framework.ProviderData
}

var (
	_ action.ActionWithConfigure      = (*moneyTransfer)(nil)
	_ action.ActionWithModifyPlan     = (*moneyTransfer)(nil)
	_ action.ActionWithValidateConfig = (*moneyTransfer)(nil)
)

// NewBalanceTransfer returns the action vonage_balance_transfer.
func NewBalanceTransfer() action.Action { return &moneyTransfer{money: vonage.Balance} }

// NewCreditTransfer returns the action vonage_credit_transfer.
func NewCreditTransfer() action.Action { return &moneyTransfer{money: vonage.Credit} }

// moneyTransferModel is the configuration.
type moneyTransferModel struct {
	From      types.String `tfsdk:"from"`
	To        types.String `tfsdk:"to"`
	Amount    types.String `tfsdk:"amount"`
	Reference types.String `tfsdk:"reference"`
}

func (a *moneyTransfer) noun() string { return string(a.money) + " transfer" }

func (a *moneyTransfer) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + string(a.money) + "_transfer"
}

// amountForm is a JSON number without sign and exponent that is more than zero.
var amountForm = regexp.MustCompile(`^(0\.[0-9]*[1-9][0-9]*|[1-9][0-9]*(\.[0-9]+)?)$`)

// longestReference leaves room for the tail of a reference: how long one may be is undocumented.
const longestReference = 100

func (a *moneyTransfer) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	attributes := partyAttributes("the " + string(a.money))
	attributes["amount"] = schema.StringAttribute{
		MarkdownDescription: "How much, in EUR: a decimal number in a string such as `\"12.50\"`, more than zero. It is sent exactly as it is written. API: `amount`.",
		Required:            true,
		Validators:          []validator.String{schematype.Matches(amountForm, `must be a decimal number above zero such as "12.50", without sign and currency`)},
	}
	attributes["reference"] = schema.StringAttribute{
		MarkdownDescription: "A text for your records, at most 100 characters. The action adds a tail that no other transfer has, such as `(4Q7ZJ2KXWLB3M)`, so that it can find " +
			"the transfer again. Default: only that tail. API: `reference`.",
		Optional:   true,
		Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, longestReference)},
	}
	about := map[vonage.Money]string{
		vonage.Balance: "Moves money from the balance of the primary account to that of one of its subaccounts, or back. The subaccount must have a balance of its own " +
			"(`use_primary_account_balance = false`).",
		vonage.Credit: "Moves a part of the credit limit of the primary account to one of its subaccounts, or back. The subaccount must have a balance of its own " +
			"(`use_primary_account_balance = false`), and the primary account must be postpaid.",
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: about[a.money] + " The provider signs in to the primary account.\n\n" +
			"Each time that the action is invoked, it moves the amount once. It is never repeated: if the answer is lost, the action looks for the transfer by its " +
			"reference. If that does not show it, the action fails, and says which reference to look for before you invoke it again.",
		Attributes: attributes,
	}
}

func (a *moneyTransfer) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (a *moneyTransfer) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config moneyTransferModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(checkParties(config.From, config.To)...)
}

// ModifyPlan rejects a transfer between two other accounts, which Vonage does not make
// (https://developer.vonage.com/en/account/subaccounts/overview).
func (a *moneyTransfer) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var config moneyTransferModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || config.From.IsUnknown() || config.To.IsUnknown() {
		return
	}
	own, err := a.data.Client.APIKey(ctx)
	switch {
	case framework.CredentialsUnknown(err):
	case err != nil:
		framework.AddError(&resp.Diagnostics, "plan", a.noun(), err, nil)
	case config.From.ValueString() != own && config.To.ValueString() != own:
		resp.Diagnostics.AddAttributeError(path.Root("from"), framework.Unable("plan", a.noun()), fmt.Sprintf("Money moves only between the primary account and one of its "+
			"subaccounts: from or to has to be %s, the account that the provider signs in to.", vonage.QuoteAPIKey(own)))
	}
}

func (a *moneyTransfer) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config moneyTransferModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(checkParties(config.From, config.To)...)
	if resp.Diagnostics.HasError() {
		return
	}
	asked := vonage.MoneyTransfer{
		From: config.From.ValueString(), To: config.To.ValueString(), Amount: config.Amount.ValueString(),
		Reference: strings.TrimSpace(config.Reference.ValueString() + " (" + a.data.RandomText()[:tailLength] + ")"),
	}
	done, err := a.data.Client.Subaccounts.TransferMoney(ctx, a.money, asked, a.data.Now().Add(-transferWindow))
	if err != nil {
		if vonage.IsUnknownOutcome(err) {
			err = framework.Advise(err, "The money may or may not have been moved. Nothing is sent again. Before you invoke the action again, look for a transfer with this reference, "+
				"for example with GET /accounts/PRIMARY/"+string(a.money)+"-transfers of the Subaccounts API, or compare the balances in the dashboard (https://dashboard.vonage.com).")
		}
		framework.AddError(&resp.Diagnostics, "make", a.noun(), err, transferAttribute)
		return
	}
	resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf("%s %s: %s EUR from %s to %s, reference %s",
		a.noun(), done.ID, done.Amount, done.From, done.To, vonage.Quote(asked.Reference))})
}

const (
	// tailLength is that of the random part of a reference: 13 letters and digits have 65 bits.
	tailLength = 13
	// transferWindow is how far before a transfer, by the provider's clock, its look-up begins: the clock may be wrong.
	transferWindow = 24 * time.Hour
)

// transferAttribute maps a parameter of a transfer to its attribute.
func transferAttribute(apiName string) (path.Path, bool) {
	switch apiName {
	case "from", "to", "amount", "reference", "country":
		return path.Root(apiName), true
	case "number":
		return path.Root("msisdn"), true
	}
	return path.Empty(), false
}

// numberTransfer is the action vonage_number_transfer.
type numberTransfer struct{ data *framework.ProviderData }

var (
	_ action.ActionWithConfigure      = (*numberTransfer)(nil)
	_ action.ActionWithValidateConfig = (*numberTransfer)(nil)
)

// NewNumberTransfer returns the action vonage_number_transfer.
func NewNumberTransfer() action.Action { return &numberTransfer{} }

// numberTransferModel is the configuration.
type numberTransferModel struct {
	From    types.String       `tfsdk:"from"`
	To      types.String       `tfsdk:"to"`
	Country schematype.Country `tfsdk:"country"`
	MSISDN  schematype.MSISDN  `tfsdk:"msisdn"`
}

func (a *numberTransfer) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_number_transfer"
}

func (a *numberTransfer) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	attributes := partyAttributes("the number")
	attributes["country"] = schema.StringAttribute{
		MarkdownDescription: "The country of the number, ISO 3166-1 alpha-2, in upper or lower case. API: `country`.",
		CustomType:          schematype.CountryType{},
		Validators:          []validator.String{schematype.Reference(schematype.Valid[schematype.CountryMeaning]())},
		Required:            true,
	}
	attributes["msisdn"] = schema.StringAttribute{
		MarkdownDescription: "The phone number, in any of the forms that `vonage_number` accepts. API: `number`.",
		CustomType:          schematype.MSISDNType{},
		Validators:          []validator.String{schematype.Valid[schematype.MSISDNMeaning]()},
		Required:            true,
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Moves a rented number from the primary account to one of its subaccounts, or back. The provider signs in to the primary account. A number that is " +
			"there already is left as it is. What becomes of its link to an application and of its settings is not documented.\n\n" +
			"A number that is managed by Terraform changes hands: remove it from the state of the account that it leaves, as the guide \"Subaccounts\" shows.",
		Attributes: attributes,
	}
}

func (a *numberTransfer) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (a *numberTransfer) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config numberTransferModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(checkParties(config.From, config.To)...)
}

func (a *numberTransfer) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config numberTransferModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(checkParties(config.From, config.To)...)
	resp.Diagnostics.Append(config.Country.Check(ctx, path.Root("country"))...)
	resp.Diagnostics.Append(config.MSISDN.Check(ctx, path.Root("msisdn"))...)
	if resp.Diagnostics.HasError() {
		return
	}
	asked := vonage.NumberTransfer{
		From: config.From.ValueString(), To: config.To.ValueString(),
		Number: vonage.NumberKey{Country: config.Country.ValueCanonical(), MSISDN: config.MSISDN.ValueCanonical()},
	}
	moved, err := a.data.Client.Subaccounts.TransferNumber(ctx, asked)
	if err != nil {
		framework.AddError(&resp.Diagnostics, "make", "number transfer", err, transferAttribute)
		return
	}
	message := fmt.Sprintf("number %s: moved from %s to %s", asked.Number, asked.From, asked.To)
	if !moved {
		message = fmt.Sprintf("number %s: %s had it already", asked.Number, asked.To)
	}
	resp.SendProgress(action.InvokeProgressEvent{Message: message})
}
