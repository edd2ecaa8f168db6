// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"io"
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
	secretsPath = "/accounts/abcd1234/secrets"
	oldSecret   = `{"id":"old","created_at":"2017-03-02T16:34:49Z"}`
	newSecret   = `{"id":"new","created_at":"2026-11-27T00:00:00Z"}`
	otherSecret = `{"id":"other","created_at":"2020-01-01T00:00:00Z"}`
)

func secretsOf(secrets ...string) answer {
	return ok(`{"_links":{},"_embedded":{"secrets":[` + strings.Join(secrets, ",") + `]}}`)
}

// Account has the operations of the Account API 1.0.4 and the Pricing API 0.0.3.
func (contracts) Account() map[string]wired {
	send := func(method, path, kind, query, body string) received {
		return received{Method: method, Path: path, ContentType: kind, Query: query, Authorization: basic, Body: body}
	}
	made := vonage.Secret{ID: "new", CreatedAt: "2026-11-27T00:00:00Z"}
	list, post := send("GET", secretsPath, "", "", ""), send("POST", secretsPath, asJSON, "", `{"secret":"Abcdefg1"}`)
	const settings = `{"mo-callback-url":"https://h/mo","dr-callback-url":"","max-outbound-request":30,"max-inbound-request":"15","max-calls-per-second":10}`
	inForce := vonage.AccountSettings{
		MOCallbackURL: "https://h/mo", MaxOutboundRequest: new(int64(30)), MaxInboundRequest: new(int64(15)), MaxCallsPerSecond: new(int64(10)),
	}
	return map[string]wired{
		"Secrets.List": {
			[]answer{secretsOf(oldSecret, newSecret)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return collect(c.Secrets.List(ctx, "abcd1234"))
			},
			[]vonage.Secret{{ID: "old", CreatedAt: "2017-03-02T16:34:49Z"}, made},
			[]received{list},
		},
		"Secrets.Get": {
			[]answer{secretsOf(oldSecret, newSecret)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.Secrets.Get(ctx, "abcd1234", "new") },
			made,
			[]received{list},
		},
		"Secrets.Create": {
			[]answer{secretsOf(oldSecret), {status: http.StatusCreated, body: newSecret}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Secrets.Create(ctx, "abcd1234", "Abcdefg1")
			},
			made,
			[]received{list, post},
		},
		"Secrets.Rotate": {
			[]answer{secretsOf(oldSecret), {status: http.StatusCreated, body: newSecret}, {status: http.StatusNoContent}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Secrets.Rotate(ctx, "abcd1234", "old", "Abcdefg1", false)
			},
			made,
			[]received{list, post, send("DELETE", secretsPath+"/old", "", "", "")},
		},
		"Secrets.Delete": {
			[]answer{{status: http.StatusNoContent}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return nil, c.Secrets.Delete(ctx, "abcd1234", "old")
			},
			nil,
			[]received{send("DELETE", secretsPath+"/old", "", "", "")},
		},
		"Account.Settings": {
			[]answer{ok(settings)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.Account.Settings(ctx) },
			inForce,
			[]received{send("POST", "/account/settings", asForm, "", "")},
		},
		"Account.LatestSettings": {
			[]answer{ok(settings)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.Account.LatestSettings(ctx) },
			inForce,
			[]received{send("POST", "/account/settings", asForm, "", "")},
		},
		"Account.ChangeSettings": {
			[]answer{ok(settings)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Account.ChangeSettings(ctx, vonage.SettingsChange{
					MOCallbackURL: new("https://h/mo"), DRCallbackURL: new(""), HTTPForwardMethod: new("POST_JSON"),
				})
			},
			inForce,
			[]received{send("POST", "/account/settings", asForm, "", "drCallBackUrl=&httpForwardMethod=POST_JSON&moCallBackUrl=https%3A%2F%2Fh%2Fmo")},
		},
		"Account.Balance": {
			[]answer{ok(`{"value":10.28,"autoReload":false}`)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.Account.Balance(ctx) },
			vonage.AccountBalance{Value: "10.28", AutoReload: new(false)},
			[]received{send("GET", "/account/get-balance", "", "", "")},
		},
		"Pricing.Get": {
			[]answer{ok(`{"countryCode":"GB","currency":"EUR","defaultPrice":"0.0333","dialingPrefix":44,"networks":[{"type":"mobile","price":0.04,` +
				`"currency":"EUR","mcc":"234","mnc":"10","networkCode":"23410","networkName":"O2","ranges":[44]}]}`)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Pricing.Get(ctx, vonage.PriceOfSMS, "GB")
			},
			vonage.CountryPrices{Currency: "EUR", DefaultPrice: "0.0333", DialingPrefix: "44", Networks: []vonage.NetworkPrices{
				{Name: "O2", Code: "23410", MCC: "234", MNC: "10", Type: "mobile", Price: "0.04", Ranges: []int64{44}},
			}},
			[]received{send("GET", "/account/get-pricing/outbound/sms", "", "country=GB", "")},
		},
	}
}

