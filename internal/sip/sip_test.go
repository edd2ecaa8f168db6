// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sip_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

type values = acctest.Values

const (
	domainType = "vonage_sip_domain"
	userType   = "vonage_sip_user"

	ours, theirs = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
	name         = "acme-pbx"
	secret       = "Abcdefghijk1"
	otherSecret  = "Zyxwvutsrqp9"

	getDomain, putDomain, deleteDomain = "GET /v1/psip/" + name, "PUT /v1/psip/" + name, "DELETE /v1/psip/" + name
	listDomains, postDomain            = "GET /v1/psip", "POST /v1/psip"
	getUsers, postUser                 = getDomain + "/users", "POST /v1/psip/" + name + "/users"
	getUser, putUser, deleteUser       = getUsers + "/desk-1", putDomain + "/users/desk-1", deleteDomain + "/users/desk-1"
)

// account is an emulated account.
type account struct {
	*acctest.Env

	t *testing.T
}

func newAccount(t *testing.T, options ...acctest.Option) account {
	t.Helper()
	return account{acctest.New(t, options...), t}
}

// under returns an account under a variant of the API.
func under(t *testing.T, variant emulator.Variant) account {
	t.Helper()
	return newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant = variant }))
}

// has puts a domain into the account, with these users.
func (a account) has(more values, users ...string) {
	a.t.Helper()
	all := values{}
	for _, key := range users {
		all[key] = values{"secret": otherSecret}
	}
	err := a.Emulator.Documents("sip_domains").Seed(name, acctest.With(values{
		"application_id": ours, "acl": []any{"203.0.113.7"}, "tls": "optional", "srtp": "optional", "digest_auth": false, "domain_type": "app", "users": all,
	}, more))
	if err != nil {
		a.t.Fatal(err)
	}
}

// domain returns the domain in the account.
func (a account) domain() values {
	found, _ := a.Emulator.Documents("sip_domains").Get(name)
	return found
}

// secretOf returns the secret of a user of the domain, or "".
func (a account) secretOf(key string) string {
	users, _ := a.domain()["users"].(values)
	user, _ := users[key].(values)
	word, _ := user["secret"].(string)
	return word
}

func (a account) create(typeName string, config values) acctest.Object {
	a.t.Helper()
	object, diags := a.Protocol(a.t).Change(typeName, acctest.Object{}, config)
	diags.MustBeEmpty(a.t)
	a.Calls()
	return object
}

func domainConfig(more values) values {
	return acctest.With(values{"name": name, "application_id": ours, "acl": []any{"203.0.113.7"}}, more)
}

func userConfig(more values) values {
	return acctest.With(values{"domain": name, "key": "desk-1", "secret_wo": secret, "secret_wo_version": 1}, more)
}

