// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestWrittenHasNothingSensitive(t *testing.T) {
	t.Parallel()
	members := []*tfprotov6.SchemaAttribute{
		{Name: "name", Type: tftypes.String, Required: true},
		{Name: "secret", Type: tftypes.String, Optional: true, Sensitive: true},
	}
	nested := func(nesting tfprotov6.SchemaObjectNestingMode) *tfprotov6.SchemaObject {
		return &tfprotov6.SchemaObject{Nesting: nesting, Attributes: members}
	}
	attributes := append([]*tfprotov6.SchemaAttribute{
		{Name: "one", NestedType: nested(tfprotov6.SchemaObjectNestingModeSingle)},
		{Name: "several", NestedType: nested(tfprotov6.SchemaObjectNestingModeList)},
		{Name: "named", NestedType: nested(tfprotov6.SchemaObjectNestingModeMap)},
		{Name: "none", NestedType: nested(tfprotov6.SchemaObjectNestingModeMap)},
	}, members...)
	config := func(secret any) Values {
		member := Values{"name": "n", "secret": secret}
		return Values{
			"name": "n", "secret": secret, "one": member, "several": []any{member}, "named": Values{"a": member}, "none": nil,
		}
	}
	if diff := cmp.Diff(config(nil), written(attributes, config("s"))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
