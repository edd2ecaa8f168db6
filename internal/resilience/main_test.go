// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"flag"
	"os"
	"runtime/debug"
	"testing"
)

// TestMain spends memory to save time: thousands of short-lived accounts and providers keep the garbage collector busy with a quarter
// of all that is done here. Where memory runs short, time is spent again. Whoever has run everything knows whether README.md counts
// right.
func TestMain(m *testing.M) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(800)
		debug.SetMemoryLimit(1 << 30)
	}
	flag.Parse()
	code := m.Run()
	if code == 0 && complete() && !tableIsRight() {
		code = 1
	}
	os.Exit(code)
}
