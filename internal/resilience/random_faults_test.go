// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// randomFaults delays most requests, and loses or breaks many requests or their responses. What happens to a request
// depends on the seed, on the request itself and on how often it was made before, and is therefore the same in every run
// with the same requests.
type randomFaults struct {
	seed    uint64
	account *emulator.Emulator
	next    http.Handler
	off     atomic.Bool

	failed atomic.Int64 // requests that were lost or broken

	mu    sync.Mutex
	drawn map[string][]int // what happened, by request, in order
}

func (f *randomFaults) ServeHTTP(answer http.ResponseWriter, r *http.Request) {
	if f.off.Load() {
		f.next.ServeHTTP(answer, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	delay, drawn := f.draw(r, body)
	wait(r, delay)
	if drawn < 7 {
		f.failed.Add(1)
	}
	switch drawn {
	case 0: // not carried out
		hangUp(answer)
	case 1:
		refuse(answer, http.StatusServiceUnavailable, "")
	case 2:
		refuse(answer, http.StatusTooManyRequests, "2")
	case 3: // carried out, but the client cannot tell
		f.next.ServeHTTP(httptest.NewRecorder(), r)
		hangUp(answer)
	case 4:
		f.next.ServeHTTP(httptest.NewRecorder(), r)
		refuse(answer, http.StatusInternalServerError, "")
	case 5:
		f.next.ServeHTTP(httptest.NewRecorder(), r)
		wait(r, time.Minute)
		hangUp(answer)
	case 6:
		f.next.ServeHTTP(httptest.NewRecorder(), r)
		_, _ = io.WriteString(answer, "\x00 garbage")
	default:
		f.next.ServeHTTP(answer, r)
	}
}

// anyID matches application ids, which differ between runs.
var anyID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

func (f *randomFaults) nameOf(id string) string {
	return fmt.Sprint(f.account.Applications()[id]["name"])
}

// draw draws what happens to a request. Applications count by name only, because their ids and keys differ between runs.
func (f *randomFaults) draw(r *http.Request, body []byte) (delay time.Duration, drawn int) {
	var named struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(body, &named) == nil {
		body = []byte(named.Name)
	}
	request := anyID.ReplaceAllStringFunc(fmt.Sprintf("%s %s %s", r.Method, r.URL.RequestURI(), body), f.nameOf)
	hash := fnv.New64a()
	_, _ = io.WriteString(hash, request)
	f.mu.Lock()
	defer f.mu.Unlock()
	dice := rand.New(rand.NewPCG(f.seed, hash.Sum64()+uint64(len(f.drawn[request]))))
	delay, drawn = time.Duration(dice.Int64N(int64(3*time.Second))), dice.IntN(20)
	if f.drawn == nil {
		f.drawn = map[string][]int{}
	}
	f.drawn[request] = append(f.drawn[request], drawn)
	return delay, drawn
}

// wait waits for d, or until the client is gone.
func wait(r *http.Request, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	}
}

func hangUp(answer http.ResponseWriter) {
	if connection, _, err := http.NewResponseController(answer).Hijack(); err == nil {
		_ = connection.Close()
	}
}

func refuse(answer http.ResponseWriter, status int, retryAfter string) {
	if retryAfter != "" {
		answer.Header().Set("Retry-After", retryAfter)
	}
	answer.WriteHeader(status)
}
