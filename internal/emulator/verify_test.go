// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

const (
	templates = "/v2/verify/templates"
	english   = `{"channel":"sms","locale":"en-us","text":"Your code is ${code}"}`
)

// template creates a Verify template and returns its path.
func (a account) template(name string) string {
	a.t.Helper()
	return templates + "/" + text(a.send("POST", templates, `{"name":"`+name+`"}`).want(a.t, 201).json, "template_id")
}

// wantProblem checks the status and the end of the type of a refusal.
func (r reply) wantProblem(t *testing.T, status int, kind string) {
	t.Helper()
	if r.status != status || !strings.HasSuffix(text(r.json, "type"), kind) {
		t.Errorf("HTTP status %d, want %d %s: %s", r.status, status, kind, r.text)
	}
}

func TestVerifyTemplate(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	made := a.send("POST", templates, `{"name":"First_1"}`).want(t, 201).json
	path := templates + "/" + text(made, "template_id")
	want := document{
		"template_id": text(made, "template_id"), "name": "First_1", "is_default": true, "_links": document{
			"self": document{"href": "https://api.nexmo.com" + path}, "fragments": document{"href": "https://api.nexmo.com" + path + "/template_fragments"},
		},
	}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	second := a.template("Second")
	if a.get(second).want(t, 200).json["is_default"] != false {
		t.Error("the second template is the default")
	}
	a.send("PATCH", second, `{"is_default":true}`).want(t, 200)
	want["is_default"] = false
	if diff := cmp.Diff(want, a.get(path).want(t, 200).json); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	a.send("PATCH", second, `{"name":"Third","is_default":false}`).want(t, 200)
	if got := a.get(second).want(t, 200).json; got["name"] != "Third" || got["is_default"] != false {
		t.Errorf("changed: %v", got)
	}
	a.do("DELETE", path, nil).want(t, 204)
	a.get(path).wantProblem(t, 404, "/verify-v2#template-not-found")
	a.do("DELETE", path, nil).wantProblem(t, 404, "/verify-v2#template-not-found")
}

// Basic credentials and tokens are accepted alike.
func TestVerifySignIn(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.seedKeys()
	a.get(templates, as(t, applicationID)).want(t, 200)
	a.get(templates, without("Authorization")).wantProblem(t, 401, "#unauthorized")
	a.get(templates, bearer("nonsense")).wantProblem(t, 401, "#unauthorized")
	b := a.other("other123")
	b.template("theirs")
	if n := len(a.Documents("verify_templates").All()); n != 0 || len(b.Documents("verify_templates").All()) != 1 {
		t.Errorf("%d templates", n)
	}
	seed(t, a.SetBalance("0"))
	a.get(templates).wantProblem(t, http.StatusPaymentRequired, "#low-balance")
}

func TestVerifyTemplateRefusals(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	first := a.template("taken")
	second := a.template("other")
	for body, kind := range map[string]string{
		`{}`: "#invalid-params", `{"name":""}`: "#invalid-params", `{"name":"with space"}`: "#invalid-params",
		`{"name":"` + strings.Repeat("n", 65) + `"}`: "#invalid-params", `{"name":"n","is_default":true}`: "#invalid-params",
	} {
		a.send("POST", templates, body).wantProblem(t, 422, kind)
	}
	a.send("POST", templates, `{"name":"taken"}`).wantProblem(t, 409, "/verify-v2#template-exists")
	a.send("PATCH", second, `{"name":"taken"}`).wantProblem(t, 409, "/verify-v2#template-exists")
	a.send("PATCH", first, `{"name":"taken"}`).want(t, 200)
	a.send("PATCH", first, `{"is_default":"yes"}`).wantProblem(t, 422, "#invalid-params")
	a.send("POST", templates, `{`).wantProblem(t, 400, "#invalid-json")
	a.send("PUT", first, `{}`).want(t, 405)
	a.get(templates+"?page_size=0").wantProblem(t, 422, "#invalid-params")
	a.get(templates+"?page=x").wantProblem(t, 422, "#invalid-params")
	for i := range 8 {
		a.template(fmt.Sprintf("n%d", i))
	}
	a.send("POST", templates, `{"name":"eleventh"}`).wantProblem(t, 403, "/verify-v2#max-templates")
}

