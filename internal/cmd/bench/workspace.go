// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

const (
	apiKey    = "abcd1234"
	apiSecret = "Bench-Secret-1"
)

// workspace is a directory with the built providers and the CLI that runs them.
type workspace struct {
	options

	dir, cli          string
	plugins, replay   string // directories of the provider and of the one that replays its responses
	binary            string // of the provider
	nextConfiguration int
}

func newWorkspace(ctx context.Context, o options) (*workspace, error) {
	cli, err := terraformcli.Find()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "vonage-bench-")
	if err != nil {
		return nil, err
	}
	w := &workspace{
		options: o, dir: dir, cli: cli,
		plugins: filepath.Join(dir, "plugins"), replay: filepath.Join(dir, "replay"),
	}
	if w.binary, err = terraformcli.Build(ctx, ".", w.plugins); err != nil {
		return nil, errors.Join(err, w.close())
	}
	if _, err = terraformcli.Build(ctx, "./internal/cmd/bench/replay", w.replay); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

func (w *workspace) close() error { return os.RemoveAll(w.dir) }

// configuration writes a configuration into a new directory.
func (w *workspace) configuration(text string) (dir string, err error) {
	w.nextConfiguration++
	dir = filepath.Join(w.dir, fmt.Sprintf("configuration-%d", w.nextConfiguration))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "main.tf"), []byte(text), 0o600)
}

// terraform prepares the CLI for a configuration; vonage is the origin of both API hosts.
func (w *workspace) terraform(dir, plugins, vonage string) (*terraformcli.CLI, error) {
	cli, err := terraformcli.New(w.cli, dir, plugins)
	if err != nil {
		return nil, err
	}
	cli.Setenv(map[string]string{
		"VONAGE_API_URL": vonage, "VONAGE_REST_URL": vonage, "VONAGE_API_KEY": apiKey, "VONAGE_API_SECRET": apiSecret,
	})
	return cli, nil
}

// times runs a command w.runs times and returns the times it took.
func (w *workspace) times(run func() error) (spread, error) {
	measured := make([]time.Duration, 0, w.runs)
	for range w.runs {
		start := time.Now()
		if err := run(); err != nil {
			return spread{}, err
		}
		measured = append(measured, time.Since(start))
	}
	return spreadOf(measured), nil
}

// emulated is an emulated account with a given number of rented numbers.
type emulated struct {
	*emulator.Emulator
	server *httptest.Server
}

func newVonage(numbers int, options emulator.Options) (*emulated, error) {
	options.APIKey, options.APISecret = apiKey, apiSecret
	account := emulator.New(options)
	for i := range numbers {
		msisdn := msisdnOf(i)
		err := account.SeedNumber("GB/"+msisdn, map[string]any{
			"country": "GB", "msisdn": msisdn, "type": "mobile-lvn", "features": []string{"VOICE", "SMS"},
		})
		if err != nil {
			return nil, err
		}
	}
	return &emulated{Emulator: account, server: httptest.NewServer(account)}, nil
}

func (v *emulated) close() {
	v.server.Close()
	v.Close()
}

func msisdnOf(i int) string { return fmt.Sprintf("4477009%05d", i) }
