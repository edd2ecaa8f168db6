// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package terraformcli runs the installed terraform or tofu with a provider built from this source tree, ignoring the
// caller's own CLI configuration.
package terraformcli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// ErrNotFound is the error of Find; its text says what to install.
var ErrNotFound = errors.New("neither terraform nor tofu is on PATH; install Terraform 1.11 or later " +
	"(https://developer.hashicorp.com/terraform/install) or OpenTofu 1.11 or later (https://opentofu.org/docs/intro/install/)")

// Find returns the path in TF_ACC_TERRAFORM_PATH, which every acceptance test honors, else that of terraform, else that
// of tofu.
func Find() (string, error) {
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path, nil
	}
	for _, name := range []string{"terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNotFound
}

// CLI runs commands in one configuration directory. It is not safe for concurrent use.
type CLI struct {
	path, dir string
	env       map[string]string
	started   func(pid int)
}

// New prepares the CLI at path for the configuration in dir. The CLI loads the provider from the directory plugins (see
// Build) instead of a registry; its configuration and temporary files are kept there, too.
func New(path, dir, plugins string) (*CLI, error) {
	config := fmt.Sprintf(`disable_checkpoint = true

provider_installation {
  dev_overrides {
    "vonage/vonage" = %q
  }
  direct {}
}
`, plugins)
	file := filepath.Join(plugins, "cli.tfrc")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		return nil, err
	}
	env := map[string]string{}
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, "TF_") && !strings.HasPrefix(name, "VONAGE_") {
			env[name] = value
		}
	}
	maps.Copy(env, map[string]string{
		"TF_CLI_CONFIG_FILE": file, "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1",
		"TMPDIR": plugins, // an interrupted plugin leaves its socket here
	})
	return &CLI{path: path, dir: dir, env: env}, nil
}

// Setenv adds environment variables for later commands.
func (c *CLI) Setenv(values map[string]string) { maps.Copy(c.env, values) }

// Unsetenv removes environment variables for later commands.
func (c *CLI) Unsetenv(names ...string) {
	for _, name := range names {
		delete(c.env, name)
	}
}

// OnStart has a function called with the process id of each later command when it has started. The id is also that of the
// process group of the command and its plugins, on systems that have process groups.
func (c *CLI) OnStart(started func(pid int)) { c.started = started }

// Run runs a subcommand that takes -input and returns its output; if it fails, the error contains the output, too.
func (c *CLI) Run(ctx context.Context, subcommand string, args ...string) (string, error) {
	output, err := c.Execute(ctx, append([]string{subcommand, "-input=false", "-no-color"}, args...)...)
	return string(output), err
}

// Output decodes the output value name into value.
func (c *CLI) Output(ctx context.Context, name string, value any) error {
	text, err := c.Execute(ctx, "output", "-no-color", "-json", name)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, value)
}

// Execute runs a command with exactly these arguments and returns its output.
func (c *CLI) Execute(ctx context.Context, args ...string) ([]byte, error) {
	env := make([]string, 0, len(c.env))
	for name, value := range c.env {
		env = append(env, name+"="+value)
	}
	var stdout, stderr bytes.Buffer
	cmd := command(ctx, c.dir, env, c.path, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	defer endProcessGroup(cmd)
	err := cmd.Start()
	if err == nil {
		if c.started != nil {
			c.started(cmd.Process.Pid)
		}
		err = cmd.Wait()
	}
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s%s", filepath.Base(c.path), args[0], interrupted(ctx, err), stdout.Bytes(), stderr.Bytes())
	}
	return stdout.Bytes(), nil
}
