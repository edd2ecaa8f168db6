// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// CallsService is the Voice API v1. It shares credentials and limit with the Conversation API.
type CallsService struct {
	wire   *wire
	origin string
}

// Create places a call without waiting for it to be answered. The request is sent only once: calls are
// indistinguishable, so an unconfirmed call cannot be identified afterwards. The error is an *UnknownOutcomeError
// then.
//
// POST /v1/calls.
func (s *CallsService) Create(ctx context.Context, call NewCall) (Call, error) {
	r := s.request(http.MethodPost)
	r.json = call
	placed, err := s.do(ctx, r)
	switch {
	case err == nil:
		return placed, nil
	case unsettled(r.call, err):
		return Call{}, &UnknownOutcomeError{Operation: "placing a call", Err: err}
	default:
		return Call{}, fmt.Errorf("placing a call: %w", err)
	}
}

// Get reads a call in progress or an ended one. IsNotFound holds for the error if the call does not exist or belongs
// to another application.
//
// GET /v1/calls/UUID.
func (s *CallsService) Get(ctx context.Context, uuid string) (Call, error) {
	if uuid == "" {
		return Call{}, errors.New("reading a call: it has no uuid") // an empty uuid would read the list
	}
	call, err := s.do(ctx, s.request(http.MethodGet, uuid))
	if err == nil && call.UUID != uuid {
		err = unreadable("it is about call %s", Quote(call.UUID))
	}
	if err != nil {
		return Call{}, fmt.Errorf("reading call %s: %w", uuid, err)
	}
	return call, nil
}

func (s *CallsService) request(method string, uuid ...string) request {
	return request{
		method: method, origin: s.origin, path: pathOf(append([]string{"v1", "calls"}, uuid...)...),
		fixed: len(uuid) == 0, call: &transport.Call{Family: transport.Conversations},
	}
}

func (s *CallsService) do(ctx context.Context, r request) (Call, error) {
	body, err := s.wire.do(ctx, r)
	if err != nil {
		return Call{}, err
	}
	var call Call
	if err := decode(body, &call); err != nil {
		return Call{}, err
	}
	if call.UUID == "" || call.Status == "" {
		return Call{}, unreadable("it has no call with a uuid and a status")
	}
	return call, nil
}
