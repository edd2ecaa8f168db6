// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

// execute runs the commands of a page that concern the directory, and remembers the variables that it exports.
func (r *reader) execute(t *testing.T, code string) error {
	t.Helper()

	for line := range strings.Lines(code) {
		command, comment, _ := strings.Cut(strings.TrimSpace(line), " # ")
		words := words(strings.NewReplacer(`"`, "", "$HOME", r.home).Replace(command))

		switch {
		case len(words) > 0 && words[0] == "export":
			r.export(words[1:])
		case strings.HasPrefix(command, "# Now delete the old secret"):
			r.deleteOldSecrets(t)
		case len(r.directories) == 0 || len(words) == 0:
		case words[0] == "openssl":
			if err := r.openssl(t, words[1:]); err != nil {
				return err
			}
		case words[0] == "terraform":
			if words[1] == "query" && !r.terraform.Has(t, cli.Query) {
				return nil // and nothing of what follows from it
			}

			if err := r.command(t, words[1:], comment); err != nil {
				return err
			}
		}
	}

	return nil
}

func (r *reader) export(assignments []string) {
	for _, assignment := range assignments {
		name, value, _ := strings.Cut(assignment, "=")
		if value == "the secret from the dashboard" {
			value = r.APISecret
		}

		if name == "VONAGE_API_SECRET" && strings.HasPrefix(value, "the secret of ") {
			r.variables[name] = r.newestSecret()
		}

		if strings.HasPrefix(name, "TF_VAR_") { // the account is that of the test
			r.variables[name] = value
		}
	}
}

// newestSecret returns the API secret of the account that the page has not used yet, which is in the store of secrets.
func (r *reader) newestSecret() string {
	newest := r.APISecret

	for _, secret := range r.Emulator.APISecrets() {
		if !r.secrets[secret] && secret != r.APISecret {
			newest = secret
		}
	}

	for _, secret := range r.Emulator.APISecrets() {
		r.secrets[secret] = true
	}

	return newest
}

// deleteOldSecrets deletes the API secrets that the page does not sign in with any more, as in the dashboard.
func (r *reader) deleteOldSecrets(t *testing.T) {
	t.Helper()

	for id, secret := range r.Emulator.APISecrets() {
		if secret == r.variables["VONAGE_API_SECRET"] {
			continue
		}

		request := httptest.NewRequest(http.MethodDelete, "/accounts/"+r.APIKey+"/secrets/"+id, http.NoBody)
		request.SetBasicAuth(r.APIKey, r.variables["VONAGE_API_SECRET"])

		answer := httptest.NewRecorder()
		if r.Emulator.ServeHTTP(answer, request); answer.Code != http.StatusNoContent {
			t.Fatal(answer.Body)
		}
	}
}

func (r *reader) openssl(t *testing.T, arguments []string) error {
	t.Helper()

	command := exec.CommandContext(t.Context(), "openssl", arguments...)
	command.Dir = r.directories[len(r.directories)-1].path

	return command.Run()
}

// command runs terraform in the current directory.
func (r *reader) command(t *testing.T, arguments []string, comment string) error {
	t.Helper()

	current := r.directories[len(r.directories)-1]

	if arguments[0] == "init" {
		current.initialized = true
	} else {
		// A page says "terraform init" once.
		if err := r.initialize(t); err != nil {
			return err
		}

		current.applied = current.applied || !slices.Contains([]string{"plan", "output", "providers"}, arguments[0])
	}

	printed, err := r.terraform.With(r.variables).Run(t.Context(), current.path, append(arguments, noColor(arguments)...)...)
	if err != nil {
		return err
	}

	if words := quotation(comment); !strings.Contains(printed, words) {
		return errors.New("it does not print " + words + ", but\n" + printed)
	}

	return nil
}

// noColor switches off colors in commands that have some.
func noColor(arguments []string) []string {
	if slices.Contains([]string{"init", "plan", "apply", "destroy", "test"}, arguments[0]) {
		return []string{"-no-color"}
	}

	return nil
}

// quotation returns what a comment quotes, if it is whole.
func quotation(comment string) string {
	if _, after, ok := strings.Cut(comment, `"`); ok {
		if quoted, _, ok := strings.Cut(after, `"`); ok && !strings.Contains(quoted, "…") {
			return quoted
		}
	}

	return ""
}

func (r *reader) initialize(t *testing.T) error {
	t.Helper()

	if r.directories[len(r.directories)-1].initialized {
		return nil
	}

	return r.command(t, []string{"init"}, "")
}

// settle applies the current directory if the page has given no command for it, and requires that nothing is left to do.
func (r *reader) settle(t *testing.T) error {
	t.Helper()

	if len(r.directories) == 0 || r.directories[len(r.directories)-1].applied {
		return nil
	}

	if err := r.command(t, []string{"apply"}, ""); err != nil {
		return err
	}

	return r.command(t, []string{"plan", "-detailed-exitcode"}, "")
}
