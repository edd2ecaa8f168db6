// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// patience is how long -healthy waits for a response.
const patience = 3 * time.Second

// healthy returns nil if the emulator at a URL is ready. An image of the program alone has nothing else to ask with. The image
// asks by http:// whatever the emulator was started with, so TLS is tried first: a server without it says so, while one with it
// would log each request that lacks it.
func healthy(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	url = strings.TrimSuffix(url, "/")
	if plain, found := strings.CutPrefix(url, "http://"); found {
		if err := ask(ctx, "https://"+plain); !errors.Is(err, http.ErrSchemeMismatch) {
			return err
		}
	}
	return ask(ctx, url)
}

// ask asks for the health. Whose certificate it is does not matter: nothing is sent, and nothing more believed than that somebody
// is there.
func ask(ctx context.Context, url string) error {
	client := http.Client{Transport: &http.Transport{
		DisableKeepAlives: true, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: true}, //nolint:gosec // see above
	}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/emulator/health", http.NoBody)
	if err != nil {
		return fmt.Errorf("-healthy: %w", err)
	}
	answer, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("-healthy: %w", err)
	}
	if err := answer.Body.Close(); err != nil {
		return fmt.Errorf("-healthy: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("-healthy: %s answers %s", request.URL, answer.Status)
	}
	return nil
}
