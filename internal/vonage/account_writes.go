// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"fmt"
	"time"
)

// accountWrites lets the writes to one account, whichever API they belong to, through one at a time: Vonage refuses those
// that come close together (see IsOutdated). Those of other runs are waited out.
type accountWrites struct {
	wire  *wire
	locks keyedLock[string] // by API key
}

// lock waits for the account's other writes.
func (a *accountWrites) lock(ctx context.Context, apiKey string) (unlock func(), err error) {
	return a.locks.lock(ctx, apiKey)
}

// How often a write that was refused as outdated is repeated, and after how long first; the pause doubles each time. One
// client found that half a second is enough (https://github.com/nexmo-se/vonage-subaccounts-proxy).
const (
	outdatedRepeats = 5
	outdatedPause   = 500 * time.Millisecond
)

// do sends a write, and repeats it while it is refused as outdated, which means that it was not carried out. r.call tells of
// the last attempt. The caller holds the lock.
func (a *accountWrites) do(ctx context.Context, r request) ([]byte, error) {
	fresh := *r.call
	for repeats := 0; ; repeats++ {
		body, err := a.wire.do(ctx, r)
		if !IsOutdated(err) || repeats == outdatedRepeats {
			return body, err
		}
		pause := time.NewTimer(outdatedPause << repeats)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return nil, fmt.Errorf("%w while waiting to try again after: %w", ctx.Err(), err)
		}
		*r.call = fresh
	}
}
