// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package repository_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Pictures are small, and each stands on a page: the last part of its path is named there.
func TestPicturesAreSmallAndShown(t *testing.T) {
	t.Parallel()

	var shown strings.Builder

	for _, page := range pages(t) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}

		shown.Write(text)
	}

	pictures, err := filepath.Glob(filepath.Join(root, "internal", "emulator", "images", "*.png"))
	if err != nil || len(pictures) == 0 {
		t.Fatalf("no pictures found: %v", err)
	}

	for _, picture := range pictures {
		if !strings.Contains(shown.String(), "images/"+filepath.Base(picture)) {
			t.Errorf("no page shows %s", picture)
		}

		if file, err := os.Stat(picture); err != nil || file.Size() > 150_000 {
			t.Errorf("%s: %v, or more than 150,000 bytes", picture, err)
		}
	}
}
