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

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// emulatorLatency is about the shortest latency of the real API.
const emulatorLatency = 20 * time.Millisecond

// plan is a configuration that is applied, and then planned again without a change. To measure another one, add it to
// the list in configurations.go.
type plan struct {
	name          string
	configuration string
	count         int // of the variable n in the configuration, at least applied; 0 if it has none
	numbers       int // how many the account has, from msisdnOf(0) on
	runs          int // how often it is measured at most; 0 for as often as everything else
}

// measuredPlan is the cost of a plan with this provider, and of the same plan with a provider that only replays what
// this one answered: that is the share of Terraform and of the plugin protocol.
type measuredPlan struct {
	real, replayed subject
	calls          int
}

// subject is a command that is measured.
type subject struct {
	cli   *terraformcli.CLI
	times []time.Duration
	used  []usage
}

// largePlans measures plans and prints a table of their times, and one of what they use.
func largePlans(plans []plan) func(context.Context, *workspace, table) error {
	return func(ctx context.Context, w *workspace, out table) error {
		out.section(fmt.Sprintf("Plans without a change; the emulator has a latency of %s", emulatorLatency),
			"plan", "min", "median", "max", "replayed, median", "median against replayed", "API calls")
		measured := make([]measuredPlan, len(plans))
		for i, p := range plans {
			m, err := w.measurePlan(ctx, p)
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			times, floor := spreadOf(m.real.times), spreadOf(m.replayed.times).median
			out.row(append(append([]string{p.name}, times.cells()...),
				seconds(floor), fmt.Sprintf("%.2f×", times.median.Seconds()/floor.Seconds()), strconv.Itoa(m.calls))...)
			measured[i] = m
		}
		out.section("CPU time (median) and memory (peak) of these plans", "plan", "Terraform: CPU", "memory", "provider: CPU", "memory",
			"Terraform, replayed: CPU", "memory", "replay: CPU", "memory")
		for i, m := range measured {
			out.row(append(append([]string{plans[i].name}, m.real.usedCells()...), m.replayed.usedCells()...)...)
		}
		return nil
	}
}

func (w *workspace) measurePlan(ctx context.Context, p plan) (measuredPlan, error) {
	account, err := newVonage(p.numbers, emulator.Options{Latency: emulatorLatency})
	if err != nil {
		return measuredPlan{}, err
	}
	defer account.close()
	dir, err := w.configuration(p.configuration)
	if err != nil {
		return measuredPlan{}, err
	}
	var m measuredPlan
	if m.real.cli, err = w.terraform(dir, w.plugins, account.server.URL); err != nil {
		return measuredPlan{}, err
	}
	m.real.cli.Setenv(counted(applied))
	if _, err := m.real.cli.Run(ctx, "apply", "-auto-approve", "-parallelism=100"); err != nil {
		return measuredPlan{}, err
	}
	if err := account.enlarge(dir, p.count); err != nil {
		return measuredPlan{}, err
	}
	m.real.cli.Setenv(counted(p.count))
	if m.replayed.cli, err = w.record(ctx, dir, account.server.URL, p.count); err != nil {
		return measuredPlan{}, err
	}
	account.ResetRequests()
	runs := w.runs
	if p.runs > 0 {
		runs = min(runs, p.runs)
	}
	for range runs { // interleaved, so that other load on the machine affects both
		for _, s := range []*subject{&m.real, &m.replayed} {
			if err := s.plan(ctx); err != nil {
				return measuredPlan{}, err
			}
		}
	}
	m.calls = len(account.Requests()) / runs
	return m, w.profile(ctx, dir, account.server.URL, p.count)
}

// counted returns the environment that sets the variable n.
func counted(n int) map[string]string { return map[string]string{"TF_VAR_n": strconv.Itoa(n)} }

// record plans once with a provider that records what the real one answers, and returns a CLI whose provider replays it.
func (w *workspace) record(ctx context.Context, dir, vonage string, count int) (*terraformcli.CLI, error) {
	recording, err := os.MkdirTemp(w.dir, "recording-")
	if err != nil {
		return nil, err
	}
	cli, err := w.terraform(dir, w.replay, vonage)
	if err != nil {
		return nil, err
	}
	cli.Setenv(counted(count))
	cli.Setenv(map[string]string{"VONAGE_BENCH_RECORDING": recording, "VONAGE_BENCH_RECORDED": w.binary})
	if _, err := cli.Run(ctx, "plan"); err != nil {
		return nil, err
	}
	cli.Unsetenv("VONAGE_BENCH_RECORDED")
	return cli, nil
}

// profile plans once with a provider that writes profiles of itself, if somebody has asked for them.
func (w *workspace) profile(ctx context.Context, dir, vonage string, count int) error {
	if w.profiles == "" {
		return nil
	}
	profiles, err := filepath.Abs(w.profiles)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(profiles, 0o750); err != nil {
		return err
	}
	plugins := filepath.Join(w.dir, "profiled")
	if _, err := terraformcli.Build(ctx, "./internal/cmd/bench/profiled", plugins); err != nil {
		return err
	}
	cli, err := w.terraform(dir, plugins, vonage)
	if err != nil {
		return err
	}
	cli.Setenv(counted(count))
	cli.Setenv(map[string]string{"VONAGE_BENCH_PROFILES": profiles})
	_, err = cli.Run(ctx, "plan")
	return err
}

func (s *subject) plan(ctx context.Context) error {
	observing, stop := context.WithCancel(ctx)
	defer stop()
	observed := make(chan usage, 1)
	s.cli.OnStart(func(pid int) {
		go func() { observed <- observe(observing, pid) }()
	})
	start := time.Now()
	output, err := s.cli.Run(ctx, "plan")
	if err != nil {
		return err
	}
	s.times = append(s.times, time.Since(start))
	stop()
	s.used = append(s.used, <-observed)
	if !strings.Contains(output, "No changes.") {
		return fmt.Errorf("the plan is not empty:\n%s", output)
	}
	return nil
}

// usedCells returns the CPU time and the memory of the CLI, and of its plugins.
func (s *subject) usedCells() []string {
	cli, plugins := make([]process, 0, len(s.used)), make([]process, 0, len(s.used))
	for _, u := range s.used {
		cli, plugins = append(cli, u.cli), append(plugins, u.plugins)
	}
	return append(processCells(cli), processCells(plugins)...)
}

func processCells(runs []process) []string {
	times := make([]time.Duration, 0, len(runs))
	var peak int64
	for _, p := range runs {
		times, peak = append(times, p.cpu), max(peak, p.peak)
	}
	if peak == 0 { // there is no such process, or the operating system does not tell
		return []string{"", ""}
	}
	return []string{seconds(spreadOf(times).median), fmt.Sprintf("%d MiB", peak>>10)}
}
