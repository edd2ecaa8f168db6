// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// The client and the emulator are two readings of the same descriptions. Here they meet, under every behaviour of the
// account's APIs that no source decides.

// undecided are the variants to try, besides the default.
func undecided() map[string]emulator.Variant {
	return map[string]emulator.Variant{
		"default":                            {},
		"as specified":                       {SubaccountsAsSpecified: true, PricesAsSpecified: true},
		"other statuses":                     {SecretCreatedStatus: 200, OutdatedStatus: 409, SIPPutStatus: 200, SIPDeleteStatus: 204, SIPDuplicateStatus: 422, TransferStatus: 403},
		"settling accounts":                  {AccountSettles: 600 * time.Millisecond},
		"settling accounts, with a conflict": {AccountSettles: 600 * time.Millisecond, OutdatedStatus: 409},
		"late secrets":                       {SecretDelay: time.Second, RevokedSecretWorks: time.Second},
		"settling objects":                   {Settling: 2 * time.Second},
		"equal and shown":                    {EqualSecretsAccepted: true, SIPSecretsShown: true, RelinkAccepted: true},
		"no upserts":                         {SIPPutMissingStatus: 404, SIPUserPostReplaces: true, SIPDeleteOrphans: true},
		"every template the default":         {TemplateDefault: "every", OnlyDefaultStays: true},
		"no template the default":            {TemplateDefault: "none", UpperLocale: "refused", UnknownVariablesRefused: true},
		"hidden secret":                      {SubaccountSecretHidden: true, UserPasswordsHidden: true},
		"properties that an update drops":    {UserUpdateDropsProperties: true},
		"properties that stay":               {UserPropertiesRefused: true},
	}
}

// underEvery runs a test with each variant, in a bubble with a fake clock.
func underEvery(t *testing.T, test func(t *testing.T, e emulated)) {
	t.Helper()
	for name, variant := range undecided() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { test(t, newEmulated(t, vonage.RequestsPerSecond{}, variant)) })
		})
	}
}

// settle waits for longer than any write takes to be seen. The clock is the bubble's.
func settle() { <-time.After(3 * time.Second) }

func must[T any](got T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
}

func TestSecretsTogether(t *testing.T) {
	t.Parallel()
	underEvery(t, func(t *testing.T, e emulated) {
		t.Helper()
		key := e.APIKey()
		made := must(e.client.Secrets.Create(t.Context(), key, "Second0Secret"))(t)
		_, err := e.client.Secrets.Create(t.Context(), key, "Third0Secret")
		if err == nil {
			t.Error("a third secret was made")
		}
		if err := e.client.Secrets.Delete(t.Context(), key, made.ID); err != nil {
			t.Fatal(err)
		}
		var left string
		for id := range e.APISecrets() {
			left = id
		}
		if err := e.client.Secrets.Delete(t.Context(), key, left); err == nil || len(e.APISecrets()) != 1 {
			t.Errorf("the last secret was deleted: %v", err)
		}
	})
}

func TestSubaccountsTogether(t *testing.T) {
	t.Parallel()
	underEvery(t, func(t *testing.T, e emulated) {
		t.Helper()
		want := vonage.NewSubaccount{Name: "Team", Secret: "Chosen0Secret", UsePrimaryBalance: true}
		made := must(e.client.Subaccounts.Create(t.Context(), want))(t)
		if made.Secret != want.Secret || made.Name != want.Name || !made.UsePrimaryBalance {
			t.Errorf("made %+v", made)
		}
		own, suspended := false, true
		change := vonage.SubaccountChange{UsePrimaryBalance: &own, Suspended: &suspended}
		must(e.client.Subaccounts.Update(t.Context(), made.APIKey, change))(t)
		account, _ := e.Lookup(made.APIKey)
		if record := account.Record(); !*record.Suspended || *record.UsePrimaryAccountBalance {
			t.Errorf("stored %v", record)
		}
		read := must(e.client.Subaccounts.Get(t.Context(), made.APIKey))(t)
		if strings.Trim(read.Balance, "0") != "." || !read.Suspended { // zero, with as many decimals as the response has
			t.Errorf("read %+v", read)
		}
		secret := must(e.client.Secrets.Create(t.Context(), made.APIKey, "Second0Secret"))(t)
		if account.APISecrets()[secret.ID] != "Second0Secret" {
			t.Errorf("secrets %v", account.APISecrets())
		}
	})
}

