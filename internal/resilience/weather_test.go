// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"bytes"
	"encoding/json"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"time"
)

// weather is what happens to requests on their way: most are late, and many do not get through, or their answers do not. What
// happens to a request depends on the seed, on the request itself, and on how often it was made before, and so is the same in every
// run with the same requests.
type weather struct {
	seed uint64
	next http.Handler
	calm atomic.Bool

	struck atomic.Int64 // requests that did not come to a good end

	mu   sync.Mutex
	made map[string]uint64
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
	dice := w.dice(r, body)
	wait(r, time.Duration(dice.Int64N(int64(3*time.Second))))
	fate := dice.IntN(20)
	if fate < 7 {
		w.struck.Add(1)
	}
	switch fate {
	case 0: // nothing was done
		hangUp(answer)
	case 1:
		refuse(answer, http.StatusServiceUnavailable, "")
	case 2:
		refuse(answer, http.StatusTooManyRequests, "2")
	case 3: // it was done, and nobody knows
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

// dice are loaded for one request. Of an application's body only the name counts: its key is another in every run.
func (w *weather) dice(r *http.Request, body []byte) *rand.Rand {
	var named struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(body, &named) == nil {
		body = []byte(named.Name)
	}
	hash := fnv.New64a()
	_, _ = io.WriteString(hash, r.Method+" "+r.URL.RequestURI()+" ")
	_, _ = hash.Write(body)
	request := string(hash.Sum(nil))
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.made == nil {
		w.made = map[string]uint64{}
	}
	w.made[request]++
	return rand.New(rand.NewPCG(w.seed, hash.Sum64()+w.made[request]))
}

// wait waits for as long as there is somebody to answer.
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
