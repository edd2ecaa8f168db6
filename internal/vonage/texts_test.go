// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestTextsOfJSON(t *testing.T) {
	t.Parallel()
	var data map[string]json.RawMessage
	if err := json.Unmarshal([]byte(`{"text":"a \"b\"","empty":"","number":1.50,"truth":true,"none":null,"list":[1, "a" ],"object":{"z": 1, "a": {"<": "&"}}}`), &data); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"text": `a "b"`, "empty": "", "number": "1.50", "truth": "true", "none": "null", "list": `[1,"a"]`, "object": `{"z":1,"a":{"<":"&"}}`,
	}
	if diff := cmp.Diff(want, vonage.TextsOf(data)); diff != "" {
		t.Error(diff)
	}
}

func TestTextsAsJSON(t *testing.T) {
	t.Parallel()
	texts := map[string]string{"a": `"quoted" <&>`, "b": ""}
	if diff := cmp.Diff(texts, vonage.TextsOf(vonage.ValuesOf(texts))); diff != "" {
		t.Error(diff)
	}
	if vonage.ValuesOf(nil) != nil || vonage.TextsOf(nil) != nil {
		t.Error("nothing is something")
	}
}
