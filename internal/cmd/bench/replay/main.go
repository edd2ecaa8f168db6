// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Command replay is a provider plugin that does no work of its own. It answers each call with the bytes that the real
// provider answered when the same request was recorded, so that the time of its plan is the minimum that Terraform and
// the plugin protocol take. It has nothing of the provider and of the framework in it.
//
// VONAGE_BENCH_RECORDING names the directory of the recording. If VONAGE_BENCH_RECORDED names the binary of a provider,
// it passes the calls on to that one, and records them.
package main

import (
	"context"
	"log"
	"math"
	"os"
	"os/exec"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

func main() {
	if err := run(os.Getenv("VONAGE_BENCH_RECORDING"), os.Getenv("VONAGE_BENCH_RECORDED")); err != nil {
		log.Fatal(err)
	}
}

func run(directory, provider string) error {
	if provider == "" {
		recording, err := read(directory)
		if err != nil {
			return err
		}
		serve(recording.answer)
		return nil
	}
	connection, stop, err := terraformcli.StartPlugin(exec.CommandContext(context.Background(), provider)) //nolint:gosec // the benchmark built it
	if err != nil {
		return err
	}
	defer stop()
	recorder, err := newRecorder(directory, connection)
	if err != nil {
		return err
	}
	serve(recorder.answer)
	return recorder.close()
}

// answer returns the response to a request; both are encoded messages.
type answer func(ctx context.Context, method string, request []byte) (response []byte, err error)

// serve serves the plugin protocol until the CLI ends the connection.
func serve(answer answer) {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion: 6, MagicCookieKey: terraformcli.PluginCookieKey, MagicCookieValue: terraformcli.PluginCookieValue,
		},
		Plugins: plugin.PluginSet{"provider": service{}},
		GRPCServer: func(options []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(options, answer.option(), grpc.MaxRecvMsgSize(math.MaxInt32), grpc.MaxSendMsgSize(math.MaxInt32))...)
		},
	})
}

// option makes a server answer every method that no service is registered for.
func (a answer) option() grpc.ServerOption {
	return grpc.UnknownServiceHandler(func(_ any, stream grpc.ServerStream) error {
		method, _ := grpc.MethodFromServerStream(stream)
		message := &emptypb.Empty{} // takes any message: what it has no field for is kept as bytes
		if err := stream.RecvMsg(message); err != nil {
			return err
		}
		response, err := a(stream.Context(), method, message.ProtoReflect().GetUnknown())
		if err != nil {
			return err
		}
		message.ProtoReflect().SetUnknown(response)
		return stream.SendMsg(message)
	})
}

// service registers nothing with the server, which answers by itself.
type service struct{ plugin.NetRPCUnsupportedPlugin }

func (service) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error { return nil }

func (service) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, status.Error(codes.Unimplemented, "this is a server")
}
