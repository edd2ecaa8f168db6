// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// aToken has the form of a JWT.
const aToken = "eyJhbGciOiJSUzI1NiJ9.eyJqdGkiOiIxIn0.c2lnbmVk"

func TestAPairComesWholeFromTheFirstSourceThatHasAnyOfIt(t *testing.T) {
	t.Parallel()
	var (
		config = values{"api_key": "config", "api_secret": "config-secret"}
		env    = map[string]string{"VONAGE_API_KEY": "env", "VONAGE_API_SECRET": "env-secret"}
		rc     = `{"api-key":"rc","api-secret":"rc-secret"}`
		home   = `{"api-key":"home","api-secret":"home-secret"}`
	)
	for name, test := range map[string]struct {
		world world
		want  string   // key:secret
		fails []string // words that the error must contain; if set, nothing may be sent
	}{
		"configuration first":  {world{config: config, env: env, rc: rc, cliConfig: home}, "config:config-secret", nil},
		"then the environment": {world{env: env, rc: rc, cliConfig: home}, "env:env-secret", nil},
		"then .vonagerc":       {world{rc: rc, cliConfig: home}, "rc:rc-secret", nil},
		"then ~/.vonage":       {world{cliConfig: home}, "home:home-secret", nil},
		"empty variables are unset": {
			world{env: map[string]string{"VONAGE_API_KEY": "", "VONAGE_API_SECRET": ""}, rc: rc},
			"rc:rc-secret", nil,
		},
		"empty settings are unset": {world{rc: `{"api-key":"","api-secret":null}`, cliConfig: home}, "home:home-secret", nil},
		"the other pair's source":  {world{config: values{"jwt": aToken}, env: env}, "env:env-secret", nil},
		"camelCase wins": {
			world{rc: `{"api-key":"kebab","apiKey":"camel","api-secret":"kebab-secret","apiSecret":"camel-secret"}`}, "camel:camel-secret", nil,
		},
		"camelCase and kebab-case are one source": {world{rc: `{"apiKey":"camel","api-secret":"kebab"}`}, "camel:kebab", nil},
		"half in the configuration": {
			world{config: values{"api_key": "config"}, env: env},
			"",
			[]string{"the provider block sets api_key but not api_secret", "https://dashboard.vonage.com/settings"},
		},
		"the other half in the configuration": {
			world{config: values{"api_secret": "config-secret"}, env: env},
			"",
			[]string{"the provider block sets api_secret but not api_key"},
		},
		"half in the environment": {
			world{env: map[string]string{"VONAGE_API_KEY": "env"}, rc: rc},
			"",
			[]string{"the environment sets VONAGE_API_KEY but not VONAGE_API_SECRET"},
		},
		"half in .vonagerc": {world{rc: `{"apiKey":"rc"}`, cliConfig: home}, "", []string{".vonagerc sets apiKey but not api-secret"}},
		"half in ~/.vonage": {
			world{cliConfig: `{"api-secret":"home-secret"}`},
			"",
			[]string{filepath.Join(".vonage", "config.json") + " sets api-secret but not api-key"},
		},
		"unknown does not fall through": {
			world{config: values{"api_key": acctest.Unknown, "api_secret": acctest.Unknown}, env: env},
			"",
			[]string{"In the provider block, api_key is known only after apply", "Add depends_on", "apply in two steps"},
		},
		"half unknown": {
			world{config: values{"api_key": "config", "api_secret": acctest.Unknown}, env: env},
			"",
			[]string{"In the provider block, api_secret is known only after apply"},
		},
		"unknown is half a pair, too": {
			world{config: values{"api_secret": acctest.Unknown}, env: env},
			"",
			[]string{"the provider block sets api_secret but not api_key"},
		},
		"nothing": {
			world{},
			"",
			[]string{
				"api_key and api_secret", "VONAGE_API_KEY", "VONAGE_API_SECRET", "https://dashboard.vonage.com/settings", "API settings",
			},
		},
		"only the other pair": {
			world{config: values{"application_id": anApplication, "private_key": acctest.PrivateKey(7)}}, "", []string{"No API key and secret"},
		},
		"a file that is no JSON": {
			world{rc: `api-key=secret-text`, cliConfig: home},
			"",
			[]string{".vonagerc is not a JSON object"},
		},
		"a file with another type": {
			world{rc: `{"api-key":["secret-text"]}`, cliConfig: home},
			"",
			[]string{".vonagerc", "api-key is not a string"},
		},
		"a broken file that is not needed": {world{config: config, rc: `{`, cliConfig: `[]`}, "config:config-secret", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := test.world.start(t)
			r.configured.MustBeEmpty(t)
			got, diags := r.useAccount(t)
			if test.fails == nil {
				diags.MustBeEmpty(t)
			} else {
				found := diags.MustFail(t, "", test.fails...)
				if found.Summary != "Unable to read probe" || strings.Contains(found.Detail, "secret-text") {
					t.Errorf("the error is\n%s", diags)
				}
			}
			if got != test.want {
				t.Errorf("sent with %q, want %q", got, test.want)
			}
		})
	}
}

