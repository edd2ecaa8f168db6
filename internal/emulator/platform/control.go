// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/fault"
)

// Stored are documents that can be seeded, read and removed.
type Stored interface {
	// Seed stores a document under an id, or replaces the one that has it.
	Seed(id string, doc any) error
	Get(id string) (map[string]any, bool)
	// Remove returns false if there is none.
	Remove(id string) bool
}

// Documents are what an account has of one kind.
type Documents interface {
	Stored
	// All returns them by id.
	All() map[string]map[string]any
}

// Kind is a kind of documents. Seeds, snapshots and tests find it by its name, such as "sip_domains".
type Kind struct {
	Name string
	// Path is where the control API has them, such as "sip/{id}".
	Path string
	// Shared documents are those of every account.
	Shared bool
	Documents
}

// Keep makes documents of an account known by the name of their kind, and serves them under a path of the control API with
// the wildcard {id}. Seeds store kinds in the order in which they become known.
func (p *Paths) Keep(name, path string, documents Documents) {
	KeepListed(p, Kind{Name: name, Path: path, Documents: documents}, documents.All)
}

// KeepListed is Keep for documents of which the control API lists something else than all of them by id.
func KeepListed[T any](p *Paths, kind Kind, list func() T) {
	p.Kinds = append(p.Kinds, kind)
	ServeStored(p.Control, kind.Path, kind.Documents, list)
}

// ServeStored serves documents under a path of the control API with the wildcard {id}, and their list above it.
func ServeStored[T any](mux *http.ServeMux, path string, d Stored, list func() T) {
	above, _, _ := strings.Cut(path, "/{")
	mux.HandleFunc("GET /emulator/"+above, ControlList(list))
	mux.HandleFunc("PUT /emulator/"+path, func(w http.ResponseWriter, r *http.Request) {
		seed, err := seedDocument(w, r)
		if err == nil {
			err = d.Seed(r.PathValue("id"), seed)
		}
		if err != nil {
			malformed(w, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /emulator/"+path, func(w http.ResponseWriter, r *http.Request) {
		stored, known := d.Get(r.PathValue("id"))
		if !known {
			ControlError(w, http.StatusNotFound, "there is no "+r.PathValue("id"))
			return
		}
		ControlAnswer(w, http.StatusOK, stored)
	})
	mux.HandleFunc("DELETE /emulator/"+path, func(w http.ResponseWriter, r *http.Request) {
		if !d.Remove(r.PathValue("id")) {
			ControlError(w, http.StatusNotFound, "there is no "+r.PathValue("id"))
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

// seedDocument returns the body, with the owning application added if the query names one.
func seedDocument(w http.ResponseWriter, r *http.Request) (document.Object, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxControlBody))
	if err != nil {
		return nil, err
	}
	seed, err := document.ParseObject(body)
	if owner := r.URL.Query().Get("application_id"); err == nil && owner != "" {
		seed["application_id"] = owner
	}
	return seed, err
}

// maxControlBody is more than a seed of a hundred thousand numbers has, in bytes.
const maxControlBody = 64 << 20

// ControlBody decodes a request's body; an unknown property is an error, not ignored.
func ControlBody(w http.ResponseWriter, r *http.Request, into any) bool {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxControlBody))
	if err == nil {
		err = document.Decode(body, into)
	}
	if err != nil {
		malformed(w, err)
		return false
	}
	return true
}

// malformed refuses a body.
func malformed(w http.ResponseWriter, err error) {
	status := http.StatusBadRequest
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		status = http.StatusRequestEntityTooLarge
	}
	ControlError(w, status, err.Error())
}

// ControlList responds with what read returns.
func ControlList[T any](read func() T) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { ControlAnswer(w, http.StatusOK, read()) }
}

// ControlAnswer sends a response of the control API.
func ControlAnswer(w http.ResponseWriter, status int, body any) {
	answered := fault.NewAnswer()
	reply(answered, Response{Status: status, Body: body})
	answered.Send(w)
}

// ControlError sends an error of the control API.
func ControlError(w http.ResponseWriter, status int, message string) {
	ControlAnswer(w, status, document.Object{"error": message})
}
