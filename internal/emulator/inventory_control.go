// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"strings"
)

func (e *Emulator) controlInventory(mux *http.ServeMux) {
	controlDocuments(mux, "inventory/{id...}", documentStore{
		seed: func(id string, doc any) error {
			number, err := toDocument(doc)
			if err != nil {
				return err
			}
			number["country"], number["msisdn"], _ = strings.Cut(id, "/")
			return e.SeedInventory(number)
		},
		get: func(id string) (map[string]any, bool) {
			number, there := e.Inventory()[id]
			return maps.Clone(number), there
		},
		remove: e.RemoveInventory,
	})
	mux.HandleFunc("GET /emulator/inventory", listControl(e.Inventory))
}
