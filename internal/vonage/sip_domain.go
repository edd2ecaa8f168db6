// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
)

// SIPDomain is a SIP domain (Programmable SIP API 1.2.0).
type SIPDomain struct {
	// Name is part of the hosts that take the domain's SIP, and unique among all accounts.
	Name string `json:"name"`
	// DomainType is app, for an application that takes the calls, or trunk.
	DomainType string `json:"domain_type,omitempty"`
	// ApplicationID may be absent from a trunk.
	ApplicationID string `json:"application_id,omitempty"`
	// ACL are 1 to 16 IPv4 addresses or CIDR blocks that may send SIP to the domain.
	ACL []string `json:"acl"`
	// TLS and SRTP are always, never or optional.
	TLS  string `json:"tls,omitempty"`
	SRTP string `json:"srtp,omitempty"`
	// DigestAuth is whether senders have to sign in as one of the domain's users.
	DigestAuth bool `json:"digest_auth"`
}

// Values of a SIP domain that are its defaults.
const (
	SIPDomainApp   = "app"
	SIPDomainTrunk = "trunk"
	SIPOptional    = "optional"
)

// SIPRegions are the regions that take SIP, each under a host name of its own.
func SIPRegions() []string { return []string{"us", "eu", "ap"} }

// Host returns the host name under which a region takes the domain's SIP
// (https://developer.vonage.com/en/voice/sip/concepts/programmable-sip). One without a region does not reach the service.
func (d SIPDomain) Host(region string) string { return d.Name + ".sip-" + region + ".vonage.com" }

// Same reports whether two domains have the same settings. Their access lists are compared by meaning.
func (d SIPDomain) Same(other SIPDomain) bool {
	acl := SameACL(d.ACL, other.ACL)
	d.ACL, other.ACL = nil, nil
	d.ApplicationID, other.ApplicationID = canonicalID(d.ApplicationID), canonicalID(other.ApplicationID)
	return acl && reflect.DeepEqual(d, other)
}

// SameACL reports whether two access lists mean the same, whatever their order and spelling.
func SameACL(a, b []string) bool { return slices.Equal(canonicalACL(a), canonicalACL(b)) }

func canonicalACL(acl []string) []string {
	canonical := make([]string, len(acl))
	for i, entry := range acl {
		canonical[i] = entry
		if normal, err := NormalizeCIDR(entry); err == nil {
			canonical[i] = normal
		}
	}
	slices.Sort(canonical)
	return slices.Compact(canonical)
}

// NormalizeCIDR returns the one spelling of an IPv4 address or CIDR block: without /32, and with the first address of a
// block.
func NormalizeCIDR(text string) (string, error) {
	block, err := netip.ParsePrefix(text)
	if address, addressErr := netip.ParseAddr(text); addressErr == nil {
		block, err = netip.PrefixFrom(address, address.BitLen()), nil
	}
	switch {
	case err != nil:
		return "", fmt.Errorf("%s is neither an IPv4 address nor a block of them; write 203.0.113.7 or 203.0.113.0/24", Quote(text))
	case !block.Addr().Is4():
		return "", fmt.Errorf("%s is not IPv4, which is all that the access list of a SIP domain takes", Quote(text))
	case block.IsSingleIP():
		return block.Addr().String(), nil
	}
	return block.Masked().String(), nil
}

// sipDomainDocument is a domain both as received and as decoded.
type sipDomainDocument struct {
	domain SIPDomain
	raw    map[string]any
}

// decodeSIPDomain decodes a response about the domain with a name.
func decodeSIPDomain(body []byte, name string) (sipDomainDocument, error) {
	var document sipDomainDocument
	if err := decode(body, &document.raw); err != nil {
		return sipDomainDocument{}, err
	}
	var id string
	var err error
	if document.domain, id, err = readSIPDomain(body); err == nil && id != name {
		err = unreadable("it is about SIP domain %s", Quote(id))
	}
	return document, err
}

// readSIPDomain reads an entry of the list. What a response leaves out has its default.
func readSIPDomain(entry []byte) (domain SIPDomain, name string, err error) {
	if err = decode(entry, &domain); err != nil { // which may have ended before the name
		var known struct {
			Name string `json:"name"`
		}
		_ = decode(entry, &known)
		domain.Name = known.Name
	}
	domain.DomainType = cmp.Or(domain.DomainType, SIPDomainApp)
	domain.TLS, domain.SRTP = cmp.Or(domain.TLS, SIPOptional), cmp.Or(domain.SRTP, SIPOptional)
	return domain, domain.Name, err
}

// SIPUser is a user of a SIP domain. Its secret is not read, although answers may have it.
type SIPUser struct {
	Domain string `json:"domain"`
	Key    string `json:"key"`
}

// readSIPUser reads an entry of the users of a domain.
func readSIPUser(domain string) func(entry []byte) (user SIPUser, key string, err error) {
	return func(entry []byte) (SIPUser, string, error) {
		var user struct {
			Key string `json:"key"`
		}
		err := decode(entry, &user)
		return SIPUser{Domain: domain, Key: user.Key}, user.Key, err
	}
}

// CheckSIPSecret returns an error if a secret is none that a SIP user can have. It does not quote it.
func CheckSIPSecret(secret string) error {
	const shortest, longest = 12, 64
	has := func(from, to rune) bool {
		return strings.ContainsFunc(secret, func(r rune) bool { return from <= r && r <= to })
	}
	if len(secret) < shortest || len(secret) > longest || !has('a', 'z') || !has('A', 'Z') || !has('0', '9') {
		return errors.New("the secret of a SIP user has 12 to 64 characters, among them an upper-case letter, a lower-case letter and a digit")
	}
	return nil
}

// recentNames are the paths of objects that this client has deleted within the consistency delay: the API may still show
// them.
type recentNames struct {
	mu    sync.Mutex
	names map[string]time.Time
}

// settling is how long the API may show an object that was deleted. It is undocumented.
const settling = 30 * time.Second

func (r *recentNames) add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.names == nil {
		r.names = map[string]time.Time{}
	}
	r.names[name] = time.Now()
}

func (r *recentNames) remove(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.names, name)
}

func (r *recentNames) has(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	at, ok := r.names[name]
	return ok && time.Since(at) < settling
}

// shortList joins the first names of a list.
func shortList(names []string) string {
	const shown = 10
	if len(names) > shown {
		return strings.Join(names[:shown], ", ") + " and others"
	}
	return strings.Join(names, ", ")
}
