// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// longestName is the maximum length of a subaccount's name (Subaccounts API 1.0.8).
const longestName = 80

func subaccountSchema(ctx context.Context) schema.Schema {
	keep := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	return schema.Schema{
		MarkdownDescription: "A subaccount of the account that the provider signs in to. Vonage has to enable subaccounts for that account, its primary account: " +
			"your account manager or Vonage support does that.\n\n" +
			"Vonage cannot delete a subaccount. Destroying the resource suspends it, with a warning, unless `deletion_policy` says otherwise. " +
			"A resource that is created again makes another subaccount, even if there is a suspended one with the same name: import that one to use it again.\n\n" +
			"If the answer to the creation is lost, the provider looks for the subaccount and recognizes it by its secret, so it is not made twice.\n\n" +
			"What is in a subaccount, such as applications and numbers, is managed by a second `provider` block with the subaccount's own credentials, as the " +
			"guide \"Subaccounts\" shows.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "The API key of the subaccount. API: `api_key`.",
				Computed:            true,
				PlanModifiers:       keep,
			},
			"api_key": schema.StringAttribute{
				MarkdownDescription: "The API key of the subaccount, made by Vonage. API: `api_key`.",
				Computed:            true,
				PlanModifiers:       keep,
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the subaccount, 1 to 80 characters. Names need not be unique. Changed in place. API: `name`.",
				Required:            true,
				Validators:          []validator.String{stringvalidator.UTF8LengthBetween(1, longestName)},
			},
			"suspended": schema.BoolAttribute{
				MarkdownDescription: "Whether the subaccount is suspended. Default: `false`. API: `suspended`.",
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(false),
			},
			"use_primary_account_balance": schema.BoolAttribute{
				MarkdownDescription: "Whether the subaccount spends the balance of the primary account. Default: `true`. With `false` it has a balance of its own, which is " +
					"0 at first, so it cannot send or call before money is transferred to it (`vonage_balance_transfer`). Changing it to `false` cannot be undone: " +
					"a plan warns of that, and a plan that changes it back fails. API: `use_primary_account_balance`.",
				Optional: true,
				Computed: true,
				Default:  booldefault.StaticBool(true),
			},
			"secret_wo": schema.StringAttribute{
				MarkdownDescription: "The first API secret of the subaccount: 8 to 25 characters, among them an upper-case letter, a lower-case letter and a digit. " +
					"Write-only: it is in neither plan nor state. Requires `secret_wo_version`. By default the provider generates a secret: see `secret`. API: `secret`.",
				Optional: true, WriteOnly: true, Sensitive: true,
				Validators: []validator.String{secretForm(), stringvalidator.AlsoRequires(path.MatchRoot("secret_wo_version"))},
			},
			"secret_wo_version": schema.Int64Attribute{
				MarkdownDescription: "A number of your choice, for `secret_wo`. Changing it later is an error: use `vonage_api_secret` to change a subaccount's secrets. " +
					"After an import the first value is recorded, with a warning, and nothing is sent. None by default. Not part of the API.",
				CustomType: schematype.Int64Type{},
				Optional:   true,
				Validators: []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("secret_wo"))},
			},
			"secret": schema.StringAttribute{
				MarkdownDescription: "The first API secret of the subaccount, if the provider generated it because `secret_wo` is not set; otherwise null, also after an import: " +
					"Vonage never shows it again. It is in the state: protect the state, or use `secret_wo`. API: `secret`.",
				Computed: true, Sensitive: true,
				PlanModifiers: keep,
			},
			"primary_account_api_key": schema.StringAttribute{
				MarkdownDescription: "The API key of the primary account. API: `primary_account_api_key`.",
				Computed:            true,
				PlanModifiers:       keep,
			},
			"created_at": schema.StringAttribute{
				MarkdownDescription: "When the subaccount was made, RFC 3339. API: `created_at`.",
				Computed:            true,
				PlanModifiers:       keep,
			},
			"deletion_policy": schema.StringAttribute{
				MarkdownDescription: "What happens to the subaccount when the resource is destroyed. `SUSPEND` (default): it is suspended; Vonage cannot delete it. " +
					"`ABANDON`: Terraform removes it from the state, and it stays as it is. `PREVENT`: an error. " +
					"The policy in the state counts: apply a new policy before you destroy. Not part of the API.",
				Optional:   true,
				Computed:   true,
				Default:    stringdefault.StaticString(policySuspend),
				Validators: []validator.String{schematype.OneOf(policySuspend, policyAbandon, policyPrevent)},
			},
			"timeouts": framework.TimeoutsAttribute(ctx, operationTimeout),
		},
	}
}

