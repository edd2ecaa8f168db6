// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package specimen

import (
	_ "embed" // the configuration
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

//go:embed sip.tf
var sipConfig string

const (
	// filledDomain is always in the account, with filledUser.
	filledDomain, filledUser = "filled-pbx", "door"

	newDomain = "specimen-pbx"
	sipSecret = "Specimen0123456789"
)

func fillSIP(account *emulator.Emulator) error {
	return account.Documents("sip_domains").Seed(filledDomain, Values{
		"application_id": ApplicationB, "acl": []any{"203.0.113.7"}, "digest_auth": true, "tls": "optional", "srtp": "optional", "domain_type": "app",
		"trunk_name": "not modelled", "users": Values{filledUser: Values{"secret": sipSecret, "registered": []any{"sip:door@203.0.113.7"}}},
	})
}

func (specimens) SIPDomain() Specimen {
	plain := Case{
		Name:     "SIP domain",
		First:    Values{"name": newDomain, "application_id": ApplicationA, "acl": []any{"203.0.113.7"}},
		Second:   Values{"name": newDomain, "application_id": ApplicationB, "acl": []any{"203.0.113.7/32", "198.51.100.0/24"}, "tls": "always", "digest_auth": true},
		ImportID: idOf, Compare: compareDomain,
	}
	byName := plain
	byName.Name, byName.Operations = "SIP domain by another name", []string{"import"}
	byName.ImportID = func(state Values) string { return fmt.Sprint("name=", state["name"]) }
	return Specimen{
		TypeName: "vonage_sip_domain", Noun: "SIP domain", Fill: fillSIP,
		Config:    sipConfig,
		Cases:     []Case{plain, byName},
		Crowd:     oneOfManyDomains,
		Malformed: Malformed{Path: "/v1/psip", Member: "name", Attribute: "name"},
		Settling: Settling{
			Draw: drawDomain,
			Others: func(account *emulator.Emulator, _ Values) error {
				document, _ := account.Documents("sip_domains").Get(newDomain)
				return account.Documents("sip_domains").Seed(newDomain, acctest.With(document, Values{"trunk_name": "kept"}))
			},
			Compare: func(state Values, _, now Contents, changed bool) []string {
				document := now["sip_domain "+newDomain]
				if state == nil || !changed {
					return compareDomain(state, now)
				}
				return append(compareDomain(state, now), differences("SIP domain", map[string][2]any{"trunk_name": {"kept", document["trunk_name"]}})...)
			},
			ImportID: idOf,
		},
		Pinned: map[string]Values{
			"SIP domain": plain.First,
			"SIP domain with everything": {
				"name": newDomain, "application_id": strings.ToUpper(ApplicationA), "acl": []any{"203.0.113.7/32", "198.51.100.0/24"}, "domain_type": "trunk",
				"tls": "always", "srtp": "never", "digest_auth": true, "force_destroy": true, "timeouts": timeouts(),
			},
		},
		Grow: growDomains,
		Questions: []Question{
			list("vonage_sip_domain", "SIP domains"),
			data("SIP domain", "vonage_sip_domain", "SIP domain", Values{"name": filledDomain}),
			data("SIP domains", "vonage_sip_domains", "SIP domains", Values{}),
		},
	}
}

// compareDomain compares the new domain, and removes it.
func compareDomain(state Values, account Contents) []string {
	name := "sip_domain " + newDomain
	document := account[name]
	delete(account, name)
	return compareOneDomain(state, document)
}

func compareOneDomain(state, document Values) []string {
	if state == nil || document == nil {
		return differences("SIP domain", map[string][2]any{"being there": {state != nil, document != nil}})
	}
	var problems []string
	if !vonage.SameACL(texts(state["acl"]), texts(document["acl"])) {
		problems = append(problems, fmt.Sprintf("the access list is %v in the state and %v in the account", state["acl"], document["acl"]))
	}
	compared := map[string][2]any{"application_id": {strings.ToLower(fmt.Sprint(state["application_id"])), fmt.Sprint(document["application_id"])}}
	for _, name := range []string{"domain_type", "tls", "srtp", "digest_auth"} {
		compared[name] = [2]any{state[name], document[name]}
	}
	return append(problems, differences("SIP domain", compared)...)
}

func texts(list any) []string {
	values, _ := list.([]any)
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = fmt.Sprint(value)
	}
	return all
}

func drawDomain(t *rapid.T) Values {
	drawn := Values{
		"name": newDomain, "application_id": rapid.SampledFrom([]string{ApplicationA, ApplicationB}).Draw(t, "application"),
		"acl": rapid.SampledFrom([][]any{{"203.0.113.7"}, {"0.0.0.0/0"}, {"198.51.100.0/24", "203.0.113.7"}}).Draw(t, "acl"),
	}
	return acctest.With(drawn, drawSome(t, []string{"tls", "srtp", "digest_auth"}, map[string][]any{
		"tls": {"always", "never", "optional"}, "srtp": {"always", "never"}, "digest_auth": {true, false},
	}))
}

