// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
)

// attributePath returns a function that gives the attribute which a parameter of the API was made from, by the API's name for
// it: voice.answer_url.address for "capabilities.voice.webhooks.answer_url.address".
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

// deepest is how many dots the longest name has that stands for an attribute: capabilities.video.webhooks.archive_status.address.
// A path is copied with each of its steps, which takes long for thousands of them.
const deepest = 4
