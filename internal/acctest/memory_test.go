// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// In a bubble, minutes of waiting take no real time; apart from that, everything is as over a port.
func TestInMemory(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := New(t, InMemory())
		for _, kind := range []emulator.FaultKind{emulator.CloseBefore, emulator.Slow, emulator.Truncate} {
			e.Fail(t, emulator.Fault{Kind: kind})
		}
		begun := time.Now()
		_, diags := e.Protocol(t).ReadDataSource("vonage_applications", Values{})
		diags.MustBeEmpty(t)
		if took, requests := time.Since(begun), len(e.Emulator.Requests()); took < 30*time.Second || requests != 4 {
			t.Errorf("took %s and %d requests", took, requests)
		}
	})
}

// A provider that is told to stop returns an error at once.
func TestStop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := New(t, InMemory(), WithEmulator(func(o *emulator.Options) { o.Latency = 10 * time.Second }))
		p := e.Protocol(t)
		begun := time.Now()
		time.AfterFunc(time.Second, p.Stop)
		_, diags := p.ReadDataSource("vonage_applications", Values{})
		diags.MustFail(t, "", "canceled")
		if took := time.Since(begun); took != time.Second {
			t.Errorf("took %s", took)
		}
	})
}
