// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const (
	primary   = "/accounts/abcd1234/subaccounts"
	ofSub     = "Basic c3ViMDAwMDE6UGFzc3dvcmQx" // sub00001:Password1
	subFields = `"name":"staging","primary_account_api_key":"abcd1234","use_primary_account_balance":true,"suspended":false,` +
		`"created_at":"2024-08-28T14:11:32.000Z","balance":null,"credit_limit":null}`
	staged = `{"api_key":"sub00001",` + subFields
)

func listOf(subaccounts ...string) answer {
	return ok(`{"_embedded":{"primary_account":{"api_key":"abcd1234"},"subaccounts":[` + strings.Join(subaccounts, ",") + `]}}`)
}

func stagedSubaccount() vonage.Subaccount {
	return vonage.Subaccount{
		APIKey: "sub00001", Name: "staging", PrimaryAPIKey: "abcd1234", UsePrimaryBalance: true, CreatedAt: "2024-08-28T14:11:32.000Z",
	}
}

// Subaccounts are the operations of the Subaccounts API 1.0.8.
func (contracts) Subaccounts() map[string]wired {
	send := func(method, path, query, authorization, body string) received {
		kind := ""
		if body != "" {
			kind = asJSON
		}
		return received{Method: method, Path: path, Query: query, ContentType: kind, Authorization: authorization, Body: body}
	}
	withSecret := stagedSubaccount()
	withSecret.Secret = "Password1"
	moved := vonage.MoneyTransfer{ID: "T1", From: "abcd1234", To: "sub00001", Amount: "12.3400", Reference: "R", CreatedAt: "C"}
	const transfer = `{"id":"T1","from":"abcd1234","to":"sub00001","amount":12.3400,"reference":"R","created_at":"C","masterAccountId":"abcd1234"}`
	since := time.Date(2026, time.January, 2, 3, 4, 5, 0, time.UTC)
	return map[string]wired{
		"Subaccounts.List": {
			[]answer{listOf(staged)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				list, err := c.Subaccounts.List(ctx)
				if err != nil {
					return nil, err
				}
				return collect(list.All())
			},
			[]vonage.Subaccount{stagedSubaccount()},
			[]received{send("GET", primary, "", basic, "")},
		},
		"Subaccounts.All": {
			[]answer{listOf(staged)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return collect(c.Subaccounts.All(ctx)) },
			[]vonage.Subaccount{stagedSubaccount()},
			[]received{send("GET", primary, "", basic, "")},
		},
		"Subaccounts.Namesakes": {
			[]answer{listOf(staged)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				_, err := c.Subaccounts.List(ctx)
				return c.Subaccounts.Namesakes("staging"), err
			},
			[]vonage.Subaccount{stagedSubaccount()},
			[]received{send("GET", primary, "", basic, "")},
		},
		"Subaccounts.Candidates": {
			[]answer{listOf(staged)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Subaccounts.Candidates(ctx, vonage.Subaccount{Name: "staging"})
			},
			[]string{`"sub00001"`},
			[]received{send("GET", primary, "", basic, "")},
		},
		"Subaccounts.Get": {
			[]answer{listOf(staged)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.Subaccounts.Get(ctx, "sub00001") },
			stagedSubaccount(),
			[]received{send("GET", primary, "", basic, "")},
		},
		"Subaccounts.Create": {
			[]answer{listOf(), ok(staged)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Subaccounts.Create(ctx, vonage.NewSubaccount{Name: "staging", Secret: "Password1", UsePrimaryBalance: true})
			},
			withSecret,
			[]received{
				send("GET", primary, "", basic, ""),
				send("POST", primary, "", basic, `{"name":"staging","secret":"Password1","use_primary_account_balance":true}`),
			},
		},
		"Subaccounts.FindNew": {
			[]answer{listOf(staged), ok(`{"_embedded":{"secrets":[]}}`)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				found, _, err := c.Subaccounts.FindNew(ctx, vonage.Subaccount{Name: "staging", Secret: "Password1"})
				return found, err
			},
			withSecret,
			[]received{send("GET", primary, "", basic, ""), send("GET", "/accounts/sub00001/secrets", "", ofSub, "")},
		},
		"Subaccounts.Update": {
			[]answer{ok(staged)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Subaccounts.Update(ctx, "sub00001", vonage.SubaccountChange{Suspended: new(false)})
			},
			stagedSubaccount(),
			[]received{send("PATCH", primary+"/sub00001", "", basic, `{"suspended":false}`)},
		},
		"Subaccounts.TransferMoney": {
			[]answer{ok(transfer)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Subaccounts.TransferMoney(ctx, vonage.Credit, vonage.MoneyTransfer{From: "abcd1234", To: "sub00001", Amount: "12.34", Reference: "R"}, since)
			},
			moved,
			[]received{send("POST", "/accounts/abcd1234/credit-transfers", "", basic,
				`{"from":"abcd1234","to":"sub00001","amount":12.34,"reference":"R"}`)},
		},
		"Subaccounts.MoneyTransfers": {
			[]answer{ok(`{"_embedded":{"balance-transfers":[` + transfer + `]}}`)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Subaccounts.MoneyTransfers(ctx, vonage.Balance, since)
			},
			[]vonage.MoneyTransfer{moved},
			[]received{send("GET", "/accounts/abcd1234/balance-transfers", "start_date=2026-01-02T03%3A04%3A05Z", basic, "")},
		},
		"Subaccounts.TransferNumber": {
			[]answer{ok(`{"number":447700900001,"country":"GB","from":"abcd1234","to":"sub00001"}`)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Subaccounts.TransferNumber(ctx, vonage.NumberTransfer{From: "abcd1234", To: "sub00001", Number: number})
			},
			true,
			[]received{send("POST", "/accounts/abcd1234/transfer-number", "", basic,
				`{"from":"abcd1234","to":"sub00001","number":"447700900001","country":"GB"}`)},
		},
	}
}

