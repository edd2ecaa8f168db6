// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-log/tflog"
	"golang.org/x/sync/errgroup"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// change is an apply of the numbers of one application: from those in the state to those in the plan.
type change struct {
	r     *applicationNumbersResource
	plan  applicationNumbersModel
	owner string
	diags *diag.Diagnostics

	before    entries                     // those in the state
	linked    acquired                    // when the last of them were linked
	exclusive bool                        // numbers that neither state nor plan has are to be unlinked, too
	left      map[vonage.NumberKey]string // see framework.Claims.LeftLinks

	failures []failure
	skipped  int   // tasks that were not begun
	why      error // and the reason
}

// task is to link a number to the application or, if end is set, to unlink it.
type task struct {
	entry string
	key   vonage.NumberKey
	end   bool
}

// apply makes and ends the links. It returns the numbers that are linked afterwards, or may be, and whether all of the plan
// was done; if not, it reports why.
func (c *change) apply(ctx context.Context) (reached entries, complete bool) {
	wanted, _ := entriesOf(c.plan.Numbers)
	tasks, err := c.tasks(ctx, wanted)
	if err != nil {
		framework.AddError(c.diags, "link", c.plan.noun(), err, nil)
		return c.before, false
	}
	undone := c.run(ctx, tasks)
	for _, f := range c.failures {
		undone[f.entry] = undone[f.entry] || !vonage.IsUnknownOutcome(f.err)
	}
	for _, entry := range wanted {
		if !undone[entry] {
			reached = append(reached, entry)
		}
	}
	for _, entry := range c.before.without(wanted) {
		if _, failed := undone[entry]; failed { // also in doubt: it may be linked still
			reached = append(reached, entry)
		}
	}
	if len(c.failures)+c.skipped == 0 {
		return reached, true
	}
	addErrors(c.diags, c.verb(), c.plan.noun(), c.failures, c.skipped, c.why)
	return reached, false
}

// verb says what the change does, for messages.
func (c *change) verb() string {
	if len(c.plan.Numbers.Elements()) == 0 {
		return "unlink"
	}
	return "link"
}

func (c *change) fail(entry string, key vonage.NumberKey, err error) {
	c.failures = append(c.failures, failure{entry, key, err})
}

// tasks returns what there is to do. Links that exist already are only claimed. An error is one of the calls.
func (c *change) tasks(ctx context.Context, wanted entries) ([]task, error) {
	added := wanted.without(c.before)
	ended, err := c.surplus(ctx, wanted)
	if err != nil {
		return nil, err
	}
	found, err := c.r.numbers.FindAll(ctx, added.msisdns())
	if err != nil {
		return nil, err
	}
	var tasks []task
	kept := map[vonage.NumberKey]bool{}
	for _, entry := range added {
		number, err := holdings(found).resolve(entry, c.plan.application())
		switch {
		case err != nil:
			c.fail(entry, keyOf(entry), err)
			continue
		case !isLinked(number, c.plan.application()):
			tasks = append(tasks, task{entry: entry, key: number.Key()})
		default:
			if _, err := c.r.data.Claims.Claim(number.Key(), framework.Link, c.owner); err != nil {
				c.fail(entry, number.Key(), err)
			}
		}
		kept[number.Key()] = true
	}
	ends, err := c.ends(ctx, ended, kept)
	return append(tasks, ends...), err
}

// surplus returns the entries of numbers that are linked and not to be so: those that only the state has, those that an
// unfinished resource left to this one, and all others if the application is to have no others.
func (c *change) surplus(ctx context.Context, wanted entries) (entries, error) {
	for key, application := range c.left {
		if application == c.plan.application() {
			c.before = append(c.before, entries{key.String()}.without(wanted)...)
		}
	}
	surplus := c.before.without(wanted)
	if !c.exclusive {
		return surplus, nil
	}
	extra, err := c.r.extra(ctx, c.plan.application(), wanted)
	return append(surplus, extra.without(surplus)...), err
}

