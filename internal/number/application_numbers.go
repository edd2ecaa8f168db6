// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
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

func applicationNumbersSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Links many rented phone numbers to one application, as one Terraform object. It is for hundreds and thousands of numbers, " +
			"for which as many `vonage_number_link` would keep Terraform itself busy: see the guide *Large accounts*. Do not use both for the same number.\n\n" +
			"The resource is the links of these numbers *to this application*. A number that somebody unlinks outside Terraform, links to another application, " +
			"or gives back, leaves the state: the plan shows it as added again, and a warning says who has it or that it is gone. Numbers " +
			"are linked and unlinked in parallel, up to the rate limit. If one of them fails, the others are linked all the same: the error lists each number that " +
			"failed with its reason, the state has those that are linked, and the next apply does the rest. After a create that failed in part, that apply replaces the " +
			"resource, which changes nothing about the links that exist.\n\n" +
			"As with `vonage_number_link`, the numbers' other settings stay as they are, and forwarding of a number takes precedence over the application's voice " +
			"webhooks. Destroying the resource unlinks the numbers that are listed and still linked to the application.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "The application's id. Not part of the API.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{applicationAsID{}},
			},
			"application_id": schema.StringAttribute{
				MarkdownDescription: "The application to link the numbers to, a UUID. Changing it replaces the resource: the numbers are unlinked and then linked again. " +
					"With `create_before_destroy` and `replace_existing_links` they go over without a gap. API: `app_id`.",
				CustomType: schematype.ApplicationIDType{},
				Validators: []validator.String{schematype.Reference(schematype.Valid[schematype.ApplicationIDMeaning]())},
				Required:   true,
				PlanModifiers: []planmodifier.String{
					schematype.KeepEquivalent(),
					stringplanmodifier.RequiresReplace(),
				},
			},
			"numbers": schema.ListAttribute{
				MarkdownDescription: "The phone numbers, each as `447700900001` or, if the account has the number in two countries, with the country as in `GB/447700900001`. " +
					"Only this canonical form is accepted; the function `normalize_msisdn` writes a number in it. API: `msisdn`, `country`.",
				CustomType:  schematype.LargeSetOfStrings(),
				ElementType: types.StringType,
				Required:    true,
				Validators:  []validator.List{canonicalEntries{}},
			},
			"exclusive": schema.BoolAttribute{
				MarkdownDescription: "Whether the application is to have no other numbers: a number that is linked to it and not listed is drift, and is unlinked. " +
					"Default: `false`. Not part of the API.",
				Optional: true,
				Computed: true,
				Default:  booldefault.StaticBool(false),
			},
			"replace_existing_links": schema.BoolAttribute{
				MarkdownDescription: "Whether to take over numbers that are linked to another application. Default: `false`, which makes that an error naming the application. Not part of the API.",
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(false),
			},
			"timeouts": framework.GrowingTimeoutsAttribute(ctx, defaultTimeout,
				"plus twice the time that reading and, unless it only reads, writing the numbers takes at the rate limits"),
		},
	}
}

// applicationAsID plans the id, which is the application's.
type applicationAsID struct{}

// Description implements planmodifier.String.
func (applicationAsID) Description(context.Context) string {
	return "The id is that of the application."
}

// MarkdownDescription implements planmodifier.String.
func (m applicationAsID) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString implements planmodifier.String.
func (applicationAsID) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	var application schematype.ApplicationID
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("application_id"), &application)...)
	if !application.IsNull() && !application.IsUnknown() {
		resp.PlanValue = types.StringValue(application.ValueCanonical())
	}
}

// applicationNumbersModel is the plan or state of a vonage_application_numbers. Its id is null while its creation is
// unfinished, as that of a vonage_number: see numberModel.unfinished.
type applicationNumbersModel struct {
	ID                   types.String             `tfsdk:"id"`
	ApplicationID        schematype.ApplicationID `tfsdk:"application_id"`
	Numbers              schematype.LargeSet      `tfsdk:"numbers"`
	Exclusive            types.Bool               `tfsdk:"exclusive"`
	ReplaceExistingLinks types.Bool               `tfsdk:"replace_existing_links"`
	Timeouts             timeouts.Value           `tfsdk:"timeouts"`
}

