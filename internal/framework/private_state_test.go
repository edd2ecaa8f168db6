// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
)

// entries is a private state.
type entries map[string]string

func (e entries) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) {
	return []byte(e[key]), nil
}

func (e entries) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	if len(value) == 0 {
		delete(e, key)
	} else {
		e[key] = string(value)
	}
	return nil
}

func TestMarker(t *testing.T) {
	t.Parallel()
	private, diags := entries{"other": `1`}, diag.Diagnostics{}
	names := framework.Marker[[]string]{Key: "names", Noun: "thing", Tells: "which names are new"}
	if got := names.Get(t.Context(), private, &diags); got != nil {
		t.Errorf("without an entry: %q", got)
	}
	names.Set(t.Context(), private, []string{"a", `"`}, &diags)
	if diff := cmp.Diff([]string{"a", `"`}, names.Get(t.Context(), private, &diags)); diff != "" {
		t.Error(diff)
	}
	names.Set(t.Context(), private, nil, &diags)
	if diff := cmp.Diff(entries{"other": `1`}, private); diff != "" {
		t.Errorf("the zero value is stored:\n%s", diff)
	}
	names.Set(t.Context(), private, []string{"a"}, &diags)
	names.Forget(t.Context(), private, &diags)
	if diff := cmp.Diff(entries{"other": `1`}, private); diff != "" {
		t.Errorf("it is not forgotten:\n%s", diff)
	}
	if len(diags) != 0 {
		t.Error(diags)
	}
}

// TestDamagedMarker checks that the error for an entry that cannot be read says what it was and what to do, and quotes
// nothing.
func TestDamagedMarker(t *testing.T) {
	t.Parallel()
	for _, damaged := range []string{`["secret", 4711]`, `"secret"`, `{"secret": 1}`, `4711`, `["secret`} {
		private, diags := entries{"names": damaged}, diag.Diagnostics{}
		got := framework.Marker[[]string]{Key: "names", Noun: "thing", Tells: "which names are new"}.Get(t.Context(), private, &diags)
		if got != nil {
			t.Errorf("%s: half of it is returned: %q", damaged, got)
		}
		if len(diags) != 1 || diags[0].Summary() != "Unreadable private state" {
			t.Fatalf("%s: %v", damaged, diags)
		}
		detail := diags[0].Detail()
		for _, want := range []string{"Which names are new cannot be read. ", "remove the thing from it (terraform state rm)"} {
			if !strings.Contains(detail, want) {
				t.Errorf("%s: the error does not say %q: %s", damaged, want, detail)
			}
		}
		if strings.Contains(detail, "secret") || strings.Contains(detail, "4711") {
			t.Errorf("%s: the error quotes the entry: %s", damaged, detail)
		}
	}
}
