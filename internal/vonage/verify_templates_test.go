// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const (
	templates = "/v2/verify/templates"
	fragments = templates + "/T1/template_fragments"
	codeText  = "Your code: ${code}"
)

func templateJSON(id, name, isDefault string) string {
	return `{"template_id":"` + id + `","name":"` + name + `","is_default":` + isDefault + `}`
}

func fragmentJSON(id, channel, locale, text string) string {
	return `{"template_fragment_id":"` + id + `","channel":"` + channel + `","locale":"` + locale + `","text":"` + text +
		`","date_created":"2024-01-01T10:00:00.12345678Z","date_updated":"2024-01-02T10:00:00Z"}`
}

func templateList(entries ...string) answer {
	return ok(`{"page":1,"page_size":10,"total_pages":1,"total_items":1,"_embedded":{"templates":[` + strings.Join(entries, ",") + `]}}`)
}

func noTemplates() answer { return ok(`{"total_items":0,"_embedded":{"templates":[]}}`) }

func fragmentList(entries ...string) answer {
	return ok(`{"total_pages":1,"_embedded":{"template_fragments":[` + strings.Join(entries, ",") + `]}}`)
}

func refusal(status int, code string) answer {
	return answer{status: status, body: `{"type":"https://developer.vonage.com/api-errors/verify-v2#` + code + `","title":"` + code + `","detail":"No"}`}
}

func english(id string) vonage.VerifyFragment {
	return vonage.VerifyFragment{
		ID: id, Channel: "sms", Locale: "en-us", Text: codeText, DateCreated: "2024-01-01T10:00:00.12345678Z", DateUpdated: "2024-01-02T10:00:00Z",
	}
}

// VerifyTemplates are the operations of Verify templates (Verify API v2 1.0.1).
func (contracts) VerifyTemplates() map[string]wired {
	send := func(method, path, body string) received {
		kind := ""
		if body != "" {
			kind = asJSON
		}
		return received{Method: method, Path: path, ContentType: kind, Authorization: basic, Body: body}
	}
	created := func(body string) answer { return answer{status: http.StatusCreated, body: body} }
	whole := fragmentJSON("F1", "sms", "en-us", codeText)
	type calls = []received
	return map[string]wired{
		"VerifyTemplates.List": {
			[]answer{templateList(templateJSON("T1", "a", "true"))},
			func(ctx context.Context, c *vonage.Client) (any, error) { return collect(c.VerifyTemplates.List(ctx)) },
			[]vonage.VerifyTemplate{{ID: "T1", Name: "a", IsDefault: true}},
			calls{send("GET", templates, "")},
		},
		"VerifyTemplates.Get": {
			[]answer{noTemplates(), ok(templateJSON("T1", "a", "true"))},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.VerifyTemplates.Get(ctx, "T1") },
			vonage.VerifyTemplate{ID: "T1", Name: "a", IsDefault: true},
			calls{send("GET", templates, ""), send("GET", templates+"/T1", "")},
		},
		"VerifyTemplates.Await": {
			[]answer{noTemplates(), ok(templateJSON("T1", "a", "true"))},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.VerifyTemplates.Await(ctx, "T1") },
			vonage.VerifyTemplate{ID: "T1", Name: "a", IsDefault: true},
			calls{send("GET", templates, ""), send("GET", templates+"/T1", "")},
		},
		"VerifyTemplates.Create": {
			[]answer{noTemplates(), created(templateJSON("T1", "a", "false")), ok(templateJSON("T1", "a", "true"))},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.VerifyTemplates.Create(ctx, "a", nil)
			},
			vonage.VerifyTemplate{ID: "T1", Name: "a", IsDefault: true},
			calls{send("GET", templates, ""), send("POST", templates, `{"name":"a"}`), send("GET", templates+"/T1", "")},
		},
		"VerifyTemplates.Update": {
			[]answer{ok(templateJSON("T1", "b", "false"))},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.VerifyTemplates.Update(ctx, "T1", vonage.VerifyTemplateChange{Name: new("b"), IsDefault: new(false)})
			},
			vonage.VerifyTemplate{ID: "T1", Name: "b"},
			calls{send("PATCH", templates+"/T1", `{"name":"b","is_default":false}`)},
		},
		"VerifyTemplates.Delete": {
			[]answer{fragmentList(), {status: http.StatusNoContent}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return nil, c.VerifyTemplates.Delete(ctx, "T1")
			},
			nil,
			calls{send("GET", strings.ToLower(templates)+"/t1/template_fragments", ""), send("DELETE", templates+"/T1", "")},
		},
		"VerifyTemplates.ListFragments": {
			[]answer{fragmentList(whole)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return collect(c.VerifyTemplates.ListFragments(ctx, "t1"))
			},
			[]vonage.VerifyFragment{english("F1")},
			calls{send("GET", templates+"/t1/template_fragments", "")},
		},
		"VerifyTemplates.GetFragment": {
			[]answer{fragmentList(), ok(whole)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.VerifyTemplates.GetFragment(ctx, "t1", "F1")
			},
			english("F1"),
			calls{send("GET", templates+"/t1/template_fragments", ""), send("GET", templates+"/t1/template_fragments/F1", "")},
		},
		"VerifyTemplates.AwaitFragment": {
			[]answer{fragmentList(), ok(whole)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.VerifyTemplates.AwaitFragment(ctx, "t1", "F1")
			},
			english("F1"),
			calls{send("GET", templates+"/t1/template_fragments", ""), send("GET", templates+"/t1/template_fragments/F1", "")},
		},
		"VerifyTemplates.CreateFragment": {
			[]answer{fragmentList(), created(whole)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.VerifyTemplates.CreateFragment(ctx, "t1", vonage.VerifyFragment{Channel: "sms", Locale: "en-US", Text: codeText})
			},
			english("F1"),
			calls{
				send("GET", templates+"/t1/template_fragments", ""),
				send("POST", templates+"/t1/template_fragments", `{"channel":"sms","locale":"en-us","text":"`+codeText+`"}`),
			},
		},
		"VerifyTemplates.UpdateFragment": {
			[]answer{ok(whole)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.VerifyTemplates.UpdateFragment(ctx, "T1", "F1", codeText)
			},
			english("F1"),
			calls{send("PATCH", fragments+"/F1", `{"text":"`+codeText+`"}`)},
		},
		"VerifyTemplates.DeleteFragment": {
			[]answer{{status: http.StatusNoContent}},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return nil, c.VerifyTemplates.DeleteFragment(ctx, "T1", "F1")
			},
			nil,
			calls{send("DELETE", fragments+"/F1", "")},
		},
	}
}

