// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Command tutorial runs Vonage's tutorial "retrieve conversation details" with the real terraform CLI, the provider
// built from this source tree, and HTTP between them. Only Vonage itself is emulated.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	dir := flag.String("dir", "", "work directory; it is removed at the end (default: a new temporary one)")
	hold := flag.Bool("hold", false, "wait for Enter while the call is in progress, so that there is time to look at the emulator's page")
	flag.Parse()

	// One signal ends the demo cleanly; a second one must not interrupt the cleanup.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()

	demo := &demo{dir: *dir, out: os.Stdout}
	if *hold {
		demo.hold = os.Stdin
	}
	if err := run(ctx, demo); err != nil {
		if errors.Is(err, context.Canceled) {
			err = errors.New("interrupted; everything that was started or written is gone again")
		}
		fmt.Fprintf(os.Stderr, "\nThe tutorial did not reach its end: %v\n", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop has been called
	}
}

// run performs the tutorial in its directory and removes that in any case.
func run(ctx context.Context, demo *demo) (err error) {
	if demo.dir == "" {
		if demo.dir, err = os.MkdirTemp("", "vonage-tutorial-"); err != nil {
			return err
		}
	}
	defer func() { err = errors.Join(err, os.RemoveAll(demo.dir)) }()
	defer demo.close()

	return demo.run(ctx)
}
