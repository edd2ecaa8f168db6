// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
)

// serveStream serves the events of an account; ended is closed when a request has ended.
func serveStream(t *testing.T, change func(*stream)) (account *platform.Account, url string, ended <-chan struct{}) {
	t.Helper()
	account = platform.NewAccount(platform.Options{})
	served, over := newStream(account), make(chan struct{}, 10)
	if change != nil {
		change(served)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		served.ServeHTTP(w, r)
		over <- struct{}{}
	}))
	t.Cleanup(server.Close)
	t.Cleanup(account.Background.Close)
	return account, server.URL, over
}

// watch returns the lines of the stream, after the event with the id last.
func watch(ctx context.Context, t *testing.T, url, last string) *bufio.Scanner {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	answered, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answered.Body.Close() })
	if kind := answered.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("content type %q", kind)
	}
	return bufio.NewScanner(answered.Body)
}

// next returns the kind and the id of the next events.
func next(t *testing.T, lines *bufio.Scanner, count int) (kinds, ids []string) {
	t.Helper()
	for len(kinds) < count && lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "id":
			ids = append(ids, value)
		case "event":
			kinds = append(kinds, value)
		}
	}
	if len(kinds) < count {
		t.Fatalf("the stream has ended after %q: %v", kinds, lines.Err())
	}
	return kinds, ids
}

// A watcher learns what is kept, then what happens; events of other accounts are not its business.
func TestStreamTells(t *testing.T) {
	t.Parallel()
	account, url, _ := serveStream(t, nil)
	account.Feed.Publish("abcd1234", feed.Problem{Reason: "before"})
	account.Feed.Publish("other123", feed.Problem{Reason: "secret of another"})
	lines := watch(t.Context(), t, url, "")
	kinds, ids := next(t, lines, 2)
	account.Feed.Publish("", feed.Changed{})
	more, _ := next(t, lines, 1)
	if diff := cmp.Diff([]string{"begin", "problem", "changed"}, append(kinds, more...)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if ids[1] != account.Feed.ID(1) {
		t.Errorf("the id of the first event is %s", ids[1])
	}
}

// Who comes back is told what has happened since; who has missed something, or comes from another emulator, begins again.
func TestStreamResumes(t *testing.T) {
	t.Parallel()
	account, url, _ := serveStream(t, nil)
	for range 3 {
		account.Feed.Publish("", feed.Changed{})
	}
	for last, want := range map[string][]string{
		account.Feed.ID(1): {account.Feed.ID(2), account.Feed.ID(3)},
		feed.New().ID(1):   {account.Feed.ID(0), account.Feed.ID(1)},
		"nonsense":         {account.Feed.ID(0), account.Feed.ID(1)},
	} {
		if _, ids := next(t, watch(t.Context(), t, url, last), 2); !cmp.Equal(want, ids) {
			t.Errorf("after %s: %q, want %q", last, ids, want)
		}
	}
	for range 4_000 { // more than are kept
		account.Feed.Publish("", feed.Changed{})
	}
	if kinds, _ := next(t, watch(t.Context(), t, url, account.Feed.ID(1)), 1); kinds[0] != "begin" {
		t.Errorf("it has missed events, but resumes with %q", kinds)
	}
}

// A page that comes back cannot send a header: it names the event in the address, until its browser knows a later one.
func TestStreamResumesByAddress(t *testing.T) {
	t.Parallel()
	account, url, _ := serveStream(t, nil)
	for range 3 {
		account.Feed.Publish("", feed.Changed{})
	}
	for last, want := range map[string]uint64{"": 2, account.Feed.ID(2): 3} {
		if _, ids := next(t, watch(t.Context(), t, url+"?after="+account.Feed.ID(1), last), 1); ids[0] != account.Feed.ID(want) {
			t.Errorf("with the header %q: %q, want %d", last, ids, want)
		}
	}
}

func TestStreamHasAHeartbeat(t *testing.T) {
	t.Parallel()
	_, url, _ := serveStream(t, func(s *stream) { s.heartbeat = time.Millisecond })
	lines := watch(t.Context(), t, url, "")
	for lines.Scan() {
		if lines.Text() == ": heartbeat" {
			return
		}
	}
	t.Errorf("the stream has ended: %v", lines.Err())
}

// Nothing is left of a client that has left, and no client holds up an emulator that closes.
func TestStreamEnds(t *testing.T) {
	t.Parallel()
	account, url, ended := serveStream(t, nil)
	ctx, leave := context.WithCancel(t.Context())
	next(t, watch(ctx, t, url, ""), 1)
	leave()
	<-ended
	lines := watch(t.Context(), t, url, "")
	next(t, lines, 1)
	account.Background.Close()
	<-ended
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "event:") {
			t.Errorf("after the end: %s", lines.Text())
		}
	}
}

// A client that does not read is dropped, and holds up nobody meanwhile.
func TestSlowReaderIsDropped(t *testing.T) {
	t.Parallel()
	account, url, ended := serveStream(t, func(s *stream) { s.patience = 50 * time.Millisecond })
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	if tcp, ok := connection.(*net.TCPConn); !ok || tcp.SetReadBuffer(4096) != nil {
		t.Error("the client takes more than it should")
	}
	if _, err := io.WriteString(connection, "GET / HTTP/1.1\r\nHost: emulator\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	body := feed.Body(strings.Repeat("x", 16<<10))
	for range 3_000 {
		account.Feed.Publish("", feed.Webhook{Body: body})
	}
	<-ended
}
