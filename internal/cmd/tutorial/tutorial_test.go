// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// lastStep is the number of the last step; the test of the whole demo fails if it is wrong.
const lastStep = 8

// TestTutorial runs the program as `make demo` does: once to its end, and once per step with an interrupt there.
func TestTutorial(t *testing.T) {
	t.Parallel()

	if testing.Short() {
		t.Skip("left out with -short: it builds the provider and runs a CLI")
	}
	if _, err := terraformcli.Find(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	program := filepath.Join(t.TempDir(), "tutorial")
	if output, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}

	t.Run("to its end", func(t *testing.T) {
		t.Parallel()
		output, err := perform(t, program, func(string, *os.Process) {})
		if err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
		for _, want := range []string{
			fmt.Sprintf("[%d/%[1]d] Hang up", lastStep),
			"from               " + caller,
			"to                 " + rentedNumber,
			"conversation_uuid  CON-",
			`"state": "JOINED"`,
			`"number": "` + callee + `"`,
			"started",
		} {
			if !strings.Contains(output, want) {
				t.Errorf("the output lacks %q:\n%s", want, output)
			}
		}
	})

	for step := 1; step <= lastStep; step++ {
		t.Run(fmt.Sprintf("interrupt %d", step), func(t *testing.T) {
			t.Parallel()
			title := fmt.Sprintf("[%d/", step)
			output, err := perform(t, program, func(line string, process *os.Process) {
				if strings.HasPrefix(line, title) {
					if err := process.Signal(syscall.SIGINT); err != nil {
						t.Error(err)
					}
				}
			})
			if step < lastStep && err == nil {
				t.Errorf("the interrupt was not noticed:\n%s", output)
			}
		})
	}
}

// perform runs the program with an empty temporary directory, passes every printed line to watch, and requires that
// nothing is left behind: no file in that directory, and no process using it.
func perform(t *testing.T, program string, watch func(line string, process *os.Process)) (string, error) {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "TMPDIR="+dir)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}

	var output strings.Builder
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		output.WriteString(lines.Text() + "\n")
		watch(lines.Text(), cmd.Process)
	}
	_, _ = io.Copy(io.Discard, stdout)
	err = cmd.Wait()
	output.Write(stderr.Bytes())

	left, readErr := os.ReadDir(dir)
	if readErr != nil {
		t.Fatal(readErr)
	}
	for _, entry := range left {
		t.Errorf("left behind: file %s", entry.Name())
	}
	for _, process := range processesIn(t, dir) {
		t.Errorf("left behind: process %s", process)
	}
	return output.String(), err
}

// processesIn lists the processes that have dir on their command line. It returns none on systems without /proc.
func processesIn(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, file := range files {
		cmdline, err := os.ReadFile(file)
		if err == nil && bytes.Contains(cmdline, []byte(dir)) {
			found = append(found, string(bytes.ReplaceAll(cmdline, []byte{0}, []byte{' '})))
		}
	}
	return found
}
