// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// refusing answers updates of certain numbers with a status, instead of carrying them out.
type refusing struct {
	mu      sync.Mutex
	numbers []string
	status  int
}

func (r *refusing) only(status int, numbers ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status, r.numbers = status, numbers
}

func (r *refusing) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		req.Body = io.NopCloser(bytes.NewReader(body))
		r.mu.Lock()
		refuse := req.Method == http.MethodPost && slices.ContainsFunc(r.numbers, func(n string) bool { return bytes.Contains(body, []byte(n)) })
		status := r.status
		r.mu.Unlock()
		if !refuse {
			next.ServeHTTP(w, req)
			return
		}
		if status == http.StatusBadGateway { // carried out, but nobody can tell
			next.ServeHTTP(httptest.NewRecorder(), req)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"error-code":"420","error-code-label":"method failed"}`)
	})
}

// A create that fails in part leaves the others linked. Terraform replaces it then, without writing to the links that stand.
func TestApplicationNumbersCreateThatFailsInPart(t *testing.T) {
	t.Parallel()
	var refused refusing
	a := newAccount(t, acctest.Around(refused.around))
	a.ownsMany(5, nil)
	refused.only(420, nth(1), nth(3))
	object, diags := a.create(bulkType, bulk(ours, upTo(5)...))
	diags.MustFail(t, "", "Unable to link the numbers of application "+ours, nth(1)+", "+nth(3)+": the account has the number, so the reason may lie in what was sent")
	if len(diags.Errors()) != 1 {
		t.Errorf("more than one error:\n%s", diags)
	}
	if diff := cmp.Diff([]any{nth(0), nth(2), nth(4)}, object.State["numbers"]); diff != "" || object.State["id"] != nil {
		t.Errorf("the state is %v", object.State)
	}
	a.wantLinked(ours, nth(0), nth(2), nth(4))

	refused.only(0)
	object = a.mustRead(object)
	a.Calls()
	object.Private = nil // Terraform keeps none of a tainted object
	p := a.Protocol(t)
	left, diags := p.Destroy(bulkType, object)
	diags.MustBeEmpty(t)
	a.WantCalls(t)
	if left.State != nil {
		t.Fatalf("the state is %v", left.State)
	}
	object, diags = p.Change(bulkType, acctest.Object{}, bulk(ours, upTo(5)...))
	diags.MustBeEmpty(t)
	a.wantLinked(ours, upTo(5)...)
	if n := a.count(update); n != 2 {
		t.Errorf("%d updates", n)
	}
	a.wantNoChange(bulkType, a.mustRead(object), bulk(ours, upTo(5)...))
}

// What an unfinished resource has linked, and its replacement no longer lists, is unlinked.
func TestApplicationNumbersOfAnUnfinishedResource(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]values{
		"fewer":               bulk(ours, nth(0), nth(1)),
		"written differently": bulk(ours, "GB/"+nth(0), "GB/"+nth(1)),
		"another application": bulk(theirs, nth(0), nth(1), nth(2)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var refused refusing
			a := newAccount(t, acctest.Around(refused.around))
			a.ownsMany(3, nil)
			refused.only(420, nth(1))
			object, diags := a.create(bulkType, bulk(ours, upTo(3)...))
			diags.MustFail(t, "", nth(1))
			refused.only(0)
			p := a.Protocol(t)
			object, diags = p.Read(bulkType, object)
			diags.MustBeEmpty(t)
			object.Private = nil
			_, diags = p.Destroy(bulkType, object)
			diags.MustBeEmpty(t)
			_, diags = p.Change(bulkType, acctest.Object{}, config)
			diags.Errors().MustBeEmpty(t)
			want := []any{}
			for _, entry := range config["numbers"].([]any) {
				want = append(want, strings.TrimPrefix(entry.(string), "GB/"))
			}
			a.wantLinked(config["application_id"].(string), want...)
			if config["application_id"] == theirs {
				a.wantLinked(ours)
			}
		})
	}
}

func TestAnUntaintedApplicationNumbersIsFinished(t *testing.T) {
	t.Parallel()
	var refused refusing
	a := newAccount(t, acctest.Around(refused.around))
	a.ownsMany(3, nil)
	refused.only(420, nth(1))
	object, diags := a.create(bulkType, bulk(ours, upTo(3)...))
	diags.MustFail(t, "", nth(1))
	for _, config := range []values{bulk(ours, nth(0), nth(2)), bulk(ours, upTo(3)...)} {
		refused.only(0)
		finished := a.mustChange(a.mustRead(object), config)
		if finished.State["id"] != ours {
			t.Errorf("the state is %v", finished.State)
		}
	}
	unfinished := a.mustRead(object)
	a.mustChange(unfinished, nil) // a destroy unlinks what an unfinished resource has
	a.wantLinked(ours, nth(1))
}

func TestApplicationNumbersUpdateThatFailsInPart(t *testing.T) {
	t.Parallel()
	var refused refusing
	a := newAccount(t, acctest.Around(refused.around))
	a.ownsMany(6, nil)
	object := a.mustCreate(bulkType, bulk(ours, upTo(3)...))
	refused.only(420, nth(0), nth(4))
	config := bulk(ours, nth(2), nth(3), nth(4), nth(5))
	object, diags := a.Protocol(t).Change(bulkType, object, config)
	diags.MustFail(t, "", nth(0)+": method failed", nth(4)+": the account has the number")
	if diff := cmp.Diff([]any{nth(0), nth(2), nth(3), nth(5)}, object.State["numbers"]); diff != "" {
		t.Errorf("the state has (-want +got):\n%s", diff)
	}
	refused.only(0)
	a.Calls()
	object = a.mustChange(object, config)
	if n := a.count(update); n != 2 {
		t.Errorf("%d updates", n)
	}
	refused.only(420, nth(3))
	object, diags = a.Protocol(t).Change(bulkType, object, nil)
	diags.MustFail(t, "", "Unable to unlink", nth(3))
	if diff := cmp.Diff([]any{nth(3)}, object.State["numbers"]); diff != "" {
		t.Errorf("the state has (-want +got):\n%s", diff)
	}
	refused.only(0)
	a.mustChange(object, nil)
	a.wantLinked(ours)
}

// A link whose write has an unknown outcome is in the state; the next refresh finds out.
func TestApplicationNumbersInDoubt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var refused refusing
		a := newAccount(t, acctest.InMemory(), acctest.Around(refused.around))
		a.ownsMany(3, nil)
		p := a.Protocol(t, values{"max_retries": 0})
		plan, diags := p.Plan(bulkType, acctest.Object{}, bulk(ours, upTo(3)...))
		diags.MustBeEmpty(t)
		refused.only(http.StatusServiceUnavailable, nth(1))
		a.Fail(t, emulator.Fault{Method: http.MethodGet, Path: "/account/numbers", Kind: emulator.Status, Status: http.StatusForbidden, Body: "{}", Times: -1})
		object, diags := p.Apply(plan)
		diags.MustFail(t, "", nth(1), "outcome of updating the number is unknown", "safe to apply again")
		if diff := cmp.Diff(upTo(3), object.State["numbers"]); diff != "" {
			t.Errorf("the state has (-want +got):\n%s", diff)
		}
		a.Emulator.ClearFaults()
		refused.only(0)
		_, diags = p.Change(linkType, acctest.Object{}, acctest.With(link(theirs), values{"msisdn": nth(1), "country": "GB"}))
		diags.MustFail(t, "msisdn", "linked by another resource during this run")
		if diff := cmp.Diff([]any{nth(0), nth(2)}, a.mustRead(object).State["numbers"]); diff != "" {
			t.Errorf("the state has (-want +got):\n%s", diff)
		}
	})
}

// What fails for every number is not tried thousands of times.
func TestApplicationNumbersEndAfterTenFailuresInARow(t *testing.T) {
	t.Parallel()
	var refused refusing
	a := newAccount(t, acctest.Around(refused.around))
	a.ownsMany(300, nil)
	p := a.Protocol(t)
	plan, diags := p.Plan(bulkType, acctest.Object{}, bulk(ours, upTo(300)...))
	diags.MustBeEmpty(t)
	refused.only(http.StatusUnauthorized, "44770090")
	a.Calls()
	object, diags := p.Apply(plan)
	diags.MustFail(t, "", "were not begun: 10 in a row had failed", "method failed")
	if object.State != nil {
		t.Errorf("the state is %v", object.State)
	}
	// A refusal of one number alone ends nothing.
	refused.only(420, slices.Collect(func(yield func(string) bool) {
		for i := range 50 {
			if !yield(nth(i)) {
				return
			}
		}
	})...)
	object, diags = a.create(bulkType, bulk(ours, upTo(300)...))
	diags.MustFail(t, "", nth(0), nth(49))
	if linked, _ := object.State["numbers"].([]any); len(linked) != 250 {
		t.Errorf("%d are linked", len(linked))
	}
}

// limits are the documented ones.
var limits = values{"requests_per_second": nil}

// An interrupt in the middle loses nothing, and the next apply does the rest.
func TestApplicationNumbersInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, acctest.InMemory())
		a.ownsMany(200, nil)
		config := bulk(ours, upTo(200)...)
		p := a.Protocol(t, limits)
		plan, diags := p.Plan(bulkType, acctest.Object{}, config)
		diags.MustBeEmpty(t)
		timer := time.AfterFunc(20*time.Second, p.Stop)
		defer timer.Stop()
		object, diags := p.Apply(plan)
		diags.MustFail(t, "", "were not begun", "context canceled", "Apply again to continue")
		reached, _ := object.State["numbers"].([]any)
		a.wantLinked(ours, reached...)
		if len(reached) < 50 || len(reached) > 70 {
			t.Errorf("%d are linked after 20 seconds", len(reached))
		}
		object = a.mustRead(object)
		object.Private = nil
		p = a.Protocol(t, limits)
		_, diags = p.Destroy(bulkType, object)
		diags.MustBeEmpty(t)
		_, diags = p.Change(bulkType, acctest.Object{}, config)
		diags.MustBeEmpty(t)
		a.wantLinked(ours, upTo(200)...)
		if n := a.count(update); n != 200 {
			t.Errorf("%d updates in total", n)
		}
	})
}

// TestApplicationNumbersAtTheLimit links and unlinks many numbers of a large account, with the documented limits.
func TestApplicationNumbersAtTheLimit(t *testing.T) {
	t.Parallel()
	count := 5000
	if testing.Short() || acctest.Race {
		count = 500
	}
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, acctest.InMemory())
		a.ownsMany(count, nil)
		pages := count / 100
		limit := time.Duration(count) * time.Second / 3
		reading := time.Duration(pages+1) * 1040 * time.Millisecond
		p := a.Protocol(t, limits)
		plan, diags := p.Plan(bulkType, acctest.Object{}, bulk(ours, upTo(count)...))
		diags.MustBeEmpty(t)
		if n := len(a.Calls()); n != pages {
			t.Errorf("the plan takes %d calls", n)
		}
		p = a.Protocol(t, limits)
		_, diags = p.Replan(plan, nil)
		diags.MustBeEmpty(t)
		begun := time.Now()
		object, diags := p.Apply(plan)
		diags.MustBeEmpty(t)
		took := time.Since(begun)
		t.Logf("linked %d in %s, %.1f %% of the limit, with %d calls", count, took, 100*limit.Seconds()/took.Seconds(), len(a.Calls()))
		if took > limit*10/9 {
			t.Errorf("took %s, and at the limit it is %s", took, limit)
		}
		p = a.Protocol(t, limits)
		begun = time.Now()
		_, diags = p.Change(bulkType, object, nil)
		diags.MustBeEmpty(t)
		took = time.Since(begun)
		t.Logf("unlinked %d in %s, %.1f %% of the limit, with %d calls", count, took, 100*limit.Seconds()/took.Seconds(), len(a.Calls()))
		if took > limit*10/9+reading {
			t.Errorf("took %s, and at the limit it is %s and %s to read", took, limit, reading)
		}
		a.wantLinked(ours)
	})
}

// logLines collects the provider's log.
type logLines struct {
	mu    sync.Mutex
	lines []map[string]any
}

func (l *logLines) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range bytes.Lines(text) {
		var decoded map[string]any
		if json.Unmarshal(line, &decoded) == nil {
			l.lines = append(l.lines, decoded)
		}
	}
	return len(text), nil
}

// of returns the lines with a message, and whether all of them have this level.
func (l *logLines) of(message, level string) (lines []map[string]any, all bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	all = true
	for _, line := range l.lines {
		if line["@message"] == message {
			lines, all = append(lines, line), all && line["@level"] == level
		}
	}
	return lines, all
}

func TestLongWorkShowsItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var refused refusing
		a := newAccount(t, acctest.InMemory(), acctest.Around(refused.around))
		a.ownsMany(100, nil)
		refused.only(420, nth(7))
		var log logLines
		p := a.Protocol(t, limits)
		p.LogTo(&log)
		_, diags := p.Change(bulkType, acctest.Object{}, bulk(ours, upTo(100)...))
		diags.MustFail(t, "", nth(7))
		lines, warn := log.of("Changing the links of many numbers", "warn")
		if len(lines) != 3 || !warn {
			t.Fatalf("%d lines, all at level warn: %t", len(lines), warn)
		}
		first := lines[0]
		done, left, failed := first["done"].(float64), first["left"].(float64), first["failed"].(float64)
		if done+left+failed != 100 || done < 25 || failed != 1 || first["application_id"] != ours {
			t.Errorf("the first line is %v", first)
		}
		at, err := time.ParseDuration(first["time_at_the_limit"].(string))
		if want := time.Duration(left * 1.04 / 3 * float64(time.Second)).Round(time.Second); err != nil || at != want {
			t.Errorf("the time that %v take at the limit is given as %s, not %s", left, at, want)
		}
		lines, warn = log.of("Changed the links of many numbers", "warn")
		if len(lines) != 1 || !warn || lines[0]["done"] != 99.0 || lines[0]["failed"] != 1.0 || lines[0]["left"] != 0.0 {
			t.Errorf("the summary is %v", lines)
		}
	})
}

func TestShortWorkIsNotShown(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.ownsMany(3, nil)
	var log logLines
	p := a.Protocol(t)
	p.LogTo(&log)
	_, diags := p.Change(bulkType, acctest.Object{}, bulk(ours, upTo(3)...))
	diags.MustBeEmpty(t)
	if lines, _ := log.of("Changing the links of many numbers", "warn"); len(lines) > 0 {
		t.Errorf("shown: %v", lines)
	}
	if lines, info := log.of("Changed the links of many numbers", "info"); len(lines) != 1 || !info {
		t.Errorf("the summary is %v", lines)
	}
}

// The time that an operation gets by default grows with its work: five minutes are not enough for 200 writes of two seconds.
func TestApplicationNumbersGetTheTimeTheyNeed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, acctest.InMemory())
		a.ownsMany(200, nil)
		config := bulk(ours, upTo(200)...)
		slow := values{"requests_per_second": values{"numbers_write": 0.5}}
		_, diags := a.Protocol(t, slow).Change(bulkType, acctest.Object{}, acctest.With(config, values{"timeouts": values{"create": "5m"}}))
		diags.MustFail(t, "", "were not begun", "deadline exceeded", "timeouts")
		object, diags := a.Protocol(t, slow).Change(bulkType, acctest.Object{}, config)
		diags.MustBeEmpty(t)
		_, diags = a.Protocol(t, slow).Change(bulkType, object, nil)
		diags.MustBeEmpty(t)
	})
}
