// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// name is the key under which the documentation generator looks for the provider; the CLI uses the full address.
const name = "vonage"

// dump requests all schemas from server and returns them in the format of the CLI.
func dump(ctx context.Context, server tfprotov6.ProviderServer) (*tfjson.ProviderSchemas, error) {
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, fmt.Errorf("asking the provider for its schemas: %w", err)
	}

	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, fmt.Errorf("asking the provider for its identity schemas: %w", err)
	}

	if err := firstError(append(schemas.Diagnostics, identities.Diagnostics...)); err != nil {
		return nil, err
	}

	dumped, err := providerSchema(schemas, identities)
	if err != nil {
		return nil, err
	}

	return &tfjson.ProviderSchemas{FormatVersion: "1.0", Schemas: map[string]*tfjson.ProviderSchema{name: dumped}}, nil
}

func firstError(diagnostics []*tfprotov6.Diagnostic) error {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return fmt.Errorf("%s: %s", d.Summary, d.Detail)
		}
	}

	return nil
}

func providerSchema(
	from *tfprotov6.GetProviderSchemaResponse, identities *tfprotov6.GetResourceIdentitySchemasResponse,
) (*tfjson.ProviderSchema, error) {
	// All sections are converted even after an error, so that one run reports everything that cannot be converted.
	config, err1 := schema(from.Provider)
	resources, err2 := each(from.ResourceSchemas, schema)
	dataSources, err3 := each(from.DataSourceSchemas, schema)
	ephemerals, err4 := each(from.EphemeralResourceSchemas, schema)
	lists, err5 := each(from.ListResourceSchemas, schema)
	actions, err6 := each(from.ActionSchemas, action)
	functions, err7 := each(from.Functions, function)
	identity, err8 := each(identities.IdentitySchemas, identity)

	return &tfjson.ProviderSchema{
		ConfigSchema:             config,
		ResourceSchemas:          resources,
		DataSourceSchemas:        dataSources,
		EphemeralResourceSchemas: ephemerals,
		ListResourceSchemas:      lists,
		ActionSchemas:            actions,
		Functions:                functions,
		ResourceIdentitySchemas:  identity,
	}, errors.Join(err1, err2, err3, err4, err5, err6, err7, err8)
}

func action(from *tfprotov6.ActionSchema) (*tfjson.ActionSchema, error) {
	body, err := block(from.Schema.Block)

	return &tfjson.ActionSchema{Block: body}, err
}

// each converts every value of a map; its error names the keys of the values that cannot be converted.
func each[From, To any](from map[string]From, convert func(From) (To, error)) (map[string]To, error) {
	to := make(map[string]To, len(from))

	var failed error

	for name, value := range from {
		converted, err := convert(value)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", name, err))
		}

		to[name] = converted
	}

	return to, failed
}
