// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import (
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func call(t *testing.T, actions attr.Value) (string, *function.FuncError) {
	t.Helper()
	req := function.RunRequest{Arguments: function.NewArgumentsData([]attr.Value{types.DynamicValue(actions)})}
	resp := function.RunResponse{Result: function.NewResultData(types.StringUnknown())}
	NewFunction().Run(t.Context(), req, &resp)
	result, _ := resp.Result.Value().(types.String)
	return result.ValueString(), resp.Error
}

func objectOfValues(t *testing.T, values map[string]attr.Value) attr.Value {
	t.Helper()
	attributes := make(map[string]attr.Type, len(values))
	for name, value := range values {
		attributes[name] = value.Type(t.Context())
	}
	return types.ObjectValueMust(attributes, values)
}

func tuple(t *testing.T, values ...attr.Value) attr.Value {
	t.Helper()
	elements := make([]attr.Type, len(values))
	for i, value := range values {
		elements[i] = value.Type(t.Context())
	}
	return types.TupleValueMust(elements, values)
}

func number(t *testing.T, text string) attr.Value {
	t.Helper()
	n, ok := parseNumber(text)
	if !ok {
		t.Fatal(text)
	}
	return types.NumberValue(n)
}

// Every kind of Terraform value is written to the document.
func TestFunctionTakesEveryKindOfValue(t *testing.T) {
	t.Parallel()
	texts := func(texts ...string) attr.Value {
		values := make([]attr.Value, len(texts))
		for i, text := range texts {
			values[i] = types.StringValue(text)
		}
		return types.ListValueMust(types.StringType, values)
	}
	got, err := call(t, tuple(t,
		objectOfValues(t, map[string]attr.Value{
			"action": types.StringValue("talk"), "text": types.StringValue("Hello"), "premium": types.BoolValue(true),
			"level": number(t, "0.1"), "loop": types.NumberNull(),
		}),
		types.MapValueMust(types.StringType, map[string]attr.Value{
			"action": types.StringValue("wait"), "timeout": types.StringValue("1.50"),
		}),
		objectOfValues(t, map[string]attr.Value{
			"action": types.StringValue("notify"), "eventUrl": texts("https://a.test"),
			"payload": objectOfValues(t, map[string]attr.Value{
				"id": types.DynamicValue(number(t, "12345678901234567890.5")), "none": types.DynamicNull(),
			}),
		}),
	))
	want := `[{"action":"talk","level":0.1,"premium":true,"text":"Hello"},{"action":"wait","timeout":1.5},` +
		`{"action":"notify","eventUrl":["https://a.test"],"payload":{"id":12345678901234567890.5,"none":null}}]`
	if err != nil || got != want {
		t.Errorf("got %s (%v), want %s", got, err, want)
	}
}

func TestFunctionNamesItsArgument(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		actions attr.Value
		want    string
	}{
		"wrong action": {tuple(t, objectOfValues(t, map[string]attr.Value{"action": types.StringValue("say")})), "actions[0].action: must be one of"},
		"no list":      {types.NumberValue(big.NewFloat(1)), "actions: must be a list, not a number"},
		"a set":        {types.SetValueMust(types.StringType, nil), "use a list"},
		"a set inside": {tuple(t, objectOfValues(t, map[string]attr.Value{"action": types.SetValueMust(types.StringType, nil)})), "use a list"},
	} {
		_, err := call(t, test.actions)
		if err == nil || !strings.Contains(err.Text, test.want) || err.FunctionArgument == nil || *err.FunctionArgument != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
