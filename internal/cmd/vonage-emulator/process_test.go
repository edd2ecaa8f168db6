// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestMain is the program itself for the tests that start it as a process.
func TestMain(m *testing.M) {
	if os.Getenv("VONAGE_EMULATOR_PROCESS") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// process is an emulator that runs by itself.
type process struct {
	*exec.Cmd

	url  string
	said *strings.Builder // on stderr; complete once it has ended
}

func start(t *testing.T, environment []string, arguments ...string) process {
	t.Helper()
	p := process{Cmd: exec.CommandContext(t.Context(), os.Args[0], append([]string{"-listen", "127.0.0.1:0"}, arguments...)...), said: &strings.Builder{}}
	p.Env, p.Stderr = append(append(os.Environ(), "VONAGE_EMULATOR_PROCESS=1"), environment...), p.said
	stdout, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil {
		t.Fatalf("%v: %v, %s", err, p.Wait(), p.said)
	}
	var announced struct {
		URL string `json:"url"`
	}
	if err := json.Unmarshal(line, &announced); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	p.url = announced.URL
	return p
}

func (p process) send(t *testing.T, method, path, body string) (*http.Response, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, p.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answered, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		_ = answered.Body.Close()
	}
	return answered, err
}

// SIGTERM, by which containers and services are stopped, and SIGINT end the program in order, whatever is under way: a
// webhook that does not answer, and a response that is delayed.
func TestSignalsEndIt(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such signals")
	}
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			asked := make(chan struct{}, 1)
			webhooks := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				asked <- struct{}{}
				<-r.Context().Done()
			}))
			defer webhooks.Close()
			p := start(t, nil, "-seed", write(t, `{
				"applications": {"A": {"capabilities": {"voice": {"webhooks": {"answer_url": {"address": "`+webhooks.URL+`", "socket_timeout": 3600000}}}}}},
				"numbers": {"GB/447700900001": {"app_id": "A"}}}`))
			if answered, err := p.send(t, "POST", "/emulator/faults", `{"path":"/v2/applications","delay":"1h"}`); err != nil || answered.StatusCode != http.StatusNoContent {
				t.Fatal(answered, err)
			}
			ended := make(chan error, 2)
			go func() {
				_, err := p.send(t, "POST", "/emulator/calls", `{"from":"447700900111","to":"447700900001"}`)
				ended <- err
			}()
			go func() {
				_, err := p.send(t, "GET", "/v2/applications", "")
				ended <- err
			}()
			<-asked
			for answered, err := p.send(t, "GET", "/emulator/faults", ""); err != nil || answered.ContentLength > int64(len("[]\n")); {
				answered, err = p.send(t, "GET", "/emulator/faults", "") // until the delayed request has arrived
			}
			if err := p.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := <-ended; err != nil {
					t.Errorf("a request that was under way got no answer: %v", err)
				}
			}
			if err := p.Wait(); err != nil {
				t.Errorf("after %v: %v, %s", signal, err, p.said)
			}
			if said := p.said.String(); !strings.Contains(said, signal.String()) || !strings.Contains(said, "have ended") || strings.Count(said, "\n") != 1 {
				t.Errorf("said %q", said)
			}
			if connection, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://")); err == nil {
				_ = connection.Close()
				t.Error("the port is still open")
			}
		})
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	var said strings.Builder
	if err := run(t.Context(), []string{"-version", "-listen", "nowhere"}, empty, &said, io.Discard); err != nil || said.String() != "vonage-emulator "+release()+"\n" {
		t.Errorf("%v, %q", err, said.String())
	}
}

// Whoever can reach the port has everything, so it takes a token to listen where others reach it.
func TestOtherMachinesNeedAToken(t *testing.T) {
	t.Parallel()
	for _, address := range []string{":0", "0.0.0.0:0", "[::]:0"} {
		err := run(t.Context(), []string{"-listen", address}, empty, io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), "-control-token") || !strings.Contains(err.Error(), "VONAGE_EMULATOR_CONTROL_TOKEN") {
			t.Errorf("%s: %v", address, err)
		}
	}
	const token = "Secret0Token"
	p := start(t, []string{"VONAGE_EMULATOR_CONTROL_TOKEN=" + token}, "-listen", "0.0.0.0:0")
	for path, want := range map[string]int{"/emulator/requests": 401, "/emulator/health": 200, "/v2/applications": 401} {
		if answered, err := p.send(t, "GET", path, ""); err != nil || answered.StatusCode != want {
			t.Errorf("%s: %v, %v", path, answered, err)
		}
	}
	if runtime.GOOS == "linux" {
		listed, err := os.ReadFile("/proc/" + strconv.Itoa(p.Process.Pid) + "/cmdline")
		if err != nil || strings.Contains(string(listed), token) {
			t.Errorf("the list of processes: %q, %v", listed, err)
		}
	}
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait()
	if strings.Contains(p.said.String(), token) {
		t.Errorf("said %q", p.said)
	}
}
