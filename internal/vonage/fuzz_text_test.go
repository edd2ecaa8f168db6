// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// FuzzMSISDN: an accepted number consists of the digits of the input, in order, is valid E.164 and normalizes to
// itself.
func FuzzMSISDN(f *testing.F) {
	for _, seed := range []string{
		"447700900001", "+44 7700 900001", "+1 (415) 555-0100", "+44 (0)7700 900001", "+44 ( 0 ) 7700 900001", "00447700900001",
		"44+7700900001", "٤٤٧٧٠٠٩٠٠٠٠١", "1234567", "1234567890123456", "+44\u00a07700\u2009900001", "\x00", "\xff1234567", "", "+", "(((((((",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, err := vonage.NormalizeMSISDN(text)
		if err != nil {
			if number != "" {
				t.Errorf("%q gave %q and %v", text, number, err)
			}
			return
		}
		if len(number) < 7 || len(number) > 15 || number[0] == '0' || strings.Trim(number, "0123456789") != "" {
			t.Errorf("%q became %q", text, number)
		}
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, text)
		if number != digits {
			t.Errorf("%q lost or gained digits: %q", text, number)
		}
		if strings.Contains(strings.Map(withoutSpace, text), "(0)") {
			t.Errorf("%q, with a national trunk prefix, became the number %q", text, number)
		}
		if again, err := vonage.NormalizeMSISDN(number); err != nil || again != number {
			t.Errorf("%q became %q, which became %q, %v", text, number, again, err)
		}
	})
}

func withoutSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return -1
	}
	return r
}

// pemSeeds returns documents of every kind that is, or might be, taken for a key.
func pemSeeds(f *testing.F) []string {
	f.Helper()
	text, err := os.ReadFile("../acctest/testdata/test-only-key-0.pem")
	if err != nil {
		f.Fatal(err)
	}
	key, err := vonage.ParsePrivateKey(string(text))
	if err != nil {
		f.Fatal(err)
	}
	public, err := vonage.EncodePublicKey(&key.PublicKey)
	if err != nil {
		f.Fatal(err)
	}
	pkcs1 := string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	seeds := []string{
		"", `\n`, "-----BEGIN", "\xff", strings.Replace(pkcs1, "KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\n\n", 1),
	}
	for _, kind := range []string{"PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PUBLIC KEY"} {
		seeds = append(seeds, "-----BEGIN "+kind+"-----\nMA==\n-----END "+kind+"-----")
	}
	for _, text := range []string{string(text), public, pkcs1} {
		seeds = append(seeds, text, strings.ReplaceAll(text, "\n", `\n`), strings.ReplaceAll(text, "\n", "\r\n"), text[:len(text)/2],
			" "+strings.TrimSpace(text), text+text, strings.ReplaceAll(text, "PRIVATE", "PUBLIC"), strings.ReplaceAll(text, "PUBLIC", "EC PRIVATE"))
	}
	return seeds
}

// keyRefusals are the only messages for a text that is not a key. Any other message might contain part of a key.
var keyRefusals = []string{
	"not a PEM document: it must begin with -----BEGIN … and end with -----END …",
	"the PEM document does not hold a valid RSA private key",
	`the private key is encrypted; decrypt it first: "openssl pkey -in encrypted.key -out private.key"`,
	"the private key is in the format of OpenSSH; convert a copy of it: " +
		`"cp id_rsa private.key && ssh-keygen -p -N '' -m PKCS8 -f private.key"`,
	"a PEM document of type PRIVATE KEY or RSA PRIVATE KEY is needed, this is a public key",
	"a PEM document of type PRIVATE KEY or RSA PRIVATE KEY is needed, this is a certificate: it has no private key in it",
	"a PEM document of type PRIVATE KEY or RSA PRIVATE KEY is needed, this is another one",
	"the PEM document does not hold a valid public key",
	`this is a private key; a public key is needed: "openssl pkey -in private.key -pubout -out public.key"`,
	`this is a private key; a public key is needed: "ssh-keygen -e -m PKCS8 -f id_rsa > public.key"`,
	`the public key is in the format of OpenSSH; convert it: "ssh-keygen -e -m PKCS8 -f id_rsa.pub > public.key"`,
	`the public key is in PKCS#1; convert it to SPKI: "openssl rsa -RSAPublicKey_in -in rsa.pem -pubout -out public.key"`,
	`this is a certificate; take the public key out of it: "openssl x509 -in certificate.pem -noout -pubkey > public.key"`,
	"a PEM document of type PUBLIC KEY is needed, this is another one",
	"the key is not an RSA key, which Vonage needs; make one: " +
		`"openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.key"`,
	"the RSA key is too short to sign tokens: it must have 1024 bits, and should have 2048; make another one: " +
		`"openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.key"`,
}

// FuzzPrivateKey: a text is either a private key that survives encoding and parsing, however its lines are broken, or
// yields an error that contains none of it.
func FuzzPrivateKey(f *testing.F) {
	for _, seed := range pemSeeds(f) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		key, err := vonage.ParsePrivateKey(text)
		if err != nil {
			if key != nil || !slices.Contains(keyRefusals, err.Error()) {
				t.Errorf("%q gave %v and %q", text, key, err)
			}
			return
		}
		encoded, err := vonage.EncodePrivateKey(key)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		for _, form := range []string{encoded, strings.ReplaceAll(encoded, "\n", `\n`), strings.ReplaceAll(text, "\n", `\n`)} {
			if again, err := vonage.ParsePrivateKey(form); err != nil || !again.Equal(key) {
				t.Errorf("%q encodes to a different key %q: %v", text, form, err)
			}
		}
		if _, err := vonage.ParsePublicKey(text); err == nil {
			t.Errorf("%q was accepted as a private and as a public key", text)
		}
	})
}

// FuzzPublicKey is FuzzPrivateKey for public keys.
func FuzzPublicKey(f *testing.F) {
	for _, seed := range pemSeeds(f) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		key, err := vonage.ParsePublicKey(text)
		if err != nil {
			if key != nil || !slices.Contains(keyRefusals, err.Error()) || vonage.SamePublicKey(text, text) {
				t.Errorf("%q gave %v and %q", text, key, err)
			}
			return
		}
		encoded, err := vonage.EncodePublicKey(key)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		for _, form := range []string{encoded, strings.ReplaceAll(encoded, "\n", `\n`), strings.ReplaceAll(text, "\n", `\n`)} {
			if !vonage.SamePublicKey(text, form) {
				t.Errorf("%q encodes to a different key %q", text, form)
			}
		}
	})
}
