// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package verify

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/settling"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

func (a *API) fragmentsOf(template string) *settling.Store {
	if a.fragments[template] == nil {
		a.fragments[template] = &settling.Store{}
	}
	return a.fragments[template]
}

// ofFragment wraps an operation on the fragment in the path, as reads see it. The operation is called with the lock held.
func (a *API) ofFragment(operation func(r *platform.Request, fragment document.Object) platform.Response) platform.Endpoint {
	return a.ofTemplate(func(r *platform.Request, _ document.Object) platform.Response {
		fragment, known := a.fragmentsOf(r.PathValue("template")).Seen(r.PathValue("fragment"), a.Now())
		if !known {
			return noFragment(r.PathValue("fragment"))
		}
		return operation(r, fragment)
	})
}

func noFragment(id string) platform.Response {
	return platform.Problem(http.StatusNotFound, "/verify-v2#template-fragment-not-found", "Not Found", "Template fragment '"+id+"' was not found")
}

func (a *API) listFragments(r *platform.Request, _ document.Object) platform.Response {
	return page(r, "template_fragments", a.fragmentsOf(r.PathValue("template")).All(a.Now()))
}

// locale accepts what looks like a language and a region: en-us.
var (
	locale   = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	variable = regexp.MustCompile(`\$\{[^}]*\}`)
)

// texts accepts the text of a fragment, which has to show the code. Which other variables there are, the guide
// https://developer.vonage.com/en/verify/guides/custom-templates says, but not what becomes of an unknown one.
type texts struct{ refuseUnknown bool }

// Check implements shape.Shape.
func (s texts) Check(c *shape.Checker, name string, value, _ any) {
	text, ok := value.(string)
	if !ok || !strings.Contains(text, "${code}") {
		c.Refuse(name, "must contain ${code}")
		return
	}
	for _, used := range variable.FindAllString(text, -1) {
		if s.refuseUnknown && !slices.Contains([]string{"${code}", "${brand}", "${time-limit}", "${time-limit-unit}"}, used) {
			c.Refuse(name, "must not contain "+used)
		}
	}
}

func (a *API) channels() shape.Enum {
	if a.Variant.MoreChannels {
		return shape.Enum{"sms", "voice", "rcs", "email"}
	}
	return shape.Enum{"sms", "voice"}
}

func (a *API) createFragment(r *platform.Request, _ document.Object) platform.Response {
	sent, refusal, ok := read(r.Body, shape.Object{
		{Name: "channel", Shape: a.channels(), Required: true},
		{Name: "locale", Shape: shape.Matching(locale), Required: true},
		{Name: "text", Shape: texts{a.Variant.UnknownVariablesRefused}, Required: true},
	})
	if !ok {
		return refusal
	}
	template, language := r.PathValue("template"), document.Text(sent, "locale")
	if lowered := strings.ToLower(language); lowered != language {
		switch a.Variant.UpperLocale {
		case "refused":
			return invalid(shape.Parameter{Name: "locale", Reason: "must be in lower case"})
		case "kept":
		default:
			sent["locale"] = lowered
		}
	}
	if _, known := a.templates.Current(template); !known {
		return noTemplate(template)
	}
	if a.fragmentExists(template, sent) {
		return conflict("fragment-exists", "The template has a fragment for this channel and locale already")
	}
	id, now := uuid.NewString(), timestamp(a.Now())
	fragment := document.Object{
		"template_fragment_id": id, "channel": sent["channel"], "locale": sent["locale"], "text": sent["text"],
		"date_created": now, "date_updated": now,
		"_links": document.Object{
			"self":     document.Object{"href": host + "/v2/verify/templates/" + template + "/template_fragments/" + id},
			"template": document.Object{"href": host + "/v2/verify/templates/" + template},
		},
	}
	a.fragmentsOf(template).Put(id, fragment, a.until())
	return platform.Response{Status: http.StatusCreated, Body: fragment}
}