func TestTransfersTogether(t *testing.T) {
	t.Parallel()
	underEvery(t, func(t *testing.T, e emulated) {
		t.Helper()
		own := false
		credit := "-100"
		if err := e.Change(emulator.Record{CreditLimit: &credit}); err != nil {
			t.Fatal(err)
		}
		below := emulator.Opening{APIKey: "below123", APISecret: "Below0Secret", Record: emulator.Record{UsePrimaryAccountBalance: &own}}
		account := must(e.OpenSubaccount(below))(t)
		began := time.Now()
		for _, money := range []vonage.Money{vonage.Balance, vonage.Credit} {
			asked := vonage.MoneyTransfer{From: e.APIKey(), To: "below123", Amount: "12.34567891", Reference: "r-" + string(money)}
			made := must(e.client.Subaccounts.TransferMoney(t.Context(), money, asked, began))(t)
			if made.ID == "" || made.Amount != asked.Amount {
				t.Errorf("made %+v", made)
			}
			listed := must(e.client.Subaccounts.MoneyTransfers(t.Context(), money, began.Add(-time.Hour)))(t)
			if len(listed) != 1 || listed[0].ID != made.ID {
				t.Errorf("listed %+v", listed)
			}
			asked.Amount = "1000000"
			if _, err := e.client.Subaccounts.TransferMoney(t.Context(), money, asked, began); err == nil {
				t.Error("money that is not there was moved")
			}
		}
		if account.Balance() != "12.34567891" || *account.Record().CreditLimit != "-12.34567891" {
			t.Errorf("balance %s, credit limit %s", account.Balance(), *account.Record().CreditLimit)
		}
		e.seedNumbers(t, 1)
		number := ownedKey(0)
		move := vonage.NumberTransfer{From: e.APIKey(), To: "below123", Number: number}
		for range 2 { // the second time, it is there already
			if _, err := e.client.Subaccounts.TransferNumber(t.Context(), move); err != nil {
				t.Fatal(err)
			}
		}
		if len(account.Numbers()) != 1 || len(e.Numbers()) != 0 {
			t.Errorf("numbers %v", account.Numbers())
		}
	})
}

func TestSettingsAndPricesTogether(t *testing.T) {
	t.Parallel()
	underEvery(t, func(t *testing.T, e emulated) {
		t.Helper()
		url := "https://example.com/inbound"
		changed := must(e.client.Account.ChangeSettings(t.Context(), vonage.SettingsChange{MOCallbackURL: &url}))(t)
		if changed.MOCallbackURL != url || *e.Record().MoCallbackURL != url || *changed.MaxCallsPerSecond != 30 {
			t.Errorf("changed %+v", changed)
		}
		balance := must(e.client.Account.Balance(t.Context()))(t)
		prices := must(e.client.Pricing.Get(t.Context(), vonage.PriceOfSMS, "GB"))(t)
		if prices.DefaultPrice == "" || len(prices.Networks) != 2 || balance.AutoReload == nil {
			t.Errorf("prices %+v, balance %+v", prices, balance)
		}
		if none := must(e.client.Pricing.Get(t.Context(), vonage.PriceOfVoice, "VA"))(t); none.DefaultPrice != "" {
			t.Errorf("prices of the Vatican City: %+v", none)
		}
	})
}

