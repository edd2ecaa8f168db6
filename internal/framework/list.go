// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/list"
)

// Listing is what a list resource lists, and how.
type Listing[T any] struct {
	// Noun is what is listed, in the plural, for messages: "applications".
	Noun string
	// All reads page after page, as far as it is asked to.
	All iter.Seq2[T, error]
	// Selects says whether an object is to be listed.
	Selects func(T) bool
	// Name is what people know an object by.
	Name func(T) string
	// Model is the object as an import would have it.
	Model func(T) Identifiable
}

// Results lists no more than was asked for. The framework does not see to that, and without it pages would be read whose
// objects nobody wants. An error is a result as well, and the last one.
func (l Listing[T]) Results(ctx context.Context, req list.ListRequest) iter.Seq[list.ListResult] {
	return func(push func(list.ListResult) bool) {
		wanted := req.Limit
		if wanted <= 0 {
			return
		}
		for object, err := range l.All {
			if err != nil {
				var result list.ListResult
				AddError(&result.Diagnostics, "list", l.Noun, err, nil)
				push(result)
				return
			}
			if !l.Selects(object) {
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
