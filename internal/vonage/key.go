// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// Block types of the PEM documents that Vonage writes, and of the older format of RSA private keys.
const (
	pemPrivateKey    = "PRIVATE KEY"     // PKCS#8
	pemRSAPrivateKey = "RSA PRIVATE KEY" // PKCS#1
	pemPublicKey     = "PUBLIC KEY"      // SPKI
)

// Block types of documents that have to be converted first.
const (
	pemEncrypted    = "ENCRYPTED PRIVATE KEY" // PKCS#8
	pemECPrivateKey = "EC PRIVATE KEY"
	pemOpenSSH      = "OPENSSH PRIVATE KEY"
	pemRSAPublicKey = "RSA PUBLIC KEY" // PKCS#1
	pemCertificate  = "CERTIFICATE"
)

// The forms of keys that cannot be used, and the commands that convert them or make another. These texts are all that is
// ever said about a key, so that no message quotes one. The key has to be RSA because tokens are signed with RS256
// (https://developer.vonage.com/en/getting-started/concepts/authentication).
var (
	errNotPEM = errors.New("not a PEM document: it must begin with -----BEGIN … and end with -----END …")

	errInvalidKey = errors.New("the PEM document does not hold a valid RSA private key")
	errEncrypted  = errors.New(`the private key is encrypted; decrypt it first: "openssl pkey -in encrypted.key -out private.key"`)
	errOpenSSH    = errors.New("the private key is in the format of OpenSSH; convert a copy of it: " +
		`"cp id_rsa private.key && ssh-keygen -p -N '' -m PKCS8 -f private.key"`)
	errPublicGiven  = errors.New("a PEM document of type PRIVATE KEY or RSA PRIVATE KEY is needed, this is a public key")
	errCertificate  = errors.New("a PEM document of type PRIVATE KEY or RSA PRIVATE KEY is needed, this is a certificate: it has no private key in it")
	errOtherPrivate = errors.New("a PEM document of type PRIVATE KEY or RSA PRIVATE KEY is needed, this is another one")

	errInvalidPublic = errors.New("the PEM document does not hold a valid public key")
	errPrivateGiven  = errors.New(`this is a private key; a public key is needed: "openssl pkey -in private.key -pubout -out public.key"`)
	errPrivateSSH    = errors.New(`this is a private key; a public key is needed: "ssh-keygen -e -m PKCS8 -f id_rsa > public.key"`)
	errPublicSSH     = errors.New(`the public key is in the format of OpenSSH; convert it: "ssh-keygen -e -m PKCS8 -f id_rsa.pub > public.key"`)
	errPKCS1Public   = errors.New(`the public key is in PKCS#1; convert it to SPKI: "openssl rsa -RSAPublicKey_in -in rsa.pem -pubout -out public.key"`)
	errCertGiven     = errors.New(`this is a certificate; take the public key out of it: "openssl x509 -in certificate.pem -noout -pubkey > public.key"`)
	errOtherPublic   = errors.New("a PEM document of type PUBLIC KEY is needed, this is another one")

	errNotRSA = errors.New("the key is not an RSA key, which Vonage needs; make one: " +
		`"openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.key"`)
	errTooShort = errors.New("the RSA key is too short to sign tokens: it must have 1024 bits, and should have 2048; make another one: " +
		`"openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out private.key"`)
)

// shortestKey is the length in bits below which Go refuses to sign (https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size).
const shortestKey = 1024

// ParsePrivateKey parses an RSA private key from PKCS#8 or PKCS#1 PEM, in every state in which files and variables have it:
// see pemBlocks. Errors never contain any of the text.
func ParsePrivateKey(text string) (*rsa.PrivateKey, error) {
	text = unescaped(text)
	blocks := pemBlocks(text)
	for _, block := range blocks {
		if strings.HasSuffix(block.kind, pemPrivateKey) {
			return block.privateKey()
		}
	}
	switch {
	case len(blocks) == 0 && strings.HasPrefix(text, "ssh-"):
		return nil, errPublicGiven
	case len(blocks) == 0:
		return nil, errNotPEM
	case blocks[0].kind == pemCertificate:
		return nil, errCertificate
	case strings.HasSuffix(blocks[0].kind, pemPublicKey):
		return nil, errPublicGiven
	}
	return nil, errOtherPrivate
}

