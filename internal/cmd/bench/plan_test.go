// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// TestPlanIsMeasured measures a small plan, and then changes its configuration: the replay has to refuse what it has not
// recorded, or the benchmark would compare two different plans.
func TestPlanIsMeasured(t *testing.T) {
	t.Parallel()
	w := newTestWorkspace(t)
	public, err := publicKey()
	if err != nil {
		t.Fatal(err)
	}
	m, err := w.measurePlan(t.Context(), plan{configuration: applicationsAndLinks(public), count: applied + 3, numbers: applied + 3})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.real.times) != 2 || len(m.replayed.times) != 2 {
		t.Errorf("measured %d and %d times, want 2", len(m.real.times), len(m.replayed.times))
	}
	if m.calls < 2 { // the application, the numbers
		t.Errorf("%d API calls", m.calls)
	}
	if runtime.GOOS == "linux" {
		for _, s := range []subject{m.real, m.replayed} {
			if cells := s.usedCells(); strings.Contains(strings.Join(cells, "|"), "||") || cells[0] == "" {
				t.Errorf("used: %q", cells)
			}
		}
	}
	for _, pattern := range []string{"cpu-*", "allocs-*"} {
		if files, err := filepath.Glob(filepath.Join(w.profiles, pattern)); err != nil || len(files) == 0 {
			t.Errorf("no profiles %s: %v", pattern, err)
		}
	}

	changed := strings.ReplaceAll(applicationsAndLinks(public), "improve_ai = false", "improve_ai = true")
	if err := os.WriteFile(filepath.Join(w.dir, "configuration-1", "main.tf"), []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := m.replayed.plan(t.Context()); err == nil || !strings.Contains(err.Error(), "the recording has no response") {
		t.Errorf("the replay of another plan: %v", err)
	}
}

func newTestWorkspace(t *testing.T) *workspace {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: it runs a CLI")
	}
	if _, err := terraformcli.Find(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	w, err := newWorkspace(t.Context(), options{runs: 2, profiles: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.close(); err != nil {
			t.Error(err)
		}
	})
	return w
}
