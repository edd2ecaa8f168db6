// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"iter"
	"maps"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const (
	basic  = "Basic YWJjZDEyMzQ6czNjcjpldA=="
	bearer = "Bearer TOKEN"
	asJSON = "application/json"
	asForm = "application/x-www-form-urlencoded"
)

// wired is one operation of the client: the responses it gets, its expected result, and every request it must send.
type wired struct {
	answers []answer
	call    func(context.Context, *vonage.Client) (any, error)
	want    any
	sent    []received
}

// contracts has a method for each service whose operations are beside its other tests, so that a new one only needs its file.
type contracts struct{}

func collect[T any](items iter.Seq2[T, error]) (any, error) {
	all := []T{}
	for item, err := range items {
		if err != nil {
			return nil, err
		}
		all = append(all, item)
	}
	return all, nil
}

// wire returns every operation, as the Application API 2.4.1, the Numbers API 1.1.0, the Conversation API 5.5.1, the
// Voice API 1.10.0, the Subaccounts API 1.0.8, the Account API 1.0.4, the Pricing API 0.0.3, the Programmable SIP API 1.2.0 and
// the External Accounts API 0.1.6 describe it.
func wire(t *testing.T) map[string]wired {
	t.Helper()
	public := publicPEM(t, testKey())
	written := `"name":"demo","keys":{"public_key":` + quote(public) + `},"privacy":{"improve_ai":false},"capabilities":{"vbc":{}}}`
	application := `{"id":"a1",` + written
	written = `{` + written
	const (
		owned = `{"count":1,"numbers":[{"country":"GB","msisdn":"447700900001","type":"mobile-lvn","features":["SMS"],` +
			`"voiceCallbackType":"app","voiceCallbackValue":"a1","app_id":"a1"}]}`
		toRent = `{"count":1,"numbers":[{"country":"GB","msisdn":"447700900001","type":"mobile-lvn","features":["SMS"],` +
			`"cost":"1.00","initialPrice":"0.50"}]}`
		byDigits = "country=GB&index=1&pattern=447700900001&search_pattern=1&size=100"
	)
	demo := vonage.Application{
		ID: "a1", Name: "demo", Keys: vonage.Keys{PublicKey: public}, Privacy: improveAI(false),
		Capabilities: vonage.Capabilities{VBC: &vonage.VBC{}},
	}
	linked := vonage.Number{Country: "GB", MSISDN: "447700900001", Type: "mobile-lvn", Features: []string{"SMS"}, ApplicationID: "a1"}
	found := map[string][]vonage.Found{"447700900001": {{Number: linked}}}
	onOffer := vonage.AvailableNumber{
		Country: "GB", MSISDN: "447700900001", Type: "mobile-lvn", Features: []string{"SMS"}, MonthlyCost: "1.00", InitialCost: "0.50",
	}
	get := func(path, query, authorization string) received {
		return received{Method: "GET", Path: path, Query: query, Authorization: authorization}
	}
	post := func(path, kind, authorization, body string) received {
		return received{Method: "POST", Path: path, ContentType: kind, Authorization: authorization, Body: body}
	}
	one := func(item any, err error) (any, error) { return item, err }
	calls := map[string]wired{
		"Applications.Get": {
			[]answer{ok(application)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return one(c.Applications.Get(ctx, "a1")) },
			demo,
			[]received{get("/v2/applications/a1", "", basic)},
		},
		"Applications.List": {
			[]answer{ok(`{"page_size":100,"page":1,"total_items":1,"total_pages":1,"_embedded":{"applications":[` + application + `]}}`)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return collect(c.Applications.List(ctx)) },
			[]vonage.Application{demo},
			[]received{get("/v2/applications", "page=1&page_size=100", basic)},
		},
		"Applications.Create": {
			[]answer{{status: http.StatusCreated, body: application}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return one(c.Applications.Create(ctx, demo))
			},
			vonage.WrittenApplication{Application: demo},
			[]received{post("/v2/applications", asJSON, basic, written)},
		},
		"Applications.Update": {
			[]answer{ok(`{"id":"a1","name":"old","keys":{"public_key":` + quote(public) + `}}`), ok(application)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return one(c.Applications.Update(ctx, "a1", demo))
			},
			vonage.WrittenApplication{Application: demo},
			[]received{
				get("/v2/applications/a1", "", basic),
				{Method: "PUT", Path: "/v2/applications/a1", ContentType: asJSON, Authorization: basic, Body: written},
			},
		},
		"Applications.Delete": {
			[]answer{{status: http.StatusNoContent}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return nil, c.Applications.Delete(ctx, "a1")
			},
			nil,
			[]received{{Method: "DELETE", Path: "/v2/applications/a1", Authorization: basic}},
		},
		"Numbers.List": {
			[]answer{ok(owned)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return collect(c.Numbers.List(ctx, vonage.ListNumbersOptions{Country: "GB", HasApplication: new(true)}))
			},
			[]vonage.Number{linked},
			[]received{get("/account/numbers", "country=GB&has_application=true&index=1&size=100", basic)},
		},
		"Numbers.Find": {
			[]answer{ok(owned)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return one(c.Numbers.Find(ctx, "447700900001"))
			},
			[]vonage.Number{linked},
			[]received{get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic)},
		},
		"Numbers.Get": {
			[]answer{ok(owned)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return one(c.Numbers.Get(ctx, number)) },
			linked,
			[]received{get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic)},
		},
		"Numbers.Known": {
			[]answer{ok(owned)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				_, err := c.Numbers.Find(ctx, "447700900001") // the only call
				known, _ := c.Numbers.Known(number)
				return known, err
			},
			linked,
			[]received{get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic)},
		},
		"Numbers.FindAll": {
			[]answer{ok(owned)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return one(c.Numbers.FindAll(ctx, []string{"447700900001"}))
			},
			found,
			[]received{get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic)},
		},
		"Numbers.FindAllLatest": {
			[]answer{ok(owned)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return one(c.Numbers.FindAllLatest(ctx, []string{"447700900001"}))
			},
			found,
			[]received{get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic)},
		},
		"Numbers.AwaitAllListed": {
			[]answer{ok(owned)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return one(c.Numbers.AwaitAllListed(ctx, []string{"447700900001"}))
			},
			found,
			[]received{get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic)},
		},
		"Numbers.KnownAll": {
			[]answer{ok(owned)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				_, err := c.Numbers.Find(ctx, "447700900001") // the only call
				return c.Numbers.KnownAll("447700900001"), err
			},
			found["447700900001"],
			[]received{get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic)},
		},
		"Numbers.LinkedTo": {
			[]answer{ok(owned)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return one(c.Numbers.LinkedTo(ctx, linked.ApplicationID))
			},
			[]vonage.Number{linked},
			[]received{get("/account/numbers", "index=1&size=100", basic)},
		},
		"Numbers.Batch": {
			nil,
			func(ctx context.Context, c *vonage.Client) (any, error) {
				c.Numbers.Batch(ctx)()
				return nil, nil //nolint:nilnil // it returns nothing
			},
			nil,
			nil,
		},
		"Numbers.TimeToRead": {
			nil,
			func(_ context.Context, c *vonage.Client) (any, error) { return c.Numbers.TimeToRead(5000), nil },
			time.Duration(0), // without a limit
			nil,
		},
		"Numbers.TimeToWrite": {
			nil,
			func(_ context.Context, c *vonage.Client) (any, error) { return c.Numbers.TimeToWrite(5000), nil },
			time.Duration(0), // without a limit
			nil,
		},
		"Numbers.AwaitListed": {
			[]answer{ok(owned)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return one(c.Numbers.AwaitListed(ctx, number))
			},
			linked,
			[]received{get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic)},
		},
		"Numbers.Update": {
			[]answer{ok(`{"count":1,"numbers":[{"country":"GB","msisdn":"447700900001","type":"mobile-lvn","features":["SMS"]}]}`), ok(success)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return one(c.Numbers.Update(ctx, number, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "a1" })))
			},
			linked,
			[]received{
				get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic),
				post("/number/update", asForm, basic, "app_id=a1&country=GB&moHttpUrl=&msisdn=447700900001"),
			},
		},
		"Numbers.Latest": {
			[]answer{ok(owned)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return one(c.Numbers.Latest(ctx, number)) },
			linked,
			[]received{get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic)},
		},
		"Numbers.UpdateLatest": {
			[]answer{ok(owned), ok(success)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return one(c.Numbers.UpdateLatest(ctx, number, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "" })))
			},
			vonage.Number{Country: "GB", MSISDN: "447700900001", Type: "mobile-lvn", Features: []string{"SMS"}},
			[]received{
				get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic),
				post("/number/update", asForm, basic, "country=GB&moHttpUrl=&msisdn=447700900001"),
			},
		},
		"Numbers.Overwritten": {
			[]answer{ok(owned), ok(success)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				_, err := c.Numbers.UpdateLatest(ctx, number, keep(func(s *vonage.NumberSettings) { s.ApplicationID = "" })) // the only calls
				return c.Numbers.Overwritten(number), err
			},
			false,
			[]received{
				get("/account/numbers", "index=1&pattern=447700900001&search_pattern=1&size=100", basic),
				post("/number/update", asForm, basic, "country=GB&moHttpUrl=&msisdn=447700900001"),
			},
		},
		"Numbers.Search": {
			[]answer{ok(toRent)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return collect(c.Numbers.Search(ctx, vonage.SearchNumbersOptions{Country: "GB", Features: []string{"VOICE", "SMS"}}))
			},
			[]vonage.AvailableNumber{onOffer},
			[]received{get("/number/search", "country=GB&features=SMS%2CVOICE&index=1&size=100", basic)},
		},
		"Numbers.Offer": {
			[]answer{ok(toRent)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return one(c.Numbers.Offer(ctx, number)) },
			onOffer,
			[]received{get("/number/search", byDigits, basic)},
		},
		"Numbers.Buy": {
			[]answer{ok(success)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				bought, _, err := c.Numbers.Buy(ctx, onOffer, "sub12345")
				return bought, err
			},
			vonage.Number{Country: "GB", MSISDN: "447700900001", Type: "mobile-lvn", Features: []string{"SMS"}},
			[]received{post("/number/buy", asForm, basic, "country=GB&msisdn=447700900001&target_api_key=sub12345")},
		},
		"Numbers.Cancel": {
			[]answer{ok(success)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return nil, c.Numbers.Cancel(ctx, number, "")
			},
			nil,
			[]received{post("/number/cancel", asForm, basic, "country=GB&msisdn=447700900001")},
		},
		"Calls.Create": {
			[]answer{{status: http.StatusCreated, body: `{"uuid":"U","status":"started","direction":"outbound","conversation_uuid":"CON-1"}`}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return one(c.Calls.Create(ctx, vonage.NewCall{
					To: []vonage.CallEndpoint{{
						Type: "sip", URI: "sip:a@b", Headers: map[string]string{"X-a": "b"}, StandardHeaders: map[string]string{"User-to-User": "c"},
					}},
					RandomFromNumber: true, AnswerURL: []string{"https://h"},
					AdvancedMachineDetection: &vonage.AdvancedMachineDetection{Behavior: "hangup", Mode: "detect", BeepTimeout: 45},
				}))
			},
			vonage.Call{UUID: "U", Status: "started", ConversationUUID: "CON-1"},
			[]received{post("/v1/calls", asJSON, bearer,
				`{"to":[{"type":"sip","uri":"sip:a@b","headers":{"X-a":"b"},"standard_headers":{"User-to-User":"c"}}],`+
					`"random_from_number":true,"answer_url":["https://h"],`+
					`"advanced_machine_detection":{"behavior":"hangup","mode":"detect","beep_timeout":45}}`)},
		},
		"Calls.Get": {
			[]answer{ok(`{"uuid":"U","status":"completed","conversation_uuid":"CON-1","rate":"0.01270000"}`)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return one(c.Calls.Get(ctx, "U")) },
			vonage.Call{UUID: "U", Status: "completed", ConversationUUID: "CON-1"},
			[]received{get("/v1/calls/U", "", bearer)},
		},
		"Conversations.Get": {
			[]answer{
				ok(`{"id":"CON-1","name":"standup","state":"ACTIVE"}`),
				ok(`{"page_size":100,"_embedded":{"members":[{"id":"MEM-1","state":"JOINED"}]},"_links":{}}`),
				ok(`{"id":"MEM-1","state":"JOINED","_embedded":{"user":{"id":"USR-1","name":"alice"}}}`),
			},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				got, err := c.Conversations.Get(ctx, vonage.ConversationQuery{ID: "CON-1"})
				got.Raw = nil // the document as received
				return got, err
			},
			vonage.Conversation{
				ID: "CON-1", Name: new("standup"), State: new("ACTIVE"),
				Members: []vonage.Member{{ID: "MEM-1", State: new("JOINED"), UserID: new("USR-1"), Name: new("alice")}},
			},
			[]received{
				get("/v1/conversations/CON-1", "", bearer), get("/v1/conversations/CON-1/members", "page_size=100", bearer),
				get("/v1/conversations/CON-1/members/MEM-1", "", bearer),
			},
		},
	}
	for _, method := range reflect.ValueOf(contracts{}).Methods() {
		further, _ := reflect.TypeAssert[map[string]wired](method.Call(nil)[0])
		maps.Copy(calls, further)
	}
	return calls
}

