// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const (
	maxOutboundDescription = "How many SMS the account may send per second, set by Vonage. API: `max-outbound-request`."
	maxInboundDescription  = "How many inbound SMS Vonage delivers to the account per second, set by Vonage. API: `max-inbound-request`."
	maxCallsDescription    = "How many API requests the account may make per second, set by Vonage. API: `max-calls-per-second`."
)

func settingsSchema(ctx context.Context) schema.Schema {
	callback := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			MarkdownDescription: description + " An empty string unsets it; left out, it stays as it is. Vonage calls the URL when it is set, and refuses one that does not answer with status 200.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{callbackForm()},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		}
	}
	limit := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{
			MarkdownDescription: description, CustomType: schematype.Int64Type{}, Computed: true,
			PlanModifiers: []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
		}
	}
	return schema.Schema{
		MarkdownDescription: "The settings of the account that the provider signs in to: the webhooks of its SMS. Every account has them exactly once, so creating this resource adopts them, and one account " +
			"can have one such resource. A subaccount has settings of its own; they need a provider block with its credentials.\n\n" +
			"Destroying the resource unsets the URLs that the configuration has set, if they are still those, and leaves everything else as it is.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "API key of the account. Not part of the API.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"mo_callback_url": callback("The webhook of inbound SMS, for numbers that have none of their own. API: `moCallBackUrl`."),
			"dr_callback_url": callback("The webhook of delivery receipts, for SMS that are sent without one of their own. API: `drCallBackUrl`."),
			"http_forward_method": schema.StringAttribute{
				MarkdownDescription: "How Vonage calls the webhooks: `GET_QUERY_PARAMS`, `POST_QUERY_PARAMS` or `POST_JSON`. Vonage does not return it, so a change outside Terraform is not detected, and " +
					"after an import it is sent once. Left out, it stays as it is. API: `httpForwardMethod`.",
				Optional:   true,
				Validators: []validator.String{schematype.OneOf("GET_QUERY_PARAMS", "POST_QUERY_PARAMS", "POST_JSON")},
			},
			"max_outbound_request": limit(maxOutboundDescription),
			"max_inbound_request":  limit(maxInboundDescription),
			"max_calls_per_second": limit(maxCallsDescription),
			"timeouts":             framework.TimeoutsAttribute(ctx, operationTimeout),
		},
	}
}

// callbackForm validates a URL that Vonage is to call, or "".
func callbackForm() validator.String {
	return schematype.Check("URL", "an absolute http:// or https:// URL, or empty", func(text string) error {
		if text == "" {
			return nil
		}
		return schematype.CheckHTTPURL(text)
	})
}

// settingsModel is the plan or state of a vonage_account_settings.
type settingsModel struct {
	ID                 types.String     `tfsdk:"id"`
	MOCallbackURL      types.String     `tfsdk:"mo_callback_url"`
	DRCallbackURL      types.String     `tfsdk:"dr_callback_url"`
	HTTPForwardMethod  types.String     `tfsdk:"http_forward_method"`
	MaxOutboundRequest schematype.Int64 `tfsdk:"max_outbound_request"`
	MaxInboundRequest  schematype.Int64 `tfsdk:"max_inbound_request"`
	MaxCallsPerSecond  schematype.Int64 `tfsdk:"max_calls_per_second"`
	Timeouts           timeouts.Value   `tfsdk:"timeouts"`
}

// newSettingsModel returns the state of an account's settings. Attributes that Vonage does not return come from prior.
func newSettingsModel(key string, settings vonage.AccountSettings, prior settingsModel) settingsModel {
	return settingsModel{
		ID:                 types.StringValue(key),
		MOCallbackURL:      types.StringValue(settings.MOCallbackURL),
		DRCallbackURL:      types.StringValue(settings.DRCallbackURL),
		HTTPForwardMethod:  prior.HTTPForwardMethod,
		MaxOutboundRequest: schematype.NewInt64Pointer(settings.MaxOutboundRequest),
		MaxInboundRequest:  schematype.NewInt64Pointer(settings.MaxInboundRequest),
		MaxCallsPerSecond:  schematype.NewInt64Pointer(settings.MaxCallsPerSecond),
		Timeouts:           prior.Timeouts,
	}
}

// setting is one setting that can be changed.
type setting struct {
	attribute string
	value     func(*settingsModel) *types.String
	change    func(value *string) vonage.SettingsChange
}