// sub returns an entry of a list.
func sub(key, name, createdAt string, more ...string) string {
	return `{"api_key":"` + key + `","name":"` + name + `","created_at":"` + createdAt + `"` + strings.Join(more, "") + `}`
}

var (
	opens    = ok(`{"_embedded":{"secrets":[]}}`)
	locked   = answer{status: http.StatusUnauthorized, body: `{"title":"Unauthorized"}`}
	unproven = answer{status: http.StatusForbidden, body: `{"type":"https://developer.vonage.com/api-errors#unprovisioned","title":"Authorisation error"}`}
)

// TestLostSubaccount: after a POST without a clear response the client sends no second one. It takes the subaccount that was
// not there before, has the name and opens with the secret, and no other.
func TestLostSubaccount(t *testing.T) {
	t.Parallel()
	const early, late = "2024-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"
	old := sub("old", "staging", early)
	for name, test := range map[string]struct {
		lost    answer
		after   []answer
		found   string
		problem string
		calls   int
	}{
		"made":                  {lost, []answer{listOf(old, sub("new", "staging", late)), opens}, "new", "", 4},
		"connection lost":       {reset, []answer{listOf(old, sub("new", "staging", late)), opens}, "new", "", 4},
		"garbage":               {ok("garbage"), []answer{listOf(old, sub("new", "staging", late)), opens}, "new", "", 4},
		"an answer without key": {ok(`{"name":"staging","secret":"Password1"}`), []answer{listOf(sub("new", "staging", late)), opens}, "new", "", 4},
		"shown late":            {lost, []answer{listOf(old), listOf(old), listOf(sub("new", "staging", late)), opens}, "new", "", 6},
		"secret accepted late":  {lost, []answer{listOf(sub("new", "staging", late)), locked, listOf(sub("new", "staging", late)), opens}, "new", "", 6},
		"somebody else's too": {
			lost, []answer{listOf(sub("else", "staging", late), sub("new", "staging", late)), locked, opens}, "new", "", 5,
		},
		"beside a malformed one": {lost, []answer{listOf(`{"api_key":7,"name":[]}`, sub("new", "staging", late)), opens}, "new", "", 4},
		"never made":             {lost, []answer{listOf(old), listOf(old), listOf(old), listOf(old)}, "", "does not show it", 6},
		"only somebody else's": {
			lost, []answer{
				listOf(sub("else", "staging", late)), locked, listOf(sub("else", "staging", late)), locked,
				listOf(sub("else", "staging", late)), locked, listOf(sub("else", "staging", late)), locked,
			}, "", `"else"`, 10,
		},
		"list lost":                {lost, []answer{lost}, "", "502", 3},
		"sign-in lost":             {lost, []answer{listOf(sub("new", "staging", late)), lost}, "", `signing in to subaccount "new"`, 4},
		"refused":                  {unproven, nil, "", "Authorisation error", 2},
		"primary not known":        {gone, nil, "", "does not exist", 2},
		"throttled for good":       {throttled, nil, "", "429", 2},
		"a malformed nameless one": {lost, []answer{listOf(`{"api_key":{},"name":1}`), listOf(`{"api_key":{}}`), listOf(`{"api_key":{}}`), listOf(`{"api_key":{}}`)}, "", "api_key", 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				vonageAPI, client := newMemoryScript(t, 0, append([]answer{listOf(old), test.lost}, test.after...)...)
				got, err := client.Subaccounts.Create(t.Context(), vonage.NewSubaccount{Name: "staging", Secret: "Password1"})
				_, unknown := errors.AsType[*vonage.UnknownOutcomeError](err)
				switch {
				case test.found != "" && (err != nil || got.APIKey != test.found || got.Secret != "Password1"):
					t.Errorf("Create gave %+v, %v", got, err)
				case test.problem != "" && (err == nil || !strings.Contains(err.Error(), test.problem)):
					t.Errorf("error %v does not say %q", err, test.problem)
				case test.problem != "" && unknown != (test.after != nil):
					t.Errorf("unknown outcome %t: %v", unknown, err)
				case unknown && got.CreatedAt != early:
					t.Errorf("it was made after %q", got.CreatedAt)
				case vonage.IsNotFound(err):
					t.Errorf("IsNotFound holds for %v", err)
				}
				if name == "a malformed nameless one" {
					vonageAPI.answers = nil // whether it is looked for again does not matter
				}
				posts := 0
				for _, request := range vonageAPI.requests() {
					if request.Method == http.MethodPost {
						posts++
					}
				}
				if calls := len(vonageAPI.requests()); posts != 1 || calls != test.calls {
					t.Errorf("%d calls, %d of them POST", calls, posts)
				}
			})
		})
	}
}

