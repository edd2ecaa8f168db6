// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sip

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var userKey = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)

func checkUserKey(text string) error {
	if !userKey.MatchString(text) {
		return fmt.Errorf("%s is not 1 to 64 lower-case letters, digits and hyphens", vonage.Quote(text))
	}
	return nil
}

// maxUsers is how many users a domain can have (Programmable SIP API 1.2.0).
const maxUsers = 200

func userSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A user of a SIP domain: what a telephone system or a softphone signs in with. A domain has at most 200 of them. The domain asks for " +
			"them only if its `digest_auth` is on.\n\n" +
			"A user that exists already is never overwritten: import it instead.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "Domain and key: `acme-pbx/desk-1`. Not part of the API.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"domain": schema.StringAttribute{
				MarkdownDescription: "The name of the domain. Refer to the `vonage_sip_domain`, so that Terraform creates it first and destroys it last. Changing it " +
					"replaces the user. API: the path.",
				Required:      true,
				Validators:    []validator.String{schematype.Reference(domainNameValidator())},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"key": schema.StringAttribute{
				MarkdownDescription: "The name that the user signs in with: 1 to 64 lower-case letters, digits and hyphens. Changing it replaces the user. API: `key`.",
				Required:            true,
				Validators:          []validator.String{schematype.Check("SIP user", "1 to 64 lower-case letters, digits and hyphens", checkUserKey)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"secret_wo": schema.StringAttribute{
				MarkdownDescription: "The secret that the user signs in with: 12 to 64 characters, among them an upper-case letter, a lower-case letter and a digit. It is " +
					"write-only: Terraform stores it neither in the plan nor in the state, so it may come from an ephemeral resource. It is sent on create and when " +
					"`secret_wo_version` changes. Requires Terraform 1.11 or OpenTofu 1.11. API: `secret`.",
				Required: true, WriteOnly: true, Sensitive: true,
				Validators: []validator.String{schematype.Reference(schematype.Check("SIP secret",
					"12 to 64 characters with an upper-case letter, a lower-case letter and a digit", vonage.CheckSIPSecret))},
			},
			"secret_wo_version": schema.Int64Attribute{
				MarkdownDescription: "A number of your choice: any change of it sends `secret_wo` again, in place. After an import the first value is recorded without sending " +
					"the secret. Not part of the API.",
				CustomType: schematype.Int64Type{},
				Required:   true,
			},
			"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
		},
	}
}

// userModel is the plan or state of a vonage_sip_user.
type userModel struct {
	ID              types.String     `tfsdk:"id"`
	Domain          types.String     `tfsdk:"domain"`
	Key             types.String     `tfsdk:"key"`
	SecretWO        types.String     `tfsdk:"secret_wo"`
	SecretWOVersion schematype.Int64 `tfsdk:"secret_wo_version"`
	Timeouts        timeouts.Value   `tfsdk:"timeouts"`
}

// newUserModel returns the state of a user. Attributes that Vonage does not have come from prior.
func newUserModel(domain, key string, prior userModel) userModel {
	return userModel{
		ID: types.StringValue(domain + "/" + key), Domain: types.StringValue(domain), Key: types.StringValue(key),
		SecretWOVersion: prior.SecretWOVersion, Timeouts: prior.Timeouts,
	}
}

func (m userModel) names() (domain, key string) { return m.Domain.ValueString(), m.Key.ValueString() }

func (m userModel) noun() string {
	return fmt.Sprintf("SIP user %s of domain %s", vonage.Quote(m.Key.ValueString()), vonage.Quote(m.Domain.ValueString()))
}

// Identity implements framework.Identifiable.
func (m userModel) Identity() any { return userIdentity{m.Domain, m.Key} }

type userIdentity struct {
	Domain types.String `tfsdk:"domain"`
	Key    types.String `tfsdk:"key"`
}

