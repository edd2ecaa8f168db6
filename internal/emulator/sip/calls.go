// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sip

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// sipAddress has the user part, the name of a domain, its region, and parameters. A host without a region does not reach the
// service (https://developer.vonage.com/en/voice/sip/concepts/programmable-sip); older texts have nexmo.com.
var sipAddress = regexp.MustCompile(`^sips?:([^@;]+)@([a-z0-9-]+)\.sip-(?:us|eu|ap)\.(?:vonage|nexmo)\.com(?::[0-9]+)?((?:;[^;]*)*)$`)

// domainOf returns the domain that an address is in, and the user part of the address. The caller must hold the lock.
func (a *API) domainOf(address string) (domain document.Object, user string, known bool) {
	parts := sipAddress.FindStringSubmatch(address)
	if parts == nil {
		return nil, "", false
	}
	domain, known = a.domains.Current(parts[2])
	return domain, parts[1], known
}

// Admit returns the application that takes a call to an address in one of the account's domains, which is "" if a trunk has
// none, and the user part of the address. The call comes from an IP address, with the key and the secret of a user if its sender signs in. The error says why it
// is not let in. The caller must hold the lock.
func (a *API) Admit(address, source, key, secret string) (application, user string, err error) {
	domain, user, known := a.domainOf(address)
	if !known {
		return "", "", errors.New(address + " is in no SIP domain of the account: it is sip:USER@NAME.sip-eu.vonage.com, or another region's")
	}
	name := document.Text(domain, "name")
	encrypted := strings.HasPrefix(address, "sips:") || strings.Contains(address, ";transport=tls")
	switch tls := document.Text(domain, "tls"); {
	case tls == "always" && !encrypted, tls == "never" && encrypted:
		return "", "", fmt.Errorf("the SIP domain %s has tls %q, and the call comes with another transport", name, tls)
	case !listed(document.List(domain, "acl"), source):
		return "", "", fmt.Errorf("%q is not in the access list of the SIP domain %s", source, name)
	case document.Flag(domain, "digest_auth") && !a.isUser(name, key, secret):
		return "", "", fmt.Errorf("the SIP domain %s has digest_auth, and neither user nor secret are those of a user of it", name)
	}
	return document.Text(domain, "application_id"), user, nil
}

func listed(acl []any, source string) bool {
	address, err := netip.ParseAddr(source)
	if err != nil {
		return false
	}
	for _, entry := range acl {
		text, _ := entry.(string)
		single, _ := netip.ParseAddr(text)
		if network, err := netip.ParsePrefix(text); single == address || err == nil && network.Contains(address) {
			return true
		}
	}
	return false
}

func (a *API) isUser(domain, key, secret string) bool {
	user, known := a.usersOf(domain).Current(key)
	return known && subtle.ConstantTimeCompare([]byte(document.Text(user, "secret")), []byte(secret)) == 1
}

// Devices returns the endpoints that have registered as the user whom an address in one of the account's domains names. The
// caller must hold the lock.
func (a *API) Devices(address string) []string {
	domain, user, known := a.domainOf(address)
	if !known {
		return nil
	}
	registered, _ := a.usersOf(document.Text(domain, "name")).Current(user)
	var devices []string
	for _, device := range document.List(registered, "registered") {
		if uri, ok := device.(string); ok {
			devices = append(devices, uri)
		}
	}
	return devices
}
