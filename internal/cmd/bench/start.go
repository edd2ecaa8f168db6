// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// binaryAndStart measures what every run pays, however small.
func binaryAndStart(ctx context.Context, w *workspace, out table, _ int) error {
	info, err := os.Stat(w.binary)
	if err != nil {
		return err
	}
	started, err := w.times(func() error { return serveSchema(ctx, w.binary) })
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

// serveSchema starts the plugin as a CLI would and asks for its schema.
func serveSchema(ctx context.Context, binary string) (err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	plugin := exec.CommandContext(ctx, binary)
	// What Terraform plugins want to see before they serve (terraform-plugin-go, tfprotov6/tf6server).
	plugin.Env = append(os.Environ(),
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2", "PLUGIN_PROTOCOL_VERSIONS=6")
	stdout, err := plugin.StdoutPipe()
	if err != nil {
		return err
	}
	if err := plugin.Start(); err != nil {
		return err
	}
	defer func() {
		stop()
		_ = plugin.Wait() // it was killed
	}()

	handshake, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return fmt.Errorf("waiting for the plugin's handshake: %w", err)
	}
	parts := strings.Split(strings.TrimSpace(handshake), "|") // core version|protocol|network|address|grpc
	if len(parts) < 4 {
		return fmt.Errorf("unexpected handshake %q", handshake)
	}
	connection, err := grpc.NewClient(parts[2]+":"+parts[3], grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodec(rawCodec{}), grpc.MaxCallRecvMsgSize(math.MaxInt32)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, connection.Close()) }()
	var schema []byte
	if err := connection.Invoke(ctx, "/tfplugin6.Provider/GetProviderSchema", []byte{}, &schema); err != nil {
		return err
	}
	if len(schema) == 0 {
		return errors.New("the schema is empty")
	}
	return nil
}

// rawCodec passes messages on as they are: an empty request needs no encoding, and the answer is not read.
type rawCodec struct{}

func (rawCodec) Name() string { return "proto" }

func (rawCodec) Marshal(message any) ([]byte, error) {
	raw, ok := message.([]byte)
	if !ok {
		return nil, fmt.Errorf("cannot send a %T", message)
	}
	return raw, nil
}

func (rawCodec) Unmarshal(data []byte, message any) error {
	raw, ok := message.(*[]byte)
	if !ok {
		return fmt.Errorf("cannot receive a %T", message)
	}
	*raw = append([]byte(nil), data...)
	return nil
}

// peakMemory plans with a provider whose process is ours to look at, and gives its peak resident size, where the
// operating system tells.
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
		_ = plugin.Wait() // it was killed
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

// readReattach finds the line with which a plugin in debug mode says how to be reached.
func readReattach(stdout io.Reader) (string, error) {
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		if _, value, found := strings.Cut(lines.Text(), "TF_REATTACH_PROVIDERS="); found {
			return strings.Trim(value, "'"), nil
		}
	}
	return "", errors.Join(errors.New("the plugin did not say how to be reached"), lines.Err())
}

// highWaterMark is a process's peak resident size, by Linux's account.
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
