// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package sip is the Programmable SIP API 1.2.0, https://developer.vonage.com/api/psip: domains, their users and the
// endpoints that have registered.
package sip

import (
	"cmp"
	"maps"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/settling"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// Names are the names of the domains of all accounts, and whose they are: a name becomes part of a host's name.
type Names map[string]*platform.Account

// Save saves the names: see platform.Server.Save.
func (n Names) Save() (restore func()) {
	saved := maps.Clone(n)
	return func() {
		clear(n)
		maps.Copy(n, saved)
	}
}

// API is the Programmable SIP API of an account.
type API struct {
	*platform.Account

	names   Names
	domains settling.Store             // by name
	users   map[string]*settling.Store // by name of the domain, then by key
}

// New returns the API of an account without domains.
func New(account *platform.Account, names Names) *API {
	return &API{Account: account, names: names, users: map[string]*settling.Store{}}
}

// Save saves the domains and their users: see platform.Server.Save.
func (a *API) Save() (restore func()) {
	domains, users := a.domains.Copy(), settling.CopyAll(a.users)
	return func() { a.domains, a.users = *domains.Copy(), settling.CopyAll(users) }
}

// Routes serves the API's paths, and the domains of the control API.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{Name: "Programmable SIP", Guard: a.guard, WrongVerb: platform.WrongVerb, Admit: platform.AdmitJSON}
	api.Serve(paths, "/v1/psip", platform.Operations{http.MethodGet: a.listDomains, http.MethodPost: a.createDomain})
	api.Serve(paths, "/v1/psip/{domain}", platform.Operations{
		http.MethodGet: a.ofDomain(a.getDomain), http.MethodPut: a.putDomain, http.MethodDelete: a.ofDomain(a.deleteDomain),
	})
	api.Serve(paths, "/v1/psip/{domain}/endpoints", platform.Operations{http.MethodGet: a.ofDomain(a.listEndpoints)})
	api.Serve(paths, "/v1/psip/{domain}/users", platform.Operations{
		http.MethodGet: a.ofDomain(a.listUsers), http.MethodPost: a.ofDomain(a.createUser),
	})
	api.Serve(paths, "/v1/psip/{domain}/users/{user}", platform.Operations{
		http.MethodGet: a.ofDomain(a.getUser), http.MethodPut: a.ofDomain(a.putUser), http.MethodDelete: a.ofDomain(a.deleteUser),
	})
	paths.Keep("sip_domains", "sip/{id}", a)
}

// refused is a problem of this API: https://github.com/laurenannmarie/api-specification, definitions/psip.yml.
func refused(status int, kind, title, detail string) platform.Response {
	return platform.Response{Status: status, Body: document.Object{
		"type": "https://www.nexmo.com/messages/Errors#" + kind, "title": title, "detail": detail, "instance": platform.RandomHex(16),
	}}
}

func (a *API) guard(r *platform.Request) (platform.Response, bool) {
	_, ok := a.AuthenticateBasic(r)
	return refused(http.StatusUnauthorized, "Unauthorized", "Invalid credentials supplied", "You did not provide correct credentials."), ok
}

func notJSON(err error) platform.Response {
	return refused(http.StatusBadRequest, "InvalidParams", "The request body did not contain valid JSON", err.Error())
}

func noDomain() platform.Response {
	return refused(http.StatusNotFound, "NotFound", "Invalid domain selected", "The domain does not exist, or you do not have access")
}

// unprocessable has no type.
func unprocessable(parameters []shape.Parameter) platform.Response {
	reasons := make([]string, len(parameters))
	for i, p := range parameters {
		reasons[i] = p.Name + " " + p.Reason
	}
	return platform.Response{Status: http.StatusUnprocessableEntity, Body: document.Object{
		"title": "Unprocessable Entity-Invalid request parameters", "detail": strings.Join(reasons, "; "), "instance": platform.RandomHex(16),
	}}
}

// read decodes a body of a known shape. What is stored is accepted back.
func read(body []byte, expected shape.Object, stored document.Object) (document.Object, platform.Response, bool) {
	sent, err := document.ParseObject(body)
	if err != nil {
		return nil, notJSON(err), false
	}
	var checked shape.Checker
	expected.Check(&checked, "", sent, stored)
	if checked.UnknownName != "" {
		checked.Refuse(checked.UnknownName, "is not allowed")
	}
	if len(checked.Invalid) > 0 {
		return nil, unprocessable(checked.Invalid), false
	}
	return sent, platform.Response{}, true
}

// acl accepts one to sixteen IPv4 addresses and networks.
type acl struct{}

// Check implements shape.Shape.
func (acl) Check(c *shape.Checker, name string, value, _ any) {
	items, ok := value.([]any)
	if !ok || len(items) == 0 || len(items) > 16 {
		c.Refuse(name, "must be a list of 1 to 16 addresses")
		return
	}
	for _, item := range items {
		text, _ := item.(string)
		address, err := netip.ParseAddr(text)
		if network, parsed := netip.ParsePrefix(text); parsed == nil {
			address, err = network.Addr(), nil
		}
		if err != nil || !address.Is4() {
			c.Refuse(name, "has something else than an IPv4 address or network")
		}
	}
}

