// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func linkSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Links a rented phone number to an application: calls and messages to the number go to the " +
			"application's webhooks.\n\n" +
			"The resource is the link of this number *to this application*. If somebody unlinks the number outside Terraform, or links it to another " +
			"application, this link no longer exists: a plan shows that it is to be created again, and a warning names the other application. Creating a link " +
			"fails, if possible already during the plan, if the number is linked to another application, unless `replace_existing_link` is set. Destroying a link " +
			"that no longer exists does nothing.\n\n" +
			"The number's inbound SMS webhook and its SIP or telephone forwarding stay as they are. Forwarding takes precedence over the application's " +
			"voice webhooks, so the apply warns if the number has any. The number's SMPP system type and voice status callback cannot be read from Vonage, " +
			"and this resource never sends them.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "Country and number in their canonical form: `GB/447700900001`. Not part of the API.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"msisdn": schema.StringAttribute{
				MarkdownDescription: "The phone number with its country calling code, at most 15 digits (E.164). `447700900001`, `+447700900001` and " +
					"`+44 7700 900001` are the same number. Changing the number replaces the link. API: `msisdn`.",
				CustomType: schematype.MSISDNType{},
				Validators: []validator.String{schematype.Valid[schematype.MSISDNMeaning]()},
				Required:   true,
				PlanModifiers: []planmodifier.String{
					schematype.KeepEquivalent(),
					stringplanmodifier.RequiresReplace(),
				},
			},
			"country": schema.StringAttribute{
				MarkdownDescription: "The country of the number, ISO 3166-1 alpha-2, in upper or lower case. By default the provider looks it up among the account's numbers; " +
					"it is required if the account has the number in more than one country, and a wrong country is an error. Changing the country replaces the link. API: `country`.",
				CustomType: schematype.CountryType{},
				Validators: []validator.String{schematype.Reference(schematype.Valid[schematype.CountryMeaning]())},
				Optional:   true,
				Computed:   true,
				PlanModifiers: []planmodifier.String{
					schematype.KeepEquivalent(),
					stringplanmodifier.UseStateForUnknown(),
					stringplanmodifier.RequiresReplace(),
				},
			},
			"application_id": schema.StringAttribute{
				MarkdownDescription: "The application to link the number to, a UUID. Changed in place. API: `app_id`.",
				CustomType:          schematype.ApplicationIDType{},
				Validators:          []validator.String{schematype.Reference(schematype.Valid[schematype.ApplicationIDMeaning]())},
				Required:            true,
				PlanModifiers:       []planmodifier.String{schematype.KeepEquivalent()},
			},
			"replace_existing_link": schema.BoolAttribute{
				MarkdownDescription: "Whether to take over a number that is linked to another application. Default: `false`, which makes that an error naming the application. Not part of the API.",
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(false),
			},
			"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
		},
	}
}

// linkModel is the plan or state of a vonage_number_link.
type linkModel struct {
	ID                  types.String             `tfsdk:"id"`
	MSISDN              schematype.MSISDN        `tfsdk:"msisdn"`
	Country             schematype.Country       `tfsdk:"country"`
	ApplicationID       schematype.ApplicationID `tfsdk:"application_id"`
	ReplaceExistingLink types.Bool               `tfsdk:"replace_existing_link"`
	Timeouts            timeouts.Value           `tfsdk:"timeouts"`
}

// toRequest returns the number's settings with this link instead of the current one, and everything else unchanged.
func (m linkModel) toRequest(current vonage.Number) vonage.NumberSettings {
	settings := current.Settings()
	settings.ApplicationID = m.ApplicationID.ValueCanonical()
	return settings
}

// newLinkModel returns the state of a number's link. Attributes that Vonage does not have come from prior.
func newLinkModel(number vonage.Number, prior linkModel) linkModel {
	key := number.Key()
	return linkModel{
		ID:                  types.StringValue(key.String()),
		MSISDN:              schematype.NewMSISDN(key.MSISDN),
		Country:             schematype.NewCountry(key.Country),
		ApplicationID:       schematype.NewApplicationID(number.ApplicationID),
		ReplaceExistingLink: prior.ReplaceExistingLink,
		Timeouts:            prior.Timeouts,
	}
}

// importedLink returns the defaults of an imported link before it is read, so that the next plan does not add them.
func importedLink() linkModel {
	return linkModel{ReplaceExistingLink: types.BoolValue(false), Timeouts: framework.NoTimeouts()}
}

// key returns the number's canonical key. Its country is empty while it is unknown.
func (m linkModel) key() vonage.NumberKey {
	return vonage.NumberKey{Country: m.Country.ValueCanonical(), MSISDN: m.MSISDN.ValueCanonical()}
}

// links reports whether the number is linked to this link's application.
func (m linkModel) links(number vonage.Number) bool {
	return number.ApplicationID != "" && strings.EqualFold(number.ApplicationID, m.ApplicationID.ValueString())
}

// Identity implements framework.Identifiable.
func (m linkModel) Identity() any { return newIdentity(m.key()) }

var (
	_ resource.ResourceWithConfigure   = (*linkResource)(nil)
	_ resource.ResourceWithIdentity    = (*linkResource)(nil)
	_ resource.ResourceWithImportState = (*linkResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*linkResource)(nil)
)

// NewLinkResource returns the resource vonage_number_link.
func NewLinkResource() resource.Resource { return &linkResource{} }

