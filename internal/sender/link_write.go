// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sender

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// ModifyPlan plans the id of a new link, says that a change leaves a gap, and registers which sender has a link afterwards, so
// that no other resource links it too, and which links stay, so that no other resource ends them in the same run.
func (r *linkResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state linkModel
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if !req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
		resp.Diagnostics.Append(plan.ApplicationID.CheckNew(ctx, path.Root("application_id"), state.ApplicationID)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if req.State.Raw.IsNull() {
		r.planCreate(ctx, plan, req, resp)
		return
	}
	r.noteState(state)
	switch {
	case req.Plan.Raw.IsNull():
		r.intend(state, framework.ToEnd, "unlink", resp)
	case plan.key() == state.key():
		if plan.ApplicationID.SameAs(state.ApplicationID) {
			r.intend(state, framework.ToKeep, "plan the link of", resp)
		} else {
			warnOfGap(&resp.Diagnostics, plan.key(), state.ApplicationID.ValueString())
		}
		r.planUse(ctx, plan.key(), resp)
	}
}

// planCreate plans the id, and rejects a sender that is linked to another application, or that the account does not have.
func (r *linkResource) planCreate(ctx context.Context, plan linkModel, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if plan.Channel.IsUnknown() || plan.ExternalID.IsUnknown() {
		return
	}
	key := plan.key()
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), key.String())...)
	sender, err := r.senders.Get(ctx, key)
	switch {
	case err == nil:
		// Only the second plan of a replacement starts with private state.
		replaces := ownerMarker.Get(ctx, req.Private, &resp.Diagnostics) != ""
		r.planTakeOver(plan, sender, replaces, &resp.Diagnostics)
	case framework.CredentialsUnknown(err), vonage.IsMalformed(err):
	default:
		addPlanError(&resp.Diagnostics, key, err)
	}
	if !resp.Diagnostics.HasError() {
		r.planUse(ctx, key, resp)
	}
}

// planTakeOver rejects a new link to a sender that is linked to another application, unless the plan allows to replace that
// link; then it says that this leaves a gap. It only warns if the apply may find that link gone or to be this one.
func (r *linkResource) planTakeOver(plan linkModel, sender vonage.Sender, replaces bool, diags *diag.Diagnostics) {
	if sender.ApplicationID == "" || plan.links(sender) {
		return
	}
	known := !plan.ApplicationID.IsUnknown() && !plan.ReplaceExistingLink.IsUnknown()
	switch {
	case plan.ReplaceExistingLink.ValueBool():
		warnOfGap(diags, sender, sender.ApplicationID)
	case known && !replaces && !r.data.SenderClaims.InState(claimKey(sender.SenderKey), sender.ApplicationID):
		addPlanError(diags, sender.SenderKey, heldError{sender.ApplicationID})
	default:
		diags.AddAttributeWarning(path.Root("application_id"), "A sender is linked already", fmt.Sprintf("Sender %s is linked to application %s. The apply fails if "+
			"that is another application than application_id, and the link has not ended by then. To take the sender over, set replace_existing_link = true.",
			sender.SenderKey, sender.ApplicationID))
	}
}

// warnOfGap says that there is no call that ends one link and makes the other.
func warnOfGap(diags *diag.Diagnostics, key fmt.Stringer, applicationID string) {
	diags.AddAttributeWarning(path.Root("application_id"), "A gap in the delivery of messages", fmt.Sprintf("To change the application of sender %s, the apply ends its "+
		"link to application %s and then makes the other one. Nobody gets messages that arrive in between. If the apply is cut off there, the next one makes the link.",
		key, applicationID))
}

// claimKey is the key of a sender in the claims of this run.
func claimKey(key vonage.SenderKey) vonage.NumberKey {
	return vonage.NumberKey{Country: key.Channel, MSISDN: key.ExternalID}
}

func noun(key vonage.SenderKey) string { return "sender " + key.String() }

// noteState registers that the run has to do with a link, whatever becomes of it.
func (r *linkResource) noteState(state linkModel) {
	r.data.SenderClaims.NoteState(claimKey(state.key()), state.ApplicationID.ValueCanonical())
}

func (r *linkResource) intend(state linkModel, intent framework.Intent, verb string, resp *resource.ModifyPlanResponse) {
	if err := r.data.SenderClaims.IntendLink(claimKey(state.key()), state.ApplicationID.ValueCanonical(), intent); err != nil {
		addError(&resp.Diagnostics, verb, state.key(), err)
	}
}