var (
	domainName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{3,30}[a-z0-9]$`)
	uuidText   = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
)

// readDomain decodes a domain; stored is the one to be replaced, nil for a new one. Only trunks can do without an application; that they can, and their trunk_name, is not in
// the specification.
func readDomain(body []byte, stored document.Object) (document.Object, platform.Response, bool) {
	encryption := shape.Enum{"always", "never", "optional"}
	sent, refusal, ok := read(body, shape.Object{
		{Name: "name", Shape: shape.Matching(domainName), Required: true},
		{Name: "application_id", Shape: shape.Matching(uuidText)},
		{Name: "acl", Shape: acl{}, Required: true},
		{Name: "tls", Shape: encryption},
		{Name: "srtp", Shape: encryption},
		{Name: "digest_auth", Shape: shape.Boolean{}},
		{Name: "domain_type", Shape: shape.Enum{"app", "trunk"}},
		{Name: "trunk_name", Shape: shape.Text{}},
	}, stored)
	if !ok {
		return nil, refusal, false
	}
	_, linked := sent["application_id"]
	if !linked && document.Text(sent, "domain_type") != "trunk" {
		return nil, unprocessable([]shape.Parameter{{Name: "application_id", Reason: "is required"}}), false
	}
	document.Fill(sent, "tls", "optional")
	document.Fill(sent, "srtp", "optional")
	document.Fill(sent, "digest_auth", false)
	document.Fill(sent, "domain_type", "app")
	return sent, platform.Response{}, true
}

// until is when reads see what is written now; zero for at once.
func (a *API) until() time.Time {
	if a.Variant.Settling == 0 {
		return time.Time{}
	}
	return a.Now().Add(a.Variant.Settling)
}

// ofDomain wraps an operation on the domain in the path, as reads see it. The operation is called with the lock held.
func (a *API) ofDomain(operation func(r *platform.Request, domain document.Object) platform.Response) platform.Endpoint {
	return func(r *platform.Request) platform.Response {
		a.Lock()
		defer a.Unlock()
		domain, known := a.domains.Seen(r.PathValue("domain"), a.Now())
		if !known {
			return noDomain()
		}
		return operation(r, domain)
	}
}

// listDomains has no pages.
func (a *API) listDomains(*platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	return platform.Response{Status: http.StatusOK, Body: a.domains.All(a.Now())}
}

// createDomain refuses a name that is in use, by whichever account.
func (a *API) createDomain(r *platform.Request) platform.Response {
	sent, refusal, ok := readDomain(r.Body, nil)
	if !ok {
		return refusal
	}
	a.Lock()
	defer a.Unlock()
	name := document.Text(sent, "name")
	if a.names[name] != nil {
		return a.nameTaken(name)
	}
	a.put(name, sent)
	return platform.Response{Status: http.StatusCreated, Body: sent}
}

// nameTaken is not in the specification, which has no 409.
func (a *API) nameTaken(name string) platform.Response {
	detail := "The domain " + name + " is in use"
	if a.Variant.SIPDuplicateStatus == http.StatusUnprocessableEntity {
		return unprocessable([]shape.Parameter{{Name: "name", Reason: "is in use"}})
	}
	return refused(http.StatusBadRequest, "InvalidParams", "Invalid domain name", detail)
}

func (a *API) put(name string, domain document.Object) {
	a.names[name] = a.Account
	a.domains.Put(name, domain, a.until())
}

func (a *API) getDomain(_ *platform.Request, domain document.Object) platform.Response {
	return platform.Response{Status: http.StatusOK, Body: domain}
}

// putDomain replaces a domain, or makes it, as the operation's description says.
func (a *API) putDomain(r *platform.Request) platform.Response {
	name := r.PathValue("domain")
	a.Lock()
	defer a.Unlock()
	stored, known := a.domains.Current(name)
	if !known && a.Variant.SIPPutMissingStatus == http.StatusNotFound {
		return noDomain()
	}
	sent, refusal, ok := readDomain(r.Body, stored)
	switch {
	case !ok:
		return refusal
	case document.Text(sent, "name") != name:
		return unprocessable([]shape.Parameter{{Name: "name", Reason: "cannot be changed"}})
	case !known && a.names[name] != nil:
		return a.nameTaken(name)
	}
	a.put(name, sent)
	return platform.Response{Status: cmp.Or(a.Variant.SIPPutStatus, http.StatusCreated), Body: sent}
}

// deleteDomain removes the users too if it is asked to. What it does to them otherwise is not documented.
func (a *API) deleteDomain(r *platform.Request, domain document.Object) platform.Response {
	name := document.Text(domain, "name")
	users := a.usersOf(name)
	cascade := r.URL.Query().Get("cascade") == "true"
	if !cascade && len(users.Keys()) > 0 && !a.Variant.SIPDeleteOrphans {
		return refused(http.StatusBadRequest, "InvalidParams", "Domain has users", "Delete the users of the domain first")
	}
	if cascade {
		for _, key := range users.Keys() {
			users.Put(key, nil, a.until())
		}
	}
	a.remove(name, a.until())
	return a.deleted()
}

func (a *API) remove(name string, until time.Time) bool {
	_, known := a.domains.Current(name)
	if known {
		delete(a.names, name)
		a.domains.Put(name, nil, until)
	}
	return known
}

func (a *API) deleted() platform.Response {
	return platform.Response{Status: cmp.Or(a.Variant.SIPDeleteStatus, http.StatusOK)}
}
