// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestTwoNumbersOfOneRunCannotBeTheSame(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.offers(gb, nil)
	p := a.Protocol(t)
	object, diags := p.Change(numberType, acctest.Object{}, gbNumber(nil))
	diags.MustBeEmpty(t)
	a.Calls()
	_, diags = p.Change(numberType, acctest.Object{}, gbNumber(values{"msisdn": "+44 7700 900001"}))
	diags.MustFail(t, "msisdn", gb, "rented by another resource during this run")
	a.WantCalls(t)
	_, diags = p.Change(linkType, acctest.Object{}, link(ours))
	diags.MustBeEmpty(t) // a link does not conflict with the number
	_, diags = p.Change(numberType, object, gbNumber(settings))
	diags.MustBeEmpty(t)
}

func TestAClaimThatCameToNothingIsGivenBack(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.Protocol(t)
	_, diags := p.Change(numberType, acctest.Object{}, gbNumber(nil))
	diags.MustFail(t, "msisdn", "nor on offer")
	a.owns(gb, linkedTo(theirs))
	// The country is given to avoid a lookup: a run repeats a lookup that found nothing only when it is about to write.
	_, diags = p.Change(linkType, acctest.Object{}, acctest.With(link(ours), values{"country": "GB"}))
	diags.MustFail(t, "application_id", theirs)
	_, diags = p.Change(linkType, acctest.Object{}, acctest.With(link(theirs), values{"country": "GB"}))
	diags.MustBeEmpty(t)
	_, diags = p.Change(numberType, acctest.Object{}, gbNumber(nil))
	diags.MustWarn(t, "", "adopted")
}

// This is what create_before_destroy, or a rename without a moved block, does with a number.
func TestANumberIsNotTakenFromItsNewOwner(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"PREVENT", "DELETE"} {
		a := newAccount(t)
		old := a.rented(policy)
		p := a.Protocol(t)
		_, diags := p.Change(numberType, acctest.Object{}, gbNumber(values{"deletion_policy": policy}))
		diags.MustWarn(t, "", "adopted")
		plan, diags := p.Plan(numberType, old, nil)
		diags.MustBeEmpty(t) // Terraform plans the destroy of a replaced object during apply, so the error must come from Apply
		kept, diags := p.Apply(plan)
		diags.MustFail(t, "msisdn", "rented by another resource during this run", "moved block")
		if a.count(cancel) != 0 || !a.has(gb) {
			t.Fatalf("%s: the number was cancelled", policy)
		}
		// The next run knows nothing of this one, and must not do what was rejected here.
		_, diags = a.Protocol(t).Change(numberType, kept, nil)
		if diags.HasError() || len(diags.Warnings()) != 2 || a.count(cancel) != 0 || !a.has(gb) {
			t.Errorf("%s: the next run cancels it\n%s", policy, diags)
		}
	}
}

func TestANumberIsNotCancelledUnderALinkOfTheSameRun(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	old := a.rented("DELETE")
	p := a.Protocol(t)
	plan, diags := p.Plan(numberType, old, nil)
	diags.MustWarn(t, "deletion_policy", "cancelled")
	_, diags = p.Change(linkType, acctest.Object{}, link(ours))
	diags.MustBeEmpty(t)
	kept, diags := p.Apply(plan)
	diags.MustFail(t, "msisdn", "linked by another resource during this run")
	if !a.has(gb) || kept.State["deletion_policy"] != "DELETE" {
		t.Errorf("the account has it: %t; the state: %v", a.has(gb), kept.State)
	}
}

func TestALinkIsNotTakenFromItsNewOwner(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	old := a.mustCreate(linkType, link(ours))
	p := a.Protocol(t)
	object, diags := p.Change(linkType, acctest.Object{}, link(ours))
	diags.MustBeEmpty(t)
	_, diags = p.Change(linkType, acctest.Object{}, link(ours))
	diags.MustFail(t, "msisdn", "linked by another resource during this run")
	left, diags := p.Change(linkType, old, nil)
	diags.MustWarn(t, "", "A link stays", "moved block")
	if a.setting("app_id") != ours || left.State != nil {
		t.Fatalf("the number is linked to %q, and the state keeps %v", a.setting("app_id"), left.State)
	}
	_, diags = p.Change(linkType, object, nil)
	diags.MustBeEmpty(t)
	if a.setting("app_id") != "" {
		t.Error("its owner cannot unlink the number")
	}
}

// A link that another application took over no longer belongs to the old resource, so ending it is no error.
func TestALinkTakenOverInTheSameRunIsLeftAlone(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	old := a.mustCreate(linkType, link(ours))
	p := a.Protocol(t)
	_, diags := p.Change(linkType, acctest.Object{}, acctest.With(link(theirs), values{"replace_existing_link": true}))
	diags.MustBeEmpty(t)
	_, diags = p.Change(linkType, old, nil)
	diags.MustBeEmpty(t)
	if a.setting("app_id") != theirs {
		t.Error("the number is no longer linked")
	}
}

