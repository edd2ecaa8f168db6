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

// await is waiting for a call to come as far as wanted.
type await struct {
	want    vonage.CallStatus
	timeout time.Duration
	get     func(ctx context.Context, uuid string) (vonage.Call, error)
	report  func(vonage.Call) // of every change
}

// lookAgain is how long a status stays unasked for. The Voice API allows 15 reads a second
// (https://api.support.vonage.com/hc/en-us/articles/207100288).
const lookAgain = time.Second

var errTooLate = errors.New("too late")

// await returns once the call is as far, and an error when it ends before that, or does not get there in time. The call
// itself goes on in both cases.
func (a await) await(ctx context.Context, call vonage.Call) error {
	waiting, stop := context.WithTimeoutCause(ctx, a.timeout, errTooLate)
	defer stop()
	a.report(call)
	for !reached(call.Status, a.want) {
		if slices.Contains(unanswered, call.Status) {
			return fmt.Errorf("call %s ended as %q and was never %q", call.UUID, call.Status, a.want)
		}
		next, err := a.get(waiting, call.UUID)
		switch {
		case waiting.Err() != nil:
			return a.gaveUp(waiting, call, err)
		case vonage.IsNotFound(err): // how soon a new call can be read is undocumented
		case err != nil:
			return fmt.Errorf("call %s was placed, and was %q: %w", call.UUID, call.Status, err)
		case next.Status != call.Status:
			call = next
			a.report(call)
			continue
		}
		select {
		case <-waiting.Done():
			return a.gaveUp(waiting, call, nil)
		case <-time.After(lookAgain):
		}
	}
	return nil
}

// gaveUp says how it ended; asking is the error of a question that was not answered by then.
func (a await) gaveUp(waiting context.Context, call vonage.Call, asking error) error {
	if errors.Is(context.Cause(waiting), errTooLate) {
		return &tooLateError{call: call, want: a.want, timeout: a.timeout, asking: asking}
	}
	return fmt.Errorf("call %s continues, and is %q: %w", call.UUID, call.Status, context.Cause(waiting))
}

// tooLateError says that a call did not come as far in time. In the sense of errors.Is, its deadline was exceeded.
type tooLateError struct {
	call    vonage.Call
	want    vonage.CallStatus
	timeout time.Duration
	asking  error // nil: the call just did not come as far
}

func (e *tooLateError) Error() string {
	text := fmt.Sprintf("call %s was not %q within %s; it is %q", e.call.UUID, e.want, e.timeout, e.call.Status)
	if e.asking != nil {
		text += ", as far as known: " + e.asking.Error()
	}
	return text
}

func (e *tooLateError) Is(target error) bool { return target == context.DeadlineExceeded }

// reached tells whether a call with a status has been where it was wanted.
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
