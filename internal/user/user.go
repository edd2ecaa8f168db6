// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package user has the users of an application: those, people or machines, that calls and messages can reach.
package user

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
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

// defaultTimeout is the default timeout of an operation, including the wait for rate limits.
const defaultTimeout = 5 * time.Minute

// maxTTL is the largest TTL in seconds (Users API v1, described with the Application API 2.4.1).
const maxTTL = 2147483648

func userSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A user of an application: a softphone, an agent or a service that in-app calls and messages can reach.\n\n" +
			"Users belong to the application whose `application_id` and `private_key` (or `jwt`) the provider has; no API key is needed. What the configuration leaves out " +
			"is left alone, whoever sets it, except after an import: what the user has then and the configuration does not, the next apply removes. Add it to the configuration, or list it in " +
			"`ignore_changes`.\n\nManage the users of your services and teams here, and those that sign up by themselves in your own program.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "The user's id, `USR-…`, assigned by Vonage. API: `id`.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "Name, unique in the application, that the user signs in with: the `sub` of tokens. Not `me`, and it does not begin with `USR-`. Changed in place. " +
					"API: `name`.",
				Required:   true,
				Validators: []validator.String{schematype.Check("name of a user", "a name other than me that does not begin with USR-", checkName)},
			},
			"display_name": schema.StringAttribute{
				MarkdownDescription: "Name for people. If left out, it is left alone; removing it from the configuration unsets it. API: `display_name`.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"image_url": schema.StringAttribute{
				MarkdownDescription: "URL of a picture. If left out, it is left alone; removing it from the configuration unsets it. API: `image_url`.",
				Optional:            true,
				Validators:          []validator.String{schematype.HTTPURL()},
			},
			"custom_data": schema.MapAttribute{
				MarkdownDescription: "Data that your program attaches to the user. Values that are not strings are JSON-encoded, and keep their form at Vonage if they do not change. If " +
					"left out, it is left alone; an empty map, or removing it from the configuration, removes all of it. API: `properties.custom_data`.",
				ElementType: types.StringType,
				Optional:    true,
				Validators:  []validator.Map{mapvalidator.NoNullValues()},
			},
			"ttl": schema.Int64Attribute{
				MarkdownDescription: "Time after which Vonage deletes the user, in seconds, up to 2147483648; the next plan then creates it again. Vonage has no value for none: removing it from " +
					"the configuration leaves it as it is. API: `properties.ttl`.",
				CustomType: schematype.Int64Type{},
				Optional:   true,
				Validators: []validator.Int64{int64validator.Between(0, maxTTL)},
			},
			"channels": channelsAttribute(),
			"timeouts": framework.TimeoutsAttribute(ctx, defaultTimeout),
		},
	}
}

// checkName knows the names that the API refuses with user:error:invalid-user-name (Conversation API 5.5.1).
func checkName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("a user needs a name")
	case name == "me", strings.HasPrefix(name, "USR-"):
		return fmt.Errorf("%s is no name that a user can have: me stands for whoever asks, and USR- begins ids", vonage.Quote(name))
	}
	return nil
}

// model is the plan or state of a vonage_user. Null means not managed.
type model struct {
	ID          types.String          `tfsdk:"id"`
	Name        types.String          `tfsdk:"name"`
	DisplayName types.String          `tfsdk:"display_name"`
	ImageURL    types.String          `tfsdk:"image_url"`
	CustomData  map[string]string     `tfsdk:"custom_data"`
	TTL         schematype.Int64      `tfsdk:"ttl"`
	Channels    *channels[sipChannel] `tfsdk:"channels"`
	Timeouts    timeouts.Value        `tfsdk:"timeouts"`
}

func (m model) toRequest() vonage.User {
	return vonage.User{
		Name: m.Name.ValueString(), DisplayName: m.DisplayName.ValueStringPointer(), ImageURL: m.ImageURL.ValueStringPointer(),
		Properties: vonage.UserProperties{CustomData: vonage.ValuesOf(m.CustomData), TTL: m.TTL.ValueInt64Pointer()},
		Channels:   channelsToRequest(m.Channels),
	}
}

