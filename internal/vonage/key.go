// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"crypto/rsa"
	"crypto/x509"
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

// ParsePrivateKey parses an RSA private key from PKCS#8 or PKCS#1 PEM. It accepts line breaks written as
// a literal \n, as is common in environment variables and JSON. Errors never contain any of the text.
func ParsePrivateKey(text string) (*rsa.PrivateKey, error) {
	block, err := firstBlock(text)
	if err != nil {
		return nil, err
	}
	if block.Headers["Proc-Type"] != "" || strings.Contains(block.Type, "ENCRYPTED") {
		return nil, errors.New("the private key is encrypted; decrypt it first, for example with openssl pkey")
	}
	if block.Type != pemPrivateKey && block.Type != pemRSAPrivateKey {
		return nil, fmt.Errorf("a PEM document of type %s or %s is needed, this is another one", pemPrivateKey, pemRSAPrivateKey)
	}
	if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		if rsaKey, ok := key.(*rsa.PrivateKey); ok {
			return rsaKey, nil
		}
		return nil, errors.New("the private key is not an RSA key")
	}
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("the PEM document does not hold a valid RSA private key")
	}
	return key, nil
}

// ParsePublicKey parses an RSA public key from SPKI PEM.
func ParsePublicKey(text string) (*rsa.PublicKey, error) {
	block, err := firstBlock(text)
	switch {
	case err != nil:
		return nil, err
	case strings.Contains(block.Type, pemPrivateKey):
		return nil, errors.New("this is a private key; a public key is needed")
	case block.Type != pemPublicKey:
		return nil, fmt.Errorf("a PEM document of type %s is needed, this is another one", pemPublicKey)
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, errors.New("the PEM document does not hold a valid public key")
	}
	rsaKey, ok := key.(*rsa.PublicKey)
	if !ok {
		return nil, errors.New("the public key is not an RSA key")
	}
	return rsaKey, nil
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

func firstBlock(text string) (*pem.Block, error) {
	block, _ := pem.Decode([]byte(strings.TrimSpace(strings.ReplaceAll(text, `\n`, "\n"))))
	if block == nil {
		return nil, errors.New("not a PEM document: it must begin with -----BEGIN … and end with -----END …")
	}
	return block, nil
}