// brokenOff is a connection that breaks off while the response is awaited.
var brokenOff = answer{err: errors.New("connection reset")}

// outdated is the response to a write that comes close to another one.
var outdated = answer{status: http.StatusForbidden, body: `{"type":"https://developer.nexmo.com/api-errors/account/subaccounts#validation",
  "title":"Outdated account","detail":"Attempted to update a more recent version of the account"}`}

var (
	lastSecret = answer{status: http.StatusForbidden, body: `{"type":"https://developer.nexmo.com/api-errors/account/secret-management#delete-last-secret",
  "title":"Secret Deletion Forbidden","detail":"Can not delete the last secret. The account must always have at least 1 secret active at any time"}`}
	wrongKey = answer{status: http.StatusNotFound, body: `{"type":"https://developer.nexmo.com/api-errors#invalid-api-key","title":"Invalid API Key",
  "detail":"API key 'abcd1234' does not exist, or you do not have access"}`}
	wrongSecret = answer{status: http.StatusUnauthorized, body: `{"title":"Unauthorized","detail":"You did not provide correct credentials."}`}
)

// TestSecretWrites has what each write of secrets sends and returns, whatever the responses.
func TestSecretWrites(t *testing.T) {
	t.Parallel()
	const (
		list, post = "GET /accounts/k/secrets", "POST /accounts/k/secrets"
		deleteOld  = "DELETE /accounts/k/secrets/old"
	)
	made, deleted := answer{status: http.StatusCreated, body: newSecret}, answer{status: http.StatusNoContent}
	gateway := answer{status: http.StatusNotFound, body: "no route"}
	create := func(ctx context.Context, c *vonage.Client) (vonage.Secret, error) {
		return c.Secrets.Create(ctx, "k", "Abcdefg1")
	}
	rotate := func(ctx context.Context, c *vonage.Client) (vonage.Secret, error) {
		return c.Secrets.Rotate(ctx, "k", "old", "Abcdefg1", false)
	}
	cut := func(ctx context.Context, c *vonage.Client) (vonage.Secret, error) {
		return c.Secrets.Rotate(ctx, "k", "old", "Abcdefg1", true)
	}
	remove := func(ctx context.Context, c *vonage.Client) (vonage.Secret, error) {
		return vonage.Secret{}, c.Secrets.Delete(ctx, "k", "old")
	}
	for name, test := range map[string]struct {
		do      func(context.Context, *vonage.Client) (vonage.Secret, error)
		answers []answer
		sent    []string
		id      string
		fails   string // a part of the error
		unknown bool   // the outcome
	}{
		"create": {create, []answer{secretsOf(oldSecret), made}, []string{list, post}, "new", "", false},
		"create with status 200": {
			create, []answer{secretsOf(oldSecret), ok(newSecret)}, []string{list, post}, "new", "", false,
		},
		"create, outdated twice": {
			create, []answer{secretsOf(oldSecret), outdated, outdated, made}, []string{list, post, post, post}, "new", "", false,
		},
		"create, outdated for good": {
			create,
			[]answer{secretsOf(oldSecret), outdated, outdated, outdated, outdated, outdated, outdated},
			[]string{list, post, post, post, post, post, post},
			"", "Outdated account", false,
		},
		"create, answer lost": {
			create, []answer{secretsOf(oldSecret), brokenOff, secretsOf(newSecret, oldSecret)}, []string{list, post, list}, "new", "", false,
		},
		"create, answer unreadable": {
			create, []answer{secretsOf(oldSecret), ok(`<html>`), secretsOf(newSecret, oldSecret)}, []string{list, post, list}, "new", "", false,
		},
		"create, answer without an id": {
			create, []answer{secretsOf(oldSecret), ok(`{}`), secretsOf(newSecret, oldSecret)}, []string{list, post, list}, "new", "", false,
		},
		"create, answer brokenOff, in force late": {
			create,
			[]answer{secretsOf(oldSecret), brokenOff, wrongSecret, secretsOf(oldSecret), secretsOf(oldSecret, newSecret)},
			[]string{list, post, list, list, list},
			"new", "", false,
		},
		// Somebody else made the secret that is new: the one that was sent does not sign in.
		"create, answer brokenOff, of somebody else": {
			create,
			[]answer{secretsOf(oldSecret), brokenOff, wrongSecret, wrongSecret, wrongSecret, wrongSecret},
			[]string{list, post, list, list, list, list},
			"", "no new secret with its value", true,
		},
		"create, answer brokenOff, look-up fails": {
			create, []answer{secretsOf(oldSecret), brokenOff, {status: 500}}, []string{list, post, list}, "", "looking for it", true,
		},
		"a third": {
			create,
			[]answer{secretsOf(oldSecret, otherSecret), {status: 403, body: `{"type":"x#add-excess-secret","title":"Secret Addition Forbidden"}`}},
			[]string{list, post},
			"", "code add-excess-secret", false,
		},
		"create in an unknown account": {create, []answer{wrongKey}, []string{list}, "", "API key 'abcd1234' does not exist", false},
		"rotate with room":             {rotate, []answer{secretsOf(oldSecret), made, deleted}, []string{list, post, deleteOld}, "new", "", false},
		"rotate without room": {
			rotate, []answer{secretsOf(oldSecret, otherSecret)}, []string{list}, "", vonage.ErrNoRoom.Error(), false,
		},
		"rotate without room and overlap": {
			cut, []answer{secretsOf(oldSecret, otherSecret), deleted, made}, []string{list, deleteOld, post}, "new", "", false,
		},
		"rotate with room after all": {
			cut, []answer{secretsOf(oldSecret), made, deleted}, []string{list, post, deleteOld}, "new", "", false,
		},
		"rotate what is gone": {rotate, []answer{secretsOf(otherSecret), made}, []string{list, post}, "new", "", false},
		"rotate, the old one stays": {
			rotate,
			[]answer{secretsOf(oldSecret), made, {status: 500}, secretsOf(oldSecret, newSecret)},
			[]string{list, post, deleteOld, list},
			"new", "deleting API secret old", false,
		},
		"rotate, none is made": {
			cut,
			[]answer{secretsOf(oldSecret, otherSecret), deleted, {status: 400, body: `{"title":"Bad Request"}`}},
			[]string{list, deleteOld, post},
			"", "after API secret old was deleted", false,
		},
		"delete":              {remove, []answer{deleted}, []string{deleteOld}, "", "", false},
		"delete what is gone": {remove, []answer{gone, secretsOf(otherSecret)}, []string{deleteOld, list}, "", "", false},
		"delete, answer lost": {remove, []answer{brokenOff, secretsOf(otherSecret)}, []string{deleteOld, list}, "", "", false},
		"delete, lost on the way": {
			remove, []answer{brokenOff, secretsOf(oldSecret, otherSecret)}, []string{deleteOld, list}, "", "connection reset", false,
		},
		"delete, nothing known": {remove, []answer{brokenOff, {status: 500}}, []string{deleteOld, list}, "", "looking for it", true},
		"delete the last":       {remove, []answer{lastSecret}, []string{deleteOld}, "", "code delete-last-secret", false},
		"delete in an unknown account": {
			remove, []answer{wrongKey, wrongKey}, []string{deleteOld, list}, "", "API key 'abcd1234' does not exist", false,
		},
		"delete through a gateway": {remove, []answer{gateway}, []string{deleteOld}, "", "HTTP 404", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api, client := newMemoryScript(t, 0, test.answers...)
				secret, err := test.do(t.Context(), client)
				if secret.ID != test.id {
					t.Errorf("got secret %q", secret.ID)
				}
				if (err != nil) != (test.fails != "") || err != nil && !strings.Contains(err.Error(), test.fails) {
					t.Errorf("got %v, want %q", err, test.fails)
				}
				if _, unknown := errors.AsType[*vonage.UnknownOutcomeError](err); unknown != test.unknown {
					t.Errorf("the outcome is unknown: %t, %v", unknown, err)
				}
				if diff := cmp.Diff(test.sent, api.log()); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			})
		})
	}
}