func TestDomainLifeCycle(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object, diags := a.Protocol(t).Change(domainType, acctest.Object{}, domainConfig(nil))
	diags.MustBeEmpty(t)
	a.WantCalls(t, listDomains, getDomain, getDomain, postDomain, getDomain)
	want := values{
		"id": name, "name": name, "domain_type": "app", "application_id": ours, "acl": []any{"203.0.113.7"}, "tls": "optional", "srtp": "optional",
		"digest_auth": false, "force_destroy": false, "timeouts": nil,
		"hosts": values{"us": name + ".sip-us.vonage.com", "eu": name + ".sip-eu.vonage.com", "ap": name + ".sip-ap.vonage.com"},
	}
	if diff := cmp.Diff(want, object.State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(values{"name": name}, object.Identity); diff != "" {
		t.Errorf("identity (-want +got):\n%s", diff)
	}
	changed := domainConfig(values{"application_id": theirs, "tls": "always", "srtp": "never", "digest_auth": true, "acl": []any{"198.51.100.0/24", "192.0.2.1"}})
	object, diags = a.Protocol(t).Change(domainType, object, changed)
	diags.MustBeEmpty(t)
	a.WantCalls(t, getDomain, putDomain)
	domain := a.domain()
	delete(domain, "users")
	if diff := cmp.Diff(values{
		"name": name, "domain_type": "app", "application_id": theirs, "acl": domain["acl"], "tls": "always", "srtp": "never", "digest_auth": true,
	}, domain); diff != "" {
		t.Errorf("the domain (-want +got):\n%s", diff)
	}
	for _, id := range []string{name, "name=" + name} {
		imported, diags := a.Protocol(t).Import(domainType, id)
		diags.MustBeEmpty(t)
		if diff := cmp.Diff(object.State, imported.State); diff != "" {
			t.Errorf("imported (-want +got):\n%s", diff)
		}
	}
	a.Calls()
	_, diags = a.Protocol(t).Change(domainType, object, nil)
	diags.MustBeEmpty(t)
	if diff := cmp.Diff([]string{getUsers, deleteDomain}, a.URLs()); diff != "" { // without cascade
		t.Errorf("sent (-want +got):\n%s", diff)
	}
	if a.domain() != nil {
		t.Error("the domain is still there")
	}
	_, diags = a.Protocol(t).Import(domainType, name)
	diags.MustFail(t, "", "Invalid domain selected")
	_, diags = a.Protocol(t).Import(domainType, "a/b")
	diags.MustFail(t, "", "Invalid import id")
}

// TestUpdateDoesNotResurrect: the PUT of a domain that is gone could make it again, so nothing is sent.
func TestUpdateDoesNotResurrect(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	domain, other := a.create(domainType, domainConfig(nil)), domainConfig(values{"tls": "always"})
	user := a.create(userType, userConfig(nil))
	a.Emulator.Documents("sip_domains").Remove(name)
	_, diags := a.Protocol(t).Change(domainType, domain, other)
	diags.MustFail(t, "", "Unable to update", "nothing was sent")
	a.WantCalls(t, getDomain)
	a.has(nil)
	_, diags = a.Protocol(t).Change(userType, user, userConfig(values{"secret_wo": otherSecret, "secret_wo_version": 2}))
	diags.MustFail(t, "", "Unable to update", "nothing was sent")
	a.WantCalls(t, getUser)
}

// TestTakenNamesPointToImport: what exists is not overwritten, and the error says how to import it, in the plan already.
func TestTakenNamesPointToImport(t *testing.T) {
	t.Parallel()
	for variantName, variant := range map[string]emulator.Variant{
		"default": {}, "422": {SIPDuplicateStatus: 422}, "a POST replaces users": {SIPUserPostReplaces: true}, "settling": {Settling: 2 * time.Second},
	} {
		t.Run(variantName, func(t *testing.T) {
			t.Parallel()
			a := under(t, variant)
			domainPlan, diags := a.Protocol(t).Plan(domainType, acctest.Object{}, domainConfig(nil))
			diags.MustBeEmpty(t)
			userPlan, diags := a.Protocol(t).Plan(userType, acctest.Object{}, userConfig(nil))
			diags.MustBeEmpty(t)
			a.has(values{"tls": "never"}, "desk-1") // since the plan
			_, diags = a.Protocol(t).Apply(domainPlan)
			diags.MustFail(t, "", "import block", `"`+name+`"`, "create_before_destroy")
			_, diags = a.Protocol(t).Apply(userPlan)
			diags.MustFail(t, "", "import block", name+"/desk-1", "raise secret_wo_version")
			_, diags = a.Protocol(t).Plan(domainType, acctest.Object{}, domainConfig(nil))
			diags.MustFail(t, "", "import block", `"`+name+`"`, "-refresh=false")
			_, diags = a.Protocol(t).Plan(userType, acctest.Object{}, userConfig(nil))
			diags.MustFail(t, "", "import block", name+"/desk-1", "raise secret_wo_version", "-refresh=false")
			if a.domain()["tls"] != "never" || a.secretOf("desk-1") != otherSecret {
				t.Error("something was overwritten")
			}
			for _, call := range a.Calls() {
				if !strings.HasPrefix(call, "GET ") {
					t.Errorf("sent %s", call)
				}
			}
		})
	}
}

// TestNameOfAnotherAccount: the API's refusal is all that tells, and the advice says what it may mean.
func TestNameOfAnotherAccount(t *testing.T) {
	t.Parallel()
	a := newAccount(t, acctest.Around(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodPost {
				next.ServeHTTP(w, r)
				return
			}
			w.WriteHeader(http.StatusBadRequest)
			_, _ = fmt.Fprint(w, `{"type":"https://www.nexmo.com/messages/Errors#InvalidParams","title":"Invalid domain name","detail":"taken"}`)
		})
	}))
	_, diags := a.Protocol(t).Change(domainType, acctest.Object{}, domainConfig(nil))
	diags.MustFail(t, "", "Invalid domain name", "another account")
}

