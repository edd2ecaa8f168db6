// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"maps"
	"net/http"
	"slices"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/redact"
)

// state is an account at a glance, and what all accounts share.
type state struct {
	APIKey       string           `json:"api_key"`
	Record       platform.Record  `json:"record"`
	Accounts     []map[string]any `json:"accounts"`
	Applications shown            `json:"applications"`
	Numbers      shown            `json:"numbers"`
	Inventory    shown            `json:"inventory"`
	Legs         []feed.Leg       `json:"legs"`
	Faults       []wireFault      `json:"faults"`
}

// shown are the first documents of a kind, by id, and how many there are.
type shown struct {
	Total     int                       `json:"total"`
	Documents map[string]map[string]any `json:"documents"`
}

// mostShown is the maximum number of documents of a kind.
const mostShown = 200

func first(all map[string]map[string]any) shown {
	kept := shown{Total: len(all), Documents: all}
	if len(all) > mostShown {
		kept.Documents = map[string]map[string]any{}
		for _, id := range slices.Sorted(maps.Keys(all))[:mostShown] {
			kept.Documents[id] = all[id]
		}
	}
	return kept
}

// serveState responds with the account at a glance, without secrets.
func serveState(server *platform.Server, account *platform.Account, content Content) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		text, err := redact.JSON(state{
			APIKey: content.APIKey(), Record: content.Record(), Accounts: server.Accounts(), Applications: first(content.Applications()),
			Numbers: first(content.Numbers()), Inventory: first(content.Inventory()), Legs: content.Legs(), Faults: pendingFaults(server),
		}, account.Confidential()...)
		if err != nil {
			platform.ControlError(w, http.StatusInternalServerError, err.Error())
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write(text) // the client has gone
	}
}
