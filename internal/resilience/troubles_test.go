// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"net/http"
	"slices"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// trouble is one way in which a request can fail.
type trouble struct {
	name  string
	fault func() emulator.Fault
	// passing troubles are transient: a retry succeeds, if the request may be retried.
	passing bool
	// undone means that the request is not carried out, although the client cannot tell.
	undone bool
	// once troubles are tried as lasting ones only with -soak, because they do not differ from others then.
	once bool
	// slow troubles are tried only with -soak.
	slow bool
	// settings are added to the configuration.
	settings values
	// meanwhile is called when the request arrives.
	meanwhile func(*world)
	// final troubles must not be followed by another request.
	final bool
	// within is the longest time that the operation may take, by default a minute per request.
	within time.Duration
	// causes are words, one of which every error must contain.
	causes []string
}

// elsewhere is a host that must not get credentials.
const elsewhere = "http://elsewhere.example"

func troubles() []trouble {
	return slices.Concat(connections(), refusals(), nonsense(), slowness(), interrupts())
}

func always(fault emulator.Fault) func() emulator.Fault {
	return func() emulator.Fault { return fault }
}

// connections returns troubles in which the connection is closed early.
func connections() []trouble {
	lost := []string{"EOF", "closed", "broke off", "reset"}
	return []trouble{
		{name: "closed before processing", fault: always(emulator.Fault{Kind: emulator.CloseBefore}), passing: true, undone: true, causes: lost},
		{name: "closed after processing", fault: always(emulator.Fault{Kind: emulator.CloseAfter}), passing: true, causes: lost},
		{name: "truncated", fault: always(emulator.Fault{Kind: emulator.Truncate}), passing: true, once: true, causes: append(lost, "it is empty")},
	}
}

// refusals returns troubles in which the response is an error.
func refusals() []trouble {
	status := func(status int, retryAfter string) func() emulator.Fault {
		return always(emulator.Fault{Kind: emulator.Status, Status: status, RetryAfter: retryAfter})
	}
	untilADate := func() emulator.Fault {
		until := time.Now().Add(20 * time.Second).UTC().Format(http.TimeFormat)
		return emulator.Fault{Kind: emulator.Status, Status: http.StatusTooManyRequests, RetryAfter: until}
	}
	afterwards := always(emulator.Fault{Kind: emulator.StatusAfter, Status: http.StatusInternalServerError})
	return []trouble{
		{name: "429", fault: status(http.StatusTooManyRequests, ""), passing: true, once: true, causes: []string{"429"}},
		{name: "429 for seconds", fault: status(http.StatusTooManyRequests, "7"), passing: true, once: true, causes: []string{"429"}},
		{name: "429 until a date", fault: untilADate, passing: true, once: true, causes: []string{"429"}},
		{name: "429 for a day", fault: status(http.StatusTooManyRequests, "86400"), once: true, causes: []string{"429"}},
		{name: "500", fault: status(http.StatusInternalServerError, ""), passing: true, undone: true, once: true, causes: []string{"500"}},
		{name: "500 after processing", fault: afterwards, passing: true, causes: []string{"500"}},
		{name: "502 with HTML", fault: always(emulator.Fault{Kind: emulator.HTML}), passing: true, undone: true, once: true, causes: []string{"502"}},
		{name: "503", fault: status(http.StatusServiceUnavailable, "3"), passing: true, undone: true, once: true, causes: []string{"503"}},
	}
}

// nonsense returns troubles in which the response is not a valid one.
func nonsense() []trouble {
	redirect := always(emulator.Fault{Kind: emulator.Redirect, Location: elsewhere + "/v2"})
	tooLong := []string{"longer than"}
	const unexplained = "without an explanation: HTTP 404" // where it was a 404 that said that an object is absent
	return []trouble{
		{name: "garbage", fault: always(emulator.Fault{Kind: emulator.Garbage}), causes: []string{"cannot be read", unexplained}},
		{name: "nothing at all", fault: always(emulator.Fault{Kind: emulator.Empty}), once: true, causes: []string{"it is empty", unexplained}},
		{name: "redirect", fault: redirect, once: true, causes: []string{elsewhere}},
		{name: "100 MB, announced", fault: always(emulator.Fault{Kind: emulator.Oversize, Announced: true}), once: true, causes: tooLong},
		{name: "100 MB", fault: always(emulator.Fault{Kind: emulator.Oversize}), once: true, slow: true, causes: tooLong},
	}
}

// slowness returns troubles in which the response is late.
func slowness() []trouble {
	late := []string{"no complete answer within 30s"}
	return []trouble{
		{name: "a byte a second", fault: always(emulator.Fault{Kind: emulator.Slow}), passing: true, once: true, causes: late},
		{name: "too late", fault: always(emulator.Fault{Kind: emulator.Late, Delay: time.Minute}), passing: true, causes: late},
		{
			name: "later than timeouts", fault: always(emulator.Fault{Kind: emulator.Late, Delay: 20 * time.Second}), once: true,
			settings: values{"timeouts": values{"create": "5s", "read": "5s", "update": "5s", "delete": "5s"}},
			within:   20 * time.Second, causes: []string{"deadline exceeded"},
		},
	}
}

// interrupts returns troubles in which the user interrupts Terraform during a request.
func interrupts() []trouble {
	interrupt := func(w *world) { w.running.Stop() }
	cancelled := []string{"canceled"}
	return []trouble{
		{
			name: "interrupt", fault: always(emulator.Fault{Kind: emulator.Late, Delay: 2 * time.Second}), once: true,
			meanwhile: interrupt, final: true, within: 2 * time.Second, causes: cancelled,
		},
		{
			name: "interrupt and connection lost", fault: always(emulator.Fault{Kind: emulator.CloseAfter, Delay: 2 * time.Second}), once: true,
			meanwhile: interrupt, within: 12 * time.Second, causes: append(cancelled, "EOF", "closed"),
		},
		{
			name: "interrupt and no answer", fault: always(emulator.Fault{Kind: emulator.Late, Delay: time.Minute}), once: true,
			meanwhile: interrupt, within: 60 * time.Second, causes: append(cancelled, "no complete answer within 30s"),
		},
	}
}
