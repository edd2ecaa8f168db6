// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// Unable is the summary of everything that goes wrong: Unable("create", "application").
func Unable(verb, noun string) string { return "Unable to " + verb + " " + noun }

// AddError reports that an operation failed: in the API's own words, with what identifies the occurrence, and with what to
// do next where that is known. attribute maps the API's name of a parameter ("capabilities.voice") to the attribute it was
// made from, so that a refused parameter is reported there; nil maps none.
func AddError(diags *diag.Diagnostics, verb, noun string, err error, attribute func(apiName string) (path.Path, bool)) {
	detail := Sentence(err.Error())
	if credentials, ok := errors.AsType[*CredentialsError](err); ok {
		detail = credentials.Message // which call they were missing for does not matter
	}
	if advised, ok := errors.AsType[*advisedError](err); ok {
		detail += "\n\n" + advised.advice
	} else if next := whatNext(err); next != "" {
		detail += "\n\n" + next
	}
	var refusal *vonage.Error
	var located diag.Diagnostics
	if attribute != nil && errors.As(err, &refusal) {
		for _, parameter := range refusal.InvalidParameters {
			if at, ok := attribute(parameter.Name); ok {
				located.AddAttributeError(at, Unable(verb, noun), Sentence(parameter.Reason)+"\n\n"+detail)
			}
		}
	}
	if len(located) == 0 {
		located.AddError(Unable(verb, noun), detail)
	}
	diags.Append(located...)
}

// Advise adds what to do next to an error of which the caller knows that better than what holds for all errors of its kind.
// AddError shows it in place of that.
func Advise(err error, advice string) error { return &advisedError{err, advice} }

type advisedError struct {
	error

	advice string
}

func (e *advisedError) Unwrap() error { return e.error }

// Sentence gives an error, which begins in lower case and has no full stop, the looks of a sentence. A name with which it
// begins stays as it is.
func Sentence(text string) string {
	if text == "" {
		return ""
	}
	word, _, _ := strings.Cut(text, " ")
	if strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) < 0 {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	if !strings.ContainsRune(".!?", rune(text[len(text)-1])) {
		text += "."
	}
	return text
}
