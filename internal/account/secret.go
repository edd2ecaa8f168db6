// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
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

func secretSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "An API secret of an account. With the account's API key, any of its secrets signs in. An account has one or two.\n\n" +
			"The value is never in the state: it comes from `secret_wo`, which Terraform does not store, and Vonage never returns it. Changing `secret_wo_version` rotates the secret: " +
			"if the account has no other secret, the new one is made before the old one is deleted, so that both are valid for a moment. If it has two, this one is deleted first, and the plan warns of that. " +
			"The guide [Rotating API secrets](../guides/rotating-api-secrets.md) shows how to rotate without anybody being cut off.\n\n" +
			"The provider never deletes the secret that it signs in with. To recognise it, it keeps a salted hash of each secret that it sets, in the private part of the state. " +
			"For the same reason it does not delete a secret of its own account that it has not set, such as an imported one. The last secret of an account cannot be deleted.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "API key and secret id: `abcd1234/ad6dc56f-07b5-46e1-a527-85530e625800`. Not part of the API.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"api_key": schema.StringAttribute{
				MarkdownDescription: "API key of the account whose secret it is: by default the one that the provider signs in with. A primary account can name one of its subaccounts. " +
					"Changing it replaces the secret. Not part of the API but for its place in the path.",
				Optional:      true,
				Computed:      true,
				Validators:    []validator.String{apiKeyForm()},
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplace()},
			},
			"secret_wo": schema.StringAttribute{
				MarkdownDescription: "The secret: 8 to 25 characters, among them an upper-case letter, a lower-case letter and a digit. Different from the account's other secret. " +
					"It is sent on create and when `secret_wo_version` changes, and stored nowhere; take it from an ephemeral resource. Requires Terraform 1.11 or OpenTofu 1.11. API: `secret`.",
				Required:   true,
				WriteOnly:  true,
				Validators: []validator.String{secretForm()},
			},
			"secret_wo_version": schema.Int64Attribute{
				MarkdownDescription: "A number of your choice: any change of it rotates the secret, which gets the value of `secret_wo` and a new id. " +
					"After an import the first value is recorded without rotating. Not part of the API.",
				CustomType: schematype.Int64Type{},
				Required:   true,
			},
			"secret_id": schema.StringAttribute{
				MarkdownDescription: "The secret's id, assigned by Vonage; no secret itself. API: `id`.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"created_at": schema.StringAttribute{
				MarkdownDescription: "When the secret was created, RFC 3339. API: `created_at`.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"timeouts": framework.TimeoutsAttribute(ctx, operationTimeout),
		},
	}
}

// secretForm validates the value of a secret (Account API 1.0.4, Create API Secret). Its messages do not repeat it.
func secretForm() validator.String {
	return schematype.Check("API secret", "8 to 25 characters with an upper-case letter, a lower-case letter and a digit", checkSecret)
}

const shortestSecret, longestSecret = 8, 25

func checkSecret(value string) error {
	if length := utf8.RuneCountInString(value); length < shortestSecret || length > longestSecret {
		return fmt.Errorf("it has %d characters, and an API secret has %d to %d", length, shortestSecret, longestSecret)
	}
	for _, needed := range []struct{ what, from, to string }{
		{"upper-case letter", "A", "Z"}, {"lower-case letter", "a", "z"}, {"digit", "0", "9"},
	} {
		if !strings.ContainsFunc(value, func(r rune) bool { return needed.from <= string(r) && string(r) <= needed.to }) {
			return fmt.Errorf("it has no %s (%s to %s), and an API secret needs an upper-case letter, a lower-case letter and a digit", needed.what, needed.from, needed.to)
		}
	}
	switch {
	case strings.ContainsFunc(value, unicode.IsControl): // RFC 7617, section 2
		return errors.New("it contains a line break or another control character, and nobody can sign in with that; trimspace() takes off one at the end")
	case vonage.Pasted(value) != value:
		return errors.New("there is white space or a pair of quotation marks around it, which a provider block takes off, so the provider could not sign in with it")
	}
	return nil
}

// secretModel is the plan or state of a vonage_api_secret.
type secretModel struct {
	ID              types.String     `tfsdk:"id"`
	APIKey          types.String     `tfsdk:"api_key"`
	SecretWO        types.String     `tfsdk:"secret_wo"`
	SecretWOVersion schematype.Int64 `tfsdk:"secret_wo_version"`
	SecretID        types.String     `tfsdk:"secret_id"`
	CreatedAt       types.String     `tfsdk:"created_at"`
	Timeouts        timeouts.Value   `tfsdk:"timeouts"`
}

