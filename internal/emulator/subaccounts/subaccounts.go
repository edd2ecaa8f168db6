// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package subaccounts is the Subaccounts API 1.0.8: https://developer.vonage.com/api/subaccounts. It makes and changes the
// subaccounts of a primary account, and transfers money and numbers between them.
package subaccounts

import (
	"net/http"
	"slices"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// Numbers are the numbers of one account. The caller holds the lock.
type Numbers interface {
	// Has reports whether the account owns a number.
	Has(country, msisdn string) bool
	// Transfer moves a number that the account owns to another account.
	Transfer(to *platform.Account, country, msisdn string)
}

// API is the Subaccounts API of a primary account.
type API struct {
	*platform.Account

	// open makes an account reachable. It takes the lock.
	open func(*platform.Account) error
	// numbersOf returns the numbers of an account.
	numbersOf func(*platform.Account) Numbers

	transfers []transfer
}

// New returns the API of an account without subaccounts. open makes an account reachable, numbersOf returns the numbers of
// one.
func New(account *platform.Account, open func(*platform.Account) error, numbersOf func(*platform.Account) Numbers) *API {
	return &API{Account: account, open: open, numbersOf: numbersOf}
}

// Save saves the transfers: see platform.Server.Save.
func (a *API) Save() (restore func()) {
	saved := slices.Clone(a.transfers)
	return func() { a.transfers = slices.Clone(saved) }
}

// Routes serves the API's paths.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{
		Name:      "Subaccounts",
		Guard:     platform.AsProblemJSON(a.guard),
		WrongVerb: func() platform.Response { return platform.ProblemJSON(platform.WrongVerb()) },
		Admit:     platform.AsProblemJSON(platform.AdmitJSON),
	}
	primary := func(*platform.Request) *platform.Account { return a.Account }
	const path = "/accounts/{api_key}"
	api.Serve(paths, path+"/subaccounts", platform.Operations{
		http.MethodGet:  a.list,
		http.MethodPost: a.Writes(primary, a.create),
	})
	api.Serve(paths, path+"/subaccounts/{subaccount}", platform.Operations{
		http.MethodGet:   a.get,
		http.MethodPatch: a.Writes(a.named, a.modify),
	})
	for _, kind := range []kind{credit, balance} {
		api.Serve(paths, path+"/"+string(kind)+"-transfers", platform.Operations{
			http.MethodGet:  a.listTransfers(kind),
			http.MethodPost: a.transferMoney(kind),
		})
	}
	api.Serve(paths, path+"/transfer-number", platform.Operations{http.MethodPost: a.transferNumber})
}

// guard requires the credentials of a primary account that may use the API, and its key in the path. Subaccounts cannot
// have subaccounts.
func (a *API) guard(r *platform.Request) (platform.Response, bool) {
	if refusal, ok := a.AuthenticateBasic(r); !ok {
		return refusal, false
	}
	if key := r.PathValue("api_key"); key != a.APIKey {
		return platform.InvalidAPIKey(key), false
	}
	if a.Primary != nil || a.Variant.SubaccountsUnprovisioned {
		return platform.Problem(http.StatusForbidden, "#unprovisioned", "Authorisation error",
			"Account "+a.APIKey+" is not provisioned to access Subaccount Provisioning API"), false
	}
	return platform.Response{}, true
}

// named returns the subaccount in the path, or nil.
func (a *API) named(r *platform.Request) *platform.Account {
	a.Lock()
	defer a.Unlock()
	found, known := a.Of(r.PathValue("subaccount"))
	if !known || found == a.Account {
		return nil
	}
	return found
}

func invalid(parameters ...shape.Parameter) platform.Response {
	return platform.ProblemJSON(platform.Problem(http.StatusUnprocessableEntity, "/account/subaccounts#validation", "Bad Request",
		"The request failed due to validation errors", parameters...))
}

// read decodes a body of a known shape.
func read(body []byte, expected shape.Object) (document.Object, platform.Response, bool) {
	sent, err := document.ParseObject(body)
	if err != nil {
		return nil, platform.ProblemJSON(platform.InvalidJSON(err.Error())), false
	}
	var checked shape.Checker
	expected.Check(&checked, "", sent, nil)
	if checked.UnknownName != "" {
		checked.Refuse(checked.UnknownName, "is not allowed")
	}
	if len(checked.Invalid) > 0 {
		return nil, invalid(checked.Invalid...), false
	}
	return sent, platform.Response{}, true
}

// show returns an account as the API does. Captured answers have milliseconds, of which only the response to the creation
// knows any: https://github.com/Vonage/vonage-python-sdk, subaccounts/tests/data.
func (a *API) show(account *platform.Account) document.Object {
	shown := document.Object{
		"api_key": account.APIKey, "name": account.Name, "suspended": account.Suspended,
		"balance": nil, "credit_limit": nil, "created_at": a.timestamp(account),
	}
	if !account.SharesBalance {
		shown["balance"], shown["credit_limit"] = account.Purse.Balance.Number(), account.Purse.CreditLimit.Number()
	}
	if account.Primary != nil {
		shown["primary_account_api_key"], shown["use_primary_account_balance"] = account.Primary.APIKey, account.SharesBalance
	} else if a.Variant.SubaccountsAsSpecified {
		shown["primary_account_api_key"], shown["use_primary_account_balance"] = account.APIKey, false
	}
	return shown
}

