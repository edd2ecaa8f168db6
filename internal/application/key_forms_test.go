// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// A public key may be written as people have it; Vonage gets it in one form, and the plan settles.
func TestPublicKeysPeopleHave(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]func(key string) acctest.Values{
		"public_key": func(key string) acctest.Values { return acctest.Values{"name": "n", "public_key": key} },
		"public_key_wo": func(key string) acctest.Values {
			return acctest.Values{"name": "n", "public_key_wo": key, "public_key_wo_version": 1}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			for _, form := range acctest.PublicKeyForms(7) {
				if !form.FitsAttribute() {
					continue
				}
				config := set(form.Text)
				diags := a.ValidateResource(typeName, config)
				if form.Refused != "" {
					diags.MustFail(t, name, form.Refused)
					continue
				}
				diags.MustBeEmpty(t)
				created := a.create(config)
				a.mustSettle(created, config)
				data, diags := a.ReadDataSource("vonage_application", acctest.Values{"id": created.State["id"]})
				diags.MustBeEmpty(t)
				if data["public_key"] != acctest.PublicKey(7) {
					t.Errorf("%s: Vonage got %q", form.Name, data["public_key"])
				}
			}
		})
	}
}
