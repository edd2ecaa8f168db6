// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"net/http"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/clock"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/variant"
)

// States are the states that the emulator can go back to.
type States interface {
	Reset()
	Snapshot() (name string, err error)
	Restore(name string) error
}

// snapshot names a state.
type snapshot struct {
	Name string `json:"name"`
}

// stateRoutes serves the going back to earlier states.
func stateRoutes(mux *http.ServeMux, states States) {
	mux.HandleFunc("POST /emulator/reset", func(w http.ResponseWriter, _ *http.Request) {
		states.Reset()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /emulator/snapshot", func(w http.ResponseWriter, _ *http.Request) {
		name, err := states.Snapshot()
		if err != nil {
			platform.ControlError(w, http.StatusConflict, err.Error())
			return
		}
		platform.ControlAnswer(w, http.StatusCreated, snapshot{Name: name})
	})
	mux.HandleFunc("POST /emulator/restore", func(w http.ResponseWriter, r *http.Request) {
		var wanted snapshot
		if !platform.ControlBody(w, r, &wanted) {
			return
		}
		if err := states.Restore(wanted.Name); err != nil {
			platform.ControlError(w, http.StatusNotFound, err.Error())
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

// reading is what a clock shows.
type reading struct {
	Now   time.Time        `json:"now"`
	Ahead variant.Duration `json:"ahead"`
}

// move says how to move a clock: to a time, by a duration, or first to a time and then by a duration.
type move struct {
	Set     *time.Time       `json:"set"`
	Advance variant.Duration `json:"advance"`
}

// clockRoutes serves the emulator's clock.
func clockRoutes(mux *http.ServeMux, moved *clock.Clock) {
	read := func() reading { return reading{Now: moved.Now().UTC(), Ahead: variant.Duration(moved.Ahead())} }
	mux.HandleFunc("GET /emulator/clock", platform.ControlList(read))
	mux.HandleFunc("POST /emulator/clock", func(w http.ResponseWriter, r *http.Request) {
		var wanted move
		if !platform.ControlBody(w, r, &wanted) {
			return
		}
		if wanted == (move{}) {
			platform.ControlError(w, http.StatusBadRequest, "say where to: set, advance or both")
			return
		}
		if err := moved.Move(wanted.Set, time.Duration(wanted.Advance)); err != nil {
			platform.ControlError(w, http.StatusBadRequest, err.Error())
			return
		}
		platform.ControlAnswer(w, http.StatusOK, read())
	})
}
