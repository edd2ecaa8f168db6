// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package verify implements the custom templates of the Verify API v2
// (https://developer.vonage.com/en/verify/guides/custom-templates) and their fragments.
package verify

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const defaultTimeout = 5 * time.Minute

// templateName is the form of a template's name (Verify API v2 1.0.1).
var templateName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// templateIDDescription is the description of the id in the resource and the data sources.
const templateIDDescription = "The template's UUID, assigned by Vonage; requests for a verification name it in `template_id`. API: `template_id`."

func templateSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A custom template of the Verify API v2: your own wording of the messages that carry a verification code. Its texts are " +
			"`vonage_verify_template_fragment` resources, one for each channel and locale. An account has at most ten templates.\n\n" +
			"Vonage has to enable custom templates for an account before it can create or change any: ask [Vonage support](https://api.support.vonage.com/).\n\n" +
			"A verification that names no template uses the account's default template. Vonage may make a new template the default; the provider then sets that right: " +
			"a template that was the default stays it, unless the new one has `is_default = true`.\n\n" +
			"A template that still has fragments cannot be destroyed. Refer to its `id` in the fragments, so that Terraform destroys them first. Fragments that are " +
			"managed elsewhere make the destroy fail with their names, and nothing is deleted.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: templateIDDescription,
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the template, unique in the account: 1 to 64 letters, digits, `_` and `-`. Changed in place. API: `name`.",
				Required:            true,
				Validators:          []validator.String{schematype.Matches(templateName, "must be 1 to 64 letters, digits, \"_\" and \"-\"")},
			},
			"is_default": schema.BoolAttribute{
				MarkdownDescription: "Whether verifications that name no template use this one. At most one template of an account can be the default: making this one the default " +
					"takes it from another. If left out, nothing changes about which template is the default, except that Vonage may make the first template of an account " +
					"the default. API: `is_default`.",
				Optional:      true,
				Computed:      true,
				PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseNonNullStateForUnknown()},
			},
			"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
		},
	}
}

// templateModel is the plan or state of a vonage_verify_template.
type templateModel struct {
	ID        types.String   `tfsdk:"id"`
	Name      types.String   `tfsdk:"name"`
	IsDefault types.Bool     `tfsdk:"is_default"`
	Timeouts  timeouts.Value `tfsdk:"timeouts"`
}

// newTemplateModel returns the state of a template. Attributes that Vonage does not have come from prior.
func newTemplateModel(template vonage.VerifyTemplate, prior templateModel) templateModel {
	return templateModel{
		ID: types.StringValue(strings.ToLower(template.ID)), Name: types.StringValue(template.Name),
		IsDefault: types.BoolValue(template.IsDefault), Timeouts: prior.Timeouts,
	}
}

// toRequest returns what an update changes. What was not planned to change is not sent.
func (m templateModel) toRequest(state templateModel) vonage.VerifyTemplateChange {
	var change vonage.VerifyTemplateChange
	if !m.Name.Equal(state.Name) {
		change.Name = m.Name.ValueStringPointer()
	}
	if !m.IsDefault.Equal(state.IsDefault) {
		change.IsDefault = wish(m.IsDefault)
	}
	return change
}

// wish returns what is planned about the default, nil for nothing.
func wish(isDefault types.Bool) *bool {
	if isDefault.IsUnknown() {
		return nil
	}
	return isDefault.ValueBoolPointer()
}

func (m templateModel) noun() string { return "Verify template " + vonage.Quote(m.Name.ValueString()) }

// owner identifies the resource in a run: names are unique in an account. It is "" if nothing is known yet.
func (m templateModel) owner() string {
	if m.Name.IsUnknown() {
		return m.ID.ValueString()
	}
	return m.Name.ValueString()
}

// Identity implements framework.Identifiable.
func (m templateModel) Identity() any { return templateIdentity{m.ID} }

type templateIdentity struct {
	ID types.String `tfsdk:"id"`
}

var (
	_ resource.ResourceWithConfigure   = (*templateResource)(nil)
	_ resource.ResourceWithIdentity    = (*templateResource)(nil)
	_ resource.ResourceWithImportState = (*templateResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*templateResource)(nil)
)

// NewTemplateResource returns the resource vonage_verify_template.
func NewTemplateResource() resource.Resource { return &templateResource{} }

type templateResource struct {
	data      *framework.ProviderData
	templates *vonage.VerifyTemplatesService
}

func (r *templateResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_verify_template"
}

func (r *templateResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = templateSchema(ctx)
}

func (r *templateResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{Description: "The template's UUID.", RequiredForImport: true},
	}}
}

