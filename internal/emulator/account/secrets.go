// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// API secrets: an account has one or two, and both are valid (Account API 1.0.4).

const maxSecrets = 2

func (a *API) secretRoutes(server *platform.Server) {
	api := platform.Family{
		Name:      "Account: API secrets",
		Guard:     asProblem(a.guardSecrets),
		WrongVerb: func() platform.Response { return problemJSON(platform.WrongVerb()) },
		Admit:     asProblem(platform.AdmitJSON),
	}
	limit := a.Limit(maxPerSecond, func(perSecond int) platform.Response { return problemJSON(a.accountThrottled(perSecond)) })
	const path = "/accounts/{api_key}/secrets"
	api.Serve(server, path, platform.Operations{http.MethodGet: limit(a.listSecrets), http.MethodPost: limit(a.createSecret)})
	api.Serve(server, path+"/{secret}", platform.Operations{http.MethodGet: limit(a.getSecret), http.MethodDelete: limit(a.revokeSecret)})
}

// guardSecrets requires the account's credentials, and its key in the path.
func (a *API) guardSecrets(r *platform.Request) (platform.Response, bool) {
	if refusal, ok := a.AuthenticateBasic(r); !ok {
		return refusal, false
	}
	if key := r.PathValue("api_key"); key != a.APIKey {
		return platform.Problem(http.StatusNotFound, "#invalid-api-key", "Invalid API Key",
			"API key '"+key+"' does not exist, or you do not have access"), false
	}
	return platform.Response{}, true
}

func (a *API) secretDocument(s platform.Secret) document.Object {
	return document.Object{
		"id": s.ID, "created_at": s.Created.UTC().Format(time.RFC3339),
		"_links": document.Object{"self": document.Object{"href": "/accounts/" + a.APIKey + "/secrets/" + s.ID}},
	}
}

// problemJSON sets the content type of a refusal, as only this API does.
func problemJSON(r platform.Response) platform.Response {
	if r.Header == nil {
		r.Header = http.Header{}
	}
	r.Header.Set("Content-Type", "application/problem+json")
	return r
}

func asProblem(check platform.Guard) platform.Guard {
	return func(r *platform.Request) (platform.Response, bool) {
		refusal, ok := check(r)
		return problemJSON(refusal), ok
	}
}

func (a *API) listSecrets(*platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	documents := make([]document.Object, len(a.Secrets))
	for i, s := range a.Secrets {
		documents[i] = a.secretDocument(s)
	}
	return platform.Response{Status: http.StatusOK, Body: document.Object{
		"_links":    document.Object{"self": document.Object{"href": "/accounts/" + a.APIKey + "/secrets"}},
		"_embedded": document.Object{"secrets": documents},
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
func (a *API) createSecret(r *platform.Request) platform.Response {
	sent, err := document.ParseObject(r.Body)
	if err != nil {
		return problemJSON(platform.InvalidJSON(err.Error()))
	}
	value := document.Text(sent, "secret")
	if !complexEnough(value) {
		return problemJSON(platform.Problem(http.StatusBadRequest, "/account/secret-management#validation", "Bad Request",
			"The request failed due to secret validation errors", shape.Parameter{Name: "secret", Reason: "Does not meet complexity requirements"}))
	}
	a.Lock()
	defer a.Unlock()
	if len(a.Secrets) >= maxSecrets {
		status := cmp.Or(a.Variant.ThirdSecretStatus, http.StatusForbidden)
		return problemJSON(platform.Problem(status, "/account/secret-management#max-secrets", "Maximum number of secrets",
			"The account reached the maximum number of secrets allowed."))
	}
	made := platform.Secret{ID: uuid.NewString(), Value: value, Created: a.Now()}
	a.Secrets = append(a.Secrets, made)
	return platform.Response{Status: http.StatusCreated, Body: a.secretDocument(made)}
}

func (a *API) secretPlace(id string) int {
	return slices.IndexFunc(a.Secrets, func(s platform.Secret) bool { return s.ID == id })
}

func (a *API) getSecret(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	place := a.secretPlace(r.PathValue("secret"))
	if place < 0 {
		return problemJSON(platform.NotFound(r.PathValue("secret")))
	}
	return platform.Response{Status: http.StatusOK, Body: a.secretDocument(a.Secrets[place])}
}

func (a *API) revokeSecret(r *platform.Request) platform.Response {
	a.Lock()
	defer a.Unlock()
	place := a.secretPlace(r.PathValue("secret"))
	if place < 0 {
		return problemJSON(platform.NotFound(r.PathValue("secret")))
	}
	if len(a.Secrets) == 1 {
		return problemJSON(platform.Problem(http.StatusForbidden, "/account/secret-management#delete-last-secret", "Secret Deletion Forbidden",
			"Can not delete the last secret. The account must always have at least 1 secret active at any time"))
	}
	a.Secrets = slices.Delete(a.Secrets, place, place+1)
	return platform.Response{Status: http.StatusNoContent}
}