// settings returns those that can be changed. Each is sent in a request of its own: Vonage's refusal of a URL does not have to name
// it, and a refused one does not keep the others from being set.
func settings() []setting {
	return []setting{
		{
			"mo_callback_url",
			func(m *settingsModel) *types.String { return &m.MOCallbackURL },
			func(value *string) vonage.SettingsChange { return vonage.SettingsChange{MOCallbackURL: value} },
		},
		{
			"dr_callback_url",
			func(m *settingsModel) *types.String { return &m.DRCallbackURL },
			func(value *string) vonage.SettingsChange { return vonage.SettingsChange{DRCallbackURL: value} },
		},
		{
			"http_forward_method",
			func(m *settingsModel) *types.String { return &m.HTTPForwardMethod },
			func(value *string) vonage.SettingsChange { return vonage.SettingsChange{HTTPForwardMethod: value} },
		},
	}
}

// Identity implements framework.Identifiable.
func (m settingsModel) Identity() any { return settingsIdentity{m.ID} }

type settingsIdentity struct {
	APIKey types.String `tfsdk:"api_key"`
}

// setMarker stores the URLs that a configuration has set, by attribute. The state has those that the account had before, too.
var setMarker = framework.Marker[map[string]string]{Key: "set", Noun: "account settings", Tells: "which URLs the configuration has set"}

var (
	_ resource.ResourceWithConfigure   = (*settingsResource)(nil)
	_ resource.ResourceWithIdentity    = (*settingsResource)(nil)
	_ resource.ResourceWithImportState = (*settingsResource)(nil)
)

// NewSettingsResource returns the resource vonage_account_settings.
func NewSettingsResource() resource.Resource { return &settingsResource{} }

type settingsResource struct {
	data    *framework.ProviderData
	account *vonage.AccountService
}

const settingsNoun = "account settings"

func (r *settingsResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_account_settings"
}

func (r *settingsResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = settingsSchema(ctx)
}

func (r *settingsResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"api_key": identityschema.StringAttribute{Description: "API key of the account.", RequiredForImport: true},
	}}
}

func (r *settingsResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.account = data, data.Client.Account
	}
}

// ImportState takes the API key of the account, which can only be the one that the provider signs in to: another account's settings
// cannot be read.
func (r *settingsResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := req.ID
	if id == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var given settingsIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &given)...)
		id = given.APIKey.ValueString()
	}
	key, err := r.data.Client.APIKey(ctx)
	switch {
	case err != nil:
		framework.AddError(&resp.Diagnostics, "import", settingsNoun, err, nil)
	case id != key:
		resp.Diagnostics.AddError("Invalid import id", fmt.Sprintf("The import id is the API key of the account that the provider signs in to, %s (%s), and not %s.",
			vonage.QuoteAPIKey(key), r.data.Client.AccountSource(ctx), vonage.QuoteAPIKey(id)))
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
	}
}

func (r *settingsResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan settingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, operationTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	key, err := r.data.Client.APIKey(ctx)
	var current vonage.AccountSettings
	if err == nil {
		current, err = r.account.Settings(ctx)
	}
	if err != nil {
		framework.AddError(&resp.Diagnostics, "read", settingsNoun, err, nil)
		return
	}
	state, set := newSettingsModel(key, current, settingsModel{Timeouts: plan.Timeouts}), map[string]string{}
	r.apply(ctx, plan, plan, &state, set, &resp.Diagnostics)
	if resp.Diagnostics.HasError() && len(set) == 0 {
		return // nothing to keep in a state: the next create adopts the settings again
	}
	setMarker.Set(ctx, resp.Private, set, &resp.Diagnostics)
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
}

func (r *settingsResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state settingsModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, operationTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() || !r.sameAccount(ctx, state, req.Private, "read", &resp.Diagnostics) {
		return
	}
	settings, err := r.account.Settings(ctx)
	if err != nil {
		framework.AddError(&resp.Diagnostics, "read", settingsNoun, err, nil)
		return
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newSettingsModel(state.ID.ValueString(), settings, state))...)
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
}

func (r *settingsResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state, config settingsModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, operationTimeout, &resp.Diagnostics)
	defer cancel()
	set := setMarker.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.sameAccount(ctx, state, req.Private, "update", &resp.Diagnostics) {
		return
	}
	if set == nil {
		set = map[string]string{}
	}
	state.Timeouts = plan.Timeouts
	r.apply(ctx, plan, config, &state, set, &resp.Diagnostics)
	setMarker.Set(ctx, resp.Private, set, &resp.Diagnostics)
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
}

// Delete unsets the URLs that the configuration has set, unless somebody has changed them since. They are read once more for that.
func (r *settingsResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state settingsModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, operationTimeout, &resp.Diagnostics)
	defer cancel()
	set := setMarker.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.sameAccount(ctx, state, req.Private, "unset", &resp.Diagnostics) || len(set) == 0 {
		return
	}
	current, err := r.account.LatestSettings(ctx)
	if err != nil {
		framework.AddError(&resp.Diagnostics, "read", settingsNoun, err, nil)
		return
	}
	now := newSettingsModel(state.ID.ValueString(), current, state)
	for _, one := range settings() {
		if url := set[one.attribute]; url == "" || url != one.value(&now).ValueString() {
			continue
		}
		if _, err := r.account.ChangeSettings(ctx, one.change(new(""))); err != nil {
			framework.AddError(&resp.Diagnostics, "unset", one.attribute+" of the account", err, nil)
		}
	}
}

