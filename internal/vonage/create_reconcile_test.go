// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	reset   = answer{err: &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}}
	refused = answer{err: &net.OpError{Op: "dial", Err: errors.New("connection refused")}}
)

// listed returns a list of applications; each argument is "id name key".
func listed(applications ...string) answer {
	var entries []string
	for _, application := range applications {
		part := strings.SplitN(application, " ", 3)
		entries = append(entries, `{"id":"`+part[0]+`","name":"`+part[1]+`","keys":{"public_key":`+quote(part[2])+`}}`)
	}
	return ok(`{"total_pages":1,"_embedded":{"applications":[` + strings.Join(entries, ",") + `]}}`)
}

// TestCreateThatWasCutOff: if it is unclear whether an application was created, the client sends no second POST and
// looks for the application in the list.
func TestCreateThatWasCutOff(t *testing.T) {
	t.Parallel()
	public, other := publicPEM(t, testKey()), publicPEM(t, otherKey())
	rewrapped := strings.ReplaceAll(public, "\n", "\r\n") + "\n"
	for name, open := range map[string]answer{
		"connection reset": reset,
		"server error":     {status: http.StatusInternalServerError},
		"HTML":             {status: http.StatusBadGateway, body: "<html>"},
		"cut off":          {status: http.StatusCreated, body: `{"id":"new","na`},
		"empty":            {status: http.StatusCreated},
		"garbage":          {status: http.StatusOK, body: "garbage"},
		"no id":            {status: http.StatusCreated, body: `{"name":"demo"}`},
		"of another key":   {status: http.StatusCreated, body: `{"id":"x","keys":{"public_key":` + quote(other) + `}}`},
		"too long":         {status: http.StatusCreated, body: strings.Repeat(" ", 33<<20)},
		"broken off":       {err: io.ErrUnexpectedEOF},
		"hanging":          {hang: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				vonageAPI, client := newMemoryScript(t, 4, open, listed("a demo "+other, "b else "+public, "c demo "+rewrapped))
				got, err := client.Applications.Create(t.Context(), vonage.Application{Name: "demo", Keys: vonage.Keys{PublicKey: public}})
				if err != nil || got.ID != "c" {
					t.Errorf("Create gave %+v, %v", got, err)
				}
				if diff := cmp.Diff([]string{"POST /v2/applications", "GET /v2/applications"}, vonageAPI.log()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestCreateThatWasCutOffIsLookedForAgain(t *testing.T) {
	t.Parallel()
	public := publicPEM(t, testKey())
	want := vonage.Application{Name: "demo", Keys: vonage.Keys{PublicKey: public}}
	for name, test := range map[string]struct {
		answers []answer
		found   string
		problem string
		took    time.Duration
	}{
		"shown late":   {[]answer{reset, listed(), listed(), listed("new demo " + public)}, "new", "", 3 * time.Second},
		"never shown":  {[]answer{reset, listed(), listed(), listed(), listed()}, "", "no application carries it", 7 * time.Second},
		"shown twice":  {[]answer{reset, listed("a demo "+public, "b demo "+public)}, "", "2 applications", 0},
		"list refused": {[]answer{reset, {status: http.StatusForbidden}}, "", "403", 0},
		"list hanging": {[]answer{reset, {hang: true}}, "", "looking for it", 30 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				vonageAPI, client := newMemoryScript(t, 0, test.answers...)
				got, err := client.Applications.Create(t.Context(), want)
				var unknown *vonage.UnknownOutcomeError
				if got.ID != test.found || (err == nil) != (test.found != "") || err != nil &&
					(!errors.As(err, &unknown) || !strings.Contains(err.Error(), test.problem) ||
						!strings.Contains(err.Error(), "connection reset") || vonage.IsNotFound(err)) {
					t.Errorf("Create gave %+v, %v", got, err)
				}
				if took := time.Since(start); took != test.took {
					t.Errorf("it took %s", took)
				}
				for i, call := range vonageAPI.log() {
					if strings.HasPrefix(call, "POST") != (i == 0) {
						t.Errorf("call %d is %s", i+1, call)
					}
				}
			})
		})
	}
}

// TestCreateThatDidNothing: an application that cannot have been created is not looked for, and may be sent again.
func TestCreateThatDidNothing(t *testing.T) {
	t.Parallel()
	public := publicPEM(t, testKey())
	made := answer{status: http.StatusCreated, body: `{"id":"new","name":"demo"}`}
	again, once := []string{"POST /v2/applications", "POST /v2/applications"}, []string{"POST /v2/applications"}
	for name, test := range map[string]struct {
		answers []answer
		calls   []string
		created bool
	}{
		"nothing was sent": {[]answer{refused, made}, again, true},
		"throttled":        {[]answer{{status: http.StatusTooManyRequests}, made}, again, true},
		"refused":          {[]answer{{status: http.StatusBadRequest}}, once, false},
		"unauthorized":     {[]answer{{status: http.StatusUnauthorized}}, once, false},
		"redirected": {
			[]answer{{status: http.StatusTemporaryRedirect, header: http.Header{"Location": {"https://elsewhere/"}}}}, once, false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				vonageAPI, client := newMemoryScript(t, 4, test.answers...)
				got, err := client.Applications.Create(t.Context(), vonage.Application{Name: "demo", Keys: vonage.Keys{PublicKey: public}})
				var unknown *vonage.UnknownOutcomeError
				if (err == nil) != test.created || (got.ID == "new") != test.created || errors.As(err, &unknown) {
					t.Errorf("Create gave %+v, %v", got, err)
				}
				if diff := cmp.Diff(test.calls, vonageAPI.log()); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// TestCreateAdoptsNobodyElses: several applications can share a key that the user provides, so Create must not adopt
// one that is already managed.
func TestCreateAdoptsNobodyElses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		public := publicPEM(t, testKey())
		mine := `{"id":"mine","name":"demo","keys":{"public_key":` + quote(public) + `}}`
		_, client := newMemoryScript(t, 0,
			ok(mine), reset, listed("mine demo "+public, "new demo "+public),
			reset, listed("mine demo "+public, "new demo "+public), listed("mine demo "+public, "new demo "+public, "newer demo "+public))
		if _, err := client.Applications.Get(t.Context(), "mine"); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"new", "newer"} {
			got, err := client.Applications.Create(t.Context(), vonage.Application{Name: "demo", Keys: vonage.Keys{PublicKey: public}})
			if err != nil || got.ID != want {
				t.Errorf("Create gave %+v, %v, want %s", got, err, want)
			}
		}
	})
}

// TestCreateCancelled: before the POST, cancelling stops everything; after it, the outcome is determined
// nevertheless.
func TestCreateCancelled(t *testing.T) {
	t.Parallel()
	public := publicPEM(t, testKey())
	want := vonage.Application{Name: "demo", Keys: vonage.Keys{PublicKey: public}}
	t.Run("before", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		vonageAPI, client := newMemoryScript(t, 4)
		if _, err := client.Applications.Create(ctx, want); !errors.Is(err, context.Canceled) {
			t.Errorf("Create gave %v", err)
		}
		vonageAPI.requests()
	})
	t.Run("while it was made", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		vonageAPI, client := newMemoryScript(t, 4,
			answer{err: reset.err, before: cancel}, listed("new demo "+public))
		if got, err := client.Applications.Create(ctx, want); err != nil || got.ID != "new" {
			t.Errorf("Create gave %+v, %v", got, err)
		}
		vonageAPI.requests()
	})
}