func (r *templateResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.templates = data, data.Client.VerifyTemplates
	}
}

// ModifyPlan refuses a second template that is to be the default: each apply would take it from the other one.
func (r *templateResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan, config templateModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || plan.owner() == "" {
		return
	}
	if !config.IsDefault.ValueBool() {
		r.data.DefaultTemplate.Waive(plan.owner())
		return
	}
	r.claimDefault(plan, "plan", &resp.Diagnostics)
}

// claimDefault reports whether no other template of this run is to be the default.
func (r *templateResource) claimDefault(plan templateModel, verb string, diags *diag.Diagnostics) bool {
	other := r.data.DefaultTemplate.Want(plan.owner())
	if other != "" {
		diags.AddAttributeError(path.Root("is_default"), framework.Unable(verb, plan.noun()), fmt.Sprintf("It is to be the default, and so is Verify template %s: only one "+
			"template of an account can be. Remove is_default from one of them.", vonage.Quote(other)))
	}
	return other == ""
}

func (r *templateResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := req.ID
	if id == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var given templateIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &given)...)
		id = given.ID.ValueString()
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if name, byName := strings.CutPrefix(id, "name="); byName {
		template, err := findByName(ctx, r.templates, name)
		if err != nil {
			framework.AddError(&resp.Diagnostics, "import", "Verify template", err, nil)
			return
		}
		id = template.ID
	} else if schematype.CheckUUID(id) != nil {
		resp.Diagnostics.AddError("Invalid import id", vonage.Quote(id)+" is neither the UUID of a Verify template nor its name in the form \"name=…\".")
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), strings.ToLower(id))...)
}

// findByName returns the template with a name. A template that cannot be read is an error only if it has the name.
func findByName(ctx context.Context, templates *vonage.VerifyTemplatesService, name string) (vonage.VerifyTemplate, error) {
	var found []vonage.VerifyTemplate
	for template, err := range templates.List(ctx) {
		if _, malformed := errors.AsType[*vonage.MalformedEntryError](err); err != nil && (!malformed || template.Name == name) {
			return vonage.VerifyTemplate{}, err
		}
		if template.Name == name {
			found = append(found, template)
		}
	}
	switch len(found) {
	case 0:
		return vonage.VerifyTemplate{}, framework.Advise(fmt.Errorf("%w: no Verify template has the name %s", vonage.ErrNotFound, vonage.Quote(name)),
			"Check the spelling, and that the provider's api_key belongs to the account that has the template.")
	case 1:
		return found[0], nil
	}
	ids := make([]string, len(found))
	for i, template := range found {
		ids[i] = template.ID
	}
	return vonage.VerifyTemplate{}, fmt.Errorf("%d Verify templates have the name %s: %s; use the id of one of them",
		len(found), vonage.Quote(name), strings.Join(ids, ", "))
}

func (r *templateResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan templateModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() || plan.IsDefault.ValueBool() && !r.claimDefault(plan, "create", &resp.Diagnostics) {
		return
	}
	created, err := r.templates.Create(ctx, plan.Name.ValueString(), wish(plan.IsDefault))
	if err != nil && created.ID != "" {
		err = framework.Advise(err, "The template was created, and Terraform replaces it in the next apply. To keep it, run terraform untaint first.")
	}
	if err != nil {
		addError(&resp.Diagnostics, "create", plan.noun(), framework.ExplainUnfinished(err))
	}
	switch {
	case created.ID == "" && vonage.IsUnknownOutcome(err):
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		resp.Diagnostics.Append(resp.State.Set(ctx, plan.unfinished())...)
		return
	case created.ID == "":
		return
	}
	r.data.KeepCreated(ctx, resp.Private, &resp.Diagnostics)
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	state := newTemplateModel(created, plan)
	checkDefault(plan, state, &resp.Diagnostics)
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
}

// checkDefault reports that Vonage has not made a template what it was to be.
func checkDefault(plan, state templateModel, diags *diag.Diagnostics) {
	if plan.IsDefault.IsUnknown() || plan.IsDefault.Equal(state.IsDefault) || diags.HasError() {
		return
	}
	is, advice := "not the default", "Apply again."
	if state.IsDefault.ValueBool() {
		is, advice = "still the default", "Vonage may keep the only default of an account: make another template the default instead, and remove is_default here."
	}
	diags.AddAttributeError(path.Root("is_default"), framework.Unable("set the default of", plan.noun()),
		fmt.Sprintf("Vonage has accepted the change, and the template is %s. %s", is, advice))
}

