// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
)

// subject is a case of a resource.
type subject struct {
	specimen.Case

	typeName, noun string
}

func subjects() []subject {
	var all []subject
	for _, resource := range specimen.Resources() {
		for _, one := range resource.Cases {
			all = append(all, subject{one, resource.TypeName, resource.Noun})
		}
	}
	return all
}

// with adds settings to both configurations.
func (s subject) with(settings values) subject {
	s.First, s.Second = acctest.With(s.First, settings), acctest.With(s.Second, settings)
	return s
}