// sameAccount reports whether the settings are those of the account that the provider signs in to; see SameAccount.
func (r *settingsResource) sameAccount(ctx context.Context, state settingsModel, private framework.PrivateReader, verb string, diags *diag.Diagnostics) bool {
	if !r.data.SameAccount(ctx, private, verb, settingsNoun, diags) {
		return false
	}
	key, err := r.data.Client.APIKey(ctx)
	switch {
	case err != nil:
		framework.AddError(diags, verb, settingsNoun, err, nil)
	case key != state.ID.ValueString():
		diags.AddError(framework.Unable(verb, settingsNoun), fmt.Sprintf("These are the settings of account %s, but the provider signs in to account %s (%s), and cannot see another "+
			"account's settings. Nothing was changed, and the state stays as it is. Use the credentials of %[1]s.",
			vonage.QuoteAPIKey(state.ID.ValueString()), vonage.QuoteAPIKey(key), r.data.Client.AccountSource(ctx)))
	}
	return !diags.HasError()
}

// apply changes what the plan changes, setting by setting. It brings the state as far as it gets, and set to the URLs that the
// configuration has set by then: also those that the account had already.
func (r *settingsResource) apply(ctx context.Context, plan, config settingsModel, state *settingsModel, set map[string]string, diags *diag.Diagnostics) {
changes:
	for _, one := range settings() {
		want, has := *one.value(&plan), one.value(state)
		switch {
		case want.IsUnknown(): // not configured, and not read before
			continue
		case want.IsNull(), want.Equal(*has):
		default:
			if _, err := r.account.ChangeSettings(ctx, one.change(want.ValueStringPointer())); err != nil {
				addSettingError(diags, one, err)
				if isRefused(err) {
					continue
				}
				break changes // the others would fare the same
			}
		}
		if configured := want.Equal(*one.value(&config)); configured || !want.Equal(*has) {
			set[one.attribute] = want.ValueString()
		}
		*has = want
	}
	delete(set, "http_forward_method") // no URL to unset
}

// isRefused reports whether Vonage has refused a setting for what it is.
func isRefused(err error) bool {
	var unknown *vonage.UnknownOutcomeError
	var apiError *vonage.Error
	return !errors.As(err, &unknown) && errors.As(err, &apiError) && apiError.Status/100 == 4 && !vonage.IsUnauthorized(err)
}

// addSettingError reports that a setting was refused, at its attribute.
func addSettingError(diags *diag.Diagnostics, of setting, err error) {
	if strings.HasSuffix(of.attribute, "_url") && isRefused(err) {
		err = framework.Advise(err, "Vonage calls the URL with a GET when it is set, and accepts it only if it answers with status 200. Check that it can be reached from the internet; "+
			"if the same apply makes it, it has to be there first (depends_on).")
	}
	var located diag.Diagnostics
	framework.AddError(&located, "set", of.attribute+" of the account", err, nil)
	for _, one := range located {
		diags.AddAttributeError(path.Root(of.attribute), one.Summary(), one.Detail())
	}
}

var _ list.ListResourceWithConfigure = (*settingsListResource)(nil)

// NewSettingsListResource returns the list resource vonage_account_settings.
func NewSettingsListResource() list.ListResource { return &settingsListResource{} }

type settingsListResource struct{ data *framework.ProviderData }

func (l *settingsListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_account_settings"
}

func (l *settingsListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listschema.Schema{MarkdownDescription: "Lists the settings of the account that the provider signs in to, which exist exactly once."}
}

func (l *settingsListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	l.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (l *settingsListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	key, err := l.data.Client.APIKey(ctx)
	stream.Results = framework.Listing[vonage.AccountSettings]{
		Noun: settingsNoun,
		All: func(yield func(vonage.AccountSettings, error) bool) {
			if err != nil {
				yield(vonage.AccountSettings{}, err)
				return
			}
			yield(l.data.Client.Account.Settings(ctx))
		},
		Selects: func(vonage.AccountSettings) bool { return true },
		Name:    func(vonage.AccountSettings) string { return "settings of account " + key },
		Model: func(settings vonage.AccountSettings) framework.Identifiable {
			return newSettingsModel(key, settings, settingsModel{Timeouts: framework.NoTimeouts()})
		},
	}.Results(ctx, req)
}
