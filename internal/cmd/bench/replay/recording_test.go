// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"net"
	"os/exec"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// TestReplay records two calls through one recorder and one through another, as two processes do, and replays them.
func TestReplay(t *testing.T) {
	t.Parallel()
	provider := serveHere(t, func(_ context.Context, method string, request []byte) ([]byte, error) {
		if method == "/p.Provider/Fail" {
			return nil, status.Error(codes.Internal, "the provider is out of order")
		}
		return append(request, request...), nil // of a message whose only field is a string, the last one counts
	})
	directory := t.TempDir()
	for _, said := range [][]string{{"one", "two"}, {"three"}} {
		recorder, err := newRecorder(directory, provider)
		if err != nil {
			t.Fatal(err)
		}
		recorded := serveHere(t, recorder.answer)
		for _, request := range said {
			if got, err := invoke(t, recorded, "/p.Provider/Say", request); err != nil || got != request {
				t.Errorf("recording %q: %q, %v", request, got, err)
			}
		}
		if _, err := invoke(t, recorded, "/p.Provider/Fail", "one"); status.Code(err) != codes.Internal {
			t.Errorf("recording an error: %v", err)
		}
		if err := recorder.close(); err != nil {
			t.Fatal(err)
		}
	}

	whole, err := read(directory)
	if err != nil {
		t.Fatal(err)
	}
	replayed := serveHere(t, whole.answer)
	for _, request := range []string{"one", "two", "three"} {
		if got, err := invoke(t, replayed, "/p.Provider/Say", request); err != nil || got != request {
			t.Errorf("replaying %q: %q, %v", request, got, err)
		}
	}
	for _, unknown := range []struct{ method, request string }{
		{"/p.Provider/Say", "four"},
		{"/p.Provider/Shout", "one"},
		{"/p.Provider/Fail", "one"},
	} {
		if got, err := invoke(t, replayed, unknown.method, unknown.request); status.Code(err) != codes.NotFound {
			t.Errorf("replaying %s %q, which was not recorded: %q, %v", unknown.method, unknown.request, got, err)
		}
	}
}

// TestReplayHasNothingOfTheProvider keeps what is measured out of what it is measured against.
func TestReplayHasNothingOfTheProvider(t *testing.T) {
	t.Parallel()
	packages, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(packages)) {
		for _, unwanted := range []string{"terraform-plugin-framework", "terraform-plugin-go", "terraform-provider-vonage/internal/provider"} {
			if strings.Contains(line, unwanted) {
				t.Errorf("it is linked with %s", line)
			}
		}
	}
}

// serveHere serves answers and returns a connection to them.
func serveHere(t *testing.T, answer answer) *grpc.ClientConn {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer(answer.option())
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	connection, err := grpc.NewClient(listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	return connection
}

func invoke(t *testing.T, provider *grpc.ClientConn, method, request string) (string, error) {
	t.Helper()
	response := &wrapperspb.StringValue{}
	err := provider.Invoke(t.Context(), method, wrapperspb.String(request), response)
	return response.GetValue(), err
}
