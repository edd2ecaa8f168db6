// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package subaccounts

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/money"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// kind is what of an account's money is transferred.
type kind string

const (
	credit  kind = "credit"
	balance kind = "balance"
)

// transfer is a transfer of money that took place.
type transfer struct {
	kind                    kind
	id, from, to, reference string
	amount                  money.Amount
	made                    time.Time
}

// showTransfer returns a transfer as captured responses do, or as the specification does:
// https://github.com/Vonage/vonage-python-sdk, subaccounts/tests/data.
func (a *API) showTransfer(t transfer) document.Object {
	name, made := "id", document.Timestamp(t.made)
	if a.Variant.SubaccountsAsSpecified {
		name, made = string(t.kind)+"_transfer_id", t.made.UTC().Format(time.RFC3339)
	}
	return document.Object{
		name: t.id, "from": t.from, "to": t.to, "amount": t.amount.Number(), "reference": t.reference, "created_at": made,
	}
}

// amounts accepts amounts of money above zero.
type amounts struct{}

// Check implements shape.Shape.
func (amounts) Check(c *shape.Checker, name string, value, _ any) {
	written, ok := value.(json.Number)
	if !ok {
		c.Refuse(name, "must be a number")
		return
	}
	if amount, err := money.Parse(written.String()); err != nil || amount <= 0 {
		c.Refuse(name, "must be an amount above 0 with at most eight decimals")
	}
}

// transferMoney moves balance or credit between the primary account and one of its subaccounts, at once and exactly.
func (a *API) transferMoney(what kind) platform.Endpoint {
	return func(r *platform.Request) platform.Response {
		sent, refusal, ok := read(r.Body, shape.Object{
			{Name: "from", Shape: shape.Text{Required: true}, Required: true},
			{Name: "to", Shape: shape.Text{Required: true}, Required: true},
			{Name: "amount", Shape: amounts{}, Required: true},
			{Name: "reference", Shape: shape.Text{}},
		})
		if !ok {
			return refusal
		}
		written, _ := sent["amount"].(json.Number)
		amount, err := money.Parse(written.String())
		if err != nil {
			return platform.ProblemJSON(platform.InternalError())
		}
		a.Lock()
		defer a.Unlock()
		made := transfer{
			kind: what, id: uuid.NewString(), from: document.Text(sent, "from"), to: document.Text(sent, "to"),
			reference: document.Text(sent, "reference"), amount: amount, made: a.Now().Truncate(time.Second),
		}
		from, to, problem := a.parties(made.from, made.to)
		if problem == "" {
			problem = move(what, from, to, amount)
		}
		if problem != "" {
			return platform.ProblemJSON(platform.Problem(cmp.Or(a.Variant.TransferStatus, http.StatusUnprocessableEntity),
				"/account/subaccounts#invalid-transfers", "Invalid Transfer", problem))
		}
		a.transfers = append(a.transfers, made)
		shown := a.showTransfer(made)
		if !a.Variant.SubaccountsAsSpecified {
			shown["masterAccountId"] = a.APIKey
			shown["_links"] = document.Object{"self": document.Object{"href": a.transfersPath(what) + "/" + made.id}}
		}
		return platform.Response{Status: http.StatusOK, Body: shown}
	}
}

func (a *API) transfersPath(what kind) string {
	return "/accounts/" + a.APIKey + "/" + string(what) + "-transfers"
}

// parties returns the two accounts of a transfer of money: the primary one, and a subaccount with money of its own.
func (a *API) parties(fromKey, toKey string) (from, to *platform.Account, problem string) {
	from, knowsFrom := a.Of(fromKey)
	to, knowsTo := a.Of(toKey)
	switch {
	case !knowsFrom || !knowsTo:
		return nil, nil, "The accounts are not the primary account and one of its subaccounts"
	case (from == a.Account) == (to == a.Account):
		return nil, nil, "Transfers are possible only between the primary account and one of its subaccounts"
	case from.SharesBalance || to.SharesBalance:
		return nil, nil, "The subaccount shares the balance of the primary account"
	default:
		return from, to, ""
	}
}

// move moves an amount, or says why it cannot. Of credit, an account can give what it has been given; of balance, what is
// between it and the credit limit.
func move(what kind, from, to *platform.Account, amount money.Amount) (problem string) {
	if what == credit {
		if from.Purse.CreditLimit+amount > 0 || from.Purse.Available() < amount {
			return "The amount exceeds the credit of the account"
		}
		from.Purse.CreditLimit += amount
		to.Purse.CreditLimit -= amount
		return ""
	}
	if !from.Purse.Take(amount) {
		return "The amount exceeds the balance available for transfer"
	}
	to.Purse.Balance += amount
	return ""
}

