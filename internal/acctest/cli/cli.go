// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package cli runs the terraform or tofu on PATH as a user does who has this provider installed: no test library between
// the configuration and the command, one provider process per command.
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

// binary is the provider, built once for all tests of a package, in the directory built.
var built, binary string

// Main is for TestMain.
func Main(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	var err error
	if built, err = os.MkdirTemp("", "vonage-plugins-"); err != nil {
		panic(err) // without it no test of the package can do anything
	}

	defer func() { _ = os.RemoveAll(built) }()

	return m.Run()
}

// build builds the provider as it is released. The race detector is left to tests that run it in process: it would double
// what every command takes.
var build = sync.OnceValue(func() error {
	if built == "" {
		return errors.New("cli.Main was not called by the package's TestMain")
	}

	var err error
	binary, err = terraformcli.Build(context.Background(), ".", built)

	return err
})

// CLI is a terraform or tofu that takes the provider from this tree.
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

	if err := build(); err != nil {
		t.Fatal(err)
	}

	plugins := t.TempDir() // its own, for the CLI's configuration is written there, too
	if err := os.Symlink(binary, filepath.Join(plugins, filepath.Base(binary))); err != nil {
		t.Fatal(err)
	}

	return CLI{path: path, plugins: plugins, environment: map[string]string{
		"HOME": t.TempDir(), // no files of the Vonage CLI
		// A provider listens on a socket in the directory for temporary files, whose path may have some 100 bytes only.
		"TMPDIR": os.TempDir(),
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
