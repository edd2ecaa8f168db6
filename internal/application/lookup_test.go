// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import "testing"

func TestImportName(t *testing.T) {
	t.Parallel()
	if name, ok := importName("name=a=b "); !ok || name != "a=b " {
		t.Errorf("name %q, %v", name, ok)
	}
	if name, ok := importName("78d335fa-323d-0114-9c3d-d6f0d48968cf"); ok {
		t.Errorf("an id became the name %q", name)
	}
}