// subaccountModel is the plan or state of a vonage_subaccount. Its id is null while its creation is unfinished: see unfinished.
type subaccountModel struct {
	ID                       types.String     `tfsdk:"id"`
	APIKey                   types.String     `tfsdk:"api_key"`
	Name                     types.String     `tfsdk:"name"`
	Suspended                types.Bool       `tfsdk:"suspended"`
	UsePrimaryAccountBalance types.Bool       `tfsdk:"use_primary_account_balance"`
	SecretWO                 types.String     `tfsdk:"secret_wo"`
	SecretWOVersion          schematype.Int64 `tfsdk:"secret_wo_version"`
	Secret                   types.String     `tfsdk:"secret"`
	PrimaryAccountAPIKey     types.String     `tfsdk:"primary_account_api_key"`
	CreatedAt                types.String     `tfsdk:"created_at"`
	DeletionPolicy           types.String     `tfsdk:"deletion_policy"`
	Timeouts                 timeouts.Value   `tfsdk:"timeouts"`
}

// checkSubaccountSecret checks a secret that validation has not seen, because it was not known then.
func checkSubaccountSecret(ctx context.Context, secret types.String, diags *diag.Diagnostics) {
	var checked validator.StringResponse
	secretForm().ValidateString(ctx, validator.StringRequest{Path: path.Root("secret_wo"), ConfigValue: secret}, &checked)
	diags.Append(checked.Diagnostics...)
}

// toRequest returns the subaccount to create.
func (m subaccountModel) toRequest(secret string) vonage.NewSubaccount {
	return vonage.NewSubaccount{Name: m.Name.ValueString(), Secret: secret, UsePrimaryBalance: m.UsePrimaryAccountBalance.ValueBool()}
}

// toChange returns what a plan changes of a subaccount.
func (m subaccountModel) toChange(current vonage.Subaccount) vonage.SubaccountChange {
	var change vonage.SubaccountChange
	if name := m.Name.ValueString(); name != current.Name {
		change.Name = &name
	}
	if suspended := m.Suspended.ValueBool(); suspended != current.Suspended {
		change.Suspended = &suspended
	}
	if shared := m.UsePrimaryAccountBalance.ValueBool(); shared != current.UsePrimaryBalance {
		change.UsePrimaryBalance = &shared
	}
	return change
}

// settings returns the settings of a state that a plan can change.
func (m subaccountModel) settings() vonage.Subaccount {
	return vonage.Subaccount{Name: m.Name.ValueString(), Suspended: m.Suspended.ValueBool(), UsePrimaryBalance: m.UsePrimaryAccountBalance.ValueBool()}
}

// newSubaccountModel returns the state of a subaccount. What Vonage does not have comes from prior, and so does the secret, which
// it never shows again, and a time of creation that means the same.
func newSubaccountModel(subaccount vonage.Subaccount, prior subaccountModel) subaccountModel {
	next := subaccountModel{
		ID:                       types.StringValue(subaccount.APIKey),
		APIKey:                   types.StringValue(subaccount.APIKey),
		Name:                     types.StringValue(subaccount.Name),
		Suspended:                types.BoolValue(subaccount.Suspended),
		UsePrimaryAccountBalance: types.BoolValue(subaccount.UsePrimaryBalance),
		SecretWOVersion:          prior.SecretWOVersion,
		Secret:                   prior.Secret,
		PrimaryAccountAPIKey:     framework.TextOrNull(subaccount.PrimaryAPIKey),
		CreatedAt:                framework.TextOrNull(subaccount.CreatedAt),
		DeletionPolicy:           prior.DeletionPolicy,
		Timeouts:                 prior.Timeouts,
	}
	if vonage.SameMoment(subaccount.CreatedAt, prior.CreatedAt.ValueString()) {
		next.CreatedAt = prior.CreatedAt
	}
	return next
}

