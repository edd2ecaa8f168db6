// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// NewNormalizeMSISDN gives the provider function normalize_msisdn.
func NewNormalizeMSISDN() function.Function {
	return normalizeMSISDN{}
}

type normalizeMSISDN struct{}

func (normalizeMSISDN) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "normalize_msisdn"
}

func (normalizeMSISDN) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Writes a phone number as Vonage does.",
		MarkdownDescription: "Gives a phone number as E.164 digits without `+`, as Vonage writes them and as the `msisdn` in ids and import ids is written: " +
			"`+44 7700 900001` and `44 (7700) 900-001` are both `447700900001`. A number that is not in international form is an error. " +
			"Resources do this with the numbers they are given; the function is for comparing with what comes from elsewhere.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name: "number",
				MarkdownDescription: "A phone number in international form: country code and number, with or without `+`, spaces, dashes, dots " +
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
