// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package applications is the Application API 2.4.1: https://developer.vonage.com/api/application.v2.
package applications

import (
	"net/http"
	"regexp"

	"github.com/google/uuid"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
)

// API is the Application API of an account.
type API struct {
	*platform.Account

	store *store
	// deleted is called with the id of every application that is deleted.
	deleted func(id string)
}

// New returns the API of an account without applications. deleted is called with the id of every application that is
// deleted.
func New(account *platform.Account, deleted func(id string)) *API {
	return &API{Account: account, store: newStore(), deleted: deleted}
}

// Routes serves the API's paths and the applications of the control API.
func (a *API) Routes(paths *platform.Paths) {
	api := platform.Family{Name: "Application v2", Guard: a.AuthenticateBasic, WrongVerb: platform.WrongVerb, Admit: platform.AdmitJSON}
	api.Serve(paths, "/v2/applications", platform.Operations{
		http.MethodGet:  a.listApplications,
		http.MethodPost: a.createApplication,
	})
	api.Serve(paths, "/v2/applications/{id}", platform.Operations{
		http.MethodGet:    a.getApplication,
		http.MethodPut:    a.updateApplication,
		http.MethodDelete: a.deleteApplication,
	})
	paths.Keep("applications", "applications/{id}", a)
}

func (a *API) createApplication(r *platform.Request) platform.Response {
	sent, refusal, ok := a.readApplication(r.Body, nil)
	if !ok {
		return refusal
	}
	id := uuid.NewString()
	private := ""
	if document.Text(sent, "keys", "public_key") == "" {
		made, secret, err := newKeyPair()
		if err != nil {
			return platform.InternalError()
		}
		sent["keys"], private = document.Object{"public_key": made}, secret
	}
	document.Fill(sent, "privacy", document.Object{})
	document.Fill(document.Within(sent, "privacy"), "improve_ai", a.Variant.ImproveAI)
	a.complete(id, sent)
	a.Lock()
	a.store.put(id, sent)
	a.Unlock()
	return platform.Response{Status: http.StatusCreated, Body: withPrivateKey(a.answered(sent), private)}
}

func (a *API) getApplication(r *platform.Request) platform.Response {
	id := r.PathValue("id")
	a.Lock()
	application, known := a.store.documents[id]
	a.Unlock()
	if !known {
		return a.noApplication(id)
	}
	return platform.Response{Status: http.StatusOK, Body: a.answered(application)}
}

// updateApplication replaces the whole application except its keys and its privacy: no source says what an update
// without them does to them.
func (a *API) updateApplication(r *platform.Request) platform.Response {
	id := r.PathValue("id")
	a.Lock()
	defer a.Unlock()
	stored, known := a.store.documents[id]
	if !known {
		return a.noApplication(id)
	}
	sent, refusal, ok := a.readApplication(r.Body, stored)
	if !ok {
		return refusal
	}
	private, err := a.keepKeys(sent, stored)
	if err != nil {
		return platform.InternalError()
	}
	a.keepPrivacy(sent, stored)
	a.complete(id, sent)
	a.store.put(id, sent)
	answered := withPrivateKey(a.answered(sent), private)
	if a.Variant.UpdateOmitsPrivacy {
		delete(answered, "privacy")
	}
	return platform.Response{Status: http.StatusOK, Body: answered}
}

// keepKeys determines the public key after an update, and returns the private key if it had to generate a new pair.
func (a *API) keepKeys(sent, stored document.Object) (private string, err error) {
	if document.Text(sent, "keys", "public_key") != "" {
		return "", nil
	}
	switch a.Variant.OmittedKeys {
	case "cleared":
		delete(sent, "keys")
	case "regenerated":
		var public string
		if public, private, err = newKeyPair(); err != nil {
			return "", err
		}
		sent["keys"] = document.Object{"public_key": public}
	default:
		delete(sent, "keys")
		if keys, had := stored["keys"]; had {
			sent["keys"] = keys
		}
	}
	return private, nil
}

func (a *API) keepPrivacy(sent, stored document.Object) {
	if _, given := sent["privacy"]; given {
		document.Fill(document.Within(sent, "privacy"), "improve_ai", a.Variant.ImproveAI)
		return
	}
	if a.Variant.OmittedPrivacyReset {
		sent["privacy"] = document.Object{"improve_ai": a.Variant.ImproveAI}
	} else if privacy, had := stored["privacy"]; had {
		sent["privacy"] = privacy
	}
}

func (a *API) deleteApplication(r *platform.Request) platform.Response {
	id := r.PathValue("id")
	a.Lock()
	defer a.Unlock()
	if !a.removeApplication(id) {
		return a.noApplication(id)
	}
	return platform.Response{Status: http.StatusNoContent}
}

// complete adds what the server stores beyond what was sent.
func (a *API) complete(id string, sent document.Object) {
	sent["id"] = id
	sent["_links"] = document.Object{"self": document.Object{"href": "/v2/applications/" + id}}
	if public := document.Text(sent, "keys", "public_key"); public != "" {
		sent["keys"] = document.Object{"public_key": canonicalPEM(public)}
	}
	fillDefaults(a.Variant, sent)
}

// answered returns the answer to GET for a stored application. The caller may modify it.
func (a *API) answered(application document.Object) document.Object {
	answered := document.Copy(application)
	if a.Variant.VideoSecretHidden {
		for _, hook := range document.ObjectAt(answered, "capabilities", "video", "webhooks") {
			if hook, ok := hook.(document.Object); ok {
				delete(hook, "secret")
			}
		}
	}
	return answered
}

func withPrivateKey(answered document.Object, private string) document.Object {
	if private != "" {
		document.Within(answered, "keys")["private_key"] = private
	}
	return answered
}

var uuidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func (a *API) noApplication(id string) platform.Response {
	if a.Variant.MalformedIDStatus == http.StatusBadRequest && !uuidPattern.MatchString(id) {
		return platform.Problem(http.StatusBadRequest, "#invalid-id", "Invalid ID", "ID '"+id+"' is not a valid application ID")
	}
	return platform.NotFound(id)
}
