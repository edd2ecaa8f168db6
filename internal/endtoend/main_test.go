// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package endtoend_test looks at the provider from outside, as a process that terraform or tofu starts: what an interrupt
// leaves behind, and what anybody can read in the logs and files that remain.
package endtoend_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

func TestMain(m *testing.M) { cli.Main(m) }
