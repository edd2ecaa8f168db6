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
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// version is set by the linker on release.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the process at once
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprintln(os.Stderr, "vonage-emulator:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends. It first writes a line of JSON with the URL and the account's credentials to stdout.
func run(ctx context.Context, arguments []string, getenv func(string) string, stdout, stderr io.Writer) error {
	wanted, err := parse(arguments, getenv, stderr)
	if err != nil {
		return err
	}
	if wanted.version {
		_, err := fmt.Fprintln(stdout, "vonage-emulator", release())
		return err
	}
	if wanted.healthy != "" {
		return healthy(ctx, wanted.healthy)
	}
	listener, err := listen(ctx, wanted, stderr)
	if err != nil {
		return err
	}
	url := wanted.tls.scheme() + "://" + reachable(listener.Addr().String())
	account := emulator.New(wanted.options)
	account.SetURL(url)
	defer account.Close()
	if err := account.Load(wanted.seed); err != nil {
		return errors.Join(fmt.Errorf("-seed: %w", err), listener.Close())
	}
	server := &http.Server{Handler: account, ReadHeaderTimeout: 10 * time.Second}
	server.RegisterOnShutdown(account.Close)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	if err := announce(stdout, url, account); err != nil {
		return errors.Join(err, server.Close())
	}
	select {
	case err := <-served:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	if err := shutDown(ctx, server); err != nil {
		return err
	}
	account.Close()
	_, err = fmt.Fprintf(stderr, "vonage-emulator: %v: calls, webhooks and delayed answers have ended, and %s is closed\n",
		context.Cause(ctx), listener.Addr())
	return err
}

// release returns the version: that of the release, or of the module if go install has built it.
func release() string {
	built, known := debug.ReadBuildInfo()
	if version == "dev" && known && built.Main.Version != "" && built.Main.Version != "(devel)" {
		return strings.TrimPrefix(built.Main.Version, "v")
	}
	return version
}

// listen opens the port. Beyond this machine, nobody listens without a control token: the control API shows and changes
// everything, without credentials.
func listen(ctx context.Context, wanted settings, stderr io.Writer) (net.Listener, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", wanted.listen)
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	address, ok := listener.Addr().(*net.TCPAddr)
	if local := ok && address.IP.IsLoopback(); local || wanted.options.ControlToken != "" {
		secure, err := wanted.tls.secure(listener, wanted.options.AllowHosts, stderr)
		if err != nil {
			return nil, errors.Join(err, listener.Close())
		}
		return secure, nil
	}
	return nil, errors.Join(fmt.Errorf("-listen %s would give the control API, which needs no credentials, to the whole network: "+
		"listen on a loopback address such as 127.0.0.1:4010, or set a token that it asks for, in the environment variable %s or with -control-token",
		wanted.listen, tokenVariable), listener.Close())
}

// grace is how long requests have to end when the emulator stops.
const grace = 5 * time.Second

// shutDown closes the port, waits for the requests that are being answered, and closes what remains.
func shutDown(ended context.Context, server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ended), grace)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return server.Close()
	}
	return nil
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