var (
	_ resource.ResourceWithConfigure   = (*userResource)(nil)
	_ resource.ResourceWithIdentity    = (*userResource)(nil)
	_ resource.ResourceWithImportState = (*userResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*userResource)(nil)
)

// NewUserResource returns the resource vonage_sip_user.
func NewUserResource() resource.Resource { return &userResource{} }

type userResource struct {
	data *framework.ProviderData
	sip  *vonage.SIPService
}

func (r *userResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sip_user"
}

func (r *userResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = userSchema(ctx)
}

func (r *userResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"domain": identityschema.StringAttribute{Description: "The name of the domain.", RequiredForImport: true},
		"key":    identityschema.StringAttribute{Description: "The name that the user signs in with.", RequiredForImport: true},
	}}
}

func (r *userResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.sip = data, data.Client.SIP
	}
}

// ModifyPlan plans the id of a new user, and rejects one that the domain has already.
func (r *userResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan, config, state userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		plannedMarker.Set(ctx, resp.Private, true, &resp.Diagnostics)
	}
	if !config.SecretWO.IsUnknown() && !plan.SecretWOVersion.Equal(state.SecretWOVersion) { // see schematype.Reference
		checkSecret(config.SecretWO.ValueString(), &resp.Diagnostics)
	}
	if !req.State.Raw.IsNull() {
		return
	}
	if resp.Diagnostics.HasError() || plan.Domain.IsUnknown() || plan.Key.IsUnknown() {
		return
	}
	domain, key := plan.names()
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), domain+"/"+key)...)
	if err := checkDomainName(domain); err != nil { // see schematype.Reference
		resp.Diagnostics.AddAttributeError(path.Root("domain"), "Invalid SIP domain", framework.Sentence(err.Error()))
		return
	}
	if plannedMarker.Get(ctx, req.Private, &resp.Diagnostics) {
		return
	}
	r.mustBeNew(ctx, plan, &resp.Diagnostics)
}

// mustBeNew rejects a user that the domain has already, and warns of a domain that has no room for another one.
func (r *userResource) mustBeNew(ctx context.Context, plan userModel, diags *diag.Diagnostics) {
	domain, key := plan.names()
	count := 0
	for user, err := range r.sip.Users(ctx, domain) {
		_, malformed := errors.AsType[*vonage.MalformedEntryError](err)
		count++
		switch {
		case malformed:
		case vonage.IsNotFound(err), framework.CredentialsUnknown(err): // the same apply may create the domain
			return
		case err != nil:
			framework.AddError(diags, "plan", plan.noun(), err, nil)
			return
		case user.Key == key:
			addExists(diags, plan.noun(), domain+"/"+key, secretStays+inDestroy)
			return
		}
	}
	if count >= maxUsers {
		diags.AddAttributeWarning(path.Root("domain"), "The SIP domain is full", fmt.Sprintf("SIP domain %s has %d users, and can have %d. The apply fails unless some are "+
			"deleted before.", vonage.Quote(domain), count, maxUsers))
	}
}

func (r *userResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	asked := req.ID
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var given userIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &given)...)
		asked = given.Domain.ValueString() + "/" + given.Key.ValueString()
	}
	domain, key, both := strings.Cut(asked, "/")
	if !both || domain == "" || key == "" || strings.Contains(key, "/") {
		resp.Diagnostics.AddError("Invalid import id", vonage.Quote(asked)+" is not the domain and the key of a SIP user, as in \"acme-pbx/desk-1\".")
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("domain"), domain)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("key"), key)...)
}

func checkSecret(word string, diags *diag.Diagnostics) {
	if err := vonage.CheckSIPSecret(word); err != nil {
		diags.AddAttributeError(path.Root("secret_wo"), "Invalid SIP secret", framework.Sentence(err.Error()))
	}
}

