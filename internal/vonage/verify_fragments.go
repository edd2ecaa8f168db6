// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"
)

// VerifyFragment is the text of a template for one channel and one locale. A template has at most one for both.
type VerifyFragment struct {
	ID      string `json:"template_fragment_id"`
	Channel string `json:"channel"`
	// Locale is in lower case, as Vonage documents it: "en-us".
	Locale string `json:"locale"`
	Text   string `json:"text"`
	// DateCreated and DateUpdated are times in RFC 3339.
	DateCreated string `json:"date_created"`
	DateUpdated string `json:"date_updated"`
}

// NormalizeLocale returns a locale as Vonage documents it, in lower case.
func NormalizeLocale(locale string) string { return strings.ToLower(locale) }

// sameTexts reports whether two fragments are for the same channel and locale.
func (f VerifyFragment) sameTexts(other VerifyFragment) bool {
	return f.Channel == other.Channel && NormalizeLocale(f.Locale) == NormalizeLocale(other.Locale)
}

const fragmentsSegment = "template_fragments"

func readVerifyFragment(entry []byte) (fragment VerifyFragment, id string, err error) {
	if err = decode(entry, &fragment); err != nil { // which may have ended before the id
		var known struct {
			ID      string `json:"template_fragment_id"`
			Channel string `json:"channel"`
			Locale  string `json:"locale"`
		}
		_ = decode(entry, &known)
		fragment.ID, fragment.Channel, fragment.Locale = known.ID, known.Channel, known.Locale
	}
	return fragment, fragment.ID, err
}

// allFragments reads the fragments of a template (GET /v2/verify/templates/ID/template_fragments).
func (s *VerifyTemplatesService) allFragments(ctx context.Context, template string) ([]listed[VerifyFragment], error) {
	entries, err := s.pages(ctx, template, fragmentsSegment)
	return distinct(readEach(entries, readVerifyFragment)), err
}

// ListFragments returns the fragments of a template in the API's order, which is undocumented. It goes on after an
// *MalformedEntryError, which comes with what can be read of a fragment. IsNotFound holds for the error if there is no such
// template. All that read the fragments of a template share one list, which is cached for the lifetime of the client.
//
// GET /v2/verify/templates/TEMPLATE/template_fragments.
func (s *VerifyTemplatesService) ListFragments(ctx context.Context, template string) iter.Seq2[VerifyFragment, error] {
	return paged("listing the fragments of Verify template "+template, func(int) ([]listed[VerifyFragment], bool, error) {
		fragments, err := s.fragments.Get(ctx, canonicalID(template))
		return fragments, true, err
	})
}

// GetFragment reads one fragment; it shares its call like ListFragments. IsNotFound holds for the error if there is no such
// fragment, or no such template.
//
// GET /v2/verify/templates/TEMPLATE/template_fragments and, for one that is not in it, GET
// /v2/verify/templates/TEMPLATE/template_fragments/ID.
func (s *VerifyTemplatesService) GetFragment(ctx context.Context, template, id string) (VerifyFragment, error) {
	fragment, err := s.findFragment(ctx, template, id)
	if err != nil {
		return VerifyFragment{}, fmt.Errorf("reading fragment %s of Verify template %s: %w", id, template, err)
	}
	return fragment, nil
}

// AwaitFragment is GetFragment for one that was created moments ago: it waits some seconds until the API shows it.
//
// GET /v2/verify/templates/TEMPLATE/template_fragments and, for one that is not in it, GET
// /v2/verify/templates/TEMPLATE/template_fragments/ID.
func (s *VerifyTemplatesService) AwaitFragment(ctx context.Context, template, id string) (VerifyFragment, error) {
	fragment, err := s.GetFragment(ctx, template, id)
	if !IsNotFound(err) {
		return fragment, err
	}
	fragment, err = awaited(ctx, func(ctx context.Context) (VerifyFragment, error) { return s.oneFragment(ctx, template, id) })
	if err != nil {
		return VerifyFragment{}, fmt.Errorf("reading fragment %s of Verify template %s: %w", id, template, err)
	}
	return fragment, nil
}

func (s *VerifyTemplatesService) findFragment(ctx context.Context, template, id string) (VerifyFragment, error) {
	known, err := s.fragments.Get(ctx, canonicalID(template))
	if err != nil {
		return VerifyFragment{}, err
	}
	for _, entry := range known {
		if canonicalID(entry.id) == canonicalID(id) {
			return entry.object, entry.err
		}
	}
	return s.oneFragment(ctx, template, id)
}

