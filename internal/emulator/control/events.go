// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/redact"
)

// stream sends what happens in an account as server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html.
// Secrets do not leave it.
type stream struct {
	account   *platform.Account
	heartbeat time.Duration // keeps proxies and clients from giving up
	patience  time.Duration // how long one write may take
}

func newStream(account *platform.Account) *stream {
	return &stream{account: account, heartbeat: 15 * time.Second, patience: 10 * time.Second}
}

// ServeHTTP sends the events after the one that the client names, or a "begin" and all that are kept; then each one as it
// happens, until the client leaves, reads too slowly or the emulator closes. It starts no goroutine.
func (s *stream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no")
	out := writer{to: w, control: http.NewResponseController(w), patience: s.patience}
	out.pending.WriteString("retry: 500\n\n") // milliseconds, after which a browser comes back
	number, resumed := s.resume(r)
	if !resumed {
		number = s.account.Feed.Start()
		out.add(s.account.Feed.ID(number), "begin", []byte("{}"))
	}
	beat := time.NewTicker(s.heartbeat)
	defer beat.Stop()
	for {
		events, whole, news := s.account.Feed.After(number)
		if !whole {
			return // it has fallen behind; when it comes again, it begins again
		}
		if len(events) > 0 {
			s.write(&out, events)
			number = events[len(events)-1].Number
		}
		if !out.flush() {
			return
		}
		if len(events) > 0 {
			continue // there may be more
		}
		select {
		case <-news:
		case <-beat.C:
			out.comment("heartbeat")
		case <-r.Context().Done():
			return
		case <-s.account.Background.Context.Done():
			return
		}
	}
}

// resume returns the number of the last event that the client has seen, if all that happened since is kept. A browser sends the
// header when it comes back by itself; a page that comes back cannot, and has the parameter.
func (s *stream) resume(r *http.Request) (uint64, bool) {
	number, known := s.account.Feed.Number(cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("after")))
	if !known {
		return 0, false
	}
	_, whole, _ := s.account.Feed.After(number)
	return number, whole
}

// write adds those of the events that concern the account.
func (s *stream) write(out *writer, events []feed.Event) {
	hiding := redact.New(s.account.Confidential()...)
	for _, event := range events {
		if event.Account != "" && event.Account != s.account.APIKey {
			continue
		}
		data, err := hiding.JSON(event.Data)
		if err != nil {
			continue // all types of events encode
		}
		out.add(s.account.Feed.ID(event.Number), event.Kind, data)
	}
}

// writer collects what is to be sent.
type writer struct {
	to       io.Writer
	control  *http.ResponseController
	patience time.Duration
	pending  bytes.Buffer
}

func (o *writer) add(id, kind string, data []byte) {
	_, _ = fmt.Fprintf(&o.pending, "id: %s\nevent: %s\ndata: %s\n\n", id, kind, data)
}

func (o *writer) comment(text string) { _, _ = fmt.Fprintf(&o.pending, ": %s\n\n", text) }

// flush sends what has been collected, and reports whether the client still takes it.
func (o *writer) flush() bool {
	if err := o.control.SetWriteDeadline(time.Now().Add(o.patience)); err != nil {
		return false
	}
	if _, err := o.to.Write(o.pending.Bytes()); err != nil {
		return false
	}
	o.pending.Reset()
	return o.control.Flush() == nil
}