// newApplicationNumbersModel returns the state of the links of numbers to an application. Attributes that Vonage does not
// have come from prior.
func newApplicationNumbersModel(numbers entries, prior applicationNumbersModel) applicationNumbersModel {
	prior.Numbers = numbers.set()
	return prior
}

// importedApplicationNumbers returns the defaults of imported links before they are read, so that the next plan does not
// add them.
func importedApplicationNumbers(applicationID string) applicationNumbersModel {
	return applicationNumbersModel{
		ID: types.StringValue(applicationID), ApplicationID: schematype.NewApplicationID(applicationID), Numbers: schematype.NoLargeSet(),
		Exclusive: types.BoolValue(false), ReplaceExistingLinks: types.BoolValue(false), Timeouts: framework.NoTimeouts(),
	}
}

// application returns the application's canonical id.
func (m applicationNumbersModel) application() string { return m.ApplicationID.ValueCanonical() }

func (m applicationNumbersModel) isUnfinished() bool { return m.ID.IsNull() }

// noun names the object in messages.
func (m applicationNumbersModel) noun() string {
	return "the numbers of application " + m.application()
}

// one returns the link of one of the numbers.
func (m applicationNumbersModel) one(key vonage.NumberKey) linkModel {
	return linkModel{
		MSISDN: schematype.NewMSISDN(key.MSISDN), Country: schematype.NewCountry(key.Country),
		ApplicationID: m.ApplicationID, ReplaceExistingLink: m.ReplaceExistingLinks,
	}
}

// applicationIdentity is the identity of an application's numbers.
type applicationIdentity struct {
	ApplicationID types.String `tfsdk:"application_id"`
}

// Identity implements framework.Identifiable.
func (m applicationNumbersModel) Identity() any {
	return applicationIdentity{types.StringValue(m.application())}
}

var (
	_ resource.ResourceWithConfigure   = (*applicationNumbersResource)(nil)
	_ resource.ResourceWithIdentity    = (*applicationNumbersResource)(nil)
	_ resource.ResourceWithImportState = (*applicationNumbersResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*applicationNumbersResource)(nil)
)

// NewApplicationNumbersResource returns the resource vonage_application_numbers.
func NewApplicationNumbersResource() resource.Resource { return &applicationNumbersResource{} }

// applicationNumbersResource links each number as a vonage_number_link does.
type applicationNumbersResource struct{ linkResource }

func (r *applicationNumbersResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_application_numbers"
}

func (r *applicationNumbersResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = applicationNumbersSchema(ctx)
}

func (r *applicationNumbersResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"application_id": identityschema.StringAttribute{Description: "The application's id, a UUID.", RequiredForImport: true},
	}}
}

func (r *applicationNumbersResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := req.ID
	if id == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var given applicationIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &given)...)
		id = given.ApplicationID.ValueString()
	}
	if err := schematype.CheckUUID(id); err != nil && !resp.Diagnostics.HasError() {
		resp.Diagnostics.AddError("Invalid import id", "The import id is the application's id. "+framework.Sentence(err.Error()))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	imported := importedApplicationNumbers(schematype.NewApplicationID(id).ValueCanonical())
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, imported)...)
}

// timeToRead and timeToChange are the default timeouts of a read and of a change of that many numbers.
func (r *applicationNumbersResource) timeToRead(numbers int) time.Duration {
	return defaultTimeout + 2*r.numbers.TimeToRead(numbers)
}

func (r *applicationNumbersResource) timeToChange(numbers int) time.Duration {
	return r.timeToRead(numbers) + 2*r.numbers.TimeToWrite(numbers)
}

