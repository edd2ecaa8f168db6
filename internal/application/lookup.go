// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// find reads the application of a state. A state without an id was left by a create that was cut off: its application is
// the one with its key and name. The API can look up neither, so all applications are listed.
func (r *resource) find(ctx context.Context, state model) (vonage.Application, error) {
	if id := state.ID.ValueString(); id != "" {
		return r.data.Client.Applications.Get(ctx, id)
	}
	return exactlyOne("the key and the name of the one that was being created", r.data.Client.Applications.List(ctx),
		state.Name.ValueString(), func(app vonage.Application) bool {
			return vonage.SamePublicKey(app.Keys.PublicKey, state.PublicKey.ValueString())
		})
}

// findByName returns the application with a name. Names are not unique: if several match, the error lists them.
func findByName(ctx context.Context, client *vonage.Client, name string) (vonage.Application, error) {
	return exactlyOne("the name "+vonage.Quote(name), client.Applications.List(ctx), name,
		func(vonage.Application) bool { return true })
}

// exactlyOne returns the only application that has the name and matches; trait describes the match for errors. An application
// that cannot be read is an error only if it has the name.
func exactlyOne(
	trait string, all iter.Seq2[vonage.Application, error], name string, matches func(vonage.Application) bool,
) (vonage.Application, error) {
	var found []vonage.Application
	for app, err := range all {
		if _, malformed := errors.AsType[*vonage.MalformedEntryError](err); err != nil && (!malformed || app.Name == name) {
			return vonage.Application{}, err
		}
		if app.Name == name && matches(app) {
			found = append(found, app)
		}
	}
	switch len(found) {
	case 0:
		return vonage.Application{}, &notFoundError{trait}
	case 1:
		return found[0], nil
	default:
		ambiguous := &ambiguousError{trait: trait}
		for _, app := range found {
			ambiguous.ids = append(ambiguous.ids, app.ID)
		}
		return vonage.Application{}, ambiguous
	}
}

// notFoundError reports that no application matches.
type notFoundError struct{ trait string }

func (e *notFoundError) Error() string {
	return fmt.Sprintf("no application has %s; check the spelling, and that the provider's api_key belongs to the account that has "+
		"the application", e.trait)
}

func (e *notFoundError) Unwrap() error { return vonage.ErrNotFound }

// explainGone adds advice to a not-found error for an application that is in the state.
func explainGone(err error) error {
	if !vonage.IsNotFound(err) {
		return err
	}
	return framework.Advise(err, "The application existed during the plan, so it was probably deleted outside Terraform since then. The next plan detects "+
		"that and proposes to create it again, with a new id and key. If it still exists, the provider's api_key belongs to "+
		"another account.")
}

// ambiguousError reports that several applications match.
type ambiguousError struct {
	trait string
	ids   []string
}

func (e *ambiguousError) Error() string {
	return fmt.Sprintf("%d applications have %s: %s; use the id of one of them", len(e.ids), e.trait, strings.Join(e.ids, ", "))
}

// importID converts an import id, which is an application id or "name=…", to an application id.
func (r *resource) importID(ctx context.Context, asked string, diags *diag.Diagnostics) string {
	if name, ok := importName(asked); ok {
		app, err := findByName(ctx, r.data.Client, name)
		if err != nil {
			framework.AddError(diags, "import", "application", err, nil)
		}
		return app.ID
	}
	if schematype.CheckUUID(asked) != nil {
		diags.AddError("Invalid import id", vonage.Quote(asked)+" is neither the UUID of an application nor its name in the form \"name=…\".")
	}
	return strings.ToLower(asked)
}

// importName returns the name in an import id of the form "name=…".
func importName(id string) (name string, ok bool) { return strings.CutPrefix(id, "name=") }

// shownNumbers is how many numbers a warning lists. They fit on one page of the API's list.
const shownNumbers = 10

// linkedNumbers returns up to shownNumbers+1 numbers that are linked to an application.
func (r *resource) linkedNumbers(ctx context.Context, id string) ([]string, error) {
	var linked []string
	for number, err := range r.data.Client.Numbers.List(ctx, vonage.ListNumbersOptions{ApplicationID: id}) {
		entry, malformed := errors.AsType[*vonage.MalformedEntryError](err)
		switch {
		case err != nil && !malformed:
			return nil, err
		case malformed && entry.ID == "":
			continue
		}
		linked = append(linked, number.Key().String())
		if len(linked) > shownNumbers {
			break
		}
	}
	return linked, nil
}

// warnIfStillLinked warns about numbers that were linked to a deleted application. Links destroyed in the same apply are
// gone by then, so these are managed elsewhere, or will be moved to the application's replacement.
func warnIfStillLinked(id string, linked []string, err error, diags *diag.Diagnostics) {
	if err != nil {
		diags.AddWarning("Numbers not checked", fmt.Sprintf("Application %s is deleted. The provider could not check whether numbers were still "+
			"linked to it: %s.", id, err))
	}
	if len(linked) == 0 {
		return
	}
	list := strings.Join(linked[:min(len(linked), shownNumbers)], ", ")
	if len(linked) > shownNumbers {
		list += " and others"
	}
	diags.AddWarning("Numbers were still linked to the application", fmt.Sprintf("Application %s is deleted. These numbers were still linked to it. "+
		"Their calls and messages reach no webhook until they are linked to another application, which this apply may still do: %s.", id, list))
}
