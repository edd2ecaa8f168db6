// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"
	"time"
)

func TestParseStat(t *testing.T) {
	t.Parallel()
	const stat = "4321 (a (strange) 7 name) S 4300 4242 4242 0 -1 4194560 3405 0 0 0 125 75 9 9 20 0 9 0 81 1297612800 5432 184467"
	group, cpu := parseStat(stat)
	if want := 2 * time.Second; group != 4242 || cpu != want {
		t.Errorf("group %d, %s; want group 4242, %s", group, cpu, want)
	}
	if group, cpu := parseStat("4321 (ending"); group != 0 || cpu != 0 {
		t.Errorf("of half a line: group %d, %s", group, cpu)
	}
}

func TestParsePeak(t *testing.T) {
	t.Parallel()
	if kib := parsePeak("Name:\tterraform\nVmPeak:\t 1267200 kB\nVmHWM:\t  123456 kB\nVmRSS:\t   99999 kB\n"); kib != 123456 {
		t.Errorf("%d KiB", kib)
	}
	if kib := parsePeak("Name:\tterraform\nState:\tZ (zombie)\n"); kib != 0 {
		t.Errorf("of a process that has ended: %d KiB", kib)
	}
}