// newModel returns everything that a user has.
func newModel(user vonage.User) model {
	found := model{
		ID: types.StringValue(user.ID), Name: types.StringValue(user.Name), DisplayName: types.StringPointerValue(user.DisplayName),
		ImageURL: types.StringPointerValue(user.ImageURL), TTL: schematype.NewInt64Pointer(user.Properties.TTL),
		Channels: newChannels(user.Channels, newSIPChannel), Timeouts: framework.NoTimeouts(),
	}
	if len(user.Properties.CustomData) > 0 {
		found.CustomData = vonage.TextsOf(user.Properties.CustomData)
	}
	return found
}

// importedModel returns what an import writes of a user.
func importedModel(user vonage.User) model {
	imported := newModel(user)
	imported.Channels = withoutPasswords(imported.Channels)
	return imported
}

// newManagedModel returns of a user what prior manages.
func newManagedModel(user vonage.User, prior model) model {
	now := newModel(user)
	now.Timeouts, now.Channels = prior.Timeouts, managed(now.Channels, prior.Channels)
	if prior.DisplayName.IsNull() {
		now.DisplayName = prior.DisplayName
	}
	if prior.ImageURL.IsNull() {
		now.ImageURL = prior.ImageURL
	}
	if prior.TTL.IsNull() {
		now.TTL = prior.TTL
	}
	switch {
	case prior.CustomData == nil:
		now.CustomData = nil
	case now.CustomData == nil:
		now.CustomData = map[string]string{}
	}
	return now
}

// Identity implements framework.Identifiable.
func (m model) Identity() any { return identity{m.ID} }

type identity struct {
	ID types.String `tfsdk:"id"`
}

func (m model) noun() string { return "user " + vonage.Quote(m.Name.ValueString()) }

var (
	_ resource.ResourceWithConfigure   = (*userResource)(nil)
	_ resource.ResourceWithIdentity    = (*userResource)(nil)
	_ resource.ResourceWithImportState = (*userResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*userResource)(nil)
)

// NewResource returns the resource vonage_user.
func NewResource() resource.Resource { return &userResource{} }

type userResource struct {
	data  *framework.ProviderData
	users *vonage.UsersService
}

func (r *userResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_user"
}

func (r *userResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = userSchema(ctx)
}

func (r *userResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{Description: "The user's id, USR-….", RequiredForImport: true},
	}}
}

func (r *userResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.users = data, data.Client.Users
	}
}

// ModifyPlan reports missing credentials of a user that is to be created, for whom nothing is read before the apply, and warns of a TTL
// that cannot be removed.
func (r *userResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	if req.State.Raw.IsNull() {
		var name types.String
		resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("name"), &name)...)
		if _, err := r.data.Application(ctx); err != nil && !framework.CredentialsUnknown(err) {
			framework.AddError(&resp.Diagnostics, "plan", model{Name: name}.noun(), err, nil)
		}
		return
	}
	var before, after schematype.Int64
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("ttl"), &before)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("ttl"), &after)...)
	if !before.IsNull() && after.IsNull() {
		resp.Diagnostics.AddAttributeWarning(path.Root("ttl"), "The TTL stays", "Vonage has no value for a user without a TTL, so the user keeps the "+
			strconv.FormatInt(before.ValueInt64(), 10)+" seconds that it has. To be rid of it, replace the user (terraform apply -replace=ADDRESS), which gives it a new id.")
	}
}

// userID requires the prefix and then any visible characters, as other ids of the API's examples.
var userID = regexp.MustCompile(`^USR-\S+$`)

