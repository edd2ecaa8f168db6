// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

// installation is a home directory into which "make install" installs, and a workspace of somebody who has it.
type installation struct {
	workspace

	home string
}

// newInstallation prepares an empty home directory.
func newInstallation(t *testing.T) installation {
	t.Helper()
	if _, err := exec.LookPath("make"); err != nil && os.Getenv("CI") == "" {
		t.Skip("there is no make")
	}
	// Read, so that the cached result of a test is not taken once they have changed.
	for _, file := range []string{"GNUmakefile", "README.md"} {
		if _, err := os.ReadFile(filepath.Join("..", "..", file)); err != nil {
			t.Fatal(err)
		}
	}
	home := t.TempDir()
	env := acctest.New(t)
	return installation{home: home, workspace: workspace{
		Env: env, t: t, directory: t.TempDir(),
		terraform: cli.New(t).AtHome(home).With(map[string]string{
			"VONAGE_API_URL": env.URL, "VONAGE_REST_URL": env.URL, "VONAGE_API_KEY": env.APIKey, "VONAGE_API_SECRET": env.APISecret,
		}),
	}}
}

// make runs a target with the home directory.
func (i installation) make(arguments ...string) {
	i.t.Helper()
	command := exec.CommandContext(i.t.Context(), "make", append([]string{"-C", filepath.Join("..", "..")}, arguments...)...)
	command.Env = append(os.Environ(), "HOME="+i.home)
	for _, name := range []string{"GOPATH", "GOMODCACHE", "GOCACHE"} { // they are below the home directory
		value, err := exec.CommandContext(i.t.Context(), "go", "env", name).Output()
		i.must(err)
		command.Env = append(command.Env, name+"="+strings.TrimSpace(string(value)))
	}
	if printed, err := command.CombinedOutput(); err != nil {
		i.t.Fatalf("make %s: %v\n%s", strings.Join(arguments, " "), err, printed)
	}
}

// installed returns the files in the home directory that CLIs take for providers.
func (i installation) installed() []string {
	i.t.Helper()
	var found []string
	i.must(filepath.WalkDir(i.home, func(path string, entry os.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(entry.Name(), "terraform-provider-") {
			found = append(found, path)
		}
		return err
	}))
	return found
}

const installedAndOther = `terraform {
  required_providers {
    vonage = {
      source  = "vonage/vonage"
      version = "~> 0.1"
    }
    other = {
      source = "example/other"
    }
  }
}

module "line" {
  source = "./line"
}

resource "vonage_application" "other" {
  provider = other
  name     = "Of another provider"
}
`

const lineModule = `terraform {
  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

resource "vonage_application" "line" {
  name = "Of a module"
}
`

func TestInstall(t *testing.T) { //nolint:tparallel // both parts build in the source tree
	t.Parallel()
	t.Run("works like a published provider", initializes)
	t.Run("is taken out without what others have put there", leavesOthers)
}

// With an installed build, "terraform init" works with a module and another provider; after a rebuild it works as the
// README says.
func initializes(t *testing.T) {
	i := newInstallation(t)
	i.make("install")

	// The other provider is this one under another name: no test downloads anything.
	for _, file := range i.installed() {
		other := strings.ReplaceAll(filepath.ToSlash(file), "vonage/vonage", "example/other")
		i.must(os.MkdirAll(filepath.Dir(other), 0o700))
		i.must(os.Link(file, strings.Replace(other, "provider-vonage", "provider-other", 1)))
	}
	i.write("main.tf", installedAndOther)
	i.must(os.Mkdir(filepath.Join(i.directory, "line"), 0o700))
	i.write("line/main.tf", lineModule)

	i.run("init", "-no-color", "-input=false")
	i.run("apply", "-no-color", "-auto-approve")
	if applications := len(i.Emulator.Applications()); applications != 2 {
		t.Errorf("%d applications were made instead of 2", applications)
	}

	i.make("install", "VERSION=0.1.0-rebuilt")
	if _, err := i.terraform.Run(t.Context(), i.directory, "plan", "-no-color"); err == nil || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("the README is about an error that does not occur: %v", err)
	}
	i.run(i.afterRebuild()...)
	i.run("init", "-no-color", "-input=false")
	i.run("plan", "-no-color", "-detailed-exitcode")
	i.run("destroy", "-no-color", "-auto-approve")

	i.make("uninstall")
	for _, file := range i.installed() {
		if !strings.Contains(file, "provider-other") {
			t.Errorf("%s is left", file)
		}
	}
}

// afterRebuild returns the arguments of the command that the README gives for a new build.
func (i installation) afterRebuild() []string {
	i.t.Helper()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	i.must(err)
	command := regexp.MustCompile(`(?m)^ *terraform (providers lock .*)$`).FindSubmatch(readme)
	if command == nil {
		i.t.Fatal("the README does not say what to do after a rebuild")
	}
	return strings.Fields(strings.ReplaceAll(strings.ReplaceAll(string(command[1]), "$HOME", i.home), `"`, ""))
}

// A build is installed for both CLIs; "make uninstall" removes it, but no published package beside it.
func leavesOthers(t *testing.T) {
	i := newInstallation(t)
	i.make("uninstall") // of nothing is no error
	i.make("install")

	platform, suffix := runtime.GOOS+"_"+runtime.GOARCH, ""
	if runtime.GOOS == "windows" {
		suffix = ".exe"
	}
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		version := filepath.Join(i.home, ".terraform.d", "plugins", host, "vonage", "vonage", "0.1.0")
		if _, err := os.Stat(filepath.Join(version, platform, "terraform-provider-vonage"+suffix)); err != nil {
			t.Error(err)
		}
		i.must(os.WriteFile(filepath.Join(version, platform, "terraform-provider-vonage_v0.1.0"), nil, 0o600))
	}
	i.make("uninstall")
	if left := i.installed(); len(left) != 2 {
		t.Errorf("what is left is not the published packages alone: %q", left)
	}
	for _, file := range i.installed() {
		i.must(os.Remove(file))
	}
	i.make("install")
	i.make("uninstall")
	if _, err := os.Stat(filepath.Join(i.home, ".terraform.d")); err == nil {
		t.Error("an empty directory is left")
	}
}
