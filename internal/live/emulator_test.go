// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package live_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// emulated returns an account of an emulator.
func emulated(t *testing.T, variant emulator.Variant) (account, *acctest.Env) {
	t.Helper()

	env := acctest.New(t, acctest.WithEmulator(func(options *emulator.Options) { options.Variant = variant }))
	if err := env.Emulator.SeedNumber("GB/447700900001", map[string]any{"type": "mobile-lvn", "features": []string{"VOICE"}}); err != nil {
		t.Fatal(err)
	}

	for msisdn, cost := range map[string]string{"447700900100": "9.00", "447700900101": "1.25"} {
		err := env.Emulator.SeedInventory(map[string]any{
			"country": "GB", "msisdn": msisdn, "cost": cost, "initialPrice": "0.50", "type": "mobile-lvn", "features": []string{"VOICE"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}

	return account{
		purchase: purchase{country: "GB", most: "1.50"},
		key:      env.APIKey, secret: env.APISecret, apiURL: env.URL, restURL: env.URL, number: "GB/447700900001",
		pace: rate.NewLimiter(rate.Inf, 1),
		protocol: func(t *testing.T) *acctest.Protocol {
			t.Helper()

			return env.Protocol(t)
		},
	}, env
}

// A live run works completely, learns different responses from APIs that behave differently, and leaves nothing behind.
func TestRunAgainstEmulators(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		variant emulator.Variant
		want    map[string]string
	}{
		"as the sources say": {
			emulator.Variant{},
			map[string]string{
				"leaves out keys":                     "it is kept",
				"leaves out privacy":                  "true",
				"when no size is asked for":           "10",
				"For how many days are legs kept":     "2",
				"change of a number refused":          "HTTP 420, error-code 420, method failed",
				"deletion of an application unlink":   "at once",
				"How far may a client's clock":        "none",
				"until the list of numbers shows":     "at once",
				"Does an update without app_id":       "at once",
				"Conversation API v1 say":             "HTTP 404",
				"Which method does an answer webhook": "GET",
				"shows a number that was rented":      "at once",
				"no longer shows a number":            "at once",
				"on offer again":                      "true",
				"Of which types":                      "[mobile-lvn]",
				"made later listed after":             "true",
				"more than a thousand characters":     "HTTP 201",
				"rtc.leg_persistence_time":            "HTTP 400",
				"voice.payment_enabled":               "HTTP 400",
				"Is meetings":                         "HTTP 201",
				"Is bulk":                             "HTTP 201",
				"webhook refused":                     "HTTP 200",
				"shows a new SMS webhook":             "at once",
				"without moHttpUrl":                   "not within 15 looks",
				"voice status callback":               "voiceStatusCallback <nil>, voiceStatusCallbackUrl <nil>",
				"voiceCallbackType app link":          "at once",
			},
		},
		"as they might be": {
			emulator.Variant{
				OmittedKeys: "cleared", OmittedPrivacyReset: true, PageSize: 20, LegPersistenceDays: 7, MethodFailedStatus: 200,
				DeleteKeepsLinks: true, ClockSkew: time.Minute, CancelledNotOffered: true,
				NewestFirst: true, RetiredAccepted: true, RetiredCapabilitiesRefused: true, OmittedSMSWebhookCleared: true,
				StatusCallbackShown: true, AppCallbackIgnored: true,
			},
			map[string]string{
				"leaves out keys":                   "it is cleared",
				"leaves out privacy":                "false",
				"when no size is asked for":         "20",
				"For how many days are legs kept":   "7",
				"change of a number refused":        "HTTP 200, error-code 420, method failed",
				"deletion of an application unlink": "not within 15 looks",
				"How far may a client's clock":      "30s",
				"on offer again":                    "false",
				"made later listed after":           "false",
				"rtc.leg_persistence_time":          "HTTP 201",
				"voice.payment_enabled":             "HTTP 201",
				"Is meetings":                       "HTTP 400",
				"Is bulk":                           "HTTP 400",
				"without moHttpUrl":                 "at once",
				"voice status callback":             "voiceStatusCallback <nil>, voiceStatusCallbackUrl https://example.com/",
				"voiceCallbackType app link":        "not within 15 looks",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a, env := emulated(t, test.variant)
			answers := newReport()
			// A subtest, so that its cleanup is done before the account is checked.
			t.Run("run", func(t *testing.T) { a.run(t, answers) })

			for part, want := range test.want {
				question := find(t, answers, part)
				if !strings.HasPrefix(answers.answers[question], want) {
					t.Errorf("%s %q, want %q", question, answers.answers[question], want)
				}
			}

			if left := env.Emulator.Applications(); len(left) > 0 {
				t.Errorf("applications are left behind: %v", left)
			}

			if numbers := env.Emulator.Numbers(); len(numbers) != 1 {
				t.Errorf("the account rents other numbers than before: %v", numbers)
			}

			if number, _ := env.Emulator.Number("GB/447700900001"); number["app_id"] != nil || number["moHttpUrl"] != nil {
				t.Errorf("the number is left with a link or a webhook: %v", number)
			}
		})
	}
}

// A read-only run sends only GET requests.
func TestReadOnlyRunOnlyReads(t *testing.T) {
	a, env := emulated(t, emulator.Variant{})
	a.readOnly = true
	a.run(t, newReport())

	requests := env.Emulator.Requests()
	for _, request := range requests {
		if request.Method != http.MethodGet {
			t.Errorf("it sends %s %s", request.Method, request.Path)
		}
	}

	if len(requests) == 0 {
		t.Error("it reads nothing")
	}
}

// inUse recognizes a number that is in use by its record in the list, for every kind of use.
func TestInUse(t *testing.T) {
	t.Parallel()

	a, env := emulated(t, emulator.Variant{})
	if setting, used := inUse(a.look(t)); used {
		t.Errorf("a number without settings is in use by its %s", setting)
	}

	for setting, value := range map[string]string{
		"app_id": "78d335fa-323d-0114-9c3d-d6f0d48968cf", "moHttpUrl": "https://example.com/sms", "voiceCallbackType": "tel",
	} {
		if err := env.Emulator.SeedNumber(a.number, map[string]any{"type": "mobile-lvn", setting: value, "voiceCallbackValue": "1"}); err != nil {
			t.Fatal(err)
		}

		if _, used := inUse(a.look(t)); !used {
			t.Errorf("a number with %s is not in use", setting)
		}
	}
}

// The announcement lists everything that will be done to the account.
func TestAnnouncement(t *testing.T) {
	t.Parallel()

	a, _ := emulated(t, emulator.Variant{})
	for _, want := range []string{a.key, prefix, a.number, "rent a number in GB for at most 1.50 EUR a month"} {
		if text := a.announcement(); !strings.Contains(text, want) {
			t.Errorf("the announcement does not name %q:\n%s", want, text)
		}
	}

	a.purchase = purchase{}
	if text := a.announcement(); !strings.Contains(text, "It rents nothing") {
		t.Errorf("the announcement of a run that may not rent is\n%s", text)
	}

	a.readOnly, a.purchase = true, purchase{country: "GB", most: "1.50"}
	if text := a.announcement(); !strings.Contains(text, "change nothing") || strings.Contains(text, a.number) || strings.Contains(text, "rent a number") {
		t.Errorf("the announcement of a run that only reads is\n%s", text)
	}
}

// Open questions are listed with a way to settle them, where there is one.
func TestUnasked(t *testing.T) {
	t.Parallel()

	a, _ := emulated(t, emulator.Variant{})
	closed := []string{"VONAGE_LIVE_READ_ONLY", "VONAGE_LIVE_NUMBER", "VONAGE_ALLOW_PURCHASE"}

	for _, name := range closed {
		if text := a.unasked(); strings.Contains(text, name) {
			t.Errorf("%s has been given and is still asked for:\n%s", name, text)
		}
	}

	a.purchase, a.number = purchase{}, ""
	for _, name := range closed[1:] {
		if text := a.unasked(); !strings.Contains(text, name) {
			t.Errorf("%s would settle something and is not named:\n%s", name, text)
		}
	}

	a.readOnly = true
	if text := a.unasked(); !strings.Contains(text, closed[0]) {
		t.Errorf("that the run may only read is not named:\n%s", text)
	}
}

func find(t *testing.T, answers *report, part string) string {
	t.Helper()

	for _, question := range answers.questions {
		if strings.Contains(question, part) {
			return question
		}
	}

	t.Fatalf("no question is about %q", part)

	return ""
}
