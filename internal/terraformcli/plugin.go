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
)

// ServeSchema starts a plugin as the CLI does, requests its schema, and kills it.
func ServeSchema(ctx context.Context, plugin *exec.Cmd) (err error) {
	// Terraform plugins refuse to serve without these variables (terraform-plugin-go, tfprotov6/tf6server).
	plugin.Env = append(plugin.Environ(),
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2", "PLUGIN_PROTOCOL_VERSIONS=6")
	stdout, err := plugin.StdoutPipe()
	if err != nil {
		return err
	}
	if err := plugin.Start(); err != nil {
		return err
	}
	defer func() {
		_ = plugin.Process.Kill()
		_ = plugin.Wait() // always an error: the plugin was killed
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

// rawCodec passes messages through unchanged: an empty request needs no encoding, and the response is not read.
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
