// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// The objects that exist in the account before Terraform. Numbers are of the range that Ofcom reserves for fiction
// (https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama).
const (
	applicationA = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
	applicationB = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"

	ownNumber, otherNumber = "GB/447700900001", "GB/447700900002"
)

const unlimited = "provider \"vonage\" {\n  max_retries = 2\n" +
	"  requests_per_second = { applications = 0, numbers_list = 0, numbers_write = 0, conversations = 0, account = 0, pricing = 0 }\n}\n"

func application(label, name string) string {
	return fmt.Sprintf("resource \"vonage_application\" %q {\n  name = %q\n}\n", label, name)
}

func link(label, msisdn, application string) string {
	return fmt.Sprintf("resource \"vonage_number_link\" %q {\n  msisdn = %q\n  application_id = %q\n}\n", label, msisdn, application)
}

func number(policy, webhook string) string {
	settings := fmt.Sprintf("  country = \"GB\"\n  msisdn = \"447700900003\"\n  deletion_policy = %q\n", policy)
	if webhook != "" {
		settings += fmt.Sprintf("  sms_webhook_url = %q\n", webhook)
	}
	return "resource \"vonage_number\" \"this\" {\n" + settings + "}\n"
}

// interruption is an apply of one configuration over another that is interrupted during a write.
type interruption struct {
	before, after string
	write         string // the write in progress, such as "POST /v2/applications"
	lost          bool   // its response never arrives
	bystander     bystander
	// unfinished is the error of the interrupted object if it needs more than this write, and rest is what the next apply
	// sends for it.
	unfinished string
	rest       []string
}

// bystander is an object that the same apply is about to change when it is interrupted.
type bystander struct {
	before, after string
	begins, write string // the request that it is waiting for, and the write that it must not send any more
}

func interruptions() map[string]interruption {
	const (
		buy, cancel, update = "POST /number/buy", "POST /number/cancel", "POST /number/update"
		post, put, remove   = "POST /v2/applications", "PUT /v2/applications/*", "DELETE /v2/applications/*"
		none                = ""
	)
	linked := bystander{none, link("bystander", "447700900002", applicationA), "GET /account/numbers", update}
	changed := bystander{application("bystander", "as it was"), application("bystander", "changed"), "GET /v2/applications/*", put}
	oldOne, newOne := application("this", "old"), application("this", "new")
	toA, toB := link("this", "447700900001", applicationA), link("this", "447700900001", applicationB)
	rented, setUp := number("DELETE", ""), number("DELETE", "https://example.com")
	return map[string]interruption{
		"create application":            {none, newOne, post, false, linked, "", nil},
		"create application, no answer": {none, newOne, post, true, linked, "", nil},
		"update application":            {oldOne, newOne, put, false, linked, "", nil},
		"delete application":            {oldOne, none, remove, false, changed, "", nil},
		"create link":                   {none, toA, update, false, changed, "", nil},
		"update link":                   {toA, toB, update, false, changed, "", nil},
		"update link, no answer":        {toA, toB, update, true, changed, "", nil},
		"delete link":                   {toA, none, update, false, changed, "", nil},
		"rent number":                   {none, rented, buy, false, changed, "", nil},
		"rent number, no answer":        {none, rented, buy, true, changed, "", nil},
		"rent number, to be set up": {
			none, setUp, buy, false, changed, "the number is rented, and the next apply continues from there", []string{update},
		},
		"update number": {rented, setUp, update, false, changed, "", nil},
		"cancel number": {rented, none, cancel, false, changed, "", nil},
	}
}

// A write in progress when Ctrl-C is pressed is completed, and the state records its result. Writes not yet sent are not
// sent. The next apply sends only those.
func TestInterruptDuringAWrite(t *testing.T) {
	t.Parallel()
	for name, test := range interruptions() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.run(newAccountWorkspace(t))
		})
	}
}

func (i interruption) run(w workspace) {
	w.t.Helper()
	if before := i.before + i.bystander.before; before != "" {
		w.write("main.tf", unlimited+before)
		w.run("apply", "-auto-approve", "-no-color")
	}
	w.write("main.tf", unlimited+i.after+i.bystander.after)
	w.run("plan", "-out=tfplan", "-no-color")
	if i.lost {
		method, path, _ := strings.Cut(i.write, " ")
		w.must(w.Emulator.Fail(emulator.Fault{Method: method, Path: path, Kind: emulator.CloseAfter}))
	}

	w.Emulator.ResetRequests()
	write, beginning := w.gate.stop(i.write), w.gate.stop(i.bystander.begins)
	apply := w.start("apply", "-no-color", "tfplan")
	apply.await("the write", write.arrived)
	apply.await("the bystander", beginning.arrived)
	apply.interrupt()
	apply.await("the provider heard of the interrupt", beginning.abandoned)
	close(write.open)
	i.mustTell(w, apply.exited())
	w.mustHaveSent(i.write)
	w.mustAgree()

	w.run("apply", "-auto-approve", "-no-color") // sends nothing for objects that are up to date
	w.mustHaveSent(append([]string{i.write, i.bystander.write}, i.rest...)...)
	w.mustAgree()
	if i.unfinished != "" {
		w.run("plan", "-detailed-exitcode", "-no-color")
	}
}

// mustTell requires an error, with the reason and advice, for everything that was not done, and none for what was done.
func (i interruption) mustTell(w workspace, printed string) {
	w.t.Helper()
	errors := 1
	words := []string{"Stopping operation", "context canceled. Terraform cancelled the operation before it was complete. Apply again to continue."}
	if i.unfinished != "" {
		errors++
		words = append(words, i.unfinished)
	}
	if n := strings.Count(printed, "Error: Unable to "); n != errors {
		w.t.Errorf("there should be %d errors from the provider, not %d", errors, n)
	}
	for _, word := range words {
		if !strings.Contains(printed, word) {
			w.t.Errorf("%q is not said", word)
		}
	}
	if w.t.Failed() {
		w.t.Log(printed)
	}
}

