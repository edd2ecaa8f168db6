// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// refusal is the union of Vonage's error documents.
type refusal struct {
	// RFC 7807; the Conversation and Users APIs add code.
	Type              string            `json:"type"`
	Title             string            `json:"title"`
	Detail            string            `json:"detail"`
	Instance          string            `json:"instance"`
	Code              looseString       `json:"code"`
	InvalidParameters invalidParameters `json:"invalid_parameters"`
	// rest.nexmo.com.
	ErrorCode      looseString `json:"error-code"`
	ErrorCodeLabel string      `json:"error-code-label"`
	// Voice, old style.
	ErrorTitle  string `json:"error_title"`
	Description string `json:"description"`
}

// invalidParameters are a list of names and reasons or, from the Voice API, an object of reasons by name.
type invalidParameters []InvalidParameter

// UnmarshalJSON implements json.Unmarshaler.
func (p *invalidParameters) UnmarshalJSON(data []byte) error {
	var reasons map[string]string
	if json.Unmarshal(data, &reasons) != nil {
		return json.Unmarshal(data, (*[]InvalidParameter)(p))
	}
	for _, name := range slices.Sorted(maps.Keys(reasons)) {
		*p = append(*p, InvalidParameter{Name: name, Reason: reasons[name]})
	}
	return nil
}

// decodeError gives what an answer refuses with, or nil when it does not. The HTTP status alone does not tell: the
// Numbers API reports failures as "error-code" inside HTTP 200, too.
func decodeError(resp *http.Response, body []byte) *Error {
	succeeded := resp.StatusCode/100 == 2
	if succeeded && !bytes.Contains(body, []byte(`"error-code"`)) {
		return nil
	}
	document := decodeRefusal(body)
	if succeeded && (document.ErrorCode == "" || document.ErrorCode == "200") {
		return nil
	}
	return &Error{
		Status:            resp.StatusCode,
		Code:              document.code(),
		Title:             cmp.Or(document.Title, document.ErrorTitle),
		Detail:            cmp.Or(document.Detail, document.Description, document.ErrorCodeLabel),
		Instance:          document.Instance,
		RequestID:         resp.Header.Get("X-Request-ID"),
		InvalidParameters: document.InvalidParameters,
	}
}

// decodeRefusal reads as much as there is: a body that is HTML, empty or of another shape says nothing beside its
// status, and one odd member does not hide the others.
func decodeRefusal(body []byte) refusal {
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil {
		return refusal{}
	}
	var document refusal
	for name, into := range map[string]any{
		"type": &document.Type, "title": &document.Title, "detail": &document.Detail, "instance": &document.Instance,
		"code": &document.Code, "invalid_parameters": &document.InvalidParameters, "error-code": &document.ErrorCode,
		"error-code-label": &document.ErrorCodeLabel, "error_title": &document.ErrorTitle, "description": &document.Description,
	} {
		_ = json.Unmarshal(members[name], into)
	}
	return document
}

// code is the machine-readable name of the problem. Of the problem's type only the fragment counts: its host differs
// between answers.
func (r refusal) code() string {
	_, fragment, _ := strings.Cut(r.Type, "#")
	return cmp.Or(string(r.Code), string(r.ErrorCode), fragment)
}
