// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// trusting returns a client that trusts the authority in a file, and nobody else. It reaches every host where the emulator
// listens.
func trusting(t *testing.T, authority string) *http.Client {
	t.Helper()
	text, err := os.ReadFile(authority)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		t.Fatalf("no certificate in %s", text)
	}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DisableKeepAlives: true}}
}

// status returns the HTTP status of the emulator's health under a name.
func (p process) status(t *testing.T, client *http.Client, name string) (int, error) {
	t.Helper()
	place, err := url.Parse(p.url)
	if err != nil {
		t.Fatal(err)
	}
	ported, _ := client.Transport.(*http.Transport)
	named := ported.Clone()
	named.TLSClientConfig.ServerName = name
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, place.String()+"/emulator/health", nil)
	if err != nil {
		t.Fatal(err)
	}
	answered, err := (&http.Client{Transport: named}).Do(r)
	if err != nil {
		return 0, err
	}
	_ = answered.Body.Close()
	return answered.StatusCode, nil
}

// A client that trusts the written authority, and nothing else, reaches the emulator under its names, and no other.
func TestSelfSigned(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	authority := filepath.Join(directory, "ca.pem")
	p := start(t, nil, "-tls-self-signed", authority, "-allow-host", "vonage-emulator,192.0.2.7")
	if !strings.HasPrefix(p.url, "https://127.0.0.1:") {
		t.Errorf("announced %s", p.url)
	}
	client := trusting(t, authority)
	for _, name := range []string{"", "localhost", "127.0.0.1", "::1", "vonage-emulator", "192.0.2.7"} {
		if status, err := p.status(t, client, name); err != nil || status != http.StatusOK {
			t.Errorf("%q: %d, %v", name, status, err)
		}
	}
	for _, name := range []string{"attacker.example", "192.0.2.8"} {
		if _, err := p.status(t, client, name); err == nil {
			t.Errorf("%q was taken", name)
		}
	}
	untrusting := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: x509.NewCertPool()}}}
	if _, err := p.status(t, untrusting, "localhost"); !errors.As(err, new(x509.UnknownAuthorityError)) {
		t.Errorf("without the authority: %v", err)
	}
	if answered, err := http.DefaultTransport.RoundTrip(&http.Request{
		Method: http.MethodGet, URL: &url.URL{Scheme: "http", Host: strings.TrimPrefix(p.url, "https://"), Path: "/emulator/health"},
	}); err == nil {
		_ = answered.Body.Close()
		if answered.StatusCode != http.StatusBadRequest {
			t.Errorf("plain HTTP: HTTP status %d", answered.StatusCode)
		}
	}
	// A fault can still close the connection.
	if answered, err := p.over(t, client, "POST", "/emulator/faults", `{"kind":"close-before"}`); err != nil || answered.StatusCode != http.StatusNoContent {
		t.Fatal(answered, err)
	}
	if answered, err := p.over(t, client, "GET", "/v2/applications", ""); err == nil {
		t.Errorf("the fault had no effect: HTTP status %d", answered.StatusCode)
	}
	left, err := os.ReadDir(directory)
	if err != nil || len(left) != 1 {
		t.Errorf("files %v, %v", left, err)
	}
	if text, err := os.ReadFile(authority); err != nil || strings.Contains(string(text), "PRIVATE KEY") {
		t.Errorf("%v, %s", err, text)
	}
}

// over sends a request as send does, with another client.
func (p process) over(t *testing.T, client *http.Client, method, path, body string) (*http.Response, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, p.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answered, err := client.Transport.RoundTrip(r)
	if err == nil {
		_ = answered.Body.Close()
	}
	return answered, err
}

// Whoever trusts the authority trusts it for the emulator's hosts only.
func TestAuthorityIsForItsHostsOnly(t *testing.T) {
	t.Parallel()
	_, text, err := selfSigned([]string{"localhost", "127.0.0.1"}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	authority, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if !authority.PermittedDNSDomainsCritical || len(authority.PermittedDNSDomains) != 1 || len(authority.PermittedIPRanges) != 1 || !authority.MaxPathLenZero {
		t.Errorf("%+v", authority)
	}
}

// A certificate and key of the user's own are served, and have to be there.
func TestCertificateOfTheUser(t *testing.T) {
	t.Parallel()
	made, authority, err := selfSigned([]string{"localhost", "127.0.0.1"}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	certificateFile, keyFile := pair(t, made)
	p := start(t, nil, "-tls-cert", certificateFile, "-tls-key", keyFile)
	defer func() {
		_ = p.Process.Kill()
		_ = p.Wait()
		if strings.Contains(p.said.String(), "warning") {
			t.Errorf("said %q", p.said)
		}
	}()
	if status, err := p.status(t, trusting(t, write(t, string(authority))), "localhost"); err != nil || status != http.StatusOK {
		t.Errorf("%d, %v", status, err)
	}
	for complaint, arguments := range map[string][]string{
		"-tls-cert and -tls-key, or":  {"-tls-cert", certificateFile},
		"-tls-cert and -tls-key":      {"-tls-key", keyFile},
		"or -tls-self-signed":         {"-tls-cert", certificateFile, "-tls-key", keyFile, "-tls-self-signed", filepath.Join(t.TempDir(), "ca.pem")},
		"-tls-cert, -tls-key: open":   {"-tls-cert", filepath.Join(t.TempDir(), "missing"), "-tls-key", keyFile},
		"-tls-self-signed: open":      {"-tls-self-signed", filepath.Join(t.TempDir(), "missing", "ca.pem")},
		"-tls-cert, -tls-key: tls: f": {"-tls-cert", keyFile, "-tls-key", keyFile},
	} {
		err := run(t.Context(), append([]string{"-listen", "127.0.0.1:0"}, arguments...), empty, io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), complaint) {
			t.Errorf("%q: %v", arguments, err)
		}
	}
}

// Who has the wrong certificate is told so by the program, instead of by each client in words of its own.
func TestCertificateThatNoClientTakes(t *testing.T) {
	t.Parallel()
	for complaint, made := range map[string]struct {
		hosts []string
		now   time.Time
	}{
		"it expired on":               {[]string{"localhost"}, time.Now().Add(-2 * validity)},
		"not valid before":            {[]string{"localhost"}, time.Now().Add(validity)},
		`is for ["shop" "192.0.2.9"]`: {[]string{"shop", "192.0.2.9"}, time.Now()},
	} {
		certificate, _, err := selfSigned(made.hosts, made.now)
		if err != nil {
			t.Fatal(err)
		}
		certificateFile, keyFile := pair(t, certificate)
		ctx, stop := context.WithCancel(t.Context())
		stop()
		var said strings.Builder
		if err := run(ctx, []string{"-listen", "127.0.0.1:0", "-tls-cert", certificateFile, "-tls-key", keyFile}, empty, io.Discard, &said); err != nil {
			t.Error(err)
		}
		if !strings.Contains(said.String(), complaint) {
			t.Errorf("said %q, want %q", said.String(), complaint)
		}
	}
}

// pair writes a certificate and its key into files.
func pair(t *testing.T, made tls.Certificate) (certificateFile, keyFile string) {
	t.Helper()
	key, _ := made.PrivateKey.(*ecdsa.PrivateKey)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made.Certificate[0]}))),
		write(t, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
}
