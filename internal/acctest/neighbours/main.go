// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Command neighbours is a provider with the few resources of other providers that the documentation shows beside this
// one: tests apply the pages with it, and download nothing.
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	serve := func() provider.Provider { return neighbours{} }
	if err := providerserver.Serve(context.Background(), serve, providerserver.ServeOpts{Address: "example.com/tests/neighbours"}); err != nil {
		log.Fatal(err)
	}
}

type neighbours struct{}

func (neighbours) Metadata(context.Context, provider.MetadataRequest, *provider.MetadataResponse) {}

func (neighbours) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (neighbours) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (neighbours) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"uri":                  schema.StringAttribute{Optional: true},
		"headers":              schema.MapAttribute{Optional: true, ElementType: types.StringType},
		"write_returns_object": schema.BoolAttribute{Optional: true},
	}}
}

func (neighbours) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{func() ephemeral.EphemeralResource { return password{} }}
}

// password is https://registry.terraform.io/providers/hashicorp/random/latest/docs/ephemeral-resources/password.
type password struct{}

func (password) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = "random_password"
}

func (password) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	number := ephemeralschema.Int64Attribute{Optional: true}
	resp.Schema = ephemeralschema.Schema{Attributes: map[string]ephemeralschema.Attribute{
		"length":    ephemeralschema.Int64Attribute{Required: true},
		"special":   ephemeralschema.BoolAttribute{Optional: true},
		"min_upper": number, "min_lower": number, "min_numeric": number,
		"result": ephemeralschema.StringAttribute{Computed: true, Sensitive: true},
	}}
}

func (password) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	resp.Result.Raw = req.Config.Raw
	var length int64
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("length"), &length)...)
	result := "Aa1" + rand.Text()
	resp.Diagnostics.Append(resp.Result.SetAttribute(ctx, path.Root("result"), result[:min(int(length), len(result))])...)
}

func (neighbours) Resources(context.Context) []func() resource.Resource {
	text := resourceschema.StringAttribute{Required: true}
	number := resourceschema.Int64Attribute{Required: true}
	secret := resourceschema.StringAttribute{Required: true, WriteOnly: true}
	computed := resourceschema.StringAttribute{
		Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}

	return []func() resource.Resource{
		// https://registry.terraform.io/providers/Mastercard/restapi/latest/docs/resources/object
		func() resource.Resource {
			return neighbour{"restapi_object", map[string]resourceschema.Attribute{
				"path": text, "data": text, "create_response": computed, "api_response": computed,
			}}
		},
		// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret
		func() resource.Resource {
			return neighbour{"aws_secretsmanager_secret", map[string]resourceschema.Attribute{"name": text}}
		},
		// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version
		func() resource.Resource {
			return neighbour{"aws_secretsmanager_secret_version", map[string]resourceschema.Attribute{
				"secret_id": text, "secret_string_wo": secret, "secret_string_wo_version": number,
			}}
		},
	}
}

// neighbour is a resource that keeps what it is given. A restapi_object is created for real, at VONAGE_API_URL.
type neighbour struct {
	name       string
	attributes map[string]resourceschema.Attribute
}

func (n neighbour) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = n.name
}

func (n neighbour) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	n.attributes["id"] = resourceschema.StringAttribute{
		Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
	resp.Schema = resourceschema.Schema{Attributes: n.attributes}
}

func (n neighbour) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
	id := n.name
	if n.name == "restapi_object" {
		var where, data string
		resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("path"), &where)...)
		resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("data"), &data)...)
		created, err := post(ctx, where, data)
		if err != nil {
			resp.Diagnostics.Append(diag.NewErrorDiagnostic("Unable to create the object", err.Error()))
			return
		}
		var object struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(created, &object); err != nil {
			resp.Diagnostics.Append(diag.NewErrorDiagnostic("Unable to read the created object", err.Error()))
			return
		}
		id = object.ID
		for _, name := range []string{"create_response", "api_response"} {
			resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), string(created))...)
		}
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
}

func post(ctx context.Context, where, data string) ([]byte, error) {
	//nolint:gosec // the address is that of the test's emulator
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, os.Getenv("VONAGE_API_URL")+where, strings.NewReader(data))
	if err != nil {
		return nil, err
	}
	request.SetBasicAuth(os.Getenv("VONAGE_API_KEY"), os.Getenv("VONAGE_API_SECRET"))
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request) //nolint:gosec // as above
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	return io.ReadAll(response.Body)
}

func (neighbour) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (neighbour) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (neighbour) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
