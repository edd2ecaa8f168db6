// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain compares the counts with the table in README.md after a complete run.
func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if code == 0 && complete() && !tableIsRight() {
		code = 1
	}
	os.Exit(code)
}
