// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// binaryAndStart measures the fixed cost of every run.
func binaryAndStart(ctx context.Context, w *workspace, out table) error {
	info, err := os.Stat(w.binary)
	if err != nil {
		return err
	}
	started, err := w.times(func() error {
		return terraformcli.ServeSchema(ctx, exec.CommandContext(ctx, w.binary)) //nolint:gosec // the benchmark built it
	})
	if err != nil {
		return err
	}
	out.section("Binary and start", "what", "min", "median", "max")
	out.row("size of the stripped binary", fmt.Sprintf("%.1f MiB", float64(info.Size())/(1<<20)), "", "")
	out.row(append([]string{"from exec to the served schema"}, milliseconds(started)...)...)
	return nil
}

func milliseconds(s spread) []string {
	cells := make([]string, 0, 3)
	for _, d := range []time.Duration{s.min, s.median, s.max} {
		cells = append(cells, fmt.Sprintf("%.0f ms", d.Seconds()*1000))
	}
	return cells
}
