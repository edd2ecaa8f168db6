// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package terraformcli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// interruptGrace is how long a command may take to end after an interrupt, before it is killed.
const interruptGrace = 20 * time.Second

// Build builds a main package of this module ("." is the provider itself) as the provider's plugin into the directory
// plugins and gives the binary's path. It is built as for a release (.goreleaser.yml).
func Build(ctx context.Context, mainPackage, plugins string) (string, error) {
	root, err := ModuleRoot(ctx)
	if err != nil {
		return "", err
	}
	binary := filepath.Join(plugins, "terraform-provider-vonage")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if err := os.MkdirAll(plugins, 0o700); err != nil {
		return "", err
	}
	// An interrupted build does not always get its temporary files removed, so they go where ours are.
	build := command(ctx, root, append(os.Environ(), "GOTMPDIR="+plugins, "CGO_ENABLED=0"),
		"go", "build", "-trimpath", "-tags=grpcnotrace", "-ldflags=-s -w", "-o", binary, mainPackage)
	defer endProcessGroup(build)
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", interrupted(ctx, err), output)
	}
	return binary, nil
}

// ModuleRoot is the directory of this project.
func ModuleRoot(ctx context.Context) (string, error) {
	output, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", interrupted(ctx, err))
	}
	return filepath.Dir(strings.TrimSpace(string(output))), nil
}

// command is an exec.Cmd in a process group of its own. A Ctrl-C at the terminal therefore reaches this program alone,
// which passes it on exactly once: terraform takes a second interrupt as the order to drop everything.
func command(ctx context.Context, dir string, env []string, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // to run what it is told is its purpose
	cmd.Dir, cmd.Env = dir, env
	cmd.WaitDelay = interruptGrace
	ownProcessGroup(cmd)
	return cmd
}

// interrupted names the interrupt as the reason when it was one: how the command ended then says less.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%w (%w)", ctx.Err(), err)
	}
	return err
}
