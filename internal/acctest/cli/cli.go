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
	"runtime"
	"sync"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// built is the directory of what is built, once for all tests of a package, and builds are the functions that build it.
var (
	built   string
	builds  = map[string]func() (string, error){}
	builder sync.Mutex
)

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

// program builds a main package with the flags of a release, once. It does not enable the race detector, which would
// double the run time of every command; tests that run the provider in process cover races.
func program(mainPackage string) (string, error) {
	if built == "" {
		return "", errors.New("cli.Main was not called by the package's TestMain")
	}

	builder.Lock()

	build, ok := builds[mainPackage]
	if !ok {
		build = sync.OnceValues(func() (string, error) {
			return terraformcli.Build(context.Background(), mainPackage, filepath.Join(built, filepath.Base(mainPackage)))
		})
		builds[mainPackage] = build
	}

	builder.Unlock()

	return build()
}

// CLI is a terraform or tofu that uses the provider built from this source tree.
type CLI struct {
	path, plugins string
	environment   map[string]string
}

// New finds the CLI. Without one the test is skipped, or fails in CI, where one is required.
func New(t *testing.T) CLI {
	t.Helper()

	if testing.Short() {
		t.Skip("left out with -short: it runs a CLI")
	}

	path, err := terraformcli.Find()

	switch {
	case err == nil:
	case os.Getenv("CI") != "":
		t.Fatal(err)
	default:
		t.Skip(err)
	}

	binary, err := program(".")
	if err != nil {
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
		// The provider's collector is set up as for users, whatever that of the tests is.
		"GOGC": "", "GOMEMLIMIT": "",
	}}
}

// With returns the CLI with these environment variables added.
func (c CLI) With(environment map[string]string) CLI {
	c.environment = maps.Clone(c.environment)
	maps.Copy(c.environment, environment)

	return c
}

// AtHome returns the CLI of somebody with this home directory and without a CLI configuration: it takes the provider not
// from the build of the tests but from where it looks by itself.
func (c CLI) AtHome(home string) CLI {
	return c.With(map[string]string{"HOME": home, "TF_CLI_CONFIG_FILE": os.DevNull})
}

// Mirror puts a provider that is built from this source tree where a CLI with this home directory finds it: under its
// name, for the registry of either CLI.
func (c CLI) Mirror(t *testing.T, home, name, mainPackage string) {
	t.Helper()

	binary, err := program(mainPackage)
	if err != nil {
		t.Fatal(err)
	}

	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		directory := filepath.Join(home, ".terraform.d", "plugins", host, name, "0.1.0", runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(directory, 0o700); err != nil {
			t.Fatal(err)
		}

		called := "terraform-provider-" + filepath.Base(name) + filepath.Ext(binary)
		if err := os.Symlink(binary, filepath.Join(directory, called)); err != nil {
			t.Fatal(err)
		}
	}
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
