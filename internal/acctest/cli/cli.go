// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package cli runs the terraform or tofu on PATH as a user does who has this provider installed: no test library between
// the configuration and the command, one provider process per command.
package cli

import (
	"context"
	"log"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/vonage/terraform-provider-vonage/internal/provider"
	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// executable is the file name under which the CLI looks for the provider.
const executable = "terraform-provider-vonage"

// Main is for TestMain. The test binary is the provider too, when the CLI starts it: the same code, race detector included, and
// nothing to build.
func Main(m *testing.M) {
	if filepath.Base(os.Args[0]) != executable {
		os.Exit(m.Run())
	}

	err := providerserver.Serve(context.Background(), provider.New("test"), providerserver.ServeOpts{
		Address: "registry.terraform.io/vonage/vonage",
	})
	if err != nil {
		log.Fatal(err)
	}
}

// CLI is a terraform or tofu that takes the provider from the test binary.
type CLI struct {
	path, plugins string
	environment   map[string]string
}

// New finds the CLI. Without one the test is skipped, and fails in CI, which always has one.
func New(t *testing.T) CLI {
	t.Helper()

	path, err := terraformcli.Find()

	switch {
	case err == nil:
	case os.Getenv("CI") != "":
		t.Fatal(err)
	default:
		t.Skip(err)
	}

	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}

	plugins := t.TempDir()
	if err := os.Symlink(self, filepath.Join(plugins, executable)); err != nil {
		t.Fatal(err)
	}

	return CLI{path: path, plugins: plugins, environment: map[string]string{
		"HOME": t.TempDir(), // no files of the Vonage CLI
		// A provider listens on a socket in the directory for temporary files, whose path may have some 100 bytes only.
		"TMPDIR": os.TempDir(),
		// The race detector's runtime waits a second at the end of each process, and every command ends several providers.
		"GORACE": os.Getenv("GORACE") + " atexit_sleep_ms=0",
	}}
}

// With returns the CLI with these environment variables added.
func (c CLI) With(environment map[string]string) CLI {
	c.environment = maps.Clone(c.environment)
	maps.Copy(c.environment, environment)

	return c
}

// Run runs a command in a directory and gives what it printed to stdout; its error carries everything that was printed.
func (c CLI) Run(ctx context.Context, directory string, arguments ...string) (string, error) {
	command, err := terraformcli.New(c.path, directory, c.plugins)
	if err != nil {
		return "", err
	}

	command.Setenv(c.environment)

	printed, err := command.Execute(ctx, arguments...)

	return string(printed), err
}
