// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"runtime"
	"testing"
	"weak"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
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

// TestCallsAreForgotten checks that nothing keeps the context of a call that is over, because a plan makes thousands of
// them. That the calls fail, for want of such a type, makes no difference.
func TestCallsAreForgotten(t *testing.T) {
	t.Parallel()
	server, err := provider.NewServer(provider.New("test")())
	if err != nil {
		t.Fatal(err)
	}
	for name, call := range map[string]func(context.Context) error{
		"validate": func(ctx context.Context) error {
			_, err := server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: "vonage_none"})
			return err
		},
		"validate a data source": func(ctx context.Context) error {
			_, err := server.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: "vonage_none"})
			return err
		},
		"upgrade": func(ctx context.Context) error {
			_, err := server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: "vonage_none"})
			return err
		},
		"upgrade an identity": func(ctx context.Context) error {
			_, err := server.UpgradeResourceIdentity(ctx, &tfprotov6.UpgradeResourceIdentityRequest{TypeName: "vonage_none"})
			return err
		},
		"read": func(ctx context.Context) error {
			_, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: "vonage_none"})
			return err
		},
		"plan": func(ctx context.Context) error {
			_, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: "vonage_none"})
			return err
		},
		"apply": func(ctx context.Context) error {
			_, err := server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: "vonage_none"})
			return err
		},
		"import": func(ctx context.Context) error {
			_, err := server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: "vonage_none"})
			return err
		},
		"read a data source": func(ctx context.Context) error {
			_, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: "vonage_none"})
			return err
		},
		"call a function": func(ctx context.Context) error {
			_, err := server.CallFunction(ctx, &tfprotov6.CallFunctionRequest{Name: "none"})
			return err
		},
	} {
		kept := callWithValue(t, name, call)
		runtime.GC()
		if kept.Value() != nil {
			t.Errorf("%s: the context is kept", name)
		}
	}
	runtime.KeepAlive(server)
}

// callWithValue makes a call whose context has a value that nothing else keeps.
func callWithValue(t *testing.T, name string, call func(context.Context) error) weak.Pointer[[1024]byte] {
	t.Helper()
	type key struct{}
	value := new([1024]byte)
	if err := call(context.WithValue(t.Context(), key{}, value)); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return weak.Make(value)
}
