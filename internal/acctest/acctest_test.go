// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

func TestEnvServesAnAccountOfItsOwn(t *testing.T) {
	t.Parallel()
	e, other := New(t), New(t)
	if e.URL == other.URL {
		t.Fatal("two environments share an emulator")
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, e.URL+"/v2/applications", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(e.APIKey, e.APISecret)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("the emulator answers %s", resp.Status)
	}
	if len(e.Emulator.Requests()) != 1 || len(other.Emulator.Requests()) != 0 {
		t.Error("the request is not in the log of the right emulator")
	}
}

func TestAccEnvThroughTheCLI(t *testing.T) {
	t.Parallel()
	e := New(t)
	e.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: e.ProviderConfig("  max_retries = 0") + `output "answer" { value = 42 }`,
		Check:  resource.TestCheckOutput("answer", "42"),
	}}})
}

func TestProtocolConfigures(t *testing.T) {
	t.Parallel()
	p := New(t).Protocol(t, Values{"max_retries": 0})
	if p.Metadata() == nil || p.Schema().Provider == nil {
		t.Error("no metadata or schema")
	}
	p.ValidateProvider(Values{"api_url": "ftp://example.com"}).MustFail(t, "api_url", "https://")
}

func TestKeysAreDifferentAndThePoolGoesOnWithNewOnes(t *testing.T) {
	t.Parallel()
	source, seen := new(keyPool), map[string]bool{}
	for i := range PoolSize + 1 {
		key, err := source.next()
		if err != nil {
			t.Fatal(err)
		}
		if i < PoolSize && !key.Equal(Key(i)) {
			t.Errorf("key %d is not the one of the pool", i)
		}
		seen[key.N.String()] = true
		if key.N.BitLen() != 2048 {
			t.Errorf("key %d has %d bits", i, key.N.BitLen())
		}
	}
	if len(seen) != PoolSize+1 {
		t.Errorf("%d different keys", len(seen))
	}
	if !strings.Contains(PrivateKey(0), "BEGIN PRIVATE KEY") || !strings.Contains(PublicKey(0), "BEGIN PUBLIC KEY") {
		t.Error("the keys are not PEM")
	}
}

func TestValuesSurviveTheWire(t *testing.T) {
	t.Parallel()
	typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"text": tftypes.String, "truth": tftypes.Bool, "whole": tftypes.Number, "part": tftypes.Number, "absent": tftypes.String,
		"later": tftypes.List{ElementType: tftypes.String},
		"list":  tftypes.List{ElementType: tftypes.String}, "set": tftypes.Set{ElementType: tftypes.Number},
		"map":    tftypes.Map{ElementType: tftypes.Object{AttributeTypes: map[string]tftypes.Type{"x": tftypes.Bool}}},
		"open":   tftypes.DynamicPseudoType,
		"nested": tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}},
	}}
	values := Values{
		"text": "x", "truth": true, "whole": 3, "part": 0.5, "absent": nil, "later": Unknown,
		"list": []any{"a", nil, Unknown}, "set": []any{1, 2}, "map": Values{"k": Values{"x": true}},
		"open":   Values{"a": []any{"b", 1, true}},
		"nested": Values{"id": "1"},
	}
	value, err := encode(typ, values)
	if err != nil {
		t.Fatal(err)
	}
	dynamic, err := tfprotov6.NewDynamicValue(typ, value)
	if err != nil {
		t.Fatal(err)
	}
	value, err = dynamic.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(value)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(values, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestValuesOfTheWrongShapeAreErrors(t *testing.T) {
	t.Parallel()
	object := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}}
	for name, test := range map[string]struct {
		typ   tftypes.Type
		value any
	}{
		"misspelt":  {object, Values{"ID": "1"}},
		"no object": {object, "1"},
		"no string": {object, Values{"id": 1}},
		"no list":   {tftypes.List{ElementType: tftypes.String}, "a"},
		"no map":    {tftypes.Map{ElementType: tftypes.String}, []any{}},
	} {
		if _, err := encode(test.typ, test.value); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestEqual(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		a, b any
		want bool
	}{
		"same":             {Values{"a": []any{1, "x"}}, Values{"a": []any{1, "x"}}, true},
		"null is left out": {Values{"a": nil}, Values{}, true},
		"and back":         {Values{}, Values{"a": nil}, true},
		"more":             {Values{}, Values{"a": 1}, false},
		"less":             {Values{"a": 1}, Values{}, false},
		"other":            {Values{"a": 1}, Values{"a": 2}, false},
		"empty is no null": {Values{"a": Values{}}, Values{"a": nil}, false},
		"nothing":          {Values(nil), Values{}, false},
		"shorter":          {[]any{1}, []any{1, 2}, false},
		"kind":             {"1", []any{"1"}, false},
		"unknown":          {Unknown, Unknown, true},
	} {
		if got := equal(test.a, test.b); got != test.want {
			t.Errorf("%s: equal(%v, %v) = %v", name, test.a, test.b, got)
		}
	}
}
