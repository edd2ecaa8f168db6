// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// Buy rents a number, which costs money at once and cannot be undone. The request is sent only once. If it gets no
// clear response, Buy looks the number up among the owned numbers; if that fails, the error is an *UnknownOutcomeError.
// bought is false if the API refused the purchase because the account already owns the number.
//
// targetAPIKey, if not empty, is the API key of the subaccount that is to own the number. A subaccount's numbers
// cannot be looked up.
//
// POST /number/buy.
func (s *NumbersService) Buy(ctx context.Context, offer AvailableNumber, targetAPIKey string) (number Number, bought bool, err error) {
	key := offer.Key()
	unlock, err := s.locks.lock(ctx, key.MSISDN)
	if err != nil {
		return Number{}, false, fmt.Errorf("renting number %s: %w", key, err)
	}
	defer unlock()
	if targetAPIKey == "" {
		defer func() { s.cacheOutcome(key, number, err) }()
	}
	call, err := s.order(ctx, "buy", key, targetAPIKey)
	switch {
	case err == nil:
		return offer.Rented(), true, nil
	case unsettled(call, err):
		owned, lookUpErr := s.ownedAfter(ctx, key, targetAPIKey)
		if lookUpErr != nil {
			// The look-up's error is not wrapped: that the account does not own the number now is not the cause.
			return Number{}, false, &UnknownOutcomeError{Operation: "renting number " + key.String(), Err: fmt.Errorf("%w; then: %s", err, lookUpErr.Error())}
		}
		return owned, true, nil
	case isMethodFailed(err):
		if owned, lookUpErr := s.ownedAfter(ctx, key, targetAPIKey); lookUpErr == nil {
			return owned, false, nil
		}
		err = s.explain(ctx, key, err)
	}
	return Number{}, false, fmt.Errorf("renting number %s: %w", key, err)
}

// Cancel gives up a number irreversibly: others can rent it at once. Cancelling a number that the account does not
// own succeeds. targetAPIKey, if not empty, is the API key of the subaccount that owns the number.
//
// POST /number/cancel.
func (s *NumbersService) Cancel(ctx context.Context, key NumberKey, targetAPIKey string) (err error) {
	unlock, err := s.locks.lock(ctx, key.MSISDN)
	if err != nil {
		return fmt.Errorf("cancelling number %s: %w", key, err)
	}
	defer unlock()
	if targetAPIKey == "" {
		defer func() { s.cacheOutcome(key, Number{}, err) }()
	}
	call, err := s.order(ctx, "cancel", key, targetAPIKey)
	if err == nil {
		return nil
	}
	if !unsettled(call, err) && !isMethodFailed(err) {
		return fmt.Errorf("cancelling number %s: %w", key, err)
	}
	_, lookUpErr := s.ownedAfter(ctx, key, targetAPIKey)
	switch {
	case lookUpErr == nil:
		return fmt.Errorf("cancelling number %s, which the account still has: %w", key, err)
	case IsNotFound(lookUpErr):
		return nil
	case unsettled(call, err):
		return &UnknownOutcomeError{Operation: "cancelling number " + key.String(), Err: errors.Join(err, lookUpErr)}
	default:
		return fmt.Errorf("cancelling number %s: %w", key, err)
	}
}

// cacheOutcome records the outcome of a call that ended with err: it bought number or, if number is the zero value,
// cancelled the number with this key. An error leaves the state unknown.
func (s *NumbersService) cacheOutcome(key NumberKey, number Number, err error) {
	switch {
	case err != nil:
		s.index.Forget(key.MSISDN)
	case number.MSISDN == "":
		s.cacheAbsence(key)
	default:
		s.cache(number)
	}
}

// Rented returns the number as it is right after renting: without any settings.
func (n AvailableNumber) Rented() Number {
	return Number{Country: n.Country, MSISDN: n.MSISDN, Type: n.Type, Features: n.Features, Limitations: n.Limitations}
}

// order sends a buy or a cancel. Neither is ever repeated once it was sent.
func (s *NumbersService) order(ctx context.Context, what string, key NumberKey, targetAPIKey string) (*transport.Call, error) {
	form := url.Values{"country": {key.Country}, "msisdn": {key.MSISDN}}
	if targetAPIKey != "" {
		form.Set("target_api_key", targetAPIKey)
	}
	return s.post(ctx, what, form, false)
}

var errSubaccount = errors.New("the numbers of a subaccount can be looked at only with its own credentials")

// ownedAfter reads a number after a call that may have changed its ownership. It works even if Terraform has
// cancelled meanwhile, because the outcome of a sent request must be known.
func (s *NumbersService) ownedAfter(ctx context.Context, key NumberKey, targetAPIKey string) (Number, error) {
	if targetAPIKey != "" {
		return Number{}, errSubaccount
	}
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	return readNumber(ctx, s.lookUp, key)
}

// isMethodFailed recognises the unspecific refusal that the API uses for a dozen different reasons.
func isMethodFailed(err error) bool {
	var apiError *Error
	return errors.As(err, &apiError) && apiError.Code == "420" && apiError.Detail == "method failed"
}

// explain determines why renting a number that the account does not own was refused.
func (s *NumbersService) explain(ctx context.Context, key NumberKey, apiError error) error {
	switch _, err := s.Offer(ctx, key); {
	case err == nil:
		return fmt.Errorf("it is still on offer, so the reason may lie with the account, such as a balance that is too low: %w", apiError)
	case IsNotFound(err):
		return fmt.Errorf("it is no longer on offer, somebody else has rented it: %w", apiError)
	default:
		return apiError
	}
}
