// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"fmt"
	"math/big"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var decimal = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)

func costLimit(what, field string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: what + " in EUR, a decimal number in a string such as `\"1.25\"`. The provider does not rent a number that costs more or has no stated price. " +
			"None by default: any price is accepted. It is compared with the price in a search, when renting the number is planned and again when it is rented. API: `numbers[]." + field + "` of the search.",
		Optional: true,
		Validators: []validator.String{
			schematype.Matches(decimal, `must be a decimal number such as "1.25", without a currency`),
		},
	}
}

// rent adopts the plan's number if the account already has it, and buys it otherwise. The returned model is the plan
// with the costs paid. If the number may have been bought, the error wraps *vonage.UnknownOutcomeError.
func (r *numberResource) rent(
	ctx context.Context, plan numberModel, private framework.PrivateWriter, diags *diag.Diagnostics,
) (vonage.Number, numberModel, error) {
	key := plan.key()
	plan.MonthlyCost, plan.InitialCost = types.StringNull(), types.StringNull()
	number, err := r.numbers.Get(ctx, key)
	switch {
	case err == nil:
		warnOfAdoption(diags, number, plan)
		return number, plan, nil
	case !vonage.IsNotFound(err):
		return vonage.Number{}, plan, err
	}
	offer, err := r.numbers.Offer(ctx, key)
	switch {
	case vonage.IsNotFound(err):
		return vonage.Number{}, plan, &attributeError{
			"msisdn", "Choose another number, for example with the data source vonage_available_numbers. If you rent this one, the provider's api_key " +
				"belongs to another account.", fmt.Errorf("number %s is neither among the account's numbers nor on offer", key),
		}
	case err != nil:
		return vonage.Number{}, plan, err
	}
	if err := plan.affords(offer); err != nil {
		return vonage.Number{}, plan, err
	}
	if plan.TargetAPIKey.IsNull() { // a subaccount's number is never listed
		acquiredMarker.Set(ctx, private, r.data.Now().UTC().Truncate(time.Second), diags)
	}
	number, bought, err := r.numbers.Buy(ctx, offer, plan.TargetAPIKey.ValueString())
	switch {
	case err != nil:
		return offer.Rented(), plan, err
	case bought:
		plan.MonthlyCost, plan.InitialCost = framework.TextOrNull(offer.MonthlyCost), framework.TextOrNull(offer.InitialCost)
	default:
		warnOfAdoption(diags, number, plan)
	}
	return number, plan, nil
}

// setUp writes the plan's settings to a rented number, unless it already has them.
func (r *numberResource) setUp(ctx context.Context, plan numberModel, number vonage.Number) (vonage.Number, error) {
	if plan.toRequest(number, plan) == number.Settings() {
		return number, nil
	}
	return r.numbers.Update(ctx, number.Key(), func(current vonage.Number) (vonage.NumberSettings, error) {
		return plan.toRequest(current, plan), nil
	})
}

func limits(limit types.String) bool { return !limit.IsNull() && !limit.IsUnknown() }

// limitsCost reports whether the model has a limit that is known.
func (m numberModel) limitsCost() bool { return limits(m.MaxMonthlyCost) || limits(m.MaxInitialCost) }

// affords rejects an offer that costs more than the model allows, or that states no price if the model has a limit.
func (m numberModel) affords(offer vonage.AvailableNumber) error {
	for _, cost := range []struct {
		attribute, kind, what, asked string
		limit                        types.String
	}{
		{"max_monthly_cost", "monthly", "a month", offer.MonthlyCost, m.MaxMonthlyCost},
		{"max_initial_cost", "initial", "initially", offer.InitialCost, m.MaxInitialCost},
	} {
		if !limits(cost.limit) {
			continue
		}
		limit, _ := new(big.Rat).SetString(cost.limit.ValueString())
		asked, stated := new(big.Rat).SetString(cost.asked)
		advice := "Raise " + cost.attribute + " or choose another number; nothing was bought."
		switch {
		case !stated:
			return &attributeError{cost.attribute, advice, fmt.Errorf("number %s has no %s price that Vonage states", offer.Key(), cost.kind)}
		case limit == nil || asked.Cmp(limit) > 0:
			return &attributeError{cost.attribute, advice, fmt.Errorf(
				"number %s costs %s EUR %s, and %s allows %s", offer.Key(), cost.asked, cost.what, cost.attribute, cost.limit.ValueString())}
		}
	}
	return nil
}

// warnOfAdoption warns that the number is managed by Terraform from now on, and which of its settings are replaced.
func warnOfAdoption(diags *diag.Diagnostics, number vonage.Number, plan numberModel) {
	diags.AddWarning("A number was adopted", fmt.Sprintf(
		"The account already had number %s, so nothing was bought. Terraform manages the number from now on.", number.Key())+plan.replaces(number))
}

// warnOfPlannedAdoption warns, while it can still be prevented, that settings of a number will be lost.
func warnOfPlannedAdoption(diags *diag.Diagnostics, key vonage.NumberKey, lost string) {
	diags.AddWarning("A number will be adopted", fmt.Sprintf(
		"The account already has number %s, so the apply buys nothing, and Terraform manages the number from then on.", key)+lost)
}
