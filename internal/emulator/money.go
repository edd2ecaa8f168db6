// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"strconv"
	"strings"
)

// money is an amount in ten-thousandths of a euro, so that sums of decimal prices are exact.
type money int64

const euro money = 10_000

func parseMoney(amount string) (money, error) {
	whole, fraction, _ := strings.Cut(amount, ".")
	if len(fraction) > 4 {
		return 0, fmt.Errorf("%q has more than four decimals", amount)
	}
	parsed, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", 4-len(fraction)), 10, 64)
	if err != nil || whole == "" {
		return 0, fmt.Errorf("%q is no decimal amount", amount)
	}
	return money(parsed), nil
}

// euros returns the amount as a JSON number with two decimals.
func (m money) euros() float64 { return float64(m/100) / 100 }

func (m money) String() string { return strconv.FormatFloat(m.euros(), 'f', 2, 64) }

// priceOf returns what buying a number costs at once: the first month plus the initial price.
func priceOf(number document) (money, error) {
	total := money(0)
	for _, name := range []string{"cost", "initialPrice"} {
		stated, given := number[name]
		written, isText := stated.(string)
		if given && !isText {
			return 0, fmt.Errorf("%s is not a decimal amount in quotes", name)
		}
		if written == "" {
			continue
		}
		amount, err := parseMoney(written)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		total += amount
	}
	return total, nil
}
