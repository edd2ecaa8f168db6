// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// attributeError is an error that the user can fix by changing one attribute; advice says how.
type attributeError struct {
	attribute, advice string
	err               error
}

func (e *attributeError) Error() string { return e.err.Error() }

func (e *attributeError) Unwrap() error { return e.err }

// addError reports err, which occurred in the operation verb ("link", "read") on a number, on the attribute that has to
// be changed.
func addError(diags *diag.Diagnostics, verb string, key vonage.NumberKey, err error) {
	noun := "number " + key.String()
	var located *attributeError
	if !errors.As(err, &located) {
		located = locate(noun, err)
	}
	if located == nil {
		framework.AddError(diags, verb, noun, err, nil)
		return
	}
	diags.AddAttributeError(path.Root(located.attribute), framework.Unable(verb, noun), framework.Sentence(located.Error())+" "+located.advice)
}

// locate returns the attribute to change for the errors that can occur in any operation, and nil for all others.
func locate(noun string, err error) *attributeError {
	var country *countryError
	var claimed *framework.ClaimedError
	var contradiction *framework.ContradictionError
	switch {
	case errors.As(err, &country) && country.want.Country == "":
		return &attributeError{"country", "Set country; in an import id it comes first, as in GB/447700900001.", country}
	case errors.As(err, &country):
		return &attributeError{"country", "Correct country, or leave it out so that the provider looks it up.", country}
	case errors.As(err, &claimed) && claimed.Planned:
		return &attributeError{"msisdn", "Two resources of the same type cannot have the same number: remove one of them. If it is in the state already, " +
			"use a removed block with lifecycle { destroy = false }, or terraform state rm. If you renamed a resource, add a moved block.", claimed}
	case errors.As(err, &claimed):
		return &attributeError{"msisdn", "Two resources of the same type cannot have the same number. If you renamed a resource, add a moved block. " +
			"A replacement cannot use create_before_destroy.", claimed}
	case errors.As(err, &contradiction):
		return &attributeError{
			"msisdn", "It could be lost that way. If you renamed a resource, add a moved block. To drop one of two resources, remove it " +
				"from the state without destroying it: with a removed block with lifecycle { destroy = false }, or with terraform state rm.", contradiction,
		}
	case vonage.IsNotFound(err):
		return &attributeError{
			"msisdn", "Check the digits, and that the provider's api_key belongs to the account that rents the number. If it is not rented yet, rent it with a " +
				"vonage_number resource, and refer to that resource wherever the number is needed, so that it is rented first.",
			errors.New("the account has no " + noun),
		}
	}
	return nil
}

// inPlan adds advice to the error of a plan. Terraform makes the same plan before it destroys.
func inPlan(noun string, err error) error {
	var located *attributeError
	if !errors.As(err, &located) {
		located = locate(noun, err)
	}
	if located == nil {
		return err
	}
	return &attributeError{located.attribute, located.advice + " If you are destroying everything, terraform destroy -refresh=false leaves this out.", located}
}

// explainGone adds advice to a not-found error for a number that is in the state. thing is what the next plan proposes
// to create again: the number, or its link.
func explainGone(key vonage.NumberKey, thing string, err error) error {
	if !vonage.IsNotFound(err) {
		return err
	}
	return &attributeError{
		"msisdn", "The account had it during the plan; since then it was cancelled outside Terraform, or released because the balance ran out. " +
			"The next plan detects that " + thing + " is gone, and proposes to create it again. If the number is still rented, the provider's " +
			"api_key belongs to another account.",
		errors.New("the account no longer has number " + key.String()),
	}
}