func (r *applicationNumbersResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan applicationNumbersModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, r.timeToChange(len(plan.Numbers.Elements())), &resp.Diagnostics)
	defer cancel()
	c := change{r: r, plan: plan, owner: ensureOwner(ctx, resp.Private, &resp.Diagnostics), diags: &resp.Diagnostics}
	if resp.Diagnostics.HasError() {
		return
	}
	acquiredMarker.Set(ctx, resp.Private, r.data.Now().UTC().Truncate(time.Second), &resp.Diagnostics)
	c.exclusive, c.left = plan.Exclusive.ValueBool(), r.data.Claims.LeftLinks()
	reached, complete := c.apply(ctx)
	if !complete && len(reached) == 0 {
		return
	}
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	if !complete {
		plan.ID = types.StringNull()
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newApplicationNumbersModel(reached, plan))...)
}

// Read finds out which of the numbers are still linked to the application. If none is, the object is removed from the state. An
// import, whose state has no numbers yet, takes all numbers that are linked to the application.
func (r *applicationNumbersResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state applicationNumbersModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, r.timeToRead(len(state.Numbers.Elements())), &resp.Diagnostics)
	defer cancel()
	linked := newAcquired(ctx, "linked", resp.Private, r.data, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	before, _ := entriesOf(state.Numbers)
	importing := state.Numbers.IsNull()
	seen, err := r.look(ctx, state, before, linked)
	switch {
	case err != nil:
		framework.AddError(&resp.Diagnostics, "read", state.noun(), err, nil)
		return
	case importing && len(seen.extra) == 0:
		resp.Diagnostics.AddError(framework.Unable("import", state.noun()),
			"No number is linked to this application, so there is nothing to import. Remove the import, and an apply creates the links.")
		return
	case seen.misses() && !r.data.SameAccount(ctx, resp.Private, "read", state.noun(), &resp.Diagnostics):
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
		return
	}
	seen.warn(&resp.Diagnostics, state)
	now := slices.Concat(seen.linked, seen.extra)
	if seen.lost() && len(now) == 0 {
		r.data.RemoveState(ctx, state.noun(), resp)
		return
	}
	if seen.found {
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
	state = newApplicationNumbersModel(now, state)
	r.noteLinks(state)
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
}

func (r *applicationNumbersResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state applicationNumbersModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	c := change{r: r, plan: plan, diags: &resp.Diagnostics, exclusive: plan.Exclusive.ValueBool() && !state.Exclusive.ValueBool()}
	c.before, _ = entriesOf(state.Numbers)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, r.timeToChange(len(c.before)+len(plan.Numbers.Elements())), &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if c.exclusive || !plan.Numbers.Equal(state.Numbers) {
		c.owner = ensureOwner(ctx, resp.Private, &resp.Diagnostics)
		c.linked = newAcquired(ctx, "linked", req.Private, r.data, &resp.Diagnostics)
		if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "link", plan.noun(), &resp.Diagnostics) {
			return
		}
		if wanted, _ := entriesOf(plan.Numbers); len(wanted.without(c.before)) > 0 {
			acquiredMarker.Set(ctx, resp.Private, r.data.Now().UTC().Truncate(time.Second), &resp.Diagnostics)
		}
		reached, complete := c.apply(ctx)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		if !complete {
			plan = newApplicationNumbersModel(reached, plan)
		}
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, plan)...)
}

func (r *applicationNumbersResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state applicationNumbersModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	c := change{r: r, diags: &resp.Diagnostics, owner: ownerMarker.Get(ctx, req.Private, &resp.Diagnostics)}
	c.before, _ = entriesOf(state.Numbers)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, r.timeToChange(len(c.before)), &resp.Diagnostics)
	defer cancel()
	c.linked = newAcquired(ctx, "linked", req.Private, r.data, &resp.Diagnostics)
	destroy := destroyMarker.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if state.isUnfinished() && !destroy { // the replacement takes the links over
		for _, entry := range c.before {
			r.data.Claims.LeaveLink(keyOf(entry), state.application())
		}
		return
	}
	if !r.data.SameAccount(ctx, req.Private, "unlink", state.noun(), &resp.Diagnostics) {
		return
	}
	c.plan = newApplicationNumbersModel(nil, state)
	if reached, complete := c.apply(ctx); !complete {
		resp.Diagnostics.Append(resp.State.Set(ctx, newApplicationNumbersModel(reached, state))...)
	}
}
