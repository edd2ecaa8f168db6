// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed page
var files embed.FS

// policy lets the page load nothing but its own files, and be part of no other page.
const policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// pageRoutes serves the page for people, to which only browsers get: see isPage.
func pageRoutes(mux *http.ServeMux) {
	page, err := fs.Sub(files, "page")
	if err != nil {
		return // the folder is embedded
	}
	serve := http.FileServerFS(page)
	protected := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Vary", "Accept")
		serve.ServeHTTP(w, r)
	})
	mux.Handle("GET /{$}", protected)
	mux.Handle("GET /emulator/page/", http.StripPrefix("/emulator/page", protected))
}
