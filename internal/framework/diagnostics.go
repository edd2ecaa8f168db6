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

// Unable returns the summary of an error diagnostic, such as Unable("create", "application").
func Unable(verb, noun string) string { return "Unable to " + verb + " " + noun }

// AddError reports that an operation failed: the API's own message, the identifiers of this occurrence (such as the
// request id) and, where known, what to do next. attribute maps the API's name of a parameter ("capabilities.voice") to
// the attribute it was built from, so that a rejected parameter is reported on that attribute; a nil attribute maps
// none.
func AddError(diags *diag.Diagnostics, verb, noun string, err error, attribute func(apiName string) (path.Path, bool)) {
	detail := Sentence(err.Error())
	if own := ofProvider(err); own != nil {
		detail = own.Error() // the user does not care which call needed it
	}
	if advised, ok := errors.AsType[*advisedError](err); ok {
		detail += "\n\n" + advised.advice
	} else if next := whatNext(err); next != "" {
		detail += "\n\n" + next
	}
	var apiError *vonage.Error
	var located diag.Diagnostics
	if attribute != nil && errors.As(err, &apiError) {
		for _, parameter := range apiError.InvalidParameters {
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

// Listed reports the error that came with an object of a list, if any: whether the list can show the object, and whether it
// goes on. An object that cannot be read completely is a warning, because the others are not affected; the list shows what can
// be read of it.
func Listed(diags *diag.Diagnostics, verb, noun string, err error) (shown, more bool) {
	entry, malformed := errors.AsType[*vonage.MalformedEntryError](err)
	switch {
	case err == nil:
		return true, true
	case malformed:
		diags.AddWarning("Incomplete list of "+noun, Sentence(err.Error())+" The list shows what can be read of it.\n\n"+malformedAdvice)
		return entry.ID != "", true
	default:
		AddError(diags, verb, noun, err, nil)
		return false, false
	}
}

// Advise attaches advice to err, for callers that know better than the generic advice for errors of that kind. AddError
// shows it instead of the generic advice.
func Advise(err error, advice string) error { return &advisedError{err, advice} }

type advisedError struct {
	error

	advice string
}

func (e *advisedError) Unwrap() error { return e.error }

// Sentence turns an error text, which starts in lower case and has no full stop, into a sentence. A name at its
// beginning keeps its case.
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
