// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package applications

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/shape"
)

// publicKeyShape accepts an RSA public key as SPKI PEM, and null, which the PHP SDK sends for an unset key.
type publicKeyShape struct{}

func (publicKeyShape) Check(c *shape.Checker, name string, value, _ any) {
	if value == nil {
		return
	}
	encoded, ok := value.(string)
	if !ok || parsePublicKey(encoded) == nil {
		c.Refuse(name, "must be a valid RSA public key in PEM format")
	}
}

// parsePublicKey returns nil if encoded is not the SPKI PEM of an RSA key.
func parsePublicKey(encoded string) *rsa.PublicKey {
	block, _ := pem.Decode([]byte(encoded))
	if block == nil || block.Type != "PUBLIC KEY" {
		return nil
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil
	}
	key, _ := parsed.(*rsa.PublicKey)
	return key
}

// canonicalPEM makes the PEM end in exactly one newline, as in every captured key.
func canonicalPEM(encoded string) string { return strings.TrimSpace(encoded) + "\n" }

// newKeyPair generates the RSA 2048 key pair of an application created without a public key, as SPKI and PKCS#8 PEM.
func newKeyPair() (public, private string, err error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", "", err
	}
	privateDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", "", err
	}
	publicDER, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return "", "", err
	}
	encode := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	return encode("PUBLIC KEY", publicDER), encode("PRIVATE KEY", privateDER), nil
}
