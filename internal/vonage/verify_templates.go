// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// VerifyTemplatesService has the custom templates of the Verify API v2 (1.0.1, https://developer.vonage.com/en/api/verify.v2)
// and their fragments. Everybody can read them; before an account can change any, Vonage has to enable that (see
// IsTemplatesDisabled).
type VerifyTemplatesService struct {
	wire   *wire
	origin string
	// writes lets writes to templates through one at a time: one can make another template the default.
	writes    keyedLock[struct{}]
	templates *coalesce.Index[struct{}, []listed[VerifyTemplate]]
	fragments *coalesce.Index[string, []listed[VerifyFragment]] // by the template's canonicalID
	amending  sync.Mutex                                        // the cached lists of fragments
	made      claimedIDs                                        // templates that this process has created
	ended     claimedIDs                                        // fragments that this process has deleted
}

// VerifyTemplate is a custom template. An account has at most ten, and at most one of them is the default.
type VerifyTemplate struct {
	ID        string `json:"template_id"`
	Name      string `json:"name"`
	IsDefault bool   `json:"is_default"`
}

// fragmentLookUps is the maximum number of templates whose fragments are read concurrently.
const fragmentLookUps = 8

func newVerifyTemplatesService(w *wire, origin string) *VerifyTemplatesService {
	s := &VerifyTemplatesService{wire: w, origin: origin}
	s.templates = coalesce.New(coalesce.Source[struct{}, []listed[VerifyTemplate]]{
		One:      func(ctx context.Context, _ struct{}) ([]listed[VerifyTemplate], error) { return s.all(ctx) },
		IsAbsent: func(error) bool { return false }, // an account without templates has an empty list
		GaveUp:   w.gaveUp(transport.Account),
	})
	s.fragments = coalesce.New(coalesce.Source[string, []listed[VerifyFragment]]{
		One:      s.allFragments,
		IsAbsent: IsNotFound,
		LookUps:  fragmentLookUps,
		GaveUp:   w.gaveUp(transport.Account),
	})
	return s
}

func (s *VerifyTemplatesService) request(method string, below ...string) request {
	return request{
		method: method, origin: s.origin, path: pathOf(append([]string{"v2", "verify", "templates"}, below...)...),
		fixed: len(below) == 0, call: &transport.Call{Family: transport.Account},
	}
}

// IsTemplatesDisabled reports whether err means that Vonage has not enabled changes to Verify templates for the account.
func IsTemplatesDisabled(err error) bool {
	apiError, ok := errors.AsType[*Error](err)
	return ok && apiError.Status == http.StatusForbidden && apiError.Code == "forbidden"
}

// IsTemplateTaken reports whether err means that the account has a template of the name already.
func IsTemplateTaken(err error) bool { return hasCode(err, "template-exists") }

// IsTemplateLimit reports whether err means that the account has as many templates as it can have.
func IsTemplateLimit(err error) bool { return hasCode(err, "max-templates") }

// all reads the templates of the account (GET /v2/verify/templates).
func (s *VerifyTemplatesService) all(ctx context.Context) ([]listed[VerifyTemplate], error) {
	entries, err := s.pages(ctx)
	return distinct(readEach(entries, readVerifyTemplate)), err
}

func readVerifyTemplate(entry []byte) (template VerifyTemplate, id string, err error) {
	if err = decode(entry, &template); err != nil { // which may have ended before the id
		var known struct {
			ID   string `json:"template_id"`
			Name string `json:"name"`
		}
		_ = decode(entry, &known)
		template.ID, template.Name = known.ID, known.Name
	}
	return template, template.ID, err
}

// List returns the templates of the account in the API's order, which is undocumented. It goes on after an
// *MalformedEntryError, which comes with what can be read of a template. All that read templates share one list, which is
// cached for the lifetime of the client.
//
// GET /v2/verify/templates.
func (s *VerifyTemplatesService) List(ctx context.Context) iter.Seq2[VerifyTemplate, error] {
	return paged("listing Verify templates", func(int) ([]listed[VerifyTemplate], bool, error) {
		templates, err := s.templates.Get(ctx, struct{}{})
		return templates, true, err
	})
}

// Get reads one template; it shares its call like List. IsNotFound holds for the error if the account has no such template.
//
// GET /v2/verify/templates and, for one that is not in it, GET /v2/verify/templates/ID.
func (s *VerifyTemplatesService) Get(ctx context.Context, id string) (VerifyTemplate, error) {
	template, err := s.find(ctx, id)
	if err != nil {
		return VerifyTemplate{}, fmt.Errorf("reading Verify template %s: %w", id, err)
	}
	return template, nil
}

