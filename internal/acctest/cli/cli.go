// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package cli runs the terraform or tofu on PATH as a user does who has this provider installed: no test library between
// the configuration and the command, one provider process per command.
package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/vonage/terraform-provider-vonage/internal/provider"
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
	path        string
	environment map[string]string
}

// New finds the CLI. Without one the test is skipped, and fails in CI, which always has one.
func New(t *testing.T) CLI {
	t.Helper()

	path, err := find()
	switch {
	case err == nil:
	case os.Getenv("CI") != "":
		t.Fatal(err)
	default:
		t.Skip(err)
	}

	return CLI{path: path, environment: map[string]string{
		"PATH":               os.Getenv("PATH"),
		"HOME":               t.TempDir(), // no files of the Vonage CLI, no CLI configuration
		"TMPDIR":             os.TempDir(),
		"CHECKPOINT_DISABLE": "1",
		"TF_IN_AUTOMATION":   "1",
		"TF_CLI_CONFIG_FILE": install(t),
		// The race detector's runtime waits a second at the end of each process, and every command ends several providers.
		"GORACE":              os.Getenv("GORACE") + " atexit_sleep_ms=0",
		"TF_INPUT":            "0",
		"TF_CLI_ARGS_plan":    "-no-color",
		"TF_CLI_ARGS_apply":   "-no-color",
		"TF_CLI_ARGS_destroy": "-no-color",
	}}
}

// find takes the CLI that TF_ACC_TERRAFORM_PATH names, as every acceptance test does, or the one on PATH.
func find() (string, error) {
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path, nil
	}

	for _, name := range []string{"terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}

	return "", errors.New("neither terraform nor tofu is on PATH")
}

// install makes a CLI configuration that takes the provider from this process's executable.
func install(t *testing.T) string {
	t.Helper()

	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}

	directory := t.TempDir()
	if err := os.Symlink(self, filepath.Join(directory, executable)); err != nil {
		t.Fatal(err)
	}

	file := filepath.Join(directory, "cli.tfrc")
	config := fmt.Sprintf(`disable_checkpoint = true
provider_installation {
  dev_overrides {
    "vonage/vonage" = %q
  }
  direct {}
}
`, directory)

	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}

	return file
}

// With returns the CLI with these environment variables added.
func (c CLI) With(environment map[string]string) CLI {
	c.environment = maps.Clone(c.environment)
	maps.Copy(c.environment, environment)

	return c
}

// Run runs a command in a directory and gives what it printed to stdout; its error carries everything that was printed.
func (c CLI) Run(ctx context.Context, directory string, arguments ...string) (string, error) {
	command := exec.CommandContext(ctx, c.path, arguments...) //nolint:gosec // the command is the test's own
	command.Dir = directory

	for name, value := range c.environment {
		command.Env = append(command.Env, name+"="+value)
	}

	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr

	if err := command.Run(); err != nil {
		return stdout.String(), fmt.Errorf("%s %s: %w\n%s%s",
			filepath.Base(c.path), strings.Join(arguments, " "), err, stdout.Bytes(), stderr.Bytes())
	}

	return stdout.String(), nil
}
