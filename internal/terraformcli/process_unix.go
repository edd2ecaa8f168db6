// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package terraformcli

import (
	"os/exec"
	"syscall"
)

// ownProcessGroup shields cmd from the terminal's signals, and interrupts it instead of killing it when its context
// ends.
func ownProcessGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
}

// endProcessGroup kills what a killed command left behind: a plugin does not notice that its CLI is gone.
func endProcessGroup(cmd *exec.Cmd) {
	if cmd.Process != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
}
