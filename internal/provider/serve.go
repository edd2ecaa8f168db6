// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"runtime"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// Serve serves a provider to the CLI that started this process until the CLI ends the connection. With debugged it serves
// on a socket of its own and waits, so that a debugger can attach.
func Serve(p provider.Provider, debugged bool) error {
	defer collectSeldom()()
	// Under a debugger the process's output is visible; a CLI shows only the levels it was asked for.
	logged := debugged || logIsRead()
	if !logged {
		quiet()
	}
	// A request that several calls share is logged in the context of the first of them, which may have ended.
	server, err := newServer(p, !logged)
	if err != nil {
		return err
	}
	var options []tf6server.ServeOpt
	if debugged {
		options = append(options, tf6server.WithManagedDebug())
	}
	return tf6server.Serve("registry.terraform.io/vonage/vonage", func() tfprotov6.ProviderServer { return server }, options...)
}

// spare is how much a provider's process may throw away before the garbage collector runs, in bytes. By itself Go runs it
// whenever the heap has doubled; but what a provider needs is a few megabytes, and a plan of 1,000 objects throws 2 GB
// away. More than this saves nothing that can be measured.
const spare = 32 << 20

// collectSeldom lets the garbage collector run less often, until release is called. Go runs it when the heap has grown by
// as much as was in use after the last run; with a large object that nobody writes to, that is its size more. The system
// gives such an object no memory. Settings of the collector in the environment stay in force.
func collectSeldom() (release func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	ballast := make([]byte, spare)
	return func() { runtime.KeepAlive(ballast) }
}

// sdkLogs are the levels of the logs of the framework and of what is below it, ownLogs those of the provider.
var (
	sdkLogs = []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"}
	ownLogs = []string{"TF_LOG_PROVIDER_VONAGE", "TF_LOG_PROVIDER_VONAGE_HTTP"}
)

// logIsRead reports whether somebody has asked for a log.
func logIsRead() bool {
	return slices.ContainsFunc(slices.Concat(sdkLogs, ownLogs, []string{"TF_LOG", "TF_LOG_PROVIDER"}), func(name string) bool { return os.Getenv(name) != "" })
}

// quiet turns off every log. A plugin sends all its lines to the CLI, which drops those that TF_LOG does not ask for; in
// a plan of 1,000 objects a fifth of this process's time went into dropped lines.
func quiet() {
	for _, name := range slices.Concat(sdkLogs, ownLogs) {
		_ = os.Setenv(name, "off") // fails for invalid names only
	}
}
