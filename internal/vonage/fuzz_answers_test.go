// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"maps"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/malformed"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// reading calls every operation of one API on a server that gives the same answer to every request.
type reading func(t *testing.T, client *vonage.Client, body string)

// answers limits how often the server gives its response, because the response may link to a next page endlessly. Every
// answers-th answer is an empty object.
const answers = 12

func (r reading) from(t *testing.T, status int, body string) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Logf("by HTTP %d %s", status, body)
		}
	}()
	synctest.Test(t, func(t *testing.T) { // fake clock, so that waits take no time
		asked := 0
		r(t, vonage.New(vonage.Config{
			APIURL: "https://api.example", RESTURL: "https://rest.example", Token: token("T"),
			Account: func(context.Context) (vonage.Account, error) { return vonage.Account{}, nil },
			Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
				answer := body
				if asked++; asked%answers == 0 {
					answer = `{}`
				}
				return &http.Response{StatusCode: status, Header: http.Header{}, Request: req, Body: io.NopCloser(strings.NewReader(answer))}, nil
			}),
		}), body)
	})
}

// fuzz checks that no response makes an operation panic or return an incomplete object.
func (r reading) fuzz(f *testing.F, documents ...string) {
	f.Helper()
	for _, document := range append(documents, `{}`, `[]`, `null`, ``, `"`, "\xff", failed, success) {
		f.Add(http.StatusOK, document)
		f.Add(http.StatusNotFound, document)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			t.Skip("no answer has such a status")
		}
		r.from(t, status, body)
	})
}

// survives runs the checks of fuzz on slightly malformed variants of the documents.
func (r reading) survives(t *testing.T, documents ...string) {
	t.Helper()
	for _, document := range documents {
		for body := range malformed.Documents(document) {
			r.from(t, http.StatusOK, body)
		}
	}
}

// half fails the test if a call returned both a value and an error, or no error but not the requested object.
func half(t *testing.T, value any, id, want string, err error) {
	t.Helper()
	if err != nil && !reflect.ValueOf(value).IsZero() {
		t.Errorf("%+v came with the error %v", value, err)
	}
	if err == nil && !strings.EqualFold(id, want) {
		t.Errorf("asked for %q, got %q", want, id)
	}
}

// halfList fails the test if an entry has no id, comes with or after an error other than its own, or if a response with a
// positive count is taken for an empty list.
func halfList[T any](t *testing.T, list iter.Seq2[T, error], id func(T) string, body string, counts ...string) {
	t.Helper()
	entries, failed, malformedEntry := 0, false, new(vonage.MalformedEntryError)
	for entry, err := range list {
		switch {
		case failed:
			t.Errorf("%+v came after an error", entry)
		case errors.As(err, &malformedEntry):
			if malformedEntry.ID != "" && id(entry) == "" {
				t.Errorf("%+v came without its id, and with %v", entry, err)
			}
		case err != nil:
			half(t, entry, "", "", err)
			failed = true
		case id(entry) == "":
			t.Errorf("list entry without an id: %+v", entry)
		}
		if entries++; entries > 1000 {
			return
		}
	}
	if entries > 0 {
		return
	}
	if strings.TrimSpace(body) == "null" {
		t.Error("null was taken for an empty list")
	}
	for _, name := range counts {
		if count, err := strconv.Atoi(string(members(body)[name])); err == nil && count > 0 {
			t.Errorf("an answer that counts %v entries was taken for an empty list", count)
		}
	}
}

// members returns the members of a response that are not null.
func members(body string) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	_ = json.Unmarshal([]byte(body), &members) // a body that is not an object has no members
	maps.DeleteFunc(members, func(_ string, value json.RawMessage) bool { return string(value) == "null" })
	return members
}

func readApplications(t *testing.T, client *vonage.Client, body string) {
	t.Helper()
	ctx := t.Context()
	application, err := client.Applications.Get(ctx, applicationID)
	half(t, application, application.ID, applicationID, err)
	halfList(t, client.Applications.List(ctx), func(a vonage.Application) string { return a.ID }, body, "total_items")
	want := vonage.Application{Name: "n", Keys: vonage.Keys{PublicKey: publicPEM(t, testKey())}}
	updated, err := client.Applications.Update(ctx, applicationID, want)
	half(t, updated, updated.ID, applicationID, err)
	created, err := client.Applications.Create(ctx, want)
	half(t, created, created.ID, created.ID, err)
	if err == nil && (created.ID == "" || !vonage.SamePublicKey(created.Keys.PublicKey, want.Keys.PublicKey)) {
		t.Errorf("created %+v", created)
	}
	_ = client.Applications.Delete(ctx, applicationID)
}

