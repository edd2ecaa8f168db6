// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures the cost of a run with this provider in time and API calls, and prints it as Markdown. All
// variants are measured in one run against the emulator; nothing is asserted.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"slices"
)

func main() {
	var o options
	flag.IntVar(&o.runs, "runs", 5, "how often each time is measured")
	flag.Func("plans", "measure only the plans whose names match this `expression`", func(text string) (err error) {
		o.plans, err = regexp.Compile(text)
		return err
	})
	flag.StringVar(&o.profiles, "profiles", "", "plan once more, and write profiles of the provider into this `directory`")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench(ctx, o); err != nil {
		stop()
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1) //nolint:gocritic // stop has been called
	}
}

// options says what is measured.
type options struct {
	runs     int
	plans    *regexp.Regexp // nil for everything
	profiles string         // the directory for profiles, if somebody wants them
}

func bench(ctx context.Context, o options) (err error) {
	plans, err := plans()
	if err != nil {
		return err
	}
	sections := []func(context.Context, *workspace, table) error{binaryAndStart, largePlans(plans), callsPerObject, atTheLimits}
	if o.plans != nil {
		plans = slices.DeleteFunc(plans, func(p plan) bool { return !o.plans.MatchString(p.name) })
		sections = []func(context.Context, *workspace, table) error{largePlans(plans)}
	}
	w, err := newWorkspace(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	for _, measure := range sections {
		if err := measure(ctx, w, table{os.Stdout}); err != nil {
			return err
		}
	}
	return nil
}