// oneFragment reads one fragment (GET /v2/verify/templates/TEMPLATE/template_fragments/ID).
func (s *VerifyTemplatesService) oneFragment(ctx context.Context, template, id string) (VerifyFragment, error) {
	body, err := s.wire.do(ctx, s.request(http.MethodGet, template, fragmentsSegment, id))
	if err != nil {
		return VerifyFragment{}, err
	}
	fragment, answered, err := readVerifyFragment(body)
	if err == nil && canonicalID(answered) != canonicalID(id) {
		err = unreadable("it is about fragment %s", Quote(answered))
	}
	return fragment, err
}

// FragmentExistsError reports that a template has a fragment for the channel and the locale already.
type FragmentExistsError struct {
	// Existing is that fragment; its ID is "" if it cannot be found.
	Existing VerifyFragment
	err      error
}

// Error returns Vonage's refusal.
func (e *FragmentExistsError) Error() string { return e.err.Error() }

// Unwrap returns Vonage's refusal.
func (e *FragmentExistsError) Unwrap() error { return e.err }

// CreateFragment adds a fragment to a template; want needs no id. If the template has one for the channel and the locale, the
// error is a *FragmentExistsError.
//
// A POST without a clear response is not repeated: the new fragment is the one for the channel and the locale that was not there
// before and has the text. If there is none, the error is an *UnknownOutcomeError.
//
// POST /v2/verify/templates/TEMPLATE/template_fragments, and before the first in a template GET for the list.
func (s *VerifyTemplatesService) CreateFragment(ctx context.Context, template string, want VerifyFragment) (VerifyFragment, error) {
	want.Locale = NormalizeLocale(want.Locale)
	created, err := s.createFragment(ctx, template, want)
	if unknown, ok := errors.AsType[*UnknownOutcomeError](err); ok {
		return VerifyFragment{}, unknown // already names the operation
	}
	if err != nil {
		return VerifyFragment{}, fmt.Errorf("creating fragment %s %s of Verify template %s: %w", Quote(want.Channel), Quote(want.Locale), template, err)
	}
	s.amend(template, func(known []listed[VerifyFragment]) []listed[VerifyFragment] {
		return append(known, listed[VerifyFragment]{object: created, id: created.ID})
	})
	return created, nil
}

func (s *VerifyTemplatesService) createFragment(ctx context.Context, template string, want VerifyFragment) (VerifyFragment, error) {
	isNew := func(err error) bool { return IsNotFound(err) && s.made.has(template) }
	before, err := s.fragments.Get(ctx, canonicalID(template))
	if err != nil && !isNew(err) {
		return VerifyFragment{}, err
	}
	var r request
	var body []byte
	_, waitErr := untilSeen(ctx, func(ctx context.Context) (bool, error) { // a new template may not be there for every call yet
		r = s.request(http.MethodPost, template, fragmentsSegment)
		r.json = map[string]string{"channel": want.Channel, "locale": want.Locale, "text": want.Text}
		body, err = s.wire.do(ctx, r)
		return !isNew(err), nil
	})
	if waitErr != nil {
		return VerifyFragment{}, waitErr
	}
	created := want
	if err == nil {
		if err = decode(body, &created); err == nil && created.ID == "" {
			err = unreadable("it has no fragment with an id")
		}
	}
	switch {
	case err == nil:
		return created, nil
	case unsettled(r.call, err):
		return s.adoptFragment(ctx, template, want, before, err)
	case hasCode(err, "fragment-exists"):
		exists := &FragmentExistsError{err: err}
		if now, listErr := s.allFragments(ctx, template); listErr == nil {
			for _, entry := range now {
				if entry.object.sameTexts(want) {
					exists.Existing = entry.object
				}
			}
		}
		return VerifyFragment{}, exists
	}
	return VerifyFragment{}, err
}