// timestamp has up to eight decimals, as in captured responses.
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.99999999Z") }

func (a *API) fragmentExists(template string, like document.Object) bool {
	for _, id := range a.fragmentsOf(template).Keys() {
		other, _ := a.fragmentsOf(template).Current(id)
		if other["channel"] == like["channel"] && other["locale"] == like["locale"] {
			return true
		}
	}
	return false
}

func (a *API) getFragment(_ *platform.Request, fragment document.Object) platform.Response {
	return platform.Response{Status: http.StatusOK, Body: fragment}
}

// changeFragment changes the text; channel and locale stay.
func (a *API) changeFragment(r *platform.Request, _ document.Object) platform.Response {
	sent, refusal, ok := read(r.Body, shape.Object{{Name: "text", Shape: texts{a.Variant.UnknownVariablesRefused}, Required: true}})
	if !ok {
		return refusal
	}
	fragments, id := a.fragmentsOf(r.PathValue("template")), r.PathValue("fragment")
	current, known := fragments.Current(id)
	if !known {
		return noFragment(id)
	}
	changed := document.Copy(current)
	changed["text"], changed["date_updated"] = sent["text"], timestamp(a.Now())
	fragments.Put(id, changed, a.until())
	return platform.Response{Status: http.StatusOK, Body: changed}
}

func (a *API) deleteFragment(r *platform.Request, _ document.Object) platform.Response {
	fragments, id := a.fragmentsOf(r.PathValue("template")), r.PathValue("fragment")
	if _, known := fragments.Current(id); !known {
		return noFragment(id)
	}
	fragments.Put(id, nil, a.until())
	return platform.Response{Status: http.StatusNoContent}
}

// Seed stores a template as given, without checks, with its fragments in "fragments": {ID: {…}}. Only the ids are set.
// Without "fragments", those of a template that it replaces stay.
func (a *API) Seed(id string, doc any) error {
	template, err := document.From(doc)
	if err != nil {
		return err
	}
	fragments := document.ObjectAt(template, "fragments")
	given := template["fragments"] != nil
	if given && fragments == nil {
		return errors.New("fragments is no object")
	}
	for fragment, stored := range fragments {
		if document.ObjectAt(stored) == nil {
			return fmt.Errorf("the fragment %s is no object", fragment)
		}
	}
	delete(template, "fragments")
	template["template_id"] = id
	a.Lock()
	defer a.Unlock()
	a.templates.Put(id, template, time.Time{})
	if given {
		delete(a.fragments, id)
	}
	for fragment, stored := range fragments {
		doc := document.ObjectAt(stored)
		doc["template_fragment_id"] = fragment
		a.fragmentsOf(id).Put(fragment, doc, time.Time{})
	}
	return nil
}

// Get returns the stored template with its fragments.
func (a *API) Get(id string) (map[string]any, bool) {
	a.Lock()
	defer a.Unlock()
	template, known := a.templates.Current(id)
	if !known {
		return nil, false
	}
	return a.whole(id, template), true
}

func (a *API) whole(id string, template document.Object) document.Object {
	found, fragments := document.Copy(template), document.Object{}
	for _, key := range a.fragmentsOf(id).Keys() {
		fragment, _ := a.fragmentsOf(id).Current(key)
		fragments[key] = document.Copy(fragment)
	}
	found["fragments"] = fragments
	return found
}

// Remove removes a template with its fragments.
func (a *API) Remove(id string) bool {
	a.Lock()
	defer a.Unlock()
	_, known := a.templates.Current(id)
	if known {
		a.templates.Put(id, nil, time.Time{})
		delete(a.fragments, id)
	}
	return known
}

// All returns the stored templates by id.
func (a *API) All() map[string]map[string]any {
	a.Lock()
	defer a.Unlock()
	all := map[string]map[string]any{}
	for _, id := range a.templates.Keys() {
		template, _ := a.templates.Current(id)
		all[id] = a.whole(id, template)
	}
	return all
}