// listTransfers responds with the transfers of a period, the latest first.
func (a *API) listTransfers(what kind) platform.Endpoint {
	return func(r *platform.Request) platform.Response {
		query := r.URL.Query()
		from, to, wrong := period(query, a.Now())
		if len(wrong) > 0 {
			return invalid(wrong...)
		}
		a.Lock()
		defer a.Unlock()
		listed := []document.Object{}
		for _, t := range slices.Backward(a.transfers) {
			if t.kind == what && !t.made.Before(from) && !t.made.After(to) && concerns(query["subaccount"], t) {
				listed = append(listed, a.showTransfer(t))
			}
		}
		name := string(what) + "_transfers"
		if a.Variant.SubaccountsAsSpecified && what == credit {
			name = "credit-transfers"
		}
		return platform.Response{Status: http.StatusOK, Body: document.Object{
			"_links":    document.Object{"self": document.Object{"href": a.transfersPath(what)}},
			"_embedded": document.Object{name: listed},
		}}
	}
}

// period returns the times between which transfers are listed.
func period(query url.Values, now time.Time) (from, to time.Time, wrong []shape.Parameter) {
	to = now
	for name, into := range map[string]*time.Time{"start_date": &from, "end_date": &to} {
		given := query.Get(name)
		if given == "" && name == "end_date" {
			continue
		}
		parsed, err := time.Parse(time.RFC3339, given)
		if err != nil {
			wrong = append(wrong, shape.Parameter{Name: name, Reason: "must be a date and time in ISO 8601"})
			continue
		}
		*into = parsed
	}
	return from, to, wrong
}

// concerns reports whether a transfer is from or to one of the accounts; none means all.
func concerns(keys []string, t transfer) bool {
	return len(keys) == 0 || slices.Contains(keys, t.from) || slices.Contains(keys, t.to)
}

// digits accepts a phone number as text, as the SDKs send it, or as a number, as the specification has it.
type digits struct{}

// Check implements shape.Shape.
func (digits) Check(c *shape.Checker, name string, value, _ any) {
	if _, isNumber := value.(json.Number); isNumber {
		return
	}
	shape.Text{Required: true}.Check(c, name, value, nil)
}

// transferNumber moves a number between the primary account and one of its subaccounts.
func (a *API) transferNumber(r *platform.Request) platform.Response {
	sent, refusal, ok := read(r.Body, shape.Object{
		{Name: "from", Shape: shape.Text{Required: true}, Required: true},
		{Name: "to", Shape: shape.Text{Required: true}, Required: true},
		{Name: "number", Shape: digits{}, Required: true},
		{Name: "country", Shape: shape.Text{Required: true}, Required: true},
	})
	if !ok {
		return refusal
	}
	msisdn := document.Text(sent, "number")
	if number, isNumber := sent["number"].(json.Number); isNumber {
		msisdn = number.String()
	}
	country, fromKey, toKey := document.Text(sent, "country"), document.Text(sent, "from"), document.Text(sent, "to")
	a.Lock()
	defer a.Unlock()
	if refusal, ok := a.moveNumber(fromKey, toKey, country, msisdn); !ok {
		return platform.ProblemJSON(refusal)
	}
	return platform.Response{Status: http.StatusOK, Body: document.Object{
		"number": msisdn, "country": country, "from": fromKey, "to": toKey,
	}}
}

// moveNumber refuses with the errors of https://developer.vonage.com/en/api-errors/subaccounts; that one account is
// suspended in the words of https://github.com/Vonage/vonage-python-sdk, subaccounts/tests/data.
func (a *API) moveNumber(fromKey, toKey, country, msisdn string) (platform.Response, bool) {
	from, knowsFrom := a.Of(fromKey)
	to, knowsTo := a.Of(toKey)
	refused := func(status int, kind, detail string) (platform.Response, bool) {
		return platform.Problem(status, "/account/subaccounts#"+kind, "Invalid Number Transfer", detail), false
	}
	switch {
	case !knowsFrom || !knowsTo || from == to:
		return refused(http.StatusForbidden, "invalid-number-transfer",
			"Could not transfer number "+msisdn+" from account "+fromKey+" to "+toKey+" - unable to find relationship between accounts")
	case from.Suspended || to.Suspended:
		return refused(http.StatusForbidden, "invalid-number-transfer", "One of the accounts involved in the transfer is banned")
	case a.numbersOf(to).Has(country, msisdn):
		return refused(http.StatusConflict, "transfer-conflict",
			"Could not transfer number "+msisdn+" from account "+fromKey+" to "+toKey+" - number is already owned by account "+toKey)
	case !a.numbersOf(from).Has(country, msisdn):
		return refused(http.StatusNotFound, "missing-number-transfer",
			"Could not transfer number "+msisdn+" from account "+fromKey+" to "+toKey+" - number is not owned by account "+fromKey)
	}
	a.numbersOf(from).Transfer(to, country, msisdn)
	return platform.Response{}, true
}
