// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// table prints Markdown rows as they are measured.
type table struct{ out io.Writer }

func (t table) section(title string, columns ...string) {
	_, _ = fmt.Fprintf(t.out, "\n### %s\n\n", title)
	t.row(columns...)
	rule := make([]string, len(columns))
	for i := range rule {
		rule[i] = "---"
	}
	t.row(rule...)
}

func (t table) row(cells ...string) {
	for _, cell := range cells {
		_, _ = fmt.Fprintf(t.out, "| %s ", cell)
	}
	_, _ = fmt.Fprintln(t.out, "|")
}

// spread is the minimum, median and maximum of some measurements.
type spread struct{ min, median, max time.Duration }

func spreadOf(measured []time.Duration) spread {
	sorted := slices.Sorted(slices.Values(measured))
	return spread{sorted[0], sorted[len(sorted)/2], sorted[len(sorted)-1]}
}

func (s spread) cells() []string { return []string{seconds(s.min), seconds(s.median), seconds(s.max)} }

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
