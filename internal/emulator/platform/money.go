// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"fmt"
	"strconv"
	"strings"
)

// Money is an amount in ten-thousandths of a euro, so that sums of decimal prices are exact.
type Money int64

// Euro is one euro.
const Euro Money = 10_000

// ParseMoney parses a decimal amount in euros, such as "10.28".
func ParseMoney(amount string) (Money, error) {
	whole, fraction, _ := strings.Cut(amount, ".")
	if len(fraction) > 4 {
		return 0, fmt.Errorf("%q has more than four decimals", amount)
	}
	parsed, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", 4-len(fraction)), 10, 64)
	if err != nil || whole == "" {
		return 0, fmt.Errorf("%q is no decimal amount", amount)
	}
	return Money(parsed), nil
}

// euros returns the amount as a JSON number with two decimals.
func (m Money) euros() float64 { return float64(m/100) / 100 }

// String returns the amount in euros with two decimals.
func (m Money) String() string { return strconv.FormatFloat(m.euros(), 'f', 2, 64) }