// importedSubaccount returns the defaults of an imported subaccount before it is read, so that the next plan does not add them.
func importedSubaccount() subaccountModel {
	return subaccountModel{DeletionPolicy: types.StringValue(policySuspend), Timeouts: framework.NoTimeouts()}
}

// Identity implements framework.Identifiable. An unfinished subaccount whose key is not known has a blank one.
func (m subaccountModel) Identity() any {
	return subaccountIdentity{types.StringValue(m.APIKey.ValueString())}
}

type subaccountIdentity struct {
	APIKey types.String `tfsdk:"api_key"`
}

// noun names the subaccount in messages.
func (m subaccountModel) noun() string {
	if key := m.APIKey.ValueString(); key != "" {
		return "subaccount " + vonage.QuoteAPIKey(key)
	}
	return "subaccount " + vonage.Quote(m.Name.ValueString())
}

var (
	_ resource.ResourceWithConfigure   = (*subaccountResource)(nil)
	_ resource.ResourceWithIdentity    = (*subaccountResource)(nil)
	_ resource.ResourceWithImportState = (*subaccountResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*subaccountResource)(nil)
)

// NewSubaccountResource returns the resource vonage_subaccount.
func NewSubaccountResource() resource.Resource { return &subaccountResource{} }

type subaccountResource struct {
	data        *framework.ProviderData
	subaccounts *vonage.SubaccountsService
}

func (r *subaccountResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subaccount"
}

func (r *subaccountResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = subaccountSchema(ctx)
}

func (r *subaccountResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"api_key": identityschema.StringAttribute{Description: "The API key of the subaccount.", RequiredForImport: true},
		},
	}
}

func (r *subaccountResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.subaccounts = data, data.Client.Subaccounts
	}
}

// ImportState accepts an API key, "name=…" and an identity.
func (r *subaccountResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := req.ID
	if id == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var given subaccountIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &given)...)
		id = given.APIKey.ValueString()
	}
	key := r.importKey(ctx, id, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("api_key"), key)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("deletion_policy"), importedSubaccount().DeletionPolicy)...)
}

// Create makes the subaccount, or finishes the one that this object replaces. It is in the state as soon as it may exist.
func (r *subaccountResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan subaccountModel
	var writeOnly types.String
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("secret_wo"), &writeOnly)...)
	checkSubaccountSecret(ctx, writeOnly, &resp.Diagnostics)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, operationTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	made, err := r.make(ctx, plan, writeOnly.ValueString(), &resp.Diagnostics)
	plan.Secret = types.StringNull()
	if writeOnly.IsNull() {
		plan.Secret = framework.TextOrNull(made.Secret)
	}
	if err == nil || vonage.IsUnknownOutcome(err) {
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		madeMarker.Set(ctx, resp.Private, r.data.Now().UTC().Truncate(time.Second), &resp.Diagnostics)
	}
	if err != nil {
		addSubaccountError(&resp.Diagnostics, "create", plan, err)
		if vonage.IsUnknownOutcome(err) {
			resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newSubaccountModel(made, plan).unfinished())...)
		}
		return
	}
	warnOfNamesakes(&resp.Diagnostics, made, r.subaccounts.Namesakes(made.Name))
	if change := plan.toChange(made); change != (vonage.SubaccountChange{}) { // a new one is not suspended
		finished, err := r.subaccounts.Update(ctx, made.APIKey, change)
		if err != nil {
			addSubaccountError(&resp.Diagnostics, "set up", newSubaccountModel(made, plan), err)
			resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newSubaccountModel(made, plan).unfinished())...)
			return
		}
		finished.CreatedAt = made.CreatedAt
		made = finished
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newSubaccountModel(made, plan))...)
}