func TestVerifyTemplatePages(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	for _, name := range []string{"a", "b", "c"} {
		a.template(name)
	}
	page := a.get(templates+"?page_size=2&page=2").want(t, 200).json
	found, _ := at(page, "_embedded", "templates").([]any)
	if len(found) != 1 || text(found[0], "name") != "c" || page["total_pages"] != 2. || page["total_items"] != 3. || page["page"] != 2. ||
		at(page, "_links", "next") != nil || !strings.HasSuffix(text(page, "_links", "prev", "href"), templates+"?page=1&page_size=2") {
		t.Errorf("page %v", page)
	}
	if found, _ := at(a.get(templates).want(t, 200).json, "_embedded", "templates").([]any); len(found) != 3 {
		t.Errorf("templates %v", found)
	}
}

func TestVerifyFragments(t *testing.T) {
	t.Parallel()
	now := newClock()
	now.advance(123456789)
	a := newAccount(t, emulator.Options{Now: now.Now})
	template := a.template("n")
	path := template + "/template_fragments"
	made := a.send("POST", path, `{"channel":"sms","locale":"en-US","text":"Your ${brand} code is ${code}"}`).want(t, 201).json
	one := path + "/" + text(made, "template_fragment_id")
	want := document{
		"template_fragment_id": text(made, "template_fragment_id"), "channel": "sms", "locale": "en-us", "text": "Your ${brand} code is ${code}",
		"date_created": "2026-08-01T12:00:00.12345678Z", "date_updated": "2026-08-01T12:00:00.12345678Z",
		"_links": document{"self": document{"href": "https://api.nexmo.com" + one}, "template": document{"href": "https://api.nexmo.com" + template}},
	}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	now.advance(time.Second)
	want["text"], want["date_updated"] = "${code}", "2026-08-01T12:00:01.12345678Z"
	a.send("PATCH", one, `{"text":"${code}"}`).want(t, 200)
	if diff := cmp.Diff(want, a.get(one).want(t, 200).json); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	a.send("POST", path, english).wantProblem(t, 409, "/verify-v2#fragment-exists")
	a.send("POST", path, `{"channel":"voice","locale":"en-us","text":"${code}"}`).want(t, 201)
	if found, _ := at(a.get(path).want(t, 200).json, "_embedded", "template_fragments").([]any); len(found) != 2 {
		t.Errorf("fragments %v", found)
	}
	a.do("DELETE", template, nil).wantProblem(t, 409, "/verify-v2#not-empty-template")
	for body, complaint := range map[string]string{
		`{"channel":"sms","locale":"de-de","text":"Your code"}`:      "text",
		`{"channel":"pigeon","locale":"de-de","text":"${code}"}`:     "channel",
		`{"channel":"rcs","locale":"de-de","text":"${code}"}`:        "channel",
		`{"channel":"sms","locale":"german","text":"${code}","x":1}`: `"x"`,
		`{"channel":"sms","locale":"?","text":"${code}"}`:            "locale",
		`{"channel":"sms","text":"${code}"}`:                         "locale",
	} {
		if got := a.send("POST", path, body).want(t, 422).text; !strings.Contains(got, complaint) {
			t.Errorf("%s: %s", body, got)
		}
	}
	a.send("PATCH", one, `{"text":"${code}","locale":"de-de"}`).want(t, 422)
	a.send("PATCH", one, `{}`).want(t, 422)
	a.do("DELETE", one, nil).want(t, 204)
	a.get(one).wantProblem(t, 404, "/verify-v2#template-fragment-not-found")
	a.send("PATCH", one, `{"text":"${code}"}`).wantProblem(t, 404, "/verify-v2#template-fragment-not-found")
	a.send("POST", templates+"/nothing/template_fragments", english).wantProblem(t, 404, "/verify-v2#template-not-found")
}

