// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"sync/atomic"
	"time"
)

// callContext is the context of a call until the call is over; then it is one that is cancelled and has no values.
//
// The framework keeps the context of every call until the provider is told to stop (terraform-plugin-framework,
// internal/proto6server/serve.go, method registerContext), and with it the call's loggers and its gRPC stream: 12 KiB for
// each call, and a plan makes four calls for each object.
type callContext struct {
	now atomic.Pointer[context.Context]
}

func (c *callContext) set(ctx context.Context) { c.now.Store(&ctx) }

func (c *callContext) Deadline() (time.Time, bool) { return (*c.now.Load()).Deadline() }
func (c *callContext) Done() <-chan struct{}       { return (*c.now.Load()).Done() }
func (c *callContext) Err() error                  { return (*c.now.Load()).Err() }
func (c *callContext) Value(key any) any           { return (*c.now.Load()).Value(key) }
