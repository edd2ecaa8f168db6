// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package malformed_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/malformed"
)

func TestDocuments(t *testing.T) {
	t.Parallel()
	got := slices.Collect(malformed.Documents(`{"a":{"b":[1,2]},"c":"x"}`))
	for _, want := range []string{
		`{"a":{"b":[1,2]},"c":"x"}`, `null`, `{"c":"x"}`, `{"a":{"b":[1,2]}}`, `{"a":{},"c":"x"}`, `{"a":{"b":[2]},"c":"x"}`,
		`{"a":{"b":[1,null]},"c":"x"}`, `{"a":{"b":[1,2]},"c":1e400}`, `{"a":[null],"c":"x"}`,
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing", want)
		}
	}
	for _, document := range got {
		if !json.Valid([]byte(document)) {
			t.Errorf("%s is no JSON", document)
		}
	}
}
