// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// networkEnv names the variable with the origin that a child process calls. A child process is needed because Go
// reads the system's root certificates and the proxy variables once per process.
const networkEnv = "VONAGE_TEST_ORIGIN"

// TestNetwork: which servers the client's own transport trusts, and which proxies it uses.
func TestNetwork(t *testing.T) {
	t.Parallel()
	if origin := os.Getenv(networkEnv); origin != "" {
		callOnce(t, origin)
		return
	}
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere, the system's roots are not in a file that a variable names")
	}
	for name, test := range map[string]struct {
		untrusted bool
		newest    uint16 // the newest TLS version that the server supports; 0 is the newest of crypto/tls
		proxy     bool
		noProxy   string
		fails     string // part of the error; "" means success
		tunnels   int32  // tunnels opened through the proxy
	}{
		"a root of the system's":     {},
		"TLS 1.2":                    {newest: tls.VersionTLS12},
		"TLS 1.1":                    {newest: tls.VersionTLS11, fails: "protocol version"},
		"a certificate of nobody's":  {untrusted: true, fails: "certificate signed by unknown authority"},
		"through a proxy":            {proxy: true, tunnels: 1},
		"nobody's through a proxy":   {proxy: true, untrusted: true, fails: "certificate signed by unknown authority", tunnels: 1},
		"around the proxy":           {proxy: true, noProxy: "0.0.0.0"},
		"around it for someone else": {proxy: true, noProxy: "example.com", tunnels: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := startServer(t, test.newest)
			proxy := startProxy(t)
			environment := map[string]string{"SSL_CERT_FILE": server.root, "NO_PROXY": test.noProxy}
			if test.untrusted {
				environment["SSL_CERT_FILE"] = startServer(t, 0).root
			}
			if test.proxy {
				environment["HTTPS_PROXY"] = proxy.URL
			}
			said := callIn(t, environment, server.origin)
			if answered := strings.Contains(said, "answered"); answered != (test.fails == "") || !strings.Contains(said, test.fails) {
				t.Errorf("should fail with %q, but says %s", test.fails, said)
			}
			if n := proxy.tunnels.Load(); n != test.tunnels {
				t.Errorf("%d tunnels through the proxy, not %d", n, test.tunnels)
			}
			if n := server.connections.Load(); test.untrusted && n != 1 {
				t.Errorf("%d connections to a server with an untrusted certificate", n)
			}
			if n := server.requests.Load(); (n > 0) != (test.fails == "") {
				t.Errorf("the server received %d requests", n)
			}
		})
	}
}

// callOnce runs in the child process and makes one call.
func callOnce(t *testing.T, origin string) {
	t.Helper()
	client := vonage.New(vonage.Config{
		RESTURL: origin, MaxRetries: 1, RequestTimeout: time.Minute,
		Account: func(context.Context) (vonage.Account, error) { return vonage.Account{APIKey: "k", APISecret: "s"}, nil },
	})
	_, err := client.Numbers.Find(t.Context(), "447700900001")
	if err != nil {
		t.Log(err)
	} else {
		t.Log("answered")
	}
}

// callIn makes the call in a child process with exactly these proxy and certificate variables, and returns its
// output.
func callIn(t *testing.T, environment map[string]string, origin string) string {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(executable, "-test.run=^TestNetwork$", "-test.v")
	command.Env = []string{networkEnv + "=" + origin, "SSL_CERT_DIR=" + t.TempDir()}
	for name, value := range environment {
		command.Env = append(command.Env, name+"="+value)
	}
	said, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return string(said)
}

// listener is a TLS server whose certificate is in the file root.
type listener struct {
	origin, root          string
	connections, requests atomic.Int32
}

// startServer starts a server at an address of this machine that is not exempt from proxies, as loopback addresses
// are.
func startServer(t *testing.T, newest uint16) *listener {
	t.Helper()
	l := &listener{root: filepath.Join(t.TempDir(), "root.pem")}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		l.requests.Add(1)
		_, _ = w.Write([]byte(`{}`))
	}))
	server.TLS = &tls.Config{
		Certificates: []tls.Certificate{newCertificate(t, l.root)},
		MinVersion:   tls.VersionTLS10, // permits simulating an outdated server
		MaxVersion:   newest,
	}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			l.connections.Add(1)
		}
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	l.origin = "https://0.0.0.0:" + port
	return l
}

func newCertificate(t *testing.T, file string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4zero}, IsCA: true, BasicConstraintsValid: true,
	}
	content, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: content}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{content}, PrivateKey: key}
}

// proxy is a proxy that opens tunnels and cannot see their content.
type proxy struct {
	*httptest.Server

	tunnels atomic.Int32
}

func startProxy(t *testing.T) *proxy {
	t.Helper()
	p := &proxy{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.tunnels.Add(1)
		if r.Method != http.MethodConnect || r.Header.Get("Authorization") != "" {
			t.Errorf("the proxy was asked for %s, with Authorization %q", r.Method, r.Header.Get("Authorization"))
		}
		if err := tunnel(w, r.Host); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

func tunnel(w http.ResponseWriter, address string) error {
	far, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer func() { _ = far.Close() }()
	near, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return err
	}
	defer func() { _ = near.Close() }()
	if _, err := fmt.Fprint(near, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(far, buffered)
		_ = far.Close()
	}()
	_, _ = io.Copy(near, far)
	return nil
}
