// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/google/go-cmp/cmp"
)

// update makes a complete run write its counts into the table in README.md.
var update = flag.Bool("update", false, "write the counts of this run into the table in README.md")

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
	malformedShapes = "malformed responses"
	pinnedStates    = "pinned states"
	inACrowd        = "in a crowd"
	unknowable      = "unknowable"
)

// tabulated maps the rows of the table in README.md to the counters that they sum up.
func tabulated() map[string][]string {
	crowd := fmt.Sprintf("one of many objects created, changed and destroyed, %d at a time, amid random faults", parallelism)
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
		"a configuration with values missing, unknown or empty":                                                             {malformedShapes},
		"a state as this or an earlier version wrote it":                                                                    {pinnedStates},
		"a create of an application with `public_key_wo`, or of an API secret, cut off so that nobody can know what it did": {unknowable},
	}
}

// complete reports whether this run tries everything that a column of the table counts.
func complete() bool {
	for name, otherwise := range map[string]string{"test.run": "", "test.skip": "", "test.list": "", "test.count": "1", "pin": "", "seed": "-1", "test.short": "false"} {
		if flag.Lookup(name).Value.String() != otherwise {
			return false
		}
	}
	return true
}

// retold returns the table with this run's counts: in its second column those of "make test", in its third those of
// "make soak". A row that the table lacks, or a counter that no row has, is an error.
func (c *tally) retold(page string) (string, error) {
	column := 1
	if *soak {
		column = 2
	}
	rows, counted := tabulated(), map[string]bool{}
	var told strings.Builder
	for line := range strings.Lines(page) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		row := strings.TrimSpace(cells[0])
		names, known := rows[row]
		if !known || len(cells) <= column {
			told.WriteString(line)
			continue
		}
		delete(rows, row)
		times := 0
		for _, name := range names {
			counted[name] = true
			times += c.times[name]
		}
		cells[column] = fmt.Sprintf(" %d ", times)
		told.WriteString("|" + strings.Join(cells, "|") + "|\n")
	}
	for row := range rows {
		return "", fmt.Errorf("there is no row %q", row)
	}
	for name := range c.times {
		if !counted[name] {
			return "", fmt.Errorf("no row counts %q", name)
		}
	}
	return told.String(), nil
}

// tableIsRight compares the table in README.md with this run's counts, or writes it if asked to.
func tableIsRight() bool {
	const page = "../../README.md"
	text, err := os.ReadFile(page)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return false
	}
	told, err := tried.retold(string(text))
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "the table in README.md:", err)
		return false
	case told == string(text):
		return true
	case !*update:
		fmt.Fprintf(os.Stderr, "the table in README.md has other counts; -update writes those of this run:\n%s", cmp.Diff(string(text), told))
		return false
	}
	if err := os.WriteFile(page, []byte(told), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return false
	}
	return true
}
