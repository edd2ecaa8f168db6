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
)

func main() {
	runs := flag.Int("runs", 5, "how often each time is measured")
	objects := flag.Int("objects", 1000, "how many objects a large plan has; half are applications, half links")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench(ctx, *runs, *objects); err != nil {
		stop()
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1) //nolint:gocritic // stop has been called
	}
}

func bench(ctx context.Context, runs, objects int) (err error) {
	w, err := newWorkspace(ctx, runs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()

	out := table{os.Stdout}
	for _, measure := range []func(context.Context, *workspace, table, int) error{
		binaryAndStart, largePlan, callsPerObject, atTheLimits,
	} {
		if err := measure(ctx, w, out, objects); err != nil {
			return err
		}
	}
	return nil
}
