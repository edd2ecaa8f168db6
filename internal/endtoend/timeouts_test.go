// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// An operation whose timeout expires while it waits for the rate limit ends like an interrupted one: at once, without
// sending anything, and with a state that agrees with the account. With this limit it would wait for a quarter of an
// hour.
func TestTimeoutsWhileWaitingForTheLimit(t *testing.T) {
	t.Parallel()
	timeouts := values{"create": "5s", "read": "5s", "update": "5s", "delete": "5s"}
	for name, test := range map[string]struct {
		typeName     string
		first, later values
	}{
		"application": {
			"vonage_application", values{"name": "first", "timeouts": timeouts}, values{"name": "later", "timeouts": timeouts},
		},
		"link": {
			"vonage_number_link",
			values{"msisdn": "447700900001", "country": "GB", "application_id": applicationA, "timeouts": timeouts},
			values{"msisdn": "447700900001", "country": "GB", "application_id": applicationB, "timeouts": timeouts},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				env := acctest.New(t, acctest.InMemory())
				fillAccount(t, env.Emulator)
				made, diags := env.Protocol(t).Change(test.typeName, acctest.Object{}, test.first)
				diags.MustBeEmpty(t)
				for what, change := range map[string]struct {
					of acctest.Object
					to values
				}{
					"create": {acctest.Object{}, test.first}, "update": {made, test.later}, "delete": {made, nil},
				} {
					plan, diags := env.Protocol(t).Plan(test.typeName, change.of, change.to)
					diags.MustBeEmpty(t)
					p := env.Protocol(t, values{"requests_per_second": values{"applications": 0.001, "numbers_list": 0.001, "numbers_write": 0.001}})
					for _, source := range []string{"vonage_applications", "vonage_numbers"} {
						_, diags := p.ReadDataSource(source, values{}) // uses up the one request that the limit allows
						diags.MustBeEmpty(t)
					}
					env.Emulator.ResetRequests()
					begun := time.Now()
					after, diags := p.Apply(plan)
					diags.MustFail(t, "", "Unable to ", "deadline exceeded", "timeouts")
					if took := time.Since(begun); took != 5*time.Second {
						t.Errorf("%s: ended after %s", what, took)
					}
					if sent := env.Emulator.Requests(); len(sent) > 0 {
						t.Errorf("%s: sent %v", what, sent)
					}
					if diff := cmp.Diff(change.of.State, after.State); diff != "" {
						t.Errorf("%s: the state changed:\n%s", what, diff)
					}
				}
			})
		})
	}
}
