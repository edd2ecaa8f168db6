// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import (
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"strings"
	"testing"
)

// FuzzNormalize checks that the result is canonical: normalizing it again changes nothing, and the same actions with
// numbers spelled differently give the same document. If the input is rejected, the error has one line per wrong field,
// each with its position.
func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{
		`[]`, `[{"action":"talk","text":"Hello","loop":"2","level":-0,"bargeIn":"false"}]`, `[{"action":"wait","timeout":1.50}]`,
		`[{"action":"record","eventUrl":"https://a.test","endOnKey":5,"channels":2,"split":"CONVERSATION"}]`,
		`[{"action":"connect","from":"+44 7700 900000","endpoint":{"type":"phone","number":447700900001,"onAnswer":{"url":"https://a.test"}}}]`,
		`[{"action":"connect","endpoint":[{"type":"sip","uri":"sip:a@b.test","headers":{"n":1,"o":null}}]}]`,
		`[{"action":"connect","endpoint":[{"type":"websocket","uri":"wss://a.test/b","headers":{"n":1e2}}]}]`,
		`[{"action":"notify","eventUrl":["https://a.test"],"payload":{"b":[1.0,null,-0.0,{"c":"1"}],"a":true}}]`,
		`[{"action":"input","type":["dtmf","speech"],"dtmf":{"maxDigits":"4"},"speech":{"language":"en-GB"}}]`,
		`[{"action":"conversation","name":"a","canHear":[],"canSpeak":[]},{"action":"transfer","conversationId":"CON-1"}]`,
		`[{"action":"talk","text":"<speak>\ud800</speak>"},{"action":"talk","a\nb":1},null,{"action":null}]`, `{"action":"talk"}`, `null`, `"x"`, `1e999`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		var actions any
		if decoder.Decode(&actions) != nil {
			t.Skip("not JSON")
		}
		if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
			t.Skip("not JSON")
		}
		document, err := Normalize(actions)
		if err != nil {
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if !strings.HasPrefix(line, "actions") || !strings.Contains(line, ": ") || document != "" {
					t.Errorf("%s gave %q and %q", text, document, err)
				}
			}
			return
		}
		if again, err := Normalize(decode(t, document)); err != nil || again != document {
			t.Errorf("%s became %s, which became %s, %v", text, document, again, err)
		}
		if other, err := Normalize(respelt(actions)); err != nil || other != document {
			t.Errorf("%s became %s and, written otherwise, %s, %v", text, document, other, err)
		}
	})
}

// respelt returns value with every number spelled differently.
func respelt(value any) any {
	switch value := value.(type) {
	case json.Number:
		number, ok := parseNumber(value.String())
		switch {
		case !ok:
			return value
		case number.Signbit() && number.Sign() == 0:
			return json.Number("0")
		case number.Sign() == 0:
			return json.Number("-0.0")
		case number.MantExp(nil) > 3000 || number.MantExp(nil) < -3000:
			return value // its exponent may need more than three digits
		}
		return json.Number(new(big.Float).Copy(number).Text('e', -1))
	case []any:
		other := make([]any, len(value))
		for i, element := range value {
			other[i] = respelt(element)
		}
		return other
	case map[string]any:
		other := map[string]any{}
		for name, element := range value {
			other[name] = respelt(element)
		}
		return other
	}
	return value
}
