// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package user

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// find reads the user of a state. An unfinished one, whose creation was cut off so that it is unknown whether it exists, has no id
// in the state. It is the one that has its name and is as it was to be: nothing else had the name before.
func (r *userResource) find(ctx context.Context, state model, created framework.Settling) (vonage.User, error) {
	switch {
	case state.ID.IsNull():
		return r.users.FindSame(ctx, state.toRequest())
	case created.Recent():
		return r.users.Await(ctx, state.ID.ValueString())
	}
	return r.users.Get(ctx, state.ID.ValueString())
}

// explainMissing adds advice to the error for a user that the application does not have.
func explainMissing(ctx context.Context, data *framework.ProviderData, err error) error {
	if !vonage.IsNotFound(err) {
		return err
	}
	application, _ := data.Application(ctx) // a token was sent
	return framework.Advise(err, "Check the id or the name. Users belong to an application, and the provider sends tokens of "+application.String()+".")
}

// explainGone adds advice to a not-found error for a user that is in the state.
func explainGone(err error) error {
	if !vonage.IsNotFound(err) {
		return err
	}
	return framework.Advise(err, "It existed during the plan, so it was probably deleted outside Terraform since then. The next plan detects that and proposes to create it again, with a new id.")
}

// explainFixed adds advice to the error for properties that the API does not change.
func explainFixed(err error) error {
	if _, fixed := errors.AsType[*vonage.FixedPropertiesError](err); !fixed {
		return err
	}
	return framework.Advise(err, "Vonage accepts custom_data and ttl for a new user, and not for this one; nothing was changed. Leave them as they are, or replace the user "+
		"(terraform apply -replace=ADDRESS), which gives it a new id.")
}

// addError reports that a user was not written.
func addError(diags *diag.Diagnostics, verb string, user model, err error) {
	if exists, taken := errors.AsType[*vonage.UserExistsError](err); taken || vonage.IsUserTaken(err) {
		id := "name=" + user.Name.ValueString()
		if taken {
			id = exists.ID
		}
		diags.AddAttributeError(path.Root("name"), framework.Unable(verb, user.noun()), framework.Sentence(err.Error())+"\n\nNothing was changed. To manage the existing user "+
			"with this resource, import it, for example with an import block that has id = "+vonage.Quote(id)+". "+framework.TakenAdvice+" Otherwise choose another name.")
		return
	}
	framework.AddError(diags, verb, user.noun(), err, attributePath)
}

// channelEntry matches a part of a channel in the API's names of parameters.
var channelEntry = regexp.MustCompile(`^channels\.([a-z]+)(?:[.\[](\d+)\]?(?:\.([a-z-]+))?)?`)

// attributePath returns the attribute that a parameter of the API is built from.
func attributePath(apiName string) (path.Path, bool) {
	switch apiName {
	case "name", "display_name", "image_url", "channels":
		return path.Root(apiName), true
	case "properties.custom_data", "properties.ttl":
		return path.Root(strings.TrimPrefix(apiName, "properties.")), true
	}
	parts := channelEntry.FindStringSubmatch(apiName)
	if parts == nil {
		return path.Empty(), false
	}
	at := path.Root("channels").AtName(parts[1])
	if index, err := strconv.Atoi(parts[2]); err == nil {
		at = at.AtListIndex(index)
		if parts[3] != "" {
			at = at.AtName(strings.ReplaceAll(parts[3], "-", "_"))
		}
	}
	return at, true
}
