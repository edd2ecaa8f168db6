// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package verify

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// Descriptions of a fragment's attributes, in the resource and the data source.
const (
	fragmentIDDescription  = "The fragment's UUID, assigned by Vonage. API: `template_fragment_id`."
	dateCreatedDescription = "When the fragment was created, in RFC 3339 format. API: `date_created`."
	dateUpdatedDescription = "When the text was last changed, in RFC 3339 format. API: `date_updated`."
)

func fragmentSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The text of a `vonage_verify_template` for one channel and one locale. A template has at most one for both. If it has none, Vonage uses " +
			"its own text.\n\n" +
			"Terraform replaces `${…}` in its strings. So that a variable reaches Vonage, write it with two dollar signs: `$${code}`.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "Template and fragment: `8f35a1a7-eb2f-4552-8fdf-fffdaee41bc9/c70f446e-997a-4313-a081-60a02a31dc19`. Not part of the API.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"fragment_id": schema.StringAttribute{
				MarkdownDescription: fragmentIDDescription,
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"template_id": schema.StringAttribute{
				MarkdownDescription: "The template, a UUID. Refer to the `vonage_verify_template`, so that Terraform creates it first and destroys it last. Changing it " +
					"replaces the fragment. API: the path.",
				CustomType:    schematype.TemplateIDType{},
				Validators:    []validator.String{schematype.Reference(schematype.Valid[schematype.TemplateIDMeaning]())},
				Required:      true,
				PlanModifiers: []planmodifier.String{schematype.KeepEquivalent(), stringplanmodifier.RequiresReplace()},
			},
			"channel": schema.StringAttribute{
				MarkdownDescription: "How the code is sent: `sms` or `voice`. Others are sent with a warning, because Vonage may add some. Changing it replaces the fragment. " +
					"API: `channel`.",
				Required:      true,
				Validators:    []validator.String{knownChannel{}},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"locale": schema.StringAttribute{
				MarkdownDescription: "The language, with or without a region (BCP 47): `en-us`, `es-mx`. Upper and lower case mean the same; it is sent in lower case, " +
					"as Vonage documents it. Changing it replaces the fragment. API: `locale`.",
				CustomType:    schematype.LocaleType{},
				Validators:    []validator.String{schematype.Valid[schematype.LocaleMeaning]()},
				Required:      true,
				PlanModifiers: []planmodifier.String{schematype.KeepEquivalent(), stringplanmodifier.RequiresReplace()},
			},
			"text": schema.StringAttribute{
				MarkdownDescription: "The message. It has to contain the variable `code`, and may contain `brand`, `time-limit` and `time-limit-unit`: write `$${code}`, with two " +
					"dollar signs. Changed in place. API: `text`.",
				Required:   true,
				Validators: []validator.String{withVariables{}},
			},
			"date_created": schema.StringAttribute{
				MarkdownDescription: dateCreatedDescription,
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"date_updated": schema.StringAttribute{
				MarkdownDescription: dateUpdatedDescription,
				Computed:            true,
				PlanModifiers:       []planmodifier.String{whileTextStays{}},
			},
			"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
		},
	}
}

// knownChannel warns of channels that the specification (Verify API v2 1.0.1) does not have. Vonage adds some: its guides know
// templates for RCS.
type knownChannel struct{}

func (knownChannel) Description(context.Context) string { return "should be sms or voice" }

func (v knownChannel) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (knownChannel) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	channel := req.ConfigValue.ValueString()
	switch {
	case req.ConfigValue.IsNull(), req.ConfigValue.IsUnknown(), channel == "sms", channel == "voice":
	case channel == "":
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid channel", "Attribute channel must not be empty: sms or voice.")
	default:
		resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown channel",
			fmt.Sprintf("Vonage documents the channels sms and voice for templates, and this is %s. The provider sends it anyway; the API may reject it.", vonage.Quote(channel)))
	}
}

// The variables of a text (https://developer.vonage.com/en/verify/guides/custom-templates).
const code = "${code}"

func variables() []string { return []string{code, "${brand}", "${time-limit}", "${time-limit-unit}"} }

var variable = regexp.MustCompile(`\$\{[^}]*\}`)

// withVariables rejects texts without the code, and warns of variables that Vonage does not document.
type withVariables struct{}

func (withVariables) Description(context.Context) string { return "must contain ${code}" }

func (v withVariables) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (withVariables) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	text := req.ConfigValue.ValueString()
	if !strings.Contains(text, code) {
		resp.Diagnostics.AddAttributeError(req.Path, "Text without a code", "Attribute text must contain the variable code, in whose place Vonage puts the code. Terraform replaces "+
			"${…} in its strings, so write it with two dollar signs: $${code}.")
	}
	for _, used := range variable.FindAllString(text, -1) {
		if !slices.Contains(variables(), used) {
			resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown variable", fmt.Sprintf("Vonage documents the variables %s, and the text has %s. The provider sends it anyway; "+
				"the API may reject it, or send it as it is.", strings.Join(variables(), ", "), vonage.Quote(used)))
		}
	}
}

