// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"testing"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// Each of these responds to a list and to a read of one object.
const (
	anySecret     = `{"id":"S","created_at":"2026-01-01T00:00:00Z","_embedded":{"secrets":[{"id":"S","created_at":"2026-01-01T00:00:00Z"},{"id":"T"}]}}`
	anySubaccount = `{"api_key":"sub12345","name":"n","primary_account_api_key":"abcd1234","secret":"Secret12","created_at":"2026-01-01T00:00:00Z","suspended":false,
	 "use_primary_account_balance":true,"balance":null,"credit_limit":null,"total_balance":1.5,"total_credit_limit":0,
	 "_embedded":{"primary_account":{"api_key":"abcd1234","balance":1.5,"credit_limit":0},"subaccounts":[{"api_key":"sub12345","name":"n","balance":1,"credit_limit":-2}]}}`
	anyTransfer = `{"id":"I","masterAccountId":"abcd1234","amount":1.5,"from":"abcd1234","to":"sub12345","reference":"R","created_at":"2026-01-01T00:00:00Z",
	 "number":"447700900001","country":"GB","_embedded":{"balance_transfers":[{"id":"I","amount":1.5,"from":"abcd1234","to":"sub12345","reference":"R"}]}}`
	anyMoney = `{"value":10.5,"autoReload":true,"mo-callback-url":"https://h","dr-callback-url":"","max-outbound-request":30,"max-inbound-request":"30","max-calls-per-second":30,
	 "currency":"EUR","defaultPrice":"0.1","dialingPrefix":44,"networks":[{"networkName":"N","networkCode":"23410","mcc":"234","mnc":"10","type":"mobile","price":"1e-2","ranges":[4477,"4478"]}]}`
	anyDomain   = `{"name":"our-domain","application_id":"A","acl":["203.0.113.7"],"tls":"always","srtp":"never","digest_auth":true,"domain_type":"app","key":"alice","domain":"our-domain","uri":"sip:a@b"}`
	anyDomains  = `[` + anyDomain + `]`
	anyTemplate = `{"template_id":"A","name":"n","is_default":true,"template_fragment_id":"B","channel":"sms","locale":"en-us","text":"${code}","date_created":"x","date_updated":"y",
	 "page":1,"page_size":10,"total_pages":1,"total_items":1,"_embedded":{"templates":[{"template_id":"A","name":"n","is_default":true}],
	 "template_fragments":[{"template_fragment_id":"B","channel":"sms","locale":"en-us","text":"${code}","date_created":"x","date_updated":"y"}]}}`
	anySender = `{"provider":"whatsapp","external_id":"447700900001","name":"n","access_token":"SenderToken0123456789","applications":["B"],"page_number":1,"page_size":20,
	 "_embedded":[{"provider":"whatsapp","external_id":447700900001,"applications":[]},{"provider":"rcs","external_id":"R"}]}`
)

func readSecrets(t *testing.T, client *vonage.Client, body string) {
	t.Helper()
	ctx := t.Context()
	halfList(t, client.Secrets.List(ctx, "abcd1234"), func(s vonage.Secret) string { return s.ID }, body)
	secret, err := client.Secrets.Get(ctx, "abcd1234", "S")
	half(t, secret, secret.ID, "S", err)
	created, err := client.Secrets.Create(ctx, "abcd1234", "Secret12")
	half(t, created, created.ID, created.ID, err)
	if err == nil && created.ID == "" {
		t.Error("a secret without an id was created")
	}
	_, _ = client.Secrets.Rotate(ctx, "abcd1234", "S", "Secret12", false)
	_ = client.Secrets.Delete(ctx, "abcd1234", "S")
}

func FuzzSecretAnswers(f *testing.F) { reading(readSecrets).fuzz(f, anySecret) }

func TestSecretReadersSurviveMalformedAnswers(t *testing.T) {
	t.Parallel()
	reading(readSecrets).survives(t, anySecret)
}

func readSubaccounts(t *testing.T, client *vonage.Client, body string) {
	t.Helper()
	ctx := t.Context()
	halfList(t, client.Subaccounts.All(ctx), func(s vonage.Subaccount) string { return s.APIKey }, body)
	subaccount, err := client.Subaccounts.Get(ctx, "sub12345")
	half(t, subaccount, subaccount.APIKey, "sub12345", err)
	updated, err := client.Subaccounts.Update(ctx, "sub12345", vonage.SubaccountChange{Name: new("n")})
	half(t, updated, updated.APIKey, "sub12345", err)
	_, _ = client.Subaccounts.Create(ctx, vonage.NewSubaccount{Name: "n", Secret: "Secret12"})
	money := vonage.MoneyTransfer{From: "abcd1234", To: "sub12345", Amount: "1.5", Reference: "R"}
	_, _ = client.Subaccounts.TransferMoney(ctx, vonage.Balance, money, time.Now())
	_, _ = client.Subaccounts.MoneyTransfers(ctx, vonage.Credit, time.Now())
	_, _ = client.Subaccounts.TransferNumber(ctx, vonage.NumberTransfer{From: "abcd1234", To: "sub12345", Number: number})
}

func FuzzSubaccountAnswers(f *testing.F) {
	reading(readSubaccounts).fuzz(f, anySubaccount, anyTransfer)
}

