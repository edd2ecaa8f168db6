// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"crypto/rsa"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// TestEveryChangeSettles draws two configurations of each resource, creates an object with the first, lets others change
// it and applies the second. The result equals the plan (acctest checks this as Terraform does), the account holds it,
// what others changed is kept, and the next plan is empty: at once, after a refresh in the next run, and after an import,
// with the same configuration and with the one that "terraform plan -generate-config-out" writes.
func TestEveryChangeSettles(t *testing.T) {
	t.Parallel()
	for _, resource := range specimen.Resources() {
		t.Run(resource.TypeName, func(t *testing.T) {
			t.Parallel()
			// Generating a key is slow under the race detector, and one application needs few.
			var made atomic.Int64
			e := acctest.New(t, acctest.InMemory(), acctest.WithProvider(provider.WithKeySource(func() (*rsa.PrivateKey, error) {
				return acctest.Key(int(made.Add(1)) % 4), nil
			})))
			fill(t, e.Emulator)
			rapid.Check(t, func(rt *rapid.T) {
				s := settling{Env: e, Specimen: resource, t: t, rt: rt}
				s.check()
			})
		})
	}
}

// settling is one draw.
type settling struct {
	*acctest.Env
	specimen.Specimen

	t  *testing.T
	rt *rapid.T

	before  specimen.Contents
	changed bool // by others
	object  acctest.Object
}

func (s *settling) check() {
	s.rt.Helper()
	if s.Settling.Prepare != nil {
		if err := s.Settling.Prepare(s.rt, s.Emulator); err != nil {
			s.rt.Fatal(err)
		}
	}
	s.before = specimen.ContentsOf(s.Emulator)
	if rapid.Bool().Draw(s.rt, "update") {
		s.change(s.Settling.Draw(s.rt))
		if err := s.Settling.Others(s.Emulator, s.object.State); err != nil {
			s.rt.Fatal(err)
		}
		s.changed = true
	}
	config := s.Settling.Draw(s.rt)
	s.change(config)
	s.mustBeSettled("at once", s.object, config)
	next := s.Protocol(s.t, specimen.AsApplication())
	refreshed, diags := next.Read(s.TypeName, s.object)
	s.must("refreshing", diags)
	s.mustBeSettled("after a refresh", refreshed, config)
	s.mustImport(next, config)
	s.change(nil)
}

// change applies a configuration as a run of its own, and compares the account with the result.
func (s *settling) change(config values) {
	s.rt.Helper()
	object, diags := s.Protocol(s.t, specimen.AsApplication()).Change(s.TypeName, s.object, config)
	if diags.HasError() {
		s.rt.Fatalf("%v -> %v: %s", s.object.State, config, diags)
	}
	s.object = object
	for _, problem := range s.Settling.Compare(object.State, s.before, specimen.ContentsOf(s.Emulator), s.changed) {
		s.rt.Fatal(problem)
	}
}

// mustImport requires that an import finds what the state has, as far as the API returns it, and leaves nothing to change.
func (s *settling) mustImport(p *acctest.Protocol, config values) {
	s.rt.Helper()
	imported, diags := p.Import(s.TypeName, s.Settling.ImportID(s.object.State))
	s.must("importing", diags)
	readable := true
	for _, name := range s.Settling.Unreadable {
		readable = readable && config[name] == nil
	}
	if readable {
		s.mustBeSettled("after an import", imported, config)
	}
	for name, value := range s.object.State {
		if config[name] != nil && !slices.Contains(s.Settling.Unreadable, name) && !cmp.Equal(value, imported.State[name]) {
			s.rt.Fatalf("%s is imported as something else:\n%s", name, cmp.Diff(value, imported.State[name]))
		}
	}
	generated, diags := p.GenerateConfig(s.TypeName, imported.State)
	s.must("generating a configuration", diags)
	generated, imported.State = s.Written(generated, imported.State)
	s.must("validating the generated configuration", p.ValidateResource(s.TypeName, generated))
	s.mustBeSettled("with a generated configuration", imported, generated)
}

func (s *settling) mustBeSettled(when string, object acctest.Object, config values) {
	s.rt.Helper()
	plan, diags := s.Protocol(s.t, specimen.AsApplication()).Plan(s.TypeName, object, config)
	s.must("planning "+when, diags)
	if plan.Changes() {
		s.rt.Fatalf("%s the plan of %v is not empty (-state +plan):\n%s", when, config, cmp.Diff(object.State, plan.State))
	}
}

func (s *settling) must(doing string, diags acctest.Diagnostics) {
	s.rt.Helper()
	if diags.HasError() {
		s.rt.Fatalf("%s: %s", doing, diags)
	}
}
