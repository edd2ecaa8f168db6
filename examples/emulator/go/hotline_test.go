package hotline_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
)

// vonage is an account of its own for each test, on a free port. It takes a fraction of a second.
type vonage struct{ URL string }

func startVonage(t *testing.T) vonage {
	t.Helper()
	program := exec.Command(cmp.Or(os.Getenv("VONAGE_EMULATOR"), "vonage-emulator"), "-listen", "127.0.0.1:0")
	stdout, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		program.Process.Kill()
		program.Wait()
	})
	var started vonage
	if err := json.NewDecoder(stdout).Decode(&started); err != nil {
		t.Fatal(err)
	}
	return started
}

func (v vonage) control(t *testing.T, method, path string, body any) []struct{ Status any } {
	t.Helper()
	document, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(method, v.URL+"/emulator/"+path, bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode >= http.StatusBadRequest {
		t.Fatalf("%s %s: %s %s %v", method, path, response.Status, answer, err)
	}
	var list []struct{ Status any }
	if method == http.MethodGet {
		if err := json.Unmarshal(answer, &list); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// hotline stands for your own webhook server.
func hotline(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	io.WriteString(w, `[{"action": "connect", "endpoint": [{"type": "phone", "number": "447700900222"}]}]`)
}

func TestTheCallerIsConnected(t *testing.T) {
	account := startVonage(t)
	webhooks := httptest.NewServer(http.HandlerFunc(hotline))
	defer webhooks.Close()
	answerURL := map[string]any{"address": webhooks.URL, "http_method": "GET"}
	voice := map[string]any{"webhooks": map[string]any{"answer_url": answerURL}}
	account.control(t, "POST", "seed", map[string]any{
		"applications": map[string]any{"hotline": map[string]any{"capabilities": map[string]any{"voice": voice}}},
		"numbers":      map[string]any{"GB/447700900001": map[string]any{"features": []string{"VOICE"}, "app_id": "hotline"}},
	})

	account.control(t, "POST", "calls", map[string]any{"from": "447700900111", "to": "447700900001", "answered": true})

	if called := account.control(t, "GET", "webhooks", nil); len(called) != 1 || called[0].Status != 200.0 {
		t.Errorf("webhooks: %v", called)
	}
	if legs := account.control(t, "GET", "calls", nil); len(legs) != 2 || legs[1].Status != "answered" {
		t.Errorf("legs: %v", legs)
	}
}