// A claim stays if it is unknown whether the write took effect: another resource must not take the number or the link
// away, and the resource itself may try again.
func TestAClaimInDoubtIsKept(t *testing.T) {
	t.Parallel()
	blind := emulator.Fault{ // once the write was sent
		Method: http.MethodGet, Path: "/account/numbers", After: 1, Kind: emulator.Status, Status: http.StatusForbidden, Body: "{}",
	}
	lost := func(a account, path string, lookUps int) {
		a.Fail(t, emulator.Fault{Method: http.MethodPost, Path: path, Kind: emulator.CloseAfter, Times: 5})
		blind := blind
		blind.After = lookUps
		a.Fail(t, blind)
	}
	t.Run("link", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t)
		old := a.rented("DELETE")
		p := a.Protocol(t, values{"max_retries": 0})
		end, diags := p.Plan(numberType, old, nil)
		diags.MustWarn(t, "deletion_policy", "cancelled")
		lost(a, "/number/update", 2)
		object, diags := p.Change(linkType, acctest.Object{}, link(ours))
		diags.MustFail(t, "", "may or may not")
		a.Emulator.ClearFaults()
		_, diags = p.Apply(end)
		diags.MustFail(t, "msisdn", "linked by another resource during this run")
		_, diags = p.Change(linkType, acctest.Object{}, acctest.With(link(ours), values{"country": "GB"}))
		diags.MustFail(t, "msisdn", "linked by another resource during this run")
		object, diags = p.Change(linkType, object, acctest.With(link(theirs), values{"replace_existing_link": true}))
		diags.MustBeEmpty(t)
		_, diags = p.Change(linkType, object, nil)
		diags.MustBeEmpty(t)
		if !a.has(gb) || a.setting("app_id") != "" {
			t.Error("the number is gone, or its owner cannot unlink it")
		}
	})
	t.Run("number", func(t *testing.T) {
		t.Parallel()
		a := newAccount(t)
		a.offers(gb, nil)
		p := a.Protocol(t, values{"max_retries": 0})
		lost(a, "/number/buy", 1)
		object, diags := p.Change(numberType, acctest.Object{}, gbNumber(values{"deletion_policy": "DELETE"}))
		diags.MustFail(t, "", "outcome of renting number "+gb+" is unknown")
		a.Emulator.ClearFaults()
		_, diags = p.Change(numberType, acctest.Object{}, gbNumber(nil))
		diags.MustFail(t, "msisdn", "rented by another resource during this run")
		_, diags = p.Change(numberType, object, gbNumber(values{"deletion_policy": "DELETE", "sms_webhook_url": "https://example.com/sms"}))
		diags.MustBeEmpty(t)
	})
}

// planOf is what one resource of a configuration is planned to become.
type planOf struct {
	typeName string
	prior    acctest.Object
	config   values
}

func (a account) imported(typeName string) acctest.Object {
	a.t.Helper()
	object, diags := a.Protocol(a.t).Import(typeName, gb)
	diags.MustBeEmpty(a.t)
	return object
}

// Two resources for one number or one link are an error of every plan, whatever exists already: otherwise each run
// undoes what the other resource did.
func TestTwoResourcesOfOnePlanCannotHaveTheSameNumber(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(ours))
	number, link1 := a.imported(numberType), a.imported(linkType)
	takesOver := func(application string) values {
		return acctest.With(link(application), values{"replace_existing_link": true})
	}
	for name, pair := range map[string][2]planOf{
		"two new numbers":       {{numberType, acctest.Object{}, gbNumber(nil)}, {numberType, acctest.Object{}, gbNumber(values{"msisdn": "+44 7700 900001"})}},
		"a number and a new":    {{numberType, number, gbNumber(nil)}, {numberType, acctest.Object{}, gbNumber(nil)}},
		"a number twice":        {{numberType, number, gbNumber(nil)}, {numberType, number, gbNumber(settings)}},
		"two new links":         {{linkType, acctest.Object{}, link(ours)}, {linkType, acctest.Object{}, acctest.With(link(ours), values{"country": "gb"})}},
		"two that take over":    {{linkType, acctest.Object{}, takesOver(ours)}, {linkType, acctest.Object{}, takesOver(theirs)}},
		"a link and a new":      {{linkType, link1, link(ours)}, {linkType, acctest.Object{}, link(ours)}},
		"a link and a taker":    {{linkType, link1, takesOver(ours)}, {linkType, acctest.Object{}, takesOver(theirs)}},
		"a link twice":          {{linkType, link1, link(ours)}, {linkType, link1, link(ours)}},
		"a changed link, a new": {{linkType, link1, link(theirs)}, {linkType, acctest.Object{}, takesOver(theirs)}},
		"a number to come": {
			{linkType, acctest.Object{}, acctest.With(link(ours), values{"msisdn": "33700900001"})},
			{linkType, acctest.Object{}, acctest.With(link(theirs), values{"msisdn": "+33700900001"})},
		},
	} {
		for first := range pair {
			p := a.Protocol(t)
			one, other := pair[first], pair[1-first]
			if _, diags := p.Plan(one.typeName, one.prior, one.config); diags.HasError() {
				t.Errorf("%s: %s", name, diags)
			}
			_, diags := p.Plan(other.typeName, other.prior, other.config)
			if !diags.HasError() {
				t.Errorf("%s: both are planned", name)
				continue
			}
			diags.MustFail(t, "msisdn", "by another resource during this run", "remove one of them", "removed block", "moved block")
		}
	}
}