// Await is Get for a template that was created moments ago: it waits some seconds until the API shows it.
//
// GET /v2/verify/templates and, for one that is not in it, GET /v2/verify/templates/ID.
func (s *VerifyTemplatesService) Await(ctx context.Context, id string) (VerifyTemplate, error) {
	template, err := s.Get(ctx, id)
	if !IsNotFound(err) {
		return template, err
	}
	template, err = awaited(ctx, func(ctx context.Context) (VerifyTemplate, error) { return s.one(ctx, id) })
	if err != nil {
		return VerifyTemplate{}, fmt.Errorf("reading Verify template %s: %w", id, err)
	}
	return template, nil
}

func (s *VerifyTemplatesService) find(ctx context.Context, id string) (VerifyTemplate, error) {
	known, err := s.templates.Get(ctx, struct{}{})
	if err != nil {
		return VerifyTemplate{}, err
	}
	for _, entry := range known {
		if canonicalID(entry.id) == canonicalID(id) {
			return entry.object, entry.err
		}
	}
	return s.one(ctx, id)
}

// one reads one template (GET /v2/verify/templates/ID).
func (s *VerifyTemplatesService) one(ctx context.Context, id string) (VerifyTemplate, error) {
	body, err := s.wire.do(ctx, s.request(http.MethodGet, id))
	if err != nil {
		return VerifyTemplate{}, err
	}
	template, answered, err := readVerifyTemplate(body)
	if err == nil && canonicalID(answered) != canonicalID(id) {
		err = unreadable("it is about template %s", Quote(answered))
	}
	return template, err
}

// Create makes a template. The request has only a name: Vonage decides whether the new template becomes the default, and its
// documentation disagrees on when it does (https://developer.vonage.com/en/verify/guides/custom-templates). So that is read
// afterwards, and set right: isDefault says what is wanted. With nil, a template that was the default stays it, and only if
// there was none, Vonage decides.
//
// A POST without a clear response is not repeated: the new template is the one of the name that was not there before, because
// names are unique. If there is none, the error is an *UnknownOutcomeError.
//
// If the returned template has an id, it was made, even if there is an error.
//
// POST /v2/verify/templates.
func (s *VerifyTemplatesService) Create(ctx context.Context, name string, isDefault *bool) (VerifyTemplate, error) {
	unlock, err := s.writes.lock(ctx, struct{}{})
	if err != nil {
		return VerifyTemplate{}, fmt.Errorf("creating Verify template %s: %w", Quote(name), err)
	}
	defer unlock()
	before, err := s.templates.Get(ctx, struct{}{})
	if err != nil {
		return VerifyTemplate{}, fmt.Errorf("creating Verify template %s: %w", Quote(name), err)
	}
	created, err := s.create(ctx, name, before)
	if unknown, ok := errors.AsType[*UnknownOutcomeError](err); ok {
		return VerifyTemplate{}, unknown // already names the operation
	}
	if err != nil {
		return VerifyTemplate{}, fmt.Errorf("creating Verify template %s: %w", Quote(name), err)
	}
	s.made.claim(created.ID)
	settled, err := s.settle(ctx, created, isDefault, before)
	if err != nil {
		err = fmt.Errorf("after Verify template %s was created: %w", created.ID, err)
	}
	return settled, err
}

func (s *VerifyTemplatesService) create(ctx context.Context, name string, before []listed[VerifyTemplate]) (VerifyTemplate, error) {
	defer s.templates.Forget(struct{}{})
	r := s.request(http.MethodPost)
	r.json = map[string]string{"name": name}
	body, err := s.wire.do(ctx, r)
	created := VerifyTemplate{}
	if err == nil {
		if created, _, err = readVerifyTemplate(body); err == nil && created.ID == "" {
			err = unreadable("it has no template with an id")
		}
	}
	if err != nil && unsettled(r.call, err) {
		return s.adopt(ctx, name, before, err)
	}
	created.Name = cmp.Or(created.Name, name)
	return created, err
}

