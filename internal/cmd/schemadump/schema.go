// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

func schema(from *tfprotov6.Schema) (*tfjson.Schema, error) {
	body, err := block(from.Block)

	return &tfjson.Schema{Version: version(from.Version), Block: body}, err
}

// errBlock rejects nested blocks: every nested object of this provider is an attribute.
var errBlock = errors.New("has a nested block, which this provider does not use: make it a nested attribute")

func block(from *tfprotov6.SchemaBlock) (*tfjson.SchemaBlock, error) {
	if len(from.BlockTypes) > 0 {
		return nil, errBlock
	}

	attributes, err := attributes(from.Attributes)

	return &tfjson.SchemaBlock{
		Attributes:      attributes,
		Description:     from.Description,
		DescriptionKind: descriptionKind(from.DescriptionKind),
		Deprecated:      from.Deprecated,
	}, err
}

func attributes(from []*tfprotov6.SchemaAttribute) (map[string]*tfjson.SchemaAttribute, error) {
	byName := make(map[string]*tfprotov6.SchemaAttribute, len(from))
	for _, a := range from {
		byName[a.Name] = a
	}

	return each(byName, attribute)
}

func attribute(from *tfprotov6.SchemaAttribute) (*tfjson.SchemaAttribute, error) {
	to := &tfjson.SchemaAttribute{
		Description:     from.Description,
		DescriptionKind: descriptionKind(from.DescriptionKind),
		Deprecated:      from.Deprecated,
		Required:        from.Required,
		Optional:        from.Optional,
		Computed:        from.Computed,
		Sensitive:       from.Sensitive,
		WriteOnly:       from.WriteOnly,
	}

	var err error
	if from.NestedType == nil {
		to.AttributeType, err = ctyType(from.Type)
	} else {
		to.AttributeNestedType, err = nestedType(from.NestedType)
	}

	return to, err
}

func nestedType(from *tfprotov6.SchemaObject) (*tfjson.SchemaNestedAttributeType, error) {
	attributes, err := attributes(from.Attributes)

	return &tfjson.SchemaNestedAttributeType{
		Attributes:  attributes,
		NestingMode: tfjson.SchemaNestingMode(strings.ToLower(from.Nesting.String())),
	}, err
}

func identity(from *tfprotov6.ResourceIdentitySchema) (*tfjson.IdentitySchema, error) {
	byName := make(map[string]*tfprotov6.ResourceIdentitySchemaAttribute, len(from.IdentityAttributes))
	for _, a := range from.IdentityAttributes {
		byName[a.Name] = a
	}

	attributes, err := each(byName, func(a *tfprotov6.ResourceIdentitySchemaAttribute) (*tfjson.IdentityAttribute, error) {
		t, err := ctyType(a.Type)

		return &tfjson.IdentityAttribute{
			IdentityType:      t,
			Description:       a.Description,
			RequiredForImport: a.RequiredForImport,
			OptionalForImport: a.OptionalForImport,
		}, err
	})

	return &tfjson.IdentitySchema{Version: version(from.Version), Attributes: attributes}, err
}

func function(from *tfprotov6.Function) (*tfjson.FunctionSignature, error) {
	to := &tfjson.FunctionSignature{
		Description:        from.Description,
		Summary:            from.Summary,
		DeprecationMessage: from.DeprecationMessage,
	}

	var failed error

	of := func(what string, convert func() error) {
		if err := convert(); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", what, err))
		}
	}

	of("return value", func() (err error) {
		to.ReturnType, err = ctyType(from.Return.Type)

		return err
	})

	for _, p := range from.Parameters {
		of("parameter "+p.Name, func() error {
			converted, err := parameter(p)
			to.Parameters = append(to.Parameters, converted)

			return err
		})
	}

	if from.VariadicParameter != nil {
		of("variadic parameter", func() (err error) {
			to.VariadicParameter, err = parameter(from.VariadicParameter)

			return err
		})
	}

	return to, failed
}

func parameter(from *tfprotov6.FunctionParameter) (*tfjson.FunctionParameter, error) {
	t, err := ctyType(from.Type)

	return &tfjson.FunctionParameter{Name: from.Name, Description: from.Description, IsNullable: from.AllowNullValue, Type: t}, err
}

// version converts the version of a schema.
func version(from int64) uint64 {
	return uint64(from) //nolint:gosec // never negative
}

func descriptionKind(from tfprotov6.StringKind) tfjson.SchemaDescriptionKind {
	if from == tfprotov6.StringKindMarkdown {
		return tfjson.SchemaDescriptionKindMarkdown
	}

	return tfjson.SchemaDescriptionKindPlain
}
