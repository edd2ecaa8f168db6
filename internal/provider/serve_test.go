// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"testing"

	framework "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/vonage/terraform-provider-vonage/internal/provider"
	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// serving is the environment variable that makes this test process act as a plugin.
const serving = "VONAGE_TEST_SERVING"

// TestServeWritesNoLogThatNobodyReads checks that a plugin logs only if the CLI was asked to show the log.
func TestServeWritesNoLogThatNobodyReads(t *testing.T) {
	t.Parallel()
	if os.Getenv(serving) != "" {
		if err := provider.Serve(loud{provider.New("test")()}, false); err != nil {
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
		"own log":              {[]string{"TF_LOG_PROVIDER_VONAGE=debug"}, true},
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
			for _, line := range []string{`"@level":"trace"`, ownLine} {
				if logs := bytes.Contains(log.Bytes(), []byte(line)); logs != test.logs {
					t.Errorf("logs %s: %t, want %t:\n%.500s", line, logs, test.logs, &log)
				}
			}
		})
	}
}

// loud is a provider that logs a line of its own.
type loud struct{ framework.Provider }

const ownLine = "a line of the provider's own log"

func (l loud) Schema(ctx context.Context, req framework.SchemaRequest, resp *framework.SchemaResponse) {
	tflog.Info(ctx, ownLine)
	l.Provider.Schema(ctx, req, resp)
}
