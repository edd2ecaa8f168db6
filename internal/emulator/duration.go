// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// wireDuration is a duration in JSON: "1m30s".
type wireDuration time.Duration

func (d wireDuration) MarshalJSON() ([]byte, error) { return json.Marshal(time.Duration(d).String()) }

func (d *wireDuration) UnmarshalJSON(text []byte) error {
	var written string
	if err := json.Unmarshal(text, &written); err != nil {
		return fmt.Errorf("%s is no duration like \"1m30s\"", text)
	}
	parsed, err := time.ParseDuration(written)
	*d = wireDuration(parsed)
	return err
}

// wireFault is a Fault in JSON.
type wireFault struct {
	Fault

	Delay wireDuration `json:"delay,omitempty"`
}

func (f wireFault) fault() Fault {
	f.Fault.Delay = time.Duration(f.Delay)
	return f.Fault
}

// ParseVariant decodes a Variant from JSON, with durations like "1m30s". An unknown property is an error.
func ParseVariant(text []byte) (Variant, error) {
	var wire struct {
		Variant

		Consistency wireDuration `json:"consistency"`
		ClockSkew   wireDuration `json:"clock_skew"`
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&wire); err != nil {
		return Variant{}, err
	}
	wire.Variant.Consistency, wire.Variant.ClockSkew = time.Duration(wire.Consistency), time.Duration(wire.ClockSkew)
	return wire.Variant, wire.check()
}
