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

// weather delays most requests, and loses or breaks many requests or their responses. The fate of a request depends on
// the seed, on the request itself and on how often it was made before, and is therefore the same in every run with the
// same requests.
type weather struct {
	seed    uint64
	account *emulator.Emulator
	next    http.Handler
	calm    atomic.Bool

	struck atomic.Int64 // requests that were lost or broken

	mu    sync.Mutex
	fates map[string][]int // by request, in order
}

func (w *weather) ServeHTTP(answer http.ResponseWriter, r *http.Request) {
	if w.calm.Load() {
		w.next.ServeHTTP(answer, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	delay, fate := w.cast(r, body)
	wait(r, delay)
	if fate < 7 {
		w.struck.Add(1)
	}
	switch fate {
	case 0: // not carried out
		hangUp(answer)
	case 1:
		refuse(answer, http.StatusServiceUnavailable, "")
	case 2:
		refuse(answer, http.StatusTooManyRequests, "2")
	case 3: // carried out, but the client cannot tell
		w.next.ServeHTTP(httptest.NewRecorder(), r)
		hangUp(answer)
	case 4:
		w.next.ServeHTTP(httptest.NewRecorder(), r)
		refuse(answer, http.StatusInternalServerError, "")
	case 5:
		w.next.ServeHTTP(httptest.NewRecorder(), r)
		wait(r, time.Minute)
		hangUp(answer)
	case 6:
		w.next.ServeHTTP(httptest.NewRecorder(), r)
		_, _ = io.WriteString(answer, "\x00 garbage")
	default:
		w.next.ServeHTTP(answer, r)
	}
}

// anyID matches application ids, which differ between runs.
var anyID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

func (w *weather) nameOf(id string) string { return fmt.Sprint(w.account.Applications()[id]["name"]) }

// cast draws the fate of a request. Applications count by name only, because their ids and keys differ between runs.
func (w *weather) cast(r *http.Request, body []byte) (delay time.Duration, fate int) {
	var named struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(body, &named) == nil {
		body = []byte(named.Name)
	}
	request := anyID.ReplaceAllStringFunc(fmt.Sprintf("%s %s %s", r.Method, r.URL.RequestURI(), body), w.nameOf)
	hash := fnv.New64a()
	_, _ = io.WriteString(hash, request)
	w.mu.Lock()
	defer w.mu.Unlock()
	dice := rand.New(rand.NewPCG(w.seed, hash.Sum64()+uint64(len(w.fates[request]))))
	delay, fate = time.Duration(dice.Int64N(int64(3*time.Second))), dice.IntN(20)
	if w.fates == nil {
		w.fates = map[string][]int{}
	}
	w.fates[request] = append(w.fates[request], fate)
	return delay, fate
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