// newSecretModel returns the state of a secret. Attributes that Vonage does not have come from prior.
func newSecretModel(apiKey string, secret vonage.Secret, prior secretModel) secretModel {
	return secretModel{
		ID:              types.StringValue(apiKey + "/" + secret.ID),
		APIKey:          types.StringValue(apiKey),
		SecretWOVersion: prior.SecretWOVersion,
		SecretID:        types.StringValue(secret.ID),
		CreatedAt:       framework.TextOrNull(secret.CreatedAt),
		Timeouts:        prior.Timeouts,
	}
}

// Identity implements framework.Identifiable.
func (m secretModel) Identity() any { return secretIdentity{m.APIKey, m.SecretID} }

type secretIdentity struct {
	APIKey   types.String `tfsdk:"api_key"`
	SecretID types.String `tfsdk:"secret_id"`
}

var (
	_ resource.ResourceWithConfigure   = (*secretResource)(nil)
	_ resource.ResourceWithIdentity    = (*secretResource)(nil)
	_ resource.ResourceWithImportState = (*secretResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*secretResource)(nil)
)

// NewSecretResource returns the resource vonage_api_secret.
func NewSecretResource() resource.Resource { return &secretResource{} }

type secretResource struct {
	data    *framework.ProviderData
	secrets *vonage.SecretsService
}

func (r *secretResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_api_secret"
	resp.ResourceBehavior.MutableIdentity = true // a rotation makes a secret with another id
}

func (r *secretResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = secretSchema(ctx)
}

func (r *secretResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"api_key": identityschema.StringAttribute{
			Description: "API key of the account whose secret it is. By default the one that the provider signs in with.", OptionalForImport: true,
		},
		"secret_id": identityschema.StringAttribute{Description: "The secret's id.", RequiredForImport: true},
	}}
}

func (r *secretResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.secrets = data, data.Client.Secrets
	}
}

// ImportState takes "abcd1234/SECRETID", or a secret id alone for a secret of the provider's own account.
func (r *secretResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var given secretIdentity
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		resp.Diagnostics.Append(req.Identity.Get(ctx, &given)...)
	} else {
		key, id, both := strings.Cut(req.ID, "/")
		if !both {
			key, id = "", req.ID
		}
		given = secretIdentity{framework.TextOrNull(key), framework.TextOrNull(id)}
		if both && checkAPIKey(key) != nil || schematype.CheckUUID(id) != nil {
			resp.Diagnostics.AddError("Invalid import id", vonage.Quote(req.ID)+" is neither an API key and the id of an API secret, as in "+
				"\"abcd1234/ad6dc56f-07b5-46e1-a527-85530e625800\", nor the id alone.")
		}
	}
	key, err := accountOf(ctx, r.data, given.APIKey)
	if err != nil {
		framework.AddError(&resp.Diagnostics, "import", "API secret", err, nil)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("api_key"), key)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("secret_id"), given.SecretID)...)
}

func (r *secretResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan secretModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, operationTimeout, &resp.Diagnostics)
	defer cancel()
	value, hash := r.valueToSet(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	key, err := accountOf(ctx, r.data, plan.APIKey)
	var created vonage.Secret
	if err == nil {
		created, err = r.secrets.Create(ctx, key, value)
	}
	if err != nil {
		addSecretError(&resp.Diagnostics, "create", "API secret", err)
		return
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newSecretModel(key, created, plan))...)
	hashesMarker.Set(ctx, resp.Private, hashes{created.ID: hash}, &resp.Diagnostics)
	r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
}

func (r *secretResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state secretModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, operationTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	key, id := state.APIKey.ValueString(), state.SecretID.ValueString()
	var secret vonage.Secret
	err := vonage.ErrNotFound // of a rotation that has only deleted the old secret
	if id != "" {
		secret, err = r.secrets.Get(ctx, key, id)
	}
	switch {
	case vonage.IsNotFound(err):
		r.data.RemoveState(ctx, secretNoun(id), resp)
	case vonage.IsNoAccount(err) && !r.data.SameAccount(ctx, req.Private, "read", secretNoun(id), &resp.Diagnostics):
	case err != nil:
		addSecretError(&resp.Diagnostics, "read", secretNoun(id), err)
	default:
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newSecretModel(key, secret, state))...)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
}

