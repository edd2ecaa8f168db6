// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// ModifyPlan rejects what the account's numbers show to be wrong, and registers which numbers have a link afterwards and
// which links stay or end, as that of vonage_number_link does for one number.
func (r *applicationNumbersResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state applicationNumbersModel
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
	p := planning{r: r, plan: plan, state: state, private: req.Private, resp: resp}
	p.before, _ = entriesOf(state.Numbers)
	p.wanted, p.known = entriesOf(plan.Numbers)
	if !req.State.Raw.IsNull() {
		r.noteLinks(state)
	}
	switch {
	case req.State.Raw.IsNull():
		// Only the second plan of a replacement starts with private state.
		p.replaces = ownerMarker.Get(ctx, req.Private, &resp.Diagnostics) != ""
		p.change(ctx)
	case req.Plan.Raw.IsNull():
		destroyMarker.Set(ctx, resp.Private, true, &resp.Diagnostics)
		p.end(ctx, 0, nil)
		p.report("unlink")
	case plan.ApplicationID.SameAs(state.ApplicationID):
		p.change(ctx)
	default: // Terraform plans a replacement once more, as a creation
		ensureOwner(ctx, resp.Private, &resp.Diagnostics)
	}
}

// noteLinks registers that the run has to do with the links of the state, whatever becomes of them. A link whose number was
// not read in this run and is written without a country cannot be registered.
func (r *applicationNumbersResource) noteLinks(state applicationNumbersModel) {
	numbers, _ := entriesOf(state.Numbers)
	for _, entry := range numbers {
		r.data.Claims.NoteState(r.knownKey(entry, state.application()), state.application())
	}
}

// knownKey returns the key of an entry, with the number's country as far as this process has read it.
func (r *applicationNumbersResource) knownKey(entry, applicationID string) vonage.NumberKey {
	key := keyOf(entry)
	if key.Country != "" {
		return key
	}
	number, err := holdings{key.MSISDN: r.numbers.KnownAll(key.MSISDN)}.resolve(entry, applicationID)
	if err != nil {
		return key
	}
	return number.Key()
}

// planning is the plan of one resource.
type planning struct {
	r              *applicationNumbersResource
	plan, state    applicationNumbersModel
	before, wanted entries
	known          bool // whether all of wanted is known
	replaces       bool // this is the second plan of a replacement
	private        framework.PrivateReader
	resp           *resource.ModifyPlanResponse

	failures []failure
	linked   []failure // numbers of other applications, whose links may have ended by the time of the apply
}

func (p *planning) fail(entry string, key vonage.NumberKey, err error) {
	if err != nil {
		p.failures = append(p.failures, failure{entry, key, err})
	}
}

// report reports what was found wrong. Terraform makes the same plan before it destroys.
func (p *planning) report(verb string) {
	var found diag.Diagnostics
	noun := "the numbers of an application"
	switch {
	case !p.plan.ApplicationID.IsNull() && !p.plan.ApplicationID.IsUnknown():
		noun = p.plan.noun()
	case !p.state.ApplicationID.IsNull():
		noun = p.state.noun()
	}
	addErrors(&found, verb, noun, p.failures, 0, nil)
	for _, d := range found {
		p.resp.Diagnostics.AddAttributeError(path.Root("numbers"), d.Summary(), d.Detail()+
			" If you are destroying everything, terraform destroy -refresh=false leaves this out.")
	}
}

// change plans a creation or an update: it looks up the numbers that are added. It leaves that to the apply while they or
// the credentials are unknown. A number that the account does not have is not an error, because the same apply may rent it.
func (p *planning) change(ctx context.Context) {
	added := p.wanted.without(p.before)
	p.checkNew(ctx, added)
	if p.resp.Diagnostics.HasError() || !p.known {
		return
	}
	found, ok := p.find(ctx, added)
	if !ok {
		return
	}
	keys := map[vonage.NumberKey]string{} // of all numbers that are linked afterwards, with their entries
	for _, entry := range added {
		keys[p.add(entry, found)] = entry
	}
	p.end(ctx, len(added), keys)
	for _, entry := range p.wanted.without(added) {
		key := p.r.knownKey(entry, p.state.application())
		keys[key] = entry
		p.fail(entry, key, p.r.data.Claims.IntendLink(key, p.state.application(), framework.ToKeep))
	}
	owner := ensureOwner(ctx, p.resp.Private, &p.resp.Diagnostics)
	for key, entry := range keys {
		p.fail(entry, key, p.r.data.Claims.Plan(key, framework.Link, owner))
	}
	p.endOthers(ctx)
	p.report("plan")
	if len(p.linked) > 0 {
		p.resp.Diagnostics.AddAttributeWarning(path.Root("numbers"), "Numbers are linked already", fmt.Sprintf("%s\n\nThe apply fails for those whose link is to another "+
			"application than application_id, and has not ended by then. To take the numbers over, set replace_existing_links = true.", reasons(p.linked)))
	}
}

