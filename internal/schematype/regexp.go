// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package schematype

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// NameRegexDescription returns the description of a filter for names, of objects such as "applications".
func NameRegexDescription(objects string) string {
	return "Only " + objects + " with a name that contains a match of this regular expression " +
		"([RE2](https://github.com/google/re2/wiki/Syntax)); anchor it with `^` and `$` to match whole names. By default any name. " +
		"Not part of the API."
}

// RegularExpression returns a validator for expressions that Go can compile.
func RegularExpression() validator.String {
	return check{"regular expression", "a regular expression", func(text string) error {
		_, err := CompileRegexp(text)
		return err
	}}
}

// CompileRegexp is regexp.Compile with an error that does not repeat what may be a secret.
func CompileRegexp(expression string) (*regexp.Regexp, error) {
	compiled, err := regexp.Compile(expression)
	if problem, ok := errors.AsType[*syntax.Error](err); ok {
		err = fmt.Errorf("%s cannot be parsed: %s", vonage.Quote(expression), problem.Code)
	}
	return compiled, err
}
