// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"flag"
	"os"
	"runtime/debug"
	"testing"
)

// TestMain trades memory for time: with thousands of short-lived accounts and providers, garbage collection would take a
// quarter of the run time. It becomes more frequent again near the memory limit. After a complete run it compares the
// counts with the table in README.md.
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
