// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package schematype

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// OneOf is stringvalidator.OneOf, except that its message does not repeat what may be a secret.
func OneOf(words ...string) validator.String { return quoted{stringvalidator.OneOf(words...)} }

// Matches is stringvalidator.RegexMatches, except that its message does not repeat what may be a secret.
func Matches(form *regexp.Regexp, message string) validator.String {
	return quoted{stringvalidator.RegexMatches(form, message)}
}

// quoted replaces the value in the message of a validator, which has it whole.
type quoted struct{ validator.String }

func (q quoted) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	var inner validator.StringResponse
	q.String.ValidateString(ctx, req, &inner)
	for _, d := range inner.Diagnostics {
		resp.Diagnostics.AddAttributeError(req.Path, d.Summary(), fmt.Sprintf("Attribute %s %s, got: %s",
			pathText(req.Path), q.Description(ctx), vonage.Quote(req.ConfigValue.ValueString())))
	}
}

// pathText returns a path as path.Path.String does, except that keys and elements are quoted by vonage.Quote: the key of
// a map and the element of a set are values, too.
func pathText(at path.Path) string {
	var text strings.Builder
	for i, step := range at.Steps() {
		switch step := step.(type) {
		case path.PathStepElementKeyString:
			text.WriteString("[" + vonage.Quote(string(step)) + "]")
		case path.PathStepElementKeyValue:
			if element, ok := step.Value.(types.String); ok {
				text.WriteString("[Value(" + vonage.Quote(element.ValueString()) + ")]")
				continue
			}
			text.WriteString(step.String())
		case path.PathStepAttributeName:
			if i > 0 {
				text.WriteString(".")
			}
			text.WriteString(step.String())
		default:
			text.WriteString(step.String())
		}
	}
	return text.String()
}