const (
	applicationList = `{"page_size":100,"page":1,"total_items":1,"total_pages":1,"_embedded":{"applications":[
	 {"id":"A","name":"n","keys":{"public_key":"K"},"capabilities":{"voice":{"webhooks":{"answer_url":{"address":"https://a"}}}}}]},
	 "_links":{"next":{"href":"/v2/applications?page=2"}}}`
	// anyNumber answers both a list and a change.
	anyNumber = `{"error-code":"200","count":1,"numbers":[{"country":"GB","msisdn":"447700900001","type":"mobile-lvn","cost":"0.83",
	 "initialPrice":1,"features":["VOICE","SMS"],"limitations":[{"feature":"SMS","type":"OUTBOUND","reach":"DOMESTIC"}],
	 "moHttpUrl":"https://h","voiceCallbackType":"app","voiceCallbackValue":"A","app_id":"A"}]}`
	// anyConversation answers a conversation, its members and one member.
	anyConversation = `{"id":"CON-1","name":"N","state":"active","sequence_number":"12","timestamp":{"created":"2026-01-01T00:00:00.000Z"},
	 "properties":{"ttl":60,"video":false,"custom_data":{"a":"text","b":{"c":1}}},"_links":{"next":{"href":"?cursor=a"}},
	 "_embedded":{"members":[{"id":"CON-1"}],"user":{"id":"USR-1"}},"initiator":{"joined":{"is_system":false}},
	 "channel":{"type":"phone","leg_ids":["l"],"from":{"number":"Unknown"},"to":{"extension":204},"ring_timeout":60000},
	 "media":{"audio":true,"audio_settings":{"muted":true}}}`
	embeddedConversation = `{"uuid":"CON-1","sequence_number":8,"members":[{"member_id":"MEM-1","state":"JOINED",
	 "initiator":{"invited":{"isSystem":true}},"channel":{"type":"phone","to":{"number":447700900001}},"timestamp":{"joined":"x"}}]}`
	anyCall = `{"uuid":"CALL","status":"started","direction":"outbound","conversation_uuid":"CON-1"}`
)

func FuzzApplicationAnswers(f *testing.F) {
	reading(readApplications).fuzz(f, full, applicationList,
		`{"id":"`+applicationID+`","capabilities":[]}`, `{"id":"`+applicationID+`","name":"n","keys":null,"privacy":{"improve_ai":1}}`,
		`{"id":"`+applicationID+`","name":null,"keys":[],"capabilities":{"voice":{"webhooks":[],"leg_persistence_time":"7"},"vbc":[]}}`,
		`{"_embedded":{"applications":[{"capabilities":{"video":{"webhooks":{"archive_status":1}}},"id":"A","name":7},null,{"id":"B"}]}}`)
}

func TestApplicationReadersSurviveMalformedAnswers(t *testing.T) {
	t.Parallel()
	reading(readApplications).survives(t, full, applicationList)
}

func readNumbers(t *testing.T, client *vonage.Client, body string) {
	t.Helper()
	ctx := t.Context()
	owned, err := client.Numbers.Get(ctx, number)
	half(t, owned, owned.Key().String(), number.String(), err)
	found, err := client.Numbers.Find(ctx, number.MSISDN)
	for _, owned := range found {
		half(t, owned, owned.MSISDN, number.MSISDN, err)
	}
	halfList(t, client.Numbers.List(ctx, vonage.ListNumbersOptions{}), func(n vonage.Number) string { return n.Country + n.MSISDN }, body, "count")
	for offer, err := range client.Numbers.Search(ctx, vonage.SearchNumbersOptions{Country: "GB"}) {
		if err == nil && (offer.Country == "" || offer.MSISDN == "") {
			t.Errorf("offer without a country or an msisdn: %+v", offer)
		}
	}
	offer, err := client.Numbers.Offer(ctx, number)
	half(t, offer, offer.Key().String(), number.String(), err)
	updated, err := client.Numbers.Update(ctx, number, func(current vonage.Number) (vonage.NumberSettings, error) {
		settings := current.Settings()
		settings.ApplicationID = "B"
		return settings, nil
	})
	half(t, updated, updated.Key().String()+" of "+updated.ApplicationID, number.String()+" of B", err)
	if err != nil && !asked(err) {
		t.Errorf("the settings that were read cannot be written back: %v", err)
	}
	bought, _, err := client.Numbers.Buy(ctx, vonage.AvailableNumber{Country: number.Country, MSISDN: number.MSISDN}, "")
	half(t, bought, bought.Key().String(), number.String(), err)
	_ = client.Numbers.Cancel(ctx, number, "")
}