func TestApplicationCredentials(t *testing.T) {
	t.Parallel()
	key, oneLine := acctest.PrivateKey(7), strings.ReplaceAll(acctest.PrivateKey(7), "\n", `\n`)
	inJSON, err := json.Marshal(key)
	if err != nil {
		t.Fatal(err)
	}
	var (
		rc  = `{"app-id":"` + anotherOne + `","private-key":` + string(inJSON) + `}`
		env = map[string]string{"VONAGE_APPLICATION_ID": anotherOne, "VONAGE_PRIVATE_KEY": oneLine}
	)
	for name, test := range map[string]struct {
		world world
		want  string   // application id of the token, or the token
		fails []string // words that the error must contain; if set, nothing may be sent
	}{
		"configuration first": {
			world{config: values{"application_id": anApplication, "private_key": key}, env: env, rc: rc},
			anApplication, nil,
		},
		"then the environment":      {world{env: env, rc: `{`}, anotherOne, nil},
		"then the CLI's files":      {world{rc: rc}, anotherOne, nil},
		"ready-made token":          {world{config: values{"jwt": aToken}, env: env}, aToken, nil},
		"token with an end of line": {world{config: values{"jwt": aToken + "\n"}}, aToken, nil},
		"token in the environment":  {world{env: map[string]string{"VONAGE_JWT": aToken}, rc: rc}, aToken, nil},
		"token beside an id":        {world{config: values{"jwt": aToken, "application_id": anApplication}}, aToken, nil},
		"token wins over later key": {world{config: values{"jwt": aToken}, env: env}, aToken, nil},
		"key wins over later token": {
			world{config: values{"application_id": anApplication, "private_key": key}, env: map[string]string{"VONAGE_JWT": aToken}},
			anApplication, nil,
		},
		"literal \\n": {
			world{config: values{"application_id": anApplication, "private_key": oneLine}},
			anApplication, nil,
		},
		"relative path": {
			world{
				config: values{"application_id": anApplication, "private_key": "keys/private.key"},
				files:  map[string]string{"keys/private.key": key},
			},
			anApplication, nil,
		},
		"path in the environment": {
			world{
				env:   map[string]string{"VONAGE_APPLICATION_ID": anotherOne, "VONAGE_PRIVATE_KEY_PATH": "private.key"},
				files: map[string]string{"private.key": key},
			},
			anotherOne, nil,
		},
		"path wins over text": {
			world{
				env:   map[string]string{"VONAGE_APPLICATION_ID": anotherOne, "VONAGE_PRIVATE_KEY_PATH": "private.key", "VONAGE_PRIVATE_KEY": "no key"},
				files: map[string]string{"private.key": key},
			},
			anotherOne, nil,
		},
		"an unneeded half is ignored": {world{config: values{"api_key": "half", "jwt": aToken}}, aToken, nil},
		"camelCase in the CLI's files": {
			world{rc: `{"appId":"` + anotherOne + `","privateKey":` + string(inJSON) + `,"private-key":"no key"}`},
			anotherOne, nil,
		},

		"half in the configuration": {
			world{config: values{"application_id": anApplication}, env: env},
			"",
			[]string{"the provider block sets application_id but not private_key", "https://dashboard.vonage.com/applications"},
		},
		"the other half": {
			world{config: values{"private_key": key}, env: env}, "", []string{"the provider block sets private_key but not application_id"},
		},
		"half in the environment": {
			world{env: map[string]string{"VONAGE_APPLICATION_ID": anotherOne}, rc: rc},
			"",
			[]string{"the environment sets VONAGE_APPLICATION_ID but not VONAGE_PRIVATE_KEY"},
		},
		"token and key in the environment": {
			world{env: map[string]string{"VONAGE_JWT": aToken, "VONAGE_PRIVATE_KEY": oneLine}},
			"",
			[]string{"the environment sets both VONAGE_JWT and VONAGE_PRIVATE_KEY"},
		},
		"unknown token": {
			world{config: values{"jwt": acctest.Unknown}, env: env}, "", []string{"In the provider block, jwt is known only after apply"},
		},
		"unknown key": {
			world{config: values{"application_id": anApplication, "private_key": acctest.Unknown}, env: env},
			"",
			[]string{"In the provider block, private_key is known only after apply", "depends_on"},
		},
		"unknown token beside a key": {
			world{config: values{"application_id": anApplication, "private_key": key, "jwt": acctest.Unknown}},
			"",
			[]string{"known only after apply"},
		},
		"id that is none": {
			world{env: map[string]string{"VONAGE_APPLICATION_ID": "mine", "VONAGE_PRIVATE_KEY": oneLine}},
			"",
			[]string{"In the environment, VONAGE_APPLICATION_ID cannot be used", "not a UUID"},
		},
		"token that is none": {
			world{env: map[string]string{"VONAGE_JWT": "mine"}},
			"",
			[]string{"In the environment, VONAGE_JWT", "not a JSON Web Token"},
		},
		"file that is not there": {
			world{config: values{"application_id": anApplication, "private_key": "missing.key"}},
			"",
			[]string{"In the provider block, private_key cannot be used", "there is no such file"},
		},
		"path of a directory": {
			world{config: values{"application_id": anApplication, "private_key": "keys"}, files: map[string]string{"keys/x": "y"}},
			"",
			[]string{"cannot be read"},
		},
		"file that is no key": {
			world{config: values{"application_id": anApplication, "private_key": "f"}, files: map[string]string{"f": "no key"}},
			"",
			[]string{"in the file that it names"},
		},
		"path in the CLI's files": {
			world{rc: `{"app-id":"` + anotherOne + `","private-key":"private.key"}`, files: map[string]string{"private.key": key}},
			"",
			[]string{"private-key cannot be used", ".vonagerc"},
		},
		"nothing": {
			world{config: values{"api_key": "k", "api_secret": "s"}},
			"",
			[]string{
				"application_id and private_key (or jwt)", "VONAGE_APPLICATION_ID", "VONAGE_PRIVATE_KEY_PATH", "VONAGE_PRIVATE_KEY", "VONAGE_JWT",
				"https://dashboard.vonage.com/applications",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := test.world.start(t)
			r.configured.MustBeEmpty(t)
			token, diags := r.useApplication(t)
			if test.fails == nil {
				diags.MustBeEmpty(t)
			} else {
				diags.MustFail(t, "", test.fails...)
			}
			if got := subject(t, token); got != test.want {
				t.Errorf("sent on behalf of %q, want %q", got, test.want)
			}
		})
	}
}

