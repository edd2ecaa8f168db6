// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

// newLateAccount returns an account that lists nothing before delay is over. The provider's clock is synctest's.
func newLateAccount(t *testing.T, delay time.Duration) account {
	t.Helper()
	begun := time.Now()
	return newAccount(t, acctest.InMemory(), acctest.WithProvider(provider.WithClock(time.Now)), acctest.Around(func(emulator http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/account/numbers" && time.Since(begun) < delay {
				r.URL.RawQuery += "&country=US" // where the account has no numbers
			}
			emulator.ServeHTTP(w, r)
		})
	}))
}

// acquire rents and links a number in one run.
func (a account) acquire() (number, link acctest.Object, config values) {
	a.t.Helper()
	a.offers(gb, nil)
	p := a.Protocol(a.t)
	number, diags := p.Change(numberType, acctest.Object{}, gbNumber(nil))
	diags.MustBeEmpty(a.t)
	config = values{"msisdn": digits, "country": "GB", "application_id": ours}
	link, diags = p.Change(linkType, acctest.Object{}, config)
	diags.MustBeEmpty(a.t)
	a.Calls()
	return number, link, config
}

// The next run refreshes a number before the list shows it.
func TestANumberThatIsListedLateIsNotGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newLateAccount(t, 2500*time.Millisecond)
		number, link, _ := a.acquire()
		begun := time.Now()
		for typeName, object := range map[string]acctest.Object{numberType: number, linkType: link} {
			read, diags := a.Protocol(t).Read(typeName, object)
			diags.MustBeEmpty(t)
			want := acctest.With(object.State, nil)
			if typeName == numberType {
				want["application_id"] = ours
			}
			if diff := cmp.Diff(want, read.State); diff != "" {
				t.Errorf("%s: a refresh changes it:\n%s", typeName, diff)
			}
		}
		a.WantCalls(t, list, list, list, list, list) // after 0, 1 (which reads the list, for others that wait) and 3 s, and then at once
		if waited := time.Since(begun); waited != 3*time.Second {
			t.Errorf("it took %s", waited)
		}
	})
}

// A link that was made a moment ago is ended although the list is late, or a warning says that it may stay.
func TestALinkThatIsListedLateIsEnded(t *testing.T) {
	t.Parallel()
	for delay, ended := range map[time.Duration]bool{2500 * time.Millisecond: true, time.Hour: false} {
		synctest.Test(t, func(t *testing.T) {
			a := newLateAccount(t, delay)
			_, link, _ := a.acquire()
			left, diags := a.Protocol(t).Change(linkType, link, nil)
			if left.State != nil || (a.setting("app_id") == "") != ended {
				t.Errorf("after %s, the state keeps %v, and the number is linked to %q", delay, left.State, a.setting("app_id"))
			}
			if ended {
				diags.MustBeEmpty(t)
				return
			}
			diags.MustWarn(t, "", "A link may stay", gb, ours, "dashboard")
			<-time.After(5 * time.Minute) // synctest's fake clock
			_, diags = a.Protocol(t).Change(linkType, link, nil)
			diags.MustBeEmpty(t) // the number is gone, and the link with it
		})
	}
}

// For some minutes after a number was acquired, its absence can mean two things. It is not rented again in silence.
func TestANumberThatIsNotListedStaysForAWhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newLateAccount(t, time.Hour)
		number, link, config := a.acquire()
		begun := time.Now()
		objects := map[string]acctest.Object{numberType: number, linkType: link}
		configs := map[string]values{numberType: gbNumber(nil), linkType: config}
		for typeName, object := range objects {
			for _, object := range []acctest.Object{object, object.WithoutIdentity()} {
				p := a.Protocol(t)
				read, diags := p.Read(typeName, object)
				diags.MustWarn(t, "", "A number is not listed", gb, "may be late", "cancelled outside Terraform")
				if diff := cmp.Diff(object.State, read.State); diff != "" {
					t.Errorf("%s: a refresh changes it:\n%s", typeName, diff)
				}
				if plan, diags := p.Plan(typeName, read, configs[typeName]); diags.HasError() || plan.Changes() {
					t.Errorf("%s: a change is planned: %s", typeName, diags)
				}
			}
		}
		if waited := time.Since(begun); waited != 4*7*time.Second {
			t.Errorf("it took %s", waited)
		}
		<-time.After(5 * time.Minute) // synctest's fake clock
		a.Calls()
		for typeName, object := range objects {
			read, diags := a.Protocol(t).Read(typeName, object)
			if diags.HasError() || read.State != nil {
				t.Errorf("%s: a refresh gave %v\n%s", typeName, read.State, diags)
			}
		}
		a.WantCalls(t, list, list) // nothing is waited for
	})
}

// The same for a number that one of many links is about.
func TestApplicationNumbersThatAreListedLate(t *testing.T) {
	t.Parallel()
	for delay, listed := range map[time.Duration]bool{2500 * time.Millisecond: true, time.Hour: false} {
		for doing, entry := range map[string]string{"refresh": digits, "destroy": gb} {
			synctest.Test(t, func(t *testing.T) {
				a := newLateAccount(t, delay)
				a.offers(gb, nil)
				p := a.Protocol(t)
				_, diags := p.Change(numberType, acctest.Object{}, gbNumber(nil))
				diags.MustBeEmpty(t)
				object, diags := p.Change(bulkType, acctest.Object{}, bulk(ours, entry))
				diags.MustBeEmpty(t)
				a.wantLinked(ours, digits)
				p = a.Protocol(t)
				if doing == "refresh" {
					read, diags := p.Read(bulkType, object)
					if diff := cmp.Diff(object.State, read.State); diff != "" {
						t.Errorf("after %s, a refresh changes it:\n%s", delay, diff)
					}
					if plan, diags := p.Plan(bulkType, read, bulk(ours, entry)); diags.HasError() || plan.Changes() {
						t.Errorf("after %s, a change is planned: %s", delay, diags)
					}
					if listed {
						diags.MustBeEmpty(t)
						return
					}
					diags.MustWarn(t, "", "Numbers are not listed", entry, "may be late")
					<-time.After(5 * time.Minute) // synctest's fake clock
					gone, diags := a.Protocol(t).Read(bulkType, object)
					if gone.State != nil || diags.HasError() {
						t.Errorf("after the delay, the state is %v: %s", gone.State, diags)
					}
					return
				}
				left, diags := p.Change(bulkType, object, nil)
				if left.State != nil || (a.setting("app_id") == "") != listed {
					t.Errorf("after %s, the state keeps %v, and the number is linked to %q", delay, left.State, a.setting("app_id"))
				}
				if listed {
					diags.MustBeEmpty(t)
				} else {
					diags.MustWarn(t, "", "Links may stay", gb, ours, "dashboard")
				}
			})
		}
	}
}
