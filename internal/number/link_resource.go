// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package number implements rented phone numbers: vonage_number, its link to an application, and their data sources.
package number

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var (
	_ resource.ResourceWithConfigure   = (*linkResource)(nil)
	_ resource.ResourceWithIdentity    = (*linkResource)(nil)
	_ resource.ResourceWithImportState = (*linkResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*linkResource)(nil)
)

// defaultTimeout is the default timeout of an operation on one number, including the wait for rate limits.
const defaultTimeout = 5 * time.Minute

// NewLinkResource returns the resource vonage_number_link.
func NewLinkResource() resource.Resource { return &linkResource{} }

type linkResource struct {
	data    *framework.ProviderData
	numbers *vonage.NumbersService
}

func (r *linkResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_number_link"
}

func (r *linkResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = linkSchema(ctx)
}

func (r *linkResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema()
}

func (r *linkResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		r.data, r.numbers = data, data.Client.Numbers
	}
}

func (r *linkResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	key := importKey(ctx, req, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	startImport(ctx, key, resp)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("replace_existing_link"), importedLink().ReplaceExistingLink)...)
}

func (r *linkResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan linkModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	plan, err := r.locate(ctx, plan)
	if err != nil {
		addError(&resp.Diagnostics, "link", plan.key(), err)
		return
	}
	number, err := r.link(ctx, plan, linkModel{}, ensureOwner(ctx, resp.Private, &resp.Diagnostics))
	acquiredMarker.Set(ctx, resp.Private, r.data.Now().UTC().Truncate(time.Second), &resp.Diagnostics)
	if err == nil {
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		warnOfForwarding(&resp.Diagnostics, number)
	} else {
		addError(&resp.Diagnostics, "link", plan.key(), err)
		if !inDoubt(err) {
			return
		}
		// A link that may have been created goes into the state; the next refresh removes it if it was not.
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newLinkModel(number, plan))...)
}

// Read removes the link from the state if the number is linked to another application or to none. An import, whose state
// has no application yet, takes the number's application. If the number is missing, the link is removed, too, unless it
// is so new that the list may not show the number yet.
func (r *linkResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state linkModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Read, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	linked := acquired{"linked", acquiredMarker.Get(ctx, resp.Private, &resp.Diagnostics), r.data.Now()}
	if resp.Diagnostics.HasError() {
		return
	}
	importing := state.ApplicationID.IsNull()
	if !importing {
		r.noteState(state)
	}
	number, err := linked.read(ctx, r.numbers, state.key())
	if err == nil {
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
	}
	changed := err == nil && resolveDoubt(ctx, resp.Private, number.ApplicationID, &resp.Diagnostics)
	switch {
	case err == nil && (state.links(number) || importing && number.ApplicationID != "" || changed):
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, newLinkModel(number, state))...)
	case err == nil && importing:
		resp.Diagnostics.AddError(framework.Unable("import", "the link of number "+number.Key().String()),
			"The number is not linked to an application, so there is no link to import. Remove the import, and an apply creates the link.")
	case vonage.IsNotFound(err) && linked.recently():
		if r.data.SameAccount(ctx, resp.Private, "read", "the link of number "+state.key().String(), &resp.Diagnostics) {
			linked.warnOfDelay(&resp.Diagnostics, state.key())
		}
		resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, state)...)
	case err == nil || vonage.IsNotFound(err) && !importing:
		if r.data.RemoveState(ctx, "the link of number "+state.key().String(), resp) {
			warnOfTakeOver(&resp.Diagnostics, state, number)
		}
	default:
		addError(&resp.Diagnostics, "read the link of", state.key(), err)
	}
}

func (r *linkResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state linkModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if resp.Diagnostics.HasError() {
		return
	}
	if !plan.ApplicationID.SameAs(state.ApplicationID) {
		owner := ensureOwner(ctx, resp.Private, &resp.Diagnostics)
		if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "link", "number "+plan.key().String(), &resp.Diagnostics) {
			return
		}
		number, err := r.link(ctx, plan, state, owner)
		if inDoubt(err) {
			doubtMarker.Set(ctx, resp.Private, number.ApplicationID, &resp.Diagnostics)
		}
		if err != nil {
			addError(&resp.Diagnostics, "link", plan.key(), explainGone(plan.key(), "the link", err))
			return
		}
		doubtMarker.Forget(ctx, resp.Private, &resp.Diagnostics)
		r.data.KeepAccount(ctx, resp.Private, &resp.Diagnostics)
		warnOfForwarding(&resp.Diagnostics, number)
		plan = newLinkModel(number, plan)
	}
	resp.Diagnostics.Append(framework.SetState(ctx, &resp.State, resp.Identity, plan)...)
}

func (r *linkResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state linkModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	ctx, cancel := framework.WithTimeout(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	owner := ownerMarker.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !r.data.SameAccount(ctx, req.Private, "unlink", "number "+state.key().String(), &resp.Diagnostics) {
		return
	}
	r.noteState(state)
	err := r.unlink(ctx, state, owner)
	if claimed, ok := errors.AsType[*framework.ClaimedError](err); ok {
		warnOfNewOwner(&resp.Diagnostics, claimed.Key)
	} else if err != nil {
		addError(&resp.Diagnostics, "unlink", state.key(), err)
	}
}
