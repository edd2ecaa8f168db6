// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
)

// tried counts what was tried, to check the table in README.md.
var tried tally

type tally struct {
	mu    sync.Mutex
	times map[string]int
}

func (c *tally) add(what string, times int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.times == nil {
		c.times = map[string]int{}
	}
	c.times[what] += times
}

// The names of counters that are not names of troubles.
const (
	oddShapes    = "odd shapes"
	pinnedStates = "pinned states"
	inACrowd     = "in a crowd"
	unknowable   = "unknowable"
)

// tabulated maps the rows of the table in README.md to the counters that they sum up.
func tabulated() map[string][]string {
	crowd := fmt.Sprintf("one of %d objects created, changed and destroyed, %d at a time, amid random faults", len(specimen.Resources())*ofEveryKind, parallelism)
	return map[string][]string{
		"the connection closed before the request was carried out": {"closed before processing"},
		"the connection closed after it was carried out":           {"closed after processing"},
		"429, with and without `Retry-After`":                      {"429", "429 for seconds", "429 until a date", "429 for a day"},
		"500, 502 with a gateway's HTML, 503":                      {"500", "502 with HTML", "503"},
		"500, although the request was carried out":                {"500 after processing"},
		"half an answer, garbage, nothing at all":                  {"truncated", "garbage", "nothing at all"},
		"a redirect to another host":                               {"redirect"},
		"a body of 100 MB":                                         {"100 MB", "100 MB, announced"},
		"one byte a second, no answer in time":                     {"a byte a second", "too late", "later than timeouts"},
		"an interrupt while the request was under way":             {"interrupt", "interrupt and connection lost", "interrupt and no answer"},
		crowd: {inACrowd},
		"a configuration with values missing, unknown or empty":                      {oddShapes},
		"a state as this or an earlier version wrote it":                             {pinnedStates},
		"a create with `public_key_wo`, cut off so that nobody can know what it did": {unknowable},
	}
}

// complete reports whether this run tries everything that a column of the table counts.
func complete() bool {
	for name, otherwise := range map[string]string{"test.run": "", "test.skip": "", "test.list": "", "test.count": "1", "pin": "", "seed": "-1"} {
		if flag.Lookup(name).Value.String() != otherwise {
			return false
		}
	}
	return true
}

// compare returns the errors in the table. Its second column is for "make test", its third for "make soak".
func (c *tally) compare(table string) []string {
	rows := map[string][]string{}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows[cells[0]] = cells
	}
	column, target := 1, "make test"
	if *soak {
		column, target = 2, "make soak"
	}
	var problems []string
	counted := map[string]bool{}
	for row, names := range tabulated() {
		times := 0
		for _, name := range names {
			counted[name] = true
			times += c.times[name]
		}
		if cells := rows[row]; len(cells) <= column || cells[column] != strconv.Itoa(times) {
			problems = append(problems, fmt.Sprintf("%q in %q has to be %d", row, target, times))
		}
	}
	for name := range c.times {
		if !counted[name] {
			problems = append(problems, fmt.Sprintf("no row counts %q", name))
		}
	}
	return problems
}

// tableIsRight compares the table in README.md with this run's counts.
func tableIsRight() bool {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return false
	}
	problems := tried.compare(string(text))
	for _, problem := range problems {
		fmt.Fprintln(os.Stderr, "the table in README.md:", problem)
	}
	return len(problems) == 0
}
