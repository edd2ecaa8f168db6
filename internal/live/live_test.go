// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

// Package live_test tests the provider on a real account, on request only: a small, cheap part of what the other tests
// do against the emulator, and questions about the API that no published source answers.
//
// VONAGE_API_KEY and VONAGE_API_SECRET are the account's. With VONAGE_LIVE_READ_ONLY=1 nothing is changed.
// VONAGE_LIVE_NUMBER names a rented number, GB/447700900001, to test links with. VONAGE_ALLOW_PURCHASE=1 rents a number
// in VONAGE_LIVE_COUNTRY (default GB) for at most VONAGE_LIVE_MAX_COST (default 1.50) EUR, and cancels it.
// VONAGE_LIVE_REPORT names a file for the findings.
//
// Every test run executes the same code against the emulator, so that it works when it is needed.
package live_test

import (
	"os"
	"strings"
	"testing"
)

// TestLive is run by "make testacc-live". It logs what it will do before the first request.
func TestLive(t *testing.T) {
	if os.Getenv("VONAGE_LIVE") == "" {
		t.Skip("set VONAGE_LIVE=1, VONAGE_API_KEY and VONAGE_API_SECRET, or run make testacc-live, to use a real account")
	}

	a := fromEnvironment(t)
	t.Log(a.announcement())

	answers := newReport()
	// The findings are reported even if a part has failed.
	defer func() {
		text := "What was learnt:\n" + answers.String() + "What was not asked:\n" + a.unasked()
		t.Log(text)

		if path := os.Getenv("VONAGE_LIVE_REPORT"); path != "" {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Error(err)
			}
		}
	}()

	a.run(t, answers)
}

// run does what the announcement says.
func (a account) run(t *testing.T, answers *report) {
	t.Helper()

	t.Run("read", func(t *testing.T) { a.read(t, answers) })

	if a.readOnly {
		return
	}

	t.Run("application", a.applicationLifeCycle)
	t.Run("application questions", func(t *testing.T) { a.askAboutApplications(t, answers) })
	t.Run("token questions", func(t *testing.T) { a.askAboutTokens(t, answers) })
	t.Run("number refusal", func(t *testing.T) { a.askAboutRefusals(t, answers) })

	if a.number != "" {
		t.Run("link", a.linkLifeCycle)
		t.Run("link questions", func(t *testing.T) { a.askAboutLinks(t, answers) })
		t.Run("setting questions", func(t *testing.T) { a.askAboutSettings(t, answers) })
	}

	if a.purchase != (purchase{}) {
		t.Run("purchase", func(t *testing.T) { a.rentAndCancel(t, answers) })
	}
}

// announcement describes what a run will do to the account and what that costs.
func (a account) announcement() string {
	lines := []string{
		"In the account " + a.key + " this will",
		"- list applications and numbers (free)",
	}

	if !a.readOnly {
		lines = append(lines,
			"- make applications called \""+prefix+"…\", change them and delete them (free)",
			"- mint tokens for them and ask for a conversation that does not exist (free)",
			"- ask to change a number that nobody can rent, which is refused (free)",
		)
	}

	switch {
	case a.readOnly:
		lines = append(lines, "and change nothing, because VONAGE_LIVE_READ_ONLY is set.")
	case a.number == "":
		lines = append(lines, "and leave every number alone. Name one that is rented, unlinked and without callbacks in",
			"VONAGE_LIVE_NUMBER (GB/447700900001) to have links tried on it.")
	default:
		lines = append(lines,
			"- link the number "+a.number+" to such an application and unlink it again (free)",
			"- give it an SMS webhook and a voice status callback and take both away again (free); a status callback and an SMPP system",
			"  type that it has are lost perhaps, for nobody can read them",
		)
	}

	if a.readOnly || a.purchase == (purchase{}) {
		return strings.Join(append(lines, "It rents nothing."), "\n")
	}

	return strings.Join(append(lines, "- rent a number in "+a.purchase.country+" for at most "+a.purchase.most+" EUR a month and "+a.purchase.most+
		" EUR at first, and cancel it at once,", "  because VONAGE_ALLOW_PURCHASE is 1. The first month is paid all the same."), "\n")
}

// unasked lists the questions that a run leaves open, and why.
func (a account) unasked() string {
	var lines []string

	switch {
	case a.readOnly:
		lines = append(lines, "- whatever takes a change: VONAGE_LIVE_READ_ONLY is set")
	case a.number == "":
		lines = append(lines, "- links and webhooks of numbers: VONAGE_LIVE_NUMBER names none")
	}

	if a.readOnly || a.purchase == (purchase{}) {
		lines = append(lines, "- how soon a rented number is seen, and a cancelled one is on offer: VONAGE_ALLOW_PURCHASE is not 1, or the run only reads")
	}

	lines = append(lines,
		"- what the limits on requests are, and the body of a 429: one would have to exceed them",
		"- how to have Vonage make a new key pair: no request for it is known",
		"- how a purchase is refused for want of money, or when somebody was faster: it takes an empty account, or luck",
		"- whether updates clear an SMPP system type and a voice status callback that they leave out: nobody can read them",
		"- what a conversation shows of its numbers and its callback, and its limits: it takes a call",
		"- what the provider does not use: API secrets, account settings, users, SIP domains, default templates, balances of subaccounts",
	)

	return strings.Join(lines, "\n") + "\n"
}
