// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// words are values and names that the rules know, so that generated documents are often valid.
var words = []string{
	"talk", "stream", "wait", "input", "connect", "text", "timeout", "endpoint", "type", "phone", "app", "user", "number",
	"447700900001", "+44 7700 900001", "https://a.test", "dtmf", "speech", "true", "3", "0.5", "", "<speak>",
}

func tree(depth int) *rapid.Generator[any] {
	leaves := rapid.OneOf(
		rapid.Just[any](nil),
		rapid.Bool().AsAny(),
		rapid.SampledFrom(words).AsAny(),
		rapid.Map(rapid.SampledFrom([]string{"0", "-0", "1", "1.0", "0.10", "3e2", "-1E-2", "1e999", "1e9999"}), func(s string) any { return json.Number(s) }),
	)
	if depth == 0 {
		return leaves
	}
	names := append(slices.Sorted(maps.Keys(actions["connect"].fields)), words...)
	return rapid.OneOf(leaves,
		rapid.SliceOfN(tree(depth-1), 0, 3).AsAny(),
		rapid.MapOfN(rapid.SampledFrom(names), tree(depth-1), 0, 4).AsAny(),
	)
}

// rightAction generates valid actions, with each option present or absent.
func rightAction(t *rapid.T) any {
	options := map[string]map[string]any{
		"talk":    {"text": "Hello", "loop": json.Number("2.0"), "level": "0.50", "premium": "false", "style": nil},
		"stream":  {"streamUrl": "https://a.test/b.mp3", "level": json.Number("-1"), "loop": "0"},
		"record":  {"eventUrl": []any{"https://a.test"}, "eventMethod": "get", "endOnKey": json.Number("5"), "transcription": map[string]any{}},
		"connect": {"endpoint": map[string]any{"type": "phone", "number": "+44 7700 900001"}, "from": "44 7700-900000", "timeout": "45", "limit": json.Number("6e2")},
		"notify":  {"eventUrl": "https://a.test", "payload": map[string]any{"a": json.Number("1.50"), "b": nil}},
	}
	must := map[string][]string{"talk": {"text"}, "stream": {"streamUrl"}, "connect": {"endpoint"}, "notify": {"eventUrl", "payload"}}
	name := rapid.SampledFrom(slices.Sorted(maps.Keys(options))).Draw(t, "action")
	action := map[string]any{"action": name}
	for option, value := range options[name] {
		if slices.Contains(must[name], option) || rapid.Bool().Draw(t, option) {
			action[option] = value
		}
	}
	return action
}

// Normalizing a result again changes nothing: the function accepts its own output.
func TestNormalizeIsIdempotent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		actions := rapid.SliceOfN(rapid.Custom(rightAction), 0, 4).AsAny().Draw(t, "actions")
		once, err := Normalize(actions)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := Normalize(decode(t, once))
		if err != nil || twice != once {
			t.Fatalf("%s became %s (%v)", once, twice, err)
		}
	})
}

// Any input gives either a canonical list of actions or an error that names positions.
func TestNormalizeTakesAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		document, err := Normalize(tree(4).Draw(t, "actions"))
		if err == nil {
			if again, err := Normalize(decode(t, document)); err != nil || again != document {
				t.Fatalf("%s became %s (%v)", document, again, err)
			}
			return
		}
		for line := range strings.SplitSeq(err.Error(), "\n") {
			if !strings.HasPrefix(line, "actions") || !strings.Contains(line, ": ") {
				t.Fatalf("no position: %s", line)
			}
		}
	})
}
