// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package examples_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// Whoever follows a page from its beginning, in empty directories, gets through to its end: every configuration that it
// shows can be applied, and every terraform command does what the page says. The page is read as people read it:
//
//   - A block of configuration with required_providers begins a new directory; one without belongs to the directory
//     before it, where its blocks are added, or replace those of the same name.
//   - What a moved or removed block names goes away; such a block belongs to the last directory that has it.
//   - The sentence before a block of code may name its file, in backticks; without a name it is main.tf.
//   - A configuration without a command after it is planned and applied, and the plan after that is empty.
//   - A block of JSON is a file beside the configuration; account.json is what the account holds.
//   - A quotation in the comment of a command is part of what the command prints.
func TestPages(t *testing.T) {
	t.Parallel()

	files := append(glob(t, "../docs/guides/*.md"), "../docs/index.md", "../README.md")
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()

			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}

			r := newReader(t, linked[filepath.Base(file)]...)
			if err := r.read(t, string(text)); err != nil {
				t.Fatal(err)
			}

			if len(r.directories) == 0 && strings.Contains(string(text), "```terraform") {
				t.Error("no configuration was found")
			}
		})
	}
}

// A page that cannot be followed is noticed.
func TestPagesNotice(t *testing.T) {
	t.Parallel()

	complete := "```terraform\n" + requiredProviders + "```\n\n"
	for name, page := range map[string]string{
		"no required_providers":       "```terraform\nresource \"vonage_application\" \"a\" {\n  name = \"a\"\n}\n```\n",
		"a variable without a value":  complete + "```terraform\nvariable \"a\" {}\n```\n",
		"a file that is not there":    complete + "```terraform\noutput \"a\" {\n  value = file(\"a.pem\")\n}\n```\n",
		"a plan that says otherwise":  complete + "```shell\nterraform plan # \"1 to add\"\n```\n",
		"a command that fails":        complete + "```shell\nterraform state show vonage_application.a\n```\n",
		"moved from what is not here": complete + "```terraform\nmoved {\n  from = vonage_application.a\n  to   = vonage_application.b\n}\n```\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if err := newReader(t).read(t, page); err == nil {
				t.Error("the page can be followed")
			}
		})
	}
}

// linked are the numbers that are already linked to the account's application when a page begins.
var linked = map[string][]string{"existing-account.md": {linkedNumber}}

// neighbours are the providers beside this one that pages use.
var neighbours = []string{"hashicorp/aws", "hashicorp/random", "mastercard/restapi"}

// reader follows a page.
type reader struct {
	account

	home        string
	variables   map[string]string // as exported by the page
	secrets     map[string]bool   // the account's API secrets that the page has used
	directories []*directory      // in the order of the page
}

// directory is one of those in which the reader of a page works.
type directory struct {
	path        string
	initialized bool
	applied     bool
}

func newReader(t *testing.T, linked ...string) *reader {
	t.Helper()

	account := newAccount(t, linked...)
	home := t.TempDir()
	account.terraform = account.terraform.AtHome(home)
	account.terraform.Mirror(t, home, "vonage/vonage", ".")

	for _, name := range neighbours {
		account.terraform.Mirror(t, home, name, "./internal/acctest/neighbours")
	}

	return &reader{account: account, home: home, secrets: map[string]bool{}, variables: map[string]string{
		"TF_CLI_ARGS_apply": "-auto-approve", "TF_CLI_ARGS_destroy": "-auto-approve", "TF_INPUT": "0",
	}}
}

// fenced matches a block of code: what stands before it, its language and its text.
var (
	fenced = regexp.MustCompile("(?ms)^ *```(\\w+)\n(.*?)^ *```$")
	named  = regexp.MustCompile("`([\\w./-]+\\.(?:tf|tfquery\\.hcl|tftest\\.hcl|json))`")
)

func (r *reader) read(t *testing.T, text string) error {
	t.Helper()

	for _, at := range fenced.FindAllStringSubmatchIndex(text, -1) {
		before, language, code := strings.TrimSpace(text[:at[0]]), text[at[2]:at[3]], text[at[4]:at[5]]
		name := ""

		lines := strings.Split(before, "\n")
		if names := named.FindAllStringSubmatch(lines[len(lines)-1], -1); names != nil {
			name = names[len(names)-1][1]
		}

		var err error

		switch language {
		case "terraform":
			err = r.write(t, name, code)
		case "shell", "sh":
			err = r.execute(t, code)
		case "json":
			switch name {
			case "":
			case "account.json":
				r.reopen(t, code)
			default:
				err = r.put(name, code)
			}
		}

		if err != nil {
			return errors.New("at\n" + code + "\n" + err.Error())
		}
	}

	return r.settle(t)
}

// put writes a file beside the last configuration. What stands before the first one is for other programs.
func (r *reader) put(name, text string) error {
	if len(r.directories) == 0 {
		return nil
	}

	return os.WriteFile(filepath.Join(r.directories[len(r.directories)-1].path, name), []byte(text), 0o600)
}

// reopen gives the account what a seed file says.
func (r *reader) reopen(t *testing.T, text string) {
	t.Helper()

	seed, err := emulator.ParseSeed([]byte(text))
	if err != nil {
		t.Fatal(err)
	}

	if err := r.Emulator.Load(seed); err != nil {
		t.Fatal(err)
	}
}
