// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

type values = acctest.Values

// workspace is a directory with a configuration, an account to apply it to, and a gate between them.
type workspace struct {
	*acctest.Env

	t         *testing.T
	gate      *gate
	terraform cli.CLI
	directory string
}

const requiredProviders = "terraform {\n  required_providers {\n    vonage = {\n      source = \"vonage/vonage\"\n    }\n  }\n}\n"

func newWorkspace(t *testing.T, options ...acctest.Option) workspace {
	t.Helper()
	terraform := cli.New(t)
	w := workspace{Env: acctest.New(t, options...), t: t, directory: t.TempDir()}
	gate, address := newGate(t, w.Emulator)
	w.gate = gate
	w.terraform = terraform.With(map[string]string{
		"VONAGE_API_URL": address, "VONAGE_REST_URL": address, "VONAGE_API_KEY": w.APIKey, "VONAGE_API_SECRET": w.APISecret,
	})
	w.write("versions.tf", requiredProviders)
	return w
}

func (w workspace) write(name, text string) {
	w.t.Helper()
	w.must(os.WriteFile(filepath.Join(w.directory, name), []byte(text), 0o600))
}

func (w workspace) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// run runs a command and requires that it succeeds.
func (w workspace) run(arguments ...string) string {
	w.t.Helper()
	printed, err := w.terraform.Run(w.t.Context(), w.directory, arguments...)
	w.must(err)
	return printed
}

// command is a running command.
type command struct {
	t         *testing.T
	interrupt context.CancelFunc // like Ctrl-C: sends SIGINT to terraform and its child processes
	ended     chan struct{}
	err       error // set when it has ended
}

func (w workspace) start(arguments ...string) *command {
	w.t.Helper()
	ctx, interrupt := context.WithCancel(w.t.Context())
	c := &command{t: w.t, interrupt: interrupt, ended: make(chan struct{})}
	go func() {
		defer close(c.ended)
		_, c.err = w.terraform.Run(ctx, w.directory, arguments...)
	}()
	w.t.Cleanup(func() {
		interrupt()
		<-c.ended
	})
	return c
}

// await waits for something that must happen while the command runs.
func (c *command) await(what string, happened <-chan struct{}) {
	c.t.Helper()
	select {
	case <-happened:
	case <-c.ended:
		c.t.Fatalf("the command has ended before %s:\n%v", what, c.err)
	}
}

// exited waits for the command to end and requires that it exited by itself, with an error. It returns the output
// without line breaks and borders, whose positions vary.
func (c *command) exited() string {
	c.t.Helper()
	<-c.ended
	exit, ok := errors.AsType[*exec.ExitError](c.err)
	if !ok || exit.ExitCode() != 1 {
		c.t.Fatalf("the command did not end by itself with an error: %v", c.err)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(c.err.Error(), "│", " ")), " ")
}