// planUse registers that the object is to link the sender, and rejects it if another resource is to link it too.
func (r *linkResource) planUse(ctx context.Context, key vonage.SenderKey, resp *resource.ModifyPlanResponse) {
	owner := ensureOwner(ctx, resp.Private, &resp.Diagnostics)
	if err := r.data.SenderClaims.Plan(claimKey(key), framework.Link, owner); err != nil {
		addPlanError(&resp.Diagnostics, key, err)
	}
}

// link links the sender to the plan's application. It returns a heldError if the sender is linked to an application that is
// neither the plan's nor the state's, unless the plan allows replacing such a link. For the rest of the run the link is claimed
// by owner. If it is unknown whether the write took effect, the returned sender is as if it had.
func (r *linkResource) link(ctx context.Context, plan, state linkModel, owner string) (sender vonage.Sender, settled bool, err error) {
	release, err := r.data.SenderClaims.Claim(claimKey(plan.key()), framework.Link, owner)
	if err != nil {
		return vonage.Sender{}, false, err
	}
	sender, settled, err = r.senders.Relink(ctx, plan.key(), func(current vonage.Sender) (string, error) {
		foreign := current.ApplicationID != "" && !plan.links(current) && !state.links(current)
		if foreign && !plan.ReplaceExistingLink.ValueBool() {
			return "", heldError{current.ApplicationID}
		}
		return plan.ApplicationID.ValueCanonical(), nil
	})
	switch {
	case vonage.IsUnknownOutcome(err): // the claim stays
		sender = vonage.Sender{SenderKey: plan.key(), ApplicationID: plan.ApplicationID.ValueCanonical()}
	case err != nil:
		release()
	}
	return sender, settled, err
}

// unlink removes the state's link if the sender still has it: a sender that has been linked elsewhere is left unchanged. So is a
// link that another resource created in this run, even to the same application; the error is then a *framework.ClaimedError.
func (r *linkResource) unlink(ctx context.Context, state linkModel, owner string) error {
	_, _, err := r.senders.Relink(ctx, state.key(), func(current vonage.Sender) (string, error) {
		if !state.links(current) {
			return current.ApplicationID, nil
		}
		return "", r.data.SenderClaims.ClaimedByOther(claimKey(state.key()), owner, framework.Link)
	})
	return err
}

// heldError reports that the sender is linked to another application.
type heldError struct{ applicationID string }

func (e heldError) Error() string { return "the sender is linked to application " + e.applicationID }

func isClaimed(err error) bool {
	_, claimed := errors.AsType[*framework.ClaimedError](err)
	return claimed
}

func addError(diags *diag.Diagnostics, verb string, key vonage.SenderKey, err error) {
	addErrorWith(diags, verb, key, err, "")
}

// addPlanError is addError for a plan. Terraform makes the same plan before it destroys.
func addPlanError(diags *diag.Diagnostics, key vonage.SenderKey, err error) {
	addErrorWith(diags, "link", key, err, " If you are destroying everything, terraform destroy -refresh=false leaves this out.")
}

// addErrorWith reports an error on the attribute that has to be changed.
func addErrorWith(diags *diag.Diagnostics, verb string, key vonage.SenderKey, err error, more string) {
	const twice = "Two resources cannot link the same sender. If you renamed a resource, add a moved block. To drop one of two, remove it from the state without " +
		"destroying it: with a removed block with lifecycle { destroy = false }, or with terraform state rm."
	summary := framework.Unable(verb, noun(key))
	_, contradicts := errors.AsType[*framework.ContradictionError](err)
	held, isHeld := errors.AsType[heldError](err)
	switch {
	case isHeld:
		diags.AddAttributeError(path.Root("application_id"), summary, framework.Sentence(held.Error())+
			" Unlink it there first, or set replace_existing_link = true to take it over."+more)
	case contradicts:
		diags.AddAttributeError(path.Root("external_id"), summary, "Its link is to be kept for one resource and ended for another. "+twice+more)
	case isClaimed(err):
		diags.AddAttributeError(path.Root("external_id"), summary, "Another resource links the sender in this run. "+twice+more)
	case vonage.IsNotFound(err):
		diags.AddAttributeError(path.Root("external_id"), summary, "The account has no such sender. Check channel and external_id, and that the provider's api_key "+
			"belongs to the account that has the sender. Senders are set up at Vonage (https://dashboard.vonage.com)."+more)
	case vonage.IsForbidden(err):
		framework.AddError(diags, verb, noun(key), framework.Advise(err, "Vonage answers like this if the application does not exist or has no messages capability: "+
			"check application_id, and messages in the vonage_application. If every call is refused, the account may not have this API, which is a preview: ask "+
			"Vonage support to enable External Accounts."), attributePath)
	default:
		framework.AddError(diags, verb, noun(key), err, attributePath)
	}
}