// TestSecretIsGoneOnlyIfOthersAreThere: no 404 and no empty list says that a secret is gone, only a list of others.
func TestSecretIsGoneOnlyIfOthersAreThere(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answers []answer
		gone    bool
		fails   string
	}{
		"others":                      {[]answer{secretsOf(otherSecret)}, true, "not found"},
		"unknown account":             {[]answer{wrongKey}, false, "does not exist"},
		"a 404 without words":         {[]answer{{status: 404}}, false, "HTTP 404"},
		"a 404 of a gateway":          {[]answer{{status: 404, body: "<h1>Not Found</h1>"}}, false, "HTTP 404"},
		"a 405":                       {[]answer{{status: 405, body: "no"}}, false, "HTTP 405"},
		"a 403":                       {[]answer{{status: 403, body: "no"}}, false, "HTTP 403"},
		"no secrets":                  {[]answer{secretsOf()}, false, "it has no secrets"},
		"no list":                     {[]answer{ok(`{}`)}, false, "it has no secrets"},
		"a malformed one":             {[]answer{secretsOf(otherSecret, `7`), gone}, true, "not found"},
		"a malformed one is this":     {[]answer{secretsOf(otherSecret, `7`), ok(oldSecret)}, false, ""},
		"a malformed one, no account": {[]answer{secretsOf(otherSecret, `7`), wrongKey}, false, "does not exist"},
		"a malformed one, another":    {[]answer{secretsOf(otherSecret, `7`), ok(newSecret)}, false, "it is about secret"},
		"it is malformed":             {[]answer{secretsOf(`{"id":"old","created_at":[]}`)}, false, "created_at"},
		"another is malformed":        {[]answer{secretsOf(`{"id":"other","created_at":{}}`, oldSecret)}, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api, client := newScript(t, test.answers...)
			_, err := client.Secrets.Get(t.Context(), "abcd1234", "old")
			if (err != nil) != (test.fails != "") || err != nil && !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(test.fails)) {
				t.Errorf("got %v, want %q", err, test.fails)
			}
			if vonage.IsNotFound(err) != test.gone {
				t.Errorf("gone: %t, %v", vonage.IsNotFound(err), err)
			}
			api.requests()
		})
	}
}