// adopt looks for the template of a POST without a clear response: see Create.
func (s *VerifyTemplatesService) adopt(ctx context.Context, name string, before []listed[VerifyTemplate], cause error) (VerifyTemplate, error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	var found VerifyTemplate
	seen, err := untilSeen(ctx, func(ctx context.Context) (bool, error) {
		now, err := s.all(ctx)
		for _, entry := range now {
			if entry.id != "" && entry.object.Name == name && !holds(before, entry.id) {
				found = entry.object
			}
		}
		return found.ID != "", err
	})
	switch {
	case seen:
		return found, nil
	case err == nil:
		err = errors.New("the account has no new template of this name")
	}
	return VerifyTemplate{}, &UnknownOutcomeError{
		Operation: "creating Verify template " + Quote(name),
		Err:       fmt.Errorf("%w; looking for it: %w", cause, err),
	}
}

// holds reports whether an object with an id is in a list. An entry without an id may be any object.
func holds[T any](list []listed[T], id string) bool {
	return slices.ContainsFunc(list, func(entry listed[T]) bool { return entry.id == "" || canonicalID(entry.id) == canonicalID(id) })
}

// settle reads whether a new template has become the default and, if that is not what was wanted, makes it so: see Create.
func (s *VerifyTemplatesService) settle(
	ctx context.Context, created VerifyTemplate, wanted *bool, before []listed[VerifyTemplate],
) (VerifyTemplate, error) {
	now, err := s.readBack(ctx, created)
	switch {
	case err != nil:
		return created, fmt.Errorf("reading whether it has become the default: %w", err)
	case wanted != nil && *wanted && !now.IsDefault:
		return s.change(ctx, now, VerifyTemplateChange{IsDefault: new(true)})
	case wanted != nil && *wanted, !now.IsDefault:
		return now, nil
	}
	now, givenBack, err := s.giveBack(ctx, now, before)
	if err == nil && now.IsDefault && (wanted != nil || givenBack) {
		return s.change(ctx, now, VerifyTemplateChange{IsDefault: new(false)})
	}
	return now, err
}

// giveBack makes the template that was the default before the default again, in place of a new one. It reports whether there
// was one, and still is, and returns the new one as it is then.
func (s *VerifyTemplatesService) giveBack(
	ctx context.Context, made VerifyTemplate, before []listed[VerifyTemplate],
) (now VerifyTemplate, given bool, err error) {
	former := ""
	for _, entry := range before {
		if entry.object.IsDefault {
			former = entry.id
		}
	}
	if former == "" {
		return made, false, nil
	}
	_, err = s.change(ctx, VerifyTemplate{ID: former}, VerifyTemplateChange{IsDefault: new(true)})
	switch {
	case IsNotFound(err): // it was deleted since
		return made, false, nil
	case err != nil:
		return made, false, fmt.Errorf("it has become the default in place of template %s, and making that the default again failed: %w", former, err)
	}
	if now, err = s.readBack(ctx, made); err != nil {
		return now, true, fmt.Errorf("reading whether it is still the default: %w", err)
	}
	return now, true, nil
}

// readBack reads a template that exists. One that reads do not show yet is as its last response said.
func (s *VerifyTemplatesService) readBack(ctx context.Context, known VerifyTemplate) (VerifyTemplate, error) {
	now := known
	_, err := untilSeen(ctx, func(ctx context.Context) (bool, error) {
		template, err := s.one(ctx, known.ID)
		switch {
		case IsNotFound(err):
			return false, nil
		case err == nil:
			now = template
		}
		return true, err
	})
	return now, err
}

// VerifyTemplateChange has the settings of a template to change; nil leaves one as it is.
type VerifyTemplateChange struct {
	Name      *string `json:"name,omitempty"`
	IsDefault *bool   `json:"is_default,omitempty"`
}

// of returns the template with the changes.
func (c VerifyTemplateChange) of(template VerifyTemplate) VerifyTemplate {
	template.Name = *cmp.Or(c.Name, &template.Name)
	template.IsDefault = *cmp.Or(c.IsDefault, &template.IsDefault)
	return template
}

// Update changes the given settings of a template, and returns it as Vonage says it is then: a wish about the default may be
// ignored. If the update may have been carried out without a confirming response, the error is an *UnknownOutcomeError.
//
// PATCH /v2/verify/templates/ID.
func (s *VerifyTemplatesService) Update(ctx context.Context, id string, change VerifyTemplateChange) (VerifyTemplate, error) {
	unlock, err := s.writes.lock(ctx, struct{}{})
	if err != nil {
		return VerifyTemplate{}, fmt.Errorf("updating Verify template %s: %w", id, err)
	}
	defer unlock()
	updated, err := s.change(ctx, VerifyTemplate{ID: id}, change)
	if unknown, ok := errors.AsType[*UnknownOutcomeError](err); ok {
		return VerifyTemplate{}, unknown // already names the operation
	}
	if err != nil {
		return VerifyTemplate{}, fmt.Errorf("updating Verify template %s: %w", id, err)
	}
	return updated, nil
}

