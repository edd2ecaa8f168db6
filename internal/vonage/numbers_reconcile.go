// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"errors"
	"fmt"
)

// confirmUpdate determines the effect of an update that failed with cause: either it was refused with "method
// failed", which can mean anything, or it got no clear response (lost). If the effect cannot be determined, the error
// is an *UnknownOutcomeError.
func (s *NumbersService) confirmUpdate(
	ctx context.Context, before Number, want NumberSettings, lost bool, cause error,
) (Number, error) {
	if !lost && !isMethodFailed(cause) {
		return Number{}, cause
	}
	now, done, err := s.readBack(ctx, before.Key(), want, lost)
	switch {
	case IsNotFound(err):
		return Number{}, fmt.Errorf("%w; the number is %w", cause, err)
	case err != nil:
		return Number{}, unclearUpdate(before.Key(), fmt.Errorf("%w; reading the number back: %w", cause, err))
	case done:
		return now, nil
	case want.ApplicationID == "" && now.ApplicationID != "" && ctx.Err() == nil:
		return s.unlinkAgain(ctx, now, want)
	case now.Settings() != before.Settings() && now.Settings() != before.with(want).Settings():
		return Number{}, unclearUpdate(before.Key(), fmt.Errorf("%w; read back, it has neither the settings that it had nor those that were sent: perhaps "+
			"another run or another provider block changes it at the same time", cause))
	case lost: // it may still become visible, or wrote only what cannot be read
		return Number{}, unclearUpdate(before.Key(), fmt.Errorf("%w; read back, it is not known to be as it was to be", cause))
	default:
		return Number{}, fmt.Errorf("the account has the number, so the reason may lie in what was sent, such as an application that does "+
			"not exist or a webhook that does not answer a GET with 200: %w", cause)
	}
}

func unclearUpdate(key NumberKey, err error) error {
	return &UnknownOutcomeError{Operation: "updating number " + key.String(), Repeatable: true, Err: err}
}

// readBack reads a number after an update and reports whether the update took effect. After a lost update it reads
// repeatedly, because the change may become visible late. It reports false if the update wrote a setting that the API
// does not return.
func (s *NumbersService) readBack(
	ctx context.Context, key NumberKey, want NumberSettings, lost bool,
) (now Number, done bool, err error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	readOnce := func(ctx context.Context) (bool, error) {
		now, err = readNumber(ctx, s.lookUp, key)
		return err == nil && want.readable() && now.Settings() == want, err
	}
	if lost && want.readable() {
		done, err = untilSeen(ctx, readOnce)
	} else {
		done, err = readOnce(ctx)
	}
	return now, done, err
}

// AwaitListed is Get for a number that the account has acquired a moment ago: if the list does not show it, AwaitListed
// looks again, because it is undocumented how soon it does. IsNotFound holds for the error if the list still does not
// show the number some seconds later.
//
// GET /account/numbers.
func (s *NumbersService) AwaitListed(ctx context.Context, key NumberKey) (Number, error) {
	var number Number
	listed, err := untilSeen(ctx, func(ctx context.Context) (listed bool, err error) {
		number, err = s.Get(ctx, key)
		if IsNotFound(err) {
			s.index.Forget(key.MSISDN)
			return false, nil
		}
		return err == nil, err
	})
	if err == nil && !listed {
		err = fmt.Errorf("reading number %s: %w", key, errNotOwned)
	}
	return number, err
}

// unlinkAgain clears the link with an empty value instead of omitting it, as an older Vonage tool does (vonage-cli
// 2).
func (s *NumbersService) unlinkAgain(ctx context.Context, before Number, want NumberSettings) (Number, error) {
	form := want.form(before.Key())
	form.Set("app_id", "")
	call, err := s.post(ctx, "update", form, true)
	if err == nil {
		return before.with(want), nil
	}
	lost := unsettled(call, err)
	if !lost && !isMethodFailed(err) {
		return Number{}, err
	}
	now, done, lookErr := s.readBack(ctx, before.Key(), want, lost)
	if lookErr != nil {
		err = errors.Join(err, lookErr)
	}
	switch {
	case done:
		return now, nil
	case lost:
		return Number{}, unclearUpdate(before.Key(), err)
	default:
		return Number{}, err
	}
}
