// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package schematype

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// UUID checks for a UUID as Vonage writes them, in either case.
func UUID() validator.String {
	return check{"UUID", "a UUID such as 78d335fa-323d-0114-9c3d-d6f0d48968cf", CheckUUID}
}

// CheckUUID is the check of UUID for text that is not an attribute's.
func CheckUUID(text string) error {
	if !uuidForm.MatchString(text) {
		return fmt.Errorf("%q is not a UUID such as 78d335fa-323d-0114-9c3d-d6f0d48968cf", text)
	}
	return nil
}

// PositiveDuration checks for a length of time as ParseDuration reads it, where an attribute cannot have DurationType.
func PositiveDuration() validator.String {
	return check{"duration", `a positive duration such as "30s" or "5m"`, func(text string) error {
		_, err := ParseDuration(text)
		return err
	}}
}

// HTTPURL checks for an absolute http:// or https:// URL with a host: where Vonage is to call.
func HTTPURL() validator.String {
	return check{"URL", "an absolute http:// or https:// URL", func(text string) error {
		_, err := parseHTTPURL(text)
		return err
	}}
}

// Origin checks for the origin of an API: see ParseOrigin.
func Origin() validator.String {
	return check{"URL", "an https:// URL without credentials, query and path (http:// for a loopback address only)", func(text string) error {
		_, err := ParseOrigin(text)
		return err
	}}
}

// ParseOrigin reads where an API is, "https://api.nexmo.com", and returns it without a trailing slash. Plain http:// is
// refused unless the host is a loopback address, for the secret travels in a header. Credentials, a query, a fragment and
// a path are refused; errors do not quote text that could hold credentials.
func ParseOrigin(text string) (string, error) {
	u, err := parseHTTPURL(text)
	switch {
	case errors.Is(err, errNotWebURL):
		return "", errors.New("an absolute URL is needed, such as https://api.nexmo.com")
	case err != nil:
		return "", err
	case u.User != nil:
		return "", errors.New("the URL must not hold credentials")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "", errors.New("the URL must not have a query or a fragment")
	case u.Path != "" && u.Path != "/":
		return "", fmt.Errorf("the URL must not have a path; write %s://%s", u.Scheme, u.Host)
	case u.Scheme == "http" && !IsLoopback(u.Hostname()):
		return "", fmt.Errorf("plain http:// would send secrets in clear text to %s; it is allowed for loopback addresses only", u.Hostname())
	}
	return u.Scheme + "://" + u.Host, nil
}

var (
	uuidForm     = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	errNotWebURL = errors.New("an absolute URL is needed, such as https://example.com/webhooks/answer")
)

// parseHTTPURL never quotes the text: url.Error would, with the password in it.
func parseHTTPURL(text string) (*url.URL, error) {
	if strings.ContainsFunc(text, unicode.IsSpace) {
		return nil, errors.New("a URL must not contain spaces; write %20 instead")
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return nil, errNotWebURL
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("the URL must begin with https:// or http://")
	}
	if port, err := strconv.Atoi(u.Port()); u.Port() != "" && (err != nil || port < 1 || port > maxPort) {
		return nil, fmt.Errorf("there is no port %s; ports are 1 to %d", u.Port(), maxPort)
	}
	return u, nil
}

const maxPort = 65535 // RFC 9293

// IsLoopback reports whether a host is this machine itself.
func IsLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// Check checks the form of a string: noun is what people call it, description completes "must be". The error of refuse
// says what is wrong with text, without quoting any that can be a secret.
func Check(noun, description string, refuse func(text string) error) validator.String {
	return check{noun, description, refuse}
}

// check is a validator of one string's form.
type check struct {
	noun, description string
	refuse            func(text string) error
}

func (c check) Description(context.Context) string { return "must be " + c.description }

func (c check) MarkdownDescription(ctx context.Context) string { return c.Description(ctx) }

func (c check) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if isUnset(req.ConfigValue) {
		return
	}
	if err := c.refuse(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid "+c.noun, naming(req.Path, err))
	}
}

// naming says in which attribute something is wrong. The path of a diagnostic is not enough: for an attribute within an
// object the command line quotes only the line with which the whole block begins.
func naming(at path.Path, err error) string { return fmt.Sprintf("Attribute %s: %s.", at, err) }
