// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// binaryAndStart measures the fixed cost of every run.
func binaryAndStart(ctx context.Context, w *workspace, out table, _ int) error {
	info, err := os.Stat(w.binary)
	if err != nil {
		return err
	}
	started, err := w.times(func() error {
		return terraformcli.ServeSchema(ctx, exec.CommandContext(ctx, w.binary)) //nolint:gosec // the benchmark built it
	})
	if err != nil {
		return err
	}
	out.section("Binary and start", "what", "min", "median", "max")
	out.row("size of the stripped binary", fmt.Sprintf("%.1f MiB", float64(info.Size())/(1<<20)), "", "")
	out.row(append([]string{"from exec to the served schema"}, milliseconds(started)...)...)
	return nil
}

func milliseconds(s spread) []string {
	cells := make([]string, 0, 3)
	for _, d := range []time.Duration{s.min, s.median, s.max} {
		cells = append(cells, fmt.Sprintf("%.0f ms", d.Seconds()*1000))
	}
	return cells
}

// peakMemory runs a plan with a provider process started here, and returns the peak resident size of that process, where
// the operating system reports it.
func (w *workspace) peakMemory(ctx context.Context, dir, vonage string) (peak string, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	plugin := exec.CommandContext(ctx, w.binary, "-debug") //nolint:gosec // the benchmark built it
	plugin.Env = append(os.Environ(), "VONAGE_API_URL="+vonage, "VONAGE_REST_URL="+vonage,
		"VONAGE_API_KEY="+apiKey, "VONAGE_API_SECRET="+apiSecret)
	stdout, err := plugin.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := plugin.Start(); err != nil {
		return "", err
	}
	defer func() {
		stop()
		_ = plugin.Wait() // always an error: the plugin was killed
	}()
	reattach, err := readReattach(stdout)
	if err != nil {
		return "", err
	}
	cli, err := w.terraform(dir, w.plugins, vonage)
	if err != nil {
		return "", err
	}
	cli.Setenv(map[string]string{"TF_REATTACH_PROVIDERS": reattach})
	if _, err := cli.Run(ctx, "plan"); err != nil {
		return "", err
	}
	return highWaterMark(plugin.Process.Pid), nil
}

// readReattach reads the line with which a plugin in debug mode announces its address.
func readReattach(stdout io.Reader) (string, error) {
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		if _, value, found := strings.Cut(lines.Text(), "TF_REATTACH_PROVIDERS="); found {
			return strings.Trim(value, "'"), nil
		}
	}
	return "", errors.Join(errors.New("the plugin did not say how to be reached"), lines.Err())
}

// highWaterMark returns a process's peak resident size, as reported by Linux.
func highWaterMark(pid int) string {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return "not told by this operating system"
	}
	for line := range strings.Lines(string(status)) {
		if value, found := strings.CutPrefix(line, "VmHWM:"); found {
			var kib float64
			if _, err := fmt.Sscan(value, &kib); err == nil {
				return fmt.Sprintf("%.0f MiB", kib/1024)
			}
		}
	}
	return "not told by this operating system"
}