func oneOfManyDomains(i int) Member {
	name := fmt.Sprintf("crowd-%02d", i)
	return Member{
		First:  Values{"name": name, "application_id": ApplicationA, "acl": []any{"203.0.113.7"}},
		Second: Values{"name": name, "application_id": ApplicationB, "acl": []any{"203.0.113.0/24"}, "srtp": "always"},
		Compare: func(state Values, find func(id string) Values) []string {
			return compareOneDomain(state, find("sip_domain "+name))
		},
	}
}

const grownDomains = 40

func growDomains(account *emulator.Emulator) (int, error) {
	for i := range grownDomains {
		domain := Values{"application_id": grownApplication(i), "acl": []any{"203.0.113.7", fmt.Sprintf("198.51.100.%d/32", i)}, "digest_auth": i%2 == 0}
		if i%3 == 0 { // as of before there were types, with defaults left out
			domain = acctest.With(domain, Values{"tls": "always", "srtp": "never", "domain_type": "trunk"})
		}
		if i%9 == 0 {
			delete(domain, "application_id")
		}
		if err := account.Documents("sip_domains").Seed(fmt.Sprintf("grown-%03d", i), domain); err != nil {
			return 0, err
		}
	}
	return grownDomains, nil
}

func (specimens) SIPUser() Specimen {
	plain := Case{
		Name:     "SIP user",
		First:    Values{"domain": filledDomain, "key": "desk", "secret_wo": sipSecret, "secret_wo_version": 1},
		Second:   Values{"domain": filledDomain, "key": "desk", "secret_wo": sipSecret + "2", "secret_wo_version": 2},
		ImportID: idOf, Compare: compareUser,
	}
	return Specimen{
		TypeName: "vonage_sip_user", Within: Within{"sip_domains", "users"}, ReadBy: "vonage_sip_domain", Noun: "SIP user",
		Cases:     []Case{plain},
		Crowd:     oneOfManyUsers,
		Malformed: Malformed{Path: "/v1/psip", Member: "key", Attribute: "key"},
		Settling: Settling{
			Draw: func(t *rapid.T) Values {
				version := rapid.IntRange(1, 3).Draw(t, "version")
				return acctest.With(plain.First, Values{"secret_wo": fmt.Sprint(sipSecret, version), "secret_wo_version": version})
			},
			Others: func(*emulator.Emulator, Values) error { return nil },
			Compare: func(state Values, _, now Contents, _ bool) []string {
				return compareUser(state, now)
			},
			ImportID:   idOf,
			Unreadable: []string{"secret_wo", "secret_wo_version"},
		},
		Unimportable: Values{"secret_wo": sipSecret, "secret_wo_version": 1},
		Pinned: map[string]Values{
			"SIP user": acctest.With(plain.First, Values{"timeouts": timeouts()}),
		},
		Grow: growUsers, ReadToList: (grownDomains + 1) * perPage,
		Questions: []Question{list("vonage_sip_user", "SIP users")},
	}
}

// perPage is what makes a list cost one call more.
const perPage = 100

// compareUser compares the new user, and removes it. The secret in the account is that of the version in the state.
func compareUser(state Values, account Contents) []string {
	name := "sip_user " + filledDomain + "/desk"
	_, exists := account[name]
	delete(account, name)
	return differences("SIP user", map[string][2]any{"being there": {state != nil, exists}})
}

func oneOfManyUsers(i int) Member {
	key := fmt.Sprint("crowd-", i)
	first := Values{"domain": filledDomain, "key": key, "secret_wo": sipSecret + "1", "secret_wo_version": 1}
	return Member{
		First:  first,
		Second: acctest.With(first, Values{"secret_wo": sipSecret + "2", "secret_wo_version": 2}),
		Compare: func(state Values, find func(id string) Values) []string {
			document := find("sip_user " + filledDomain + "/" + key)
			if state == nil || document == nil {
				return differences(key, map[string][2]any{"being there": {state != nil, document != nil}})
			}
			return differences(key, map[string][2]any{"secret": {fmt.Sprint(sipSecret, state["secret_wo_version"]), document["secret"]}})
		},
	}
}

// growUsers gives a domain that is grown already users.
func growUsers(account *emulator.Emulator) (int, error) {
	users := Values{}
	for _, key := range []string{"desk-1", "desk-2", "door"} {
		users[key] = Values{"secret": sipSecret}
	}
	domain, _ := account.Documents("sip_domains").Get("grown-000")
	return len(users), account.Documents("sip_domains").Seed("grown-000", acctest.With(domain, Values{"users": users}))
}