// TestLostSubaccountsOfOneName: two creations that are cut off never take the same subaccount.
func TestLostSubaccountsOfOneName(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, b := sub("a", "staging", "2026-01-01T00:00:00Z"), sub("b", "staging", "2026-01-01T00:00:00Z")
		_, client := newMemoryScript(t, 0, listOf(), lost, listOf(a), opens, lost, listOf(a, b), opens)
		for _, want := range []string{"a", "b"} {
			got, err := client.Subaccounts.Create(t.Context(), vonage.NewSubaccount{Name: "staging", Secret: "Password1"})
			if err != nil || got.APIKey != want {
				t.Errorf("Create gave %+v, %v, want %s", got, err, want)
			}
		}
	})
}

// TestFindNew: an unfinished creation is found in a later run, too, but nothing older, suspended or in use is taken for it.
func TestFindNew(t *testing.T) {
	t.Parallel()
	const before, since, after = "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:05.000Z", "2026-01-01T00:00:06.000Z"
	list := listOf(sub("old", "x", before), sub("odd", "x", "soon"), sub("off", "x", after, `,"suspended":true`), sub("else", "y", after), sub("new", "x", since))
	_, client := newScript(t, list, locked, locked)
	got, candidates, err := client.Subaccounts.FindNew(t.Context(), vonage.Subaccount{Name: "x", Secret: "Password1", CreatedAt: since})
	if diff := cmp.Diff([]string{`"odd"`, `"new"`}, candidates); diff != "" || err != nil || got.APIKey != "" {
		t.Errorf("it found %+v, %v\n%s", got, err, diff)
	}
	_, client = newScript(t, list, list)
	if candidates, err = client.Subaccounts.Candidates(t.Context(), vonage.Subaccount{Name: "x", CreatedAt: since}); err != nil || len(candidates) != 2 {
		t.Errorf("without a secret the candidates are %v, %v", candidates, err)
	}
	if got, _, err = client.Subaccounts.FindNew(t.Context(), vonage.Subaccount{APIKey: "off", Name: "x"}); err != nil || got.APIKey != "off" {
		t.Errorf("by its key it found %+v, %v", got, err)
	}
}

