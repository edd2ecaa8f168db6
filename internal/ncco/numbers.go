// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import (
	"encoding/json"
	"math"
	"math/big"
	"regexp"
	"strconv"
)

// unlimited is the upper bound of numbers without a maximum.
var unlimited = math.Inf(1)

// integer accepts the integers from lowest to highest; decimal accepts all numbers in the range.
func integer(lowest, highest float64) rule {
	return bounded("a whole number", lowest, highest, (*big.Float).IsInt)
}

func decimal(lowest, highest float64) rule {
	return bounded("a number", lowest, highest, func(*big.Float) bool { return true })
}

func bounded(kind string, lowest, highest float64, suitable func(*big.Float) bool) rule {
	meaning := kind + " from " + shortest(lowest) + " to " + shortest(highest)
	if highest == unlimited {
		meaning = kind + " of at least " + shortest(lowest)
	}
	return func(found *problems, at string, value any) any {
		s, _ := asText(value)
		n, ok := parseNumber(s)
		if !ok || !suitable(n) || n.Cmp(exactly(lowest)) < 0 || n.Cmp(exactly(highest)) > 0 {
			found.addf(at, "must be %s, not %s", meaning, quote(value))
			return value
		}
		return canonical(n)
	}
}

// jsonNumber is the JSON number syntax. The exponent is limited to three digits because canonical writes the number out
// in full.
var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$`)

func parseNumber(s string) (*big.Float, bool) {
	if !jsonNumber.MatchString(s) {
		return nil, false
	}
	n, _, err := big.ParseFloat(s, 10, numberPrecision, big.ToNearestEven)
	return n, err == nil
}

// numberPrecision is the precision of Terraform's own numbers in bits, so that no number loses digits.
const numberPrecision = 512

func canonical(n *big.Float) json.Number {
	if n.Sign() == 0 {
		return "0" // also for -0
	}
	return json.Number(n.Text('f', -1))
}

// exactly returns the decimal value of a bound: exactly 0.4 instead of the nearest binary fraction.
func exactly(bound float64) *big.Float {
	if n, ok := parseNumber(shortest(bound)); ok {
		return n
	}
	return big.NewFloat(bound)
}

func shortest(bound float64) string {
	return strconv.FormatFloat(bound, 'f', -1, 64)
}
