// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package token

import (
	"fmt"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// shortestLifetime is the shortest lifetime that Vonage accepts
// (https://developer.vonage.com/en/getting-started/concepts/authentication).
const shortestLifetime = 30 * time.Second

var lifetime = schematype.Check("lifetime", "from 30s to 24h", func(text string) error {
	d, err := schematype.ParseDuration(text)
	if err == nil && (d < shortestLifetime || d > vonage.MaxTokenLifetime) {
		return fmt.Errorf("%s is not from 30s to 24h, the lifetimes that Vonage accepts", vonage.Quote(text))
	}
	return err
})

var rfc3339 = schematype.Check("time", "a time in RFC 3339 format", func(text string) error {
	if _, err := time.Parse(time.RFC3339, text); err != nil {
		return fmt.Errorf("%s is not a time in RFC 3339 format such as 2026-01-31T09:00:00Z", vonage.Quote(text))
	}
	return nil
})

var pemPrivateKey = schematype.Check("private key", "an RSA private key in PEM format", func(text string) error {
	_, err := vonage.ParsePrivateKey(text)
	return err
})
