// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/schematype"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// Defaults.
const (
	defaultAPIURL         = "https://api.nexmo.com"
	defaultRESTURL        = "https://rest.nexmo.com"
	defaultRequestTimeout = 30 * time.Second
	defaultMaxRetries     = 4

	// emulatorVariable is the environment variable that sets both hosts, unless their own settings do.
	emulatorVariable = "VONAGE_EMULATOR_URL"

	// The Numbers API allows one list and three other calls a second
	// (https://api.support.vonage.com/hc/en-us/articles/204015053), the Pricing API one (Pricing API 0.0.3); no limits are
	// published for the others.
	defaultApplicationsPerSecond  = 10
	defaultNumbersListPerSecond   = 1
	defaultNumbersWritePerSecond  = 3
	defaultConversationsPerSecond = 10
	defaultAccountPerSecond       = 10
	defaultPricingPerSecond       = 1
)

// resolveSettings resolves every setting except the credentials: from the configuration, else the environment, else the
// default. The error is that of the first value that is invalid or not known yet; the returned Config must not be used
// then.
func resolveSettings(ctx context.Context, config model, environment func(string) string) (vonage.Config, error) {
	r := resolver{environment: environment}
	httpHosts, known := knownHosts(config.AllowHTTPHosts)
	if !known {
		r.fail(&framework.UnknownError{Attribute: "allow_http_hosts"})
	}
	parseOrigin := func(text string) (string, error) { return schematype.ParseOrigin(text, httpHosts...) }
	emulator := resolve(&r, types.StringNull(), "", emulatorVariable, "", parseOrigin)
	settings := vonage.Config{
		APIURL:  resolve(&r, config.APIURL, "api_url", "VONAGE_API_URL", cmp.Or(emulator, defaultAPIURL), parseOrigin),
		RESTURL: resolve(&r, config.RESTURL, "rest_url", "VONAGE_REST_URL", cmp.Or(emulator, defaultRESTURL), parseOrigin),
		RequestTimeout: resolve(&r, config.RequestTimeout.StringValue, "request_timeout", "VONAGE_REQUEST_TIMEOUT",
			defaultRequestTimeout, schematype.ParseDuration),
		MaxRetries:        resolve(&r, asText(config.MaxRetries), "max_retries", "VONAGE_MAX_RETRIES", defaultMaxRetries, parseRetries),
		RequestsPerSecond: r.limits(ctx, config.RequestsPerSecond),
	}
	if emulator == "" {
		r.keepHostsTogether(&settings, config)
	}
	return settings, r.err
}

// knownHosts returns the elements of allow_http_hosts, and whether all of them are known.
func knownHosts(set types.Set) (hosts []string, known bool) {
	if set.IsUnknown() {
		return nil, false
	}
	for _, element := range set.Elements() {
		host, ok := element.(types.String)
		if !ok || host.IsUnknown() {
			return nil, false
		}
		hosts = append(hosts, host.ValueString())
	}
	return hosts, true
}

// keepHostsTogether leaves one of the hosts without a URL if only the other is set, to an emulator: whoever works with one
// does not mean to send requests, and secrets with them, to Vonage.
func (r *resolver) keepHostsTogether(settings *vonage.Config, config model) {
	apiSet, restSet := r.isSet(config.APIURL, "VONAGE_API_URL"), r.isSet(config.RESTURL, "VONAGE_REST_URL")
	switch {
	case apiSet && !restSet && isEmulator(settings.APIURL):
		settings.NoURL = settingErrorf(oneHostOnly, "api_url", "VONAGE_API_URL", settings.APIURL, "rest_url", "VONAGE_REST_URL", defaultRESTURL)
		settings.RESTURL = ""
	case restSet && !apiSet && isEmulator(settings.RESTURL):
		settings.NoURL = settingErrorf(oneHostOnly, "rest_url", "VONAGE_REST_URL", settings.RESTURL, "api_url", "VONAGE_API_URL", defaultAPIURL)
		settings.APIURL = ""
	}
}

const oneHostOnly = "Only one of the two hosts is set: %[1]s (environment: %[2]s) is %[3]s, which is not Vonage, and %[4]s is not set. The request was not sent, " +
	"because it would have gone to %[6]s, with your credentials. Set %[4]s, too, in the provider block or as %[5]s in the environment, or both at once as " +
	emulatorVariable + "."

// isEmulator recognises what cannot be Vonage: this machine, and hosts without TLS.
func isEmulator(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "http" || schematype.IsLoopback(u.Hostname()))
}

// isSet reports whether a setting has a value; one that is not known yet has.
func (r *resolver) isSet(config types.String, variable string) bool {
	return !config.IsNull() || vonage.Pasted(r.environment(variable)) != ""
}

// resolver keeps the first error of many lookups.
type resolver struct {
	environment func(string) string
	err         error
}

func (r *resolver) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// resolve looks one setting up.
func resolve[T any](r *resolver, config types.String, attribute, variable string, fallback T, parse func(string) (T, error)) T {
	text, where := config.ValueString(), "In the provider block, "+attribute
	switch {
	case config.IsUnknown():
		r.fail(&framework.UnknownError{Attribute: attribute})
		return fallback
	case config.IsNull():
		text, where = vonage.Pasted(r.environment(variable)), "In the environment, "+variable
		if text == "" {
			return fallback
		}
	}
	value, err := parse(text)
	if err != nil {
		r.fail(settingErrorf("%s cannot be used: %s.", where, err))
		return fallback
	}
	return value
}

func (r *resolver) limits(ctx context.Context, object types.Object) vonage.RequestsPerSecond {
	var configured limits
	switch {
	case object.IsUnknown():
		r.fail(&framework.UnknownError{Attribute: "requests_per_second"})
	case !object.IsNull():
		if diags := object.As(ctx, &configured, basetypes.ObjectAsOptions{}); diags.HasError() {
			r.fail(settingErrorf("requests_per_second: %s", diags.Errors()[0].Detail()))
		}
	}
	return vonage.RequestsPerSecond{
		Applications:  r.limit("applications", configured.Applications, defaultApplicationsPerSecond),
		NumbersList:   r.limit("numbers_list", configured.NumbersList, defaultNumbersListPerSecond),
		NumbersWrite:  r.limit("numbers_write", configured.NumbersWrite, defaultNumbersWritePerSecond),
		Conversations: r.limit("conversations", configured.Conversations, defaultConversationsPerSecond),
		Account:       r.limit("account", configured.Account, defaultAccountPerSecond),
		Pricing:       r.limit("pricing", configured.Pricing, defaultPricingPerSecond),
	}
}

func (r *resolver) limit(name string, value types.Float64, fallback float64) float64 {
	switch {
	case value.IsUnknown():
		r.fail(&framework.UnknownError{Attribute: "requests_per_second." + name})
	case !value.IsNull():
		return value.ValueFloat64()
	}
	return fallback
}

func asText(number schematype.Int64) types.String {
	switch {
	case number.IsUnknown():
		return types.StringUnknown()
	case number.IsNull():
		return types.StringNull()
	}
	return types.StringValue(strconv.FormatInt(number.ValueInt64(), 10))
}

func parseRetries(text string) (int, error) {
	retries, err := strconv.Atoi(text)
	if err != nil || retries < 0 {
		return 0, fmt.Errorf("%s is not a number of retries, 0 or more", vonage.Quote(text))
	}
	return retries, nil
}
