// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// places are the sources of credentials, each with a world in which that source has the given ones.
var places = map[string]func(t *testing.T, found values) world{
	"configuration": func(_ *testing.T, found values) world { return world{config: found} },
	"environment": func(_ *testing.T, found values) world {
		env := map[string]string{}
		for name, value := range found {
			env["VONAGE_"+strings.ToUpper(name)], _ = value.(string)
		}
		return world{env: env}
	},
	".vonagerc": func(t *testing.T, found values) world {
		t.Helper()
		return world{rc: cliFile(t, found)}
	},
	"~/.vonage/": func(t *testing.T, found values) world {
		t.Helper()
		return world{cliConfig: cliFile(t, found)}
	},
}

// cliFile returns a file of the Vonage CLI.
func cliFile(t *testing.T, found values) string {
	t.Helper()
	names := map[string]string{"api_key": "apiKey", "api_secret": "apiSecret", "application_id": "appId", "private_key": "privateKey"}
	members := map[string]any{}
	for name, value := range found {
		if names[name] == "" {
			t.Fatalf("the file has no %s", name)
		}
		members[names[name]] = value
	}
	text, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What copying and editors put around a credential is not sent.
func TestCredentialsAreSentWithoutWhatSurroundsThem(t *testing.T) {
	t.Parallel()
	for around, put := range map[string]func(string) string{
		"line end":             func(text string) string { return text + "\n" },
		"line end of Windows":  func(text string) string { return text + "\r\n" },
		"spaces":               func(text string) string { return " \t" + text + "  " },
		"no-break space":       func(text string) string { return "\u00a0" + text + "\u202f" },
		"invisible characters": func(text string) string { return "\u200b" + text + "\u2060\x00" },
		"byte order mark":      func(text string) string { return "\ufeff" + text },
		"double quotes":        func(text string) string { return `"` + text + `"` },
		"single quotes":        func(text string) string { return "'" + text + "'" },
		"curly quotes":         func(text string) string { return "“" + text + "”" },
		"several":              func(text string) string { return "\ufeff \"' " + text + "\n'\" \r\n" },
	} {
		for place, in := range places {
			t.Run(around+" in "+place, func(t *testing.T) {
				t.Parallel()
				pair := values{"api_key": put("abcd1234"), "api_secret": put(`S3cret with "quotes`)}
				r := in(t, pair).start(t)
				r.ValidateProvider(pair).MustBeEmpty(t)
				sent, diags := r.useAccount(t)
				diags.MustBeEmpty(t)
				if sent != `abcd1234:S3cret with "quotes` {
					t.Errorf("sent %q", sent)
				}

				pair = values{"application_id": put(anApplication), "private_key": put(acctest.PrivateKey(7))}
				r = in(t, pair).start(t)
				r.ValidateProvider(pair).MustBeEmpty(t)
				token, diags := r.useApplication(t)
				diags.MustBeEmpty(t)
				if got := subject(t, token); got != anApplication {
					t.Errorf("sent on behalf of %q", got)
				}
				if strings.HasPrefix(place, ".") || strings.HasPrefix(place, "~") {
					return // the CLI has no tokens
				}
				pair = values{"jwt": put(aToken)}
				r = in(t, pair).start(t)
				r.ValidateProvider(pair).MustBeEmpty(t)
				token, diags = r.useApplication(t)
				diags.MustBeEmpty(t)
				if token != aToken {
					t.Errorf("sent %q", token)
				}
			})
		}
	}
}

// What cannot be taken away is named before anything is sent.
func TestCredentialsWithSomethingInThemAreNotSent(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		credentials values
		attribute   string
	}{
		"space in a key":       {values{"api_key": "abcd 1234", "api_secret": "Secret12"}, "api_key"},
		"line in a key":        {values{"api_key": "abcd1234\nS3cr3t12", "api_secret": "Secret12"}, "api_key"},
		"half a quoted key":    {values{"api_key": `"abcd1234`, "api_secret": "Secret12"}, "api_key"},
		"mark in a key":        {values{"api_key": "abcd\ufeff1234", "api_secret": "Secret12"}, "api_key"},
		"line in a secret":     {values{"api_key": "abcd1234", "api_secret": "S3cr3t12\nmore"}, "api_secret"},
		"mark in a secret":     {values{"api_key": "abcd1234", "api_secret": "S3cr3t\u200b12"}, "api_secret"},
		"space in an id":       {values{"application_id": anApplication[:8] + " " + anApplication[8:], "private_key": "private.key"}, "application_id"},
		"line in a token":      {values{"jwt": aToken[:20] + "\n" + aToken[20:]}, "jwt"},
		"something by a token": {values{"jwt": "Bearer " + aToken}, "jwt"},
	} {
		for place, in := range places {
			if test.attribute == "jwt" && place != "configuration" && place != "environment" {
				continue
			}
			t.Run(name+" in "+place, func(t *testing.T) {
				t.Parallel()
				r := in(t, test.credentials).start(t)
				r.ValidateProvider(test.credentials).MustFail(t, test.attribute)
				var diags acctest.Diagnostics
				if test.credentials["api_key"] != nil {
					_, diags = r.useAccount(t)
				} else {
					_, diags = r.useApplication(t)
				}
				named := map[string]string{
					"configuration": "the provider block, " + test.attribute,
					"environment":   "the environment, VONAGE_" + strings.ToUpper(test.attribute),
				}[place]
				found := diags.MustFail(t, "", named, "cannot be used")
				if strings.Contains(found.Detail, "S3cr3t") {
					t.Errorf("the error shows the secret: %s", found.Detail)
				}
				if sent := r.requests(); len(sent) > 0 {
					t.Errorf("sent %d requests", len(sent))
				}
			})
		}
	}
}