func (r *userResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := req.ID
	if id == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var given identity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &given)...)
		id = given.ID.ValueString()
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if name, byName := strings.CutPrefix(id, "name="); byName {
		user, err := r.users.FindByName(ctx, name)
		if err != nil {
			framework.AddError(&resp.Diagnostics, "import", model{Name: types.StringValue(name)}.noun(), explainMissing(ctx, r.data, err), nil)
			return
		}
		id = user.ID
	} else if !userID.MatchString(id) {
		resp.Diagnostics.AddError("Invalid import id", vonage.Quote(id)+" is neither the id of a user, USR-…, nor its name in the form \"name=…\".")
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
}

func (r *userResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	created, err := r.users.Create(ctx, plan.toRequest())
	if err != nil {
		addError(&resp.Diagnostics, "create", plan, framework.ExplainUnfinished(err))
		if vonage.IsUnknownOutcome(err) {
			plan.ID = types.StringNull()
			r.data.KeepApplication(ctx, resp.Private, &resp.Diagnostics)
			resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		}
		return
	}
	r.data.KeepCreated(ctx, resp.Private, &resp.Diagnostics)
	r.data.KeepApplication(ctx, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newManagedModel(created, plan))...)
}

func (r *userResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	importing, noun := state.Name.IsNull(), state.noun()
	if importing {
		noun = "user " + vonage.Quote(state.ID.ValueString())
	}
	user, err := r.find(ctx, state, created)
	switch {
	case err == nil:
		framework.ForgetCreated(ctx, resp.Private, &resp.Diagnostics)
		r.data.KeepApplication(ctx, resp.Private, &resp.Diagnostics)
		framework.WarnIfFound(&resp.Diagnostics, state.ID.IsNull(), state.noun(), user.ID)
		next := newManagedModel(user, state)
		if importing {
			next = importedModel(user)
			next.Timeouts = state.Timeouts
		}
		framework.RefreshState(ctx, resp, state, next)
	case vonage.IsNotFound(err) && created.Recent():
		if r.data.SameApplication(ctx, resp.Private, "read", noun, &resp.Diagnostics) {
			created.WarnOfDelay(&resp.Diagnostics, noun)
			framework.RefreshState(ctx, resp, state, state)
		}
	case vonage.IsNotFound(err) && !importing:
		r.data.RemoveFromApplication(ctx, noun, resp)
	default:
		framework.AddError(&resp.Diagnostics, "read", noun, explainMissing(ctx, r.data, err), nil)
	}
}

// Update sends everything that the plan manages, and what the state managed before to unset it.
func (r *userResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if before, want := state.toRequest(), plan.toRequest(); !reflect.DeepEqual(before, want) {
		if !r.data.SameApplication(ctx, req.Private, "update", plan.noun(), &resp.Diagnostics) {
			return
		}
		if created.Recent() {
			_, _ = r.users.Await(ctx, plan.ID.ValueString())
		}
		updated, err := r.users.Update(ctx, plan.ID.ValueString(), before, want)
		if err != nil {
			addError(&resp.Diagnostics, "update", plan, explainFixed(explainGone(err)))
			return
		}
		r.data.KeepApplication(ctx, resp.Private, &resp.Diagnostics)
		plan = newManagedModel(updated, plan)
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, plan)...)
}

func (r *userResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	created := r.data.Settling(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.data.SameApplication(ctx, req.Private, "delete", state.noun(), &resp.Diagnostics) {
		return
	}
	id := state.ID.ValueString()
	if state.ID.IsNull() || created.Recent() { // a user that is not shown yet cannot be deleted, either
		user, err := r.find(ctx, state, created)
		switch {
		case !state.ID.IsNull():
		case vonage.IsNotFound(err):
			return
		case err != nil:
			framework.AddError(&resp.Diagnostics, "delete", state.noun(), err, nil)
			return
		default:
			id = user.ID
		}
	}
	if err := r.users.Delete(ctx, id); err != nil {
		framework.AddError(&resp.Diagnostics, "delete", state.noun(), err, nil)
	}
}
