// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sip

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// plannedMarker is set by a plan for an object that exists. Terraform passes the private state that a plan returns to the
// second plan of a replacement, which otherwise looks like the plan of a new object, whose name would be taken.
var plannedMarker = framework.Marker[bool]{Key: "planned", Noun: "resource", Tells: "that the object is to be replaced"}

func isTaken(err error) bool { return errors.Is(err, vonage.ErrExists) }

// inDestroy is advice for errors of a plan: Terraform makes the same plan before it destroys.
const inDestroy = " If you are destroying everything, terraform destroy -refresh=false leaves this out."

// secretStays is advice for the import of a user. The secret in the account may be one that nobody has any more, such as a random one
// of a run that was killed.
const secretStays = " Importing a user leaves its secret as it is: raise secret_wo_version afterwards to send yours."

// addExists reports that an object to be created exists already. It is never overwritten.
func addExists(diags *diag.Diagnostics, noun, id, more string) {
	diags.AddError(framework.Unable("create", noun), fmt.Sprintf("The account has it already, and nothing was changed. To manage it with this resource, import it, for "+
		"example with an import block that has id = %q. "+framework.TakenAdvice+" If that was tried, remove it, run terraform state rm, and import what there is. Otherwise "+
		"choose another name.%s", id, more))
}

// explainRefusal adds advice to the refusal of a new object. Which one Vonage has for a name that another account uses is
// undocumented.
func explainRefusal(err error) error {
	if !vonage.IsInvalid(err) {
		return err
	}
	return framework.Advise(err, "If this is about the name: names of SIP domains are unique among all accounts of Vonage, so another account may have it. "+
		"Choose another name then.")
}

// explainFull adds advice to the refusal of a new user, whose key and secret have been checked.
func explainFull(err error) error {
	if !vonage.IsInvalid(err) {
		return err
	}
	return framework.Advise(err, fmt.Sprintf("A SIP domain has at most %d users: if it has as many, delete some, or use another domain.", maxUsers))
}

// explainUsers adds advice to the error for a domain that still has users.
func explainUsers(err error) error {
	if _, has := errors.AsType[*vonage.SIPUsersError](err); !has {
		return err
	}
	return framework.Advise(err, "Nothing was deleted. Delete these users first: with their vonage_sip_user resources, which should refer to the domain's name, or "+
		"outside Terraform. If the domain is to be replaced, so are the users: add lifecycle { replace_triggered_by = [vonage_sip_domain.NAME.domain_type] } to their "+
		"resources. To delete all users together with the domain, set force_destroy = true, apply that, and destroy then.")
}