// TestTheDefaultIsSetRight: whichever template a creation makes the default, afterwards it is the one that was wanted.
func TestTheDefaultIsSetRight(t *testing.T) {
	t.Parallel()
	const post, read, patchNew, patchOld = "POST ", "GET /new", "PATCH /new", "PATCH /old"
	old, made := templateJSON("old", "old", "true"), answer{status: http.StatusCreated, body: templateJSON("new", "n", "true")}
	isDefault, isNot := ok(templateJSON("new", "n", "true")), ok(templateJSON("new", "n", "false"))
	oldIs := ok(templateJSON("old", "old", "true"))
	for name, test := range map[string]struct {
		wanted  *bool
		before  answer
		after   []answer
		sent    string
		want    bool
		problem string
	}{
		"nothing said, the first":                   {nil, noTemplates(), []answer{made, isDefault}, post + "," + read, true, ""},
		"nothing said, not made the default":        {nil, noTemplates(), []answer{made, isNot}, post + "," + read, false, ""},
		"nothing said, takes it from another":       {nil, templateList(old), []answer{made, isDefault, oldIs, isNot}, "POST ,GET /new,PATCH /old,GET /new", false, ""},
		"nothing said, two defaults":                {nil, templateList(old), []answer{made, isDefault, oldIs, isDefault, isNot}, "POST ,GET /new,PATCH /old,GET /new,PATCH /new", false, ""},
		"nothing said, the other is gone":           {nil, templateList(old), []answer{made, isDefault, refusal(404, "template-not-found")}, "POST ,GET /new,PATCH /old", true, ""},
		"nothing said, the other does not get back": {nil, templateList(old), []answer{made, isDefault, refusal(403, "forbidden")}, "POST ,GET /new,PATCH /old", true, "in place of template old"},
		"wanted and made":                           {new(true), templateList(old), []answer{made, isDefault}, post + "," + read, true, ""},
		"wanted and not made":                       {new(true), templateList(old), []answer{made, isNot, isDefault}, "POST ,GET /new,PATCH /new", true, ""},
		"not wanted, the first":                     {new(false), noTemplates(), []answer{made, isDefault, isNot}, "POST ,GET /new,PATCH /new", false, ""},
		"not wanted, takes it from another":         {new(false), templateList(old), []answer{made, isDefault, oldIs, isNot}, "POST ,GET /new,PATCH /old,GET /new", false, ""},
		"not wanted, but Vonage insists":            {new(false), noTemplates(), []answer{made, isDefault, isDefault}, "POST ,GET /new,PATCH /new", true, ""},
		"reads are late":                            {new(true), noTemplates(), []answer{made, refusal(404, "template-not-found"), isDefault}, "POST ,GET /new,GET /new", true, ""},
		"reading it back fails":                     {nil, noTemplates(), []answer{made, refusal(402, "low-balance")}, post + "," + read, true, "reading whether it has become the default"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, client := newMemoryScript(t, 0, append([]answer{test.before}, test.after...)...)
				got, err := client.VerifyTemplates.Create(t.Context(), "n", test.wanted)
				if got.ID != "new" || got.IsDefault != test.want || (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) {
					t.Errorf("Create gave %+v, %v", got, err)
				}
				sent := strings.ReplaceAll(strings.Join(s.log()[1:], ","), templates, "")
				if want := strings.ReplaceAll(test.sent, patchOld, "PATCH /old"); sent != want && sent != strings.ReplaceAll(want, patchNew, "PATCH /new") {
					t.Errorf("it sent %q, want %q", sent, want)
				}
			})
		})
	}
}