// subject returns the application that a token names, or the token itself if it names none.
func subject(t *testing.T, token string) string {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return token
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	var claims struct {
		ApplicationID string `json:"application_id"`
	}
	if err := json.Unmarshal(payload, &claims); err != nil {
		t.Fatal(err)
	}
	if claims.ApplicationID == "" {
		return token
	}
	return claims.ApplicationID
}

func TestSigningKey(t *testing.T) {
	t.Parallel()
	pair := values{"application_id": anApplication, "private_key": acctest.PrivateKey(7)}
	got, diags := world{config: pair}.start(t).useSigningKey(t)
	diags.MustBeEmpty(t)
	if got != anApplication {
		t.Errorf("the key of %q", got)
	}
	_, diags = world{config: values{"jwt": aToken}}.start(t).useSigningKey(t)
	diags.MustFail(t, "", "cannot sign", "application_id and private_key")
	_, diags = world{}.start(t).useSigningKey(t)
	diags.MustFail(t, "", "No application credentials are configured")
}

// A failure is not cached: the key file may be written later in the same apply.
func TestAFailureIsNotRemembered(t *testing.T) {
	t.Parallel()
	r := world{config: values{"application_id": anApplication, "private_key": "late.key"}}.start(t)
	_, diags := r.useApplication(t)
	diags.MustFail(t, "", "there is no such file")
	write(t, filepath.Join(r.cwd, "late.key"), acctest.PrivateKey(7))
	_, diags = r.useApplication(t)
	diags.MustBeEmpty(t)
}

