// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sender_test

import (
	"bytes"
	"fmt"
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
	linkType = "vonage_messages_account_link"
	shop     = "whatsapp/447700900001"
	token    = "PageToken0123456789"

	ours, theirs = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
	bare         = "cccccccc-cccc-4ccc-8ccc-cccccccccccc" // without messages

	list, get     = "GET /beta/chatapp-accounts", "GET /beta/chatapp-accounts/" + shop
	post          = "POST /beta/chatapp-accounts/" + shop + "/applications"
	deleteCurrent = "DELETE /beta/chatapp-accounts/" + shop + "/applications/ID"
)

type account struct {
	*acctest.Env

	t *testing.T
}

func newAccount(t *testing.T, options ...acctest.Option) account {
	t.Helper()
	a := account{acctest.New(t, options...), t}
	for id, capabilities := range map[string]values{ours: {"messages": values{}}, theirs: {"messages": values{}}, bare: {}} {
		if err := a.Emulator.SeedApplication(id, values{"name": id, "capabilities": capabilities}); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// has puts a sender into the account, linked to an application or to none.
func (a account) has(id, application string) {
	a.t.Helper()
	applications := []any{}
	if application != "" {
		applications = append(applications, application)
	}
	if err := a.Emulator.Documents("senders").Seed(id, values{"name": "Shop", "access_token": token, "applications": applications}); err != nil {
		a.t.Fatal(err)
	}
}

func (a account) mustBeLinked(application string) {
	a.t.Helper()
	sender, _ := a.Emulator.Documents("senders").Get(shop)
	got := ""
	if applications, _ := sender["applications"].([]any); len(applications) > 0 {
		got = fmt.Sprint(applications[0])
	}
	if got != application {
		a.t.Errorf("the sender is linked to %q instead of %q", got, application)
	}
}

func config(more values) values {
	return acctest.With(values{"channel": "whatsapp", "external_id": "447700900001", "application_id": ours}, more)
}

func (a account) create() acctest.Object {
	a.t.Helper()
	object, diags := a.Protocol(a.t).Change(linkType, acctest.Object{}, config(nil))
	diags.MustBeEmpty(a.t)
	a.Calls()
	return object
}

func TestLinkLifeCycle(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has(shop, "")
	object, diags := a.Protocol(t).Change(linkType, acctest.Object{}, config(nil))
	diags.MustBeEmpty(t)
	a.WantCalls(t, list, list, post, get)
	if diff := cmp.Diff(values{
		"id": shop, "channel": "whatsapp", "external_id": "447700900001", "application_id": ours, "replace_existing_link": false, "timeouts": nil,
	}, object.State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	a.mustBeLinked(ours)
	for _, imported := range []func() (acctest.Object, acctest.Diagnostics){
		func() (acctest.Object, acctest.Diagnostics) { return a.Protocol(t).Import(linkType, shop) },
		func() (acctest.Object, acctest.Diagnostics) {
			return a.Protocol(t).ImportIdentity(linkType, values{"channel": "whatsapp", "external_id": "447700900001"})
		},
	} {
		found, diags := imported()
		diags.MustBeEmpty(t)
		if diff := cmp.Diff(object.State, found.State); diff != "" {
			t.Errorf("imported (-want +got):\n%s", diff)
		}
	}
	a.Calls()
	plan, diags := a.Protocol(t).Plan(linkType, object, config(values{"application_id": theirs}))
	diags.MustWarn(t, "application_id", "A gap", ours)
	object, diags = a.Protocol(t).Apply(plan)
	diags.MustBeEmpty(t)
	a.WantCalls(t, list, deleteCurrent, post, get)
	a.mustBeLinked(theirs)
	_, diags = a.Protocol(t).Change(linkType, object, nil)
	diags.MustBeEmpty(t)
	a.WantCalls(t, list, deleteCurrent)
	a.mustBeLinked("")
	_, diags = a.Protocol(t).Import(linkType, shop)
	diags.MustFail(t, "", "not linked")
	for _, id := range []string{"447700900001", "sms/447700900001", "whatsapp/"} {
		_, diags = a.Protocol(t).Import(linkType, id)
		diags.MustFail(t, "", "Invalid import id")
	}
	_, diags = a.Protocol(t).ImportIdentity(linkType, values{"channel": "sms", "external_id": "447700900001"})
	diags.MustFail(t, "", `"sms/447700900001"`)
}

// TestLinkedElsewhere: another application's sender is taken only on request, and the plan says so already.
func TestLinkedElsewhere(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has(shop, "")
	plan, diags := a.Protocol(t).Plan(linkType, acctest.Object{}, config(nil))
	diags.MustBeEmpty(t)
	a.has(shop, theirs) // since the plan
	_, diags = a.Protocol(t).Apply(plan)
	diags.MustFail(t, "application_id", theirs, "replace_existing_link")
	_, diags = a.Protocol(t).Plan(linkType, acctest.Object{}, config(nil))
	diags.MustFail(t, "application_id", theirs, "replace_existing_link", "-refresh=false")
	a.mustBeLinked(theirs)
	for _, application := range []any{ours, acctest.Unknown} {
		_, diags = a.Protocol(t).Plan(linkType, acctest.Object{}, config(values{"application_id": application, "replace_existing_link": true}))
		diags.MustWarn(t, "application_id", "A gap", theirs)
	}
	plan, _ = a.Protocol(t).Plan(linkType, acctest.Object{}, config(values{"replace_existing_link": true}))
	object, diags := a.Protocol(t).Apply(plan)
	diags.MustBeEmpty(t)
	a.mustBeLinked(ours)
	// Taken away again, it is no longer this link.
	a.has(shop, theirs)
	read, diags := a.Protocol(t).Read(linkType, object)
	diags.MustWarn(t, "", "taken over", theirs)
	if read.State != nil {
		t.Error("the link is still in the state")
	}
	_, diags = a.Protocol(t).Change(linkType, object, nil)
	diags.MustBeEmpty(t)
	a.mustBeLinked(theirs)
}

// TestRefusedChangePutsTheLinkBack: an application without messages takes nobody's messages.
func TestRefusedChangePutsTheLinkBack(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has(shop, "")
	object := a.create()
	plan, _ := a.Protocol(t).Plan(linkType, object, config(values{"application_id": bare}))
	_, diags := a.Protocol(t).Apply(plan)
	diags.MustFail(t, "", "Cannot link application", "put back", "messages capability")
	a.mustBeLinked(ours)
}

// TestRefusedParametersAreOnTheirAttributes: what Vonage calls a parameter leads to the attribute.
func TestRefusedParametersAreOnTheirAttributes(t *testing.T) {
	t.Parallel()
	for parameter, attribute := range map[string]string{"provider": "channel", "external_id": "external_id", "application": "application_id", "other": ""} {
		t.Run(parameter, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.has(shop, "")
			a.Fail(t, emulator.Fault{Kind: emulator.Status, Method: "POST", Times: -1, Status: 400, Body: `{
				"type":"https://www.nexmo.com/messages/Errors#InvalidParams","title":"Invalid params","invalid_params":[{"name":"` + parameter + `","reason":"must be present"}]
			}`})
			_, diags := a.Protocol(t).Change(linkType, acctest.Object{}, config(nil))
			diags.MustFail(t, attribute, parameter+": must be present")
			a.mustBeLinked("")
		})
	}
}

// TestCutBetweenUnlinkAndLink: the next plan makes the link that is missing.
func TestCutBetweenUnlinkAndLink(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, acctest.InMemory())
		a.has(shop, "")
		object := a.create()
		changed := config(values{"application_id": theirs})
		plan, _ := a.Protocol(t).Plan(linkType, object, changed)
		a.Fail(t, emulator.Fault{Kind: emulator.CloseBefore, Method: "POST", Times: -1})
		object, diags := a.Protocol(t).Apply(plan)
		if !diags.HasError() {
			t.Fatal("no error")
		}
		a.mustBeLinked("")
		a.Emulator.ClearFaults()
		object, diags = a.Protocol(t).Read(linkType, object)
		diags.MustBeEmpty(t)
		if object.State != nil {
			t.Fatal("the link that was ended is still in the state")
		}
		_, diags = a.Protocol(t).Change(linkType, object, changed)
		diags.MustBeEmpty(t)
		a.mustBeLinked(theirs)
	})
}

