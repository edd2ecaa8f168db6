// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// unsettled reports whether a write may have been carried out without a confirming response. A successful response that
// cannot be decoded does not confirm it.
func unsettled(call *transport.Call, err error) bool {
	return call.Unsettled() || IsUnreadable(err)
}

// detached returns the context for determining the outcome of a write. The rule for an operation whose write was sent:
//
//   - The write's response is awaited, and the look-ups after it are made, even if the operation's context, ctx, has
//     ended: otherwise nobody would know what the account holds.
//   - Both together end one request timeout after ctx's deadline at the latest. So an operation takes no longer than
//     its timeout and one request timeout. The last quarter of that belongs to the look-ups alone (see
//     transport.Exchange).
//   - If ctx is cancelled, because Terraform is interrupted, the look-ups end one request timeout later.
//
// Within these bounds each look-up is a call like any other: every attempt has a request timeout of its own.
func (w *wire) detached(ctx context.Context) (context.Context, context.CancelFunc) {
	limit, limited := ctx.Deadline()
	limit = limit.Add(w.timeout)
	if soon := time.Now().Add(w.timeout); errors.Is(ctx.Err(), context.Canceled) && (!limited || soon.Before(limit)) {
		limit, limited = soon, true
	}
	outcome, cancel := context.WithCancel(context.WithoutCancel(ctx))
	if limited {
		outcome, cancel = context.WithDeadline(context.WithoutCancel(ctx), limit)
	}
	release := context.AfterFunc(ctx, func() { time.AfterFunc(w.timeout, cancel) })
	return outcome, func() {
		release()
		cancel()
	}
}

// How often to look for the effect of a write: how soon lists and reads reflect a write is undocumented.
const (
	lookUps    = 4
	firstPause = time.Second // doubles each time
	allPauses  = 1<<(lookUps-1) - 1
)

// untilSeen calls look up to lookUps times until the effect of a write is visible, and reports whether it is. The
// pauses between the look-ups take at most half of the time that ctx allows, so that the last look-up is made, too.
func untilSeen(ctx context.Context, look func(context.Context) (seen bool, err error)) (bool, error) {
	pause := firstPause
	if deadline, ok := ctx.Deadline(); ok {
		pause = min(pause, time.Until(deadline)/(2*allPauses))
	}
	for attempt := 0; ; attempt++ {
		seen, err := look(ctx)
		if err != nil || seen || attempt == lookUps-1 {
			return seen, err
		}
		timer := time.NewTimer(pause << attempt)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return false, nil
		}
	}
}

// claimedIDs are the ids of applications already returned to a caller: none of them can be the unconfirmed result of
// another caller's Create.
type claimedIDs struct {
	mu  sync.Mutex
	ids map[string]bool // by canonicalID
}

// claim reports whether the id was unclaimed, and claims it.
func (c *claimedIDs) claim(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ids == nil {
		c.ids = map[string]bool{}
	}
	claimed := c.ids[canonicalID(id)]
	c.ids[canonicalID(id)] = true
	return !claimed
}

func (c *claimedIDs) has(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ids[canonicalID(id)]
}

// adopt finds the application created by a POST without a clear response, by its public key.
func (s *ApplicationsService) adopt(ctx context.Context, want Application, cause error) (Application, error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	var found Application
	seen, err := untilSeen(ctx, func(ctx context.Context) (bool, error) {
		candidates, err := s.unclaimed(ctx, want)
		switch {
		case err != nil:
			return false, err
		case len(candidates) > 1:
			return false, fmt.Errorf("%d applications of this name carry it", len(candidates))
		case len(candidates) == 0:
			return false, nil
		}
		found = candidates[0]
		return s.claimed.claim(found.ID), nil
	})
	if seen {
		return found, nil
	}
	if err == nil {
		err = errors.New("no application carries it")
	}
	return Application{}, &UnknownOutcomeError{
		Operation: "creating application " + Quote(want.Name),
		Err:       fmt.Errorf("%w; looking for it by its public key: %w", cause, err),
	}
}

// unclaimed returns the applications with the name and the public key of want that no caller has received yet.
// Several applications can share a key that the user provides.
func (s *ApplicationsService) unclaimed(ctx context.Context, want Application) ([]Application, error) {
	var found []Application
	for application, err := range s.List(ctx) {
		if _, isMalformed := errors.AsType[*MalformedEntryError](err); err != nil && (!isMalformed || application.Name == want.Name) {
			return nil, err
		}
		if application.Name == want.Name && SamePublicKey(application.Keys.PublicKey, want.Keys.PublicKey) &&
			!s.claimed.has(application.ID) {
			found = append(found, application)
		}
	}
	return found, nil
}

// confirmUpdate reads an application after a PUT without a clear response. The update is done if the application has
// everything that was sent. If not, the change may still become visible, or the API may store a value differently
// than it was sent: the error is an *UnknownOutcomeError then, too.
func (s *ApplicationsService) confirmUpdate(ctx context.Context, id string, sent map[string]any, cause error) (Application, error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	now, err := s.get(ctx, id)
	switch {
	case err != nil:
		err = fmt.Errorf("%w; reading it back: %w", cause, err)
	case contains(now.raw, sent):
		return now.application, nil
	default:
		err = fmt.Errorf("%w; read back, it is not as it was to be", cause)
	}
	if IsNotFound(err) {
		return Application{}, err
	}
	return Application{}, &UnknownOutcomeError{Operation: "updating application " + id, Repeatable: true, Err: err}
}

// confirmDelete reads an application after a DELETE without a clear response.
func (s *ApplicationsService) confirmDelete(ctx context.Context, id string, cause error) error {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	if _, err := s.get(ctx, id); IsNotFound(err) {
		return nil
	}
	return cause
}

// contains reports whether a document has every member of members; members that the server has added do not matter.
// Public keys are compared as keys.
func contains(document, members any) bool {
	object, isObject := members.(map[string]any)
	if !isObject {
		a, aIsText := document.(string)
		b, bIsText := members.(string)
		return reflect.DeepEqual(document, members) || aIsText && bIsText && SamePublicKey(a, b)
	}
	has, ok := document.(map[string]any)
	for key, member := range object {
		if !ok || !contains(has[key], member) {
			return false
		}
	}
	return ok
}
