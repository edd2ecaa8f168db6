// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/url"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// Money is what a transfer between a primary account and a subaccount moves.
type Money string

// The two kinds of money.
const (
	Balance Money = "balance"
	Credit  Money = "credit"
)

// MoneyTransfer is a transfer of money between a primary account and a subaccount (Subaccounts API 1.0.8).
type MoneyTransfer struct {
	// ID and CreatedAt are set by Vonage.
	ID, CreatedAt string
	From, To      string // API keys
	Amount        string // an exact decimal number in EUR, as JSON writes it
	// Reference identifies the transfer: it must be one that no other transfer has.
	Reference string
}

// moneyTransferDocument is a transfer as the API returns it. Only the specification has the two long names of the id.
type moneyTransferDocument struct {
	ID                string `json:"id"`
	BalanceTransferID string `json:"balance_transfer_id"`
	CreditTransferID  string `json:"credit_transfer_id"`
	CreatedAt         string `json:"created_at"`
	From              string `json:"from"`
	To                string `json:"to"`
	Amount            any    `json:"amount"`
	Reference         string `json:"reference"`
}

func (d moneyTransferDocument) transfer() MoneyTransfer {
	id := d.ID
	for _, other := range []string{d.BalanceTransferID, d.CreditTransferID} {
		if id == "" {
			id = other
		}
	}
	return MoneyTransfer{ID: id, CreatedAt: d.CreatedAt, From: d.From, To: d.To, Amount: decimalOf(d.Amount), Reference: d.Reference}
}

// is reports whether a response is about the transfer that was asked for.
func (t MoneyTransfer) is(asked MoneyTransfer) bool {
	amount, stated := new(big.Rat).SetString(t.Amount)
	wanted, _ := new(big.Rat).SetString(asked.Amount)
	return t.From == asked.From && t.To == asked.To && stated && wanted != nil && amount.Cmp(wanted) == 0
}

// TransferMoney moves money (POST /accounts/{primary}/balance-transfers or credit-transfers). The request is never sent a
// second time. If it gets no clear response, the transfers are searched for the reference; since is a time before the
// transfer by Vonage's clock. If that does not find it, the error is an *UnknownOutcomeError.
func (s *SubaccountsService) TransferMoney(ctx context.Context, money Money, asked MoneyTransfer, since time.Time) (MoneyTransfer, error) {
	done, call, err := s.transferMoney(ctx, money, asked)
	if err != nil && unsettled(call, err) {
		found, findErr := s.findTransfer(ctx, money, asked, since)
		if findErr == nil {
			return found, nil
		}
		// The search's error is not wrapped: it is not the cause.
		err = &UnknownOutcomeError{
			Operation: "the " + string(money) + " transfer with the reference " + Quote(asked.Reference),
			Err:       fmt.Errorf("%w; looking for it: %s", err, findErr.Error()),
		}
		return MoneyTransfer{}, err
	}
	return done, err
}

func (s *SubaccountsService) transferMoney(ctx context.Context, money Money, asked MoneyTransfer) (MoneyTransfer, *transport.Call, error) {
	r, primary, err := s.request(ctx, http.MethodPost, string(money)+"-transfers")
	if err != nil {
		return MoneyTransfer{}, r.call, err
	}
	r.json = struct {
		From      string      `json:"from"`
		To        string      `json:"to"`
		Amount    json.Number `json:"amount"`
		Reference string      `json:"reference"`
	}{asked.From, asked.To, json.Number(asked.Amount), asked.Reference}
	body, err := s.write(ctx, primary, r)
	if err != nil {
		return MoneyTransfer{}, r.call, notGone(err)
	}
	var document moneyTransferDocument
	if err := decode(body, &document); err != nil {
		return MoneyTransfer{}, r.call, err
	}
	done := document.transfer()
	if !done.is(asked) {
		return MoneyTransfer{}, r.call, unreadable("it is about another transfer")
	}
	return done, r.call, nil
}

