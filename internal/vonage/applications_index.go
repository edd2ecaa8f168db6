// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"fmt"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// applicationLookUps is the maximum number of applications looked up concurrently while too few are read to list them
// all.
const applicationLookUps = 8

// canonicalID returns an application id as the API writes it: UUIDs are case-insensitive.
func canonicalID(id string) string { return strings.ToLower(id) }

// source is the API behind the index of applications, keyed by canonical id.
func (s *ApplicationsService) source() coalesce.Source[string, listed[Application]] {
	return coalesce.Source[string, listed[Application]]{
		LookUps:  applicationLookUps,
		IsAbsent: IsNotFound,
		GaveUp:   s.wire.gaveUp(transport.Applications),
		One:      s.one,
		Page: func(ctx context.Context, number int) (coalesce.Page[string, listed[Application]], error) {
			applications, total, err := s.page(ctx, number)
			if err != nil {
				return coalesce.Page[string, listed[Application]]{}, fmt.Errorf("listing applications (page %d): %w", number, err)
			}
			objects := make(map[string]listed[Application], len(applications))
			for _, application := range applications {
				objects[canonicalID(application.id)] = application
			}
			if _, nameless := objects[""]; nameless {
				s.nameless.Store(true)
			}
			return coalesce.Page[string, listed[Application]]{Objects: objects, Total: total}, nil
		},
	}
}

func (s *ApplicationsService) one(ctx context.Context, id string) (listed[Application], error) {
	document, err := s.get(ctx, id)
	return listed[Application]{object: document.application}, err
}
