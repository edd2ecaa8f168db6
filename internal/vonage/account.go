// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// AccountService has the balance and the settings of the Account API 1.0.4, of the account that the client signs in to.
type AccountService struct {
	wire    *wire
	origin  string
	account func(context.Context) (Account, error)
	writes  *accountWrites
	index   *coalesce.Index[string, AccountSettings] // by API key
}

func newAccountService(w *wire, writes *accountWrites, origin string, account func(context.Context) (Account, error)) *AccountService {
	s := &AccountService{wire: w, origin: origin, account: account, writes: writes}
	s.index = coalesce.New(coalesce.Source[string, AccountSettings]{
		One:      s.readInTurn,
		IsAbsent: func(error) bool { return false },
		GaveUp:   w.gaveUp(transport.Account),
	})
	return s
}

// AccountSettings are the settings of an account, as far as they can be read.
type AccountSettings struct {
	// MOCallbackURL and DRCallbackURL receive inbound SMS and delivery receipts; "" means none.
	MOCallbackURL string `json:"mo-callback-url"`
	DRCallbackURL string `json:"dr-callback-url"`
	// The limits are set by Vonage: messages per second in each direction, and API requests per second. nil means that the
	// answer does not have them, or that one of them cannot be read.
	MaxOutboundRequest *int64 `json:"max-outbound-request"`
	MaxInboundRequest  *int64 `json:"max-inbound-request"`
	MaxCallsPerSecond  *int64 `json:"max-calls-per-second"`
}

// SettingsChange is a change of an account's settings; nil leaves a setting as it is, and "" unsets a URL.
type SettingsChange struct {
	MOCallbackURL, DRCallbackURL *string
	// HTTPForwardMethod is how inbound SMS are forwarded: GET_QUERY_PARAMS, POST_QUERY_PARAMS or POST_JSON. It cannot be read.
	HTTPForwardMethod *string
}

func (c SettingsChange) form() url.Values {
	form := url.Values{}
	for name, value := range map[string]*string{
		"moCallBackUrl": c.MOCallbackURL, "drCallBackUrl": c.DRCallbackURL, "httpForwardMethod": c.HTTPForwardMethod,
	} {
		if value != nil {
			form.Set(name, *value)
		}
	}
	return form
}

// done reports whether the settings are as the change wants them, as far as they can be read.
func (c SettingsChange) done(now AccountSettings) bool {
	return c.HTTPForwardMethod == nil &&
		(c.MOCallbackURL == nil || *c.MOCallbackURL == now.MOCallbackURL) &&
		(c.DRCallbackURL == nil || *c.DRCallbackURL == now.DRCallbackURL)
}

// Settings reads the settings (POST /account/settings). All readers share one call, and its result is cached for the lifetime of
// the client.
func (s *AccountService) Settings(ctx context.Context) (AccountSettings, error) {
	return s.read(ctx, s.index.Get)
}

// LatestSettings is Settings, but reads them even if they are cached (POST /account/settings).
func (s *AccountService) LatestSettings(ctx context.Context) (AccountSettings, error) {
	return s.read(ctx, s.index.Latest)
}

func (s *AccountService) read(ctx context.Context, from func(context.Context, string) (AccountSettings, error)) (AccountSettings, error) {
	account, err := s.account(ctx)
	if err != nil {
		return AccountSettings{}, fmt.Errorf("reading the account's settings: %w", err)
	}
	settings, err := from(ctx, account.APIKey)
	if err != nil {
		return AccountSettings{}, fmt.Errorf("reading the account's settings: %w", err)
	}
	return settings, nil
}

// readInTurn reads the settings from the API. The request is one that can write, so it takes turns with those that do.
func (s *AccountService) readInTurn(ctx context.Context, apiKey string) (AccountSettings, error) {
	unlock, err := s.writes.lock(ctx, apiKey)
	if err != nil {
		return AccountSettings{}, err
	}
	defer unlock()
	return s.post(ctx, s.writes.do, settingsCall(), nil)
}

