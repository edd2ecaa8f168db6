// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"io"
	"net/http"
)

// The control API acts for everyone but the client: the account owner in the dashboard, callers, the failing network.
// It requires no credentials. README.md is its reference.

func (e *Emulator) controlRoutes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/emulator/", func(w http.ResponseWriter, r *http.Request) {
		controlError(w, http.StatusNotFound, "the control API has no "+r.Method+" "+r.URL.Path)
	})
	controlDocuments(mux, "applications/{id}", documentStore{e.SeedApplication, e.Application, e.RemoveApplication})
	controlDocuments(mux, "numbers/{id...}", documentStore{e.SeedNumber, e.Number, e.RemoveNumber})
	controlDocuments(mux, "conversations/{id}", documentStore{e.SeedConversation, e.Conversation, e.RemoveConversation})
	mux.HandleFunc("GET /emulator/applications", listControl(e.Applications))
	mux.HandleFunc("GET /emulator/numbers", listControl(e.Numbers))
	mux.HandleFunc("GET /emulator/conversations", listControl(e.Conversations))
	mux.HandleFunc("GET /emulator/requests", listControl(e.Requests))
	mux.HandleFunc("DELETE /emulator/requests", func(w http.ResponseWriter, _ *http.Request) {
		e.ResetRequests()
		w.WriteHeader(http.StatusNoContent)
	})
	e.controlFaults(mux)
	e.controlCalls(mux)
	e.controlAccount(mux)
	e.controlInventory(mux)
	e.controlSeed(mux)
	return mux
}

// documentStore is one kind of document that can be seeded, read and removed.
type documentStore struct {
	seed   func(id string, doc any) error
	get    func(id string) (map[string]any, bool)
	remove func(id string) bool
}

func controlDocuments(mux *http.ServeMux, path string, store documentStore) {
	mux.HandleFunc("PUT /emulator/"+path, func(w http.ResponseWriter, r *http.Request) {
		seed, err := seedDocument(r)
		if err == nil {
			err = store.seed(r.PathValue("id"), seed)
		}
		if err != nil {
			controlError(w, http.StatusBadRequest, err.Error())
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /emulator/"+path, func(w http.ResponseWriter, r *http.Request) {
		stored, known := store.get(r.PathValue("id"))
		if !known {
			controlError(w, http.StatusNotFound, "there is no "+r.PathValue("id"))
			return
		}
		controlAnswer(w, http.StatusOK, stored)
	})
	mux.HandleFunc("DELETE /emulator/"+path, func(w http.ResponseWriter, r *http.Request) {
		if !store.remove(r.PathValue("id")) {
			controlError(w, http.StatusNotFound, "there is no "+r.PathValue("id"))
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

// seedDocument returns the body, with the owning application added if the query names one.
func seedDocument(r *http.Request) (document, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	seed, err := parseDocument(body)
	if owner := r.URL.Query().Get("application_id"); err == nil && owner != "" {
		seed["application_id"] = owner
	}
	return seed, err
}

func (e *Emulator) controlFaults(mux *http.ServeMux) {
	mux.HandleFunc("POST /emulator/faults", func(w http.ResponseWriter, r *http.Request) {
		var fault wireFault
		if !controlBody(w, r, &fault) {
			return
		}
		if err := e.Fail(fault.fault()); err != nil {
			controlError(w, http.StatusBadRequest, err.Error())
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /emulator/faults", listControl(func() []wireFault {
		faults := e.PendingFaults()
		pending := make([]wireFault, len(faults))
		for i, fault := range faults {
			pending[i] = wireFault{Fault: fault, Delay: wireDuration(fault.Delay)}
		}
		return pending
	}))
	mux.HandleFunc("DELETE /emulator/faults", func(w http.ResponseWriter, _ *http.Request) {
		e.ClearFaults()
		w.WriteHeader(http.StatusNoContent)
	})
}

// controlBody decodes a request's body; an unknown property is an error, not ignored.
func controlBody(w http.ResponseWriter, r *http.Request, into any) bool {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		controlError(w, http.StatusBadRequest, err.Error())
		return false
	}
	return true
}

func listControl[T any](read func() T) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { controlAnswer(w, http.StatusOK, read()) }
}

func controlAnswer(w http.ResponseWriter, status int, body any) {
	answered := newAnswer()
	answered.reply(response{status: status, body: body})
	answered.send(w)
}

func controlError(w http.ResponseWriter, status int, message string) {
	controlAnswer(w, status, document{"error": message})
}
