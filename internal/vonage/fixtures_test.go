// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// testdata/captured contains answers of the real API as the tests of public SDKs show them, each with its source.
// They are re-typed facts: the response to a write may appear here as the response to a read, which has the same shape
// except for the private key. The requests that lead to them are our own.

// capture is one file of testdata/captured.
type capture struct {
	Source    string     `json:"source"` // URL of a repository and a path in it, or of an issue
	Exchanges []exchange `json:"exchanges"`

	t     *testing.T
	mu    sync.Mutex
	asked map[string]int
}

// exchange is a request, "METHOD path?query", and its response.
type exchange struct {
	Request string          `json:"request"`
	Status  int             `json:"status"`
	Answer  json.RawMessage `json:"answer"`
}

// replay returns a client of a server that responds as the file says. Every exchange must take place exactly once.
func replay(t *testing.T, name string) *vonage.Client {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "captured", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	c := &capture{t: t, asked: map[string]int{}}
	if err := json.Unmarshal(text, c); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(c.Source, "https://github.com/Vonage/") || len(c.Exchanges) == 0 {
		t.Fatalf("%s has no source or no exchanges", name)
	}
	server := httptest.NewServer(c)
	t.Cleanup(func() {
		server.Close()
		for _, exchange := range c.Exchanges {
			if c.asked[exchange.Request] != 1 {
				t.Errorf("%s was requested %d times", exchange.Request, c.asked[exchange.Request])
			}
		}
	})
	return vonage.New(vonage.Config{
		APIURL: server.URL, RESTURL: server.URL, Token: token("TOKEN"),
		Account: func(context.Context) (vonage.Account, error) { return vonage.Account{APIKey: "k", APISecret: "s"}, nil },
	})
}

func (c *capture) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	wanted := r.Method + " " + r.URL.RequestURI()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked[wanted]++
	for _, exchange := range c.Exchanges {
		if exchange.Request == wanted {
			w.WriteHeader(exchange.Status)
			_, _ = w.Write(exchange.Answer)
			return
		}
	}
	c.t.Errorf("unexpected request %s", wanted)
	w.WriteHeader(http.StatusTeapot)
}

// first returns as many items as a captured page has: the client would request further pages, which are not captured.
func first[T any](t *testing.T, count int, pages iter.Seq2[T, error]) []T {
	t.Helper()
	var items []T
	for item, err := range pages {
		if err != nil {
			t.Fatal(err)
		}
		if items = append(items, item); len(items) == count {
			break
		}
	}
	return items
}

// all returns every item.
func all[T any](t *testing.T, pages iter.Seq2[T, error]) []T {
	t.Helper()
	return first(t, -1, pages)
}

// TestEveryCaptureIsReplayed fails for a captured file that no test replays.
func TestEveryCaptureIsReplayed(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/captured/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d captured answers: %v", len(files), err)
	}
	sources, err := filepath.Glob("fixtures_*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, source := range sources {
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(text)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		if !strings.Contains(tests.String(), `"`+name+`"`) {
			t.Errorf("no test replays %s", file)
		}
	}
}