// Terraform plans a replacement twice: as a change and, with the private state of the first plan, as a creation.
func TestAReplacedObjectIsNotTakenForAnother(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, linkedTo(ours))
	for typeName, config := range map[string]values{numberType: gbNumber(nil), linkType: link(ours)} {
		for _, prior := range []acctest.Object{a.imported(typeName), a.mustHave(typeName, config)} {
			p := a.Protocol(t)
			plan, diags := p.Plan(typeName, prior, config)
			diags.MustBeEmpty(t)
			_, diags = p.Plan(typeName, plan.Replaced(), config)
			diags.MustBeEmpty(t)
		}
	}
}

// mustHave creates an object for a number that the account has already.
func (a account) mustHave(typeName string, config values) acctest.Object {
	a.t.Helper()
	object, diags := a.create(typeName, config)
	if diags.HasError() {
		a.t.Fatal(diags)
	}
	return object
}

// Each number has one link before and one afterwards.
func TestLinksCanSwapNumbers(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	a.owns("GB/447700900002", nil)
	other := values{"msisdn": "447700900002", "application_id": ours}
	one, two := a.mustCreate(linkType, link(ours)), a.mustCreate(linkType, other)
	p := a.Protocol(t)
	for _, swap := range []planOf{{linkType, one, other}, {linkType, two, link(ours)}} {
		plan, diags := p.Plan(swap.typeName, swap.prior, swap.config)
		diags.MustBeEmpty(t)
		_, diags = p.Plan(swap.typeName, plan.Replaced(), swap.config)
		diags.MustBeEmpty(t)
	}
}

func TestARenamedLinkHasOneResource(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	old := a.mustCreate(linkType, link(ours))
	for _, order := range [][]planOf{
		{{linkType, old, nil}, {linkType, acctest.Object{}, link(ours)}},
		{{linkType, acctest.Object{}, link(ours)}, {linkType, old, nil}},
	} {
		p := a.Protocol(t)
		for _, one := range order {
			_, diags := p.Plan(one.typeName, one.prior, one.config)
			diags.MustBeEmpty(t)
		}
	}
}

// A number or link was imported to a second address, instead of using a moved block. Removing the first address from the
// configuration is then meant as a rename, and only the plan sees both addresses. Terraform may plan them in either
// order.
func TestWhatStaysIsNotDestroyedForAnother(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		typeName string
		config   values
		error    string
	}{
		"number": {numberType, gbNumber(values{"deletion_policy": "DELETE"}), "umber " + gb + " is to be "},
		"link":   {linkType, link(ours), "ink of number " + gb + " to application " + ours + " is to be "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.owns(gb, nil)
			old, diags := a.create(test.typeName, test.config)
			if diags.HasError() {
				t.Fatal(diags)
			}
			imported, diags := a.Protocol(t).Import(test.typeName, gb)
			diags.MustBeEmpty(t)
			plans := []func(*acctest.Protocol) acctest.Diagnostics{
				func(p *acctest.Protocol) acctest.Diagnostics {
					_, diags := p.Plan(test.typeName, imported, test.config)
					return diags
				},
				func(p *acctest.Protocol) acctest.Diagnostics {
					_, diags := p.Plan(test.typeName, old, nil)
					return diags
				},
			}
			for first := range plans {
				p := a.Protocol(t)
				if diags := plans[first](p); diags.HasError() {
					t.Error(diags)
				}
				plans[1-first](p).MustFail(t, "msisdn", test.error, "moved block", "removed block", "terraform state rm")
			}
		})
	}
}

// A link that moves to another application does not conflict with ending the old one in the same plan.
func TestALinkThatMovesIsNotKept(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.owns(gb, nil)
	old := a.mustCreate(linkType, link(ours))
	imported, diags := a.Protocol(t).Import(linkType, gb)
	diags.MustBeEmpty(t)
	p := a.Protocol(t)
	move, diags := p.Plan(linkType, imported, link(theirs))
	diags.MustBeEmpty(t)
	end, diags := p.Plan(linkType, old, nil)
	diags.MustBeEmpty(t)
	for _, plan := range []acctest.Plan{move, end} {
		_, diags := p.Apply(plan)
		diags.MustBeEmpty(t)
	}
	if a.setting("app_id") != theirs {
		t.Errorf("the number is linked to %q", a.setting("app_id"))
	}
}

