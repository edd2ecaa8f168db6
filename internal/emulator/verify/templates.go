// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package verify is the part of the Verify API 2 that keeps templates and their fragments:
// https://developer.vonage.com/api/verify.v2. Verification requests are missing.
package verify

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/settling"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// mostTemplates is how many templates an account can have.
const mostTemplates = 10

// API is the Verify API of an account, as far as it is about templates.
type API struct {
	*platform.Account

	templates settling.Store             // by id
	fragments map[string]*settling.Store // by id of the template, then by id
}

// New returns the API of an account without templates.
func New(account *platform.Account) *API {
	return &API{Account: account, fragments: map[string]*settling.Store{}}
}

// Save saves the templates and their fragments: see platform.Server.Save.
func (a *API) Save() (restore func()) {
	templates, fragments := a.templates.Copy(), settling.CopyAll(a.fragments)
	return func() { a.templates, a.fragments = *templates.Copy(), settling.CopyAll(fragments) }
}

// Routes serves the API's paths, and the templates of the control API.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{Name: "Verify templates", Guard: a.guard, WrongVerb: platform.WrongVerb, Admit: platform.AdmitJSON}
	const path = "/v2/verify/templates"
	api.Serve(paths, path, platform.Operations{http.MethodGet: a.listTemplates, http.MethodPost: a.createTemplate})
	api.Serve(paths, path+"/{template}", platform.Operations{
		http.MethodGet: a.ofTemplate(a.getTemplate), http.MethodPatch: a.ofTemplate(a.changeTemplate), http.MethodDelete: a.ofTemplate(a.deleteTemplate),
	})
	api.Serve(paths, path+"/{template}/template_fragments", platform.Operations{
		http.MethodGet: a.ofTemplate(a.listFragments), http.MethodPost: a.ofTemplate(a.createFragment),
	})
	api.Serve(paths, path+"/{template}/template_fragments/{fragment}", platform.Operations{
		http.MethodGet: a.ofFragment(a.getFragment), http.MethodPatch: a.ofFragment(a.changeFragment), http.MethodDelete: a.ofFragment(a.deleteFragment),
	})
	paths.Keep("verify_templates", "verify-templates/{id}", a)
}

// guard refuses accounts without money for every operation, and those without the feature for all but reads.
func (a *API) guard(r *platform.Request) (platform.Response, bool) {
	if !a.AuthenticateEither(r) {
		return platform.Problem(http.StatusUnauthorized, "#unauthorized", "Unauthorized", "You did not provide correct credentials."), false
	}
	a.Lock()
	broke := a.Payer().Purse.Available() <= 0
	a.Unlock()
	if broke {
		return platform.Problem(http.StatusPaymentRequired, "#low-balance", "Low balance", "This request could not be performed due to your account balance being low"), false
	}
	if a.Variant.TemplatesNotEnabled && r.Method != http.MethodGet {
		return platform.Problem(http.StatusForbidden, "#forbidden", "Forbidden", "Templates management is not enabled for your account"), false
	}
	return platform.Response{}, true
}

func conflict(kind, detail string) platform.Response {
	return platform.Problem(http.StatusConflict, "/verify-v2#"+kind, "Conflict", detail)
}

// read decodes a body of a known shape.
func read(body []byte, expected shape.Object) (document.Object, platform.Response, bool) {
	sent, err := document.ParseObject(body)
	if err != nil {
		return nil, platform.InvalidJSON(err.Error()), false
	}
	var checked shape.Checker
	expected.Check(&checked, "", sent, nil)
	if checked.UnknownName != "" {
		checked.Refuse(checked.UnknownName, "is not allowed")
	}
	if len(checked.Invalid) > 0 {
		return nil, invalid(checked.Invalid...), false
	}
	return sent, platform.Response{}, true
}

func invalid(parameters ...shape.Parameter) platform.Response {
	return platform.Problem(http.StatusUnprocessableEntity, "#invalid-params", "Invalid params", "The value of one or more parameters is invalid.", parameters...)
}

// until is when reads see what is written now; zero for at once.
func (a *API) until() time.Time {
	if a.Variant.Settling == 0 {
		return time.Time{}
	}
	return a.Now().Add(a.Variant.Settling)
}

const (
	defaultPageSize = 10
	largestPageSize = 100
)

// page responds with one page of documents.
func page(r *platform.Request, name string, documents []document.Object) platform.Response {
	query := r.URL.Query()
	size, sizeFits := platform.QueryInteger(query, "page_size", defaultPageSize, 1, largestPageSize)
	number, numberFits := platform.QueryInteger(query, "page", 1, 1, 1<<30)
	switch {
	case !sizeFits:
		return invalid(shape.Parameter{Name: "page_size", Reason: fmt.Sprintf("must be between 1 and %d", largestPageSize)})
	case !numberFits:
		return invalid(shape.Parameter{Name: "page", Reason: "must be 1 or more"})
	}
	pages := (len(documents) + size - 1) / size
	link := func(number int) document.Object {
		return document.Object{"href": fmt.Sprintf("%s%s?page=%d&page_size=%d", host, r.URL.Path, number, size)}
	}
	links := document.Object{"self": link(number), "first": link(1), "last": link(max(pages, 1))}
	if number < pages {
		links["next"] = link(number + 1)
	}
	if number > 1 {
		links["prev"] = link(number - 1)
	}
	from := min((number-1)*size, len(documents))
	return platform.Response{Status: http.StatusOK, Body: document.Object{
		"page_size": size, "page": number, "total_pages": pages, "total_items": len(documents), "_links": links,
		"_embedded": document.Object{name: documents[from:min(from+size, len(documents))]},
	}}
}