// TestReplacementOfADomain: its second plan finds the name that the first one gives up.
func TestReplacementOfADomain(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(domainType, domainConfig(nil))
	first, diags := a.Protocol(t).Plan(domainType, object, domainConfig(values{"domain_type": "trunk"}))
	diags.MustBeEmpty(t)
	second, diags := a.Protocol(t).Plan(domainType, first.Replaced(), domainConfig(values{"domain_type": "trunk"}))
	diags.MustBeEmpty(t)
	run := a.Protocol(t)
	_, diags = run.Change(domainType, object, nil)
	diags.MustBeEmpty(t)
	_, diags = run.Apply(second)
	diags.MustBeEmpty(t)
	if a.domain()["domain_type"] != "trunk" {
		t.Errorf("the domain is %v", a.domain())
	}
}

// TestAccessListsMean: spelling and order are no change; the spelling of the configuration stays.
func TestAccessListsMean(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	object := a.create(domainType, domainConfig(values{"acl": []any{"203.0.113.7", "198.51.100.9/24", "203.0.113.7/32"}}))
	if sent := fmt.Sprint(a.domain()["acl"]); strings.Count(sent, "203.0.113.7") != 1 || !strings.Contains(sent, "198.51.100.0/24") || strings.Contains(sent, "/32") {
		t.Errorf("sent %s", sent)
	}
	read, diags := a.Protocol(t).Read(domainType, object)
	diags.MustBeEmpty(t)
	if diff := cmp.Diff(object.State, read.State); diff != "" {
		t.Errorf("refreshed (-before +after):\n%s", diff)
	}
	a.Calls()
	same := domainConfig(values{"acl": []any{"203.0.113.7/32", "198.51.100.0/24"}})
	plan, diags := a.Protocol(t).Plan(domainType, object, same)
	diags.MustBeEmpty(t)
	if plan.Changes() {
		t.Errorf("planned %v", plan.State["acl"])
	}
	a.WantCalls(t)
	// Other changes do not send another spelling back and forth, and a real change is one.
	object, diags = a.Protocol(t).Change(domainType, object, acctest.With(same, values{"force_destroy": true}))
	diags.MustBeEmpty(t)
	a.WantCalls(t)
	plan, diags = a.Protocol(t).Plan(domainType, object, domainConfig(values{"acl": []any{"203.0.113.8/32", "198.51.100.0/24"}}))
	diags.MustBeEmpty(t)
	if !plan.Changes() {
		t.Error("another address is no change")
	}
	a.has(values{"acl": []any{"192.0.2.1", "192.0.2.1", "not an address"}})
	read, diags = a.Protocol(t).Read(domainType, object)
	diags.MustBeEmpty(t)
	if diff := cmp.Diff([]any{"192.0.2.1", "not an address"}, read.State["acl"]); diff != "" {
		t.Errorf("a malformed list (-want +got):\n%s", diff)
	}
}

func TestOpenDomainsWarn(t *testing.T) {
	t.Parallel()
	p := newAccount(t).Protocol(t)
	open := domainConfig(values{"acl": []any{"203.0.113.7", "10.0.0.0/0"}})
	p.ValidateResource(domainType, open).MustWarn(t, "acl", "open to everyone", "digest_auth")
	p.ValidateResource(domainType, acctest.With(open, values{"digest_auth": true})).MustBeEmpty(t)
	p.ValidateResource(domainType, acctest.With(open, values{"digest_auth": acctest.Unknown})).MustBeEmpty(t)
	p.ValidateResource(domainType, domainConfig(values{"acl": acctest.Unknown})).MustBeEmpty(t)
}

