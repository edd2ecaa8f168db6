// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package repository_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// item matches the beginning of a list's items, as they stand in .goreleaser.yml.
var item = regexp.MustCompile(`(?m)^  - `)

// section returns what stands below a key at the top of a YAML file.
func section(t *testing.T, text, key string) string {
	t.Helper()

	_, after, found := strings.Cut(text, "\n"+key+":\n")
	if !found {
		t.Fatalf("there is no %s", key)
	}

	if end := regexp.MustCompile(`(?m)^[\w#]`).FindStringIndex(after); end != nil {
		after = after[:end[0]]
	}

	return after
}

// value returns the value of a key below an item, without the anchor that it may have; an alias is replaced by what it
// stands for.
func value(t *testing.T, text, within, key string) string {
	t.Helper()

	match := regexp.MustCompile(`(?m)^(?:    )?` + key + `:(.*(?:\n {6,}.*)*)`).FindStringSubmatch(within)
	if match == nil {
		return ""
	}

	found := strings.TrimSpace(match[1])
	if name, alias := strings.CutPrefix(found, "*"); alias {
		anchored := regexp.MustCompile(`: &` + name + `\b(.*(?:\n {6,}.*)*)`).FindStringSubmatch(text)
		if anchored == nil {
			t.Fatalf("%s has no anchor", found)
		}

		return strings.TrimSpace(anchored[1])
	}

	return regexp.MustCompile(`^&\w+\s*`).ReplaceAllString(found, "")
}

// The Registry takes what the signed list of checksums has: the provider's archives, and nothing of the emulator. That is
// built for the same platforms, as the same kind of binary, and has a list of its own.
func TestReleaseOfTheEmulatorStandsBesideTheRegistrys(t *testing.T) {
	t.Parallel()

	text := read(t, ".goreleaser.yml")
	for _, kind := range []string{"builds", "archives"} {
		if parts := item.Split(section(t, text, kind), -1)[1:]; len(parts) != 2 ||
			value(t, text, parts[0], "id") != "provider" || value(t, text, parts[1], "id") != "emulator" {
			t.Errorf("%s: %q", kind, parts)
		}
	}

	builds := item.Split(section(t, text, "builds"), -1)[1:]
	for _, key := range []string{"goos", "goarch", "ignore", "env", "flags", "mod_timestamp"} {
		provider, emulator := value(t, text, builds[0], key), value(t, text, builds[1], key)
		if provider == "" || provider != emulator {
			t.Errorf("%s: the provider has %q, the emulator %q", key, provider, emulator)
		}
	}

	if platforms := platforms(t, text, builds[1]); len(platforms) != 13 {
		t.Errorf("%d platforms: %q", len(platforms), platforms)
	}

	if flags := value(t, text, builds[1], "ldflags"); !strings.Contains(flags, "-X main.version={{ .Version }}") {
		t.Errorf("the emulator does not know its version: %s", flags)
	}

	for _, archive := range item.Split(section(t, text, "archives"), -1)[1:] {
		if ids, id := value(t, text, archive, "ids"), value(t, text, archive, "id"); ids != "["+id+"]" {
			t.Errorf("the archives of %s hold %s", id, ids)
		}
	}

	checksums := strings.ReplaceAll(section(t, text, "checksum"), "\n  ", "\n    ")
	if ids := value(t, text, "    "+strings.TrimSpace(checksums), "ids"); ids != "[provider]" {
		t.Errorf("the Registry's checksums are those of %q", ids)
	}

	if signed := section(t, text, "signs"); strings.Count(signed, "artifacts:") != 1 || !strings.Contains(signed, "artifacts: checksum\n") {
		t.Errorf("signed is more than the Registry's checksums: %s", signed)
	}

	own := section(t, text, "sboms")
	if !strings.Contains(own, `documents: ["vonage-emulator_{{ .Version }}_SHA256SUMS"]`) || strings.Contains(own, "terraform-provider") {
		t.Errorf("the emulator's checksums: %s", own)
	}
}

// platforms returns what a build is made for.
func platforms(t *testing.T, text, build string) []string {
	t.Helper()

	words := regexp.MustCompile(`\w+`)
	ignored := regexp.MustCompile(`goos: (\w+), goarch: "?(\w+)`).FindAllStringSubmatch(value(t, text, build, "ignore"), -1)

	var found []string

	for _, system := range words.FindAllString(value(t, text, build, "goos"), -1) {
		for _, processor := range words.FindAllString(value(t, text, build, "goarch"), -1) {
			if !slices.ContainsFunc(ignored, func(pair []string) bool { return pair[1] == system && pair[2] == processor }) {
				found = append(found, system+" "+processor)
			}
		}
	}

	return found
}

// The attestation says of every archive where it was built, whatever its format.
func TestEveryArchiveIsAttested(t *testing.T) {
	t.Parallel()

	text := read(t, ".goreleaser.yml")
	workflow := read(t, ".github/workflows/release.yml")

	formats := regexp.MustCompile(`formats: \[([\w.]+)\]`).FindAllStringSubmatch(section(t, text, "archives"), -1)
	if len(formats) == 0 {
		t.Error("no format found")
	}

	for _, format := range formats {
		if !strings.Contains(workflow, "dist/*."+format[1]+"\n") {
			t.Errorf("archives of the format %s are not attested", format[1])
		}
	}
}