// ChangeSettings changes settings (POST /account/settings), and returns all that are in force then. Vonage calls a URL before it accepts it, and refuses
// one that does not respond with 200. If the change may have been made without a confirming response, the error is an
// *UnknownOutcomeError.
func (s *AccountService) ChangeSettings(ctx context.Context, change SettingsChange) (AccountSettings, error) {
	account, err := s.account(ctx)
	if err != nil {
		return AccountSettings{}, fmt.Errorf("changing the account's settings: %w", err)
	}
	unlock, err := s.writes.lock(ctx, account.APIKey)
	if err != nil {
		return AccountSettings{}, fmt.Errorf("changing the account's settings: %w", err)
	}
	defer unlock()
	call := settingsCall()
	settings, err := s.post(ctx, s.writes.do, call, change.form())
	if err != nil && unsettled(call, err) {
		settings, err = s.confirm(ctx, change, err)
	}
	if err != nil {
		s.index.Forget(account.APIKey)
		if unknown, ok := errors.AsType[*UnknownOutcomeError](err); ok {
			return AccountSettings{}, unknown // already names the operation
		}
		return AccountSettings{}, fmt.Errorf("changing the account's settings: %w", err)
	}
	s.index.Put(account.APIKey, settings)
	return settings, nil
}

// confirm reads the settings after a change without a clear response.
func (s *AccountService) confirm(ctx context.Context, change SettingsChange, cause error) (AccountSettings, error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	now, err := s.post(ctx, s.writes.do, settingsCall(), nil)
	switch {
	case err != nil:
		err = fmt.Errorf("%w; reading the settings: %w", cause, err)
	case change.done(now):
		return now, nil
	default:
		err = fmt.Errorf("%w; read back, the settings are not known to be as they were to be", cause)
	}
	return AccountSettings{}, &UnknownOutcomeError{Operation: "changing the account's settings", Repeatable: true, Err: err}
}

func settingsCall() *transport.Call {
	return &transport.Call{Family: transport.Account, Replayable: true}
}

// post sends the only request that the settings have. Without parameters it changes nothing and responds with the settings: this
// is how Vonage's own client reads them (https://github.com/Vonage/vonage-php-sdk-core, Account\Client::getConfig).
func (s *AccountService) post(
	ctx context.Context, do func(context.Context, request) ([]byte, error), call *transport.Call, form url.Values,
) (AccountSettings, error) {
	if form == nil {
		form = url.Values{}
	}
	body, err := do(ctx, request{
		method: http.MethodPost, origin: s.origin, path: pathOf("account", "settings"), fixed: true, form: form, call: call,
	})
	if err != nil {
		return AccountSettings{}, err
	}
	return decodeSettings(body)
}

func decodeSettings(body []byte) (AccountSettings, error) {
	var members map[string]any
	if err := decode(body, &members); err != nil {
		return AccountSettings{}, err
	}
	known := knownKeys(reflect.TypeFor[AccountSettings]())
	maps.DeleteFunc(members, func(name string, _ any) bool { return known[name] == nil })
	if len(members) == 0 {
		return AccountSettings{}, unreadable("it has no settings")
	}
	var settings AccountSettings
	err := decode(body, &settings)
	if IsMalformed(err) { // the limits are only shown, and hinder nothing else
		var callbacks struct {
			MO string `json:"mo-callback-url"`
			DR string `json:"dr-callback-url"`
		}
		err = decode(body, &callbacks)
		settings = AccountSettings{MOCallbackURL: callbacks.MO, DRCallbackURL: callbacks.DR}
	}
	if err != nil {
		return AccountSettings{}, err
	}
	return settings, nil
}

// AccountBalance is what an account can spend.
type AccountBalance struct {
	// Value is in EUR, a decimal number.
	Value string
	// AutoReload is whether the account is topped up by itself; nil if the response does not say.
	AutoReload *bool
}

// Balance reads the balance (GET /account/get-balance).
func (s *AccountService) Balance(ctx context.Context) (AccountBalance, error) {
	body, err := s.wire.do(ctx, request{
		method: http.MethodGet, origin: s.origin, path: pathOf("account", "get-balance"), fixed: true,
		call: &transport.Call{Family: transport.Account},
	})
	var answer struct {
		Value      json.Number `json:"value"`
		AutoReload *bool       `json:"autoReload"`
	}
	if err == nil {
		err = decode(body, &answer)
	}
	if err == nil && answer.Value == "" {
		err = unreadable("it has no balance")
	}
	if err != nil {
		return AccountBalance{}, fmt.Errorf("reading the account's balance: %w", err)
	}
	return AccountBalance{Value: Decimal(answer.Value.String()), AutoReload: answer.AutoReload}, nil
}

// Decimal returns a number as Vonage writes it without an exponent, such as 0.00000001 for 1e-8. Other text stays as it is.
func Decimal(number string) string {
	if !strings.ContainsAny(number, "eE") {
		return number
	}
	value, ok := new(big.Rat).SetString(number)
	if !ok {
		return number
	}
	precision, exact := value.FloatPrec()
	if !exact {
		return number
	}
	return value.FloatString(precision)
}