var errNoSuchTransfer = errors.New("the list of transfers does not show it")

// findTransfer looks for a transfer by its reference after a request without a clear response.
func (s *SubaccountsService) findTransfer(ctx context.Context, money Money, asked MoneyTransfer, since time.Time) (MoneyTransfer, error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	var found MoneyTransfer
	seen, err := untilSeen(ctx, func(ctx context.Context) (bool, error) {
		transfers, err := s.MoneyTransfers(ctx, money, since)
		for _, transfer := range transfers {
			if transfer.Reference == asked.Reference && transfer.is(asked) {
				found = transfer
				return true, nil
			}
		}
		return false, err
	})
	if err == nil && !seen {
		err = errNoSuchTransfer
	}
	return found, err
}

// MoneyTransfers lists the transfers of money since a time (GET /accounts/{primary}/balance-transfers or credit-transfers). The
// list has one page. One that cannot be read is left out.
func (s *SubaccountsService) MoneyTransfers(ctx context.Context, money Money, since time.Time) ([]MoneyTransfer, error) {
	r, _, err := s.request(ctx, http.MethodGet, string(money)+"-transfers")
	if err != nil {
		return nil, err
	}
	r.query = url.Values{"start_date": {since.UTC().Format(time.RFC3339)}}
	body, err := s.wire.do(ctx, r)
	if err != nil {
		return nil, err
	}
	// The responses of the API have underscores, its specification hyphens.
	var page struct {
		Embedded map[string][]json.RawMessage `json:"_embedded"`
	}
	if err := decode(body, &page); err != nil {
		return nil, err
	}
	var transfers []MoneyTransfer
	for _, name := range []string{string(money) + "_transfers", string(money) + "-transfers"} {
		for _, entry := range page.Embedded[name] {
			var document moneyTransferDocument
			if decode(entry, &document) == nil {
				transfers = append(transfers, document.transfer())
			}
		}
	}
	return transfers, nil
}

// NumberTransfer moves a number between two accounts.
type NumberTransfer struct {
	From, To string // API keys
	Number   NumberKey
}

// TransferNumber moves a number (POST /accounts/{primary}/transfer-number). done is false if the number was in the account
// before. Moving a number twice is harmless, so the request is repeated if it gets no clear response: it is refused then, because
// the number is there already.
func (s *SubaccountsService) TransferNumber(ctx context.Context, asked NumberTransfer) (done bool, err error) {
	defer s.numbers.index.Forget(asked.Number.MSISDN)
	call, err := s.transferNumber(ctx, asked)
	refusal, refused := errors.AsType[*Error](err)
	switch {
	case err == nil:
		return true, nil
	case refused && refusal.Status == http.StatusConflict && refusal.Code == "transfer-conflict":
		return call.Unsettled(), nil // an attempt before this one may have moved it
	case !unsettled(call, err):
		return false, fmt.Errorf("moving number %s: %w", asked.Number, err)
	}
	return false, &UnknownOutcomeError{Operation: "moving number " + asked.Number.String(), Repeatable: true, Err: err}
}

// transferNumber sends the number as text, as Vonage's own clients do; its specification says that it is a JSON number.
func (s *SubaccountsService) transferNumber(ctx context.Context, asked NumberTransfer) (*transport.Call, error) {
	r, primary, err := s.request(ctx, http.MethodPost, "transfer-number")
	if err != nil {
		return r.call, err
	}
	r.call.Replayable = true
	r.json = map[string]string{
		"from": asked.From, "to": asked.To, "number": asked.Number.MSISDN, "country": asked.Number.Country,
	}
	body, err := s.write(ctx, primary, r)
	if err != nil {
		return r.call, err
	}
	var answer struct {
		Number string `json:"number"`
		To     string `json:"to"`
	}
	if err := decode(body, &answer); err != nil {
		return r.call, err
	}
	if answer.Number != asked.Number.MSISDN || answer.To != asked.To {
		return r.call, unreadable("it is about another transfer")
	}
	return r.call, nil
}
