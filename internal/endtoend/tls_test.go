// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"bufio"
	"encoding/json"
	"net/url"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest/cli"
)

// startEmulator builds the emulator, runs it until the test ends, and returns what its first line says.
func startEmulator(t *testing.T, arguments ...string) (address *url.URL, apiKey, apiSecret string) {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "vonage-emulator")
	if printed, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "../cmd/vonage-emulator").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	emulator := exec.CommandContext(t.Context(), binary, append([]string{"-listen", "127.0.0.1:0"}, arguments...)...)
	stdout, err := emulator.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := emulator.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = emulator.Wait() }) // the test's context, which has ended, has killed it
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var announced struct {
		URL       string `json:"url"`
		APIKey    string `json:"api_key"`
		APISecret string `json:"api_secret"`
	}
	if err := json.Unmarshal(line, &announced); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	address, err = url.Parse(announced.URL)
	if err != nil {
		t.Fatal(err)
	}
	return address, announced.APIKey, announced.APISecret
}

// The provider reaches an emulator that serves TLS if it is told to trust the emulator's authority, and only then.
func TestEmulatorWithTLS(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("other systems do not read SSL_CERT_FILE")
	}
	terraform := cli.New(t)
	authority := filepath.Join(t.TempDir(), "ca.pem")
	address, apiKey, apiSecret := startEmulator(t, "-tls-self-signed", authority)
	address.Host = "localhost:" + address.Port()
	environment := map[string]string{
		"VONAGE_EMULATOR_URL": address.String(), "VONAGE_API_KEY": apiKey, "VONAGE_API_SECRET": apiSecret, "SSL_CERT_FILE": authority,
	}
	w := workspace{t: t, directory: t.TempDir(), terraform: terraform.With(environment)}
	w.write("main.tf", requiredProviders+"resource \"vonage_application\" \"a\" {\n  name = \"over TLS\"\n}\n\n"+
		"data \"vonage_applications\" \"all\" {\n  depends_on = [vonage_application.a]\n}\n\n"+
		"output \"names\" {\n  value = join(\",\", data.vonage_applications.all.applications[*].name)\n}\n")
	w.run("apply", "-auto-approve", "-no-color")
	if names := strings.TrimSpace(w.run("output", "-raw", "names")); names != "over TLS" {
		t.Errorf("the account has %q", names)
	}

	environment["SSL_CERT_FILE"] = ""
	_, err := terraform.With(environment).Run(t.Context(), w.directory, "plan", "-no-color")
	if err == nil || !strings.Contains(err.Error(), "x509") && !strings.Contains(err.Error(), "certificate") {
		t.Errorf("without the authority: %v", err)
	}
	w.run("destroy", "-auto-approve", "-no-color")
}