// secret returns the secret to send, which only the configuration has. A plan may not have known it.
func secret(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) string {
	var text types.String
	diags.Append(config.GetAttribute(ctx, path.Root("secret_wo"), &text)...)
	checkSecret(text.ValueString(), diags)
	return text.ValueString()
}

func (r *userResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	word := secret(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	domain, key := plan.names()
	settled, err := r.sip.CreateUser(ctx, domain, key, word)
	switch {
	case isTaken(err):
		addExists(&resp.Diagnostics, plan.noun(), domain+"/"+key, secretStays)
		return
	case vonage.IsNotFound(err):
		err = framework.Advise(err, "Check the name of the domain. If the same configuration creates it, refer to the resource, as in "+
			"domain = vonage_sip_domain.NAME.name, so that it is created first.")
		fallthrough
	case err != nil:
		framework.AddError(&resp.Diagnostics, "create", plan.noun(), explainFull(err), attributePath)
		if !vonage.IsUnknownOutcome(err) {
			return
		}
		// A user that may have been created goes into the state; the next refresh removes it if it was not.
	case !settled:
		r.data.KeepCreated(ctx, resp.Private, &resp.Diagnostics)
	}
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newUserModel(domain, key, plan))...)
}

func (r *userResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	domain, key := state.names()
	importing := state.ID.IsNull()
	read := r.sip.User
	if created.Recent() {
		read = r.sip.AwaitUser
	}
	err := read(ctx, domain, key)
	switch {
	case err == nil:
		framework.ForgetCreated(ctx, resp.Private, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	case vonage.IsNotFound(err) && created.Recent():
		if r.data.SameAccount(ctx, resp.Private, "read", state.noun(), &resp.Diagnostics) {
			created.WarnOfDelay(&resp.Diagnostics, state.noun())
		}
	case vonage.IsNotFound(err) && !importing:
		r.data.RemoveState(ctx, state.noun(), resp)
		return
	default:
		framework.AddError(&resp.Diagnostics, "read", state.noun(), err, nil)
		return
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newUserModel(domain, key, state))...)
}

// Update sends the secret if its version changed. The first version after an import is only recorded.
func (r *userResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state userModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	domain, key := plan.names()
	if !state.SecretWOVersion.IsNull() && !plan.SecretWOVersion.Equal(state.SecretWOVersion) {
		if !r.data.SameAccount(ctx, req.Private, "update", plan.noun(), &resp.Diagnostics) {
			return
		}
		word := secret(ctx, req.Config, &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return
		}
		if err := r.sip.SetUserSecret(ctx, domain, key, word); err != nil {
			framework.AddError(&resp.Diagnostics, "update", plan.noun(), explainGone(err), attributePath)
			return
		}
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newUserModel(domain, key, plan))...)
}

func (r *userResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state userModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "delete", state.noun(), &resp.Diagnostics) {
		return
	}
	domain, key := state.names()
	if created.Recent() { // a user that is not shown yet cannot be deleted, either
		_ = r.sip.AwaitUser(ctx, domain, key)
	}
	if err := r.sip.DeleteUser(ctx, domain, key); err != nil {
		framework.AddError(&resp.Diagnostics, "delete", state.noun(), err, nil)
	}
}

// allUsers returns the users of all domains, or of one if its name is given. A domain that is gone since it was listed has none,
// and one of which only the name can be read has its users like any other.
func allUsers(ctx context.Context, sip *vonage.SIPService, only string) iter.Seq2[vonage.SIPUser, error] {
	if only != "" {
		return sip.Users(ctx, only)
	}
	return func(yield func(vonage.SIPUser, error) bool) {
		for domain, err := range sip.Domains(ctx) {
			if err != nil && domain.Name == "" {
				if !yield(vonage.SIPUser{}, err) {
					return
				}
				continue
			}
			for user, err := range sip.Users(ctx, domain.Name) {
				if vonage.IsNotFound(err) {
					break
				}
				if !yield(user, err) {
					return
				}
			}
		}
	}
}