// whileTextStays plans the time of the last change as it is, unless the text changes.
type whileTextStays struct{}

func (whileTextStays) Description(context.Context) string { return "Changes with the text." }

func (m whileTextStays) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (whileTextStays) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || !req.PlanValue.IsUnknown() {
		return
	}
	var before, after types.String
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("text"), &before)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("text"), &after)...)
	if before.Equal(after) {
		resp.PlanValue = req.StateValue
	}
}

// fragmentModel is the plan or state of a vonage_verify_template_fragment.
type fragmentModel struct {
	ID          types.String          `tfsdk:"id"`
	FragmentID  types.String          `tfsdk:"fragment_id"`
	TemplateID  schematype.TemplateID `tfsdk:"template_id"`
	Channel     types.String          `tfsdk:"channel"`
	Locale      schematype.Locale     `tfsdk:"locale"`
	Text        types.String          `tfsdk:"text"`
	DateCreated types.String          `tfsdk:"date_created"`
	DateUpdated types.String          `tfsdk:"date_updated"`
	Timeouts    timeouts.Value        `tfsdk:"timeouts"`
}

// newFragmentModel returns the state of a fragment. Attributes that Vonage does not have come from prior.
func newFragmentModel(template string, fragment vonage.VerifyFragment, prior fragmentModel) fragmentModel {
	id := strings.ToLower(fragment.ID)
	return fragmentModel{
		ID: types.StringValue(template + "/" + id), FragmentID: types.StringValue(id),
		TemplateID: schematype.Known[schematype.TemplateIDMeaning](template),
		Channel:    types.StringValue(fragment.Channel), Locale: schematype.Known[schematype.LocaleMeaning](fragment.Locale), Text: types.StringValue(fragment.Text),
		DateCreated: types.StringValue(fragment.DateCreated), DateUpdated: types.StringValue(fragment.DateUpdated), Timeouts: prior.Timeouts,
	}
}

// toRequest returns the fragment to create.
func (m fragmentModel) toRequest() vonage.VerifyFragment {
	return vonage.VerifyFragment{Channel: m.Channel.ValueString(), Locale: m.Locale.ValueCanonical(), Text: m.Text.ValueString()}
}

func (m fragmentModel) template() string { return m.TemplateID.ValueCanonical() }

func (m fragmentModel) noun() string {
	return fmt.Sprintf("fragment %s %s of Verify template %s", vonage.Quote(m.Channel.ValueString()), vonage.Quote(m.Locale.ValueCanonical()), m.template())
}

// Identity implements framework.Identifiable.
func (m fragmentModel) Identity() any {
	return fragmentIdentity{types.StringValue(m.template()), m.FragmentID}
}

type fragmentIdentity struct {
	TemplateID types.String `tfsdk:"template_id"`
	FragmentID types.String `tfsdk:"fragment_id"`
}

var (
	_ resource.ResourceWithConfigure   = (*fragmentResource)(nil)
	_ resource.ResourceWithIdentity    = (*fragmentResource)(nil)
	_ resource.ResourceWithImportState = (*fragmentResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*fragmentResource)(nil)
)

// NewFragmentResource returns the resource vonage_verify_template_fragment.
func NewFragmentResource() resource.Resource { return &fragmentResource{} }

type fragmentResource struct {
	data      *framework.ProviderData
	templates *vonage.VerifyTemplatesService
}

func (r *fragmentResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_verify_template_fragment"
}

func (r *fragmentResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = fragmentSchema(ctx)
}

func (r *fragmentResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"template_id": identityschema.StringAttribute{Description: "The template's UUID.", RequiredForImport: true},
		"fragment_id": identityschema.StringAttribute{Description: "The fragment's UUID.", RequiredForImport: true},
	}}
}

func (r *fragmentResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.templates = data, data.Client.VerifyTemplates
	}
}

// ModifyPlan checks the template's id, which validation may have let pass: see schematype.Reference.
func (r *fragmentResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan, state fragmentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	resp.Diagnostics.Append(plan.TemplateID.CheckNew(ctx, path.Root("template_id"), state.TemplateID)...)
}

