// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"flag"
	"fmt"
	"io"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// parse reads the command line; -help explains it on stderr and is flag.ErrHelp.
func parse(arguments []string, stderr io.Writer) (listen string, options emulator.Options, err error) {
	flags := flag.NewFlagSet("vonage-emulator", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&listen, "listen", "127.0.0.1:4010", "serve on this `address`; port 0 picks a free one")
	flags.StringVar(&options.APIKey, "api-key", "", "the account's API key (default abcd1234)")
	flags.StringVar(&options.APISecret, "api-secret", "", "the account's API secret (default Emulator0Secret)")
	if err := flags.Parse(arguments); err != nil {
		return "", options, err
	}
	if flags.NArg() > 0 {
		return "", options, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return listen, options, nil
}
