// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
)

// attributePath returns a function that maps the API's name of a parameter to the attribute it was built from:
// "capabilities.voice.webhooks.answer_url.address" to voice.answer_url.address.
func attributePath(ctx context.Context) func(apiName string) (path.Path, bool) {
	attributes := resourceSchema(ctx)
	return func(apiName string) (path.Path, bool) {
		if strings.Count(apiName, ".") > deepest {
			return path.Empty(), false
		}
		steps := strings.Split(apiName, ".")
		if steps[0] == "capabilities" || steps[0] == "keys" || steps[0] == "privacy" {
			steps = steps[1:]
		}
		if len(steps) == 0 {
			return path.Empty(), false
		}
		at := path.Root(steps[0])
		inVideo := steps[0] == "video"
		if len(steps) > 1 && steps[1] == "webhooks" && !inVideo {
			steps = slices.Delete(steps, 1, 2)
		}
		for i, step := range steps[1:] {
			if inVideo && i == 1 && steps[1] == "webhooks" { // video's webhooks are a map, the others' names are attributes
				at = at.AtMapKey(step)
			} else {
				at = at.AtName(step)
			}
		}
		_, diags := attributes.AttributeAtPath(ctx, at)
		return at, !diags.HasError()
	}
}

// deepest is the number of dots in the longest name that maps to an attribute:
// capabilities.video.webhooks.archive_status.address. Longer names are skipped, because a path is copied with each step,
// which is slow for thousands of steps.
const deepest = 4
