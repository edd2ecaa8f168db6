// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package number implements rented phone numbers: vonage_number, its link to an application, and their data sources.
package number

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func numberSchema(ctx context.Context) schema.Schema {
	attributes := map[string]schema.Attribute{
		"country": schema.StringAttribute{
			MarkdownDescription: "The country of the number, ISO 3166-1 alpha-2, in upper or lower case. Changing the country replaces the resource, which `deletion_policy` has to allow. API: `country`.",
			CustomType:          schematype.CountryType{},
			Validators:          []validator.String{schematype.Reference(schematype.Valid[schematype.CountryMeaning]())},
			Required:            true,
			PlanModifiers:       []planmodifier.String{schematype.KeepEquivalent(), stringplanmodifier.RequiresReplace()},
		},
		"msisdn": schema.StringAttribute{
			MarkdownDescription: "The phone number with its country calling code, at most 15 digits (E.164). `447700900001`, `+447700900001` and " +
				"`+44 7700 900001` are the same number. Changing the number replaces the resource, which `deletion_policy` has to allow. API: `msisdn`.",
			CustomType:    schematype.MSISDNType{},
			Validators:    []validator.String{schematype.Valid[schematype.MSISDNMeaning]()},
			Required:      true,
			PlanModifiers: []planmodifier.String{schematype.KeepEquivalent(), stringplanmodifier.RequiresReplace()},
		},
		"deletion_policy": schema.StringAttribute{
			MarkdownDescription: "What happens to the number when the resource is destroyed or replaced. `PREVENT` (default): an error, and the number stays rented. " +
				"`ABANDON`: Terraform removes the number from the state; it stays rented and is still billed. `DELETE`: the number is cancelled at once, and you may never get it back. " +
				"The policy in the state counts: apply a new policy before you destroy. What protects a number from being cancelled for one resource while another uses it " +
				"works within one provider block and one run: use one provider block per account, and one run at a time. Not part of the API.",
			Optional:   true,
			Computed:   true,
			Default:    stringdefault.StaticString(policyPrevent),
			Validators: []validator.String{schematype.OneOf(policyPrevent, policyAbandon, policyDelete)},
		},
		"max_monthly_cost": costLimit("The highest monthly rent", "cost"),
		"max_initial_cost": costLimit("The highest one-time price for renting the number,", "initialPrice"),
		"target_api_key": schema.StringAttribute{
			MarkdownDescription: "The API key of the subaccount that is to own the number, if the provider has the credentials of its primary account. " +
				"By default the provider's own account owns the number. The primary account's credentials cannot read or configure a subaccount's number: " +
				"drift is not detected, and none of the settings can be set here. Changing this does not move the number; it only affects its cancellation. " +
				"API: `target_api_key`.",
			Optional:   true,
			Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
	}
	maps.Copy(attributes, settingsAttributes())
	maps.Copy(attributes, factsAttributes())
	return schema.Schema{
		MarkdownDescription: "A rented phone number. Creating the resource rents the number, which is billed at once and then monthly. If the " +
			"account already has the number, the resource adopts it, with a warning and without a purchase.\n\n" +
			"You may never get a cancelled number back, so the resource cancels it only with `deletion_policy = \"DELETE\"`. With the default, `PREVENT`, " +
			"destroying or replacing the resource is an error: during the plan if Terraform tells the provider then, otherwise during the apply " +
			"(a tainted resource, `-replace`, `replace_triggered_by`).\n\n" +
			"`vonage_number_link` says which application the number belongs to; the two resources keep each other's settings.",
		Attributes: attributes,
	}
}

// factsAttributes are the computed attributes of a number.
func factsAttributes() map[string]schema.Attribute {
	keep := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	return map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "Country and number in their canonical form: `GB/447700900001`. Not part of the API.",
			Computed:            true,
			PlanModifiers:       keep,
		},
		"type": schema.StringAttribute{
			MarkdownDescription: "The kind of number: `landline`, `mobile-lvn`, `landline-toll-free` or an undocumented one. API: `type`.",
			Computed:            true,
			PlanModifiers:       keep,
		},
		"features": schema.SetAttribute{
			MarkdownDescription: "What the number can do: `SMS`, `VOICE`, `MMS`. API: `features`.",
			ElementType:         types.StringType,
			Computed:            true,
			PlanModifiers:       []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
		},
		"limitations": schema.SetNestedAttribute{
			MarkdownDescription: "Restrictions of the number's features. API: `limitations`.",
			Computed:            true,
			PlanModifiers:       []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
			NestedObject:        schema.NestedAttributeObject{Attributes: limitationAttributes()},
		},
		"application_id": schema.StringAttribute{
			MarkdownDescription: "The application the number is linked to, if any, as of the last refresh. A `vonage_number_link` sets it. API: `app_id`.",
			Computed:            true,
			PlanModifiers:       keep,
		},
		"monthly_cost": schema.StringAttribute{
			MarkdownDescription: "The monthly rent in EUR, a decimal number, as offered when this resource rented the number; null for a number that was adopted or imported. API: `cost`.",
			Computed:            true,
			PlanModifiers:       keep,
		},
		"initial_cost": schema.StringAttribute{
			MarkdownDescription: "The one-time price of renting the number, in EUR, a decimal number; null for a number that was adopted or imported. API: `initialPrice`.",
			Computed:            true,
			PlanModifiers:       keep,
		},
	}
}

func limitationAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"feature": schema.StringAttribute{MarkdownDescription: "The feature: `SMS`, `VOICE` or `MMS`. API: `limitations[].feature`.", Computed: true},
		"type":    schema.StringAttribute{MarkdownDescription: "The direction: `INBOUND` or `OUTBOUND`. API: `limitations[].type`.", Computed: true},
		"reach":   schema.StringAttribute{MarkdownDescription: "The reach: `DOMESTIC` or `INTERNATIONAL`. API: `limitations[].reach`.", Computed: true},
	}
}

// numberModel is the plan or state of a vonage_number. Its id is null while its creation is unfinished: see unfinished.
type numberModel struct {
	ID      types.String       `tfsdk:"id"`
	Country schematype.Country `tfsdk:"country"`
	MSISDN  schematype.MSISDN  `tfsdk:"msisdn"`

	DeletionPolicy types.String   `tfsdk:"deletion_policy"`
	MaxMonthlyCost types.String   `tfsdk:"max_monthly_cost"`
	MaxInitialCost types.String   `tfsdk:"max_initial_cost"`
	TargetAPIKey   types.String   `tfsdk:"target_api_key"`
	Timeouts       timeouts.Value `tfsdk:"timeouts"`

	SMSWebhookURL       types.String `tfsdk:"sms_webhook_url"`
	SMPPSystemType      types.String `tfsdk:"smpp_system_type"`
	VoiceCallback       types.Object `tfsdk:"voice_callback"`
	VoiceStatusCallback types.String `tfsdk:"voice_status_callback"`

	Type          types.String `tfsdk:"type"`
	Features      types.Set    `tfsdk:"features"`
	Limitations   types.Set    `tfsdk:"limitations"`
	ApplicationID types.String `tfsdk:"application_id"`
	MonthlyCost   types.String `tfsdk:"monthly_cost"`
	InitialCost   types.String `tfsdk:"initial_cost"`
}

// newNumberModel returns the state of an owned number. Attributes that Vonage does not have come from prior.
func newNumberModel(number vonage.Number, prior numberModel) numberModel {
	key := number.Key()
	return numberModel{
		ID:      types.StringValue(key.String()),
		Country: schematype.NewCountry(key.Country),
		MSISDN:  schematype.NewMSISDN(key.MSISDN),

		DeletionPolicy: prior.DeletionPolicy, MaxMonthlyCost: prior.MaxMonthlyCost, MaxInitialCost: prior.MaxInitialCost,
		TargetAPIKey: prior.TargetAPIKey, Timeouts: prior.Timeouts,

		SMSWebhookURL:       framework.TextOrNull(number.SMSWebhookURL),
		VoiceCallback:       newVoiceCallback(number),
		SMPPSystemType:      prior.SMPPSystemType,
		VoiceStatusCallback: prior.VoiceStatusCallback,

		Type: types.StringValue(number.Type), Features: newFeatures(number.Features), Limitations: newLimitations(number.Limitations),
		ApplicationID: framework.TextOrNull(number.ApplicationID),
		MonthlyCost:   prior.MonthlyCost, InitialCost: prior.InitialCost,
	}
}

