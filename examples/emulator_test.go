// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

var (
	defined = regexp.MustCompile(`flags\.\w+\((?:&[\w.]+, )?"([\w-]+)"`)
	// given matches what stands after the program's name, in a shell's words or in a list.
	given    = regexp.MustCompile(`(?m)(?:^|[/" ])vonage-emulator(?:"?,)? (.*)$`)
	flagged  = regexp.MustCompile(`(?:^|[\s\["])-([a-z][a-z-]+)`)
	variable = regexp.MustCompile(`\bVONAGE_[A-Z_]+\b`)
	port     = regexp.MustCompile(`(?:localhost|[\d.]{7,}|vonage-emulator):(\d{4,5})\b|EXPOSE (\d+)`)
)

// What containers, CI jobs and the guide give the emulator and the provider, these know: flags, variables, ports and the
// credentials of the account that an emulator begins with.
func TestExamplesOfTheEmulatorNameWhatThereIs(t *testing.T) {
	t.Parallel()

	program := contents(t, "../internal/cmd/vonage-emulator/flags.go")
	known := map[string]bool{"VONAGE_EMULATOR": true} // a variable of the recipes

	for _, match := range defined.FindAllStringSubmatch(program, -1) {
		known["-"+match[1]] = true
	}

	for _, text := range []string{program, contents(t, "../docs/index.md")} {
		for _, name := range variable.FindAllString(text, -1) {
			known[name] = true
		}
	}

	files := glob(t, "emulator/*.y*ml")
	if len(files) != 4 || !known["-seed"] || !known["-healthy"] || !known["VONAGE_EMULATOR_CONTROL_TOKEN"] || !known["VONAGE_API_KEY"] {
		t.Fatalf("the test looks in the wrong place: %q, %v", files, known)
	}

	for _, file := range append(files, "../internal/cmd/vonage-emulator/Dockerfile", "../docs/guides/testing-modules.md") {
		text := contents(t, file)
		names := variable.FindAllString(text, -1)

		for _, match := range given.FindAllStringSubmatch(text, -1) {
			ours, _, _ := strings.Cut(match[1], "`")
			for _, flag := range flagged.FindAllStringSubmatch(ours, -1) {
				names = append(names, "-"+flag[1])
			}
		}

		for _, name := range names {
			if !known[name] {
				t.Errorf("%s: nothing is called %s", file, name)
			}
		}

		for _, match := range port.FindAllStringSubmatch(text, -1) {
			if match[1] == "3000" {
				continue // the webhook server
			}

			if match[1]+match[2] != "4010" || !strings.Contains(program, `"127.0.0.1:4010"`) {
				t.Errorf("%s: %s is not the emulator's port", file, match[0])
			}
		}
	}
}

// document is a part of a YAML file.
type document map[string]any

func (d document) at(path ...string) any {
	var found any = map[string]any(d)

	for _, name := range path {
		inside, _ := found.(map[string]any)
		found = inside[name]
	}

	return found
}

// The YAML files are well-formed, and say what makes the emulator work in them: Terraform's decoder reads them.
func TestExamplesOfTheEmulatorAreYAML(t *testing.T) {
	t.Parallel()

	folder, err := filepath.Abs("emulator")
	if err != nil {
		t.Fatal(err)
	}

	terraform, directory := cli.New(t), t.TempDir()
	configuration := `output "files" {
  value = jsonencode({ for name in fileset("` + filepath.ToSlash(folder) + `", "*.{yml,yaml}") : name => yamldecode(file("` + filepath.ToSlash(folder) + `/${name}")) })
}
`

	if err := os.WriteFile(filepath.Join(directory, "main.tf"), []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}

	if _, err := terraform.Run(t.Context(), directory, "apply", "-auto-approve", "-no-color"); err != nil {
		t.Fatal(err)
	}

	printed, err := terraform.Run(t.Context(), directory, "output", "-raw", "files")
	if err != nil {
		t.Fatal(err)
	}

	var files map[string]document
	if err := json.Unmarshal([]byte(printed), &files); err != nil {
		t.Fatal(err)
	}

	const url, token = "VONAGE_EMULATOR_URL", "VONAGE_EMULATOR_CONTROL_TOKEN"

	compose, github, program, gitlab := files["compose.yaml"], files["github-actions.yml"], files["github-actions-program.yml"], files["gitlab-ci.yml"]
	services, _ := gitlab.at("test", "services").([]any)

	if len(files) != 4 || len(services) != 1 {
		t.Fatalf("%d files, %d services at GitLab", len(files), len(services))
	}

	service, _ := services[0].(map[string]any)

	for what, pair := range map[string][2]any{
		"GitLab reaches the service by its name":        {gitlab.at("test", "variables", url), "http://" + asString(service["alias"]) + ":4010"},
		"a GitLab service gets the job's variables":     {gitlab.at("test", "variables", token) != nil, true},
		"GitHub's job knows the service's token":        {github.at("env", token), github.at("jobs", "test", "services", "vonage-emulator", "env", token)},
		"GitHub's job reaches the service at its port":  {github.at("env", url), "http://127.0.0.1:4010"},
		"GitHub's job reaches the program at its port":  {program.at("env", url), "http://127.0.0.1:4010"},
		"the program on GitHub listens on loopback":     {program.at("env", token), nil},
		"compose takes the token of whoever starts it":  {compose.at("services", "vonage-emulator", "environment", token), "${" + token + ":?choose one}"},
		"compose builds in the directory of an archive": {compose.at("services", "vonage-emulator", "build"), "."},
	} {
		if pair[0] != pair[1] || pair[0] == "" {
			t.Errorf("%s: %v, want %v", what, pair[0], pair[1])
		}
	}
}

func asString(value any) string {
	text, _ := value.(string)

	return text
}