type linkResource struct {
	data    *framework.ProviderData
	numbers *vonage.NumbersService
}

func (r *linkResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_number_link"
}

func (r *linkResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = linkSchema(ctx)
}

func (r *linkResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema()
}

func (r *linkResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.numbers = data, data.Client.Numbers
	}
}

func (r *linkResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	key := importKey(ctx, req, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	startImport(ctx, key, resp)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("replace_existing_link"), importedLink().ReplaceExistingLink)...)
}

func (r *linkResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan linkModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	plan, err := r.locate(ctx, plan)
	if err != nil {
		addError(&resp.Diagnostics, "link", plan.key(), err)
		return
	}
	number, err := r.link(ctx, plan, linkModel{}, ensureOwner(ctx, resp.Private, &resp.Diagnostics))
	warnOfOverwriting(&resp.Diagnostics, r.numbers, plan.key())
	acquiredMarker.Set(ctx, resp.Private, r.data.Now().UTC().Truncate(time.Second), &resp.Diagnostics)
	if err == nil {
		warnOfForwarding(&resp.Diagnostics, number)
	} else {
		addError(&resp.Diagnostics, "link", plan.key(), err)
		if !vonage.IsUnknownOutcome(err) {
			return
		}
		// A link that may have been created goes into the state; the next refresh removes it if it was not.
	}
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newLinkModel(number, plan))...)
}

// Read removes the link from the state if the number is linked to another application or to none. An import, whose state
// has no application yet, takes the number's application. If the number is missing, the link is removed, too, unless it
// is so new that the list may not show the number yet.
func (r *linkResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state linkModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	linked := newAcquired(ctx, "linked", resp.Private, r.data, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	importing := state.ApplicationID.IsNull()
	if !importing {
		r.noteState(state)
	}
	number, err := linked.read(ctx, r.numbers, state.key())
	noun := "the link of number " + state.key().String()
	switch {
	case err == nil:
		r.refresh(ctx, state, number, resp)
	case vonage.IsNotFound(err) && linked.Recent():
		if r.data.SameAccount(ctx, resp.Private, "read", noun, &resp.Diagnostics) {
			linked.warnOfDelay(&resp.Diagnostics, state.key())
		}
		framework.RefreshState(ctx, resp, state, state)
	case vonage.IsNotFound(err) && !importing:
		r.data.RemoveState(ctx, noun, resp)
	default:
		addError(&resp.Diagnostics, "read the link of", state.key(), err)
	}
}

// refresh is Read for a number that the account has.
func (r *linkResource) refresh(ctx context.Context, state linkModel, number vonage.Number, resp *resource.ReadResponse) {
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	importing := state.ApplicationID.IsNull()
	changed := resolveDoubt(ctx, resp.Private, number.ApplicationID, &resp.Diagnostics)
	noun := "the link of number " + number.Key().String()
	switch {
	case state.links(number) || importing && number.ApplicationID != "" || changed:
		framework.RefreshState(ctx, resp, state, newLinkModel(number, state))
	case importing:
		resp.Diagnostics.AddError(framework.Unable("import", noun),
			"The number is not linked to an application, so there is no link to import. Remove the import, and an apply creates the link.")
	case r.data.RemoveState(ctx, noun, resp):
		warnOfTakeOver(&resp.Diagnostics, state, number)
	}
}

func (r *linkResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state linkModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if !plan.ApplicationID.SameAs(state.ApplicationID) {
		owner := ensureOwner(ctx, resp.Private, &resp.Diagnostics)
		if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "link", "number "+plan.key().String(), &resp.Diagnostics) {
			return
		}
		number, err := r.link(ctx, plan, state, owner)
		warnOfOverwriting(&resp.Diagnostics, r.numbers, plan.key())
		if vonage.IsUnknownOutcome(err) {
			doubtMarker.Set(ctx, resp.Private, number.ApplicationID, &resp.Diagnostics)
		}
		if err != nil {
			addError(&resp.Diagnostics, "link", plan.key(), explainGone(plan.key(), "the link", err))
			return
		}
		doubtMarker.Forget(ctx, resp.Private, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		warnOfForwarding(&resp.Diagnostics, number)
		plan = newLinkModel(number, plan)
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, plan)...)
}

func (r *linkResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state linkModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	owner := ownerMarker.Get(ctx, req.Private, &resp.Diagnostics)
	linked := newAcquired(ctx, "linked", req.Private, r.data, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "unlink", "number "+state.key().String(), &resp.Diagnostics) {
		return
	}
	r.noteState(state)
	err := r.unlink(ctx, state, owner)
	if vonage.IsNotFound(err) && linked.Recent() {
		if _, err = r.numbers.AwaitListed(ctx, state.key()); err == nil {
			err = r.unlink(ctx, state, owner)
		}
	}
	warnOfOverwriting(&resp.Diagnostics, r.numbers, state.key())
	claimed, isClaimed := errors.AsType[*framework.ClaimedError](err)
	switch {
	case isClaimed:
		warnOfNewOwner(&resp.Diagnostics, claimed.Key)
	case vonage.IsNotFound(err) && linked.Recent():
		linked.warnOfRemainder(&resp.Diagnostics, state)
	case err != nil && !vonage.IsNotFound(err):
		addError(&resp.Diagnostics, "unlink", state.key(), err)
	}
}
