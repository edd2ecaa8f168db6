// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package cli runs the terraform or tofu on PATH in the way a user who has installed this provider does: without a test
// library, and with a new provider process for every command.
package cli

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// binary is the path of the provider, built once for all tests of a package in the directory built.
var built, binary string

// Main must be called by TestMain.
func Main(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	var err error
	if built, err = os.MkdirTemp("", "vonage-plugins-"); err != nil {
		panic(err) // without the directory no test of the package can run
	}

	defer func() { _ = os.RemoveAll(built) }()

	return m.Run()
}

// build builds the provider with the flags of a release. It does not enable the race detector, which would double the
// run time of every command; tests that run the provider in process cover races.
var build = sync.OnceValue(func() error {
	if built == "" {
		return errors.New("cli.Main was not called by the package's TestMain")
	}

	var err error
	binary, err = terraformcli.Build(context.Background(), ".", built)

	return err
})

// CLI is a terraform or tofu that uses the provider built from this source tree.
type CLI struct {
	path, plugins string
	environment   map[string]string
}

// New finds the CLI. Without one the test is skipped, or fails in CI, where one is required.
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

	if err := build(); err != nil {
		t.Fatal(err)
	}

	plugins := t.TempDir() // not shared, because the CLI's configuration is written there, too
	if err := os.Symlink(binary, filepath.Join(plugins, filepath.Base(binary))); err != nil {
		t.Fatal(err)
	}

	return CLI{path: path, plugins: plugins, environment: map[string]string{
		"HOME": t.TempDir(), // an empty home directory, without files of the Vonage CLI
		// A provider listens on a Unix socket in the temporary directory; its path is limited to about 100 bytes.
		"TMPDIR": os.TempDir(),
	}}
}

// With returns the CLI with these environment variables added.
func (c CLI) With(environment map[string]string) CLI {
	c.environment = maps.Clone(c.environment)
	maps.Copy(c.environment, environment)

	return c
}

// Run runs a command in a directory and returns its stdout; the error contains stdout and stderr.
func (c CLI) Run(ctx context.Context, directory string, arguments ...string) (string, error) {
	command, err := terraformcli.New(c.path, directory, c.plugins)
	if err != nil {
		return "", err
	}

	command.Setenv(c.environment)

	printed, err := command.Execute(ctx, arguments...)

	return string(printed), err
}