// A number whose setup failed is replaced, unless the user untaints it, for example because the number itself is fine.
// The next apply then finishes it.
func TestAnUntaintedNumberIsFinished(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]values{
		"settings that can be read":    gbNumber(values{"sms_webhook_url": "https://example.com/sms"}),
		"settings that cannot be read": gbNumber(values{"voice_status_callback": "https://example.com/ended"}),
		"no settings":                  gbNumber(nil),
	} {
		a := newAccount(t)
		a.offers(gb, nil)
		a.Fail(t, emulator.Fault{Method: http.MethodPost, Path: "/number/update", Kind: emulator.Status, Status: http.StatusBadRequest})
		object, diags := a.create(numberType, gbNumber(settings))
		diags.MustFail(t, "", "set up")
		object, diags = a.Protocol(t).Read(numberType, object)
		diags.MustBeEmpty(t)
		object, diags = a.Protocol(t).Change(numberType, object, config)
		diags.MustBeEmpty(t)
		if object.State["id"] != gb {
			t.Errorf("%s: the state is %v", name, object.State)
		}
		object, diags = a.Protocol(t).Read(numberType, object)
		diags.MustBeEmpty(t)
		a.wantNoChange(numberType, object, config)
	}
}

// While other writes are in progress, a write may start from what was read up to half a minute ago. The end of a link does
// not: another run may have linked the number meanwhile.
func TestALinkIsReadOnceMoreBeforeItIsEnded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const other = "GB/447700900002"
		a := newAccount(t, acctest.InMemory())
		a.owns(gb, nil)
		a.owns(other, nil)
		ending, keeping := a.mustCreate(linkType, link(ours)), a.mustCreate(linkType, acctest.With(link(ours), values{"msisdn": "447700900002"}))
		p := a.Protocol(t)
		for _, object := range []acctest.Object{ending, keeping} {
			_, diags := p.Read(linkType, object)
			diags.MustBeEmpty(t)
		}
		a.Fail(t, emulator.Fault{Method: http.MethodPost, Path: "/number/update", Kind: emulator.Late, Delay: 10 * time.Second})
		go func() {
			_, _ = p.Change(linkType, keeping, acctest.With(link(theirs), values{"msisdn": "447700900002"}))
		}()
		synctest.Wait()
		a.owns(gb, linkedTo(theirs)) // by another run
		_, diags := p.Change(linkType, ending, nil)
		diags.MustBeEmpty(t)
		if a.setting("app_id") != theirs {
			t.Errorf("the number is linked to %q", a.setting("app_id"))
		}
		<-time.After(time.Minute) // synctest's fake clock
	})
}

// Two runs at once, or two provider blocks, overwrite each other's settings. A write that starts from a read, as it does
// half a minute after the last one, tells.
func TestAWriteTellsThatAnEarlierOneDidNotStay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newAccount(t, acctest.InMemory())
		a.offers(gb, nil)
		p := a.Protocol(t)
		config := gbNumber(values{"sms_webhook_url": "https://user:secret@example.com/sms"})
		number, diags := p.Change(numberType, acctest.Object{}, config)
		diags.MustBeEmpty(t)
		linked, diags := p.Change(linkType, acctest.Object{}, link(ours))
		diags.MustBeEmpty(t)
		changes := map[string]func() acctest.Diagnostics{
			"update of the number": func() acctest.Diagnostics {
				_, diags := p.Change(numberType, number, gbNumber(values{"sms_webhook_url": "https://example.com/new"}))
				return diags
			},
			"update of the link": func() (diags acctest.Diagnostics) {
				linked, diags = p.Change(linkType, linked, acctest.With(link(theirs), values{"replace_existing_link": true}))
				return diags
			},
			"end of the link": func() acctest.Diagnostics {
				_, diags := p.Change(linkType, linked, nil)
				return diags
			},
		}
		for _, name := range []string{"update of the number", "update of the link", "end of the link"} {
			<-time.After(time.Minute) // synctest's fake clock
			a.owns(gb, acctest.With(linkedTo(a.setting("app_id")), values{"moHttpUrl": "https://example.com/" + name[:3]}))
			a.Calls()
			warning := changes[name]().MustWarn(t, "", "Settings did not stay", gb, "another run", "one provider block per account")
			if strings.Contains(warning.Detail, "secret") {
				t.Errorf("%s: %s", name, warning.Detail)
			}
			a.WantCalls(t, list, update) // no call more than before
		}
	})
}