// host is that of the links, which are absolute.
const host = "https://api.nexmo.com"

// ofTemplate wraps an operation on the template in the path, as reads see it. The operation is called with the lock held.
func (a *API) ofTemplate(operation func(r *platform.Request, template document.Object) platform.Response) platform.Endpoint {
	return func(r *platform.Request) platform.Response {
		a.Lock()
		defer a.Unlock()
		template, known := a.templates.Seen(r.PathValue("template"), a.Now())
		if !known {
			return noTemplate(r.PathValue("template"))
		}
		return operation(r, template)
	}
}

func noTemplate(id string) platform.Response {
	return platform.Problem(http.StatusNotFound, "/verify-v2#template-not-found", "Not Found", "Template '"+id+"' was not found")
}

func (a *API) listTemplates(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	return page(r, "templates", a.templates.All(a.Now()))
}

var templateName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// createTemplate makes a template, which may become the default: the guide
// https://developer.vonage.com/en/verify/guides/custom-templates says in one place that the first one does, and in another
// that every one does.
func (a *API) createTemplate(r *platform.Request) platform.Response {
	sent, refusal, ok := read(r.Body, shape.Object{{Name: "name", Shape: shape.Matching(templateName), Required: true}})
	if !ok {
		return refusal
	}
	a.Lock()
	defer a.Unlock()
	if a.nameTaken(document.Text(sent, "name"), "") {
		return conflict("template-exists", "A template with this name exists already")
	}
	if len(a.templates.Keys()) >= mostTemplates {
		return platform.Problem(cmp.Or(a.Variant.MaxTemplatesStatus, http.StatusForbidden), "/verify-v2#max-templates", "Too many templates",
			"The account has the maximum number of templates")
	}
	id := uuid.NewString()
	template := document.Object{
		"template_id": id, "name": sent["name"], "is_default": false,
		"_links": document.Object{
			"self":      document.Object{"href": host + "/v2/verify/templates/" + id},
			"fragments": document.Object{"href": host + "/v2/verify/templates/" + id + "/template_fragments"},
		},
	}
	if a.Variant.TemplateDefault == "every" || a.Variant.TemplateDefault != "none" && len(a.templates.Keys()) == 0 {
		template["is_default"] = true
	}
	a.put(template)
	return platform.Response{Status: http.StatusCreated, Body: template}
}

func (a *API) nameTaken(name, except string) bool {
	for _, id := range a.templates.Keys() {
		if other, _ := a.templates.Current(id); id != except && document.Text(other, "name") == name {
			return true
		}
	}
	return false
}

// put stores a template. If it is the default, no other one is.
func (a *API) put(template document.Object) {
	id := document.Text(template, "template_id")
	for _, other := range a.templates.Keys() {
		if stored, _ := a.templates.Current(other); other != id && document.Flag(stored, "is_default") && document.Flag(template, "is_default") {
			former := document.Copy(stored)
			former["is_default"] = false
			a.templates.Put(other, former, a.until())
		}
	}
	a.templates.Put(id, template, a.until())
}

func (a *API) getTemplate(_ *platform.Request, template document.Object) platform.Response {
	return platform.Response{Status: http.StatusOK, Body: template}
}

func (a *API) changeTemplate(r *platform.Request, _ document.Object) platform.Response {
	sent, refusal, ok := read(r.Body, shape.Object{
		{Name: "name", Shape: shape.Matching(templateName)},
		{Name: "is_default", Shape: shape.Boolean{}},
	})
	if !ok {
		return refusal
	}
	id := r.PathValue("template")
	current, known := a.templates.Current(id)
	if !known {
		return noTemplate(id)
	}
	if a.nameTaken(document.Text(sent, "name"), id) {
		return conflict("template-exists", "A template with this name exists already")
	}
	changed := document.Copy(current)
	for name, value := range sent {
		if name == "is_default" && value == false && a.Variant.OnlyDefaultStays {
			continue
		}
		changed[name] = value
	}
	a.put(changed)
	return platform.Response{Status: http.StatusOK, Body: changed}
}

func (a *API) deleteTemplate(r *platform.Request, _ document.Object) platform.Response {
	id := r.PathValue("template")
	if _, known := a.templates.Current(id); !known {
		return noTemplate(id)
	}
	if len(a.fragmentsOf(id).Keys()) > 0 {
		return conflict("not-empty-template", "The template has fragments")
	}
	a.templates.Put(id, nil, a.until())
	return platform.Response{Status: http.StatusNoContent}
}
