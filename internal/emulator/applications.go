// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"mime"
	"net/http"
	"regexp"
)

// The Application API 2.4.1: https://developer.vonage.com/api/application.v2.

func (e *Emulator) applicationRoutes(mux *http.ServeMux) {
	api := family{guard: e.authenticateBasic, wrongVerb: wrongVerb, admit: e.admitJSON}
	api.serve(mux, "/v2/applications", operations{
		http.MethodGet:  e.listApplications,
		http.MethodPost: e.createApplication,
	})
	api.serve(mux, "/v2/applications/{id}", operations{
		http.MethodGet:    e.getApplication,
		http.MethodPut:    e.updateApplication,
		http.MethodDelete: e.deleteApplication,
	})
}

// admitJSON refuses clients that accept or send anything but JSON.
func (e *Emulator) admitJSON(r *request) (response, bool) {
	if !accepts(r.Header) {
		return wrongAccept(), false
	}
	if r.Method == http.MethodPost || r.Method == http.MethodPut || r.Method == http.MethodPatch {
		kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil || kind != "application/json" {
			return wrongContentType(), false
		}
	}
	return response{}, true
}

func (e *Emulator) createApplication(r *request) response {
	sent, refusal, ok := e.readApplication(r.body, nil)
	if !ok {
		return refusal
	}
	id := newUUID()
	private := ""
	if text(sent, "keys", "public_key") == "" {
		made, secret, err := newKeyPair()
		if err != nil {
			return internalError()
		}
		sent["keys"], private = document{"public_key": made}, secret
	}
	fill(sent, "privacy", document{})
	fill(within(sent, "privacy"), "improve_ai", e.options.Variant.ImproveAI)
	e.complete(id, sent)
	e.mu.Lock()
	e.applications.put(id, sent)
	e.mu.Unlock()
	return response{status: http.StatusCreated, body: withPrivateKey(e.answered(sent), private)}
}

func (e *Emulator) getApplication(r *request) response {
	id := r.PathValue("id")
	e.mu.Lock()
	application, known := e.applications.documents[id]
	e.mu.Unlock()
	if !known {
		return e.noApplication(id)
	}
	return response{status: http.StatusOK, body: e.answered(application)}
}

// updateApplication replaces the whole application except its keys and its privacy: no source says what an update
// without them does to them.
func (e *Emulator) updateApplication(r *request) response {
	id := r.PathValue("id")
	e.mu.Lock()
	defer e.mu.Unlock()
	stored, known := e.applications.documents[id]
	if !known {
		return e.noApplication(id)
	}
	sent, refusal, ok := e.readApplication(r.body, stored)
	if !ok {
		return refusal
	}
	private, err := e.keepKeys(sent, stored)
	if err != nil {
		return internalError()
	}
	e.keepPrivacy(sent, stored)
	e.complete(id, sent)
	e.applications.put(id, sent)
	answered := withPrivateKey(e.answered(sent), private)
	if e.options.Variant.UpdateOmitsPrivacy {
		delete(answered, "privacy")
	}
	return response{status: http.StatusOK, body: answered}
}

// keepKeys determines the public key after an update, and returns the private key if it had to generate a new pair.
func (e *Emulator) keepKeys(sent, stored document) (private string, err error) {
	if text(sent, "keys", "public_key") != "" {
		return "", nil
	}
	switch e.options.Variant.OmittedKeys {
	case "cleared":
		delete(sent, "keys")
	case "regenerated":
		var public string
		if public, private, err = newKeyPair(); err != nil {
			return "", err
		}
		sent["keys"] = document{"public_key": public}
	default:
		delete(sent, "keys")
		if keys, had := stored["keys"]; had {
			sent["keys"] = keys
		}
	}
	return private, nil
}

func (e *Emulator) keepPrivacy(sent, stored document) {
	if _, given := sent["privacy"]; given {
		fill(within(sent, "privacy"), "improve_ai", e.options.Variant.ImproveAI)
		return
	}
	if e.options.Variant.OmittedPrivacyReset {
		sent["privacy"] = document{"improve_ai": e.options.Variant.ImproveAI}
	} else if privacy, had := stored["privacy"]; had {
		sent["privacy"] = privacy
	}
}

func (e *Emulator) deleteApplication(r *request) response {
	id := r.PathValue("id")
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.removeApplication(id) {
		return e.noApplication(id)
	}
	return response{status: http.StatusNoContent}
}

// complete adds what the server stores beyond what was sent.
func (e *Emulator) complete(id string, sent document) {
	sent["id"] = id
	sent["_links"] = document{"self": document{"href": "/v2/applications/" + id}}
	if public := text(sent, "keys", "public_key"); public != "" {
		sent["keys"] = document{"public_key": canonicalPEM(public)}
	}
	e.options.Variant.fillDefaults(sent)
}

// answered returns the answer to GET for a stored application. The caller may modify it.
func (e *Emulator) answered(application document) document {
	answered := copyOf(application)
	if e.options.Variant.VideoSecretHidden {
		for _, hook := range object(answered, "capabilities", "video", "webhooks") {
			if hook, ok := hook.(document); ok {
				delete(hook, "secret")
			}
		}
	}
	return answered
}

func withPrivateKey(answered document, private string) document {
	if private != "" {
		within(answered, "keys")["private_key"] = private
	}
	return answered
}

var uuidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func (e *Emulator) noApplication(id string) response {
	if e.options.Variant.MalformedIDStatus == http.StatusBadRequest && !uuidPattern.MatchString(id) {
		return problem(http.StatusBadRequest, "#invalid-id", "Invalid ID", "ID '"+id+"' is not a valid application ID")
	}
	return notFound(id)
}
