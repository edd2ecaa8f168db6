// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var schemaForProposals = []*tfprotov6.SchemaAttribute{
	{Name: "id", Type: tftypes.String, Computed: true},
	{Name: "name", Type: tftypes.String, Required: true},
	{Name: "note", Type: tftypes.String, Optional: true},
	{Name: "secret", Type: tftypes.String, Optional: true, WriteOnly: true},
	{Name: "hook", Optional: true, NestedType: &tfprotov6.SchemaObject{
		Nesting: tfprotov6.SchemaObjectNestingModeSingle,
		Attributes: []*tfprotov6.SchemaAttribute{
			{Name: "address", Type: tftypes.String, Required: true},
			{Name: "timeout", Type: tftypes.Number, Optional: true, Computed: true},
		},
	}},
	{Name: "hooks", Optional: true, NestedType: &tfprotov6.SchemaObject{
		Nesting:    tfprotov6.SchemaObjectNestingModeMap,
		Attributes: []*tfprotov6.SchemaAttribute{{Name: "active", Type: tftypes.Bool, Optional: true, Computed: true}},
	}},
	{Name: "steps", Optional: true, NestedType: &tfprotov6.SchemaObject{
		Nesting:    tfprotov6.SchemaObjectNestingModeList,
		Attributes: []*tfprotov6.SchemaAttribute{{Name: "active", Type: tftypes.Bool, Optional: true, Computed: true}},
	}},
}

func TestProposedNewKeepsWhatIsComputedAndNotConfigured(t *testing.T) {
	t.Parallel()
	prior := Values{
		"id": "1", "name": "before", "note": "before", "hook": Values{"address": "a", "timeout": 5},
		"hooks": Values{"x": Values{"active": true}}, "steps": []any{Values{"active": true}},
	}
	config := Values{
		"name": "after", "secret": "s", "hook": Values{"address": "b"},
		"hooks": Values{"x": Values{}, "y": Values{}}, "steps": []any{Values{}, Values{}},
	}
	want := Values{
		"id": "1", "name": "after", "note": nil, "secret": nil, "hook": Values{"address": "b", "timeout": 5},
		"hooks": Values{"x": Values{"active": true}, "y": Values{"active": nil}},
		"steps": []any{Values{"active": true}, Values{"active": nil}},
	}
	if diff := cmp.Diff(want, proposedNew(schemaForProposals, prior, config)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestPlanProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		prior, config, planned Values
		problems               int
	}{
		"as configured":            {nil, Values{"name": "a"}, Values{"name": "a", "id": Unknown}, 0},
		"otherwise":                {nil, Values{"name": "a"}, Values{"name": "b"}, 1},
		"kept":                     {Values{"name": "A"}, Values{"name": "a"}, Values{"name": "A"}, 0},
		"made up":                  {nil, Values{"name": "a"}, Values{"name": "a", "note": "x"}, 1},
		"write-only":               {nil, Values{"name": "a", "secret": "s"}, Values{"name": "a", "secret": "s"}, 1},
		"nested computed":          {nil, Values{"hook": Values{"address": "a"}}, Values{"hook": Values{"address": "a", "timeout": Unknown}}, 0},
		"nested otherwise":         {nil, Values{"hook": Values{"address": "a"}}, Values{"hook": Values{"address": "b"}}, 1},
		"nested in a map computed": {nil, Values{"hooks": Values{"x": Values{}}}, Values{"hooks": Values{"x": Values{"active": true}}}, 0},
		"nested in a map": {
			nil, Values{"hooks": Values{"x": Values{"active": true}}}, Values{"hooks": Values{"x": Values{"active": false}}}, 1,
		},
		"dropped": {nil, Values{"hook": Values{"address": "a"}}, Values{}, 1},
	} {
		if got := planProblems(schemaForProposals, "", test.prior, test.config, test.planned); len(got) != test.problems {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestResultProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		planned, result any
		problems        int
	}{
		"as planned":    {Values{"a": 1, "b": []any{"x"}}, Values{"a": 1, "b": []any{"x"}}, 0},
		"now known":     {Values{"a": Unknown}, Values{"a": Values{"b": 1}}, 0},
		"still unknown": {Values{"a": Unknown}, Values{"a": Values{"b": Unknown}}, 1},
		"otherwise":     {Values{"a": 1}, Values{"a": 2}, 1},
		"gone":          {Values{"a": Values{"b": 1}}, Values{"a": nil}, 1},
		"more":          {Values{"a": Values{}}, Values{"a": Values{"b": 1}}, 1},
		"longer":        {[]any{1}, []any{1, 2}, 1},
		"not destroyed": {Values(nil), Values{"a": 1}, 1},
	} {
		if got := resultProblems(test.planned, test.result); len(got) != test.problems {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestFinalPlanProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		planned, final any
		problems       int
	}{
		"as planned":    {Values{"a": 1}, Values{"a": 1}, 0},
		"now known":     {Values{"a": Unknown}, Values{"a": 1}, 0},
		"still unknown": {Values{"a": Unknown}, Values{"a": Unknown}, 0},
		"otherwise":     {Values{"a": 1}, Values{"a": 2}, 1},
		"no more known": {Values{"a": 1}, Values{"a": Unknown}, 1},
	} {
		if got := finalPlanProblems(test.planned, test.final); len(got) != test.problems {
			t.Errorf("%s: %q", name, got)
		}
	}
}