// Read refreshes the subaccount. One that no longer exists is removed from the state with a warning, because Vonage cannot
// delete any; but one that was made so recently that the list may not show it yet is kept.
func (r *subaccountResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state subaccountModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, operationTimeout, &resp.Diagnostics)
	defer cancel()
	made := framework.NewSettling(madeMarker.Get(ctx, req.Private, &resp.Diagnostics), r.data.Now())
	if resp.Diagnostics.HasError() {
		return
	}
	importing := state.Name.IsNull()
	if state.isUnfinished() && !importing {
		r.readUnfinished(ctx, state, resp)
		return
	}
	subaccount, err := r.subaccounts.Get(ctx, state.APIKey.ValueString())
	switch {
	case err == nil:
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newSubaccountModel(subaccount, state))...)
	case importing || !vonage.IsNotFound(err):
		addSubaccountError(&resp.Diagnostics, "read", state, err)
	case made.Recent():
		if r.data.SameAccount(ctx, resp.Private, "read", state.noun(), &resp.Diagnostics) {
			warnOfDelay(&resp.Diagnostics, state, made)
		}
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
	case r.data.RemoveState(ctx, state.noun(), resp):
		warnOfLoss(&resp.Diagnostics, state)
	}
}

// Update writes what has changed.
func (r *subaccountResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state subaccountModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, operationTimeout, &resp.Diagnostics)
	defer cancel()
	resp.Diagnostics.Append(plan.checkChange(state).Errors()...) // of values that the plan did not know
	if resp.Diagnostics.HasError() {
		return
	}
	if change := plan.toChange(state.settings()); change != (vonage.SubaccountChange{}) {
		if !r.data.SameAccount(ctx, req.Private, "update", state.noun(), &resp.Diagnostics) {
			return
		}
		if _, err := r.subaccounts.Update(ctx, state.APIKey.ValueString(), change); err != nil {
			addSubaccountError(&resp.Diagnostics, "update", state, explainGone(err))
			return
		}
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, plan)...)
}

// Delete follows the state's deletion policy. An object whose creation did not finish, and that is replaced for that reason, is
// left to its replacement.
func (r *subaccountResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state subaccountModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, operationTimeout, &resp.Diagnostics)
	defer cancel()
	destroy := destroyMarker.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	switch policy := state.DeletionPolicy.ValueString(); {
	case state.isUnfinished() && !destroy && r.data.Unfinished.Leave(state.lost()):
	case policy == policyAbandon:
		warnOfAbandoning(&resp.Diagnostics, state)
	case policy != policySuspend:
		resp.Diagnostics.AddError(framework.Unable("destroy", state.noun()), preventDetail(state)+
			" If Terraform replaces the resource only because it is tainted, run terraform untaint.")
	case r.data.SameAccount(ctx, req.Private, "suspend", state.noun(), &resp.Diagnostics):
		r.suspend(ctx, state, &resp.Diagnostics)
	}
}

// addSubaccountError reports err, which occurred in the operation verb, on the attribute that it is about, if any.
func addSubaccountError(diags *diag.Diagnostics, verb string, model subaccountModel, err error) {
	framework.AddError(diags, verb, model.noun(), err, func(apiName string) (path.Path, bool) {
		switch apiName {
		case "name", "suspended", "use_primary_account_balance":
			return path.Root(apiName), true
		case "secret":
			return path.Root("secret_wo"), !model.SecretWOVersion.IsNull()
		}
		return path.Empty(), false
	})
}

// explainGone adds advice to a not-found error for a subaccount that is in the state.
func explainGone(err error) error {
	if !vonage.IsNotFound(err) {
		return err
	}
	return framework.Advise(err, "The subaccount existed during the plan. The next plan looks for it again, and proposes to create another one if the primary account no "+
		"longer has it.")
}