// importedNumber returns the defaults of an imported number before it is read, so that the next plan does not add them.
func importedNumber() numberModel {
	return numberModel{DeletionPolicy: types.StringValue(policyPrevent), Timeouts: framework.NoTimeouts()}
}

// key returns the number's canonical key.
func (m numberModel) key() vonage.NumberKey {
	return vonage.NumberKey{Country: m.Country.ValueCanonical(), MSISDN: m.MSISDN.ValueCanonical()}
}

// Identity implements framework.Identifiable.
func (m numberModel) Identity() any { return newIdentity(m.key()) }

// unfinished returns the state of a number that is, or may be, rented but was not set up. Terraform marks an object
// whose creation failed as tainted and replaces it, but does not show that mark to the provider. The null id takes its
// place: when such an object is replaced, the number stays rented, and the replacement adopts it.
func (m numberModel) unfinished() numberModel {
	m.ID = types.StringNull()
	m.SMPPSystemType, m.VoiceStatusCallback = types.StringNull(), types.StringNull()
	return m
}

func (m numberModel) isUnfinished() bool { return m.ID.IsNull() }

var limitationType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"feature": types.StringType, "type": types.StringType, "reach": types.StringType,
}}

// newFeatures returns a set, because the API returns the same features in varying order.
func newFeatures(features []string) types.Set {
	values := make([]attr.Value, 0, len(features))
	for _, feature := range slices.Compact(slices.Sorted(slices.Values(features))) {
		values = append(values, types.StringValue(feature))
	}
	return types.SetValueMust(types.StringType, values)
}

func newLimitations(limitations []vonage.Limitation) types.Set {
	values := make([]attr.Value, 0, len(limitations))
	for _, limitation := range limitations {
		value := types.ObjectValueMust(limitationType.AttrTypes, map[string]attr.Value{
			"feature": types.StringValue(limitation.Feature),
			"type":    types.StringValue(limitation.Type),
			"reach":   types.StringValue(limitation.Reach),
		})
		if !slices.ContainsFunc(values, value.Equal) { // Terraform rejects sets with duplicate elements
			values = append(values, value)
		}
	}
	return types.SetValueMust(limitationType, values)
}

var (
	_ resource.ResourceWithConfigure      = (*numberResource)(nil)
	_ resource.ResourceWithIdentity       = (*numberResource)(nil)
	_ resource.ResourceWithImportState    = (*numberResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*numberResource)(nil)
	_ resource.ResourceWithValidateConfig = (*numberResource)(nil)
)

// NewResource returns the resource vonage_number.
func NewResource() resource.Resource { return &numberResource{} }

type numberResource struct {
	data    *framework.ProviderData
	numbers *vonage.NumbersService
}

func (r *numberResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_number"
}

func (r *numberResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = numberSchema(ctx)
}

func (r *numberResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema()
}

func (r *numberResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config numberModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.validate(&resp.Diagnostics)
}

func (r *numberResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.numbers = data, data.Client.Numbers
	}
}

func (r *numberResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	key := importKey(ctx, req, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	startImport(ctx, key, resp)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("deletion_policy"), importedNumber().DeletionPolicy)...)
}

// Create rents or adopts the number, and then sets it up. The number is in the state as soon as it may be rented.
func (r *numberResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan numberModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	owner := ensureOwner(ctx, resp.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	key := plan.key()
	release, err := r.data.Claims.Claim(key, framework.Rent, owner)
	if err != nil {
		addError(&resp.Diagnostics, "rent", key, err)
		return
	}
	number, model, err := r.rent(ctx, plan, resp.Private, &resp.Diagnostics)
	if err == nil || vonage.IsUnknownOutcome(err) {
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
	if err != nil {
		addError(&resp.Diagnostics, "rent", key, err)
		if !vonage.IsUnknownOutcome(err) {
			release()
		} else {
			resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newNumberModel(number, model).unfinished())...)
		}
		return
	}
	configured, err := r.setUp(ctx, model, number)
	warnOfOverwriting(&resp.Diagnostics, r.numbers, key)
	if err != nil {
		addError(&resp.Diagnostics, "set up", key, fmt.Errorf("%w; the number is rented, and the next apply continues from there", err))
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newNumberModel(number, model).unfinished())...)
		return
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newNumberModel(configured, model))...)
}