// TestLostTemplate: a POST without a clear response is not repeated, and only a template that was not there before is taken for the
// new one.
func TestLostTemplate(t *testing.T) {
	t.Parallel()
	mine, other := templateJSON("new", "n", "false"), templateJSON("old", "other", "false")
	read := ok(mine)
	for name, test := range map[string]struct {
		before answer
		lost   answer
		after  []answer
		found  bool
	}{
		"made":              {templateList(other), lost, []answer{templateList(other, mine), read}, true},
		"connection lost":   {templateList(other), reset, []answer{templateList(mine), read}, true},
		"garbage":           {templateList(other), ok("garbage"), []answer{templateList(mine), read}, true},
		"shown late":        {templateList(other), lost, []answer{templateList(other), templateList(mine), read}, true},
		"never shown":       {templateList(other), lost, []answer{templateList(other), templateList(), templateList(), templateList()}, false},
		"there before":      {templateList(mine), lost, []answer{templateList(mine), templateList(mine), templateList(mine), templateList(mine)}, false},
		"one without an id": {templateList(`{"name":"x"}`), lost, []answer{templateList(mine), templateList(mine), templateList(mine), templateList(mine)}, false},
		"list lost":         {templateList(other), lost, []answer{lost}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				for i, answer := range test.after {
					if answer.body == templateList().body {
						test.after[i] = noTemplates()
					}
				}
				s, client := newMemoryScript(t, 0, append([]answer{test.before, test.lost}, test.after...)...)
				got, err := client.VerifyTemplates.Create(t.Context(), "n", nil)
				_, unknown := errors.AsType[*vonage.UnknownOutcomeError](err)
				if (got.ID == "new") != test.found || unknown == test.found {
					t.Errorf("Create gave %+v, %v", got, err)
				}
				if posts := strings.Count(strings.Join(s.log(), ","), "POST"); posts != 1 {
					t.Errorf("%d times POST", posts)
				}
			})
		})
	}
}

// TestLostFragment is the same for fragments, which also have to have the text.
func TestLostFragment(t *testing.T) {
	t.Parallel()
	mine, upper := fragmentJSON("new", "sms", "en-us", codeText), fragmentJSON("new", "sms", "en-US", codeText)
	german, theirs := fragmentJSON("de", "sms", "de-de", codeText), fragmentJSON("new", "sms", "en-us", "Other: ${code}")
	for name, test := range map[string]struct {
		before, lost answer
		after        []answer
		found        bool
	}{
		"made":                    {fragmentList(german), lost, []answer{fragmentList(german, mine)}, true},
		"connection lost":         {fragmentList(german), reset, []answer{fragmentList(mine)}, true},
		"in upper case":           {fragmentList(german), lost, []answer{fragmentList(upper)}, true},
		"an answer without an id": {fragmentList(), ok(`{"channel":"sms"}`), []answer{fragmentList(mine)}, true},
		"another text":            {fragmentList(), lost, []answer{fragmentList(theirs), fragmentList(theirs), fragmentList(theirs), fragmentList(theirs)}, false},
		"there before":            {fragmentList(mine), lost, []answer{fragmentList(mine), fragmentList(mine), fragmentList(mine), fragmentList(mine)}, false},
		"list lost":               {fragmentList(), lost, []answer{lost}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, client := newMemoryScript(t, 0, append([]answer{test.before, test.lost}, test.after...)...)
				got, err := client.VerifyTemplates.CreateFragment(t.Context(), "t1", vonage.VerifyFragment{Channel: "sms", Locale: "en-us", Text: codeText})
				_, unknown := errors.AsType[*vonage.UnknownOutcomeError](err)
				if (got.ID == "new") != test.found || unknown == test.found {
					t.Errorf("CreateFragment gave %+v, %v", got, err)
				}
				if posts := strings.Count(strings.Join(s.log(), ","), "POST"); posts != 1 {
					t.Errorf("%d times POST", posts)
				}
			})
		})
	}
}

