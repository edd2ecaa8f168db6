// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package terraformcli

import "os/exec"

// ownProcessGroup does nothing: without process groups, the command is killed when its context ends.
func ownProcessGroup(*exec.Cmd) {}

// endProcessGroup does nothing: there is no group.
func endProcessGroup(*exec.Cmd) {}
