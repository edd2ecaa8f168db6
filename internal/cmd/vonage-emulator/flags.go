// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// settings are the options from the command line.
type settings struct {
	listen  string
	options emulator.Options
	seed    emulator.Seed
	further emulator.Seed // the accounts that flags name
}

const introduction = `vonage-emulator emulates Vonage accounts in memory: applications, numbers, conversations, users, calls, secrets, settings
and subaccounts, on one origin for the paths of both api.nexmo.com and rest.nexmo.com. It is strict, and forgets everything
when it stops.

The first line on stdout is JSON: {"url","api_key","api_secret","signature_secret"}. Point the provider there:

  provider "vonage" {
    api_key    = "abcd1234"
    api_secret = "Emulator0Secret"
    api_url    = "http://127.0.0.1:4010"
    rest_url   = "http://127.0.0.1:4010"
  }

While it runs, the control API simulates callers, faults and the dashboard. It needs no credentials:

  curl -X PUT  $url/emulator/numbers/GB/447700900001 -d '{"type":"mobile-lvn","features":["SMS","VOICE"]}'
  curl -X POST $url/emulator/calls -d '{"from":"447700900111","to":"447700900001","answered":true}'
  curl -X POST $url/emulator/faults -d '{"method":"POST","path":"/number/buy","kind":"close-after"}'
  curl $url/emulator/requests

Flags:
`

// parse parses the command line; for -help it prints the usage to stderr and returns flag.ErrHelp.
func parse(arguments []string, stderr io.Writer) (settings, error) {
	var (
		parsed         settings
		seed, variants string
	)
	flags := flag.NewFlagSet("vonage-emulator", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		_, _ = fmt.Fprint(stderr, introduction)
		flags.PrintDefaults()
	}
	flags.StringVar(&parsed.listen, "listen", "127.0.0.1:4010", "serve on this `address`; port 0 picks a free one")
	flags.StringVar(&parsed.options.APIKey, "api-key", "", "the account's API key (default abcd1234)")
	flags.StringVar(&parsed.options.APISecret, "api-secret", "", "the account's API secret (default Emulator0Secret)")
	flags.StringVar(&parsed.options.SignatureSecret, "signature-secret", "",
		"signs the webhooks of applications with signed_callbacks (default emulator-signature-secret)")
	flags.Func("account", "open a further account, `KEY:SECRET`, that has nothing to do with the others; repeatable", func(given string) error {
		return parsed.open(given, &parsed.further.Accounts)
	})
	flags.Func("subaccount", "open a subaccount of the account, `KEY:SECRET`, that shares its balance; repeatable", func(given string) error {
		return parsed.open(given, &parsed.further.Subaccounts)
	})
	flags.StringVar(&parsed.options.RateLimits, "rate-limits", "off",
		"`limits` to enforce: \"off\", or \"documented\", the requests per second that Vonage publishes")
	flags.DurationVar(&parsed.options.Latency, "latency", 0, "delay every answer by this `duration`, such as 200ms")
	flags.BoolVar(&parsed.options.ProbeWebhooks, "probe-webhooks", false,
		"save moHttpUrl and the account's callback URLs only when a GET of them answers 200")
	flags.StringVar(&seed, "seed", "",
		"JSON `file` to start with: {\"account\": {\"api_key\", \"api_secret\", \"signature_secret\", \"balance\"},\n"+
			"\"applications\": {ID: {…}}, \"numbers\": {\"GB/447700900001\": {…}}, \"conversations\": {ID: {…}},\n"+
			"\"inventory\": [{\"country\", \"msisdn\", \"cost\", …}], \"subaccounts\": [{\"account\": …}], \"accounts\": [{\"account\": …}]};\n"+
			"flags take precedence over its credentials")
	flags.StringVar(&variants, "variant", "",
		"`JSON` object that picks behaviours that no published source settles: {\"method_failed_status\": 200};\n"+
			"the names are in internal/emulator/README.md")
	if err := flags.Parse(arguments); err != nil {
		return parsed, err
	}
	if flags.NArg() > 0 {
		return parsed, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return parsed, parsed.complete(seed, variants)
}

// open adds an account to those of a kind.
func (s *settings) open(given string, kind *[]emulator.Seed) error {
	key, secret, both := strings.Cut(given, ":")
	if !both || key == "" || secret == "" {
		return errors.New("use KEY:SECRET")
	}
	*kind = append(*kind, emulator.Seed{Account: emulator.Opening{APIKey: key, APISecret: secret}})
	return nil
}

// complete reads the files that flags name and validates the values.
func (s *settings) complete(seedFile, variants string) error {
	if s.options.RateLimits != "off" && s.options.RateLimits != "documented" {
		return fmt.Errorf("-rate-limits is %q: use off or documented", s.options.RateLimits)
	}
	if variants != "" {
		chosen, err := emulator.ParseVariant([]byte(variants))
		if err != nil {
			return fmt.Errorf("-variant: %w", err)
		}
		s.options.Variant = chosen
	}
	if seedFile != "" {
		text, err := os.ReadFile(seedFile) //nolint:gosec // the file that the user names
		if err != nil {
			return fmt.Errorf("-seed: %w", err)
		}
		if s.seed, err = emulator.ParseSeed(text); err != nil {
			return fmt.Errorf("-seed: %s: %w", seedFile, err)
		}
	}
	s.seed.Subaccounts = append(s.seed.Subaccounts, s.further.Subaccounts...)
	s.seed.Accounts = append(s.seed.Accounts, s.further.Accounts...)
	s.options.APIKey = cmp.Or(s.options.APIKey, s.seed.Account.APIKey)
	s.options.APISecret = cmp.Or(s.options.APISecret, s.seed.Account.APISecret)
	s.options.SignatureSecret = cmp.Or(s.options.SignatureSecret, s.seed.Account.SignatureSecret)
	if (s.options.APIKey == "") != (s.options.APISecret == "") {
		return errors.New("give the API key and the API secret, or neither")
	}
	return nil
}
