// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"fmt"
	"strings"
)

// report holds the findings about the API, in the order in which they were made.
type report struct {
	questions []string
	answers   map[string]string
}

func newReport() *report { return &report{answers: map[string]string{}} }

// learn records the response to a question.
func (r *report) learn(question string, answer any) {
	if _, known := r.answers[question]; !known {
		r.questions = append(r.questions, question)
	}

	r.answers[question] = fmt.Sprint(answer)
}

// String formats the findings as a list.
func (r *report) String() string {
	var text strings.Builder

	for _, question := range r.questions {
		fmt.Fprintf(&text, "- %s\n  %s\n", question, r.answers[question])
	}

	return text.String()
}
