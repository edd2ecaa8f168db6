// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"os"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// settings are the options from the command line.
type settings struct {
	version bool
	healthy string
	listen  string
	tls     secured
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

Open $url in a browser to see the account, the calls, the webhooks and the requests, and to place calls.

While it runs, the control API simulates callers, faults and the dashboard. On this machine it needs no credentials:

  json='Content-Type: application/json'
  curl -X PUT  $url/emulator/numbers/GB/447700900001 -H "$json" -d '{"type":"mobile-lvn","features":["SMS","VOICE"]}'
  curl -X POST $url/emulator/calls -H "$json" -d '{"from":"447700900111","to":"447700900001","answered":true}'
  curl -X POST $url/emulator/faults -H "$json" -d '{"method":"POST","path":"/number/buy","kind":"close-after"}'
  curl $url/emulator/requests
  curl $url/emulator/health

Flags:
`

// tokenVariable keeps the control token out of the list of processes.
const tokenVariable = "VONAGE_EMULATOR_CONTROL_TOKEN" //nolint:gosec // the name of the variable

// parse parses the command line; for -help it prints the usage to stderr and returns flag.ErrHelp.
func parse(arguments []string, getenv func(string) string, stderr io.Writer) (settings, error) {
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
	flags.BoolVar(&parsed.version, "version", false, "print the version and exit")
	flags.StringVar(&parsed.healthy, "healthy", "",
		"exit with 0 if the emulator at this `URL` is ready, with 1 otherwise: the health check of a container, which has no shell")
	flags.StringVar(&parsed.listen, "listen", "127.0.0.1:4010",
		"serve on this `address`; port 0 picks a free one. One that other machines reach needs a control token")
	flags.Func("allow-host", "answer the control API and the page under this `name` too, beside localhost, 127.0.0.1 and [::1];\n"+
		"repeatable, or several with commas between them", parsed.allow)
	flags.StringVar(&parsed.options.ControlToken, "control-token", "",
		"ask for this `token` in the control API and the page: Authorization: Bearer TOKEN, or /?token=TOKEN in a browser\n"+
			"(default the value of "+tokenVariable+", which other users of the machine do not see)")
	flags.StringVar(&parsed.tls.authority, "tls-self-signed", "",
		"serve https:// with a certificate for localhost, 127.0.0.1, ::1 and every -allow-host, and write the certificate of the\n"+
			"authority that clients have to trust to this `file`, as PEM")
	flags.StringVar(&parsed.tls.certificate, "tls-cert", "", "serve https:// with the certificate in this `file` (PEM); needs -tls-key")
	flags.StringVar(&parsed.tls.key, "tls-key", "", "the `file` with the private key of -tls-cert (PEM)")
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
	// In a header, blanks around it would be lost.
	parsed.options.ControlToken = strings.TrimSpace(cmp.Or(parsed.options.ControlToken, getenv(tokenVariable)))
	return parsed, parsed.complete(seed, variants)
}

// allow adds hosts to those of the control API.
func (s *settings) allow(given string) error {
	for host := range strings.SplitSeq(given, ",") {
		host = strings.TrimSpace(host)
		_, err := netip.ParseAddr(host)
		if host == "" || err != nil && strings.ContainsAny(host, ":/[]* ") {
			return errors.New("use a host's name or address, without scheme and port")
		}
		s.options.AllowHosts = append(s.options.AllowHosts, host)
	}
	return nil
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
	if (s.tls.certificate == "") != (s.tls.key == "") || s.tls.certificate != "" && s.tls.authority != "" {
		return errors.New("give -tls-cert and -tls-key, or -tls-self-signed, or none of them")
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