// find looks numbers up, unless this is not the account in which the others are linked.
func (p *planning) find(ctx context.Context, added entries) (found holdings, ok bool) {
	if len(added) == 0 {
		return nil, true
	}
	_, err := p.r.data.Client.APIKey(ctx)
	if err == nil && !p.r.data.SameAccount(ctx, p.private, "plan", p.plan.noun(), &p.resp.Diagnostics) {
		return nil, false
	}
	if err == nil {
		found, err = p.r.numbers.FindAll(ctx, added.msisdns())
	}
	if err != nil && !framework.CredentialsUnknown(err) {
		framework.AddError(&p.resp.Diagnostics, "plan", p.plan.noun(), err, nil)
		return nil, false
	}
	return found, true
}

// checkNew reports entries that validation has let pass (see schematype.Reference).
func (p *planning) checkNew(ctx context.Context, added entries) {
	var resp validator.ListResponse
	canonicalEntries{late: true}.ValidateList(ctx, validator.ListRequest{Path: path.Root("numbers"), ConfigValue: added.set().ListValue}, &resp)
	p.resp.Diagnostics.Append(resp.Diagnostics...)
}

// add plans a link to be made, and returns the key of its number.
func (p *planning) add(entry string, found holdings) vonage.NumberKey {
	number, err := found.resolve(entry, p.plan.application())
	if err != nil {
		if !vonage.IsNotFound(err) {
			p.fail(entry, keyOf(entry), err)
		}
		return keyOf(entry)
	}
	key, holder := number.Key(), schematype.NewApplicationID(number.ApplicationID)
	inState := p.r.data.Claims.InState(key, holder.ValueCanonical())
	switch {
	case number.ApplicationID == "", isLinked(number, p.plan.application()), p.plan.ReplaceExistingLinks.ValueBool():
	case p.replaces && inState: // the link that this resource ends first
	case p.replaces, inState, p.plan.ApplicationID.IsUnknown(), p.plan.ReplaceExistingLinks.IsUnknown():
		p.linked = append(p.linked, failure{entry, key, heldError(number.ApplicationID)})
	default:
		p.fail(entry, key, heldError(number.ApplicationID))
	}
	if lost := p.r.data.Claims.LostByRental(number); lost != "" {
		warnOfPlannedAdoption(&p.resp.Diagnostics, key, lost)
	}
	return key
}

// end plans the end of the links that only the state has. Those that are planned under another spelling stay; if that is
// the only difference, there is none.
func (p *planning) end(ctx context.Context, added int, keys map[vonage.NumberKey]string) {
	respelled, ended := 0, 0
	for _, entry := range p.before.without(p.wanted) {
		key := p.r.knownKey(entry, p.state.application())
		intent := framework.ToEnd
		if _, stays := keys[key]; stays {
			intent, respelled = framework.ToKeep, respelled+1
		} else {
			ended++
		}
		p.fail(entry, key, p.r.data.Claims.IntendLink(key, p.state.application(), intent))
	}
	if added > 0 && ended == 0 && respelled == added {
		p.resp.Diagnostics.Append(p.resp.Plan.SetAttribute(ctx, path.Root("numbers"), p.state.Numbers)...)
	}
}

// endOthers plans the end of the links of numbers that neither state nor plan has, if the application is to have no others
// from now on. The state does not show them: later on, a refresh brings them into it.
func (p *planning) endOthers(ctx context.Context) {
	if !p.plan.Exclusive.ValueBool() || p.state.Exclusive.ValueBool() || p.plan.ApplicationID.IsUnknown() {
		return
	}
	others, err := p.r.extra(ctx, p.plan.application(), append(p.wanted, p.before...))
	switch {
	case framework.CredentialsUnknown(err):
		return
	case err != nil:
		framework.AddError(&p.resp.Diagnostics, "plan", p.plan.noun(), err, nil)
		return
	}
	for _, entry := range others {
		key := p.r.knownKey(entry, p.plan.application())
		p.fail(entry, key, p.r.data.Claims.IntendLink(key, p.plan.application(), framework.ToEnd))
	}
	if len(others) > 0 {
		p.resp.Diagnostics.AddAttributeWarning(path.Root("exclusive"), "Numbers will be unlinked", fmt.Sprintf("Numbers are linked to application %s and not listed in numbers. "+
			"With exclusive = true, the apply unlinks them: %s.", p.plan.application(), strings.Join(others, ", ")))
	}
}
