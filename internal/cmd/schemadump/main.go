// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Command schemadump writes the provider's schema to standard output, as the JSON of "terraform providers schema -json".
//
// The documentation is generated from it. It gets the schema from the provider in process and not from an installed
// Terraform, because a CLI omits features newer than itself (actions, list resources, identities), and their pages would
// be missing.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/vonage/terraform-provider-vonage/internal/provider"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "schemadump:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer) error {
	server, err := provider.NewServer(provider.New("dev")())
	if err != nil {
		return err
	}

	schemas, err := dump(ctx, server)
	if err != nil {
		return err
	}

	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")

	return encoder.Encode(schemas)
}
