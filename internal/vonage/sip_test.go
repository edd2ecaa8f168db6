// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const (
	domainPath = "/v1/psip/acme-pbx"
	userPath   = domainPath + "/users/desk-1"
	acmeBody   = `{"name":"acme-pbx","domain_type":"app","application_id":"a1","acl":["203.0.113.7"],"tls":"always","srtp":"optional","digest_auth":true}`
	deskBody   = `{"domain":"acme-pbx","key":"desk-1"}`
	deskSecret = "Abcdefghijk1"
)

func acme() vonage.SIPDomain {
	return vonage.SIPDomain{
		Name: "acme-pbx", DomainType: "app", ApplicationID: "a1", ACL: []string{"203.0.113.7"}, TLS: "always", SRTP: "optional", DigestAuth: true,
	}
}

// noDomain is how the API says that a domain does not exist; it says so of users alike.
func noDomain() answer {
	return answer{status: http.StatusNotFound, body: `{"type":"https://www.nexmo.com/messages/Errors#NotFound","title":"Invalid domain selected"}`}
}

// SIP has the operations of the Programmable SIP API 1.2.0.
func (contracts) SIP() map[string]wired {
	get := func(path string) received { return received{Method: "GET", Path: path, Authorization: basic} }
	send := func(method, path, body string) received {
		return received{Method: method, Path: path, ContentType: asJSON, Authorization: basic, Body: body}
	}
	list, domain, users, user := get("/v1/psip"), get(domainPath), get(domainPath+"/users"), get(userPath)
	withSecret := `{"key":"desk-1","secret":"` + deskSecret + `"}`
	return map[string]wired{
		"SIP.Domains": {
			[]answer{ok(`[` + acmeBody + `,{"name":"bare","acl":[],"digest_auth":"true"}]`)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return collect(c.SIP.Domains(ctx)) },
			[]vonage.SIPDomain{acme(), {Name: "bare", DomainType: "app", ACL: []string{}, TLS: "optional", SRTP: "optional", DigestAuth: true}},
			[]received{list},
		},
		"SIP.Domain": {
			[]answer{ok(`[` + acmeBody + `]`)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.SIP.Domain(ctx, "acme-pbx") },
			acme(),
			[]received{list},
		},
		"SIP.AwaitDomain": {
			[]answer{ok(acmeBody)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.SIP.AwaitDomain(ctx, "acme-pbx") },
			acme(),
			[]received{domain},
		},
		"SIP.CreateDomain": {
			[]answer{noDomain(), {status: http.StatusCreated, body: acmeBody}, ok(acmeBody)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.SIP.CreateDomain(ctx, acme()) },
			true,
			[]received{domain, send("POST", "/v1/psip", acmeBody), domain},
		},
		"SIP.UpdateDomain": {
			[]answer{ok(`{"name":"acme-pbx","acl":["198.51.100.0/24"],"digest_auth":false,"application_id":"a2","trunk_name":"kept"}`), ok(acmeBody)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return nil, c.SIP.UpdateDomain(ctx, acme()) },
			nil,
			[]received{domain, send("PUT", domainPath, strings.TrimSuffix(acmeBody, "}")+`,"trunk_name":"kept"}`)},
		},
		"SIP.DeleteDomain": {
			[]answer{ok(`[]`), {status: http.StatusOK}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return nil, c.SIP.DeleteDomain(ctx, "acme-pbx", false)
			},
			nil,
			[]received{users, {Method: "DELETE", Path: domainPath, Authorization: basic}},
		},
		"SIP.Endpoints": {
			[]answer{ok(`[{"uri":"sip:desk-1@192.0.2.1"}]`)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.SIP.Endpoints(ctx, "acme-pbx") },
			[]string{"sip:desk-1@192.0.2.1"},
			[]received{get(domainPath + "/endpoints")},
		},
		"SIP.Users": {
			[]answer{ok(`[{"domain":"acme-pbx","key":"desk-1","secret":"never read"}]`)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return collect(c.SIP.Users(ctx, "acme-pbx")) },
			[]vonage.SIPUser{{Domain: "acme-pbx", Key: "desk-1"}},
			[]received{users},
		},
		"SIP.User": {
			[]answer{ok(`[` + deskBody + `]`)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return nil, c.SIP.User(ctx, "acme-pbx", "desk-1")
			},
			nil,
			[]received{users},
		},
		"SIP.AwaitUser": {
			[]answer{ok(deskBody)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return nil, c.SIP.AwaitUser(ctx, "acme-pbx", "desk-1")
			},
			nil,
			[]received{user},
		},
		"SIP.CreateUser": {
			[]answer{noDomain(), {status: http.StatusCreated, body: deskBody}, ok(deskBody)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.SIP.CreateUser(ctx, "acme-pbx", "desk-1", deskSecret)
			},
			true,
			[]received{user, send("POST", domainPath+"/users", withSecret), user},
		},
		"SIP.SetUserSecret": {
			[]answer{ok(deskBody), {status: http.StatusNoContent}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return nil, c.SIP.SetUserSecret(ctx, "acme-pbx", "desk-1", deskSecret)
			},
			nil,
			[]received{user, send("PUT", userPath, withSecret)},
		},
		"SIP.DeleteUser": {
			[]answer{{status: http.StatusNoContent}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return nil, c.SIP.DeleteUser(ctx, "acme-pbx", "desk-1")
			},
			nil,
			[]received{{Method: "DELETE", Path: userPath, Authorization: basic}},
		},
	}
}

