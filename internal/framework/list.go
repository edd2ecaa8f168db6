// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/list"
)

// Listing describes what a list resource returns.
type Listing[T any] struct {
	// Noun is the plural name of the objects, for messages: "applications".
	Noun string
	// All reads page after page, only as far as the caller iterates.
	All iter.Seq2[T, error]
	// Selects reports whether an object matches the query.
	Selects func(T) bool
	// Name is the display name of an object.
	Name func(T) string
	// Model is the object's state as an import would write it.
	Model func(T) Identifiable
}

// Results returns at most as many results as the request's limit. The framework does not enforce the limit, and without
// it pages would be read for nothing. An error is returned as the last result, a warning before the object it is about.
func (l Listing[T]) Results(ctx context.Context, req list.ListRequest) iter.Seq[list.ListResult] {
	return func(push func(list.ListResult) bool) {
		wanted := req.Limit
		if wanted <= 0 {
			return
		}
		for object, err := range l.All {
			var about list.ListResult
			shown, more := Listed(&about.Diagnostics, "list", l.Noun, err)
			if err != nil && !push(about) || !more {
				return
			}
			if !shown || !l.Selects(object) {
				continue
			}
			wanted--
			if !push(l.result(ctx, req, object)) || wanted == 0 {
				return
			}
		}
	}
}

func (l Listing[T]) result(ctx context.Context, req list.ListRequest, object T) list.ListResult {
	result, model := req.NewListResult(ctx), l.Model(object)
	result.DisplayName = l.Name(object)
	if req.IncludeResource {
		result.Diagnostics = SetState(ctx, result.Resource, result.Identity, model)
	} else {
		result.Diagnostics = result.Identity.Set(ctx, model.Identity())
	}
	return result
}