// adoptFragment looks for the fragment of a POST without a clear response: see CreateFragment.
func (s *VerifyTemplatesService) adoptFragment(
	ctx context.Context, template string, want VerifyFragment, before []listed[VerifyFragment], cause error,
) (VerifyFragment, error) {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	var found VerifyFragment
	seen, err := untilSeen(ctx, func(ctx context.Context) (bool, error) {
		now, err := s.allFragments(ctx, template)
		for _, entry := range now {
			if entry.id != "" && entry.object.sameTexts(want) && entry.object.Text == want.Text && !holds(before, entry.id) {
				found = entry.object
			}
		}
		return found.ID != "", err
	})
	switch {
	case seen:
		return found, nil
	case err == nil:
		err = errors.New("the template has no new fragment for the channel and the locale with this text")
	}
	return VerifyFragment{}, &UnknownOutcomeError{
		Operation: fmt.Sprintf("creating fragment %s %s of Verify template %s", Quote(want.Channel), Quote(want.Locale), template),
		Err:       fmt.Errorf("%w; looking for it: %w", cause, err),
	}
}

// amend changes the cached list of a template's fragments, if there is one.
func (s *VerifyTemplatesService) amend(template string, change func([]listed[VerifyFragment]) []listed[VerifyFragment]) {
	s.amending.Lock()
	defer s.amending.Unlock()
	if known, ok := s.fragments.Peek(canonicalID(template)); ok {
		s.fragments.Put(canonicalID(template), change(slices.Clone(known)))
	}
}

// UpdateFragment changes the text of a fragment. If the update may have been carried out without a confirming response, the
// error is an *UnknownOutcomeError.
//
// PATCH /v2/verify/templates/TEMPLATE/template_fragments/ID.
func (s *VerifyTemplatesService) UpdateFragment(ctx context.Context, template, id, text string) (VerifyFragment, error) {
	updated, err := s.updateFragment(ctx, template, id, text)
	if err != nil {
		s.fragments.Forget(canonicalID(template))
		if unknown, ok := errors.AsType[*UnknownOutcomeError](err); ok {
			return VerifyFragment{}, unknown // already names the operation
		}
		return VerifyFragment{}, fmt.Errorf("updating fragment %s of Verify template %s: %w", id, template, err)
	}
	s.amend(template, func(known []listed[VerifyFragment]) []listed[VerifyFragment] {
		for i, entry := range known {
			if canonicalID(entry.id) == canonicalID(id) {
				known[i].object = updated
			}
		}
		return known
	})
	return updated, nil
}

func (s *VerifyTemplatesService) updateFragment(ctx context.Context, template, id, text string) (VerifyFragment, error) {
	r := s.request(http.MethodPatch, template, fragmentsSegment, id)
	r.json = map[string]string{"text": text}
	body, err := s.wire.do(ctx, r)
	var updated VerifyFragment
	if err == nil {
		if updated, _, err = readVerifyFragment(body); err == nil && canonicalID(updated.ID) != canonicalID(id) {
			err = unreadable("it is about fragment %s", Quote(updated.ID))
		}
	}
	if err == nil || !unsettled(r.call, err) {
		updated.Text = text // what the response may leave out
		return updated, err
	}
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	now, readErr := s.oneFragment(ctx, template, id)
	switch {
	case readErr == nil && now.Text == text:
		return now, nil
	case IsNotFound(readErr):
		return VerifyFragment{}, readErr
	case readErr == nil:
		readErr = errors.New("it has another text")
	}
	return VerifyFragment{}, &UnknownOutcomeError{
		Operation:  fmt.Sprintf("updating fragment %s of Verify template %s", id, template),
		Repeatable: true, Err: fmt.Errorf("%w; reading it back: %w", err, readErr),
	}
}

// DeleteFragment deletes a fragment irreversibly. Deleting one that does not exist, or whose template does not exist,
// succeeds.
//
// DELETE /v2/verify/templates/TEMPLATE/template_fragments/ID.
func (s *VerifyTemplatesService) DeleteFragment(ctx context.Context, template, id string) error {
	r := s.request(http.MethodDelete, template, fragmentsSegment, id)
	_, err := s.wire.do(ctx, r)
	if err != nil && !IsNotFound(err) && unsettled(r.call, err) {
		err = s.confirmDelete(ctx, err, template, fragmentsSegment, id)
	}
	if err != nil && !IsNotFound(err) {
		s.fragments.Forget(canonicalID(template))
		return fmt.Errorf("deleting fragment %s of Verify template %s: %w", id, template, err)
	}
	s.ended.claim(id)
	s.amend(template, func(known []listed[VerifyFragment]) []listed[VerifyFragment] {
		return slices.DeleteFunc(known, func(entry listed[VerifyFragment]) bool { return canonicalID(entry.id) == canonicalID(id) })
	})
	return nil
}
