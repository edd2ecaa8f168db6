// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// Whatever waits for the provider's own limit until its time is up says so, names the limit, and says that nothing was
// sent: reads that share a request as well as writes.
func TestDeadlineWhileWaitingForTheLimit(t *testing.T) {
	t.Parallel()
	slow := vonage.RequestsPerSecond{Applications: 0.01, NumbersList: 0.01, NumbersWrite: 0.01, Conversations: 0.01}
	for name, test := range map[string]struct {
		use   func(ctx context.Context, client *vonage.Client, i int) error
		limit string
	}{
		"reading applications": {func(ctx context.Context, client *vonage.Client, i int) error {
			_, err := client.Applications.Get(ctx, emulatedID(i))
			return err
		}, "requests_per_second.applications"},
		"listing applications": {func(ctx context.Context, client *vonage.Client, _ int) error {
			for _, err := range client.Applications.List(ctx) {
				return err
			}
			return nil
		}, "requests_per_second.applications"},
		"reading numbers": {func(ctx context.Context, client *vonage.Client, i int) error {
			_, err := client.Numbers.Get(ctx, ownedKey(i))
			return err
		}, "requests_per_second.numbers_list"},
		"buying": {func(ctx context.Context, client *vonage.Client, i int) error {
			_, _, err := client.Numbers.Buy(ctx, vonage.AvailableNumber{Country: "GB", MSISDN: ownedKey(i + 10).MSISDN}, "")
			return err
		}, "requests_per_second.numbers_write"},
		"searching": {func(ctx context.Context, client *vonage.Client, _ int) error {
			for _, err := range client.Numbers.Search(ctx, vonage.SearchNumbersOptions{Country: "GB"}) {
				return err
			}
			return nil
		}, "requests_per_second.numbers_write"},
		"calls": {func(ctx context.Context, client *vonage.Client, _ int) error {
			_, err := client.Calls.Get(ctx, emulatedID(0))
			return err
		}, "requests_per_second.conversations"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				e := newEmulated(t, slow)
				e.seedNumbers(t, 3)
				e.seedApplications(t, 3)
				_ = test.use(t.Context(), e.client, 0) // takes the first turn
				before := len(e.Requests())
				ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
				defer cancel()
				failed := make(chan error, 2)
				for i := range 2 {
					go func() { failed <- test.use(ctx, e.client, i+1) }()
				}
				for range 2 {
					err := <-failed
					if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "the request was never sent: it waited 5s") ||
						!strings.Contains(err.Error(), test.limit) {
						t.Errorf("got %v, want the limit %s", err, test.limit)
					}
				}
				if sent := len(e.Requests()) - before; sent != 0 {
					t.Errorf("%d requests were sent", sent)
				}
			})
		})
	}
}