func TestFilesOfTheCLIAsEditorsWriteThem(t *testing.T) {
	t.Parallel()
	file := cliFile(t, values{"api_key": "abcd1234", "api_secret": "Secret12"})
	for name, content := range map[string]string{
		"byte order mark": "\ufeff" + file,
		"line ends":       "\r\n" + file + "\r\n",
		"UTF-16":          "\xff\xfe" + strings.Join(strings.Split(file, ""), "\x00") + "\x00",
	} {
		sent, diags := world{rc: content}.start(t).useAccount(t)
		diags.MustBeEmpty(t)
		if sent != "abcd1234:Secret12" {
			t.Errorf("%s: sent %q", name, sent)
		}
	}
}

// A variable with nothing but white space or quotation marks is as unset as an empty one.
func TestBlankIsUnset(t *testing.T) {
	t.Parallel()
	for _, blank := range []string{" ", "\n", `""`, "\ufeff"} {
		r := world{
			env: map[string]string{"VONAGE_API_KEY": blank, "VONAGE_API_SECRET": blank, "VONAGE_API_URL": blank, "VONAGE_MAX_RETRIES": blank},
			rc:  cliFile(t, values{"api_key": "abcd1234", "api_secret": "Secret12"}),
		}.start(t)
		sent, diags := r.useAccount(t)
		diags.MustBeEmpty(t)
		if sent != "abcd1234:Secret12" {
			t.Errorf("%q: sent %q", blank, sent)
		}
		r.ValidateProvider(values{"api_secret": blank}).MustFail(t, "api_secret", "the value is empty")
		r.ValidateProvider(values{"api_key": blank}).MustFail(t, "api_key", "the value is empty")
	}
}

func TestSettingsOfTheEnvironmentAreTakenOutOfWhatSurroundsThem(t *testing.T) {
	t.Parallel()
	r := world{config: account(nil), env: map[string]string{
		"VONAGE_API_URL": "\"https://api.example.com\"\r\n", "VONAGE_MAX_RETRIES": " 0\n", "VONAGE_REQUEST_TIMEOUT": "'5s'",
	}}.start(t)
	_, diags := r.useAccount(t)
	diags.MustBeEmpty(t)
	if sent := r.requests(); len(sent) != 1 || sent[0].URL.Host != "api.example.com" {
		t.Errorf("sent %v", sent)
	}
}

