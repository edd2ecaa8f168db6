// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// regionURL accepts the origins that may receive the application's token: Vonage's own hosts over TLS, and loopback.
func regionURL() validator.String {
	return schematype.Check("region URL", "an https origin under vonage.com or nexmo.com, or a loopback address", func(text string) error {
		_, err := parseRegionURL(text)
		return err
	})
}

// parseRegionURL returns the origin of a region, without a trailing slash.
func parseRegionURL(text string) (string, error) {
	origin, err := schematype.ParseOrigin(text)
	if err != nil {
		return "", err
	}
	u, err := url.Parse(origin)
	if err != nil { // which would quote the URL
		return "", errors.New("the URL must not have a zone in its address")
	}
	if host := strings.ToLower(u.Hostname()); !isVonage(host) && !schematype.IsLoopback(host) {
		return "", fmt.Errorf("%s is not under vonage.com or nexmo.com; the provider does not send the application's token to other hosts", vonage.Quote(host))
	}
	return origin, nil
}

func isVonage(host string) bool {
	for _, domain := range []string{"vonage.com", "nexmo.com"} {
		if host == domain || strings.HasSuffix(host, "."+domain) {
			return true
		}
	}
	return false
}