func (r *fragmentResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	template, fragment, _ := strings.Cut(req.ID, "/")
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var given fragmentIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &given)...)
		template, fragment = given.TemplateID.ValueString(), given.FragmentID.ValueString()
	}
	if schematype.CheckUUID(template) != nil || schematype.CheckUUID(fragment) != nil {
		resp.Diagnostics.AddError("Invalid import id", "It must be the UUID of the template, a slash, and the UUID of the fragment, as in "+
			"\"8f35a1a7-eb2f-4552-8fdf-fffdaee41bc9/c70f446e-997a-4313-a081-60a02a31dc19\".")
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("template_id"), strings.ToLower(template))...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("fragment_id"), strings.ToLower(fragment))...)
}

func (r *fragmentResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan fragmentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(plan.TemplateID.Check(ctx, path.Root("template_id"))...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	created, err := r.templates.CreateFragment(ctx, plan.template(), plan.toRequest())
	exists, taken := errors.AsType[*vonage.FragmentExistsError](err)
	switch {
	case taken:
		id := plan.template() + "/FRAGMENT"
		if exists.Existing.ID != "" {
			id = plan.template() + "/" + exists.Existing.ID
		}
		resp.Diagnostics.AddAttributeError(path.Root("locale"), framework.Unable("create", plan.noun()), framework.Sentence(err.Error())+"\n\nNothing was changed. To manage the "+
			"existing fragment with this resource, import it, for example with an import block that has id = \""+id+"\". "+framework.TakenAdvice)
	case vonage.IsNotFound(err):
		resp.Diagnostics.AddAttributeError(path.Root("template_id"), framework.Unable("create", plan.noun()), framework.Sentence(err.Error())+"\n\nCheck the template's id, and that "+
			"the provider's api_key belongs to the account that has it. If the same configuration creates the template, refer to it.")
	case err != nil:
		addError(&resp.Diagnostics, "create", plan.noun(), framework.ExplainUnfinished(err))
		if vonage.IsUnknownOutcome(err) {
			r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
			resp.Diagnostics.Append(resp.State.Set(ctx, plan.unfinished())...)
		}
	default:
		r.data.KeepCreated(ctx, resp.Private, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newFragmentModel(plan.template(), created, plan))...)
	}
}

func (r *fragmentResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state fragmentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	importing := state.Text.IsNull()
	noun := "fragment " + state.FragmentID.ValueString() + " of Verify template " + state.template()
	if state.FragmentID.IsNull() {
		noun = state.noun()
	}
	fragment, err := r.find(ctx, state, created)
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
		framework.WarnIfFound(&resp.Diagnostics, state.FragmentID.IsNull(), noun, fragment.ID)
		framework.ForgetCreated(ctx, resp.Private, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newFragmentModel(state.template(), fragment, state))...)
	}
}

func (r *fragmentResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state fragmentModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if !plan.Text.Equal(state.Text) {
		if !r.data.SameAccount(ctx, req.Private, "update", plan.noun(), &resp.Diagnostics) {
			return
		}
		if created.Recent() { // a fragment that is not shown yet cannot be changed, either
			_, _ = r.find(ctx, state, created)
		}
		updated, err := r.templates.UpdateFragment(ctx, plan.template(), plan.FragmentID.ValueString(), plan.Text.ValueString())
		if err != nil {
			addError(&resp.Diagnostics, "update", plan.noun(), explainGone(err))
			return
		}
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		plan.DateUpdated = types.StringValue(updated.DateUpdated)
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, plan)...)
}

func (r *fragmentResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state fragmentModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "delete", state.noun(), &resp.Diagnostics) {
		return
	}
	fragment, err := vonage.VerifyFragment{ID: state.FragmentID.ValueString()}, error(nil)
	switch {
	case state.FragmentID.IsNull():
		fragment, err = r.find(ctx, state, created)
	case created.Recent(): // a fragment that is not shown yet cannot be deleted, either
		_, _ = r.find(ctx, state, created)
	}
	if err == nil {
		err = r.templates.DeleteFragment(ctx, state.template(), fragment.ID)
	}
	if err != nil && !vonage.IsNotFound(err) {
		addError(&resp.Diagnostics, "delete", state.noun(), err)
	}
}

// fragmentOf is a fragment and its template.
type fragmentOf struct {
	vonage.VerifyFragment

	template vonage.VerifyTemplate
}

// allFragments returns the fragments of all templates. A template that is gone since it was listed has none, and one of which not
// everything can be read has its fragments like any other.
func allFragments(ctx context.Context, templates *vonage.VerifyTemplatesService) iter.Seq2[fragmentOf, error] {
	return func(yield func(fragmentOf, error) bool) {
		for template, err := range templates.List(ctx) {
			if err != nil && template.ID == "" {
				if !yield(fragmentOf{}, err) {
					return
				}
				continue
			}
			for fragment, err := range templates.ListFragments(ctx, template.ID) {
				if vonage.IsNotFound(err) {
					break
				}
				if !yield(fragmentOf{fragment, template}, err) {
					return
				}
			}
		}
	}
}
