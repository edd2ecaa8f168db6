// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

// recording has the responses to requests. A plan starts the provider several times; each process writes a file of its
// own, and all of them together are the recording.
type recording map[key][]byte

// key identifies a request: equal requests have equal responses.
type key [sha256.Size]byte

func keyOf(method string, request []byte) key {
	return sha256.Sum256(append([]byte(method+"\x00"), request...))
}

// call is an entry of a file.
type call struct {
	Key      key
	Response []byte
}

// answer fails for a request that was not recorded: a guess would make the plan another one.
func (r recording) answer(_ context.Context, method string, request []byte) ([]byte, error) {
	response, found := r[keyOf(method, request)]
	if !found {
		return nil, status.Errorf(codes.NotFound, "the recording has no response to this request: %s, %d bytes", method, len(request))
	}
	return response, nil
}

func read(directory string) (recording, error) {
	files, err := os.ReadDir(directory)
	if err != nil {
		return nil, err
	}
	whole := recording{}
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(directory, file.Name())) //nolint:gosec // the benchmark names its own files
		if err != nil {
			return nil, err
		}
		if err := whole.add(gob.NewDecoder(bytes.NewReader(content))); err != nil { //nolint:gosec // this program wrote it
			return nil, fmt.Errorf("reading %s: %w", file.Name(), err)
		}
	}
	return whole, nil
}

func (r recording) add(calls *gob.Decoder) error {
	for {
		var c call
		if err := calls.Decode(&c); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		r[c.Key] = c.Response
	}
}

// recorder passes calls on to a provider and records them.
type recorder struct {
	provider grpc.ClientConnInterface
	file     *os.File

	mutex sync.Mutex // guards calls
	calls *gob.Encoder
}

func newRecorder(directory string, provider grpc.ClientConnInterface) (*recorder, error) {
	file, err := os.CreateTemp(directory, "calls-")
	if err != nil {
		return nil, err
	}
	return &recorder{provider: provider, file: file, calls: gob.NewEncoder(file)}, nil
}

func (r *recorder) answer(ctx context.Context, method string, request []byte) ([]byte, error) {
	sent, received := &emptypb.Empty{}, &emptypb.Empty{}
	sent.ProtoReflect().SetUnknown(request)
	if err := r.provider.Invoke(ctx, method, sent, received); err != nil {
		return nil, err
	}
	response := received.ProtoReflect().GetUnknown()
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return response, r.calls.Encode(call{Key: keyOf(method, request), Response: response})
}

func (r *recorder) close() error { return r.file.Close() }
