// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// looseString decodes JSON strings and numbers alike: the APIs send codes and phone numbers as either.
type looseString string

// UnmarshalJSON implements json.Unmarshaler.
func (s *looseString) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(`"`)) {
		return json.Unmarshal(data, (*string)(s))
	}
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	var number json.Number
	if err := json.Unmarshal(data, &number); err != nil {
		return err
	}
	*s = looseString(number)
	return nil
}

// looseInt decodes integers, also from strings: "8", 8 and 8.0 are equal.
type looseInt int64

// UnmarshalJSON implements json.Unmarshaler.
func (i *looseInt) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	var text looseString
	if err := text.UnmarshalJSON(data); err != nil {
		return err
	}
	number, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		float, floatErr := strconv.ParseFloat(string(text), 64)
		if floatErr != nil || float != float64(int64(float)) {
			return fmt.Errorf("%s is not a whole number", Quote(string(text)))
		}
		number = int64(float)
	}
	*i = looseInt(number)
	return nil
}
