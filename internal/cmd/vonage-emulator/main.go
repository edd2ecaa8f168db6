// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Command vonage-emulator serves the Vonage emulator on its own port.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprintln(os.Stderr, "vonage-emulator:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends. It first writes a line of JSON with the URL and the account's credentials to stdout.
func run(ctx context.Context, arguments []string, stdout, stderr io.Writer) error {
	wanted, err := parse(arguments, stderr)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", wanted.listen)
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	url := "http://" + reachable(listener.Addr().String())
	account := emulator.New(wanted.options)
	account.SetURL(url)
	defer account.Close()
	if err := account.Load(wanted.seed); err != nil {
		return errors.Join(fmt.Errorf("-seed: %w", err), listener.Close())
	}
	server := &http.Server{Handler: account, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	if err := announce(stdout, url, account); err != nil {
		return errors.Join(err, server.Close())
	}
	select {
	case err := <-served:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
		return server.Close()
	}
}

// reachable returns the address at which a client on this machine can reach a server that listens on address, which may
// be the unspecified one.
func reachable(address string) string {
	everywhere, err := netip.ParseAddrPort(address)
	if err != nil || !everywhere.Addr().IsUnspecified() {
		return address
	}
	return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), everywhere.Port()).String()
}

func announce(stdout io.Writer, url string, account *emulator.Emulator) error {
	key, secret := account.Credentials()
	line := struct {
		URL             string `json:"url"`
		APIKey          string `json:"api_key"`
		APISecret       string `json:"api_secret"`
		SignatureSecret string `json:"signature_secret"`
	}{url, key, secret, account.SignatureSecret()}
	if err := json.NewEncoder(stdout).Encode(line); err != nil { //nolint:gosec // to be used, by whoever started the emulator
		return fmt.Errorf("announcing the address: %w", err)
	}
	return nil
}
