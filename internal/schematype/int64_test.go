// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package schematype_test

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

func TestInt64(t *testing.T) {
	t.Parallel()
	beyond := new(big.Float).SetPrec(100).SetInt(new(big.Int).Lsh(big.NewInt(1), 63))
	for name, test := range map[string]struct {
		number any
		want   basetypes.Int64Value
		says   []string
	}{
		"whole":        {48, types.Int64Value(48), nil},
		"negative":     {-1, types.Int64Value(-1), nil},
		"written 48.0": {48.0, types.Int64Value(48), nil},
		"null":         {nil, types.Int64Null(), nil},
		"unknown":      {tftypes.UnknownValue, types.Int64Unknown(), nil},
		"a fraction":   {1.5, types.Int64Unknown(), []string{"Attribute at: 1.5 is not a whole number."}},
		"too large":    {beyond, types.Int64Unknown(), []string{"Attribute at: 9.223372036854775808e+18 is too large."}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			value, err := schematype.Int64Type{}.ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.Number, test.number))
			if err != nil {
				t.Fatal(err)
			}
			whole, ok := value.(schematype.Int64)
			if !ok || !whole.Int64Value.Equal(test.want) {
				t.Errorf("%#v, want %s", value, test.want)
			}
			var resp xattr.ValidateAttributeResponse
			whole.ValidateAttribute(t.Context(), xattr.ValidateAttributeRequest{Path: path.Root("at")}, &resp)
			var said []string
			for _, d := range resp.Diagnostics {
				said = append(said, d.Detail())
			}
			if diff := cmp.Diff(test.says, said); diff != "" {
				t.Error(diff)
			}
		})
	}
	if _, err := (schematype.Int64Type{}).ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.String, "1")); err == nil {
		t.Error("a string was taken")
	}
}
