// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package control is the part of the control API that belongs to no single API: faults, requests and seeds.
//
// The control API acts for everyone but the client: the account owner in the dashboard, callers, the failing network.
// It requires no credentials on the machine that runs the emulator: see guard. README.md is its reference.
package control

import (
	"net/http"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/fault"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/variant"
)

// New serves the part of the control API that belongs to no single account: accounts, faults and requests. Everything
// else is about first, or about another account under /emulator/accounts/KEY/.
func New(server *platform.Server, account *platform.Account, first Content, states States) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+healthPath, func(w http.ResponseWriter, _ *http.Request) {
		if server.Closed() {
			platform.ControlAnswer(w, http.StatusServiceUnavailable, map[string]any{"status": "closed"})
			return
		}
		platform.ControlAnswer(w, http.StatusOK, map[string]any{"status": "ready"})
	})
	mux.HandleFunc("/emulator/", func(w http.ResponseWriter, r *http.Request) {
		serveAccount(server, first.APIKey(), w, r)
	})
	mux.HandleFunc("/emulator/accounts/{key}/{rest...}", func(w http.ResponseWriter, r *http.Request) {
		inner := r.Clone(r.Context())
		inner.URL.Path, inner.URL.RawPath = "/emulator/"+r.PathValue("rest"), ""
		serveAccount(server, r.PathValue("key"), w, inner)
	})
	mux.HandleFunc("GET /emulator/accounts", platform.ControlList(server.Accounts))
	mux.HandleFunc("POST /emulator/accounts", func(w http.ResponseWriter, r *http.Request) {
		var seed Seed
		if !platform.ControlBody(w, r, &seed) {
			return
		}
		err := seed.Check(first.Kinds())
		if err == nil {
			server.Together(func() { err = seed.open(first.OpenAccount) })
		}
		if err != nil {
			platform.ControlError(w, http.StatusBadRequest, err.Error())
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /emulator/requests", platform.ControlList(server.Requests))
	mux.HandleFunc("DELETE /emulator/requests", func(w http.ResponseWriter, _ *http.Request) {
		server.ResetRequests()
		w.WriteHeader(http.StatusNoContent)
	})
	faultRoutes(mux, server)
	stateRoutes(mux, states)
	clockRoutes(mux, account.Clock)
	pageRoutes(mux)
	return newGuard(account.Options, telling(account, mux))
}

// telling tells whoever watches of every write.
func telling(account *platform.Account, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		if !reads(r) {
			account.Feed.Publish("", feed.Changed{})
		}
	})
}

// serveAccount serves the control API of one account.
func serveAccount(server *platform.Server, key string, w http.ResponseWriter, r *http.Request) {
	paths, known := server.PathsOf(key)
	if !known {
		platform.ControlError(w, http.StatusNotFound, "there is no account "+key)
		return
	}
	paths.Control.ServeHTTP(w, r)
}

// AccountRoutes serves the seeds of the control API of one account, and what happens in it.
func AccountRoutes(server *platform.Server, mux *http.ServeMux, account *platform.Account, content Content) {
	mux.HandleFunc("/emulator/", func(w http.ResponseWriter, r *http.Request) {
		platform.ControlError(w, http.StatusNotFound, "the control API has no "+r.Method+" "+r.URL.Path)
	})
	seedRoutes(server, mux, content)
	mux.HandleFunc("GET /emulator/state", serveState(server, account, content))
	mux.HandleFunc("GET /emulator/events", newStream(account).ServeHTTP)
}

func faultRoutes(mux *http.ServeMux, server *platform.Server) {
	mux.HandleFunc("POST /emulator/faults", func(w http.ResponseWriter, r *http.Request) {
		var fault wireFault
		if !platform.ControlBody(w, r, &fault) {
			return
		}
		if err := server.Fail(fault.fault()); err != nil {
			platform.ControlError(w, http.StatusBadRequest, err.Error())
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /emulator/faults", platform.ControlList(func() []wireFault { return pendingFaults(server) }))
	mux.HandleFunc("DELETE /emulator/faults", func(w http.ResponseWriter, _ *http.Request) {
		server.ClearFaults()
		w.WriteHeader(http.StatusNoContent)
	})
}

func pendingFaults(server *platform.Server) []wireFault {
	faults := server.PendingFaults()
	pending := make([]wireFault, len(faults))
	for i, fault := range faults {
		pending[i] = wireFault{Fault: fault, Delay: variant.Duration(fault.Delay)}
	}
	return pending
}

// wireFault is a Fault in JSON.
type wireFault struct {
	fault.Fault

	Delay variant.Duration `json:"delay,omitempty"`
}

func (f wireFault) fault() fault.Fault {
	f.Fault.Delay = time.Duration(f.Delay)
	return f.Fault
}
