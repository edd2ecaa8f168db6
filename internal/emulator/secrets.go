// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"crypto/subtle"
	"net/http"
	"regexp"
	"slices"
	"time"
)

// API secrets: an account has one or two, and both are valid (Account API 1.0.4).

const maxSecrets = 2

type secret struct {
	id, value string
	created   time.Time
}

func (e *Emulator) secretRoutes(mux *http.ServeMux) {
	api := family{
		guard:     asProblem(e.guardSecrets),
		wrongVerb: func() response { return problemJSON(wrongVerb()) },
		admit:     asProblem(e.admitJSON),
	}
	limit := e.limit(maxPerSecond, func(perSecond int) response { return problemJSON(e.accountThrottled(perSecond)) })
	const path = "/accounts/{api_key}/secrets"
	api.serve(mux, path, operations{http.MethodGet: limit(e.listSecrets), http.MethodPost: limit(e.createSecret)})
	api.serve(mux, path+"/{secret}", operations{http.MethodGet: limit(e.getSecret), http.MethodDelete: limit(e.revokeSecret)})
}

// guardSecrets requires the account's credentials, and its key in the path.
func (e *Emulator) guardSecrets(r *request) (response, bool) {
	if refusal, ok := e.authenticateBasic(r); !ok {
		return refusal, false
	}
	if key := r.PathValue("api_key"); key != e.options.APIKey {
		return problem(http.StatusNotFound, "#invalid-api-key", "Invalid API Key",
			"API key '"+key+"' does not exist, or you do not have access"), false
	}
	return response{}, true
}

// opens reports whether the secret is one of the account's. The caller must hold the lock.
func (e *Emulator) opens(shown string) bool {
	return slices.ContainsFunc(e.secrets, func(valid secret) bool {
		return subtle.ConstantTimeCompare([]byte(shown), []byte(valid.value)) == 1
	})
}

func (e *Emulator) secretDocument(s secret) document {
	return document{
		"id": s.id, "created_at": s.created.UTC().Format(time.RFC3339),
		"_links": document{"self": document{"href": "/accounts/" + e.options.APIKey + "/secrets/" + s.id}},
	}
}

// problemJSON sets the content type of a refusal, as only this API does.
func problemJSON(r response) response {
	if r.header == nil {
		r.header = http.Header{}
	}
	r.header.Set("Content-Type", "application/problem+json")
	return r
}

func asProblem(check guard) guard {
	return func(r *request) (response, bool) {
		refusal, ok := check(r)
		return problemJSON(refusal), ok
	}
}

func (e *Emulator) listSecrets(*request) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	documents := make([]document, len(e.secrets))
	for i, s := range e.secrets {
		documents[i] = e.secretDocument(s)
	}
	return response{status: http.StatusOK, body: document{
		"_links":    document{"self": document{"href": "/accounts/" + e.options.APIKey + "/secrets"}},
		"_embedded": document{"secrets": documents},
	}}
}

var (
	lower = regexp.MustCompile(`[a-z]`)
	upper = regexp.MustCompile(`[A-Z]`)
	digit = regexp.MustCompile(`[0-9]`)
)

func complexEnough(value string) bool {
	return len(value) >= 8 && len(value) <= 25 && lower.MatchString(value) && upper.MatchString(value) && digit.MatchString(value)
}

// createSecret refuses a third secret. The status of the real API's refusal is undocumented.
func (e *Emulator) createSecret(r *request) response {
	sent, err := parseDocument(r.body)
	if err != nil {
		return problemJSON(invalidJSON(err.Error()))
	}
	value := text(sent, "secret")
	if !complexEnough(value) {
		return problemJSON(problem(http.StatusBadRequest, "/account/secret-management#validation", "Bad Request",
			"The request failed due to secret validation errors", parameter{"secret", "Does not meet complexity requirements"}))
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.secrets) >= maxSecrets {
		status := cmp.Or(e.options.Variant.ThirdSecretStatus, http.StatusForbidden)
		return problemJSON(problem(status, "/account/secret-management#max-secrets", "Maximum number of secrets",
			"The account reached the maximum number of secrets allowed."))
	}
	made := secret{id: newUUID(), value: value, created: e.options.Now()}
	e.secrets = append(e.secrets, made)
	return response{status: http.StatusCreated, body: e.secretDocument(made)}
}

func (e *Emulator) secretPlace(id string) int {
	return slices.IndexFunc(e.secrets, func(s secret) bool { return s.id == id })
}

func (e *Emulator) getSecret(r *request) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	place := e.secretPlace(r.PathValue("secret"))
	if place < 0 {
		return problemJSON(notFound(r.PathValue("secret")))
	}
	return response{status: http.StatusOK, body: e.secretDocument(e.secrets[place])}
}

func (e *Emulator) revokeSecret(r *request) response {
	e.mu.Lock()
	defer e.mu.Unlock()
	place := e.secretPlace(r.PathValue("secret"))
	if place < 0 {
		return problemJSON(notFound(r.PathValue("secret")))
	}
	if len(e.secrets) == 1 {
		return problemJSON(problem(http.StatusForbidden, "/account/secret-management#delete-last-secret", "Secret Deletion Forbidden",
			"Can not delete the last secret. The account must always have at least 1 secret active at any time"))
	}
	e.secrets = slices.Delete(e.secrets, place, place+1)
	return response{status: http.StatusNoContent}
}
