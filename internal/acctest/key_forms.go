// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// KeyForm is a key as people have it in files, variables and configurations.
type KeyForm struct {
	Name, Text string
	// Refused is what the error must say; "" if the key can be read.
	Refused string
}

// FitsAttribute reports whether the text can be the value of an attribute. UTF-16 can only be in a file.
func (f KeyForm) FitsAttribute() bool {
	return utf8.ValidString(f.Text) && !strings.Contains(f.Text, "\x00")
}

// PrivateKeyForms returns Key(i) in every form in which a private key is read, and keys that have to be refused.
func PrivateKeyForms(i int) []KeyForm {
	key, ec, edwards := Key(i), ecKey(), edwardsKey()
	pkcs1 := x509.MarshalPKCS1PrivateKey(key)
	return append(spelled(PrivateKey(i)),
		KeyForm{"PKCS#1", block("RSA PRIVATE KEY", pkcs1), ""},
		KeyForm{"before a public key", PrivateKey(i) + PublicKey(i), ""},

		KeyForm{"OpenSSH", block("OPENSSH PRIVATE KEY", []byte("openssh-key-v1\x00 ssh-rsa")), "ssh-keygen -p -N '' -m PKCS8"},
		KeyForm{"OpenSSH, not RSA", block("OPENSSH PRIVATE KEY", []byte("openssh-key-v1\x00 ssh-ed25519")), "not an RSA key"},
		KeyForm{"encrypted PKCS#8", block("ENCRYPTED PRIVATE KEY", pkcs1), "openssl pkey -in"},
		KeyForm{"encrypted PKCS#1", traditionallyEncrypted(pkcs1), "openssl pkey -in"},
		KeyForm{"EC", block("EC PRIVATE KEY", mustDER(x509.MarshalECPrivateKey(ec))), "openssl genpkey -algorithm RSA"},
		KeyForm{"EC in PKCS#8", block("PRIVATE KEY", mustDER(x509.MarshalPKCS8PrivateKey(ec))), "openssl genpkey -algorithm RSA"},
		KeyForm{"Ed25519", block("PRIVATE KEY", mustDER(x509.MarshalPKCS8PrivateKey(edwards))), "openssl genpkey -algorithm RSA"},
		KeyForm{"DSA", block("DSA PRIVATE KEY", pkcs1), "this is another one"},
		KeyForm{"512 bits", block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(shortKey())), "openssl genpkey -algorithm RSA"},
		KeyForm{"a public key", PublicKey(i), "this is a public key"},
		KeyForm{"a public key in PKCS#1", block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&key.PublicKey)), "this is a public key"},
		KeyForm{"a certificate", certificate(key), "this is a certificate"},
		KeyForm{"cut off", PrivateKey(i)[:900], "must begin with -----BEGIN … and end with -----END …"},
	)
}

// PublicKeyForms returns the public half of Key(i) in every form in which it is read, and keys that have to be refused.
func PublicKeyForms(i int) []KeyForm {
	key, ec := Key(i), ecKey()
	return append(spelled(PublicKey(i)),
		KeyForm{"PKCS#1", block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&key.PublicKey)), "openssl rsa -RSAPublicKey_in"},
		KeyForm{"a certificate", certificate(key), "openssl x509 -in"},
		KeyForm{"OpenSSH", "ssh-rsa AAAAB3NzaC1yc2E= me@example.com", "ssh-keygen -e -m PKCS8"},
		KeyForm{"OpenSSH, not RSA", "ssh-ed25519 AAAAC3Nza me@example.com", "not an RSA key"},
		KeyForm{"EC", block("PUBLIC KEY", mustDER(x509.MarshalPKIXPublicKey(&ec.PublicKey))), "not an RSA key"},
		KeyForm{"512 bits", block("PUBLIC KEY", mustDER(x509.MarshalPKIXPublicKey(&shortKey().PublicKey))), "too short"},
		KeyForm{"DSA", block("DSA PUBLIC KEY", nil), "this is another one"},
		KeyForm{"a private key", PrivateKey(i), "openssl pkey -in private.key -pubout"},
		KeyForm{"a private key of OpenSSH", block("OPENSSH PRIVATE KEY", []byte("ssh-rsa")), "ssh-keygen -e -m PKCS8"},
		KeyForm{"before a private key", PublicKey(i) + PrivateKey(i), "this is a private key"},
		KeyForm{"before half a private key", PublicKey(i) + PrivateKey(i)[:900], "this is a private key"},
		KeyForm{"cut off", PublicKey(i)[:200], "must begin with -----BEGIN … and end with -----END …"},
	)
}

