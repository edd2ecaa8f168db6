// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// locate returns the plan with the number's country, which it looks up if the configuration leaves it out.
func (r *linkResource) locate(ctx context.Context, plan linkModel) (linkModel, error) {
	if plan.key().Country != "" {
		return plan, nil
	}
	number, err := lookUp(ctx, r.numbers, plan.key())
	if err == nil {
		plan.Country = schematype.NewCountry(number.Country)
	}
	return plan, err
}

// link links the number to the plan's application. It returns an *attributeError if the number is linked to an
// application that is neither the plan's nor the state's, unless the plan allows replacing such a link. The current link
// is checked under the same lock as the write. For the rest of the run the link is claimed by owner.
//
// If it is unknown whether the write took effect, the returned number is as if it had.
func (r *linkResource) link(ctx context.Context, plan, state linkModel, owner string) (vonage.Number, error) {
	key := plan.key()
	release, err := r.data.Claims.Claim(key, framework.Link, owner)
	if err != nil {
		return vonage.Number{}, err
	}
	number, err := r.numbers.Update(ctx, key, func(current vonage.Number) (vonage.NumberSettings, error) {
		foreign := current.ApplicationID != "" && !plan.links(current) && !state.links(current)
		if foreign && !plan.ReplaceExistingLink.ValueBool() {
			return vonage.NumberSettings{}, heldBy(current.ApplicationID)
		}
		return plan.toRequest(current), nil
	})
	switch {
	case vonage.IsUnknownOutcome(err): // the claim stays
		number = vonage.Number{Country: key.Country, MSISDN: key.MSISDN, ApplicationID: plan.ApplicationID.ValueCanonical()}
	case err != nil:
		release()
	}
	return number, err
}

// unlink removes the state's link if the number still has it: a number that has been linked elsewhere is left unchanged.
// So is a link that another resource created in this run, even to the same application; the error is then a
// *framework.ClaimedError. The number is read once more for that: another provider block or another run may have linked
// it since the plan. vonage.IsNotFound holds for the error if the account does not have the number.
func (r *linkResource) unlink(ctx context.Context, state linkModel, owner string) error {
	return r.unlinkFrom(ctx, r.numbers.UpdateLatest, state, owner)
}

// updateFunc is Update or UpdateLatest of a *vonage.NumbersService.
type updateFunc func(context.Context, vonage.NumberKey, func(vonage.Number) (vonage.NumberSettings, error)) (vonage.Number, error)

// unlinkFrom is unlink with the update that it starts from.
func (r *linkResource) unlinkFrom(ctx context.Context, update updateFunc, state linkModel, owner string) error {
	errGone := errors.New("the link is gone")
	_, err := update(ctx, state.key(), func(current vonage.Number) (vonage.NumberSettings, error) {
		if !state.links(current) {
			return vonage.NumberSettings{}, errGone
		}
		return linkModel{}.toRequest(current), r.data.Claims.ClaimedByOther(state.key(), owner, framework.Link)
	})
	if errors.Is(err, errGone) {
		return nil
	}
	return err
}

// warnOfNewOwner warns that the link remains after its resource is destroyed. If a resource is renamed without a moved
// block, Terraform may destroy and create in either order; the link is kept in both cases.
func warnOfNewOwner(diags *diag.Diagnostics, key vonage.NumberKey) {
	diags.AddWarning("A link stays", fmt.Sprintf("Number %s was linked to the same application by another resource during this run, "+
		"so it is not unlinked. For a resource that is renamed, a moved block saves the change.", key))
}

// warnOfTakeOver says who has the number of a link that is gone, if anybody has it. The plan shows only that the link is
// to be created.
func warnOfTakeOver(diags *diag.Diagnostics, state linkModel, number vonage.Number) {
	if number.ApplicationID == "" {
		return
	}
	diags.AddWarning("A link was taken over", fmt.Sprintf("Number %s is now linked to application %s instead of %s, so the link is removed from the state. "+
		"To take the number back, set replace_existing_link = true or unlink it there. Otherwise remove the resource, or change its application_id.",
		number.Key(), number.ApplicationID, state.ApplicationID.ValueString()))
}

func heldBy(applicationID string) error {
	return &attributeError{
		"application_id", "Unlink it there first, or set replace_existing_link = true to take it over.", heldError(applicationID),
	}
}

// heldError is the application that a number is linked to instead.
type heldError string

// Error names the application.
func (e heldError) Error() string { return "the number is linked to application " + string(e) }

// warnOfForwarding warns that calls do not reach the application: the number's own forwarding takes precedence over the
// application's voice webhooks (Numbers API 1.1.0).
func warnOfForwarding(diags *diag.Diagnostics, number vonage.Number) {
	if number.VoiceCallbackType == "" {
		return
	}
	diags.AddWarning("Calls do not reach the application", fmt.Sprintf(
		"Number %s is linked to application %s, but its own %s forwarding to %s stays in place and takes precedence over the application's voice webhooks. "+
			"Messages do reach the application. Remove the forwarding if calls should reach it too.",
		number.Key(), number.ApplicationID, number.VoiceCallbackType, vonage.Quote(number.VoiceCallbackValue)))
}

// A link is in doubt after an update with unknown outcome: the number is linked either to the application in the state,
// or to the one it was to be linked to instead. The next refresh finds out.

// doubtMarker stores the application that the link may have been changed to. The state has room for one of the two only,
// and names the one before. After a create, it names the only one, and needs no marker.
var doubtMarker = framework.Marker[string]{Key: "in_doubt", Noun: "link", Tells: "the application that the link may have been changed to"}

// resolveDoubt ends the doubt about a link, if any. It reports whether application, to which the number is linked now,
// is the one that the link may have been changed to.
func resolveDoubt(ctx context.Context, private framework.PrivateState, application string, diags *diag.Diagnostics) bool {
	doubted := doubtMarker.Get(ctx, private, diags)
	if doubted == "" {
		return false
	}
	doubtMarker.Forget(ctx, private, diags)
	return doubted == application
}