// ends returns the tasks to unlink numbers, except those that are kept under another spelling and those that are no longer
// linked to the application. The numbers are read once more for that: another provider block or another run may have linked
// them since the plan.
func (c *change) ends(ctx context.Context, ended entries, kept map[vonage.NumberKey]bool) ([]task, error) {
	if len(ended) == 0 {
		return nil, nil
	}
	found, err := c.r.numbers.FindAllLatest(ctx, ended.msisdns())
	if err != nil {
		return nil, err
	}
	var tasks []task
	var missing entries
	for _, entry := range ended {
		number, err := holdings(found).resolve(entry, c.plan.application())
		switch {
		case vonage.IsNotFound(err) && c.linked.Recent():
			missing = append(missing, entry)
		case vonage.IsNotFound(err), isInOtherCountry(err, entry):
		case err != nil:
			c.fail(entry, keyOf(entry), err)
		case isLinked(number, c.plan.application()) && !kept[number.Key()]:
			tasks = append(tasks, task{entry: entry, key: number.Key(), end: true})
		}
	}
	late, err := c.endsOfLate(ctx, missing)
	return append(tasks, late...), err
}

// endsOfLate is ends for numbers that were linked a moment ago, and that the account's list does not show.
func (c *change) endsOfLate(ctx context.Context, missing entries) ([]task, error) {
	if len(missing) == 0 {
		return nil, nil
	}
	found, err := c.r.numbers.AwaitAllListed(ctx, missing.msisdns())
	if err != nil {
		return nil, err
	}
	var tasks []task
	var unlisted entries
	for _, entry := range missing {
		number, err := holdings(found).resolve(entry, c.plan.application())
		switch {
		case vonage.IsNotFound(err):
			unlisted = append(unlisted, entry)
		case err != nil:
			c.fail(entry, keyOf(entry), err)
		case isLinked(number, c.plan.application()):
			tasks = append(tasks, task{entry: entry, key: number.Key(), end: true})
		}
	}
	if len(unlisted) > 0 {
		at := c.linked.Made()
		c.diags.AddWarning("Links may stay", fmt.Sprintf("Numbers were linked to application %s at %s, and the account's list of numbers does not show these of them, so they cannot be "+
			"unlinked: %s. The list may be late, or they were cancelled since then. If the account keeps them, unlink them at https://dashboard.nexmo.com/your-numbers.",
			c.plan.application(), at, strings.Join(unlisted, ", ")))
	}
	return tasks, nil
}

// writersAtOnce is how many numbers are changed concurrently: enough to keep the limit of three writes a second busy while
// responses take seconds, and few enough that a number is written soon after it was read.
const writersAtOnce = 32

// tooMany failures in a row, of a kind that is likely to occur for every number, end the change: each of thousands would
// be retried for minutes.
const tooMany = 10

// run does the tasks. It returns the entries of those that were not begun.
func (c *change) run(ctx context.Context, tasks []task) (undone map[string]bool) {
	undone = map[string]bool{}
	if len(tasks) == 0 {
		return undone
	}
	defer c.r.numbers.Batch(ctx)()
	var mu sync.Mutex
	inARow := 0
	var forwarded, stay, overwritten entries
	progress := c.follow(ctx, len(tasks))
	defer progress.end()
	var group errgroup.Group
	group.SetLimit(writersAtOnce)
	for _, one := range tasks {
		group.Go(func() error {
			mu.Lock()
			stop := ctx.Err()
			if stop == nil && inARow >= tooMany {
				stop = fmt.Errorf("%d in a row had failed", tooMany) // more may have been under way
			}
			if stop != nil {
				c.skipped, c.why, undone[one.entry] = c.skipped+1, stop, true
			}
			mu.Unlock()
			if stop != nil {
				return nil
			}
			number, err := c.do(ctx, one)
			mu.Lock()
			defer mu.Unlock()
			if c.r.numbers.Overwritten(one.key) {
				overwritten = append(overwritten, one.entry)
			}
			var claimed *framework.ClaimedError
			switch {
			case one.end && errors.As(err, &claimed):
				stay = append(stay, one.entry)
				err = nil
			case one.end && vonage.IsNotFound(err):
				err = nil
			case err == nil && !one.end && number.VoiceCallbackType != "":
				forwarded = append(forwarded, one.entry)
			}
			progress.count(err)
			inARow = c.record(one, err, inARow)
			return nil
		})
	}
	_ = group.Wait()
	c.warn(forwarded, stay, overwritten)
	return undone
}

// record keeps the error of a task, if any, and returns how many tasks in a row have failed for a reason that concerns all.
func (c *change) record(one task, err error, inARow int) int {
	if err == nil {
		return 0
	}
	c.fail(one.entry, one.key, err)
	if concernsAll(failure{one.entry, one.key, err}) {
		return inARow + 1
	}
	return inARow
}