func TestFragmentThatExists(t *testing.T) {
	t.Parallel()
	_, client := newScript(t, fragmentList(), refusal(409, "fragment-exists"), fragmentList(fragmentJSON("F9", "sms", "EN-us", "x")))
	_, err := client.VerifyTemplates.CreateFragment(t.Context(), "t1", vonage.VerifyFragment{Channel: "sms", Locale: "en-us", Text: codeText})
	if exists, ok := errors.AsType[*vonage.FragmentExistsError](err); !ok || exists.Existing.ID != "F9" {
		t.Errorf("the error is %v", err)
	}
}

// TestTemplateWithFragmentsStays: nothing is deleted, and the error names the fragments. Fragments that this process has deleted
// do not count, however late the list is.
func TestTemplateWithFragmentsStays(t *testing.T) {
	t.Parallel()
	one, gone := fragmentJSON("F1", "sms", "en-us", codeText), answer{status: http.StatusNoContent}
	for name, test := range map[string]struct {
		answers []answer
		problem string
	}{
		"empty":                  {[]answer{fragmentList(), gone}, ""},
		"fragments":              {[]answer{fragmentList(one, `{"channel":"voice","locale":"de-de"}`)}, "sms en-us (F1), voice de-de (without an id)"},
		"refused with fragments": {[]answer{fragmentList(), refusal(409, "not-empty-template"), fragmentList(one)}, "sms en-us (F1)"},
		"refused without any":    {[]answer{fragmentList(), refusal(409, "not-empty-template"), fragmentList(), gone}, ""},
		"refused again and again": {[]answer{
			fragmentList(), refusal(409, "not-empty-template"), fragmentList(), refusal(409, "not-empty-template"),
			fragmentList(), refusal(409, "not-empty-template"), fragmentList(), refusal(409, "not-empty-template"),
		}, "not-empty-template"},
		"gone before":       {[]answer{refusal(404, "template-not-found")}, ""},
		"gone since":        {[]answer{fragmentList(), refusal(404, "template-not-found")}, ""},
		"a proxy's 404":     {[]answer{fragmentList(), {status: 404, body: "<html>"}}, "404"},
		"lost and gone":     {[]answer{fragmentList(), lost, refusal(404, "template-not-found")}, ""},
		"lost, still there": {[]answer{fragmentList(), lost, ok(templateJSON("T1", "a", "false"))}, "502"},
		"fragments unknown": {[]answer{lost}, "502"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, client := newMemoryScript(t, 0, test.answers...)
				err := client.VerifyTemplates.Delete(t.Context(), "T1")
				if (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) {
					t.Errorf("Delete gave %v", err)
				}
				s.requests()
			})
		})
	}
	_, client := newScript(t, gone, fragmentList(one), gone)
	if err := client.VerifyTemplates.DeleteFragment(t.Context(), "T1", "F1"); err != nil {
		t.Fatal(err)
	}
	if err := client.VerifyTemplates.Delete(t.Context(), "T1"); err != nil {
		t.Errorf("a deleted fragment holds its template: %v", err)
	}
}

