// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
			"completed, completed",
			"/ in a browser to watch",
		} {
			if !strings.Contains(output, want) {
				t.Errorf("the output lacks %q:\n%s", want, output)
			}
		}
	})

	t.Run("held", func(t *testing.T) {
		t.Parallel()
		held, release := io.Pipe()
		page := regexp.MustCompile(`(http://\S+)/ shows the call`)
		seen := 0
		output, err := perform(t, program, func(line string, _ *os.Process) {
			address := page.FindStringSubmatch(line)
			if address == nil {
				return
			}
			seen++
			if shown := browse(t, address[1]+"/"); !strings.Contains(shown, "<h1>Vonage emulator</h1>") {
				t.Errorf("the page is %s", shown)
			}
			if calls := browse(t, address[1]+"/emulator/calls"); strings.Count(calls, `"answered"`) != 2 {
				t.Errorf("calls in progress: %s", calls)
			}
			reset, err := http.Post(address[1]+"/emulator/reset", "application/json", nil) // as the page offers, with which the call ends
			if err != nil || reset.Body.Close() != nil || reset.StatusCode != http.StatusNoContent {
				t.Errorf("reset: %v, %v", reset, err)
			}
			if _, err := io.WriteString(release, "\n"); err != nil {
				t.Error(err)
			}
			_ = release.Close()
		}, func(cmd *exec.Cmd) { cmd.Args, cmd.Stdin = append(cmd.Args, "-hold"), held })
		if err != nil || seen != 1 || !strings.Contains(output, fmt.Sprintf("[%d/%[1]d] Hang up", lastStep+1)) {
			t.Errorf("%v, held %d times\n%s", err, seen, output)
		}
	})

	t.Run("interrupt while held", func(t *testing.T) {
		t.Parallel()
		held, release := io.Pipe()
		output, err := perform(t, program, func(line string, process *os.Process) {
			if strings.Contains(line, "press Enter") {
				if err := process.Signal(syscall.SIGINT); err != nil {
					t.Error(err)
				}
				_ = release.Close() // what copies it into the program ends, too
			}
		}, func(cmd *exec.Cmd) { cmd.Args, cmd.Stdin = append(cmd.Args, "-hold"), held })
		if err == nil || !strings.Contains(output, "interrupted") {
			t.Errorf("the interrupt was not noticed: %v\n%s", err, output)
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
func perform(t *testing.T, program string, watch func(line string, process *os.Process), changes ...func(*exec.Cmd)) (string, error) {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "TMPDIR="+dir)
	for _, change := range changes {
		change(cmd)
	}
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

// browse returns what a browser gets.
func browse(t *testing.T, address string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	answered, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Error(err)
		return ""
	}
	defer func() { _ = answered.Body.Close() }()
	text, err := io.ReadAll(answered.Body)
	if err != nil {
		t.Error(err)
	}
	return string(text)
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
