// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
)

// TestNothingPanics passes configurations of every shape to everything that is offered, through every call that takes
// one.
func TestNothingPanics(t *testing.T) {
	t.Parallel()
	schema := acctest.New(t).Protocol(t).Schema()
	try := func(name string, shapes []shape, call func(*world, values)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, subject{})
				w.run()
				for i, shape := range shapes {
					if testing.Short() && i%4 > 0 {
						continue
					}
					survives(t, shape.name, func() { call(w, shape.config) })
					tried.add(malformedShapes, 1)
				}
			})
		})
	}
	objects := pinnedObjects(t)
	for name, one := range schema.ResourceSchemas {
		var bases []values
		for _, resource := range specimen.Resources() {
			if resource.TypeName == name {
				bases = slices.Collect(maps.Values(resource.Pinned))
			}
		}
		try("resource "+name, shapes(settable(one.Block.Attributes), bases...), func(w *world, config values) {
			w.running.ValidateResource(name, config)
			w.running.Plan(name, acctest.Object{}, config)
			w.running.Plan(name, objects[name], config)
		})
	}
	for name, one := range schema.DataSourceSchemas {
		try("data "+name, shapes(settable(one.Block.Attributes)), func(w *world, config values) {
			if diags := w.running.ValidateDataSource(name, config); !diags.HasError() {
				w.running.ReadDataSource(name, config)
			}
		})
	}
	for name, one := range schema.EphemeralResourceSchemas {
		try("ephemeral "+name, shapes(settable(one.Block.Attributes)), func(w *world, config values) {
			if diags := w.running.ValidateEphemeral(name, config); !diags.HasError() {
				w.running.OpenEphemeral(name, config)
			}
		})
	}
	for name, one := range schema.ListResourceSchemas {
		try("list "+name, shapes(settable(one.Block.Attributes)), func(w *world, config values) {
			w.running.List(name, config, 1, true)
		})
	}
	for name, one := range schema.ActionSchemas {
		try("action "+name, shapes(settable(one.Schema.Block.Attributes)), func(w *world, config values) {
			w.running.Invoke(name, config)
		})
	}
	try("provider", shapes(schema.Provider.Block.Attributes), func(w *world, config values) {
		w.running.ValidateProvider(config)
		fresh := w.Protocol(w.t, specimen.AsApplication())
		if diags := fresh.Configure(config); !diags.HasError() { // Terraform stops after an error
			fresh.ReadDataSource("vonage_applications", values{})
		}
	})
	for name, function := range schema.Functions {
		malformed := []any{
			"x", nil, acctest.Unknown, 1, values{}, []any{}, values{"a": nil, "b": acctest.Unknown}, []any{nil, acctest.Unknown, values{}},
		}
		t.Run("function "+name, func(t *testing.T) {
			t.Parallel()
			p := acctest.New(t).Protocol(t)
			for i, parameter := range function.Parameters {
				for _, value := range malformed {
					arguments := make([]any, len(function.Parameters))
					for j, other := range function.Parameters {
						arguments[j] = ofType(other.Type)
					}
					if arguments[i] = value; !fits(parameter.Type, value) {
						continue
					}
					survives(t, fmt.Sprint(arguments...), func() { _, _ = p.Call(name, arguments...) })
					tried.add(malformedShapes, 1)
				}
			}
		})
	}
}

// survives reports a panic together with the input that caused it.
func survives(t *testing.T, what string, call func()) {
	t.Helper()
	defer func() {
		if problem := recover(); problem != nil {
			t.Errorf("%s: panic: %v\n%s", what, problem, debug.Stack())
		}
	}()
	call()
}

// pinnedObjects returns the largest pinned object of each type.
func pinnedObjects(t *testing.T) map[string]acctest.Object {
	t.Helper()
	objects, longest := map[string]acctest.Object{}, map[string]int{}
	for _, file := range pinnedFiles(t) {
		stored := readPinned(t, file)
		if length := len(fmt.Sprint(stored.State)); length > longest[stored.TypeName] {
			longest[stored.TypeName] = length
			objects[stored.TypeName] = acctest.Object{State: stored.State, Identity: stored.Identity, Private: stored.Private}
		}
	}
	return objects
}
