// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// Serve serves a provider to the CLI that started this process until the CLI ends the connection. With debug it serves
// on a socket of its own and waits, so that a debugger can attach.
func Serve(p provider.Provider, debug bool) error {
	if !debug { // under a debugger the process's output is visible; a CLI shows only the levels it was asked for
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

// quietSDK turns off the framework's log when it would be discarded. A plugin sends every log line to the CLI, which
// drops those that TF_LOG does not ask for; in a plan of 1,000 objects a fifth of this process's time went into dropped
// lines. The provider's own log is short and stays on.
func quietSDK() {
	levels := []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"}
	for _, name := range append(levels, "TF_LOG", "TF_LOG_PROVIDER") {
		if os.Getenv(name) != "" {
			return
		}
	}
	for _, name := range levels {
		_ = os.Setenv(name, "off") // fails for invalid names only
	}
}