// TestSecretsAreReadOnce: any number of readers of one account's secrets share one call, also with those of other accounts.
func TestSecretsAreReadOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := newEmulated(t, documented)
		key := e.APIKey()
		var known vonage.Secret
		for secret, err := range e.client.Secrets.List(t.Context(), key) {
			if known = secret; err != nil {
				t.Fatal(err)
			}
		}
		inParallel(200, func(int) {
			if _, err := e.client.Secrets.Get(t.Context(), key, known.ID); err != nil {
				t.Error(err)
			}
		})
		if calls := e.called(t, http.MethodGet); calls != 1 {
			t.Errorf("%d calls", calls)
		}
	})
}

func respond(req *http.Request, body string) *http.Response {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: req}
}

// TestAccountWritesTakeTurns: writes to one account come one at a time, whatever they write; those to others do not wait.
func TestAccountWritesTakeTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		under, most := map[string]int{}, map[string]int{}
		count := func(account string, change int) {
			mu.Lock()
			defer mu.Unlock()
			under[account] += change
			most[account] = max(most[account], under[account])
		}
		client := vonage.New(vonage.Config{
			APIURL: "https://api.example", RESTURL: "https://rest.example",
			Account: func(context.Context) (vonage.Account, error) { return vonage.Account{APIKey: "k", APISecret: "s"}, nil },
			Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
				if req.Method == http.MethodGet {
					return respond(req, secretsOf(oldSecret).body), nil
				}
				account := strings.TrimSuffix(strings.TrimPrefix(req.URL.Path, "/accounts/"), "/secrets")
				if req.URL.Path == "/account/settings" {
					account = "k"
				}
				count(account, 1)
				<-time.After(time.Second)
				count(account, -1)
				return respond(req, `{"id":"new","mo-callback-url":"https://h"}`), nil
			}),
		})
		start := time.Now()
		done := make(chan error)
		for range 3 {
			go func() {
				_, err := client.Secrets.Create(t.Context(), "k", "Abcdefg1")
				done <- err
			}()
		}
		go func() {
			_, err := client.Account.ChangeSettings(t.Context(), vonage.SettingsChange{MOCallbackURL: new("https://h")})
			done <- err
		}()
		go func() {
			_, err := client.Secrets.Create(t.Context(), "sub", "Abcdefg1")
			done <- err
		}()
		for range 5 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(start); took != 4*time.Second || most["k"] != 1 || most["sub"] != 1 {
			t.Errorf("it took %s, with %v at a time", took, most)
		}
	})
}
