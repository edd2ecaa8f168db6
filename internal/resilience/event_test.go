// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// event is a trouble that happens to one request of an operation, or to that request and all later ones.
type event struct {
	trouble trouble
	index   int // of the request that the trouble happens to
	lasting bool
}

func (e event) String() string {
	often := "once"
	if e.lasting {
		often = "from then on"
	}
	return fmt.Sprintf("request %d/%s %s", e.index+1, e.trouble.name, often)
}

// eventsAt returns the events to try on the request with the given index. With -short it returns only one of
// them, chosen by nth.
func eventsAt(index, nth int) []event {
	var events []event
	for _, trouble := range troubles() {
		if trouble.slow && !*soak {
			continue
		}
		events = append(events, event{trouble: trouble, index: index})
		if *soak && trouble.meanwhile == nil || !trouble.once {
			events = append(events, event{trouble: trouble, index: index, lasting: true})
		}
	}
	if testing.Short() {
		return []event{events[nth%len(events)]}
	}
	return events
}

// meets runs do while the event is armed, and requires that the event happened.
func (w *world) meets(e event, do func() acctest.Diagnostics) acctest.Diagnostics {
	w.t.Helper()
	fault := e.trouble.fault()
	fault.After = e.index
	if e.lasting {
		fault.Times = -1
	}
	w.Fail(w.t, fault)
	w.Emulator.ResetRequests()
	sent := 0 // requests sent before the event
	if e.trouble.meanwhile != nil {
		w.arrived.at(e.index, func() {
			synctest.Wait() // members of a conversation are read in parallel: let requests sent at the same time arrive
			sent = len(w.Emulator.Requests())
			e.trouble.meanwhile(w)
		})
	}
	begun := time.Now()
	diags := do()
	took, made, within := time.Since(begun), len(w.Emulator.Requests()), e.trouble.within
	if e.lasting {
		within *= time.Duration(made) // planning and importing have no timeout of their own, so each request may take that long
	}
	if within > 0 && took > within {
		w.t.Errorf("took %s, not at most %s", took, within)
	}
	switch {
	case made <= e.index:
		w.t.Fatal("the request that should have met with trouble was not made")
	case e.trouble.final && made > sent:
		w.t.Errorf("%d requests were made after it", made-sent)
	}
	w.Emulator.ClearFaults()
	tried.add(e.trouble.name, 1)
	return diags
}

var unable = regexp.MustCompile(`^Unable to [a-z]`)

// mustExplain requires that every error names the operation and the cause, and has advice in a separate paragraph.
func mustExplain(t *testing.T, diags acctest.Diagnostics, noun string, trouble trouble) {
	t.Helper()
	for _, err := range diags.Errors() {
		if !unable.MatchString(err.Summary) || !strings.Contains(err.Summary, noun) {
			t.Errorf("%q does not name the operation", err.Summary)
		}
		if !slices.ContainsFunc(trouble.causes, func(cause string) bool { return strings.Contains(err.Detail, cause) }) {
			t.Errorf("the error names none of the causes %q:\n%s", trouble.causes, err.Detail)
		}
		if _, advice, _ := strings.Cut(err.Detail, "\n\n"); !strings.Contains(advice, ".") {
			t.Errorf("the error does not say what to do:\n%s", err.Detail)
		}
	}
}