func TestSIPValidation(t *testing.T) {
	t.Parallel()
	p := newAccount(t).Protocol(t)
	many := make([]any, 17)
	for i := range many {
		many[i] = fmt.Sprint("192.0.2.", i)
	}
	for at, broken := range map[string][]values{
		"name": {{"name": "acme"}, {"name": strings.Repeat("a", 33)}, {"name": "Acme-pbx"}, {"name": "-acme"}, {"name": "acme-"}, {"name": "acme_pbx"}},
		"acl":  {{"acl": []any{}}, {"acl": many}}, "tls": {{"tls": "yes"}}, "srtp": {{"srtp": ""}}, "domain_type": {{"domain_type": "pbx"}},
		"application_id": {{"application_id": "an application"}, {"application_id": nil}},
	} {
		for _, values := range broken {
			p.ValidateResource(domainType, domainConfig(values)).MustFail(t, at)
		}
	}
	for _, entry := range []string{"2001:db8::1", "203.0.113.7/33", "pbx.example.com"} {
		diags := p.ValidateResource(domainType, domainConfig(values{"acl": []any{entry}}))
		if len(diags) != 1 || !strings.HasPrefix(diags[0].Attribute, "acl") {
			t.Errorf("%s: %v", entry, diags)
		}
	}
	p.ValidateResource(domainType, domainConfig(values{"domain_type": "trunk", "application_id": nil})).MustBeEmpty(t)
	p.ValidateResource(domainType, domainConfig(values{"domain_type": acctest.Unknown, "application_id": nil})).MustBeEmpty(t)
	for at, broken := range map[string][]values{
		"key":       {{"key": ""}, {"key": "Desk"}, {"key": "desk_1"}, {"key": strings.Repeat("a", 65)}},
		"domain":    {{"domain": "Acme PBX"}},
		"secret_wo": {{"secret_wo": "without digits A"}, {"secret_wo": strings.Repeat("Aa1", 22)}},
	} {
		for _, values := range broken {
			diag := p.ValidateResource(userType, userConfig(values)).MustFail(t, at)
			if word, _ := values["secret_wo"].(string); word != "" && strings.Contains(diag.Summary+diag.Detail, word) {
				t.Errorf("%s is quoted", at)
			}
		}
	}
}

// TestForeignUsersKeepTheirDomain: only force_destroy takes users along, with cascade.
func TestForeignUsersKeepTheirDomain(t *testing.T) {
	t.Parallel()
	for variantName, variant := range map[string]emulator.Variant{"refused": {}, "orphaned": {SIPDeleteOrphans: true}} {
		t.Run(variantName, func(t *testing.T) {
			t.Parallel()
			a := under(t, variant)
			object := a.create(domainType, domainConfig(nil))
			a.has(nil, "desk-8", "desk-9")
			_, diags := a.Protocol(t).Change(domainType, object, nil)
			diags.MustFail(t, "", "desk-8", "desk-9", "force_destroy", "replace_triggered_by")
			a.WantCalls(t, getUsers)
			object, diags = a.Protocol(t).Change(domainType, object, domainConfig(values{"force_destroy": true}))
			diags.MustBeEmpty(t)
			a.WantCalls(t)
			_, diags = a.Protocol(t).Change(domainType, object, nil)
			diags.MustBeEmpty(t)
			if urls := a.URLs(); len(urls) != 1 || urls[0] != deleteDomain+"?cascade=true" {
				t.Errorf("sent %v", urls)
			}
		})
	}
}

