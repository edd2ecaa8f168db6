// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/acctest/specimen"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const (
	conversationID = "CON-bc643220-2542-499a-892e-c982c4150c06"

	logOfTerraform, logInProcess = "the log of terraform", "the log of lists and actions"
)

// documented returns the places in JSON documents where a secret is expected, each with the reason. SECURITY.md lists
// the same places.
func documented() map[string]string {
	places := map[string]string{
		"variables/video_secret/value":         "Terraform saves the variables that are not ephemeral with a plan",
		"variables/user_password/value":        "Terraform saves the variables that are not ephemeral with a plan",
		"channels/sip/*/password":              "it is sent to Vonage, which signs in with it",
		"capabilities/video/webhooks/*/secret": "it is sent to Vonage, which signs with it",
		"secret":                               "it is sent to Vonage, where the account or the SIP user signs in with it",
	}
	for _, resource := range specimen.Resources() {
		generated := resource.TypeName + ".generated"
		for _, place := range []string{
			"resources/" + generated + "/instances/-/attributes",
			"values/root_module/resources/" + generated + "/values",
			"prior_state/values/root_module/resources/" + generated + "/values",
			"planned_values/root_module/resources/" + generated + "/values",
			"resource_changes/" + generated + "/change/before",
			"resource_changes/" + generated + "/change/after",
		} {
			for attribute, reason := range resource.SecretsInState {
				places[place+"/"+attribute] = reason
			}
		}
	}
	return places
}

// TestNoSecretIsLeftBehind uses everything that the provider offers, with every kind of secret and the log level TRACE,
// and then searches everything printed, logged, sent and written for each secret.
func TestNoSecretIsLeftBehind(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.play()
	s.speak()
	for _, log := range []string{logOfTerraform, logInProcess} {
		if !s.left.has(log, "Contents of the exchange with Vonage") {
			t.Errorf("%s is not that of level TRACE", log)
		}
	}
	s.left.mustHide(s.known, s.stored)
}

// scene is an account, a workspace and all secrets used in it.
type scene struct {
	workspace

	log    string
	left   leavings
	known  secrets
	stored []string // secrets that may be in the state
	env    map[string]string
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{known: secrets{}, left: newLeavings(t), log: filepath.Join(t.TempDir(), "trace.log")}
	password := func(name, distinctive string) string {
		s.known.addText(name, distinctive)
		return `with "every" <sign> & ` + distinctive
	}
	key := func(name string, i int) string {
		s.known.addKey(t, name, acctest.PrivateKey(i))
		return acctest.PrivateKey(i)
	}
	accountSecret := password("the account's API secret", "AccountSecret0123456789")
	s.workspace = newAccountWorkspace(t, acctest.WithEmulator(func(o *emulator.Options) { o.APIKey, o.APISecret = "abcd1234", accountSecret }))
	s.seedConversation()
	s.must(s.Emulator.Documents("senders").Seed("messenger/page", values{"access_token": password("the token of a sender", "SenderToken0123456789"), "applications": []any{}}))

	const newSecret = "RotatedSecret0123456789"
	s.known.addText("the rotated API secret", newSecret)
	signature := password("the signature secret", "SignatureSecret0123456789")
	video := password("the video webhook's secret", "VideoSecret0123456789")
	userPassword := password("the password of a user's SIP channel", "UserPassword0123456789")
	s.stored = append(s.stored, video, userPassword)
	subaccount := "SubaccountSecret0123456"
	s.known.addText("the subaccount's API secret", subaccount)
	s.must(specimen.FillSubaccounts(s.Emulator))
	ready, err := vonage.Claims{ApplicationID: applicationA, IssuedAt: time.Now().Add(-time.Minute)}.Sign(acctest.Key(0))
	s.must(err)
	s.known.addToken("the configured token", ready)
	hash := sha256.Sum256([]byte("{}"))
	webhook, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"iss": "Vonage", "payload_hash": hex.EncodeToString(hash[:])}).
		SignedString([]byte(signature))
	s.must(err)
	s.known.addToken("the webhook's token", webhook)

	s.env = map[string]string{
		"TF_LOG": "TRACE", "TF_LOG_PATH": s.log,
		"VONAGE_APPLICATION_ID": applicationB, "VONAGE_PRIVATE_KEY": key("the private key of the environment", 1),
		"TF_VAR_api_key": s.APIKey, "TF_VAR_api_secret": accountSecret, "TF_VAR_private_key": key("the private key of the provider", 0),
		"TF_VAR_sip_secret": password("the secret of a SIP user", "SIPUserSecret0123456789"),
		"TF_VAR_jwt":        ready, "TF_VAR_video_secret": video, "TF_VAR_signature_secret": signature,
		"TF_VAR_new_secret":        newSecret,
		"TF_VAR_user_password":     userPassword,
		"TF_VAR_webhook":           fmt.Sprintf("{authorization = %q, body = \"{}\"}", "Bearer "+webhook),
		"TF_VAR_subaccount_secret": subaccount,
	}
	return s
}

func (s *scene) seedConversation() {
	s.t.Helper()
	text, err := os.ReadFile("../acctest/specimen/tutorial.json")
	s.must(err)
	var conversation values
	s.must(json.Unmarshal(text, &conversation))
	s.must(s.Emulator.SeedConversation(conversationID, conversation))
}

