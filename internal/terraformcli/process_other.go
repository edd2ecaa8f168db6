// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package terraformcli

import "os/exec"

// ownProcessGroup does nothing: without process groups, the context's end kills the command.
func ownProcessGroup(*exec.Cmd) {}

// endProcessGroup has no group to end.
func endProcessGroup(*exec.Cmd) {}