// TestDomainGoesAfterItsUsers: the users that the same run has deleted do not count, even if Vonage still shows them.
func TestDomainGoesAfterItsUsers(t *testing.T) {
	t.Parallel()
	for _, settling := range []time.Duration{0, 3 * time.Second} {
		t.Run(settling.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := newAccount(t, acctest.InMemory(), acctest.WithEmulator(func(o *emulator.Options) { o.Variant.Settling = settling }))
				run := a.Protocol(t)
				domain, diags := run.Change(domainType, acctest.Object{}, domainConfig(nil))
				diags.MustBeEmpty(t)
				user, diags := run.Change(userType, acctest.Object{}, userConfig(nil))
				diags.MustBeEmpty(t)
				run = a.Protocol(t)
				_, diags = run.Change(userType, user, nil)
				diags.MustBeEmpty(t)
				_, diags = run.Change(domainType, domain, nil)
				diags.MustBeEmpty(t)
				if a.domain() != nil {
					t.Error("the domain is still there")
				}
				// And made again at once.
				_, diags = run.Change(domainType, acctest.Object{}, domainConfig(nil))
				diags.MustBeEmpty(t)
			})
		})
	}
}

// TestReadsRightAfterAWrite: a new object that is not shown yet is waited for, and stays in the state.
func TestReadsRightAfterAWrite(t *testing.T) {
	t.Parallel()
	for settling, shown := range map[time.Duration]bool{5 * time.Second: true, 12 * time.Second: true, time.Minute: false} {
		t.Run(settling.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := newAccount(t, acctest.InMemory(), acctest.WithProvider(provider.WithClock(time.Now)),
					acctest.WithEmulator(func(o *emulator.Options) { o.Variant.Settling = settling }))
				domain, diags := a.Protocol(t).Change(domainType, acctest.Object{}, domainConfig(nil))
				diags.MustBeEmpty(t)
				domain, diags = a.Protocol(t).Read(domainType, domain)
				if shown {
					diags.MustBeEmpty(t)
				} else {
					diags.MustWarn(t, "", "not shown yet")
				}
				if domain.State == nil {
					t.Fatal("the domain was taken for gone")
				}
				_, diags = a.Protocol(t).Change(domainType, domain, nil)
				diags.MustBeEmpty(t)
				<-time.After(time.Hour) // synctest's fake clock
				domain, diags = a.Protocol(t).Read(domainType, domain)
				diags.MustBeEmpty(t)
				if domain.State != nil && shown {
					t.Error("the domain is not gone")
				}
			})
		})
	}
}

// TestGoneIsOnlyVonagesOwn404: what a proxy says of a path removes nothing from the state.
func TestGoneIsOnlyVonagesOwn404(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	domain, user := a.create(domainType, domainConfig(nil)), a.create(userType, userConfig(nil))
	for _, object := range []struct {
		typeName string
		object   acctest.Object
	}{{domainType, domain}, {userType, user}} {
		a.Fail(t, emulator.Fault{Kind: emulator.HTML, Status: http.StatusNotFound})
		_, diags := a.Protocol(t).Read(object.typeName, object.object)
		diags.MustFail(t, "", "Unable to read")
		a.Emulator.ClearFaults()
	}
	a.Emulator.Documents("sip_domains").Remove(name)
	for typeName, object := range map[string]acctest.Object{domainType: domain, userType: user} {
		read, diags := a.Protocol(t).Read(typeName, object)
		diags.MustBeEmpty(t)
		if read.State != nil {
			t.Errorf("%s is still in the state", typeName)
		}
	}
}

// TestManySIPObjectsCostFewCalls: one list has all domains, one more the users of a domain.
func TestManySIPObjectsCostFewCalls(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	users := values{}
	for i := range 20 {
		users[fmt.Sprint("desk-", i)] = values{"secret": secret}
	}
	a.has(values{"users": users})
	domain, diags := a.Protocol(t).Import(domainType, name)
	diags.MustBeEmpty(t)
	objects := make([]acctest.Object, len(users))
	for i := range objects {
		objects[i], diags = a.Protocol(t).Import(userType, fmt.Sprint(name, "/desk-", i))
		diags.MustBeEmpty(t)
	}
	a.Calls()
	run := a.Protocol(t)
	var readers sync.WaitGroup
	for _, object := range objects {
		readers.Go(func() { run.Read(userType, object) })
	}
	for range 10 {
		readers.Go(func() { run.Read(domainType, domain) })
	}
	readers.Wait()
	if calls := a.Calls(); len(calls) != 2 {
		t.Errorf("%d calls: %v", len(calls), calls)
	}
}