// play creates everything, changes it, fails to change it, and destroys it.
func (s *scene) play() {
	s.t.Helper()
	base, err := os.ReadFile("testdata/base.tf")
	s.must(err)
	parts := []string{string(base)}
	for _, one := range specimen.All() {
		parts = append(parts, one.Config)
	}
	everything := strings.Join(parts, "\n")
	s.mustUseEverything(everything)
	s.must(os.Remove(filepath.Join(s.directory, "versions.tf")))
	s.write("main.tf", everything)
	for _, revision := range []string{"1", "2"} {
		s.env["TF_VAR_revision"] = revision
		s.watch("plan", "-no-color", "-out=tfplan")
		s.left.addDocument("the plan as JSON", []byte(s.watch("show", "-json", "tfplan")))
		s.watch("apply", "-no-color", "tfplan")
		s.noteGeneratedKey()
		s.left.addFiles("after apply "+revision+": ", s.directory)
	}
	s.watch("plan", "-no-color", "-out=tfplan", "-detailed-exitcode")
	s.left.addDocument("the empty plan as JSON", []byte(s.watch("show", "-json", "tfplan")))
	s.watch("show", "-no-color")
	s.left.addDocument("the state as JSON", []byte(s.watch("show", "-json")))
	s.fail()
	s.watch("destroy", "-no-color", "-auto-approve")
	s.left.addFiles("at the end: ", s.directory)

	log, err := os.ReadFile(s.log)
	s.must(err)
	s.left.add(logOfTerraform, log)
	for _, request := range s.Emulator.Requests() {
		if token, ok := strings.CutPrefix(request.Header.Get("Authorization"), "Bearer "); ok {
			s.known.addToken("a token that was sent", token)
		}
	}
	s.left.addRequests(s.Emulator.Requests())
}

// watch runs a command and records its output, whether it fails or not.
func (s *scene) watch(arguments ...string) string {
	s.t.Helper()
	printed, err := s.terraform.With(s.env).Run(s.t.Context(), s.directory, arguments...)
	s.must(err)
	if arguments[1] != "-json" {
		s.left.add("what terraform "+arguments[0]+" printed", []byte(printed))
	}
	return printed
}

// noteGeneratedKey adds the private key and the API secret that the provider generated to the secrets.
func (s *scene) noteGeneratedKey() {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(s.directory, "terraform.tfstate"))
	s.must(err)
	var state struct {
		Resources []struct {
			Name      string `json:"name"`
			Instances []struct {
				Attributes values `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	s.must(json.Unmarshal(text, &state))
	for _, resource := range state.Resources {
		for _, instance := range resource.Instances {
			if key := textOf(instance.Attributes["private_key"]); key != "" {
				s.known.addKey(s.t, "a private key that the provider made", key)
				s.stored = append(s.stored, key)
			}
			if secret := textOf(instance.Attributes["secret"]); secret != "" {
				s.known.addText("an API secret that the provider made", secret)
				s.stored = append(s.stored, secret)
			}
		}
	}
}

// fail plans with invalid secrets. The errors must not quote them.
func (s *scene) fail() {
	s.t.Helper()
	s.known.addText("a wrong API secret", "WrongSecret0123456789")
	lines := strings.SplitAfter(s.env["TF_VAR_private_key"], "\n")
	for _, bad := range []map[string]string{
		{"TF_VAR_private_key": strings.Join(lines[:len(lines)-4], "")},
		{
			"TF_VAR_api_secret":  "WrongSecret0123456789",
			"VONAGE_PRIVATE_KEY": strings.Join(lines[1:], ""),
			"TF_VAR_jwt":         s.env["TF_VAR_jwt"] + "x",
			"TF_VAR_webhook":     fmt.Sprintf("{authorization = %q, body = \"{}\"}", s.env["TF_VAR_jwt"]),
		},
	} {
		_, err := s.terraform.With(s.env).With(bad).Run(s.t.Context(), s.directory, "plan", "-no-color")
		if err == nil {
			s.t.Error("the plan does not fail")
			continue
		}
		s.left.add("what a plan printed that failed", []byte(err.Error()))
	}
}

// mustUseEverything requires that the configuration uses everything that the provider offers in configurations.
func (s *scene) mustUseEverything(configuration string) {
	s.t.Helper()
	schema := s.Protocol(s.t).Schema()
	mustUse := func(kind, name string) {
		if !strings.Contains(configuration, kind+name) {
			s.t.Errorf("%s%s is not used", kind, name)
		}
	}
	for name := range schema.ResourceSchemas {
		mustUse(`resource "`, name)
	}
	for name := range schema.DataSourceSchemas {
		mustUse(`data "`, name)
	}
	for name := range schema.EphemeralResourceSchemas {
		mustUse(`ephemeral "`, name)
	}
	for name := range schema.Functions {
		mustUse("provider::vonage::", name)
	}
}

// speak uses lists and actions, which not every CLI supports, in process.
func (s *scene) speak() {
	s.t.Helper()
	var log lockedBuffer
	s.seedConversation()
	p := s.Protocol(s.t, values{"application_id": applicationA, "private_key": s.env["TF_VAR_private_key"]})
	p.LogTo(&log)
	var said bytes.Buffer
	for _, one := range specimen.All() {
		for _, asked := range one.Questions {
			switch asked.Kind {
			case "list":
				results, diags := p.List(asked.TypeName, asked.Config, 100, true)
				fmt.Fprintf(&said, "%s: %v %v\n", asked.Name, results, diags)
			case "action":
				progress, diags := p.Invoke(asked.TypeName, asked.Config)
				diags.MustBeEmpty(s.t)
				fmt.Fprintf(&said, "%s: %v %v\n", asked.Name, progress, diags)
			}
		}
	}
	s.left.add("what lists and actions say", said.Bytes())
	s.left.add(logInProcess, log.Bytes())
}

// lockedBuffer is a buffer that is safe for concurrent use.
type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}
