// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// emulatorLatency is about the shortest latency of the real API.
const emulatorLatency = 20 * time.Millisecond

// largePlan compares the same plan over HTTP, with the API in memory, and with Terraform's built-in resources, whose
// provider does almost nothing.
func largePlan(ctx context.Context, w *workspace, out table, objects int) error {
	account, err := newVonage(objects/2, emulator.Options{Latency: emulatorLatency})
	if err != nil {
		return err
	}
	defer account.close()
	configuration, err := applicationsAndLinks(objects / 2)
	if err != nil {
		return err
	}
	dir, err := w.configuration(configuration)
	if err != nil {
		return err
	}
	overNetwork, err := w.terraform(dir, w.plugins, account.server.URL)
	if err != nil {
		return err
	}
	if _, err := overNetwork.Run(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	inMemory, err := w.terraform(dir, w.memory, account.server.URL)
	if err != nil {
		return err
	}
	stored := filepath.Join(w.dir, "account.json")
	if err := account.store(stored); err != nil {
		return err
	}
	inMemory.Setenv(map[string]string{"VONAGE_BENCH_ACCOUNT": stored})
	builtIn, err := w.builtIn(ctx, objects)
	if err != nil {
		return err
	}

	account.ResetRequests()
	subjects := []*subject{
		{name: fmt.Sprintf("emulator, %s latency", emulatorLatency), cli: overNetwork},
		{name: "transport that answers from memory", cli: inMemory},
		{name: "`terraform_data`, no provider", cli: builtIn},
	}
	for range w.runs { // interleaved, so that other load on the machine affects all of them
		for _, s := range subjects {
			if err := s.plan(ctx); err != nil {
				return err
			}
		}
	}
	reads := len(account.Requests()) / w.runs
	out.section(fmt.Sprintf("Plan of %d objects (half applications, half links), %d runs; %d API calls each", objects, w.runs, reads),
		"against", "min", "median", "max", "median against memory")
	base := spreadOf(subjects[1].measured)
	for _, s := range subjects {
		measured := spreadOf(s.measured)
		ratio := fmt.Sprintf("%.2f×", measured.median.Seconds()/base.median.Seconds())
		out.row(append(append([]string{s.name}, measured.cells()...), ratio)...)
	}

	peak, err := w.peakMemory(ctx, dir, account.server.URL)
	if err != nil {
		return err
	}
	out.section("Memory", "what", "peak")
	out.row(fmt.Sprintf("the provider's process during that plan of %d", objects), peak)
	return nil
}

// subject is one of the commands that are measured in turn.
type subject struct {
	name     string
	cli      *terraformcli.CLI
	measured []time.Duration
}

func (s *subject) plan(ctx context.Context) error {
	start := time.Now()
	output, err := s.cli.Run(ctx, "plan")
	if err != nil {
		return err
	}
	s.measured = append(s.measured, time.Since(start))
	if !strings.Contains(output, "No changes.") {
		return fmt.Errorf("%s: the plan is not empty:\n%s", s.name, output)
	}
	return nil
}

func (w *workspace) builtIn(ctx context.Context, objects int) (*terraformcli.CLI, error) {
	dir, err := w.configuration(fmt.Sprintf("resource \"terraform_data\" \"bench\" {\n  count = %d\n  input = \"bench ${count.index}\"\n}\n", objects))
	if err != nil {
		return nil, err
	}
	cli, err := w.terraform(dir, w.plugins, "")
	if err != nil {
		return nil, err
	}
	_, err = cli.Run(ctx, "apply", "-auto-approve")
	return cli, err
}

// store writes the account to a file for the provider with the API built in.
func (v *emulated) store(file string) error {
	text, err := json.Marshal(map[string]any{
		"key": apiKey, "secret": apiSecret, "applications": v.Applications(), "numbers": v.Numbers(),
	})
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

// applicationsAndLinks returns a configuration of n applications, with most of the optional settings, and one linked
// number each.
func applicationsAndLinks(n int) (string, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", err
	}
	public, err := vonage.EncodePublicKey(&key.PublicKey)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`%s
resource "vonage_application" "bench" {
  count      = %[2]d
  name       = "bench ${count.index}"
  public_key = %[3]q
  improve_ai = false

  voice = {
    answer_url          = { address = "https://example.com/${count.index}/answer" }
    fallback_answer_url = { address = "https://example.com/${count.index}/fallback" }
    event_url           = { address = "https://example.com/${count.index}/event" }
  }
  messages = {
    inbound_url = { address = "https://example.com/${count.index}/inbound" }
    status_url  = { address = "https://example.com/${count.index}/status" }
  }
  rtc = {
    event_url = { address = "https://example.com/${count.index}/rtc" }
  }
}

resource "vonage_number_link" "bench" {
  count          = %[2]d
  country        = "GB"
  msisdn         = format("4477009%%05d", count.index)
  application_id = vonage_application.bench[count.index].id
}
`, providerWithoutLimits, n, public), nil
}

const providerWithoutLimits = `terraform {
  required_providers {
    vonage = { source = "vonage/vonage" }
  }
}

provider "vonage" {
  requests_per_second = { applications = 0, numbers_list = 0, numbers_write = 0, conversations = 0, account = 0, pricing = 0 }
}
`
