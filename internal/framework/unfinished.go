// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// Unfinished passes on subaccounts whose creation did not finish. Terraform marks such an object as tainted and replaces it: it
// destroys the object and creates another one, which knows nothing of the first. Because a subaccount can never be deleted, the
// second one has to finish the first. They have no more in common than their name.
type Unfinished struct {
	mu   sync.Mutex
	left []vonage.Subaccount
	made map[string]bool // names that a Create of this run has used already
}

// Leave passes on a subaccount to the next Create with its name. It returns false if that was before, as with
// create_before_destroy.
func (u *Unfinished) Leave(subaccount vonage.Subaccount) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.made[subaccount.Name] {
		return false
	}
	u.left = append(u.left, subaccount)
	return true
}

// Take returns a subaccount with this name that was left, and true, if there is one.
func (u *Unfinished) Take(name string) (vonage.Subaccount, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	i := slices.IndexFunc(u.left, func(subaccount vonage.Subaccount) bool { return subaccount.Name == name })
	if i < 0 {
		if u.made == nil {
			u.made = map[string]bool{}
		}
		u.made[name] = true
		return vonage.Subaccount{}, false
	}
	taken := u.left[i]
	u.left = slices.Delete(u.left, i, i+1)
	return taken, true
}

// ExplainUnfinished adds advice to the error of a creation whose outcome is unknown, of an object that the next plan looks for.
func ExplainUnfinished(err error) error {
	if !vonage.IsUnknownOutcome(err) {
		return err
	}
	return Advise(err, "Vonage may or may not have carried this out. The next plan looks for what was being created: if it is there, it is replaced, otherwise created.")
}

// WarnIfFound asks people to check that an object which was found is the one whose creation was cut off, if it was.
func WarnIfFound(diags *diag.Diagnostics, wasUnfinished bool, noun, id string) {
	if wasUnfinished {
		diags.AddWarning("An unfinished object was found", "The creation of "+noun+" was cut off. Vonage has such an object with the id "+id+", so the provider takes it for that one, "+
			"and the next apply replaces it. If it is a different one, run terraform state rm first.")
	}
}
