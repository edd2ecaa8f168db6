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

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// errorDocument decodes all of Vonage's error documents.
type errorDocument struct {
	// RFC 7807; the Conversation and Users APIs add code.
	Type              string            `json:"type"`
	Title             string            `json:"title"`
	Detail            string            `json:"detail"`
	Instance          string            `json:"instance"`
	Code              string            `json:"code"`
	InvalidParameters invalidParameters `json:"invalid_parameters"` // or invalid_params
	// rest.nexmo.com.
	ErrorCode      string `json:"error-code"`
	ErrorCodeLabel string `json:"error-code-label"`
	// Voice, old style.
	ErrorTitle  string `json:"error_title"`
	Description string `json:"description"`
}

// invalidParameters decodes a list of parameters, a single one (Pricing API 0.0.3) or, from the Voice and Account APIs, an
// object of reasons by name.
type invalidParameters []InvalidParameter

// invalidParameter has the members of all spellings: name and reason, field and description (10DLC API 1.0.3), parameter and
// message.
type invalidParameter struct {
	InvalidParameter

	Field       string `json:"field"`
	Description string `json:"description"`
	Parameter   string `json:"parameter"`
	Message     string `json:"message"`
}

// UnmarshalJSON implements json.Unmarshaler. It reads what it can: an entry of an unknown form does not hide the others.
func (p *invalidParameters) UnmarshalJSON(data []byte) error {
	var entries []json.RawMessage
	if json.Unmarshal(data, &entries) == nil {
		for _, entry := range entries {
			p.add(entry)
		}
		return nil
	}
	var reasons map[string]any
	if err := json.Unmarshal(data, &reasons); err != nil {
		return err
	}
	if _, single := reasons["parameter"]; single {
		p.add(data)
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(reasons)) {
		if reason, ok := reasons[name].(string); ok {
			*p = append(*p, InvalidParameter{Name: name, Reason: reason})
		}
	}
	return nil
}

// add adds an entry, if it says anything.
func (p *invalidParameters) add(entry []byte) {
	var one invalidParameter
	_ = json.Unmarshal(entry, &one) // what has the wrong type stays empty
	known := InvalidParameter{Name: cmp.Or(one.Name, one.Field, one.Parameter), Reason: cmp.Or(one.Reason, one.Description, one.Message)}
	if known != (InvalidParameter{}) {
		*p = append(*p, known)
	}
}

// decodeError returns the refusal in a response, or nil if there is none. The HTTP status alone is not enough: the
// Numbers API also reports failures as "error-code" inside HTTP 200.
func decodeError(resp *http.Response, body []byte) *Error {
	succeeded := resp.StatusCode/100 == 2
	if succeeded && !bytes.Contains(body, []byte(`"error-code"`)) {
		return nil
	}
	document := decodeErrorDocument(body)
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

// decodeErrorDocument decodes as much as it can: an HTML, empty or unknown body adds nothing to the status, and one
// malformed member does not hide the others. Vonage's words can repeat a value of the request, which may be a secret.
func decodeErrorDocument(body []byte) errorDocument {
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil {
		return errorDocument{}
	}
	var document errorDocument
	for name, into := range map[string]any{
		"type": &document.Type, "title": &document.Title, "detail": &document.Detail, "instance": &document.Instance,
		"invalid_parameters": &document.InvalidParameters, "invalid_params": &document.InvalidParameters,
		"error-code-label": &document.ErrorCodeLabel, "error_title": &document.ErrorTitle, "description": &document.Description,
	} {
		_ = json.Unmarshal(members[name], into)
		if text, ok := into.(*string); ok {
			*text = transport.RedactWords(strings.TrimSpace(*text)) // blank words explain no more than none
		}
	}
	for i, p := range document.InvalidParameters {
		document.InvalidParameters[i].Reason = transport.RedactWords(p.Reason)
	}
	_ = decode(members["code"], &document.Code) // text or a number
	_ = decode(members["error-code"], &document.ErrorCode)
	return document
}

// code returns the machine-readable name of the problem. Only the fragment of the problem's type is used, because the
// host differs between responses.
func (d errorDocument) code() string {
	_, fragment, _ := strings.Cut(d.Type, "#")
	return cmp.Or(d.Code, d.ErrorCode, fragment)
}
