// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package call

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// callWaiter waits until a call reaches a status.
type callWaiter struct {
	want    vonage.CallStatus
	timeout time.Duration
	get     func(ctx context.Context, uuid string) (vonage.Call, error)
	report  func(vonage.Call) // called for the first status and for every change
}

// pollInterval is the interval between reads of a call. The Voice API allows 15 reads a second
// (https://api.support.vonage.com/hc/en-us/articles/207100288).
const pollInterval = time.Second

var errWaitedLongEnough = errors.New("waited long enough")

// wait returns when the call has reached the wanted status. It fails if the call ends before, does not get there before
// the timeout, or cannot be read. It never ends the call.
func (w callWaiter) wait(ctx context.Context, call vonage.Call) error {
	waiting, stop := context.WithTimeoutCause(ctx, w.timeout, errWaitedLongEnough)
	defer stop()
	w.report(call)
	for !reached(call.Status, w.want) {
		switch {
		case slices.Contains(unanswered, call.Status):
			return fmt.Errorf("call %s ended as %q and was never %q", call.UUID, call.Status, w.want)
		case waiting.Err() != nil:
			return w.interrupted(waiting, call, nil)
		}
		next, err := w.get(waiting, call.UUID)
		switch {
		case err == nil && next.Status != call.Status: // counts even if the time ran out while it was read
			call = next
			w.report(call)
			continue
		case waiting.Err() != nil:
			return w.interrupted(waiting, call, err)
		case vonage.IsNotFound(err): // it is undocumented how soon a new call can be read
		case err != nil:
			return fmt.Errorf("call %s was placed, and was %q: %w", call.UUID, call.Status, err)
		}
		select {
		case <-waiting.Done():
			return w.interrupted(waiting, call, nil)
		case <-time.After(pollInterval):
		}
	}
	return nil
}

// interrupted returns the reason why waiting ended early; readErr is the error of a read in progress at that time.
func (w callWaiter) interrupted(waiting context.Context, call vonage.Call, readErr error) error {
	if errors.Is(context.Cause(waiting), errWaitedLongEnough) {
		return &waitTimeoutError{call: call, want: w.want, timeout: w.timeout, readErr: readErr}
	}
	return fmt.Errorf("call %s continues, and is %q: %w", call.UUID, call.Status, context.Cause(waiting))
}

// waitTimeoutError reports that a call did not reach the wanted status in time. It matches context.DeadlineExceeded.
type waitTimeoutError struct {
	call    vonage.Call
	want    vonage.CallStatus
	timeout time.Duration
	readErr error // of a read in progress at that time; nil if there was none
}

func (e *waitTimeoutError) Error() string {
	text := fmt.Sprintf("call %s was not %q within %s; it is %q", e.call.UUID, e.want, e.timeout, e.call.Status)
	if e.readErr != nil {
		text += ", as far as known: " + e.readErr.Error()
	}
	return text
}

func (e *waitTimeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

// reached reports whether a call with a status has reached the wanted one.
func reached(status, want vonage.CallStatus) bool {
	return progress[status] >= progress[want]
}

// progress ranks the statuses of a normal call. Statuses that are not listed rank lowest.
var progress = map[vonage.CallStatus]int{
	vonage.CallStarted: 1, vonage.CallRinging: 2, vonage.CallAnswered: 3, vonage.CallMachine: 3, vonage.CallCompleted: 4,
}

// unanswered are the final statuses of calls that were not answered.
var unanswered = []vonage.CallStatus{
	vonage.CallBusy, vonage.CallCancelled, vonage.CallFailed, vonage.CallRejected, vonage.CallTimeout, vonage.CallUnanswered,
}
