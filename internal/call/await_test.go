// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package call

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	errDown   = errors.New("no answer")
	errNoCall = &vonage.Error{Status: 404, Title: "Not Found"}
)

// TestAwait replays responses of the API, one per second (the last one repeatedly), against a fake clock.
func TestAwait(t *testing.T) {
	t.Parallel()
	const started, ringing, answered, completed = vonage.CallStarted, vonage.CallRinging, vonage.CallAnswered, vonage.CallCompleted
	for name, test := range map[string]struct {
		want     vonage.CallStatus
		says     []any // statuses and errors, in order
		cancel   time.Duration
		reported []vonage.CallStatus
		took     time.Duration
		problem  string
	}{
		"placed is enough":      {started, nil, 0, []vonage.CallStatus{started}, 0, ""},
		"rings at once":         {ringing, []any{ringing}, 0, []vonage.CallStatus{started, ringing}, 0, ""},
		"answered after a time": {answered, []any{started, ringing, ringing, answered}, 0, []vonage.CallStatus{started, ringing, answered}, 2 * time.Second, ""},
		"answered and over":     {answered, []any{completed}, 0, []vonage.CallStatus{started, completed}, 0, ""},
		"answered by a machine": {answered, []any{vonage.CallMachine}, 0, []vonage.CallStatus{started, vonage.CallMachine}, 0, ""},
		"over":                  {completed, []any{answered, answered, completed}, 0, []vonage.CallStatus{started, answered, completed}, time.Second, ""},
		"not to be seen yet":    {answered, []any{errNoCall, errNoCall, answered}, 0, []vonage.CallStatus{started, answered}, 2 * time.Second, ""},
		"of no known status": {
			answered, []any{vonage.CallStatus("thinking"), answered}, 0, []vonage.CallStatus{started, "thinking", answered}, 0, "",
		},

		"busy":       {answered, []any{ringing, vonage.CallBusy}, 0, []vonage.CallStatus{started, ringing, "busy"}, 0, `call 1 ended as "busy" and was never "answered"`},
		"cancelled":  {answered, []any{vonage.CallCancelled}, 0, []vonage.CallStatus{started, "cancelled"}, 0, `ended as "cancelled"`},
		"failed":     {answered, []any{vonage.CallFailed}, 0, []vonage.CallStatus{started, "failed"}, 0, `ended as "failed"`},
		"rejected":   {answered, []any{vonage.CallRejected}, 0, []vonage.CallStatus{started, "rejected"}, 0, `ended as "rejected"`},
		"timed out":  {answered, []any{vonage.CallTimeout}, 0, []vonage.CallStatus{started, "timeout"}, 0, `ended as "timeout"`},
		"unanswered": {completed, []any{vonage.CallUnanswered}, 0, []vonage.CallStatus{started, "unanswered"}, 0, `ended as "unanswered"`},

		"too slow":       {answered, []any{ringing}, 0, []vonage.CallStatus{started, ringing}, time.Minute, `call 1 was not "answered" within 1m0s; it is "ringing"`},
		"never seen":     {answered, []any{errNoCall}, 0, []vonage.CallStatus{started}, time.Minute, `it is "started"`},
		"unreadable":     {answered, []any{ringing, errDown}, 0, []vonage.CallStatus{started, ringing}, 0, `call 1 was placed, and was "ringing": no answer`},
		"Terraform ends": {answered, []any{ringing}, 90 * time.Second / 4, []vonage.CallStatus{started, ringing}, 90 * time.Second / 4, `call 1 continues, and is "ringing": context canceled`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if test.cancel > 0 {
					time.AfterFunc(test.cancel, cancel)
				}
				var reported []vonage.CallStatus
				waiter := callWaiter{
					want: test.want, timeout: time.Minute,
					report: func(call vonage.Call) { reported = append(reported, call.Status) },
					get: func(_ context.Context, uuid string) (vonage.Call, error) {
						next := test.says[0]
						if len(test.says) > 1 {
							test.says = test.says[1:]
						}
						if err, failed := next.(error); failed {
							return vonage.Call{}, err
						}
						return vonage.Call{UUID: uuid, Status: next.(vonage.CallStatus)}, nil
					},
				}
				begin := time.Now()
				err := waiter.wait(ctx, vonage.Call{UUID: "1", Status: started})
				if (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) {
					t.Errorf("got %v, want %q", err, test.problem)
				}
				if diff := cmp.Diff(test.reported, reported); diff != "" {
					t.Error(diff)
				}
				if took := time.Since(begin); took != test.took {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}

// A read that comes back just as the time runs out counts: the call was answered in time.
func TestAwaitCountsTheLastRead(t *testing.T) {
	t.Parallel()
	for status, problem := range map[vonage.CallStatus]string{
		vonage.CallAnswered: "",
		vonage.CallBusy:     `ended as "busy"`,
		vonage.CallRinging:  `was not "answered" within 1m0s; it is "ringing"`,
	} {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				waiter := callWaiter{
					want: vonage.CallAnswered, timeout: time.Minute, report: func(vonage.Call) {},
					get: func(waiting context.Context, uuid string) (vonage.Call, error) {
						<-waiting.Done()
						return vonage.Call{UUID: uuid, Status: status}, nil
					},
				}
				err := waiter.wait(t.Context(), vonage.Call{UUID: "1", Status: vonage.CallStarted})
				if (err == nil) != (problem == "") || err != nil && !strings.Contains(err.Error(), problem) {
					t.Errorf("got %v, want %q", err, problem)
				}
			})
		})
	}
}
