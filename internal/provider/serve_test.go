// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"bytes"
	"os"
	"os/exec"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/provider"
	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// serving is the environment variable that makes this test process act as a plugin.
const serving = "VONAGE_TEST_SERVING"

// TestServeWritesNoLogThatNobodyReads checks that a plugin logs only if the CLI was asked to show the log.
func TestServeWritesNoLogThatNobodyReads(t *testing.T) {
	t.Parallel()
	if os.Getenv(serving) != "" {
		if err := provider.Serve(provider.New("test")(), false); err != nil {
			t.Fatal(err)
		}
		return
	}
	for name, test := range map[string]struct {
		env  []string
		logs bool
	}{
		"nobody reads":         {nil, false},
		"Terraform reads":      {[]string{"TF_LOG=trace"}, true},
		"of the provider":      {[]string{"TF_LOG_PROVIDER=trace"}, true},
		"of the SDK":           {[]string{"TF_LOG_SDK=trace"}, true},
		"only of the protocol": {[]string{"TF_LOG_SDK_PROTO=trace"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			plugin := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestServeWritesNoLogThatNobodyReads$")
			plugin.Stderr = &log
			plugin.Env = append([]string{serving + "=1", "HOME=" + t.TempDir()}, test.env...)
			if err := terraformcli.ServeSchema(t.Context(), plugin); err != nil {
				t.Fatal(err)
			}
			if logs := bytes.Contains(log.Bytes(), []byte(`"@level":"trace"`)); logs != test.logs {
				t.Errorf("logs: %t, want %t:\n%.500s", logs, test.logs, &log)
			}
		})
	}
}
