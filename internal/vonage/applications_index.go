// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"fmt"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
)

// applicationLookUps is the maximum number of applications looked up concurrently while too few are read to list them
// all.
const applicationLookUps = 8

// canonicalID returns an application id as the API writes it: UUIDs are case-insensitive.
func canonicalID(id string) string { return strings.ToLower(id) }

// source is the API behind the index of applications, keyed by canonical id.
func (s *ApplicationsService) source() coalesce.Source[string, Application] {
	return coalesce.Source[string, Application]{
		LookUps:  applicationLookUps,
		IsAbsent: IsNotFound,
		One: func(ctx context.Context, id string) (Application, error) {
			document, err := s.get(ctx, id)
			return document.application, err
		},
		Page: func(ctx context.Context, number int) (coalesce.Page[string, Application], error) {
			applications, total, err := s.page(ctx, number)
			if err != nil {
				return coalesce.Page[string, Application]{}, fmt.Errorf("listing applications (page %d): %w", number, err)
			}
			objects := make(map[string]Application, len(applications))
			for _, application := range applications {
				objects[canonicalID(application.ID)] = application
			}
			return coalesce.Page[string, Application]{Objects: objects, Total: total}, nil
		},
	}
}