// TestLinksRightAfterAWrite: a link that is not shown yet is waited for, and one that was ended is not taken for standing.
func TestLinksRightAfterAWrite(t *testing.T) {
	t.Parallel()
	for settling, shown := range map[time.Duration]bool{3 * time.Second: true, 12 * time.Second: true, time.Minute: false} {
		t.Run(settling.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := newAccount(t, acctest.InMemory(), acctest.WithProvider(provider.WithClock(time.Now)),
					acctest.WithEmulator(func(o *emulator.Options) { o.Variant.Settling = settling }))
				a.has(shop, "")
				object, diags := a.Protocol(t).Change(linkType, acctest.Object{}, config(nil))
				diags.MustBeEmpty(t)
				object, diags = a.Protocol(t).Read(linkType, object)
				if shown {
					diags.MustBeEmpty(t)
				} else {
					diags.MustWarn(t, "", "not shown yet")
				}
				if object.State == nil {
					t.Fatal("the link was taken for gone")
				}
				if !shown {
					return
				}
				run := a.Protocol(t)
				_, diags = run.Change(linkType, object, nil)
				diags.MustBeEmpty(t)
				_, diags = run.Change(linkType, acctest.Object{}, config(nil))
				diags.MustBeEmpty(t)
				a.mustBeLinked(ours)
			})
		})
	}
}

