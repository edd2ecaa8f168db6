// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Diagnostic is one message to the user.
type Diagnostic struct {
	Warning         bool // false is an error
	Summary, Detail string
	// Attribute is the attribute that the message is about, such as voice.answer_url.address or members[0].id; "" if none.
	Attribute string
}

// Diagnostics are the messages returned by one protocol call.
type Diagnostics []Diagnostic

func diagnosticsOf(from []*tfprotov6.Diagnostic) Diagnostics {
	if len(from) == 0 {
		return nil
	}
	diags := make(Diagnostics, 0, len(from))
	for _, d := range from {
		diags = append(diags, Diagnostic{
			Warning: d.Severity == tfprotov6.DiagnosticSeverityWarning,
			Summary: d.Summary, Detail: d.Detail, Attribute: attributeOf(d.Attribute),
		})
	}
	return diags
}

func attributeOf(at *tftypes.AttributePath) string {
	var b strings.Builder
	for _, step := range at.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(string(step))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&b, "[%q]", string(step))
		case tftypes.ElementKeyInt:
			fmt.Fprintf(&b, "[%d]", int(step))
		case tftypes.ElementKeyValue:
			b.WriteString("[…]")
		}
	}
	return b.String()
}

// Errors returns only the errors.
func (d Diagnostics) Errors() Diagnostics { return d.filter(false) }

// Warnings returns only the warnings.
func (d Diagnostics) Warnings() Diagnostics { return d.filter(true) }

func (d Diagnostics) filter(warning bool) Diagnostics {
	return slices.DeleteFunc(slices.Clone(d), func(one Diagnostic) bool { return one.Warning != warning })
}

// HasError reports whether there is an error.
func (d Diagnostics) HasError() bool { return len(d.Errors()) > 0 }

// String returns the messages as the user reads them.
func (d Diagnostics) String() string {
	var b strings.Builder
	for _, one := range d {
		severity := "Error"
		if one.Warning {
			severity = "Warning"
		}
		fmt.Fprintf(&b, "%s: %s (%s)\n%s\n", severity, one.Summary, one.Attribute, one.Detail)
	}
	return b.String()
}

// MustBeEmpty stops the test if there are errors or warnings.
func (d Diagnostics) MustBeEmpty(t *testing.T) {
	t.Helper()
	if len(d) > 0 {
		t.Fatalf("unexpected diagnostics:\n%s", d)
	}
}

// MustFail requires exactly one error, on the given attribute ("" for none), whose summary or detail contains each of
// the words. It returns the error.
func (d Diagnostics) MustFail(t *testing.T, attribute string, words ...string) Diagnostic {
	t.Helper()
	return mustSay(t, d.Errors(), attribute, words)
}

// MustWarn requires exactly one warning, and no error, in the same way.
func (d Diagnostics) MustWarn(t *testing.T, attribute string, words ...string) Diagnostic {
	t.Helper()
	if d.HasError() {
		t.Fatalf("unexpected errors:\n%s", d.Errors())
	}
	return mustSay(t, d.Warnings(), attribute, words)
}

func mustSay(t *testing.T, d Diagnostics, attribute string, words []string) Diagnostic {
	t.Helper()
	if len(d) != 1 {
		t.Fatalf("want one diagnostic, got %d:\n%s", len(d), d)
	}
	if d[0].Attribute != attribute {
		t.Errorf("the diagnostic is on %q, not on %q:\n%s", d[0].Attribute, attribute, d)
	}
	for _, word := range words {
		if !strings.Contains(d[0].Summary+"\n"+d[0].Detail, word) {
			t.Errorf("the diagnostic does not say %q:\n%s", word, d)
		}
	}
	return d[0]
}
