// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package coalesce

// dispatch serves the waiters whose object is known and starts the calls that the others need. It must be called,
// with the lock held, after every change to what is known or wanted.
func (x *index[K]) dispatch() {
	x.serve()
	x.dropUnwanted()
	unlisted, missing := x.unanswered()
	x.confirm(missing)
	switch {
	case x.source.Page == nil:
		x.lookUpEach(unlisted)
	case x.list.page != nil: // the page in flight may hold the objects waited for
	case x.list.total == 0 && !x.list.loading:
		x.firstCalls(unlisted)
	case x.list.loading && len(x.waiting) > 0, len(unlisted) > 0 && x.made+len(unlisted) >= x.list.remaining(), x.refreshDue():
		x.list.loading = true
		x.readPage(x.list.next)
	default:
		x.lookUpEach(unlisted)
	}
}

func (x *index[K]) lookUpEach(keys []K) {
	for _, key := range keys {
		if x.lookUp(key) {
			x.made++
		}
	}
}

// firstCalls makes the first two calls of an index in sequence: one look-up, then page 1. If the list has one page, or
// several objects are wanted from the start, it begins with page 1.
func (x *index[K]) firstCalls(unlisted []K) {
	switch {
	case len(unlisted) == 0 || len(x.lookUps) > 0:
	case x.made == 0 && !x.source.OnePage && len(unlisted) == 1:
		x.made++
		x.lookUp(unlisted[0])
	default:
		x.readPage(1)
	}
}

// unanswered returns the keys that are waited for and not being looked up: unlisted are those that no complete list
// could have shown yet, missing those that a complete list did not contain. It has the list read if all of it is waited
// for.
func (x *index[K]) unanswered() (unlisted []K, missing []*waiter[K]) {
	seen := map[K]bool{}
	for _, w := range x.waiting {
		if w.whole {
			x.list.loading = true
			continue
		}
		if _, inFlight := x.lookUps[w.key]; inFlight || seen[w.key] {
			continue
		}
		seen[w.key] = true
		tooOld := w.fresh && w.since.at.Sub(x.list.lastBegan.at) > x.window() || w.last && x.list.lastBegan.number < w.since.number
		if x.list.loads == 0 || tooOld {
			unlisted = append(unlisted, w.key)
		} else {
			missing = append(missing, w)
		}
	}
	return unlisted, missing
}

// confirm looks up objects that a complete list did not contain before reporting them absent, because objects move
// between pages during a load. Once such look-ups have cost as much as a list, it loads a second list instead.
// Writes, and objects whose last write had an unknown outcome, always get a look-up.
func (x *index[K]) confirm(missing []*waiter[K]) {
	certain := false
	for _, w := range missing {
		switch o, known := x.objects[w.key]; {
		case w.fresh, known && o.unknown:
			x.lookUp(w.key)
		case x.confirmed < x.list.total:
			if x.lookUp(w.key) {
				x.confirmed++
			}
		case x.list.loads < 2:
			x.list.loading = true
		default:
			x.store(w.key, object{absence: ErrAbsent, asOf: x.list.lastBegan})
			certain = true
		}
	}
	if certain {
		x.serve()
	}
}
