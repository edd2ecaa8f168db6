// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// callWaiter waits for a call to come as far as wanted.
type callWaiter struct {
	want    vonage.CallStatus
	timeout time.Duration
	get     func(ctx context.Context, uuid string) (vonage.Call, error)
	report  func(vonage.Call) // of every change
}

// pollInterval is the time between two reads of a call. The Voice API allows 15 reads a second
// (https://api.support.vonage.com/hc/en-us/articles/207100288).
const pollInterval = time.Second

var errWaitedLongEnough = errors.New("waited long enough")

// wait returns once the call is as far as wanted. It fails when the call ends before that, does not get there in time, or cannot
// be read. A call that has not ended goes on in any case.
func (w callWaiter) wait(ctx context.Context, call vonage.Call) error {
	waiting, stop := context.WithTimeoutCause(ctx, w.timeout, errWaitedLongEnough)
	defer stop()
	w.report(call)
	for !reached(call.Status, w.want) {
		if slices.Contains(unanswered, call.Status) {
			return fmt.Errorf("call %s ended as %q and was never %q", call.UUID, call.Status, w.want)
		}
		next, err := w.get(waiting, call.UUID)
		switch {
		case waiting.Err() != nil:
			return w.interrupted(waiting, call, err)
		case vonage.IsNotFound(err): // how soon a new call can be read is undocumented
		case err != nil:
			return fmt.Errorf("call %s was placed, and was %q: %w", call.UUID, call.Status, err)
		case next.Status != call.Status:
			call = next
			w.report(call)
			continue
		}
		select {
		case <-waiting.Done():
			return w.interrupted(waiting, call, nil)
		case <-time.After(pollInterval):
		}
	}
	return nil
}

// interrupted says why waiting ended before the call was as far; readErr is the error of a read that was under way then.
func (w callWaiter) interrupted(waiting context.Context, call vonage.Call, readErr error) error {
	if errors.Is(context.Cause(waiting), errWaitedLongEnough) {
		return &waitTimeoutError{call: call, want: w.want, timeout: w.timeout, readErr: readErr}
	}
	return fmt.Errorf("call %s continues, and is %q: %w", call.UUID, call.Status, context.Cause(waiting))
}

// waitTimeoutError says that a call did not come as far as wanted in time. errors.Is takes it for context.DeadlineExceeded.
type waitTimeoutError struct {
	call    vonage.Call
	want    vonage.CallStatus
	timeout time.Duration
	readErr error // of a read that was under way; nil when the call just did not come as far
}

func (e *waitTimeoutError) Error() string {
	text := fmt.Sprintf("call %s was not %q within %s; it is %q", e.call.UUID, e.want, e.timeout, e.call.Status)
	if e.readErr != nil {
		text += ", as far as known: " + e.readErr.Error()
	}
	return text
}

func (e *waitTimeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

// reached reports whether a call with a status is as far as wanted, or has been.
func reached(status, want vonage.CallStatus) bool {
	return progress[status] >= progress[want]
}

// progress counts how far a call has come. What is not in it is not on the way from start to end.
var progress = map[vonage.CallStatus]int{
	vonage.CallStarted: 1, vonage.CallRinging: 2, vonage.CallAnswered: 3, vonage.CallMachine: 3, vonage.CallCompleted: 4,
}

// unanswered are the last statuses of calls that nobody answered.
var unanswered = []vonage.CallStatus{
	vonage.CallBusy, vonage.CallCancelled, vonage.CallFailed, vonage.CallRejected, vonage.CallTimeout, vonage.CallUnanswered,
}
