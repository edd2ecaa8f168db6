// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// unread is an 8 KiB member that no type models, in every object that these tests read.
var unread = `"unread":"` + strings.Repeat("x", 8<<10) + `"`

// TestMemoryIsLinear: memory grows linearly with the objects read, and holds nothing else of the responses.
//
// The test is not parallel because it measures the heap, which all tests share.
func TestMemoryIsLinear(t *testing.T) {
	const n = 300
	for name, test := range map[string]struct {
		list func(first, n, of int) string
		read func(client *vonage.Client, i int) error
	}{
		"numbers": {
			func(first, n, of int) string {
				entries := make([]string, n)
				for i := range entries {
					entries[i] = fmt.Sprintf(`{"country":"GB","msisdn":%q,"app_id":%q,%s}`, ownedKey(first+i).MSISDN, emulatedID(i), unread)
				}
				return fmt.Sprintf(`{"count":%d,"numbers":[%s]}`, of, strings.Join(entries, ","))
			},
			func(client *vonage.Client, i int) error {
				_, err := client.Numbers.Get(context.Background(), ownedKey(i))
				return err
			},
		},
		"applications": {
			func(first, n, of int) string {
				entries := make([]string, n)
				for i := range entries {
					entries[i] = fmt.Sprintf(`{"id":%q,"name":"name",%s}`, emulatedID(first+i), unread)
				}
				return fmt.Sprintf(`{"total_pages":%d,"_embedded":{"applications":[%s]}}`, of/100, strings.Join(entries, ","))
			},
			func(client *vonage.Client, i int) error {
				_, err := client.Applications.Get(context.Background(), emulatedID(i))
				return err
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			few := retained(t, n, test.list, test.read)
			many := retained(t, 4*n, test.list, test.read)
			t.Logf("%d bytes for %d, %d for %d", few, n, many, 4*n)
			if each := many / (4 * n); each > len(unread)/8 {
				t.Errorf("%d bytes are retained per object", each)
			}
			if many > 5*few {
				t.Errorf("%d bytes are retained of %d objects and %d of %d: not linear", few, n, many, 4*n)
			}
		})
	}
}

// retained returns the memory in bytes that a client keeps after reading n objects one after the other.
func retained(t *testing.T, n int, list func(first, n, of int) string, read func(*vonage.Client, int) error) int {
	t.Helper()
	client := vonage.New(vonage.Config{
		APIURL: "https://api.example", RESTURL: "https://rest.example",
		Account: func(context.Context) (vonage.Account, error) { return vonage.Account{}, nil },
		Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
			var body string
			query := req.URL.Query()
			number, _ := strconv.Atoi(query.Get("index") + query.Get("page"))
			if _, id, one := strings.Cut(req.URL.Path, "/v2/applications/"); one {
				body = fmt.Sprintf(`{"id":%q,"name":"name"}`, id)
			} else if digits, one := strings.CutPrefix(query.Get("pattern"), "4477"); one {
				i, _ := strconv.Atoi(digits)
				body = list(i, 1, 1)
			} else {
				body = list(100*(number-1), 100, n)
			}
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: req, Body: io.NopCloser(strings.NewReader(body))}, nil
		}),
	})
	before := heap()
	for i := range n {
		if err := read(client, i); err != nil {
			t.Fatal(err)
		}
	}
	after := heap()
	runtime.KeepAlive(client)
	return int(after) - int(before)
}

// heap returns the number of reachable bytes.
func heap() uint64 {
	runtime.GC()
	runtime.GC() // the first run may leave objects with finalizers
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
