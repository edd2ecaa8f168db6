// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package verify

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// An unfinished object is one whose creation was cut off, so that it is unknown whether it exists. Its state has no id. It can be
// found later, because nothing else can have its name, or its channel and locale, and nothing had before it.

// unfinished returns what an unfinished template leaves in the state.
func (m templateModel) unfinished() templateModel {
	m.ID = types.StringNull()
	if m.IsDefault.IsUnknown() {
		m.IsDefault = types.BoolNull()
	}
	return m
}

// find reads the template of a state.
func (r *templateResource) find(ctx context.Context, state templateModel, created framework.Settling) (vonage.VerifyTemplate, error) {
	switch {
	case state.ID.IsNull():
		return findByName(ctx, r.templates, state.Name.ValueString())
	case created.Recent():
		return r.templates.Await(ctx, state.ID.ValueString())
	}
	return r.templates.Get(ctx, state.ID.ValueString())
}

// unfinished returns what an unfinished fragment leaves in the state.
func (m fragmentModel) unfinished() fragmentModel {
	m.ID, m.FragmentID, m.DateCreated, m.DateUpdated = types.StringNull(), types.StringNull(), types.StringNull(), types.StringNull()
	return m
}

// find reads the fragment of a state.
func (r *fragmentResource) find(ctx context.Context, state fragmentModel, created framework.Settling) (vonage.VerifyFragment, error) {
	switch {
	case state.FragmentID.IsNull():
	case created.Recent():
		return r.templates.AwaitFragment(ctx, state.template(), state.FragmentID.ValueString())
	default:
		return r.templates.GetFragment(ctx, state.template(), state.FragmentID.ValueString())
	}
	want := state.toRequest()
	for fragment, err := range r.templates.ListFragments(ctx, state.template()) {
		if _, malformed := errors.AsType[*vonage.MalformedEntryError](err); err != nil && !malformed {
			return vonage.VerifyFragment{}, err
		}
		if fragment.Channel == want.Channel && vonage.NormalizeLocale(fragment.Locale) == want.Locale && fragment.Text == want.Text {
			return fragment, err
		}
	}
	return vonage.VerifyFragment{}, vonage.ErrNotFound
}