// do makes or ends one link.
func (c *change) do(ctx context.Context, one task) (vonage.Number, error) {
	link := c.plan.one(one.key)
	if one.end {
		return vonage.Number{}, c.r.unlinkFrom(ctx, c.r.numbers.Update, link, c.owner)
	}
	return c.r.link(ctx, link, c.leftLink(one), c.owner)
}

// leftLink returns the link that an unfinished resource left to this one, if any: the number is not another's then.
func (c *change) leftLink(one task) linkModel {
	for _, key := range []vonage.NumberKey{one.key, {MSISDN: one.key.MSISDN}} {
		if application, left := c.left[key]; left {
			return linkModel{ApplicationID: schematype.NewApplicationID(application)}
		}
	}
	return linkModel{}
}

// warn says what an apply of many numbers found, a warning of each kind.
func (c *change) warn(forwarded, stay, overwritten entries) {
	for _, of := range []entries{forwarded, stay, overwritten} {
		slices.Sort(of)
	}
	if len(forwarded) > 0 {
		c.diags.AddWarning("Calls do not reach the application", fmt.Sprintf("Numbers are linked to application %s, but their own forwarding stays in place and takes precedence over the "+
			"application's voice webhooks: %s. Messages do reach the application. Remove the forwarding if calls should reach it too.", c.plan.application(), strings.Join(forwarded, ", ")))
	}
	if len(stay) > 0 {
		c.diags.AddWarning("Links stay", fmt.Sprintf("Numbers were linked to application %s by another resource during this run, so they are not unlinked: %s. "+
			"For a resource that is renamed, a moved block saves the change.", c.plan.application(), strings.Join(stay, ", ")))
	}
	if len(overwritten) > 0 {
		c.diags.AddWarning("Settings did not stay", fmt.Sprintf("Numbers no longer had the settings that this run gave them a while ago: %s. Perhaps another run or another "+
			"provider block changes them at the same time. The next plan shows what is different. Use one provider block per account for its numbers, and one run at a time.",
			strings.Join(overwritten, ", ")))
	}
}

// progress shows long work in the log.
type progress struct {
	ctx    context.Context //nolint:containedctx // carries the logger
	fields map[string]any
	expect func(left int) time.Duration
	stop   func()

	mu                  sync.Mutex
	began               time.Time
	shown               bool
	done, failed, tasks int
}

// reportEvery is how often the progress of long work is logged.
const reportEvery = 10 * time.Second

// follow starts to log the progress of a number of tasks, at level WARN so that TF_LOG_PROVIDER=WARN shows it.
func (c *change) follow(ctx context.Context, tasks int) *progress {
	p := &progress{ctx: ctx, fields: map[string]any{"application_id": c.plan.application()}, expect: c.r.numbers.TimeToWrite, began: time.Now(), tasks: tasks}
	ticker := time.NewTicker(reportEvery)
	ended := make(chan struct{})
	var reporter sync.WaitGroup
	reporter.Go(func() {
		for {
			select {
			case <-ticker.C:
				p.report()
			case <-ended:
				return
			}
		}
	})
	p.stop = func() {
		ticker.Stop()
		close(ended)
		reporter.Wait()
	}
	return p
}

func (p *progress) count(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil {
		p.failed++
	} else {
		p.done++
	}
}

func (p *progress) report() {
	p.mu.Lock()
	p.shown = true
	left := p.tasks - p.done - p.failed
	fields := map[string]any{"done": p.done, "left": left, "failed": p.failed, "time_at_the_limit": p.expect(left).Round(time.Second).String()}
	p.mu.Unlock()
	maps.Copy(fields, p.fields)
	tflog.Warn(p.ctx, "Changing the links of many numbers", fields)
}

// end logs one summary: as visibly as the progress, if that was logged.
func (p *progress) end() {
	p.stop()
	fields := map[string]any{"done": p.done, "left": p.tasks - p.done - p.failed, "failed": p.failed, "took": time.Since(p.began).Round(time.Second).String()}
	maps.Copy(fields, p.fields)
	if p.shown {
		tflog.Warn(p.ctx, "Changed the links of many numbers", fields)
	} else {
		tflog.Info(p.ctx, "Changed the links of many numbers", fields)
	}
}
