// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// TestUnreadablePrivateState checks that every damaged entry of private state is reported with a way to fix it, without
// quoting its content, and that nothing is written because of it.
func TestUnreadablePrivateState(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(ours))
	p := a.Protocol(t)
	number, diags := p.Import(numberType, gb)
	diags.MustBeEmpty(t)
	link, diags := p.Import(linkType, gb)
	diags.MustBeEmpty(t)
	number.State["deletion_policy"] = "DELETE"
	destroy := func(typeName string) func(acctest.Object) acctest.Diagnostics {
		return func(object acctest.Object) acctest.Diagnostics {
			_, diags := p.Change(typeName, object, nil)
			return diags
		}
	}
	for _, test := range []struct {
		entry  string
		object acctest.Object
		do     func(acctest.Object) acctest.Diagnostics
	}{
		{"owner", number, destroy(numberType)},
		{"destroy", number, func(object acctest.Object) acctest.Diagnostics {
			_, diags := p.Destroy(numberType, object)
			return diags
		}},
		{"owner", link, destroy(linkType)},
		{"owner", link, func(object acctest.Object) acctest.Diagnostics {
			_, diags := p.Change(linkType, object, values{"msisdn": digits, "application_id": theirs})
			return diags
		}},
		{"in_doubt", link, func(object acctest.Object) acctest.Diagnostics { _, diags := p.Read(linkType, object); return diags }},
	} {
		private, err := json.Marshal(map[string][]byte{test.entry: []byte(`4711`)})
		if err != nil {
			t.Fatal(err)
		}
		test.object.Private = private
		diags := test.do(test.object)
		diags.MustFail(t, "", "Unreadable private state", "terraform state rm")
		if strings.Contains(diags.String(), "4711") {
			t.Errorf("%s: the error quotes the private state: %s", test.entry, diags)
		}
	}
	if !a.has(gb) || a.setting("app_id") != ours {
		t.Error("the number was changed")
	}
}
