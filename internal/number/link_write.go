// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// link gives the number the plan's application. It refuses, with a *heldError, a number that an application holds which is
// neither the plan's nor the state's, unless the plan says to replace such a link. What is on the number is looked at
// under the same lock as the write.
func (r *linkResource) link(ctx context.Context, plan, state linkModel) (vonage.Number, error) {
	key := plan.key()
	if key.Country == "" {
		number, err := lookUp(ctx, r.numbers, key)
		if err != nil {
			return vonage.Number{}, err
		}
		key = number.Key()
	}
	return r.numbers.Update(ctx, key, func(current vonage.Number) (vonage.NumberSettings, error) {
		foreign := current.ApplicationID != "" && !plan.links(current) && !state.links(current)
		if foreign && !plan.ReplaceExistingLink.ValueBool() {
			return vonage.NumberSettings{}, &heldError{applicationID: current.ApplicationID}
		}
		return plan.toRequest(current), nil
	})
}

// unlink ends the state's link, if the number still has it: a number that was linked elsewhere meanwhile is not ours to unlink.
func (r *linkResource) unlink(ctx context.Context, state linkModel) error {
	errGone := errors.New("the link is gone")
	_, err := r.numbers.Update(ctx, state.key(), func(current vonage.Number) (vonage.NumberSettings, error) {
		if !state.links(current) {
			return vonage.NumberSettings{}, errGone
		}
		return linkModel{}.toRequest(current), nil
	})
	if errors.Is(err, errGone) || vonage.IsNotFound(err) {
		return nil
	}
	return err
}

// read is the number as it is now.
func (r *linkResource) read(ctx context.Context, key vonage.NumberKey) (vonage.Number, error) {
	if key.Country == "" {
		return lookUp(ctx, r.numbers, key)
	}
	return r.numbers.Get(ctx, key)
}

// warnOfForwarding tells that what was on the number before wins over the link: a number's own forwarding goes before its
// application's voice webhooks (Numbers API 1.1.0).
func warnOfForwarding(diags *diag.Diagnostics, number vonage.Number) {
	if number.VoiceCallbackType == "" {
		return
	}
	diags.AddWarning("Calls do not reach the application", fmt.Sprintf(
		"Number %s is linked to application %s, but its own %s forwarding to %s was kept and wins over the application's voice webhooks. "+
			"Messages do reach the application. Remove the forwarding if calls should too.",
		number.Key(), number.ApplicationID, number.VoiceCallbackType, number.VoiceCallbackValue))
}