func TestVerifyVariants(t *testing.T) {
	t.Parallel()
	with := func(variant emulator.Variant) account { return newAccount(t, emulator.Options{Variant: variant}) }
	defaults := func(a account) (names []string) {
		for _, path := range []string{a.template("a"), a.template("b")} {
			if got := a.get(path).json; got["is_default"] == true {
				names = append(names, text(got, "name"))
			}
		}
		return names
	}
	for which, want := range map[string][]string{"": {"a"}, "first": {"a"}, "every": {"b"}, "none": nil} {
		if got := defaults(with(emulator.Variant{TemplateDefault: which})); !cmp.Equal(got, want) {
			t.Errorf("%s: the default is %v", which, got)
		}
	}
	a := with(emulator.Variant{OnlyDefaultStays: true})
	if got := a.send("PATCH", a.template("a"), `{"is_default":false}`).want(t, 200).json; got["is_default"] != true {
		t.Errorf("default: %v", got)
	}

	a = with(emulator.Variant{TemplatesNotEnabled: true})
	seed(t, a.Documents("verify_templates").Seed("T", document{"name": "n"}))
	a.get(templates+"/T").want(t, 200)
	for _, refused := range []reply{
		a.send("POST", templates, `{"name":"m"}`), a.send("PATCH", templates+"/T", `{"name":"m"}`), a.do("DELETE", templates+"/T", nil),
		a.send("POST", templates+"/T/template_fragments", english),
	} {
		refused.wantProblem(t, 403, "#forbidden")
	}
	a = with(emulator.Variant{MaxTemplatesStatus: 422})
	for i := range 10 {
		a.template(fmt.Sprintf("n%d", i))
	}
	a.send("POST", templates, `{"name":"eleventh"}`).wantProblem(t, 422, "#max-templates")

	upper := `{"channel":"rcs","locale":"en-GB","text":"${code} ${colour}"}`
	a = with(emulator.Variant{UpperLocale: "kept", MoreChannels: true})
	if got := a.send("POST", a.template("n")+"/template_fragments", upper).want(t, 201).json; got["locale"] != "en-GB" {
		t.Errorf("locale %v", got["locale"])
	}
	a = with(emulator.Variant{UpperLocale: "refused", MoreChannels: true, UnknownVariablesRefused: true})
	path := a.template("n") + "/template_fragments"
	if got := a.send("POST", path, strings.Replace(upper, " ${colour}", "", 1)).want(t, 422).text; !strings.Contains(got, "lower case") {
		t.Errorf("locale: %s", got)
	}
	if got := a.send("POST", path, strings.ToLower(upper)).want(t, 422).text; !strings.Contains(got, "${colour}") {
		t.Errorf("variable: %s", got)
	}

	now := newClock()
	a = newAccount(t, emulator.Options{Now: now.Now, Variant: emulator.Variant{Settling: time.Second}})
	settling := a.template("n")
	a.get(settling).want(t, 404)
	a.send("POST", templates, `{"name":"n"}`).want(t, 409)
	now.advance(time.Second)
	a.get(settling).want(t, 200)
}

func TestVerifyControl(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.send("PUT", "/emulator/verify-templates/T", `{"name":"n","odd":1,"fragments":{"F":{"channel":"email","text":"x"}}}`).want(t, 204)
	if got := a.get(templates+"/T").want(t, 200).json; got["odd"] != 1. || got["fragments"] != nil || got["template_id"] != "T" {
		t.Errorf("template %v", got)
	}
	if got := a.get(templates+"/T/template_fragments/F").want(t, 200).json; got["channel"] != "email" {
		t.Errorf("fragment %v", got)
	}
	if got, _ := a.Documents("verify_templates").Get("T"); text(got, "fragments", "F", "text") != "x" || len(a.get("/emulator/verify-templates").json) != 1 {
		t.Errorf("stored %v", got)
	}
	a.send("PUT", "/emulator/verify-templates/T", `{"fragments":{"F":[]}}`).want(t, 400)
	a.send("PUT", "/emulator/verify-templates/T", `{"fragments":[]}`).want(t, 400)
	for _, body := range []string{`{"fragments":{"G":{}}}`, `{"name":"n"}`} { // those that a PUT has replace all, and without any, they stay
		a.send("PUT", "/emulator/verify-templates/T", body).want(t, 204)
		if got, _ := a.Documents("verify_templates").Get("T"); len(got["fragments"].(document)) != 1 || at(got, "fragments", "G") == nil {
			t.Errorf("fragments after %s: %v", body, got)
		}
	}
	if !a.Documents("verify_templates").Remove("T") || a.Documents("verify_templates").Remove("T") {
		t.Error("not removed once")
	}
}