func TestSubaccountReadersSurviveMalformedAnswers(t *testing.T) {
	t.Parallel()
	reading(readSubaccounts).survives(t, anySubaccount, anyTransfer)
}

func readMoney(t *testing.T, client *vonage.Client, _ string) {
	t.Helper()
	ctx := t.Context()
	balance, err := client.Account.Balance(ctx)
	half(t, balance, "", "", err)
	if err == nil && balance.Value == "" {
		t.Error("there is no balance")
	}
	settings, err := client.Account.Settings(ctx)
	half(t, settings, "", "", err)
	changed, err := client.Account.ChangeSettings(ctx, vonage.SettingsChange{MOCallbackURL: new("https://h")})
	half(t, changed, "", "", err)
	prices, err := client.Pricing.Get(ctx, vonage.PriceOfSMS, "GB")
	half(t, prices, "", "", err)
	if len(prices.Malformed) > len(prices.Networks) {
		t.Errorf("networks are missing: %+v", prices)
	}
}

func FuzzMoneyAnswers(f *testing.F) { reading(readMoney).fuzz(f, anyMoney) }

func TestMoneyReadersSurviveMalformedAnswers(t *testing.T) {
	t.Parallel()
	reading(readMoney).survives(t, anyMoney)
}

func readSIP(t *testing.T, client *vonage.Client, body string) {
	t.Helper()
	ctx := t.Context()
	halfList(t, client.SIP.Domains(ctx), func(d vonage.SIPDomain) string { return d.Name }, body)
	halfList(t, client.SIP.Users(ctx, "our-domain"), func(u vonage.SIPUser) string { return u.Key }, body)
	domain, err := client.SIP.Domain(ctx, "our-domain")
	half(t, domain, domain.Name, "our-domain", err)
	_ = client.SIP.User(ctx, "our-domain", "alice")
	_, _ = client.SIP.Endpoints(ctx, "our-domain")
	want := vonage.SIPDomain{Name: "our-domain", ACL: []string{"203.0.113.7"}}
	_, _ = client.SIP.CreateDomain(ctx, want)
	_ = client.SIP.UpdateDomain(ctx, want)
	_, _ = client.SIP.CreateUser(ctx, "our-domain", "alice", "Secret0123456789")
	_ = client.SIP.SetUserSecret(ctx, "our-domain", "alice", "Secret0123456789")
	_ = client.SIP.DeleteUser(ctx, "our-domain", "alice")
	_ = client.SIP.DeleteDomain(ctx, "our-domain", false)
}

func FuzzSIPAnswers(f *testing.F) { reading(readSIP).fuzz(f, anyDomain, anyDomains) }

func TestSIPReadersSurviveMalformedAnswers(t *testing.T) {
	t.Parallel()
	reading(readSIP).survives(t, anyDomain, anyDomains)
}

func readTemplates(t *testing.T, client *vonage.Client, body string) {
	t.Helper()
	ctx := t.Context()
	halfList(t, client.VerifyTemplates.List(ctx), func(v vonage.VerifyTemplate) string { return v.ID }, body)
	halfList(t, client.VerifyTemplates.ListFragments(ctx, "A"), func(v vonage.VerifyFragment) string { return v.ID }, body)
	template, err := client.VerifyTemplates.Get(ctx, "A")
	half(t, template, template.ID, "A", err)
	fragment, err := client.VerifyTemplates.GetFragment(ctx, "A", "B")
	half(t, fragment, fragment.ID, "B", err)
	_, _ = client.VerifyTemplates.Create(ctx, "n", new(true))
	_, _ = client.VerifyTemplates.Update(ctx, "A", vonage.VerifyTemplateChange{Name: new("n")})
	_, _ = client.VerifyTemplates.CreateFragment(ctx, "A", vonage.VerifyFragment{Channel: "sms", Locale: "en-us", Text: "${code}"})
	_, _ = client.VerifyTemplates.UpdateFragment(ctx, "A", "B", "${code}")
	_ = client.VerifyTemplates.DeleteFragment(ctx, "A", "B")
	_ = client.VerifyTemplates.Delete(ctx, "A")
}

func FuzzTemplateAnswers(f *testing.F) { reading(readTemplates).fuzz(f, anyTemplate) }

func TestTemplateReadersSurviveMalformedAnswers(t *testing.T) {
	t.Parallel()
	reading(readTemplates).survives(t, anyTemplate)
}

func readSenders(t *testing.T, client *vonage.Client, body string) {
	t.Helper()
	ctx := t.Context()
	halfList(t, client.Senders.List(ctx, ""), func(s vonage.Sender) string { return s.ExternalID }, body)
	key := vonage.SenderKey{Channel: "whatsapp", ExternalID: "447700900001"}
	sender, err := client.Senders.Get(ctx, key)
	half(t, sender, sender.String(), key.String(), err)
	_, _, _ = client.Senders.Relink(ctx, key, func(vonage.Sender) (string, error) { return "A", nil }) //nolint:dogsled // it must not panic
}

func FuzzSenderAnswers(f *testing.F) { reading(readSenders).fuzz(f, anySender) }

func TestSenderReadersSurviveMalformedAnswers(t *testing.T) {
	t.Parallel()
	reading(readSenders).survives(t, anySender)
}
