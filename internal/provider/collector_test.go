// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/metrics"
	"testing"
)

// collecting is the environment variable that makes this test process print the size of the heap at which the garbage
// collector runs next.
const collecting = "VONAGE_TEST_COLLECTING"

// TestCollectorIsSetUp checks that the garbage collector runs seldom, and as the environment says if it says something.
func TestCollectorIsSetUp(t *testing.T) {
	t.Parallel()
	if os.Getenv(collecting) != "" {
		release := collectSeldom()
		runtime.GC()
		goal := []metrics.Sample{{Name: "/gc/heap/goal:bytes"}}
		metrics.Read(goal)
		fmt.Fprintf(os.Stderr, "goal %d\n", goal[0].Value.Uint64())
		release()
		return
	}
	for name, test := range map[string]struct {
		env    string
		seldom bool
	}{
		"by itself":  {"GOGC=", true},
		"GOGC":       {"GOGC=100", false},
		"GOMEMLIMIT": {"GOMEMLIMIT=1GiB", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var output bytes.Buffer
			process := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCollectorIsSetUp$")
			process.Stderr = &output
			process.Env = []string{collecting + "=1", test.env}
			if err := process.Run(); err != nil {
				t.Fatalf("%v\n%s", err, &output)
			}
			var goal uint64
			if _, err := fmt.Sscanf(output.String(), "goal %d", &goal); err != nil {
				t.Fatalf("%v: %s", err, &output)
			}
			if seldom := goal > spare; seldom != test.seldom {
				t.Errorf("the collector runs when the heap has %d bytes", goal)
			}
		})
	}
}
