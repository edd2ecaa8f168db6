// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// Serve serves a provider to the CLI that started this process until the CLI is done with it. With debug it serves on a
// socket of its own and waits, so that a debugger can attach.
func Serve(p provider.Provider, debug bool) error {
	if !debug { // a debugger shows what the process writes; a CLI shows only what it was asked for
		quietSDK()
	}
	server, err := NewServer(p)
	if err != nil {
		return err
	}
	var options []tf6server.ServeOpt
	if debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	return tf6server.Serve("registry.terraform.io/vonage/vonage", func() tfprotov6.ProviderServer { return server }, options...)
}

// quietSDK turns off the log of the framework where nobody reads it. Plugins hand every line to the CLI, which drops those
// that TF_LOG does not ask for; in a plan of 1,000 objects a fifth of this process's time went into lines that were dropped.
// The provider's own log is left alone: it is short.
func quietSDK() {
	levels := []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"}
	for _, name := range append(levels, "TF_LOG", "TF_LOG_PROVIDER") {
		if os.Getenv(name) != "" {
			return
		}
	}
	for _, name := range levels {
		_ = os.Setenv(name, "off") // fails for impossible names only
	}
}
