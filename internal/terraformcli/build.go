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

// interruptGrace is how long a command may take to exit after an interrupt before it is killed.
const interruptGrace = 20 * time.Second

// Build builds a main package of this module ("." is the provider itself) as the provider plugin in the directory
// plugins and returns the path of the binary. It uses the flags of a release build (.goreleaser.yml).
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
	// An interrupted build does not always remove its temporary files, so it puts them in the directory that the caller
	// removes.
	build := command(ctx, root, append(os.Environ(), "GOTMPDIR="+plugins, "CGO_ENABLED=0"),
		"go", "build", "-trimpath", "-tags=grpcnotrace", "-ldflags=-s -w -funcalign=16", "-o", binary, mainPackage)
	defer endProcessGroup(build)
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", interrupted(ctx, err), output)
	}
	return binary, nil
}

// ModuleRoot returns the root directory of this module.
func ModuleRoot(ctx context.Context) (string, error) {
	output, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", interrupted(ctx, err))
	}
	return filepath.Dir(strings.TrimSpace(string(output))), nil
}

// command returns an exec.Cmd in its own process group. A Ctrl-C in the terminal therefore reaches only this program,
// which forwards it exactly once: terraform exits immediately, without cleaning up, on a second interrupt.
func command(ctx context.Context, dir string, env []string, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // to run what it is told is its purpose
	cmd.Dir, cmd.Env = dir, env
	cmd.WaitDelay = interruptGrace
	ownProcessGroup(cmd)
	return cmd
}

// interrupted adds the interrupt to err if there was one: the exit status of the command alone says less.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%w (%w)", ctx.Err(), err)
	}
	return err
}
