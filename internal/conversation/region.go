// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

const invalidRegionURL = "Invalid region URL"

// regionURL accepts the origins that may be shown the application's token: Vonage's own hosts over TLS, and loopback.
type regionURL struct{}

func (regionURL) Description(context.Context) string {
	return "must be an https origin under vonage.com or nexmo.com, or a loopback address"
}

func (v regionURL) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v regionURL) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if _, err := parseRegionURL(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, invalidRegionURL, err.Error())
	}
}

// parseRegionURL gives the origin of a region, without the slash that may end it.
func parseRegionURL(text string) (string, error) {
	origin, err := schematype.ParseOrigin(text)
	if err != nil {
		return "", err
	}
	u, err := url.Parse(origin)
	if err != nil {
		return "", err
	}
	if host := strings.ToLower(u.Hostname()); !isVonage(host) && !isLoopback(host) {
		return "", fmt.Errorf("%s is not under vonage.com or nexmo.com; the application's token is not shown to other hosts", host)
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

func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}
