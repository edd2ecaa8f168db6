// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func TestPrivateKeysPeopleHave(t *testing.T) {
	t.Parallel()
	for _, form := range acctest.PrivateKeyForms(7) {
		key, err := vonage.ParsePrivateKey(form.Text)
		checkForm(t, form, err)
		if err == nil && !key.Equal(acctest.Key(7)) {
			t.Errorf("%s: another key", form.Name)
		}
	}
}

func TestPublicKeysPeopleHave(t *testing.T) {
	t.Parallel()
	for _, form := range acctest.PublicKeyForms(7) {
		key, err := vonage.ParsePublicKey(form.Text)
		checkForm(t, form, err)
		if err == nil && !key.Equal(&acctest.Key(7).PublicKey) {
			t.Errorf("%s: another key", form.Name)
		}
	}
}

func checkForm(t *testing.T, form acctest.KeyForm, err error) {
	t.Helper()
	switch {
	case err == nil && form.Refused != "":
		t.Errorf("%s: accepted, want an error that says %q", form.Name, form.Refused)
	case err != nil && (form.Refused == "" || !strings.Contains(err.Error(), form.Refused)):
		t.Errorf("%s: %v, want %q", form.Name, err, form.Refused)
	}
}

// TestCommandsInMessagesConvertKeys makes keys in each form with the real tools, runs the command that the message names,
// and reads what it wrote.
func TestCommandsInMessagesConvertKeys(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("left out with -short: it runs other programs")
	}
	for _, tool := range []string{"openssl", "ssh-keygen", "sh"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("there is no " + tool)
		}
	}
	parsePrivate := func(text string) error { _, err := vonage.ParsePrivateKey(text); return err }
	parsePublic := func(text string) error { _, err := vonage.ParsePublicKey(text); return err }
	for name, test := range map[string]struct {
		make, file string
		parse      func(string) error
		result     string
	}{
		"encrypted PKCS#8": {
			"openssl pkcs8 -topk8 -in plain.key -out encrypted.key -passout pass:test",
			"encrypted.key", parsePrivate, "private.key",
		},
		"encrypted PKCS#1": {
			"openssl rsa -traditional -in plain.key -out encrypted.key -aes256 -passout pass:test",
			"encrypted.key", parsePrivate, "private.key",
		},
		"OpenSSH":              {"ssh-keygen -q -t rsa -b 2048 -N '' -f id_rsa", "id_rsa", parsePrivate, "private.key"},
		"EC":                   {"openssl ecparam -name prime256v1 -genkey -out ec.key", "ec.key", parsePrivate, "private.key"},
		"EC in PKCS#8":         {"openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.key", "ec.key", parsePrivate, "private.key"},
		"512 bits":             {"openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:512 -out short.key", "short.key", parsePrivate, "private.key"},
		"a private key":        {"cp plain.key private.key", "private.key", parsePublic, "public.key"},
		"a private OpenSSH":    {"ssh-keygen -q -t rsa -b 2048 -N '' -f id_rsa", "id_rsa", parsePublic, "public.key"},
		"a public OpenSSH":     {"ssh-keygen -q -t rsa -b 2048 -N '' -f id_rsa", "id_rsa.pub", parsePublic, "public.key"},
		"a public PKCS#1":      {"openssl rsa -in plain.key -RSAPublicKey_out -out rsa.pem", "rsa.pem", parsePublic, "public.key"},
		"a public certificate": {"openssl req -x509 -new -key plain.key -subj /CN=test -out certificate.pem", "certificate.pem", parsePublic, "public.key"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "plain.key"), []byte(acctest.PrivateKey(7)), 0o600); err != nil {
				t.Fatal(err)
			}
			shell(t, dir, test.make)
			err := test.parse(contentOf(t, filepath.Join(dir, test.file)))
			if err == nil {
				t.Fatal("the key is accepted")
			}
			command := regexp.MustCompile(`"(.*)"$`).FindStringSubmatch(err.Error())
			if command == nil {
				t.Fatalf("%q names no command", err)
			}
			if strings.Contains(test.make, "pass:test") {
				command[1] += " -passin pass:test" // instead of the question for it
			}
			shell(t, dir, command[1])
			if err := test.parse(contentOf(t, filepath.Join(dir, test.result))); err != nil {
				t.Errorf("after %s: %v", command[1], err)
			}
		})
	}
}

func shell(t *testing.T, dir, command string) {
	t.Helper()
	run := exec.CommandContext(t.Context(), "sh", "-c", command)
	run.Dir = dir
	if output, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, output)
	}
}

func contentOf(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
