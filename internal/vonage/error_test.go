// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// TestErrorsOfEveryFamily decodes each error format that the specifications and SDKs of Vonage show.
func TestErrorsOfEveryFamily(t *testing.T) {
	t.Parallel()
	const unexplained = "Vonage answered without an explanation: HTTP "
	for name, test := range map[string]struct {
		answer answer
		want   vonage.Error
		text   string
	}{
		"problem as the live API sent it": {
			answer{status: 400, body: `{"type":"https://developer.nexmo.com/api-errors/application#payload-validation",
			  "instance":"023ddcf9-f031-4800-934f-097f2caf46c7","title":"Bad Request","detail":"connection_timeout is not a known json property"}`},
			vonage.Error{
				Status: 400, Code: "payload-validation", Title: "Bad Request", Detail: "connection_timeout is not a known json property",
				Instance: "023ddcf9-f031-4800-934f-097f2caf46c7",
			},
			"Bad Request: connection_timeout is not a known json property (code payload-validation, instance 023ddcf9-f031-4800-934f-097f2caf46c7)",
		},
		"problem with parameters and a request id": {
			answer{
				status: 400, header: http.Header{"X-Request-Id": {"R-1"}, "Content-Type": {"application/problem+json"}},
				body: `{"type":"https://developer.vonage.com/api-errors/application#payload-validation","title":"Bad Request",
			  "detail":"The request failed","invalid_parameters":[{"name":"capabilities.voice","reason":"must be an object"}]}`,
			},
			vonage.Error{
				Status: 400, Code: "payload-validation", Title: "Bad Request", Detail: "The request failed", RequestID: "R-1",
				InvalidParameters: []vonage.InvalidParameter{{Name: "capabilities.voice", Reason: "must be an object"}},
			},
			"Bad Request: The request failed; capabilities.voice: must be an object (code payload-validation, request id R-1)",
		},
		"Conversation": {
			answer{status: 404, body: `{"title":"Not found.","type":"https://developer.nexmo.com/api/conversation#conversation:error:not-found",
			 "code":"conversation:error:not-found","detail":"Conversation does not exist, or you do not have access.","instance":"00a5"}`},
			vonage.Error{
				Status: 404, Code: "conversation:error:not-found", Title: "Not found.",
				Detail: "Conversation does not exist, or you do not have access.", Instance: "00a5",
			},
			"Not found: Conversation does not exist, or you do not have access. (code conversation:error:not-found, instance 00a5)",
		},
		"words that repeat secrets": {
			answer{status: 400, body: `{"title":"Use basic authentication","detail":"https://user:pa55@h.test is not reachable",
			 "invalid_parameters":[{"name":"redirect_uri","reason":"eyJhbGciOiJSUzI1NiJ9.eyJh.c2ln is no URL"}]}`},
			vonage.Error{
				Status: 400, Title: "Use basic authentication", Detail: "https(redacted)h.test is not reachable",
				InvalidParameters: []vonage.InvalidParameter{{Name: "redirect_uri", Reason: "(redacted) is no URL"}},
			},
			"Use basic authentication: https(redacted)h.test is not reachable; redirect_uri: (redacted) is no URL",
		},
		"Numbers": {
			answer{status: 401, body: `{"error-code":"401","error-code-label":"authentication failed"}`},
			vonage.Error{Status: 401, Code: "401", Detail: "authentication failed"},
			"authentication failed (code 401)",
		},
		"Numbers inside HTTP 200": {
			answer{status: 200, body: `{"error-code":"420","error-code-label":"method failed"}`},
			vonage.Error{Status: 200, Code: "420", Detail: "method failed"},
			"method failed (code 420)",
		},
		"Numbers with a number": {
			answer{status: 420, body: `{"error-code":420,"error-code-label":"method failed"}`},
			vonage.Error{Status: 420, Code: "420", Detail: "method failed"},
			"method failed (code 420)",
		},
		"Voice, old style": {
			answer{status: 400, body: `{"type":"BAD_REQUEST","error_title":"Bad thing","description":"why"}`},
			vonage.Error{Status: 400, Title: "Bad thing", Detail: "why"},
			"Bad thing: why",
		},
		"malformed members": {
			answer{status: 400, body: `{"title":7,"detail":"the rest is still read","invalid_parameters":{"a":1},"code":null}`},
			vonage.Error{Status: 400, Detail: "the rest is still read"},
			"the rest is still read",
		},
		"HTML":          {answer{status: 502, body: `<html>`}, vonage.Error{Status: 502}, unexplained + "502 Bad Gateway"},
		"empty":         {answer{status: 429}, vonage.Error{Status: 429}, unexplained + "429 Too Many Requests"},
		"unknown":       {answer{status: 420}, vonage.Error{Status: 420}, unexplained + "420"},
		"not an object": {answer{status: 403, body: `["no"]`}, vonage.Error{Status: 403}, unexplained + "403 Forbidden"},
		"not modified":  {answer{status: 304}, vonage.Error{Status: 304}, unexplained + "304 Not Modified"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, client := newScript(t, test.answer)
			_, err := client.Applications.Get(t.Context(), "A")
			var apiError *vonage.Error
			if !errors.As(err, &apiError) {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(test.want, *apiError); diff != "" {
				t.Error(diff)
			}
			if apiError.Error() != test.text || !strings.HasPrefix(err.Error(), "reading application A: ") {
				t.Errorf("reads %q", err)
			}
			if vonage.IsNotFound(err) != (test.want.Status == 404) {
				t.Errorf("IsNotFound is wrong about %v", err)
			}
		})
	}
}