func TestSIPTogether(t *testing.T) {
	t.Parallel()
	underEvery(t, func(t *testing.T, e emulated) {
		t.Helper()
		sip := e.client.SIP
		want := vonage.SIPDomain{
			Name: "our-domain", DomainType: vonage.SIPDomainApp, ApplicationID: emulatedID(1), ACL: []string{"192.0.2.1"},
			TLS: vonage.SIPOptional, SRTP: vonage.SIPOptional, DigestAuth: true,
		}
		settled := must(sip.CreateDomain(t.Context(), want))(t)
		if _, err := sip.CreateDomain(t.Context(), want); !errors.Is(err, vonage.ErrExists) {
			t.Errorf("created twice: %v", err)
		}
		settle()
		want.ACL = []string{"192.0.2.2", "198.51.100.0/24"}
		if err := sip.UpdateDomain(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		must(sip.CreateUser(t.Context(), want.Name, "alice", "Secret0Secret0"))(t)
		settle()
		if err := sip.SetUserSecret(t.Context(), want.Name, "alice", "Changed0Secret"); err != nil {
			t.Fatal(err)
		}
		stored, _ := e.Documents("sip_domains").Get(want.Name)
		users, _ := stored["users"].(map[string]any)
		alice, _ := users["alice"].(map[string]any)
		if alice["secret"] != "Changed0Secret" || len(stored["acl"].([]any)) != 2 {
			t.Errorf("stored %v, settled %t", stored, settled)
		}
		settle()
		var left *vonage.SIPUsersError
		if err := sip.DeleteDomain(t.Context(), want.Name, false); !errors.As(err, &left) || !slices.Equal(left.Keys, []string{"alice"}) {
			t.Errorf("deleted with its users: %v", err)
		}
		if err := sip.DeleteUser(t.Context(), want.Name, "alice"); err != nil {
			t.Fatal(err)
		}
		settle()
		if err := sip.DeleteDomain(t.Context(), want.Name, false); err != nil {
			t.Fatal(err)
		}
		if n := len(e.Documents("sip_domains").All()); n != 0 {
			t.Errorf("%d domains are left", n)
		}
	})
}

func TestSendersTogether(t *testing.T) {
	t.Parallel()
	underEvery(t, func(t *testing.T, e emulated) {
		t.Helper()
		for i := range 2 {
			takesMessages := map[string]any{"capabilities": map[string]any{"messages": map[string]any{}}}
			if err := e.SeedApplication(emulatedID(i), takesMessages); err != nil {
				t.Fatal(err)
			}
		}
		key := vonage.SenderKey{Channel: "whatsapp", ExternalID: "447700900001"}
		if err := e.Documents("senders").Seed(key.String(), map[string]any{"name": "Shop"}); err != nil {
			t.Fatal(err)
		}
		linked := []string{}
		for _, application := range []string{emulatedID(0), emulatedID(1), ""} {
			_, _, err := e.client.Senders.Relink(t.Context(), key, func(vonage.Sender) (string, error) { return application, nil })
			if err != nil {
				t.Fatal(err)
			}
			settle()
			sender, _ := e.Documents("senders").Get(key.String())
			found := ""
			if applications, _ := sender["applications"].([]any); len(applications) == 1 {
				found, _ = applications[0].(string)
			}
			linked = append(linked, found)
		}
		if diff := cmp.Diff([]string{emulatedID(0), emulatedID(1), ""}, linked); diff != "" {
			t.Errorf("links (-want +got):\n%s", diff)
		}
	})
}

func TestVerifyTogether(t *testing.T) {
	t.Parallel()
	underEvery(t, func(t *testing.T, e emulated) {
		t.Helper()
		templates := e.client.VerifyTemplates
		yes := true
		first := must(templates.Create(t.Context(), "first", &yes))(t)
		settle()
		second := must(templates.Create(t.Context(), "second", nil))(t)
		settle()
		if first.IsDefault == second.IsDefault {
			t.Errorf("both or none are the default: %+v, %+v", first, second)
		}
		renamed := "renamed"
		must(templates.Update(t.Context(), second.ID, vonage.VerifyTemplateChange{Name: &renamed}))(t)
		stored, _ := e.Documents("verify_templates").Get(first.ID)
		other, _ := e.Documents("verify_templates").Get(second.ID)
		if stored["is_default"] != true || other["is_default"] != false || other["name"] != renamed {
			t.Errorf("stored %v and %v", stored, other)
		}
		want := vonage.VerifyFragment{Channel: "sms", Locale: "en-us", Text: "Your code is ${code}"}
		fragment := must(templates.CreateFragment(t.Context(), first.ID, want))(t)
		var exists *vonage.FragmentExistsError
		if _, err := templates.CreateFragment(t.Context(), first.ID, want); !errors.As(err, &exists) {
			t.Errorf("created twice: %v", err)
		}
		settle()
		must(templates.UpdateFragment(t.Context(), first.ID, fragment.ID, "${code}"))(t)
		settle()
		if read := must(templates.GetFragment(t.Context(), first.ID, fragment.ID))(t); read.Text != "${code}" || read.Locale != "en-us" {
			t.Errorf("read %+v", read)
		}
		var left *vonage.NotEmptyError
		if err := templates.Delete(t.Context(), first.ID); !errors.As(err, &left) || len(left.Fragments) != 1 {
			t.Errorf("deleted with its fragment: %v", err)
		}
		if err := templates.DeleteFragment(t.Context(), first.ID, fragment.ID); err != nil {
			t.Fatal(err)
		}
		settle()
		for _, id := range []string{first.ID, second.ID} {
			if err := templates.Delete(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(e.Documents("verify_templates").All()); n != 0 {
			t.Errorf("%d templates are left", n)
		}
	})
}

func TestUsersTogether(t *testing.T) {
	t.Parallel()
	underEvery(t, func(t *testing.T, e emulated) {
		t.Helper()
		application := map[string]any{"keys": map[string]any{"public_key": publicPEM(t, testKey())}}
		if err := e.SeedApplication(emulatedID(0), application); err != nil {
			t.Fatal(err)
		}
		users := e.client.Users
		want := alice()
		want.Channels.SIP[0].Password = "not-a-secret"
		made := must(users.Create(t.Context(), want))(t)
		settle()
		if _, err := users.Create(t.Context(), want); err == nil || !strings.Contains(err.Error(), made.ID) {
			t.Errorf("created twice: %v", err)
		}
		after := want
		after.Name, after.DisplayName, after.Channels.SMS = "alice@example.com", nil, []vonage.NumberChannel{{Number: "447700900005"}}
		must(users.Update(t.Context(), made.ID, want, after))(t)
		settle()
		stored, _ := e.Documents("users").Get(made.ID)
		channels, _ := stored["channels"].(map[string]any)
		properties, _ := stored["properties"].(map[string]any)
		if stored["name"] != after.Name || stored["display_name"] != nil || fmt.Sprint(channels["sms"], channels["pstn"]) != "[map[number:447700900005]] [map[number:447700900001]]" ||
			!strings.Contains(fmt.Sprint(channels["sip"]), "password:not-a-secret") || fmt.Sprintf("%v %v", properties["custom_data"], properties["ttl"]) != "map[level:3 team:blue] 60" {
			t.Errorf("stored %v", stored)
		}
		if found := must(users.FindByName(t.Context(), after.Name))(t); found.ID != made.ID {
			t.Errorf("found %+v", found)
		}
		if err := users.Delete(t.Context(), made.ID); err != nil {
			t.Fatal(err)
		}
		must(users.Create(t.Context(), vonage.User{Name: after.Name}))(t)
		if n := len(e.Documents("users").All()); n != 1 {
			t.Errorf("%d users are left", n)
		}
	})
}
