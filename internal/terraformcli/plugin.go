// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package terraformcli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math"
	"os/exec"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Terraform plugins refuse to serve without this cookie, which is no secret (terraform-plugin-go, tfprotov6/tf6server).
const (
	PluginCookieKey   = "TF_PLUGIN_MAGIC_COOKIE"
	PluginCookieValue = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"
)

// StartPlugin starts a plugin as the CLI does, though without TLS, and connects to it. The caller has to call stop, which
// kills it.
func StartPlugin(plugin *exec.Cmd) (connection *grpc.ClientConn, stop func(), err error) {
	plugin.Env = append(plugin.Environ(), PluginCookieKey+"="+PluginCookieValue, "PLUGIN_PROTOCOL_VERSIONS=6", "PLUGIN_CLIENT_CERT=")
	stdout, err := plugin.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := plugin.Start(); err != nil {
		return nil, nil, err
	}
	kill := func() {
		_ = plugin.Process.Kill()
		_ = plugin.Wait() // always an error: the plugin was killed
	}
	if connection, err = connect(bufio.NewReader(stdout)); err != nil {
		kill()
		return nil, nil, err
	}
	return connection, func() {
		_ = connection.Close() // nothing is in progress that could be lost
		kill()
	}, nil
}

// connect reads a plugin's handshake and connects to the address in it.
func connect(stdout *bufio.Reader) (*grpc.ClientConn, error) {
	handshake, err := stdout.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("waiting for the plugin's handshake: %w", err)
	}
	parts := strings.Split(strings.TrimSpace(handshake), "|") // core version|protocol|network|address|grpc
	if len(parts) < 4 {
		return nil, fmt.Errorf("unexpected handshake %q", handshake)
	}
	return grpc.NewClient(parts[2]+":"+parts[3], grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(math.MaxInt32)))
}

// ServeSchema starts a plugin, requests its schema, and kills it.
func ServeSchema(ctx context.Context, plugin *exec.Cmd) error {
	connection, stop, err := StartPlugin(plugin)
	if err != nil {
		return err
	}
	defer stop()
	schema := &emptypb.Empty{} // takes any message: what it has no field for is kept as bytes
	if err := connection.Invoke(ctx, "/tfplugin6.Provider/GetProviderSchema", &emptypb.Empty{}, schema); err != nil {
		return err
	}
	if len(schema.ProtoReflect().GetUnknown()) == 0 {
		return errors.New("the schema is empty")
	}
	return nil
}
