// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package endtoend_test tests the provider from outside, as a process started by terraform or tofu: the result of an
// interrupt, and the secrecy of what a run leaves in logs and files.
package endtoend_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

func TestMain(m *testing.M) { cli.Main(m) }
