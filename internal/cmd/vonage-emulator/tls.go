// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"slices"
	"time"
)

// secured is how the emulator serves TLS: with a certificate that the user has, or with one of its own making.
type secured struct{ certificate, key, authority string }

func (s secured) scheme() string {
	if s == (secured{}) {
		return "http"
	}
	return "https"
}

// secure returns the listener with TLS, if that is wanted. It offers no HTTP/2, where no connection can be closed in the
// middle of a response, as faults do. A certificate that no client will take is served all the same: that may be the test.
func (s secured) secure(listener net.Listener, hosts []string, stderr io.Writer) (net.Listener, error) {
	if s == (secured{}) {
		return listener, nil
	}
	certificate, err := s.load(hosts)
	if err != nil {
		return nil, err
	}
	if refused := unfit(certificate.Leaf, append([]string{"127.0.0.1", "localhost"}, hosts...), time.Now()); refused != nil && s.authority == "" {
		if _, err := fmt.Fprintln(stderr, "vonage-emulator: warning: clients will refuse the certificate of -tls-cert:", refused); err != nil {
			return nil, err
		}
	}
	return tls.NewListener(listener, &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{certificate}}), nil
}

func (s secured) load(hosts []string) (tls.Certificate, error) {
	if s.authority == "" {
		loaded, err := tls.LoadX509KeyPair(s.certificate, s.key)
		if err != nil {
			return loaded, fmt.Errorf("-tls-cert, -tls-key: %w", err)
		}
		return loaded, nil
	}
	made, authority, err := selfSigned(append([]string{"localhost", "127.0.0.1", "::1"}, hosts...), time.Now())
	if err != nil {
		return made, fmt.Errorf("-tls-self-signed: %w", err)
	}
	if err := os.WriteFile(s.authority, authority, 0o644); err != nil { //nolint:gosec // for everybody: it has no secret
		return made, fmt.Errorf("-tls-self-signed: %w", err)
	}
	return made, nil
}

// unfit returns why clients refuse a certificate, nil if they take it for one of the hosts.
func unfit(certificate *x509.Certificate, hosts []string, now time.Time) error {
	switch {
	case certificate == nil:
		return nil
	case now.After(certificate.NotAfter):
		return fmt.Errorf("it expired on %s", certificate.NotAfter.Format(time.DateOnly))
	case now.Before(certificate.NotBefore):
		return fmt.Errorf("it is not valid before %s", certificate.NotBefore.Format(time.DateOnly))
	case !slices.ContainsFunc(hosts, func(host string) bool { return certificate.VerifyHostname(host) == nil }):
		return fmt.Errorf("it is for %q, and for none of %q", append(certificate.DNSNames, texts(certificate.IPAddresses)...), hosts)
	}
	return nil
}

func texts(addresses []net.IP) []string {
	written := make([]string, len(addresses))
	for i, address := range addresses {
		written[i] = address.String()
	}
	return written
}

// validity is how long certificates of the emulator's own making are valid.
const validity = 365 * 24 * time.Hour

// selfSigned makes an authority and a certificate for hosts, and returns the authority's certificate as PEM. Nobody can use
// the authority for anything else: its key is not kept, and clients take it for these hosts only.
func selfSigned(hosts []string, now time.Time) (tls.Certificate, []byte, error) {
	authority := &x509.Certificate{
		Subject: pkix.Name{CommonName: "vonage-emulator, an authority for tests"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(validity),
		KeyUsage: x509.KeyUsageCertSign, BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true, PermittedDNSDomainsCritical: true,
	}
	served := &x509.Certificate{
		Subject: pkix.Name{CommonName: "vonage-emulator"}, NotBefore: authority.NotBefore, NotAfter: authority.NotAfter,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, host := range hosts {
		if address := net.ParseIP(host); address != nil {
			served.IPAddresses = append(served.IPAddresses, address)
			authority.PermittedIPRanges = append(authority.PermittedIPRanges, only(address))
			continue
		}
		served.DNSNames = append(served.DNSNames, host)
		authority.PermittedDNSDomains = append(authority.PermittedDNSDomains, host)
	}
	signer, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	root, err := sign(authority, authority, signer, signer)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	leaf, err := sign(served, authority, key, signer)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	return tls.Certificate{Certificate: [][]byte{leaf, root}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root}), nil
}

// sign returns a certificate for a key, with a serial number of its own.
func sign(certificate, by *x509.Certificate, key, signer *ecdsa.PrivateKey) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	certificate.SerialNumber = serial
	return x509.CreateCertificate(rand.Reader, certificate, by, &key.PublicKey, signer)
}

// only returns the network of one address.
func only(address net.IP) *net.IPNet {
	if four := address.To4(); four != nil {
		address = four
	}
	bits := 8 * len(address)
	return &net.IPNet{IP: address, Mask: net.CIDRMask(bits, bits)}
}