// TestSubaccountsAreReadTogether: many readers cost one call, and a writer's own changes none.
func TestSubaccountsAreReadTogether(t *testing.T) {
	t.Parallel()
	keys := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	var entries []string
	for _, key := range keys {
		entries = append(entries, sub(key, key, "2026-01-01T00:00:00Z"))
	}
	vonageAPI, client := newScript(t, listOf(entries...), ok(`{"api_key":"a"}`))
	var readers sync.WaitGroup
	for _, key := range append(keys, keys...) {
		readers.Go(func() {
			if got, err := client.Subaccounts.Get(t.Context(), key); err != nil || got.Name != key {
				t.Errorf("%s is %+v, %v", key, got, err)
			}
		})
	}
	readers.Wait()
	if _, err := client.Subaccounts.Update(t.Context(), "a", vonage.SubaccountChange{Name: new("other")}); err != nil {
		t.Fatal(err)
	}
	if got, err := client.Subaccounts.Get(t.Context(), "a"); err != nil || got.Name != "other" {
		t.Errorf("after the change it is %+v, %v", got, err)
	}
	if diff := cmp.Diff([]string{"GET " + primary, "PATCH " + primary + "/a"}, vonageAPI.log()); diff != "" {
		t.Error(diff)
	}
}

// TestSubaccountThatIsGone: only Vonage's own 404, after the list of the right account, makes a subaccount gone.
func TestSubaccountThatIsGone(t *testing.T) {
	t.Parallel()
	invalidKey := answer{status: http.StatusNotFound, body: `{"type":"https://developer.vonage.com/api-errors#invalid-api-key",
	  "title":"Invalid API Key","detail":"API key 'sub00001' does not exist, or you do not have access"}`}
	foreign := answer{status: http.StatusNotFound, body: "<html>no such page"}
	for name, test := range map[string]struct {
		answers []answer
		gone    bool
	}{
		"not listed and not known":    {[]answer{listOf(), invalidKey}, true},
		"not listed, but there":       {[]answer{listOf(), ok(staged)}, false},
		"a proxy's 404":               {[]answer{listOf(), foreign}, false},
		"another primary account":     {[]answer{invalidKey}, false},
		"a proxy's 404 for the list":  {[]answer{foreign}, false},
		"a list that is no list":      {[]answer{ok(`{}`)}, false},
		"an answer about another one": {[]answer{listOf(), ok(sub("other", "x", "")), ok(sub("other", "x", ""))}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, client := newScript(t, test.answers...)
			got, err := client.Subaccounts.Get(t.Context(), "sub00001")
			if vonage.IsNotFound(err) != test.gone || err == nil && got != stagedSubaccount() {
				t.Errorf("Get gave %+v, %v", got, err)
			}
			s.answers = nil
		})
	}
}

// TestMalformedSubaccounts: a subaccount that cannot be read does not hinder the others.
func TestMalformedSubaccounts(t *testing.T) {
	t.Parallel()
	_, client := newScript(t, listOf(`{"api_key":"odd","name":{}}`, staged, `{"suspended":"perhaps"}`), listOf(`{"api_key":"odd","name":{}}`, staged))
	if got, err := client.Subaccounts.Get(t.Context(), "sub00001"); err != nil || got != stagedSubaccount() {
		t.Errorf("Get gave %+v, %v", got, err)
	}
	if _, err := client.Subaccounts.Get(t.Context(), "odd"); !vonage.IsMalformed(err) || !strings.Contains(err.Error(), `"odd"`) {
		t.Errorf("the malformed one gave %v", err)
	}
}

func TestLostSubaccountUpdate(t *testing.T) {
	t.Parallel()
	suspend := vonage.SubaccountChange{Suspended: new(true)}
	for name, test := range map[string]struct {
		answers []answer
		problem string
	}{
		"done":       {[]answer{lost, ok(sub("a", "x", "", `,"suspended":true`))}, ""},
		"unreadable": {[]answer{ok("garbage"), ok(sub("a", "x", "", `,"suspended":true`))}, ""},
		"not done":   {[]answer{lost, ok(sub("a", "x", ""))}, "not as it was to be"},
		"not read":   {[]answer{lost, lost}, "reading it back"},
		"refused":    {[]answer{unproven}, "Authorisation error"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, client := newScript(t, test.answers...)
			got, err := client.Subaccounts.Update(t.Context(), "a", suspend)
			if test.problem == "" && (err != nil || !got.Suspended) || test.problem != "" && (err == nil || !strings.Contains(err.Error(), test.problem)) {
				t.Errorf("Update gave %+v, %v", got, err)
			}
			s.requests()
		})
	}
}

