// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"iter"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// setting is one value of a source, as found.
type setting struct {
	name    string // in the spelling of the source: api_key, VONAGE_API_KEY, api-key
	text    string
	unknown bool // known only after apply
}

// newSetting cleans the value of what copying and editors put around it.
func newSetting(name, text string) setting { return setting{name: name, text: vonage.Pasted(text)} }

// isSet reports whether the source has the value. An unknown value counts as set: using the next source now and this one
// after apply would mix two accounts in one run.
func (s setting) isSet() bool { return s.unknown || s.text != "" }

// source is one place that can hold credentials. Both halves of a pair come from the same source, so that a key is never
// combined with the secret of another account.
type source struct {
	name                                              string // "the provider block"
	apiKey, apiSecret, applicationID, privateKey, jwt setting
	// keyIsText is set if private_key is always the key itself and never the path of a file.
	keyIsText bool
}

// having describes some of the source's settings, for errors and the log: "VONAGE_JWT in the environment".
func (s source) having(settings ...setting) string {
	names := make([]string, len(settings))
	for i, setting := range settings {
		names[i] = setting.name
	}
	return strings.Join(names, " and ") + " in " + s.name
}

// sources are all places that can hold credentials.
type sources struct {
	config           model
	environment      func(name string) string
	home             string
	workingDirectory string
}

// inOrder yields the sources in order of precedence. A file is read only when the loop reaches it; one that does not
// exist is skipped, one that cannot be parsed yields a CredentialsError.
func (s sources) inOrder() iter.Seq2[source, error] {
	return func(yield func(source, error) bool) {
		if !yield(s.fromConfig(), nil) || !yield(s.fromEnvironment(), nil) {
			return
		}
		files := []string{filepath.Join(s.workingDirectory, ".vonagerc")}
		if s.home != "" {
			files = append(files, filepath.Join(s.home, ".vonage", "config.json"))
		}
		for _, file := range files {
			found, exists, err := readCLIFile(file)
			if err != nil {
				err = credentialsErrorf("The Vonage CLI's file %s.", err)
			}
			if (exists || err != nil) && !yield(found, err) {
				return
			}
		}
	}
}

func (s sources) fromConfig() source {
	of := func(name string, value types.String) setting {
		found := newSetting(name, value.ValueString())
		found.unknown = value.IsUnknown()
		return found
	}
	return source{
		name:          "the provider block",
		apiKey:        of("api_key", s.config.APIKey),
		apiSecret:     of("api_secret", s.config.APISecret),
		applicationID: of("application_id", s.config.ApplicationID),
		privateKey:    of("private_key", s.config.PrivateKey),
		jwt:           of("jwt", s.config.JWT),
	}
}

// fromEnvironment reads the variables that Vonage's own SDKs use (https://github.com/Vonage/vonage-ruby-sdk). An empty
// variable counts as unset, and so does one with nothing but white space or quotation marks.
func (s sources) fromEnvironment() source {
	of := func(name string) setting { return newSetting(name, s.environment(name)) }
	found := source{
		name:          "the environment",
		apiKey:        of("VONAGE_API_KEY"),
		apiSecret:     of("VONAGE_API_SECRET"),
		applicationID: of("VONAGE_APPLICATION_ID"),
		privateKey:    of("VONAGE_PRIVATE_KEY_PATH"),
		jwt:           of("VONAGE_JWT"),
	}
	if !found.privateKey.isSet() {
		found.privateKey = of("VONAGE_PRIVATE_KEY")
	}
	return found
}

// path resolves the path of a file as the user wrote it: "~/" is the home directory, which no shell has filled in here.
func (s sources) path(file string) string {
	switch inHome, ok := strings.CutPrefix(filepath.ToSlash(file), "~/"); {
	case ok && s.home != "":
		return filepath.Join(s.home, inHome)
	case filepath.IsAbs(file):
		return file
	}
	return filepath.Join(s.workingDirectory, file)
}
