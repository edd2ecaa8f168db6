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
	Warning         bool // otherwise an error
	Summary, Detail string
	// Attribute is where it belongs, as in voice.answer_url.address or members[0].id; "" is nowhere in particular.
	Attribute string
}

// Diagnostics are what one call of the protocol said.
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

// Errors are the errors alone.
func (d Diagnostics) Errors() Diagnostics { return d.filter(false) }

// Warnings are the warnings alone.
func (d Diagnostics) Warnings() Diagnostics { return d.filter(true) }

func (d Diagnostics) filter(warning bool) Diagnostics {
	return slices.DeleteFunc(slices.Clone(d), func(one Diagnostic) bool { return one.Warning != warning })
}

// HasError says whether there is an error among them.
func (d Diagnostics) HasError() bool { return len(d.Errors()) > 0 }

// String is everything that the user gets to read.
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

// MustBeEmpty ends the test when there are errors or warnings.
func (d Diagnostics) MustBeEmpty(t *testing.T) {
	t.Helper()
	if len(d) > 0 {
		t.Fatalf("unexpected diagnostics:\n%s", d)
	}
}

// MustFail demands exactly one error, on the attribute given ("" is none), that says all the words in its summary or
// detail. It returns the error.
func (d Diagnostics) MustFail(t *testing.T, attribute string, words ...string) Diagnostic {
	t.Helper()
	return mustSay(t, d.Errors(), attribute, words)
}

// MustWarn demands exactly one warning, and no error, likewise.
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