// TestMoneyIsMovedOnce: whatever becomes of the response, no transfer is sent a second time, and one that was made is found by
// its reference.
func TestMoneyIsMovedOnce(t *testing.T) {
	t.Parallel()
	asked := vonage.MoneyTransfer{From: "a", To: "b", Amount: "0.10", Reference: "R tail"}
	made := `{"id":"T","from":"a","to":"b","amount":0.1,"reference":"R tail"}`
	others := `{"id":"U","from":"a","to":"b","amount":0.1,"reference":"R"},{"id":"V","amount":{}},`
	found := ok(`{"_embedded":{"balance_transfers":[` + others + made + `]}}`)
	none := ok(`{"_embedded":{"balance_transfers":[]}}`)
	for name, test := range map[string]struct {
		answers []answer
		problem string
	}{
		"made":                  {[]answer{ok(made)}, ""},
		"lost":                  {[]answer{lost, found}, ""},
		"connection lost":       {[]answer{reset, found}, ""},
		"garbage":               {[]answer{ok("garbage"), found}, ""},
		"another one confirmed": {[]answer{ok(`{"id":"T","from":"a","to":"b","amount":100}`), found}, ""},
		"shown late":            {[]answer{lost, none, none, found}, ""},
		"never shown":           {[]answer{lost, none, none, none, none}, `reference "R tail"`},
		"list lost":             {[]answer{lost, lost}, "502"},
		"refused":               {[]answer{{status: http.StatusUnprocessableEntity, body: `{"title":"Invalid transfer"}`}}, "Invalid transfer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, client := newMemoryScript(t, 0, test.answers...)
				got, err := client.Subaccounts.TransferMoney(t.Context(), vonage.Balance, asked, time.Now())
				if test.problem == "" && (err != nil || got.ID != "T") || test.problem != "" && (err == nil || !strings.Contains(err.Error(), test.problem)) {
					t.Errorf("TransferMoney gave %+v, %v", got, err)
				}
				for i, call := range s.log() {
					if strings.HasPrefix(call, "POST") != (i == 0) {
						t.Errorf("call %d is %s", i+1, call)
					}
				}
			})
		})
	}
}

func TestNumberTransferThatWasCutOff(t *testing.T) {
	t.Parallel()
	there := answer{status: http.StatusConflict, body: `{"type":"https://developer.nexmo.com/api-errors/subaccounts#transfer-conflict","title":"Transfer conflict"}`}
	missing := answer{status: http.StatusNotFound, body: `{"type":"https://developer.nexmo.com/api-errors/subaccounts#missing-number-transfer","title":"Missing"}`}
	moved := ok(`{"number":"447700900001","to":"b"}`)
	for name, test := range map[string]struct {
		answers []answer
		done    bool
		problem string
		unknown bool
	}{
		"moved":                           {[]answer{moved}, true, "", false},
		"there already":                   {[]answer{there}, false, "", false},
		"answer lost, moved":              {[]answer{lost, there}, true, "", false},
		"answer lost, not moved":          {[]answer{lost, moved}, true, "", false},
		"unknown number":                  {[]answer{missing}, false, "Missing", false},
		"answer lost, then unknown":       {[]answer{lost, missing}, false, "Missing", true},
		"answers lost":                    {[]answer{lost, lost}, false, "502", true},
		"an answer about another account": {[]answer{ok(`{"number":"447700900001","to":"c"}`)}, false, "another transfer", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, client := newMemoryScript(t, 1, test.answers...)
				done, err := client.Subaccounts.TransferNumber(t.Context(), vonage.NumberTransfer{From: "a", To: "b", Number: number})
				_, unknown := errors.AsType[*vonage.UnknownOutcomeError](err)
				if done != test.done || unknown != test.unknown || (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) {
					t.Errorf("done %t, %v", done, err)
				}
				s.requests()
			})
		})
	}
}

func TestBalances(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{`null`: "", `27.4572`: "27.4572", `1.5e-3`: "0.0015", `"29.18202293"`: "29.18202293", `"x"`: "x", `{}`: ""} {
		_, client := newScript(t, listOf(sub("a", "n", "", `,"balance":`+text)))
		if got, err := client.Subaccounts.Get(t.Context(), "a"); err != nil || got.Balance != want {
			t.Errorf("%s is read as %q, %v", text, got.Balance, err)
		}
	}
}
