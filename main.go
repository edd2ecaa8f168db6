// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-vonage serves the provider to Terraform.
package main

import (
	"flag"
	"log"

	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// version is set by the linker on release.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve on a socket of its own and wait, so that a debugger can attach")
	flag.Parse()
	if err := provider.Serve(provider.New(version)(), *debug); err != nil {
		log.Fatal(err)
	}
}