func (a *API) timestamp(account *platform.Account) string {
	if a.Variant.SubaccountsAsSpecified {
		return account.Created.UTC().Format("2006-01-02T15:04:05Z")
	}
	return document.Timestamp(account.Created.Truncate(time.Second))
}

func (a *API) list(*platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	total, listed := a.Purse, a.Subaccounts()
	shown := make([]document.Object, len(listed))
	for i, account := range listed {
		shown[i] = a.show(account)
		total.Balance += account.Purse.Balance
		total.CreditLimit += account.Purse.CreditLimit
	}
	body := document.Object{"_embedded": document.Object{"primary_account": a.show(a.Account), "subaccounts": shown}}
	if !a.Variant.SubaccountsAsSpecified {
		body["_links"] = document.Object{"self": document.Object{"href": "/accounts/" + a.APIKey + "/subaccounts"}}
		body["total_balance"], body["total_credit_limit"] = total.Balance.Number(), total.CreditLimit.Number()
	}
	return platform.Response{Status: http.StatusOK, Body: body}
}

func (a *API) get(r *platform.Request) platform.Response {
	account := a.named(r)
	if account == nil {
		return platform.ProblemJSON(platform.InvalidAPIKey(r.PathValue("subaccount")))
	}
	a.Lock()
	defer a.Unlock()
	return platform.Response{Status: http.StatusOK, Body: a.show(account)}
}

// longestName is the maximum length of a subaccount's name.
const longestName = 80

// create opens a subaccount. An undocumented parameter shows its signature secret:
// https://github.com/nexmo-se/vonage-subaccounts-proxy.
func (a *API) create(r *platform.Request) platform.Response {
	sent, refusal, ok := read(r.Body, shape.Object{
		{Name: "name", Shape: shape.Text{Required: true, Longest: longestName}, Required: true},
		{Name: "secret", Shape: shape.Secret{}},
		{Name: "use_primary_account_balance", Shape: shape.Boolean{}},
	})
	if !ok {
		return refusal
	}
	if refusal, ok := a.hasRoom(document.Text(sent, "name")); !ok {
		return refusal
	}
	secret := document.Text(sent, "secret")
	if secret == "" {
		secret = "Gen" + platform.RandomHex(5) + "0"
	}
	made := a.Another(platform.RandomHex(4), secret, platform.RandomHex(20))
	made.BecomeSubaccount(a.Account)
	made.Name = document.Text(sent, "name")
	if shares, stated := sent["use_primary_account_balance"].(bool); stated {
		made.SharesBalance = shares
	}
	shown := a.show(made)
	if !a.Variant.SubaccountsAsSpecified {
		shown["created_at"] = document.Timestamp(a.Now())
	}
	if err := a.open(made); err != nil {
		return platform.ProblemJSON(platform.InternalError())
	}
	if !a.Variant.SubaccountSecretHidden {
		shown["secret"] = secret
	}
	if r.URL.Query().Get("sensitive-data") == "true" {
		shown["signature_secret"] = made.SignatureSecret
	}
	return platform.Response{Status: http.StatusOK, Body: shown}
}

// hasRoom reports whether the account can have one more subaccount, of that name.
func (a *API) hasRoom(name string) (platform.Response, bool) {
	a.Lock()
	defer a.Unlock()
	subaccounts := a.Subaccounts()
	if most := a.Variant.MaxSubaccounts; most > 0 && len(subaccounts) >= most {
		return platform.ProblemJSON(platform.Problem(http.StatusForbidden, "/account/subaccounts#provisioning", "Provisioning failed",
			"Maximum number of sub-accounts reached")), false
	}
	return a.nameTaken(name, nil)
}

// nameTaken refuses the name of another subaccount, if the variant wants that.
func (a *API) nameTaken(name string, except *platform.Account) (platform.Response, bool) {
	taken := slices.ContainsFunc(a.Subaccounts(), func(other *platform.Account) bool { return other != except && other.Name == name })
	return invalid(shape.Parameter{Name: "name", Reason: "is in use"}), !taken || !a.Variant.SubaccountNamesUnique
}

// modify changes what the request names. A subaccount that has been given a balance of its own keeps it:
// https://developer.vonage.com/en/account/subaccounts/overview.
func (a *API) modify(r *platform.Request) platform.Response {
	account := a.named(r)
	if account == nil {
		return platform.ProblemJSON(platform.InvalidAPIKey(r.PathValue("subaccount")))
	}
	sent, refusal, ok := read(r.Body, shape.Object{
		{Name: "name", Shape: shape.Text{Required: true, Longest: longestName}},
		{Name: "suspended", Shape: shape.Boolean{}},
		{Name: "use_primary_account_balance", Shape: shape.Boolean{}},
	})
	if !ok {
		return refusal
	}
	if len(sent) == 0 {
		return invalid(shape.Parameter{Name: "name", Reason: "name, suspended or use_primary_account_balance is required"})
	}
	a.Lock()
	defer a.Unlock()
	shares, stated := sent["use_primary_account_balance"].(bool)
	if stated && shares && !account.SharesBalance {
		return invalid(shape.Parameter{Name: "use_primary_account_balance", Reason: "cannot be changed from false to true"})
	}
	if name, named := sent["name"].(string); named {
		if refusal, ok := a.nameTaken(name, account); !ok {
			return refusal
		}
		account.Name = name
	}
	if stated {
		account.SharesBalance = shares
	}
	if suspended, given := sent["suspended"].(bool); given {
		account.Suspended = suspended
	}
	return platform.Response{Status: http.StatusOK, Body: a.show(account)}
}
