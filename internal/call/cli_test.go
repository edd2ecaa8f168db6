// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package call_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestMain(m *testing.M) { cli.Main(m) }

const lineTestAction = `
terraform {
  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

action "vonage_voice_call" "line_test" {
  config {
    from      = "+44 7700 900000"
    to        = { number = terraform_data.colleague.output }
    ncco      = provider::vonage::ncco([{ action = "talk", text = "Hello" }])
    event_url = "http://127.0.0.1:9/never"
    wait_for  = "ringing"
  }
}

resource "terraform_data" "colleague" {
  input = "+44 7700 900001"

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.vonage_voice_call.line_test]
    }
  }
}
`

// The progress and the failure of an action are printed; the action is invoked once, with values from the same apply.
func TestVoiceCallThroughTheCLI(t *testing.T) {
	t.Parallel()
	terraform := cli.New(t)
	if !terraform.Has(t, cli.Actions) {
		t.Skip("this CLI has no actions; TestVoiceCall invokes one in process")
	}
	for name, test := range map[string]struct {
		status string
		fails  bool
		prints []string
	}{
		"rings": {"ringing", false, []string{
			"call 1 (conversation CON-2): started", "call 1 (conversation CON-2): ringing", "Action complete: action.vonage_voice_call.line_test",
		}},
		"is rejected": {"rejected", true, []string{
			"call 1 (conversation CON-2): rejected", `Unable to complete call: Call 1 ended as "rejected" and was never "ringing".`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env, directory := newEnv(t), t.TempDir()
			if err := os.WriteFile(filepath.Join(directory, "main.tf"), []byte(providerA(env)+lineTestAction), 0o600); err != nil {
				t.Fatal(err)
			}
			body := `{"uuid":"1","conversation_uuid":"CON-2","status":`
			for _, fault := range []emulator.Fault{
				{Method: http.MethodPost, Kind: emulator.Status, Status: http.StatusCreated, Body: body + `"started"}`},
				{Method: http.MethodGet, Kind: emulator.Status, Status: http.StatusOK, Body: body + `"` + test.status + `"}`},
			} {
				env.Fail(t, fault)
			}
			printed, err := terraform.Run(t.Context(), directory, "apply", "-auto-approve", "-no-color")
			if (err != nil) != test.fails {
				t.Fatal(err)
			}
			if err != nil {
				printed = err.Error()
			}
			words := strings.Join(strings.Fields(printed), " ")
			for _, text := range test.prints {
				if !strings.Contains(words, text) {
					t.Errorf("%q is not in %s", text, printed)
				}
			}
			if diff := cmp.Diff([]string{"POST /v1/calls", "GET /v1/calls/1"}, env.URLs()); diff != "" {
				t.Error(diff)
			}
			if sent := env.Emulator.Requests()[0].Body; !strings.Contains(sent, `"number":"447700900001"`) {
				t.Errorf("sent %s", sent)
			}
		})
	}
}