func TestNoMessageEchoesASecret(t *testing.T) {
	t.Parallel()
	const material = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"
	broken := []string{
		material,                                 // a key without its first line, which looks like a path
		"-----BEGIN PRIVATE KEY-----" + material, // truncated
		"-----BEGIN PRIVATE KEY-----\n" + material + "\n-----END PRIVATE KEY-----\n",
		"-----BEGIN EC PRIVATE KEY-----\n" + material + "\n-----END EC PRIVATE KEY-----\n",
		material + "\n" + material,
		"/" + strings.Repeat(material, 200), // too long for a path
		"\x00" + material,
		material + "." + material + "." + material,
	}
	for _, secret := range broken {
		inJSON, err := json.Marshal(secret)
		if err != nil {
			t.Fatal(err)
		}
		for name, w := range map[string]world{
			"private_key": {config: values{"application_id": anApplication, "private_key": secret}},
			"jwt":         {config: values{"jwt": secret}},
			"api_secret":  {config: values{"api_secret": secret}},
			"api_url":     {config: values{"api_key": "k", "api_secret": "s", "api_url": "https://user:" + secret + "@example.com"}},
			"env path":    {env: map[string]string{"VONAGE_APPLICATION_ID": anApplication, "VONAGE_PRIVATE_KEY_PATH": secret}},
			"env text":    {env: map[string]string{"VONAGE_APPLICATION_ID": anApplication, "VONAGE_PRIVATE_KEY": secret}},
			"env jwt":     {env: map[string]string{"VONAGE_JWT": secret}},
			"env secret": {
				env: map[string]string{"VONAGE_API_SECRET": secret, "VONAGE_API_URL": "https://user:" + secret + "@example.com"},
			},
			"file":        {rc: `{"app-id":"` + anApplication + `","private-key":` + string(inJSON) + `}`},
			"broken file": {rc: `{"app-id":"` + anApplication + `","private-key":` + string(inJSON)},
		} {
			r := w.start(t)
			everything := append(r.ValidateProvider(w.config), r.configured...)
			_, diags := r.useApplication(t)
			everything = append(everything, diags...)
			_, diags = r.useAccount(t)
			everything = append(everything, diags...)
			if !everything.HasError() {
				t.Errorf("%s: %q is accepted", name, secret)
			}
			if strings.Contains(everything.String(), material) {
				t.Errorf("%s: a message echoes the secret:\n%s", name, everything)
			}
			if sent := r.requests(); len(sent) > 0 {
				t.Errorf("%s: %q was sent to %s", name, secret, sent[0].URL.Host)
			}
		}
	}
}
