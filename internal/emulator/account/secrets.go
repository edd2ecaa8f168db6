// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package account

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// API secrets: an account has one or two, and both are valid (Account API 1.0.4). A primary account can manage those of
// its subaccounts.

const maxSecrets = 2

func (a *API) secretRoutes(paths *platform.Paths) {
	api := platform.Family{
		Name:      "Account: API secrets",
		Guard:     platform.AsProblemJSON(a.guardSecrets),
		WrongVerb: func() platform.Response { return platform.ProblemJSON(platform.WrongVerb()) },
		Admit:     platform.AsProblemJSON(platform.AdmitJSON),
	}
	limit := a.Limit(maxPerSecond, func(perSecond int) platform.Response { return platform.ProblemJSON(a.accountThrottled(perSecond)) })
	const path = "/accounts/{api_key}/secrets"
	api.Serve(paths, path, platform.Operations{
		http.MethodGet:  limit(a.listSecrets),
		http.MethodPost: limit(a.Writes(a.named, a.createSecret)),
	})
	api.Serve(paths, path+"/{secret}", platform.Operations{
		http.MethodGet:    limit(a.getSecret),
		http.MethodDelete: limit(a.Writes(a.named, a.revokeSecret)),
	})
}

// guardSecrets requires the account's credentials, and in the path its key or that of a subaccount.
func (a *API) guardSecrets(r *platform.Request) (platform.Response, bool) {
	if refusal, ok := a.AuthenticateBasic(r); !ok {
		return refusal, false
	}
	if a.named(r) == nil {
		return platform.InvalidAPIKey(r.PathValue("api_key")), false
	}
	return platform.Response{}, true
}

// named returns the account in the path.
func (a *API) named(r *platform.Request) *platform.Account {
	a.Lock()
	defer a.Unlock()
	named, _ := a.Of(r.PathValue("api_key"))
	return named
}

func secretDocument(owner *platform.Account, s platform.Secret) document.Object {
	return document.Object{
		"id": s.ID, "created_at": s.Created.UTC().Format(time.RFC3339),
		"_links": document.Object{"self": document.Object{"href": "/accounts/" + owner.APIKey + "/secrets/" + s.ID}},
	}
}

func (a *API) listSecrets(r *platform.Request) platform.Response {
	owner := a.named(r)
	a.Lock()
	defer a.Unlock()
	documents := make([]document.Object, len(owner.Secrets))
	for i, s := range owner.Secrets {
		documents[i] = secretDocument(owner, s)
	}
	return platform.Response{Status: http.StatusOK, Body: document.Object{
		"_links":    document.Object{"self": document.Object{"href": "/accounts/" + owner.APIKey + "/secrets"}},
		"_embedded": document.Object{"secrets": documents},
	}}
}

func (a *API) createSecret(r *platform.Request) platform.Response {
	owner := a.named(r)
	sent, err := document.ParseObject(r.Body)
	if err != nil {
		return platform.ProblemJSON(platform.InvalidJSON(err.Error()))
	}
	value := document.Text(sent, "secret")
	if !shape.IsSecret(value) {
		return invalidSecret("Does not meet complexity requirements")
	}
	a.Lock()
	defer a.Unlock()
	if !a.Variant.EqualSecretsAccepted && slices.ContainsFunc(owner.Secrets, func(s platform.Secret) bool { return s.Value == value }) {
		return invalidSecret("Must be different from the account's other secrets")
	}
	if len(owner.Secrets) >= maxSecrets {
		return a.tooManySecrets()
	}
	return platform.Response{
		Status: cmp.Or(a.Variant.SecretCreatedStatus, http.StatusCreated),
		Body:   secretDocument(owner, owner.AddSecret(value)),
	}
}

func invalidSecret(reason string) platform.Response {
	return platform.ProblemJSON(platform.Problem(http.StatusBadRequest, "/account/secret-management#validation", "Bad Request",
		"The request failed due to secret validation errors", shape.Parameter{Name: "secret", Reason: reason}))
}

// tooManySecrets is the refusal that https://github.com/Vonage/vonage-python-sdk has captured in account/tests/data, or
// the older one of https://github.com/Vonage/vonage-php-sdk-core.
func (a *API) tooManySecrets() platform.Response {
	kind, title, detail := "add-excess-secret", "Secret Addition Forbidden", "Account reached maximum number [2] of allowed secrets"
	if a.Variant.OldSecretLimit {
		kind, title = "maximum-secrets-allowed", "Maxmimum number of secrets already met"
		detail = "This account has reached maximum number of '2' allowed secrets"
	}
	return platform.ProblemJSON(platform.Problem(cmp.Or(a.Variant.ThirdSecretStatus, http.StatusForbidden),
		"/account/secret-management#"+kind, title, detail))
}

func noSecret(id string) platform.Response {
	return platform.ProblemJSON(platform.Problem(http.StatusNotFound, "#invalid-id", "Invalid ID", "ID '"+id+"' could not be found"))
}

func (a *API) getSecret(r *platform.Request) platform.Response {
	owner := a.named(r)
	a.Lock()
	defer a.Unlock()
	for _, s := range owner.Secrets {
		if s.ID == r.PathValue("secret") {
			return platform.Response{Status: http.StatusOK, Body: secretDocument(owner, s)}
		}
	}
	return noSecret(r.PathValue("secret"))
}

func (a *API) revokeSecret(r *platform.Request) platform.Response {
	owner, id := a.named(r), r.PathValue("secret")
	a.Lock()
	defer a.Unlock()
	if len(owner.Secrets) == 1 && owner.Secrets[0].ID == id {
		return platform.ProblemJSON(platform.Problem(http.StatusForbidden, "/account/secret-management#delete-last-secret",
			"Secret Deletion Forbidden",
			"Can not delete the last secret. The account must always have at least 1 secret active at any time"))
	}
	if !owner.RevokeSecret(id) {
		return noSecret(id)
	}
	return platform.Response{Status: http.StatusNoContent}
}
