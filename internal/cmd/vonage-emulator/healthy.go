// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// patience is how long -healthy waits for a response.
const patience = 3 * time.Second

// healthy returns nil if the emulator at a URL is ready. An image of the program alone has nothing else to ask with.
func healthy(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(url, "/")+"/emulator/health", http.NoBody)
	if err != nil {
		return fmt.Errorf("-healthy: %w", err)
	}
	answer, err := http.DefaultClient.Do(request)
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