// asked reports whether err resulted from a request, rather than from the client's validation of its arguments.
func asked(err error) bool {
	apiError, unknown := new(vonage.Error), new(vonage.UnknownOutcomeError)
	return errors.As(err, &apiError) || errors.As(err, &unknown) || vonage.IsNotFound(err) || vonage.IsUnreadable(err) ||
		strings.Contains(err.Error(), "https://rest.example")
}

func FuzzNumberAnswers(f *testing.F) {
	reading(readNumbers).fuzz(f, anyNumber, `{"count":"2","numbers":[{"country":"GB","msisdn":"447700900001","voiceCallbackType":"app"},{"country":"GB"}]}`,
		`{"numbers":[{"country":"GB","msisdn":447700900001,"features":{},"limitations":"none"},null,{"msisdn":"63027"}]}`)
}

func TestNumberReadersSurviveMalformedAnswers(t *testing.T) {
	t.Parallel()
	reading(readNumbers).survives(t, anyNumber)
}

func readConversations(t *testing.T, client *vonage.Client, _ string) {
	t.Helper()
	for _, version := range []string{vonage.ConversationV1, vonage.ConversationV03, vonage.ConversationV01, vonage.ConversationBeta} {
		conversation, err := client.Conversations.Get(t.Context(), vonage.ConversationQuery{ID: "CON-1", Version: version})
		half(t, conversation, conversation.ID, "CON-1", err)
		if err == nil && !json.Valid(conversation.Raw) {
			t.Errorf("raw is %q", conversation.Raw)
		}
		for _, member := range conversation.Members {
			if member.ID == "" {
				t.Error("a member without an id was accepted")
			}
		}
	}
}

func FuzzConversationAnswers(f *testing.F) {
	reading(readConversations).fuzz(f, anyConversation, embeddedConversation, conversationV1, firstMember,
		`{"id":"CON-1","sequence_number":1e400,"_embedded":[{"id":"MEM-1"}],"_links":{"next":{"href":"?cursor=%"}}}`)
}

func TestConversationReadersSurviveMalformedAnswers(t *testing.T) {
	t.Parallel()
	reading(readConversations).survives(t, anyConversation, embeddedConversation)
}

func readCalls(t *testing.T, client *vonage.Client, _ string) {
	t.Helper()
	call, err := client.Calls.Get(t.Context(), "CALL")
	half(t, call, call.UUID, "CALL", err)
	placed, err := client.Calls.Create(t.Context(), vonage.NewCall{})
	half(t, placed, placed.UUID, placed.UUID, err)
	if err == nil && (placed.UUID == "" || placed.Status == "") {
		t.Errorf("placed %+v", placed)
	}
}

func FuzzCallAnswers(f *testing.F) { reading(readCalls).fuzz(f, anyCall) }

func TestCallReadersSurviveMalformedAnswers(t *testing.T) {
	t.Parallel()
	reading(readCalls).survives(t, anyCall)
}

// readRefusal checks that any refusal results in an *Error with a message.
func readRefusal(t *testing.T, client *vonage.Client, _ string) {
	t.Helper()
	_, err := client.Calls.Get(t.Context(), "CALL")
	apiError, ok := errors.AsType[*vonage.Error](err)
	if !ok || strings.TrimSpace(apiError.Error()) == "" || apiError.Status == 0 {
		t.Errorf("%T: %v", err, err)
	}
	if vonage.IsNotFound(err) && apiError.Status != http.StatusNotFound {
		t.Errorf("IsNotFound holds for HTTP %d", apiError.Status)
	}
}

const everyRefusal = `{"type":"https://developer.vonage.com/api-errors#x","title":"T.","detail":"D","instance":"I","code":"c:d",
 "invalid_parameters":[{"name":"n","reason":"r"}],"error-code":420,"error-code-label":"L","error_title":"E","description":"X"}`

func FuzzRefusals(f *testing.F) {
	for _, document := range []string{everyRefusal, failed, `{"invalid_parameters":{"a":"b"}}`, `<html>`, ``, `null`, `[]`, `{"type":"#"}`, `{"error-code-label":" "}`} {
		f.Add(http.StatusBadRequest, document)
		f.Add(http.StatusServiceUnavailable, document)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 400 || status > 599 {
			t.Skip("no refusal has such a status")
		}
		reading(readRefusal).from(t, status, body)
	})
}

func TestMalformedRefusals(t *testing.T) {
	t.Parallel()
	for body := range malformed.Documents(everyRefusal) {
		reading(readRefusal).from(t, http.StatusNotFound, body)
	}
}