// TestEveryCallOnTheWire: every operation sends exactly what its API expects, and decodes the response.
func TestEveryCallOnTheWire(t *testing.T) {
	t.Parallel()
	for name, test := range wire(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vonageAPI, client := newScript(t, test.answers...)
			got, err := test.call(t.Context(), client)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("understood (-want +got):\n%s", diff)
			}
			sent := vonageAPI.requests()
			for i := range min(len(sent), len(test.sent)) {
				if sent[i].ContentType == asJSON {
					sameJSON(t, sent[i].Body, test.sent[i].Body)
					sent[i].Body = test.sent[i].Body
				}
			}
			if diff := cmp.Diff(test.sent, sent); diff != "" {
				t.Errorf("sent (-want +got):\n%s", diff)
			}
		})
	}
}

// TestEveryCallIsPinned fails for an operation that wire does not cover.
func TestEveryCallIsPinned(t *testing.T) {
	t.Parallel()
	pinned := wire(t)
	_, client := newScript(t)
	for field, service := range reflect.ValueOf(*client).Fields() {
		if !field.IsExported() {
			continue
		}
		for method := range service.Type().Methods() {
			if _, known := pinned[field.Name+"."+method.Name]; !known {
				t.Errorf("%s.%s is not pinned", field.Name, method.Name)
			}
		}
	}
}