// requestsOf makes calls of a client under a fake clock, against answers in order, and returns the requests and the error.
func requestsOf(t *testing.T, call func(context.Context, *vonage.Client) error, answers ...answer) (log []string, err error) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		vonageAPI, client := newMemoryScript(t, 0, answers...)
		err = call(t.Context(), client)
		log = vonageAPI.log()
	})
	return log, err
}

// sipTrouble is a write that meets a refusal or no response: what it sends until it is certain of the outcome, and what it says.
type sipTrouble struct {
	answers []answer
	call    func(context.Context, *vonage.Client) error
	sent    []string
	is      func(error) bool // nil if there is no error
}

func exists(err error) bool { return errors.Is(err, vonage.ErrExists) }

func unknownOutcome(err error) bool {
	_, unknown := errors.AsType[*vonage.UnknownOutcomeError](err)
	return unknown
}

func TestSIPWritesInTrouble(t *testing.T) {
	t.Parallel()
	create := func(ctx context.Context, c *vonage.Client) error {
		_, err := c.SIP.CreateDomain(ctx, acme())
		return err
	}
	createUser := func(ctx context.Context, c *vonage.Client) error {
		_, err := c.SIP.CreateUser(ctx, "acme-pbx", "desk-1", deskSecret)
		return err
	}
	update := func(ctx context.Context, c *vonage.Client) error { return c.SIP.UpdateDomain(ctx, acme()) }
	remove := func(ctx context.Context, c *vonage.Client) error { return c.SIP.DeleteDomain(ctx, "acme-pbx", false) }
	again := func(ctx context.Context, c *vonage.Client) error {
		return errors.Join(remove(ctx, c), create(ctx, c))
	}
	const getDomain, postDomain, getUser, postUser, getUsers = "GET " + domainPath, "POST /v1/psip", "GET " + userPath, "POST " + domainPath + "/users", "GET " + domainPath + "/users"
	unprocessable := answer{status: http.StatusUnprocessableEntity, body: `{"title":"Unprocessable Entity-Invalid request parameters","detail":"acl"}`}
	unprocessed := func(err error) bool { return err != nil && !exists(err) && !vonage.IsNotFound(err) }
	otherACL := ok(strings.Replace(acmeBody, "203.0.113.7", "192.0.2.1", 1))
	made := answer{status: http.StatusCreated, body: acmeBody}
	for name, test := range map[string]sipTrouble{
		"the name of a domain is taken": {[]answer{ok(acmeBody)}, create, []string{getDomain}, exists},
		"the name is taken in between": {
			[]answer{noDomain(), unprocessable, ok(acmeBody)}, create, []string{getDomain, postDomain, getDomain}, exists,
		},
		"a domain is refused for another reason": {
			[]answer{noDomain(), unprocessable, noDomain()}, create, []string{getDomain, postDomain, getDomain}, unprocessed,
		},
		"a proxy's 404 is no answer": {[]answer{{status: http.StatusNotFound, body: "not found"}}, create, []string{getDomain}, unprocessed},
		"a new domain is not shown at once": {
			[]answer{noDomain(), made, noDomain(), noDomain(), ok(acmeBody)},
			create,
			[]string{getDomain, postDomain, getDomain, getDomain, getDomain},
			nil,
		},
		"the answer to a creation is lost": {
			[]answer{noDomain(), brokenOff, noDomain(), ok(acmeBody)}, create, []string{getDomain, postDomain, getDomain, getDomain}, nil,
		},
		"a creation is lost": {
			[]answer{noDomain(), brokenOff, noDomain(), noDomain(), noDomain(), noDomain()},
			create,
			[]string{getDomain, postDomain, getDomain, getDomain, getDomain, getDomain},
			unknownOutcome,
		},
		"a creation is lost and the name taken": {
			[]answer{noDomain(), brokenOff, otherACL}, create, []string{getDomain, postDomain, getDomain}, unknownOutcome,
		},
		"an update does not make a domain":     {[]answer{noDomain()}, update, []string{getDomain}, vonage.IsNotFound},
		"the answer to an update is lost":      {[]answer{ok(acmeBody), brokenOff, ok(acmeBody)}, update, []string{getDomain, "PUT " + domainPath, getDomain}, nil},
		"an update is lost":                    {[]answer{ok(acmeBody), brokenOff, otherACL}, update, []string{getDomain, "PUT " + domainPath, getDomain}, unknownOutcome},
		"a domain with users is not deleted":   {[]answer{ok(`[` + deskBody + `]`)}, remove, []string{getUsers}, func(err error) bool { return strings.Contains(err.Error(), "desk-1") }},
		"a domain that is gone is not deleted": {[]answer{noDomain(), noDomain()}, remove, []string{getUsers, "DELETE " + domainPath}, nil},
		"the answer to a deletion is lost":     {[]answer{ok(`[]`), brokenOff, noDomain()}, remove, []string{getUsers, "DELETE " + domainPath, getDomain}, nil},
		"a domain is shown after its deletion": {
			[]answer{ok(`[]`), ok(``), ok(acmeBody), noDomain(), made, ok(acmeBody)},
			again,
			[]string{getUsers, "DELETE " + domainPath, getDomain, getDomain, postDomain, getDomain},
			nil,
		},
		"users go with cascade": {
			[]answer{ok(``)},
			func(ctx context.Context, c *vonage.Client) error { return c.SIP.DeleteDomain(ctx, "acme-pbx", true) },
			[]string{"DELETE " + domainPath},
			nil,
		},
		"a user exists":             {[]answer{ok(deskBody)}, createUser, []string{getUser}, exists},
		"a user is made in between": {[]answer{noDomain(), unprocessable, ok(deskBody)}, createUser, []string{getUser, postUser, getUser}, exists},
		"a new domain takes no users yet": {
			[]answer{noDomain(), noDomain(), {status: http.StatusCreated, body: deskBody}, ok(deskBody)}, createUser, []string{getUser, postUser, postUser, getUser}, nil,
		},
		"the answer about a user is lost": {[]answer{noDomain(), brokenOff, ok(deskBody)}, createUser, []string{getUser, postUser, getUser}, nil},
		"a user is lost": {
			[]answer{noDomain(), brokenOff, noDomain(), noDomain(), noDomain(), noDomain()},
			createUser,
			[]string{getUser, postUser, getUser, getUser, getUser, getUser},
			unknownOutcome,
		},
		"a new secret makes no user": {
			[]answer{noDomain()},
			func(ctx context.Context, c *vonage.Client) error {
				return c.SIP.SetUserSecret(ctx, "acme-pbx", "desk-1", deskSecret)
			},
			[]string{getUser},
			vonage.IsNotFound,
		},
		"whether a secret is in force cannot be read": {
			[]answer{ok(deskBody), brokenOff},
			func(ctx context.Context, c *vonage.Client) error {
				return c.SIP.SetUserSecret(ctx, "acme-pbx", "desk-1", deskSecret)
			},
			[]string{getUser, "PUT " + userPath},
			unknownOutcome,
		},
		"users that were deleted are waited for": {
			[]answer{{status: http.StatusNoContent}, ok(`[` + deskBody + `]`), ok(`[]`), ok(``)},
			func(ctx context.Context, c *vonage.Client) error {
				return errors.Join(c.SIP.DeleteUser(ctx, "acme-pbx", "desk-1"), remove(ctx, c))
			},
			[]string{"DELETE " + userPath, getUsers, getUsers, "DELETE " + domainPath},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sent, err := requestsOf(t, test.call, test.answers...)
			if diff := cmp.Diff(test.sent, sent); diff != "" {
				t.Errorf("sent (-want +got):\n%s", diff)
			}
			if test.is == nil && err != nil || test.is != nil && (err == nil || !test.is(err)) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

// TestDomainsShareOneList: however many domains are read, one list has them; a domain that it lacks is asked for by name.
func TestDomainsShareOneList(t *testing.T) {
	t.Parallel()
	sent, err := requestsOf(t, func(ctx context.Context, c *vonage.Client) error {
		for _, name := range []string{"acme-pbx", "broken", "acme-pbx"} {
			_, err := c.SIP.Domain(ctx, name)
			if (name == "broken") != vonage.IsMalformed(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := c.SIP.Domain(ctx, "late"); err != nil {
			return err
		}
		_, err := c.SIP.Domain(ctx, "gone")
		return err
	}, ok(`[`+acmeBody+`,{"name":"broken","acl":{"a":1}}]`), ok(`{"name":"late","acl":[]}`), ok(`[`+acmeBody+`]`), noDomain())
	if !vonage.IsNotFound(err) {
		t.Errorf("the error is %v", err)
	}
	if diff := cmp.Diff([]string{"GET /v1/psip", "GET /v1/psip/late", "GET /v1/psip", "GET /v1/psip/gone"}, sent); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
}

// TestListOfDomainsAtAWrongAddress: a list that does not exist says nothing about a domain.
func TestListOfDomainsAtAWrongAddress(t *testing.T) {
	t.Parallel()
	_, err := requestsOf(t, func(ctx context.Context, c *vonage.Client) error {
		_, err := c.SIP.Domain(ctx, "acme-pbx")
		return err
	}, noDomain())
	if err == nil || vonage.IsNotFound(err) {
		t.Errorf("the error is %v", err)
	}
}

func TestNormalizeCIDR(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"203.0.113.7": "203.0.113.7", "203.0.113.7/32": "203.0.113.7", "203.0.113.7/24": "203.0.113.0/24", "1.2.3.4/0": "0.0.0.0/0",
	} {
		if got, err := vonage.NormalizeCIDR(text); err != nil || got != want {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "203.0.113", "203.0.113.7/33", "2001:db8::1", "2001:db8::/32", "::ffff:203.0.113.7", "example.com", " 203.0.113.7"} {
		if got, err := vonage.NormalizeCIDR(text); err == nil {
			t.Errorf("%q: %q", text, got)
		}
	}
	if !vonage.SameACL([]string{"1.2.3.4/32", "10.0.0.0/8", "1.2.3.4"}, []string{"10.1.1.1/8", "1.2.3.4"}) || vonage.SameACL([]string{"1.2.3.4"}, nil) {
		t.Error("access lists are not compared by meaning")
	}
}

func TestSIPSecrets(t *testing.T) {
	t.Parallel()
	for secret, sound := range map[string]bool{
		deskSecret: true, strings.Repeat("aB3", 21) + "x": true, strings.Repeat("aB3", 22): false, "Abcdefghij1": false, "abcdefghijk1": false,
		"ABCDEFGHIJK1": false, "Abcdefghijkl": false, "": false,
	} {
		err := vonage.CheckSIPSecret(secret)
		if (err == nil) != sound {
			t.Errorf("%q: %v", secret, err)
		}
		if err != nil && secret != "" && strings.Contains(err.Error(), secret) {
			t.Error("the error quotes the secret")
		}
	}
}

// TestDeletedUsersAreForgottenInTime: what was deleted long ago counts as foreign again.
func TestDeletedUsersAreForgottenInTime(t *testing.T) {
	t.Parallel()
	_, err := requestsOf(t, func(ctx context.Context, c *vonage.Client) error {
		if err := c.SIP.DeleteUser(ctx, "acme-pbx", "desk-1"); err != nil {
			return err
		}
		<-time.After(time.Minute) // synctest's fake clock
		return c.SIP.DeleteDomain(ctx, "acme-pbx", false)
	}, answer{status: http.StatusNoContent}, ok(`[`+deskBody+`]`))
	if _, hasUsers := errors.AsType[*vonage.SIPUsersError](err); !hasUsers {
		t.Errorf("the error is %v", err)
	}
}