// A private key may be written as people have it, wherever the provider reads one.
func TestPrivateKeysPeopleHaveEverywhere(t *testing.T) {
	t.Parallel()
	for place, in := range map[string]func(key string) world{
		"text in the configuration": func(key string) world {
			return world{config: values{"application_id": anApplication, "private_key": key}}
		},
		"text in the environment": func(key string) world {
			return world{env: map[string]string{"VONAGE_APPLICATION_ID": anApplication, "VONAGE_PRIVATE_KEY": key}}
		},
		"text in the variable for a path": func(key string) world {
			return world{env: map[string]string{"VONAGE_APPLICATION_ID": anApplication, "VONAGE_PRIVATE_KEY_PATH": key}}
		},
		"text in the CLI's file": func(key string) world {
			return world{rc: cliFile(t, values{"application_id": anApplication, "private_key": key})}
		},
		"file in the configuration": func(key string) world {
			return world{
				config: values{"application_id": anApplication, "private_key": "private.key"},
				files:  map[string]string{"private.key": key},
			}
		},
		"file in the environment": func(key string) world {
			return world{
				env:   map[string]string{"VONAGE_APPLICATION_ID": anApplication, "VONAGE_PRIVATE_KEY_PATH": "private.key"},
				files: map[string]string{"private.key": key},
			}
		},
	} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			for _, form := range acctest.PrivateKeyForms(7) {
				if strings.HasPrefix(place, "text") && !form.FitsAttribute() {
					continue
				}
				w := in(form.Text)
				r := w.start(t)
				if place == "text in the configuration" {
					if checked := r.ValidateProvider(w.config); form.Refused == "" {
						checked.MustBeEmpty(t)
					} else {
						checked.MustFail(t, "private_key", form.Refused)
					}
				}
				token, diags := r.useApplication(t)
				if form.Refused != "" {
					diags.MustFail(t, "", "cannot be used", form.Refused)
					continue
				}
				diags.MustBeEmpty(t)
				if got := subject(t, token); got != anApplication {
					t.Errorf("%s: sent on behalf of %q", form.Name, got)
				}
			}
		})
	}
}

func TestPathsOfKeyFiles(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]func(*run) string{
		"home directory": func(*run) string { return "~/keys/private.key" },
		"relative":       func(*run) string { return "private.key" },
		"absolute":       func(r *run) string { return filepath.Join(r.cwd, "private.key") },
		"line end":       func(*run) string { return "private.key\r\n" },
		"quotes":         func(*run) string { return `"~/keys/private.key"` },
	} {
		for source, set := range map[string]func(path string) (values, map[string]string){
			"configuration": func(path string) (values, map[string]string) {
				return values{"application_id": anApplication, "private_key": path}, nil
			},
			"environment": func(path string) (values, map[string]string) {
				return nil, map[string]string{"VONAGE_APPLICATION_ID": anApplication, "VONAGE_PRIVATE_KEY_PATH": path}
			},
		} {
			t.Run(name+" in the "+source, func(t *testing.T) {
				t.Parallel()
				env := map[string]string{}
				r := world{env: env}.start(t)
				write(t, filepath.Join(r.cwd, "private.key"), acctest.PrivateKey(7))
				write(t, filepath.Join(r.home, "keys", "private.key"), acctest.PrivateKey(7))
				config, variables := set(path(r))
				maps.Copy(env, variables)
				r.ValidateProvider(config).MustBeEmpty(t)
				r.Configure(config).MustBeEmpty(t)
				token, diags := r.useApplication(t)
				diags.MustBeEmpty(t)
				if got := subject(t, token); got != anApplication {
					t.Errorf("sent on behalf of %q", got)
				}
			})
		}
	}
}
