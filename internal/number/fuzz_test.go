// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/malformed"
	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// answer is an API that gives the same response to every request.
type answer string

func (a answer) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(string(a)))}, nil
}

const fullAnswer = `{"count":1,"numbers":[{"country":"GB","msisdn":"447700900001","type":"mobile-lvn","features":["VOICE","SMS","SMS"],
 "limitations":[{"feature":"SMS","type":"OUTBOUND","reach":"DOMESTIC"},{"feature":"SMS","type":"OUTBOUND","reach":"DOMESTIC"}],
 "cost":"0.83","initialPrice":1.50,"moHttpUrl":"https://h","voiceCallbackType":"sip","voiceCallbackValue":"sip:a@h","app_id":"` + ours + `"}]}`

// answerCheck returns a check that the states made from a response are complete, and that writing them back changes
// nothing.
func answerCheck(ctx context.Context) func(t *testing.T, body string) {
	resource, link := tfsdk.State{Schema: numberSchema(ctx)}, tfsdk.State{Schema: linkSchema(ctx)}
	var owned, available datasource.SchemaResponse
	NewPluralDataSource().Schema(ctx, datasource.SchemaRequest{}, &owned)
	NewAvailableDataSource().Schema(ctx, datasource.SchemaRequest{}, &available)
	return func(t *testing.T, body string) {
		t.Helper()
		client := vonage.New(vonage.Config{RESTURL: "http://127.0.0.1", Transport: answer(body), Account: noAccount})
		for number, err := range client.Numbers.List(t.Context(), vonage.ListNumbersOptions{}) {
			if err != nil {
				break
			}
			model := newNumberModel(number, numberModel{Timeouts: framework.NoTimeouts()})
			malformed.Fits(t, body, resource, model)
			malformed.Fits(t, body, link, newLinkModel(number, linkModel{Timeouts: framework.NoTimeouts()}))
			malformed.Fits(t, body, tfsdk.State{Schema: owned.Schema}, numbersModel{Features: types.SetNull(types.StringType), Numbers: []ownedModel{newOwnedModel(number)}})
			if diff := cmp.Diff(number.Settings(), model.toRequest(number, numberModel{})); diff != "" {
				t.Errorf("writing back %s changes it:\n%s", body, diff)
			}
			break // the others look the same, and the response may refer to further pages forever
		}
		found := map[vonage.NumberKey]vonage.AvailableNumber{}
		for number, err := range client.Numbers.Search(t.Context(), vonage.SearchNumbersOptions{Country: "GB"}) {
			if err != nil || len(found) > 0 {
				break
			}
			found[number.Key()] = number
		}
		offers := cheapest(found, schematype.Int64{})
		malformed.Fits(t, body, tfsdk.State{Schema: available.Schema}, availableModel{Features: types.SetNull(types.StringType), Numbers: offers})
	}
}

func noAccount(context.Context) (vonage.Account, error) { return vonage.Account{}, nil }

func FuzzState(f *testing.F) {
	for _, seed := range []string{
		fullAnswer, `{"numbers":[{"country":"gb","msisdn":"4477009\u00e9"}]}`, `{"numbers":[{"country":"GB","msisdn":"1234567","cost":1e1000000}]}`,
		`{"numbers":[{"country":"GB","msisdn":63027,"type":"mobile-shortcode","features":{},"app_id":"no UUID"}]}`,
	} {
		f.Add(seed)
	}
	check := answerCheck(f.Context())
	f.Fuzz(check)
}

func TestMalformedAnswersMakeWholeStates(t *testing.T) {
	t.Parallel()
	check := answerCheck(t.Context())
	for body := range malformed.Documents(fullAnswer) {
		check(t, body)
	}
}

// FuzzDisplayName checks that display names are valid text, whatever a number looks like.
func FuzzDisplayName(f *testing.F) {
	for _, seed := range []string{"447700900001", "", "1", "4", "\u00e9\u00e9\u00e9", "35\u00e9", "\u00e9"} {
		f.Add(seed, "GB")
	}
	f.Fuzz(func(t *testing.T, msisdn, country string) {
		number := vonage.Number{MSISDN: strings.ToValidUTF8(msisdn, ""), Country: strings.ToValidUTF8(country, "")}
		for _, name := range []string{numberDisplayName(number), linkDisplayName(number)} {
			if !utf8.ValidString(name) || !strings.Contains(unspaced(name), unspaced(number.MSISDN)) {
				t.Errorf("%q is shown as %q", number.MSISDN, name)
			}
		}
	})
}

func unspaced(text string) string { return strings.Join(strings.Fields(text), "") }