// spelled returns a PEM document with everything done to it that editors, shells and other tools do.
func spelled(document string) []KeyForm {
	lines := strings.TrimSpace(document)
	quoted, err := json.Marshal(document)
	if err != nil {
		panic(err) // text can always be encoded
	}
	return []KeyForm{
		{"as it is", document, ""},
		{"no line end", lines, ""},
		{"white space around it", "\n\n \t" + document + "\n ", ""},
		{"line ends of Windows", strings.ReplaceAll(document, "\n", "\r\n"), ""},
		{`\n`, strings.ReplaceAll(document, "\n", `\n`), ""},
		{`\r\n`, strings.ReplaceAll(document, "\n", `\r\n`), ""},
		{`\\n`, strings.ReplaceAll(document, "\n", `\\n`), ""},
		{"byte order mark", "\ufeff" + document, ""},
		{"UTF-16", "\xff\xfe" + inUTF16(document, 0, 8), ""},
		{"UTF-16, big-endian", "\xfe\xff" + inUTF16(document, 8, 0), ""},
		{"UTF-16 without a mark", inUTF16(document, 0, 8), ""},
		{"indented", "    " + strings.ReplaceAll(lines, "\n", "\n    ") + "\n", ""},
		{"one line with spaces", strings.ReplaceAll(lines, "\n", " "), ""},
		{"one line", strings.ReplaceAll(lines, "\n", ""), ""},
		{"double quotes", `"` + lines + `"`, ""},
		{"single quotes", "'" + document + "'\n", ""},
		{"JSON", string(quoted), ""},
		{"after a certificate", certificate(Key(0)) + document, ""},
		{"after bag attributes", "Bag Attributes\n    friendlyName: Vonage\nKey Attributes: <No Attributes>\n" + document, ""},
	}
}

// inUTF16 encodes ASCII with the first and the second byte of each character shifted by these bits.
func inUTF16(text string, first, second int) string {
	var encoded strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		encoded.WriteByte(byte(unit >> first))  //nolint:gosec // half of a character at a time
		encoded.WriteByte(byte(unit >> second)) //nolint:gosec // the other half
	}
	return encoded.String()
}

func block(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func traditionallyEncrypted(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: der, Headers: map[string]string{
		"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-256-CBC," + base64.StdEncoding.EncodeToString([]byte("vector")),
	}}))
}

func certificate(key *rsa.PrivateKey) string {
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	return block("CERTIFICATE", mustDER(x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)))
}

func ecKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

func edwardsKey() ed25519.PrivateKey {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

// shortKey makes a key of 512 bits, which the standard library refuses to.
func shortKey() *rsa.PrivateKey {
	for {
		p, errP := rand.Prime(rand.Reader, 256)
		q, errQ := rand.Prime(rand.Reader, 256)
		if errP != nil || errQ != nil {
			panic("no primes")
		}
		one, exponent := big.NewInt(1), big.NewInt(65537)
		phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
		if d := new(big.Int).ModInverse(exponent, phi); d != nil {
			key := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: 65537}, D: d, Primes: []*big.Int{p, q}}
			key.Precompute()
			return key
		}
	}
}

func mustDER(der []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return der
}
