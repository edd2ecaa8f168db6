// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// README.md must mention every variant, and every property of a fault and of a call.
func TestReferenceIsComplete(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, documented := range []any{emulator.Variant{}, emulator.Fault{}, emulator.InboundCall{}} {
		kind := reflect.TypeOf(documented)
		for field := range kind.Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if !strings.Contains(string(readme), "`"+name+"`") && !strings.Contains(string(readme), `"`+name+`"`) {
				t.Errorf("README.md does not mention %s, %s of %s", name, field.Name, kind)
			}
		}
	}
}
