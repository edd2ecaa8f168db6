// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"sync"
	"testing"
)

// aKey is a key for the whole file: generating one takes 0.1 s.
var aKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

func testKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := aKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func pemOf(t *testing.T, blockType string, der []byte, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: blockType, Bytes: der}))
}

func TestParsePrivateKeyForms(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	pkcs8, err := EncodePrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(pkcs8, "-----BEGIN PRIVATE KEY-----\n") || !strings.HasSuffix(pkcs8, "-----END PRIVATE KEY-----\n") {
		t.Error("EncodePrivateKey does not write PKCS#8 PEM")
	}
	for name, text := range map[string]string{
		"PKCS#8":         pkcs8,
		"PKCS#1":         pemOf(t, "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key), nil),
		`literal \n`:     strings.ReplaceAll(pkcs8, "\n", `\n`),
		"CRLF":           strings.ReplaceAll(pkcs8, "\n", "\r\n"),
		"spaces around":  "\n\n  " + pkcs8 + "\n ",
		"no end of line": strings.TrimSpace(pkcs8),
	} {
		got, err := ParsePrivateKey(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !got.Equal(key) {
			t.Errorf("%s: parsed a different key", name)
		}
	}
}

func TestParsePrivateKeyRefusesWithoutEcho(t *testing.T) {
	t.Parallel()
	const secret = "c2VjcmV0IG1hdGVyaWFs" // must not appear in any message
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ecDER, err := x509.MarshalPKCS8PrivateKey(ec)
	ecPEM := pemOf(t, "PRIVATE KEY", ecDER, err)
	public, err := EncodePublicKey(&testKey(t).PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	for reason, text := range map[string]string{
		"not a PEM document":           secret,
		"valid RSA private key":        "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----\n",
		"is encrypted; decrypt":        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + secret + "\n-----END ENCRYPTED PRIVATE KEY-----\n",
		"not an RSA key":               ecPEM,
		"this is a public key":         public,
		"this is another one":          pemOf(t, "PRIVATE THING", []byte(secret), nil),
		"must begin with -----BEGIN":   "",
		"must begin with -----BEGIN …": "-----BEGIN PRIVATE KEY-----\n" + secret,
	} {
		_, err := ParsePrivateKey(text)
		switch {
		case err == nil:
			t.Errorf("no error saying %q", reason)
		case !strings.Contains(err.Error(), reason):
			t.Errorf("%q does not say %q", err, reason)
		case strings.Contains(err.Error(), secret):
			t.Errorf("%q echoes the key", err)
		}
	}
	legacy := "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n" + secret + "\n-----END RSA PRIVATE KEY-----\n"
	if _, err := ParsePrivateKey(legacy); err == nil || !strings.Contains(err.Error(), "encrypted") {
		t.Errorf("an encrypted PKCS#1 key: %v", err)
	}
}

func TestPublicKeys(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	spki, err := EncodePublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(spki, "-----BEGIN PUBLIC KEY-----\n") || !strings.HasSuffix(spki, "-----END PUBLIC KEY-----\n") {
		t.Error("EncodePublicKey does not write SPKI PEM")
	}
	oneLine := strings.ReplaceAll(spki, "\n", `\n`)
	unwrapped := "-----BEGIN PUBLIC KEY-----\n" + strings.Join(strings.Split(strings.TrimSpace(spki), "\n")[1:8], "") + "\n-----END PUBLIC KEY-----"
	for _, other := range []string{spki, oneLine, unwrapped, strings.ReplaceAll(spki, "\n", "\r\n"), strings.TrimSpace(spki)} {
		if !SamePublicKey(spki, other) {
			t.Errorf("not recognised as the same key:\n%s", other)
		}
	}
	private, err := EncodePrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParsePublicKey(private); err == nil || !strings.Contains(err.Error(), "this is a private key") {
		t.Errorf("a private key in place of a public one: %v", err)
	}
	smaller, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	another, err := EncodePublicKey(&smaller.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	if SamePublicKey(spki, another) || SamePublicKey("", "") || SamePublicKey(spki, "") {
		t.Error("different or missing keys are the same")
	}
}