// Of numbers that are being linked as one object, the state has those that were sent; the next apply sends the others.
func TestInterruptBetweenTheLinksOfAnObject(t *testing.T) {
	t.Parallel()
	w := newAccountWorkspace(t)
	before, after := application("bystander", "as it was"), application("bystander", "changed")
	together := fmt.Sprintf("resource \"vonage_application_numbers\" \"this\" {\n  application_id = %q\n  numbers = [%q, %q]\n}\n",
		applicationA, ownNumber, otherNumber)
	w.write("main.tf", unlimited+before)
	w.run("apply", "-auto-approve", "-no-color")
	w.write("main.tf", strings.Replace(unlimited, "numbers_write = 0", "numbers_write = 0.001", 1)+after+together)
	w.Emulator.ResetRequests()
	update := "POST /number/update"
	write, beginning := w.gate.stop(update), w.gate.stop("GET /v2/applications/*")
	apply := w.start("apply", "-auto-approve", "-no-color", "-refresh=false")
	apply.await("the first link", write.arrived)
	apply.await("the bystander", beginning.arrived)
	apply.interrupt()
	apply.await("the provider heard of the interrupt", beginning.abandoned)
	close(write.open)
	printed := apply.exited()
	if !strings.Contains(printed, "Unable to link the numbers of application "+applicationA) || strings.Count(printed, "POST") != 1 {
		t.Errorf("the output does not tell what was not linked:\n%s", printed)
	}
	w.mustHaveSent(update)
	w.mustAgree()

	w.write("main.tf", unlimited+after+together)
	w.run("apply", "-auto-approve", "-no-color")
	w.mustHaveSent(update, update, "PUT /v2/applications/*")
	w.mustAgree()
	w.run("plan", "-detailed-exitcode", "-no-color")
}

// An operation that waits for a rate limit stops waiting when interrupted. With this limit it would wait for a quarter
// of an hour.
func TestInterruptWhileWaitingForTheLimit(t *testing.T) {
	t.Parallel()
	const few = " = 0.001"
	t.Run("to write", func(t *testing.T) {
		t.Parallel()
		const many = 9 // fewer than ten, so that Terraform starts all of them at once
		applications := fmt.Sprintf("resource \"vonage_application\" \"this\" {\n  count = %d\n  name = count.index\n  public_key = %q\n}\n",
			many, acctest.PublicKey(0))
		w := newAccountWorkspace(t)
		w.write("main.tf", unlimited+applications)
		w.run("apply", "-auto-approve", "-no-color")
		w.write("main.tf", strings.Replace(unlimited, " = 0", few, 1)+applications)
		w.Emulator.ResetRequests()
		// Before an application is deleted, its numbers are listed, which is not limited here. So every deletion waits for the
		// limit, except the first, which is held back, and the last, whose list is held back.
		first, last := w.gate.stop("DELETE /v2/applications/*"), w.gate.stopAfter(many-1, "GET /account/numbers")
		destroy := w.start("destroy", "-auto-approve", "-no-color", "-refresh=false")
		destroy.await("the first deletion", first.arrived)
		destroy.await("the last list", last.arrived)
		destroy.interrupt()
		destroy.await("the provider heard of the interrupt", last.abandoned)
		close(first.open)
		printed := destroy.exited()
		w.mustHaveSent("DELETE /v2/applications/*")
		w.mustAgree()
		if n := strings.Count(printed, "complete. Apply again to continue."); n != many-1 {
			t.Errorf("%d have not been deleted, but %d say so:\n%s", many-1, n, printed)
		}
	})
	t.Run("to read", func(t *testing.T) {
		t.Parallel()
		w := newAccountWorkspace(t)
		w.write("main.tf", strings.ReplaceAll(unlimited, " = 0", few)+
			"data \"vonage_numbers\" \"this\" {\n  for_each = toset([\"GB\", \"FR\", \"ES\"])\n  country = each.key\n}\n")
		first := w.gate.stop("GET /account/numbers")
		plan := w.start("plan", "-no-color", "-out=tfplan")
		plan.await("the first list", first.arrived)
		plan.interrupt()
		plan.await("the provider heard of the interrupt", first.abandoned)
		if printed := plan.exited(); !strings.Contains(printed, "complete. Apply again to continue.") {
			t.Errorf("the output does not explain the interrupt:\n%s", printed)
		}
		if received := w.Emulator.Requests(); len(received) > 0 {
			t.Errorf("received %v", received)
		}
	})
}

func newAccountWorkspace(t *testing.T, options ...acctest.Option) workspace {
	t.Helper()
	w := newWorkspace(t, options...)
	fillAccount(t, w.Emulator)
	return w
}

// fillAccount creates the objects that exist before Terraform.
func fillAccount(t *testing.T, account *emulator.Emulator) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, id := range []string{applicationA, applicationB} {
		must(account.SeedApplication(id, values{"name": "unmanaged", "keys": values{"public_key": acctest.PublicKey(i)}}))
	}
	for _, id := range []string{ownNumber, otherNumber} {
		must(account.SeedNumber(id, values{"type": "mobile-lvn", "features": []any{"SMS", "VOICE"}}))
	}
	must(account.SeedInventory(values{
		"country": "GB", "msisdn": "447700900003", "type": "mobile-lvn", "features": []any{"SMS", "VOICE"}, "cost": "1.25", "initialPrice": "0.50",
	}))
}
