// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const (
	// documentedWrites is the limit of writes to numbers, in requests per second
	// (https://api.support.vonage.com/hc/en-us/articles/5667853760284).
	documentedWrites = 3
	// linksPerApply limits one measurement of the write rate to about half a minute.
	linksPerApply   = 100
	linksPerRefresh = 1000
)

// atTheLimits measures a refresh and an apply of links with the provider's default limits, on an account that enforces
// the documented ones.
func atTheLimits(ctx context.Context, w *workspace, out table) error {
	out.section("With the documented limits on", "what", "min", "median", "max", "")
	refresh, calls, err := w.refreshAtTheLimit(ctx, linksPerRefresh)
	if err != nil {
		return err
	}
	out.row(append(append([]string{fmt.Sprintf("refresh of %d links on an account of %[1]d numbers", linksPerRefresh)}, refresh.cells()...),
		fmt.Sprintf("%d calls", calls))...)

	apply, rate, err := w.applyAtTheLimit(ctx, linksPerApply)
	if err != nil {
		return err
	}
	out.row(append(append([]string{fmt.Sprintf("apply of %d links", linksPerApply)}, apply.cells()...),
		fmt.Sprintf("%.2f writes/s, %.0f %% of the limit", rate, 100*rate/documentedWrites))...)
	return nil
}

func (w *workspace) refreshAtTheLimit(ctx context.Context, links int) (spread, int, error) {
	unlimited, err := newVonage(links, emulator.Options{})
	if err != nil {
		return spread{}, 0, err
	}
	defer unlimited.close()
	dir, err := w.configuration(linksToOneApplication(links))
	if err != nil {
		return spread{}, 0, err
	}
	cli, err := w.terraform(dir, w.plugins, unlimited.server.URL)
	if err != nil {
		return spread{}, 0, err
	}
	cli.Setenv(map[string]string{"TF_VAR_unlimited": "true"})
	if _, err := cli.Run(ctx, "apply", "-auto-approve"); err != nil {
		return spread{}, 0, err
	}

	limited, err := newVonage(0, emulator.Options{RateLimits: "documented"})
	if err != nil {
		return spread{}, 0, err
	}
	defer limited.close()
	for id, application := range unlimited.Applications() {
		if err := limited.SeedApplication(id, application); err != nil {
			return spread{}, 0, err
		}
	}
	for id, number := range unlimited.Numbers() {
		if err := limited.SeedNumber(id, number); err != nil {
			return spread{}, 0, err
		}
	}
	s := &subject{}
	if s.cli, err = w.terraform(dir, w.plugins, limited.server.URL); err != nil {
		return spread{}, 0, err
	}
	for range w.runs {
		if err := s.plan(ctx); err != nil {
			return spread{}, 0, err
		}
	}
	return spreadOf(s.times), len(limited.Requests()) / w.runs, nil
}

// applyAtTheLimit returns the time of whole applies and the median rate of their writes.
func (w *workspace) applyAtTheLimit(ctx context.Context, links int) (spread, float64, error) {
	var writing []time.Duration
	applies, err := w.times(func() error {
		account, err := newVonage(links, emulator.Options{RateLimits: "documented"})
		if err != nil {
			return err
		}
		defer account.close()
		dir, err := w.configuration(linksToOneApplication(links))
		if err != nil {
			return err
		}
		cli, err := w.terraform(dir, w.plugins, account.server.URL)
		if err != nil {
			return err
		}
		if _, err := cli.Run(ctx, "apply", "-auto-approve"); err != nil {
			return err
		}
		writing = append(writing, account.writing())
		return nil
	})
	if err != nil {
		return spread{}, 0, err
	}
	// n writes have n-1 gaps between them.
	return applies, float64(links-1) / spreadOf(writing).median.Seconds(), nil
}

// writing returns the time from the first write to a number to the last.
func (v *emulated) writing() time.Duration {
	var first, last time.Time
	for _, request := range v.Requests() {
		if strings.HasPrefix(request.Path, "/number/update") {
			if first.IsZero() {
				first = request.Time
			}
			last = request.Time
		}
	}
	return last.Sub(first)
}

func linksToOneApplication(n int) string {
	return fmt.Sprintf(`terraform {
  required_providers {
    vonage = { source = "vonage/vonage" }
  }
}

variable "unlimited" {
  type    = bool
  default = false
}

provider "vonage" {
  requests_per_second = var.unlimited ? { applications = 0, numbers_list = 0, numbers_write = 0, conversations = 0, account = 0, pricing = 0 } : null
}

resource "vonage_application" "bench" {
  name = "bench"
}

resource "vonage_number_link" "bench" {
  count          = %d
  country        = "GB"
  msisdn         = format("4477009%%05d", count.index)
  application_id = vonage_application.bench.id
}
`, n)
}
