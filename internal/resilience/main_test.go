// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain spends memory to save time: thousands of short-lived accounts and providers keep the garbage collector busy with a quarter
// of all that is done here.
func TestMain(m *testing.M) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(800)
	}
	os.Exit(m.Run())
}