// attributePath maps the API's name of a parameter to the attribute.
func attributePath(apiName string) (path.Path, bool) {
	switch apiName {
	case "provider":
		return path.Root("channel"), true
	case "external_id":
		return path.Root("external_id"), true
	case "application":
		return path.Root("application_id"), true
	}
	return path.Empty(), false
}

// warnOfNewOwner warns that the link remains after its resource is destroyed: see the links of numbers.
func warnOfNewOwner(diags *diag.Diagnostics, key vonage.SenderKey) {
	diags.AddWarning("A link stays", fmt.Sprintf("Sender %s was linked to the same application by another resource during this run, so it is not unlinked. "+
		"For a resource that is renamed, a moved block saves the change.", key))
}

// warnOfTakeOver says who has the sender of a link that is gone, if anybody has it.
func warnOfTakeOver(diags *diag.Diagnostics, state linkModel, sender vonage.Sender) {
	if sender.ApplicationID == "" {
		return
	}
	diags.AddWarning("A link was taken over", fmt.Sprintf("Sender %s is now linked to application %s instead of %s, so the link is removed from the state. "+
		"To take the sender back, set replace_existing_link = true or unlink it there. Otherwise remove the resource, or change its application_id.",
		sender.SenderKey, sender.ApplicationID, state.ApplicationID.ValueString()))
}

// ownerMarker stores a random text that identifies an object among all that manage the same sender. The resource's address
// would do, but Terraform does not pass it to the provider.
var ownerMarker = framework.Marker[string]{Key: "owner", Noun: "resource", Tells: "which resource linked the sender"}

// ensureOwner returns the text for an object that is about to link its sender: it generates one if there is none.
func ensureOwner(ctx context.Context, private framework.PrivateState, diags *diag.Diagnostics) string {
	if owner := ownerMarker.Get(ctx, private, diags); owner != "" {
		return owner
	}
	owner := rand.Text()
	ownerMarker.Set(ctx, private, owner, diags)
	return owner
}

// doubtMarker stores the application that the link may have been changed to, after an update with unknown outcome. The state
// has room for one of the two only, and names the one before.
var doubtMarker = framework.Marker[string]{Key: "in_doubt", Noun: "link", Tells: "the application that the link may have been changed to"}

// linkedMarker stores when the link was made, if Vonage has confirmed that and did not show it yet. Otherwise a refresh would
// take it for gone. No attribute in the state says so.
var linkedMarker = framework.Marker[time.Time]{Key: "linked", Noun: "link", Tells: "when the link was made"}

func (r *linkResource) noteUnsettled(ctx context.Context, private framework.PrivateWriter, unsettled bool, diags *diag.Diagnostics) {
	at := time.Time{}
	if unsettled {
		at = r.data.Now().UTC().Truncate(time.Second)
	}
	linkedMarker.Set(ctx, private, at, diags)
}

// settling is how long a new link may not be shown. It is undocumented how soon Vonage shows one.
const settling = 5 * time.Minute

// linked is when a link was made that was not shown then.
type linked struct{ at, now time.Time }

// recently reports whether the link may still not be shown.
func (l linked) recently() bool { return !l.at.IsZero() && l.now.Sub(l.at).Abs() < settling }

func (l linked) warnOfDelay(diags *diag.Diagnostics, state linkModel) {
	diags.AddWarning("A new link is not shown yet", fmt.Sprintf("Sender %s was linked to application %s at %s, and Vonage does not show it. It may be late, or the link "+
		"was ended outside Terraform since then. It stays in the state: plan again after %s. If it is not shown then either, it is taken for gone.",
		state.key(), state.ApplicationID.ValueString(), l.at.Format(time.RFC3339), l.at.Add(settling).Format(time.RFC3339)))
}