// TestTemplatesAreReadTogether: many readers cost one list, whatever its pages, and each template's fragments one more.
func TestTemplatesAreReadTogether(t *testing.T) {
	t.Parallel()
	first := ok(`{"total_pages":2,"_embedded":{"templates":[` + templateJSON("T1", "a", "false") + `,{"template_id":"odd","is_default":{}}]}}`)
	second := ok(`{"total_pages":2,"_embedded":{"templates":[` + templateJSON("T1", "a", "false") + `,` + templateJSON("T2", "b", "true") + `]}}`)
	s, client := newScript(t, first, second, fragmentList(fragmentJSON("F1", "sms", "en-us", codeText), fragmentJSON("F2", "voice", "en-us", codeText)))
	var readers sync.WaitGroup
	for range 4 {
		for _, id := range []string{"T1", "t2"} {
			readers.Go(func() {
				if got, err := client.VerifyTemplates.Get(t.Context(), id); err != nil || !strings.EqualFold(got.ID, id) {
					t.Errorf("%s is %+v, %v", id, got, err)
				}
			})
		}
	}
	readers.Wait()
	if _, err := client.VerifyTemplates.Get(t.Context(), "odd"); !vonage.IsMalformed(err) {
		t.Errorf("the malformed one gave %v", err)
	}
	for range 3 {
		for _, id := range []string{"F1", "F2"} {
			readers.Go(func() {
				if got, err := client.VerifyTemplates.GetFragment(t.Context(), "T1", id); err != nil || got.ID != id {
					t.Errorf("%s is %+v, %v", id, got, err)
				}
			})
		}
	}
	readers.Wait()
	want := []string{templates + "?", templates + "?page=2", templates + "/t1/template_fragments?"}
	var got []string
	for _, request := range s.requests() {
		got = append(got, request.Path+"?"+request.Query)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTemplateThatIsGone: only Vonage's own 404 makes a template or a fragment gone, and no list that is none.
func TestTemplateThatIsGone(t *testing.T) {
	t.Parallel()
	notFound, foreign := refusal(404, "template-not-found"), answer{status: 404, body: "no such page"}
	get := func(ctx context.Context, c *vonage.Client) error {
		_, err := c.VerifyTemplates.Get(ctx, "T1")
		return err
	}
	fragment := func(ctx context.Context, c *vonage.Client) error {
		_, err := c.VerifyTemplates.GetFragment(ctx, "T1", "F1")
		return err
	}
	for name, test := range map[string]struct {
		read    func(context.Context, *vonage.Client) error
		answers []answer
		gone    bool
	}{
		"not listed":              {get, []answer{noTemplates(), notFound}, true},
		"a proxy's 404":           {get, []answer{noTemplates(), foreign}, false},
		"no list":                 {get, []answer{notFound}, false},
		"an object without list":  {get, []answer{ok(`{}`)}, false},
		"a list that is short":    {get, []answer{ok(`{"total_items":3,"_embedded":{"templates":[]}}`)}, false},
		"another one":             {get, []answer{noTemplates(), ok(templateJSON("T2", "a", "false"))}, false},
		"fragment not listed":     {fragment, []answer{fragmentList(), refusal(404, "template-fragment-not-found")}, true},
		"fragment without parent": {fragment, []answer{notFound}, true},
		"a proxy's 404, fragment": {fragment, []answer{foreign}, false},
		"no balance to read":      {get, []answer{refusal(402, "low-balance")}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, client := newScript(t, test.answers...)
			if err := test.read(t.Context(), client); err == nil || vonage.IsNotFound(err) != test.gone {
				t.Errorf("the error is %v", err)
			}
			s.requests()
		})
	}
}

func TestLostTemplateUpdate(t *testing.T) {
	t.Parallel()
	change := vonage.VerifyTemplateChange{Name: new("b")}
	for name, test := range map[string]struct {
		answers []answer
		problem string
	}{
		"done":      {[]answer{lost, ok(templateJSON("T1", "b", "true"))}, ""},
		"not done":  {[]answer{lost, ok(templateJSON("T1", "a", "true"))}, "not as it was to be"},
		"not read":  {[]answer{lost, lost}, "reading it back"},
		"gone":      {[]answer{lost, refusal(404, "template-not-found")}, "template-not-found"},
		"refused":   {[]answer{refusal(409, "template-exists")}, "template-exists"},
		"other one": {[]answer{ok(templateJSON("T2", "b", "true")), ok(templateJSON("T1", "a", "true"))}, "about template"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, client := newScript(t, test.answers...)
			got, err := client.VerifyTemplates.Update(t.Context(), "T1", change)
			if test.problem == "" && (err != nil || got.Name != "b") || test.problem != "" && (err == nil || !strings.Contains(err.Error(), test.problem)) {
				t.Errorf("Update gave %+v, %v", got, err)
			}
			s.requests()
		})
	}
	for name, test := range map[string]struct {
		answers []answer
		problem string
	}{
		"done":     {[]answer{lost, ok(fragmentJSON("F1", "sms", "en-us", codeText))}, ""},
		"not done": {[]answer{lost, ok(fragmentJSON("F1", "sms", "en-us", "${code}"))}, "another text"},
		"gone":     {[]answer{lost, refusal(404, "template-fragment-not-found")}, "template-fragment-not-found"},
	} {
		t.Run("fragment "+name, func(t *testing.T) {
			t.Parallel()
			s, client := newScript(t, test.answers...)
			_, err := client.VerifyTemplates.UpdateFragment(t.Context(), "T1", "F1", codeText)
			if (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) {
				t.Errorf("UpdateFragment gave %v", err)
			}
			s.requests()
		})
	}
}
