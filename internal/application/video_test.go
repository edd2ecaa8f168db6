// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

func videoWith(hook acctest.Values) acctest.Values {
	return acctest.Values{"name": "n", "video": acctest.Values{"webhooks": acctest.Values{"render_status": hook}}}
}

func (a *account) secret(object acctest.Object) any {
	a.t.Helper()
	return within(a.document(object), "capabilities", "video", "webhooks", "render_status")["secret"]
}

func TestSecretsAreClearedByWhoSetThem(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	without := videoWith(acctest.Values{"address": "https://example.com/r"})
	elsewhere := videoWith(acctest.Values{"address": "https://example.com/elsewhere"})
	config := videoWith(acctest.Values{"address": "https://example.com/r", "secret": "ours"})
	object := a.create(config)
	id, _ := object.State["id"].(string)

	// After an import it is unknown who set the secret, and the generated configuration does not contain it.
	imported := a.mustSettle(a.importID(id), without)
	imported = a.apply(imported, elsewhere)
	if secret := a.secret(imported); secret != "ours" {
		t.Errorf("a change of an imported application left the secret at %v", secret)
	}
	imported = a.mustSettle(imported, elsewhere)

	// Once the configuration has set the secret, removing it there clears it.
	imported = a.apply(imported, videoWith(acctest.Values{"address": "https://example.com/r", "secret": "new"}))
	imported = a.apply(imported, without)
	if secret := a.secret(imported); secret != nil {
		t.Errorf("the secret that was removed is still %v", secret)
	}
	a.mustSettle(imported, without)
}

// With video in ignore_changes the configuration sets no secret, so it neither takes over one that somebody else set nor
// gives up one of its own.
func TestSecretsWhileVideoIsIgnored(t *testing.T) {
	t.Parallel()
	const url = "https://example.com/r"
	without := videoWith(acctest.Values{"address": url})
	ours := videoWith(acctest.Values{"address": url, "secret": "ours"})
	other := videoWith(acctest.Values{"address": url, "secret": "other"})
	for name, test := range map[string]struct {
		imported bool
		ignored  acctest.Values // the configuration while video is ignored
		want     any            // the secret after that, without a secret in the configuration
	}{
		"set by the configuration": {false, without, nil},
		"set by somebody else":     {true, other, "ours"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			object := a.create(ours)
			if test.imported {
				id, _ := object.State["id"].(string)
				object = a.importID(id)
			}
			plan, diags := a.PlanIgnoring(typeName, object, acctest.With(test.ignored, acctest.Values{"name": "renamed"}), "video")
			diags.MustBeEmpty(t)
			object, diags = a.Apply(plan)
			diags.MustBeEmpty(t)
			if secret := a.secret(object); secret != "ours" {
				t.Errorf("while it was ignored, the secret became %v", secret)
			}
			object = a.apply(object, without)
			if secret := a.secret(object); secret != test.want {
				t.Errorf("the secret is %v", secret)
			}
		})
	}
}