// TestValidationDetailsInEverySpelling: whatever the members are called, an error has the API's own words about each parameter. One that is malformed does not hide
// the others.
func TestValidationDetailsInEverySpelling(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		members string // of the problem
		want    []vonage.InvalidParameter
		text    string
	}{
		"name and reason (Account API 1.0.4, Subaccounts API 1.0.8, Verify API 2.0)": {
			`"invalid_parameters":[{"name":"secret","reason":"Does not meet complexity requirements"},{"name":"name","reason":"is too long"}]`,
			[]vonage.InvalidParameter{{Name: "secret", Reason: "Does not meet complexity requirements"}, {Name: "name", Reason: "is too long"}},
			"; secret: Does not meet complexity requirements; name: is too long",
		},
		"code, field and description (10DLC API 1.0.3)": {
			`"invalid_parameters":[{"code":112,"field":"acl","description":"too many entries"}]`,
			[]vonage.InvalidParameter{{Name: "acl", Reason: "too many entries"}},
			"; acl: too many entries",
		},
		"invalid_params (External Accounts API 0.1.6)": {
			`"invalid_params":[{"name":"external_id","reason":"must be present"}]`,
			[]vonage.InvalidParameter{{Name: "external_id", Reason: "must be present"}},
			"; external_id: must be present",
		},
		"parameter and message (Pricing API 0.0.3)": {
			`"invalid_parameters":{"parameter":"country","message":"Is required."}`,
			[]vonage.InvalidParameter{{Name: "country", Reason: "Is required."}},
			"; country: Is required.",
		},
		"a list of parameter and message": {
			`"invalid_parameters":[{"parameter":"country","message":"Is required."}]`,
			[]vonage.InvalidParameter{{Name: "country", Reason: "Is required."}},
			"; country: Is required.",
		},
		"reasons by name (Account API 1.0.4)": {
			`"invalid_parameters":{"trx":"Is required.","amount":"Is negative."}`,
			[]vonage.InvalidParameter{{Name: "amount", Reason: "Is negative."}, {Name: "trx", Reason: "Is required."}},
			"; amount: Is negative.; trx: Is required.",
		},
		"malformed entries among others": {
			`"invalid_parameters":[null,7,{},{"name":["a"],"reason":"is odd"},{"name":"acl","reason":{}},{"name":"tls","reason":"is unknown"}]`,
			[]vonage.InvalidParameter{{Reason: "is odd"}, {Name: "acl"}, {Name: "tls", Reason: "is unknown"}},
			"; is odd; acl; tls: is unknown",
		},
		"malformed reasons by name": {
			`"invalid_parameters":{"amount":7,"trx":"Is required."}`, []vonage.InvalidParameter{{Name: "trx", Reason: "Is required."}}, "; trx: Is required.",
		},
		"neither a list nor an object": {`"invalid_parameters":"trx"`, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, client := newScript(t, answer{status: 422, body: `{"title":"Invalid request",` + test.members + `}`})
			_, err := client.Secrets.Get(t.Context(), "abcd1234", "S")
			apiError, ok := errors.AsType[*vonage.Error](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(test.want, apiError.InvalidParameters); diff != "" {
				t.Error(diff)
			}
			if got, want := apiError.Error(), "Invalid request"+test.text; got != want {
				t.Errorf("reads %q, not %q", got, want)
			}
		})
	}
}

// TestErrorCodeInsideAnotherDocument: an "error-code" member in another document is not a refusal of the Numbers API.
func TestErrorCodeInsideAnotherDocument(t *testing.T) {
	t.Parallel()
	_, client := newScript(t, ok(`{"id":"A","name":"my \"error-code\" app"}`), ok(`{"id":"A","name":"n","error-code":"200"}`))
	for range 2 {
		if _, err := client.Applications.Get(t.Context(), "A"); err != nil {
			t.Error(err)
		}
	}
}