// change is Update for a caller that holds the lock. known is what the answer may leave out; it is returned with an error.
func (s *VerifyTemplatesService) change(ctx context.Context, known VerifyTemplate, change VerifyTemplateChange) (VerifyTemplate, error) {
	defer s.templates.Forget(struct{}{})
	r := s.request(http.MethodPatch, known.ID)
	r.json = change
	body, err := s.wire.do(ctx, r)
	if err == nil {
		answer := change.of(known)
		if err = decode(body, &answer); err == nil && canonicalID(answer.ID) != canonicalID(known.ID) {
			err = unreadable("it is about template %s", Quote(answer.ID))
		}
		if err == nil {
			return answer, nil
		}
	}
	if !unsettled(r.call, err) {
		return known, err
	}
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	now, readErr := s.one(ctx, known.ID)
	switch {
	case readErr == nil && change.of(now) == now:
		return now, nil
	case IsNotFound(readErr):
		return known, readErr
	case readErr == nil:
		readErr = errors.New("it is not as it was to be")
	}
	return known, &UnknownOutcomeError{
		Operation: "updating Verify template " + known.ID, Repeatable: true, Err: fmt.Errorf("%w; reading it back: %w", err, readErr),
	}
}

// NotEmptyError reports that a template cannot be deleted because it has fragments.
type NotEmptyError struct {
	// Fragments have their ids, as far as they can be read.
	Fragments []VerifyFragment
}

// Error names the fragments.
func (e *NotEmptyError) Error() string {
	names := make([]string, len(e.Fragments))
	for i, fragment := range e.Fragments {
		names[i] = fmt.Sprintf("%s %s (%s)", fragment.Channel, fragment.Locale, cmp.Or(fragment.ID, "without an id"))
	}
	return "the template has fragments: " + strings.Join(names, ", ")
}

// Delete deletes a template irreversibly. Deleting one that does not exist succeeds. If it has fragments, nothing is deleted
// and the error is a *NotEmptyError.
//
// GET /v2/verify/templates/ID/template_fragments and DELETE /v2/verify/templates/ID.
func (s *VerifyTemplatesService) Delete(ctx context.Context, id string) error {
	unlock, err := s.writes.lock(ctx, struct{}{})
	if err != nil {
		return fmt.Errorf("deleting Verify template %s: %w", id, err)
	}
	defer unlock()
	if err := s.delete(ctx, id); err != nil && !IsNotFound(err) {
		return fmt.Errorf("deleting Verify template %s: %w", id, err)
	}
	return nil
}

// delete repeats a refusal because of fragments that are not there, or that this process has just deleted: how soon one call
// reflects another is undocumented.
func (s *VerifyTemplatesService) delete(ctx context.Context, id string) error {
	defer s.templates.Forget(struct{}{})
	var refused error
	_, err := untilSeen(ctx, func(ctx context.Context) (bool, error) {
		rest, err := s.fragments.Latest(ctx, canonicalID(id))
		if err != nil {
			return false, err
		}
		rest = slices.DeleteFunc(slices.Clone(rest), func(entry listed[VerifyFragment]) bool { return entry.id != "" && s.ended.has(entry.id) })
		if len(rest) > 0 {
			left := &NotEmptyError{}
			for _, entry := range rest {
				left.Fragments = append(left.Fragments, entry.object)
			}
			return false, left
		}
		r := s.request(http.MethodDelete, id)
		_, refused = s.wire.do(ctx, r)
		if refused != nil && unsettled(r.call, refused) {
			refused = s.confirmDelete(ctx, refused, id)
		}
		s.fragments.Forget(canonicalID(id))
		return !hasCode(refused, "not-empty-template"), nil
	})
	return cmp.Or(err, refused)
}

// confirmDelete reads what a DELETE without a clear response was about.
func (s *VerifyTemplatesService) confirmDelete(ctx context.Context, cause error, below ...string) error {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	if _, err := s.wire.do(ctx, s.request(http.MethodGet, below...)); IsNotFound(err) {
		return nil
	}
	return cause
}
