// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// whoseSecrets describes the argument that the list and the data source have.
const whoseSecrets = "API key of the account whose secrets they are: by default the one that the provider signs in with. A primary account can name one of its subaccounts. Not part of the API but for its place in the path." //nolint:gosec // a description

var _ datasource.DataSourceWithConfigure = (*secretsDataSource)(nil)

// NewSecretsDataSource returns the data source vonage_api_secrets.
func NewSecretsDataSource() datasource.DataSource { return &secretsDataSource{} }

type secretsDataSource struct{ data *framework.ProviderData }

// secretsModel is the data source vonage_api_secrets.
type secretsModel struct {
	APIKey  types.String  `tfsdk:"api_key"`
	Secrets []secretEntry `tfsdk:"secrets"`
}

type secretEntry struct {
	ID        types.String `tfsdk:"id"`
	CreatedAt types.String `tfsdk:"created_at"`
}

func (d *secretsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_api_secrets"
}

func (d *secretsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The API secrets of an account, without their values, which Vonage never returns. An account has one or two.",
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				MarkdownDescription: whoseSecrets, Optional: true, Validators: []validator.String{apiKeyForm()},
			},
			"secrets": schema.ListNestedAttribute{
				MarkdownDescription: "The secrets, ordered by id. API: `_embedded.secrets`.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id": schema.StringAttribute{MarkdownDescription: "The secret's id. API: `id`.", Computed: true},
					"created_at": schema.StringAttribute{
						MarkdownDescription: "When the secret was created, RFC 3339. API: `created_at`.", Computed: true,
					},
				}},
			},
		},
	}
}

func (d *secretsDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (d *secretsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model secretsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	key, err := accountOf(ctx, d.data, model.APIKey)
	if err != nil {
		framework.AddError(&resp.Diagnostics, "list", "API secrets", framework.InDataSource(err), nil)
		return
	}
	model.Secrets = []secretEntry{}
	for secret, err := range d.data.Client.Secrets.List(ctx, key) {
		if vonage.IsNoAccount(err) {
			err = framework.Advise(err, checkAccount)
		}
		shown, more := framework.Listed(&resp.Diagnostics, "list", "API secrets", framework.InDataSource(err))
		if !more {
			return
		}
		if shown {
			model.Secrets = append(model.Secrets, secretEntry{types.StringValue(secret.ID), framework.TextOrNull(secret.CreatedAt)})
		}
	}
	slices.SortFunc(model.Secrets, func(a, b secretEntry) int { return cmp.Compare(a.ID.ValueString(), b.ID.ValueString()) })
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

var _ list.ListResourceWithConfigure = (*secretListResource)(nil)

// NewSecretListResource returns the list resource vonage_api_secret.
func NewSecretListResource() list.ListResource { return &secretListResource{} }

type secretListResource struct{ data *framework.ProviderData }

func (l *secretListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_api_secret"
}

func (l *secretListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = listschema.Schema{
		MarkdownDescription: "Lists the API secrets of an account, one or two, in one request.\n\n" +
			"Vonage never returns their values, so the configuration that Terraform generates from the list lacks `secret_wo` and `secret_wo_version`.",
		Attributes: map[string]listschema.Attribute{
			"api_key": listschema.StringAttribute{
				MarkdownDescription: whoseSecrets, Optional: true, Validators: []validator.String{apiKeyForm()},
			},
		},
	}
}

func (l *secretListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	l.data = framework.Data(req.ProviderData, &resp.Diagnostics)
}

func (l *secretListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config struct {
		APIKey types.String `tfsdk:"api_key"`
	}
	diags := req.Config.Get(ctx, &config)
	key, err := accountOf(ctx, l.data, config.APIKey)
	if err != nil && !diags.HasError() {
		framework.AddError(&diags, "list", "API secrets", err, nil)
	}
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = framework.Listing[vonage.Secret]{
		Noun:    "API secrets",
		All:     l.data.Client.Secrets.List(ctx, key),
		Selects: func(vonage.Secret) bool { return true },
		Name: func(secret vonage.Secret) string {
			return fmt.Sprintf("%s, created %s (account %s)", secret.ID, cmp.Or(secret.CreatedAt, "at an unknown time"), key)
		},
		Model: func(secret vonage.Secret) framework.Identifiable {
			return newSecretModel(key, secret, secretModel{Timeouts: framework.NoTimeouts()})
		},
	}.Results(ctx, req)
}
