// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// NewFunction returns the provider function ncco.
func NewFunction() function.Function {
	return nccoFunction{}
}

type nccoFunction struct{}

func (nccoFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "ncco"
}

func (nccoFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Checks a list of call control actions and returns the NCCO as JSON.",
		MarkdownDescription: "Returns the call control object (NCCO) with these `actions` as canonical JSON: what an answer webhook responds with, " +
			"or what a call is placed with.\n\n" +
			"The function checks every action and option of the [NCCO reference](https://developer.vonage.com/en/voice/voice-api/ncco-reference), " +
			"and reports wrong ones with their position, such as `actions[1].endpoint[0].number`. Names are Vonage's own (`eventUrl`). " +
			"Options that are null are left out, including options of other actions, which a list of objects of one type contains. A single value may " +
			"stand for a list of one (`eventUrl`, `streamUrl`, `endpoint`, `type`), phone numbers may be written in any usual way, and keys are " +
			"sorted, so that equal actions give equal text. Nothing is sent to Vonage.",
		Parameters: []function.Parameter{
			function.DynamicParameter{
				Name: "actions",
				MarkdownDescription: "List of actions, in the order in which they happen. Each is an object with the name of the `action` and the " +
					"options of that action.",
			},
		},
		Return: function.StringReturn{},
	}
}

func (nccoFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var actions types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &actions); resp.Error != nil {
		return
	}
	document, err := render(ctx, actions)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, document)
}

func render(ctx context.Context, actions types.Dynamic) (string, error) {
	value, err := actions.ToTerraformValue(ctx)
	if err != nil {
		return "", err
	}
	tree, err := treeOf(value)
	if err != nil {
		return "", err
	}
	return Normalize(tree)
}