// TestTwoLinksOfOneSender: no resource takes away what another one has in the same run.
func TestTwoLinksOfOneSender(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has(shop, "")
	p := a.Protocol(t)
	_, diags := p.Plan(linkType, acctest.Object{}, config(nil))
	diags.MustBeEmpty(t)
	_, diags = p.Plan(linkType, acctest.Object{}, config(values{"application_id": theirs}))
	diags.MustFail(t, "external_id", "Another resource", "moved block")
	// A rename without a moved block: the new one keeps the link, whichever comes first.
	object := a.create()
	run := a.Protocol(t)
	_, diags = run.Change(linkType, acctest.Object{}, config(nil))
	diags.MustBeEmpty(t)
	_, diags = run.Destroy(linkType, object)
	diags.MustWarn(t, "", "A link stays")
	a.mustBeLinked(ours)
}

func TestSenderValidation(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.Protocol(t)
	for at, broken := range map[string][]values{
		"channel": {{"channel": "sms"}}, "application_id": {{"application_id": "an application"}},
		"external_id": {{"external_id": ""}, {"external_id": "a b"}, {"external_id": "+447700900001"}, {"external_id": "page"}},
	} {
		for _, values := range broken {
			p.ValidateResource(linkType, config(values)).MustFail(t, at)
		}
	}
	p.ValidateResource(linkType, config(values{"channel": acctest.Unknown, "external_id": "page"})).MustBeEmpty(t)
	p.ValidateResource(linkType, config(values{"channel": "messenger", "external_id": "page"})).MustBeEmpty(t)
	_, diags := p.Plan(linkType, acctest.Object{}, config(nil))
	diags.MustFail(t, "external_id", "no such sender")
}

// TestManyLinksCostPages: reads share one list.
func TestManyLinksCostPages(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	objects := make([]acctest.Object, 30)
	for i := range objects {
		id := fmt.Sprintf("rcs/agent-%d", i) // RCS senders can only be listed
		a.has(id, ours)
		var diags acctest.Diagnostics
		objects[i], diags = a.Protocol(t).Import(linkType, id)
		diags.MustBeEmpty(t)
	}
	a.Calls()
	run := a.Protocol(t)
	var readers sync.WaitGroup
	for _, object := range objects {
		readers.Go(func() { run.Read(linkType, object) })
	}
	readers.Wait()
	if calls := a.Calls(); len(calls) != 2 {
		t.Errorf("%d calls: %v", len(calls), calls)
	}
}

// TestTokensAppearNowhere: what Vonage returns with every sender is in no state, no message and no log.
func TestTokensAppearNowhere(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has("messenger/page", theirs)
	a.has(shop, "")
	p := a.Protocol(t)
	log := &lockedBuffer{}
	p.LogTo(log)
	all, diags := p.ReadDataSource("vonage_messages_accounts", values{})
	diags.MustBeEmpty(t)
	object, diags := p.Change(linkType, acctest.Object{}, config(nil))
	diags.MustBeEmpty(t)
	results, diags := p.List(linkType, values{"channel": "messenger"}, 10, true)
	diags.MustBeEmpty(t)
	_, refusal := p.Plan(linkType, acctest.Object{}, config(values{"channel": "messenger", "external_id": "page"}))
	if text := fmt.Sprint(all, object, results, refusal, log.String()); strings.Contains(text, token) {
		t.Error("the token was shown")
	}
	if !strings.Contains(log.String(), "chatapp-accounts") {
		t.Error("nothing was logged")
	}
	want := []any{
		values{"channel": "messenger", "external_id": "page", "name": "Shop", "application_id": theirs},
		values{"channel": "whatsapp", "external_id": "447700900001", "name": "Shop", "application_id": nil},
	}
	if diff := cmp.Diff(want, all["accounts"]); diff != "" {
		t.Errorf("accounts (-want +got):\n%s", diff)
	}
	if len(results) != 1 {
		t.Errorf("%d links are listed", len(results))
	}
}

// lockedBuffer is a buffer for concurrent use.
type lockedBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(text []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(text)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}