// Read refreshes the number. A number that no longer exists is removed from the state with a warning, because it may be
// impossible to rent again; but one that was rented for a subaccount is kept, because the primary account never sees it,
// and so is one that was rented so recently that the list may not show it yet.
func (r *numberResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state numberModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	rented := newAcquired(ctx, "rented", resp.Private, r.data, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	importing, before := state.Type.IsNull(), state
	number, err := rented.read(ctx, r.numbers, state.key())
	switch {
	case err == nil && state.isUnfinished() && !importing:
		state = newNumberModel(number, state).unfinished()
	case err == nil:
		state = newNumberModel(number, state)
	case importing || !vonage.IsNotFound(err):
		addError(&resp.Diagnostics, "read", state.key(), err)
		return
	case rented.Recent():
		if r.data.SameAccount(ctx, resp.Private, "read", "number "+state.key().String(), &resp.Diagnostics) {
			rented.warnOfDelay(&resp.Diagnostics, state.key())
		}
	case state.TargetAPIKey.IsNull():
		if r.data.RemoveState(ctx, "number "+state.key().String(), resp) {
			warnOfLoss(&resp.Diagnostics, state)
		}
		return
	}
	if err == nil {
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		r.data.Claims.NoteRead(state.key())
	}
	r.data.Claims.NoteState(state.key(), "")
	framework.RefreshState(ctx, resp, before, state)
}

// Update writes the changed settings. The new state is the plan: other changes to the number, such as to its link, are
// left to the next refresh.
func (r *numberResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state numberModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if !plan.sameSettings(state) {
		if !r.data.SameAccount(ctx, req.Private, "update", "number "+plan.key().String(), &resp.Diagnostics) {
			return
		}
		_, err := r.numbers.Update(ctx, plan.key(), func(current vonage.Number) (vonage.NumberSettings, error) {
			return plan.toRequest(current, state), nil
		})
		warnOfOverwriting(&resp.Diagnostics, r.numbers, plan.key())
		if err != nil {
			addError(&resp.Diagnostics, "update", plan.key(), explainGone(plan.key(), "the number", err))
			return
		}
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, plan)...)
}

// Delete follows the state's deletion policy. It is the last safeguard, because replacements due to a taint, -replace or
// replace_triggered_by are not visible to the provider during planning.
func (r *numberResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state numberModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	destroy := destroyMarker.Get(ctx, req.Private, &resp.Diagnostics)
	refreshed := refreshedMarker.Get(ctx, req.Private, &resp.Diagnostics)
	claimed := r.claimedByOther(ctx, state, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	key := state.key()
	switch policy := state.DeletionPolicy.ValueString(); {
	case state.isUnfinished() && !destroy:
		// The replacement adopts the number.
	case policy == policyAbandon:
		warnOfAbandoning(&resp.Diagnostics, key)
	case claimed != nil:
		addError(&resp.Diagnostics, "destroy", key, claimed)
		abandonClaimed(ctx, claimed, resp)
	case policy != policyDelete:
		resp.Diagnostics.AddError(framework.Unable("destroy", "number "+key.String()), preventDetail(key)+
			" If Terraform replaces the resource only because it is tainted, run terraform untaint.")
	case r.data.SameAccount(ctx, req.Private, "cancel", "number "+key.String(), &resp.Diagnostics):
		err := r.unchanged(ctx, state, refreshed)
		if err == nil {
			err = r.numbers.Cancel(ctx, key, state.TargetAPIKey.ValueString())
		}
		if err != nil {
			addError(&resp.Diagnostics, "cancel", key, err)
		}
	}
}

// defaultTimeout is the default timeout of an operation on one number, including the wait for rate limits.
const defaultTimeout = 5 * time.Minute
