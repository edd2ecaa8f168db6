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
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/google/uuid"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// Valid returns a validator for text with the meaning M. Every argument of such a type needs it.
func Valid[M Meaning]() validator.String {
	var m M
	return check{m.Noun(), "a valid " + m.Noun(), func(text string) error {
		_, err := m.Canonical(text)
		return err
	}}
}

// Reference returns a validator for an argument that takes a computed value of another object. It lets text pass that a mocked
// provider may have made up: under "terraform test", Terraform has configurations with such values validated, and does not
// ask the provider for anything else. What is asked afterwards, the plan or the read, applies v again (see String.Check).
func Reference(v validator.String) validator.String { return reference{v} }

type reference struct{ validator.String }

// What mocked providers make up: 8 letters and digits in Terraform
// (https://developer.hashicorp.com/terraform/language/tests/mocking#generated-data), 4 to 15 in OpenTofu
// (https://github.com/opentofu/opentofu, getRandomAlphaNumString), of which one in a hundred looks like a word that somebody
// wrote.
var (
	mockedByTerraform = regexp.MustCompile("^[0-9a-z]{8}$")
	mockedByOpenTofu  = regexp.MustCompile("^[0-9A-Za-z]{4,15}$")
	word              = regexp.MustCompile("^[A-Z]?[a-z]+$")
)

// IsMocked reports whether a mocked provider may have made up the text: see Reference.
func IsMocked(text string) bool {
	return mockedByTerraform.MatchString(text) || mockedByOpenTofu.MatchString(text) && !word.MatchString(text)
}

func (r reference) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !IsMocked(req.ConfigValue.ValueString()) {
		r.String.ValidateString(ctx, req, resp)
	}
}

// UUID returns a validator for UUIDs in the form that Vonage uses, in upper or lower case.
func UUID() validator.String {
	return check{"UUID", "a UUID such as 78d335fa-323d-0114-9c3d-d6f0d48968cf", CheckUUID}
}

// uuidLength is that of the form with hyphens only; the library knows others.
const uuidLength = 36

// CheckUUID applies the check of UUID to text that is not an attribute value.
func CheckUUID(text string) error {
	if len(text) != uuidLength || uuid.Validate(text) != nil {
		return fmt.Errorf("%s is not a UUID such as 78d335fa-323d-0114-9c3d-d6f0d48968cf", vonage.Quote(text))
	}
	return nil
}

// PositiveDuration returns a validator for durations that ParseDuration accepts, for attributes that cannot have
// DurationType.
func PositiveDuration() validator.String {
	return check{"duration", `a positive duration such as "30s" or "5m"`, func(text string) error {
		_, err := ParseDuration(text)
		return err
	}}
}

// HTTPURL returns a validator for absolute http:// or https:// URLs with a host: the URLs that Vonage calls.
func HTTPURL() validator.String {
	return check{"URL", "an absolute http:// or https:// URL", CheckHTTPURL}
}

// CheckHTTPURL applies the check of HTTPURL to text that is not an attribute value.
func CheckHTTPURL(text string) error {
	_, err := parseHTTPURL(text)
	return err
}

// Origin returns a validator for the form of API origins. Whether plain http:// is accepted depends on other arguments:
// see ParseOrigin.
func Origin() validator.String {
	return check{"URL", "a URL without credentials, query and path", func(text string) error {
		_, err := ParseOrigin(text)
		if _, plain := errors.AsType[*PlainHTTPError](err); plain {
			return nil
		}
		return err
	}}
}

// PlainHTTPError reports a plain http:// URL of a host that needs TLS.
type PlainHTTPError struct{ Host string }

// Error names the host.
func (e *PlainHTTPError) Error() string {
	return fmt.Sprintf("plain http:// would send secrets in clear text to %s; it is allowed for loopback addresses, and for the hosts in the "+
		"provider's allow_http_hosts, which is for tests", vonage.Quote(e.Host))
}

// ParseOrigin parses an API origin such as "https://api.nexmo.com" and returns it without a trailing slash. Plain
// http:// is a *PlainHTTPError unless the host is a loopback address or one of httpHosts, because requests carry the secret
// in a header. Credentials, a query, a fragment and a path are rejected; errors do not quote text that could hold
// credentials.
func ParseOrigin(text string, httpHosts ...string) (string, error) {
	u, err := parseHTTPURL(text)
	if err != nil {
		if errors.Is(err, errNotWebURL) {
			err = errors.New("an absolute URL is needed, such as https://api.nexmo.com")
		}
		return "", err
	}
	origin := u.Scheme + "://" + u.Host
	switch {
	case u.User != nil:
		return "", errors.New("the URL must not hold credentials")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "", errors.New("the URL must not have a query or a fragment")
	case u.Path != "" && u.Path != "/":
		return "", fmt.Errorf("the URL must not have a path; write %s", vonage.Quote(origin))
	case u.Scheme == "http" && !IsLoopback(u.Hostname()) && !slices.ContainsFunc(httpHosts, isHost(u)):
		return "", &PlainHTTPError{u.Hostname()}
	}
	return origin, nil
}

func isHost(u *url.URL) func(name string) bool {
	return func(name string) bool { return strings.EqualFold(name, u.Hostname()) }
}

// HostName returns a validator for the name or address of a host, without scheme and port.
func HostName() validator.String {
	return check{"host name", `a host name or an IP address, without scheme and port, such as "vonage-emulator"`, func(text string) error {
		if u, err := url.Parse("//" + text); net.ParseIP(text) == nil && (err != nil || text == "" || u.Hostname() != text) {
			return fmt.Errorf("%s is not a host name or an IP address; write it without a scheme and a port", vonage.Quote(text))
		}
		return nil
	}}
}

var errNotWebURL = errors.New("an absolute URL is needed, such as https://example.com/webhooks/answer")

// parseHTTPURL never quotes text in its errors: url.Error would, with the password in it.
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

// IsLoopback reports whether host is a loopback address of this machine.
func IsLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// Check returns a validator for one string. noun names the kind of value and description completes "must be". refuse
// returns an error that says what is wrong with text, which it quotes with vonage.Quote only.
func Check(noun, description string, refuse func(text string) error) validator.String {
	return check{noun, description, refuse}
}

// check is a validator of one string.
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

// naming adds the attribute's path to the message. The path of a diagnostic is not enough: for an attribute nested in an
// object, the CLI quotes only the first line of the whole block.
func naming(at path.Path, err error) string {
	return fmt.Sprintf("Attribute %s: %s.", pathText(at), err)
}
