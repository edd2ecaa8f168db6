// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package schematype

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

type (
	// MSISDN is a phone number; its canonical form is E.164 digits without "+".
	MSISDN = String[MSISDNMeaning]
	// MSISDNType is the type of MSISDN.
	MSISDNType = StringType[MSISDNMeaning]
)

type (
	// Country is an ISO 3166-1 alpha-2 code; its canonical form is upper case.
	Country = String[CountryMeaning]
	// CountryType is the type of Country.
	CountryType = StringType[CountryMeaning]
)

type (
	// PublicKey is an RSA public key as SPKI PEM; its canonical form is the one vonage.EncodePublicKey writes.
	PublicKey = String[PublicKeyMeaning]
	// PublicKeyType is the type of PublicKey.
	PublicKeyType = StringType[PublicKeyMeaning]
)

type (
	// ApplicationID is an application's UUID; its canonical form is lower case, as in Vonage's responses.
	ApplicationID = String[ApplicationIDMeaning]
	// ApplicationIDType is the type of ApplicationID.
	ApplicationIDType = StringType[ApplicationIDMeaning]
)

type (
	// Duration is a positive duration in Go syntax ("30s", "1h15m"); its canonical form is that of time.Duration.String.
	Duration = String[DurationMeaning]
	// DurationType is the type of Duration.
	DurationType = StringType[DurationMeaning]
)

type (
	// TemplateID is the UUID of a Verify template; its canonical form is lower case, as in Vonage's responses.
	TemplateID = String[TemplateIDMeaning]
	// TemplateIDType is the type of TemplateID.
	TemplateIDType = StringType[TemplateIDMeaning]
)

type (
	// Locale is a language, usually with a region (BCP 47); its canonical form is lower case.
	Locale = String[LocaleMeaning]
	// LocaleType is the type of Locale.
	LocaleType = StringType[LocaleMeaning]
)

// NewMSISDN returns a known phone number.
func NewMSISDN(text string) MSISDN { return Known[MSISDNMeaning](text) }

// NewCountry returns a known country.
func NewCountry(text string) Country { return Known[CountryMeaning](text) }

// NewPublicKey returns a known public key.
func NewPublicKey(text string) PublicKey { return Known[PublicKeyMeaning](text) }

// NewApplicationID returns a known application id.
func NewApplicationID(text string) ApplicationID { return Known[ApplicationIDMeaning](text) }

// MSISDNMeaning is the Meaning of MSISDN.
type MSISDNMeaning struct{}

// Noun implements Meaning.
func (MSISDNMeaning) Noun() string { return "phone number" }

// Canonical implements Meaning.
func (MSISDNMeaning) Canonical(text string) (string, error) { return vonage.NormalizeMSISDN(text) }

// CountryMeaning is the Meaning of Country.
type CountryMeaning struct{}

// Noun implements Meaning.
func (CountryMeaning) Noun() string { return "country" }

// Canonical implements Meaning.
func (CountryMeaning) Canonical(text string) (string, error) { return vonage.NormalizeCountry(text) }

// PublicKeyMeaning is the Meaning of PublicKey.
type PublicKeyMeaning struct{}

// Noun implements Meaning.
func (PublicKeyMeaning) Noun() string { return "public key" }

// Canonical implements Meaning.
func (PublicKeyMeaning) Canonical(text string) (string, error) {
	key, err := vonage.ParsePublicKey(text)
	if err != nil {
		return "", err
	}
	return vonage.EncodePublicKey(key)
}

// ApplicationIDMeaning is the Meaning of ApplicationID.
type ApplicationIDMeaning struct{}

// Noun implements Meaning.
func (ApplicationIDMeaning) Noun() string { return "application id" }

// Canonical implements Meaning.
func (ApplicationIDMeaning) Canonical(text string) (string, error) {
	return strings.ToLower(text), CheckUUID(text)
}

// TemplateIDMeaning is the Meaning of TemplateID.
type TemplateIDMeaning struct{}

// Noun implements Meaning.
func (TemplateIDMeaning) Noun() string { return "template id" }

// Canonical implements Meaning.
func (TemplateIDMeaning) Canonical(text string) (string, error) {
	return strings.ToLower(text), CheckUUID(text)
}

// LocaleMeaning is the Meaning of Locale.
type LocaleMeaning struct{}

// locale matches the form of a BCP 47 language tag.
var locale = regexp.MustCompile("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")

// Noun implements Meaning.
func (LocaleMeaning) Noun() string { return "locale" }

// Canonical implements Meaning.
func (LocaleMeaning) Canonical(text string) (string, error) {
	if !locale.MatchString(text) {
		return "", fmt.Errorf("%s is not a language with or without a region, such as en-us, es-mx or fr-fr", vonage.Quote(text))
	}
	return vonage.NormalizeLocale(text), nil
}

// DurationMeaning is the Meaning of Duration.
type DurationMeaning struct{}

// Noun implements Meaning.
func (DurationMeaning) Noun() string { return "duration" }

// Canonical implements Meaning.
func (DurationMeaning) Canonical(text string) (string, error) {
	d, err := ParseDuration(text)
	return d.String(), err
}

// ParseDuration parses a positive duration such as "30s" or "1h15m".
func ParseDuration(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	switch {
	case err != nil:
		return 0, fmt.Errorf(`%s is not a duration; write a number and a unit, such as "30s", "5m" or "1h30m"`, vonage.Quote(text))
	case d <= 0:
		return 0, errors.New("a duration must be longer than zero")
	}
	return d, nil
}
