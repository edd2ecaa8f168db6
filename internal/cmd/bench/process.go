// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// lookEvery is how often processes are looked at; what one does after the last look is missed.
const lookEvery = 10 * time.Millisecond

// process is what a process has used, where the operating system tells it as Linux does.
type process struct {
	peak int64 // resident memory in KiB
	cpu  time.Duration
}

// usage is what the CLI has used, and what its plugins have: their CPU time added up, and the memory of the largest,
// because they run one after the other.
type usage struct{ cli, plugins process }

// observe looks at the processes of a group until the context ends. The group has the id of the CLI's process.
func observe(ctx context.Context, group int) usage {
	processes := map[int]*process{} // nil for a process of another group
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		look(group, processes)
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
	var u usage
	for pid, p := range processes {
		switch {
		case p == nil:
		case pid == group:
			u.cli = *p
		default:
			u.plugins = process{peak: max(u.plugins.peak, p.peak), cpu: u.plugins.cpu + p.cpu}
		}
	}
	return u
}

func look(group int, processes map[int]*process) {
	entries, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return
	}
	for _, directory := range entries {
		pid, err := strconv.Atoi(filepath.Base(directory))
		if p, known := processes[pid]; err != nil || known && p == nil {
			continue
		}
		stat, err := os.ReadFile(directory + "/stat") //nolint:gosec // a process's own status
		if err != nil {
			continue // it has ended
		}
		processGroup, cpu := parseStat(string(stat))
		if processGroup != group {
			processes[pid] = nil
			continue
		}
		if processes[pid] == nil {
			processes[pid] = &process{}
		}
		processes[pid].cpu = max(processes[pid].cpu, cpu)
		if status, err := os.ReadFile(directory + "/status"); err == nil { //nolint:gosec // a process's own status
			processes[pid].peak = max(processes[pid].peak, parsePeak(string(status)))
		}
	}
}

// parseStat returns a process's group and its CPU time (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
func parseStat(stat string) (group int, cpu time.Duration) {
	const tick = 10 * time.Millisecond                                  // USER_HZ is 100 on every platform that Go supports
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:]) // the name in parentheses may have spaces in it
	if len(fields) < 13 {
		return 0, 0
	}
	group, _ = strconv.Atoi(fields[2])
	for _, field := range fields[11:13] { // in user mode, in kernel mode
		ticks, _ := strconv.Atoi(field)
		cpu += time.Duration(ticks) * tick
	}
	return group, cpu
}

// parsePeak returns a process's peak resident size in KiB.
func parsePeak(status string) (kib int64) {
	_, value, _ := strings.Cut(status, "\nVmHWM:")
	_, _ = fmt.Sscan(value, &kib) // a process that is ending has no such line
	return kib
}