func (r *templateResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state templateModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	importing := state.Name.IsNull()
	noun := "Verify template " + state.ID.ValueString()
	if state.ID.IsNull() {
		noun = state.noun()
	}
	template, err := r.find(ctx, state, created)
	switch {
	case vonage.IsNotFound(err) && created.Recent():
		if r.data.SameAccount(ctx, resp.Private, "read", noun, &resp.Diagnostics) {
			created.WarnOfDelay(&resp.Diagnostics, noun)
		}
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
	case vonage.IsNotFound(err) && !importing:
		r.data.RemoveState(ctx, noun, resp)
	case err != nil:
		framework.AddError(&resp.Diagnostics, "read", noun, err, nil)
	default:
		framework.WarnIfFound(&resp.Diagnostics, state.ID.IsNull(), noun, template.ID)
		framework.ForgetCreated(ctx, resp.Private, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newTemplateModel(template, state))...)
	}
}

func (r *templateResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state templateModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if change := plan.toRequest(state); change != (vonage.VerifyTemplateChange{}) {
		if !r.data.SameAccount(ctx, req.Private, "update", plan.noun(), &resp.Diagnostics) ||
			change.IsDefault != nil && *change.IsDefault && !r.claimDefault(plan, "update", &resp.Diagnostics) {
			return
		}
		if created.Recent() { // a template that is not shown yet cannot be changed, either
			_, _ = r.find(ctx, state, created)
		}
		updated, err := r.templates.Update(ctx, plan.ID.ValueString(), change)
		if err != nil {
			addError(&resp.Diagnostics, "update", plan.noun(), explainGone(err))
			return
		}
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		next := newTemplateModel(updated, plan)
		if change.IsDefault == nil {
			next.IsDefault = plan.IsDefault // another template may have become the default since the plan: the next one shows it
		}
		checkDefault(plan, next, &resp.Diagnostics)
		plan = next
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, plan)...)
}

func (r *templateResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state templateModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "delete", state.noun(), &resp.Diagnostics) {
		return
	}
	template, err := vonage.VerifyTemplate{ID: state.ID.ValueString()}, error(nil)
	switch {
	case state.ID.IsNull():
		template, err = r.find(ctx, state, created)
	case created.Recent(): // a template that is not shown yet cannot be deleted, either
		_, _ = r.find(ctx, state, created)
	}
	if err == nil {
		err = r.templates.Delete(ctx, template.ID)
	} else if vonage.IsNotFound(err) {
		return
	}
	if _, has := errors.AsType[*vonage.NotEmptyError](err); has {
		err = framework.Advise(err, "Nothing was deleted. These fragments are not destroyed with the template: delete them outside Terraform, or import them as "+
			"vonage_verify_template_fragment resources with the id \""+state.ID.ValueString()+"/FRAGMENT\". Fragments of the same configuration have to refer to the "+
			"template, as in template_id = vonage_verify_template.NAME.id, so that they are destroyed first.")
	}
	if err != nil {
		addError(&resp.Diagnostics, "delete", state.noun(), err)
	}
}

// addError reports a failed write with the advice that only templates need.
func addError(diags *diag.Diagnostics, verb, noun string, err error) {
	switch {
	case vonage.IsTemplatesDisabled(err):
		err = framework.Advise(err, "Vonage has to enable custom templates for an account before it can change any. Ask Vonage support "+
			"(https://api.support.vonage.com/) for it, and name the API key.")
	case vonage.IsTemplateTaken(err):
		diags.AddAttributeError(path.Root("name"), framework.Unable(verb, noun), framework.Sentence(err.Error())+"\n\nNothing was changed. To manage the existing template with "+
			"this resource, import it, for example with an import block that has its name in the form id = \"name=…\". "+framework.TakenAdvice+
			" Otherwise choose another name.")
		return
	case vonage.IsTemplateLimit(err):
		err = framework.Advise(err, "An account has at most ten custom templates. Delete one that is not needed, or use one template for several purposes.")
	}
	framework.AddError(diags, verb, noun, err, attributePath)
}

// attributePath maps the API's name of a parameter to the attribute: they are the same.
func attributePath(apiName string) (path.Path, bool) {
	switch apiName {
	case "name", "is_default", "channel", "locale", "text":
		return path.Root(apiName), true
	}
	return path.Empty(), false
}

// explainGone adds advice to a not-found error for an object that is in the state.
func explainGone(err error) error {
	if !vonage.IsNotFound(err) {
		return err
	}
	return framework.Advise(err, "It existed during the plan, so it was probably deleted outside Terraform since then. The next plan detects that and proposes to create "+
		"it again, with a new id.")
}
