// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// NewNormalizeMSISDN returns the provider function normalize_msisdn.
func NewNormalizeMSISDN() function.Function {
	return normalizeMSISDN{}
}

type normalizeMSISDN struct{}

func (normalizeMSISDN) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "normalize_msisdn"
}

func (normalizeMSISDN) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Converts a phone number to the form that Vonage uses.",
		MarkdownDescription: "Returns a phone number as E.164 digits without `+`, the form that Vonage uses and that ids and import ids contain: " +
			"`+44 7700 900001` and `44 (7700) 900-001` both give `447700900001`. A number that is not in international format is an error. " +
			"Resources do this with their own arguments; use the function to compare numbers from other sources.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name: "number",
				MarkdownDescription: "A phone number in international format: country calling code and number, with or without `+`, spaces, dashes, dots " +
					"and parentheses.",
			},
		},
		Return: function.StringReturn{},
	}
}

func (normalizeMSISDN) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var number string
	if resp.Error = req.Arguments.Get(ctx, &number); resp.Error != nil {
		return
	}
	msisdn, err := vonage.NormalizeMSISDN(number)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, msisdn)
}
