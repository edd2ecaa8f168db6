// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package control is the part of the control API that belongs to no single API: faults, requests and seeds.
//
// The control API acts for everyone but the client: the account owner in the dashboard, callers, the failing network.
// It requires no credentials. README.md is its reference.
package control

import (
	"net/http"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/fault"
)

// Routes serves the part of the control API that belongs to no single API: faults, requests and seeds.
func Routes(server *platform.Server, content Content) {
	mux := server.Control
	mux.HandleFunc("/emulator/", func(w http.ResponseWriter, r *http.Request) {
		platform.ControlError(w, http.StatusNotFound, "the control API has no "+r.Method+" "+r.URL.Path)
	})
	mux.HandleFunc("GET /emulator/requests", platform.ControlList(server.Requests))
	mux.HandleFunc("DELETE /emulator/requests", func(w http.ResponseWriter, _ *http.Request) {
		server.ResetRequests()
		w.WriteHeader(http.StatusNoContent)
	})
	faultRoutes(server)
	seedRoutes(mux, content)
}

func faultRoutes(server *platform.Server) {
	mux := server.Control
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
	mux.HandleFunc("GET /emulator/faults", platform.ControlList(func() []wireFault {
		faults := server.PendingFaults()
		pending := make([]wireFault, len(faults))
		for i, fault := range faults {
			pending[i] = wireFault{Fault: fault, Delay: platform.WireDuration(fault.Delay)}
		}
		return pending
	}))
	mux.HandleFunc("DELETE /emulator/faults", func(w http.ResponseWriter, _ *http.Request) {
		server.ClearFaults()
		w.WriteHeader(http.StatusNoContent)
	})
}

// wireFault is a Fault in JSON.
type wireFault struct {
	fault.Fault

	Delay platform.WireDuration `json:"delay,omitempty"`
}

func (f wireFault) fault() fault.Fault {
	f.Fault.Delay = time.Duration(f.Delay)
	return f.Fault
}