// Update rotates the secret if the plan says so, or finishes a rotation; a first version after an import is only recorded.
func (r *secretResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state secretModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	left := leftoverMarker.Get(ctx, req.Private, &resp.Diagnostics)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, operationTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if left != nil && !plan.SecretWOVersion.Equal(state.SecretWOVersion) && !r.deleteLeftover(ctx, state, left, resp) {
		return
	}
	if plan.SecretID.IsUnknown() {
		r.rotate(ctx, plan, state, req, resp)
		return
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, plan)...)
}

// Delete also deletes what an unfinished rotation has left.
func (r *secretResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state secretModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, operationTimeout, &resp.Diagnostics)
	defer cancel()
	known, left := hashesMarker.Get(ctx, req.Private, &resp.Diagnostics), leftoverMarker.Get(ctx, req.Private, &resp.Diagnostics)
	key, id := state.APIKey.ValueString(), state.SecretID.ValueString()
	if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "delete", secretNoun(id), &resp.Diagnostics) {
		return
	}
	ids := []string{id}
	if left != nil {
		ids = []string{left.ID, id}
	}
	for _, id := range ids {
		if id == "" {
			continue // a rotation has deleted it already
		}
		if !mayDelete(ctx, r.data.Client, key, id, known, "delete", &resp.Diagnostics) {
			return
		}
		if err := r.secrets.Delete(ctx, key, id); err != nil {
			addSecretError(&resp.Diagnostics, "delete", secretNoun(id), err)
			return
		}
	}
}

// valueToSet returns the value that only the configuration has, and its hash.
func (r *secretResource) valueToSet(ctx context.Context, config attributes, diags *diag.Diagnostics) (string, hash) {
	at := path.Root("secret_wo")
	var value types.String
	diags.Append(config.GetAttribute(ctx, at, &value)...)
	if diags.HasError() {
		return "", hash{}
	}
	if err := checkSecret(value.ValueString()); err != nil {
		diags.AddAttributeError(at, "Invalid API secret", framework.Sentence("attribute secret_wo: "+err.Error()))
		return "", hash{}
	}
	hash, err := newHash(value.ValueString(), r.data.HashIterations)
	if err != nil {
		framework.AddError(diags, "hash", "API secret", err, nil)
	}
	return value.ValueString(), hash
}

// attributes is a configuration, a plan or a state.
type attributes interface {
	GetAttribute(ctx context.Context, at path.Path, target any) diag.Diagnostics
}

// addSecretError reports an error of the API of secrets.
func addSecretError(diags *diag.Diagnostics, verb, noun string, err error) {
	framework.AddError(diags, verb, noun, explainSecret(err), func(apiName string) (path.Path, bool) {
		return path.Root("secret_wo"), apiName == "secret"
	})
}

// explainSecret adds advice where there is better one than in general.
func explainSecret(err error) error {
	var unknown *vonage.UnknownOutcomeError
	switch {
	case errors.As(err, &unknown) && !unknown.Repeatable:
		return framework.Advise(err, "Vonage may or may not have made the secret: the account may have a new API secret with the value of secret_wo, which is in no state. Nothing was "+
			"sent twice. Look at "+settingsPage+": if there is a secret of about this time that nobody else has made, delete it there, and apply again. "+
			"See the guide \"Rotating API secrets\".")
	case vonage.IsDeletedFirst(err):
		return framework.Advise(err, "The old secret is deleted, and there is no new one yet. Apply again to make it.")
	case errors.Is(err, vonage.ErrNoRoom):
		return framework.Advise(err, "The plan did not know of that, so it did not warn that there is no overlap. Nothing was changed. Plan again.")
	case vonage.IsThirdSecret(err):
		return framework.Advise(err, "An account has at most two API secrets. Rotate one of the two (secret_wo_version) instead of adding a third, or delete one first. "+leftOverSecret)
	case vonage.IsLastSecret(err):
		return framework.Advise(err, "An account keeps at least one API secret, so this one stays, also in the state. Create another one first. "+keepingSecret)
	}
	return explainAccount(err)
}
