// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package sip_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSIPDataSources(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has(values{"users": values{
		"desk-2": values{"secret": secret}, "desk-1": values{"secret": secret, "registered": []any{"sip:desk-1@192.0.2.1"}},
	}})
	if err := a.Emulator.Documents("sip_domains").Seed("other-trunk", values{"acl": []any{"192.0.2.0/24"}, "domain_type": "trunk"}); err != nil {
		t.Fatal(err)
	}
	one, diags := a.Protocol(t).ReadDataSource(domainType, values{"name": name})
	diags.MustBeEmpty(t)
	a.WantCalls(t, listDomains, getDomain+"/endpoints", getUsers)
	if diff := cmp.Diff([]any{values{"key": "desk-1"}, values{"key": "desk-2"}}, one["users"]); diff != "" {
		t.Errorf("users (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{values{"uri": "sip:desk-1@192.0.2.1"}}, one["endpoints"]); diff != "" {
		t.Errorf("endpoints (-want +got):\n%s", diff)
	}
	all, diags := a.Protocol(t).ReadDataSource("vonage_sip_domains", values{})
	diags.MustBeEmpty(t)
	a.WantCalls(t, listDomains)
	domains, _ := all["domains"].([]any)
	trunk := domains[1].(values)
	if len(domains) != 2 || domains[0].(values)["name"] != name || trunk["name"] != "other-trunk" || trunk["application_id"] != nil || trunk["tls"] != "optional" {
		t.Errorf("the domains are %v", domains)
	}
	_, diags = a.Protocol(t).ReadDataSource(domainType, values{"name": "no-such-domain"})
	diags.MustFail(t, "", "Check the name")
}

func TestSIPLists(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.has(nil, "desk-1", "desk-2")
	if err := a.Emulator.Documents("sip_domains").Seed("other-pbx", values{"acl": []any{}, "users": values{"door": values{"secret": secret}}}); err != nil {
		t.Fatal(err)
	}
	for typeName, test := range map[string]struct {
		config values
		found  int
	}{domainType: {values{}, 2}, userType: {values{}, 3}} {
		results, diags := a.Protocol(t).List(typeName, test.config, 100, true)
		diags.MustBeEmpty(t)
		if len(results) != test.found {
			t.Errorf("%s: %d results", typeName, len(results))
		}
	}
	results, diags := a.Protocol(t).List(userType, values{"domain": name}, 100, false)
	diags.MustBeEmpty(t)
	if len(results) != 2 {
		t.Errorf("%d users of one domain", len(results))
	}
}