func (b pemBlock) privateKey() (*rsa.PrivateKey, error) {
	switch {
	case b.kind == pemOpenSSH && !bytes.Contains(b.der, []byte("ssh-rsa")): // the name of the algorithm (PROTOCOL.key of OpenSSH)
		return nil, errNotRSA
	case b.kind == pemOpenSSH:
		return nil, errOpenSSH
	case b.encrypted, b.kind == pemEncrypted:
		return nil, errEncrypted
	case b.kind == pemECPrivateKey:
		return nil, errNotRSA
	case b.kind != pemPrivateKey && b.kind != pemRSAPrivateKey:
		return nil, errOtherPrivate
	}
	parsed, err := x509.ParsePKCS8PrivateKey(b.der)
	if err != nil {
		if parsed, err = x509.ParsePKCS1PrivateKey(b.der); err != nil {
			return nil, errInvalidKey
		}
	}
	key, ok := parsed.(*rsa.PrivateKey)
	switch {
	case !ok:
		return nil, errNotRSA
	case key.N.BitLen() < shortestKey:
		return nil, errTooShort
	}
	return key, nil
}

// ParsePublicKey parses an RSA public key from SPKI PEM, in every state that ParsePrivateKey knows. Text with a private
// key in it is refused, even beside a public key: public keys are shown.
func ParsePublicKey(text string) (*rsa.PublicKey, error) {
	text = unescaped(text)
	blocks := pemBlocks(text)
	switch {
	case strings.Contains(text, pemOpenSSH):
		return nil, errPrivateSSH
	case strings.Contains(text, pemPrivateKey):
		return nil, errPrivateGiven
	}
	for _, block := range blocks {
		if block.kind == pemPublicKey {
			return block.publicKey()
		}
	}
	switch {
	case len(blocks) == 0 && strings.HasPrefix(text, "ssh-rsa "):
		return nil, errPublicSSH
	case len(blocks) == 0 && (strings.HasPrefix(text, "ssh-") || strings.HasPrefix(text, "ecdsa-")):
		return nil, errNotRSA
	case len(blocks) == 0:
		return nil, errNotPEM
	case blocks[0].kind == pemRSAPublicKey:
		return nil, errPKCS1Public
	case blocks[0].kind == pemCertificate:
		return nil, errCertGiven
	}
	return nil, errOtherPublic
}

func (b pemBlock) publicKey() (*rsa.PublicKey, error) {
	parsed, err := x509.ParsePKIXPublicKey(b.der)
	if err != nil {
		return nil, errInvalidPublic
	}
	key, ok := parsed.(*rsa.PublicKey)
	switch {
	case !ok:
		return nil, errNotRSA
	case key.N.BitLen() < shortestKey:
		return nil, errTooShort
	}
	return key, nil
}

// EncodePrivateKey encodes a private key as PKCS#8 PEM, the format in which Vonage issues private keys.
func EncodePrivateKey(key *rsa.PrivateKey) (string, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", fmt.Errorf("encoding the private key: %w", err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: pemPrivateKey, Bytes: der})), nil
}

// EncodePublicKey encodes a public key as SPKI PEM, the format in which Vonage accepts and returns public keys.
func EncodePublicKey(key *rsa.PublicKey) (string, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return "", fmt.Errorf("encoding the public key: %w", err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: pemPublicKey, Bytes: der})), nil
}

// SamePublicKey reports whether two PEM documents contain the same public key, however they are wrapped.
func SamePublicKey(a, b string) bool {
	keyA, errA := ParsePublicKey(a)
	keyB, errB := ParsePublicKey(b)
	return errA == nil && errB == nil && keyA.Equal(keyB)
}

// pemBlock is one block of a PEM document.
type pemBlock struct {
	kind      string // "PRIVATE KEY"
	der       []byte // nil if the text between BEGIN and END is no base64
	encrypted bool   // in the traditional form, which says so in a header (RFC 1421)
}

// unescaped returns text with line ends instead of a literal \r or \n, as keys have them in JSON and in variables.
func unescaped(text string) string {
	return strings.NewReplacer(`\r`, "\n", `\n`, "\n", `\`, "").Replace(Pasted(text))
}

// pemBlocks finds the blocks of a PEM document. Unlike encoding/pem it does not mind how lines are broken and indented,
// or whether they are broken at all. Text outside of the blocks, such as the "Bag Attributes" of OpenSSL, is ignored.
func pemBlocks(text string) []pemBlock {
	var blocks []pemBlock
	for _, piece := range strings.Split(text, "-----BEGIN ")[1:] {
		kind, rest, _ := strings.Cut(piece, "-----")
		body, _, complete := strings.Cut(rest, "-----END "+kind+"-----")
		if !complete {
			continue
		}
		block := pemBlock{kind: kind, encrypted: strings.Contains(body, "Proc-Type:")}
		var base strings.Builder
		for line := range strings.Lines(body) {
			if !strings.Contains(line, ":") { // a header
				base.WriteString(strings.Map(visible, line))
			}
		}
		block.der, _ = base64.RawStdEncoding.DecodeString(strings.TrimRight(base.String(), "="))
		blocks = append(blocks, block)
	}
	return blocks
}

func visible(r rune) rune {
	if IsInvisible(r) {
		return -1
	}
	return r
}
