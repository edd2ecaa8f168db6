// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// TestNothingBeginsAfterStop checks that calls after the interrupt fail and send nothing, until a new run starts.
func TestNothingBeginsAfterStop(t *testing.T) {
	t.Parallel()
	const application = "vonage_application"
	env := acctest.New(t)
	key := values{"application_id": "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab", "private_key": acctest.PrivateKey(0)}
	p := env.Protocol(t, key)
	config := func(name string) values { return values{"name": name, "public_key": acctest.PublicKey(0)} }
	existing, diags := p.Change(application, acctest.Object{}, config("before"))
	diags.MustBeEmpty(t)
	change := func(prior acctest.Object, config values) func() acctest.Diagnostics {
		return func() acctest.Diagnostics {
			kept, diags := p.Change(application, prior, config)
			if kept.State == nil {
				kept.Private = nil // Terraform keeps no private state for an object that does not exist
			}
			if diff := cmp.Diff(prior, kept); diff != "" {
				t.Errorf("the call was stopped, but changed the object (-before +after):\n%s", diff)
			}
			return diags
		}
	}
	calls := map[string]func() acctest.Diagnostics{
		"create": change(acctest.Object{}, config("another")),
		"update": change(existing, config("after")),
		"delete": change(existing, nil),
		"read": func() acctest.Diagnostics {
			_, diags := p.Read(application, existing)
			return diags
		},
		"plan": func() acctest.Diagnostics {
			_, diags := p.Plan("vonage_number_link", acctest.Object{}, values{"msisdn": "447700900001", "application_id": existing.State["id"]})
			return diags
		},
		"import": func() acctest.Diagnostics {
			_, diags := p.Import(application, "name=before")
			return diags
		},
		"data source": func() acctest.Diagnostics {
			_, diags := p.ReadDataSource("vonage_numbers", values{})
			return diags
		},
		"list": func() acctest.Diagnostics {
			listed, diags := p.List(application, values{}, 1, false)
			for _, result := range listed {
				diags = append(diags, result.Diagnostics...)
			}
			return diags
		},
		"action": func() acctest.Diagnostics {
			_, diags := p.Invoke("vonage_voice_call", values{
				"from": "447700900000", "to": values{"number": "447700900001"}, "answer_url": "https://example.com/answer",
			})
			return diags
		},
	}

	p.Stop()
	env.Emulator.ResetRequests()
	for name, call := range calls {
		t.Log(name)
		call().MustFail(t, "", "context canceled", "Terraform cancelled the operation")
		if requests := env.Emulator.Requests(); len(requests) > 0 {
			t.Errorf("sent %v", requests)
		}
	}

	p.Configure(env.ProviderValues()).MustBeEmpty(t)
	calls["data source"]().MustBeEmpty(t)
}
