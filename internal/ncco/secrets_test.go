// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestNoErrorShowsASecret puts a secret into every field of every object, as its value, in a list and as a name below it.
func TestNoErrorShowsASecret(t *testing.T) {
	t.Parallel()
	wrapped := map[string]func(map[string]any) any{ // where each object stands in a list of actions
		"transcription":            func(o map[string]any) any { return map[string]any{"action": "record", "transcription": o} },
		"advancedMachineDetection": func(o map[string]any) any { return map[string]any{"action": "connect", "advancedMachineDetection": o} },
		"dtmf":                     func(o map[string]any) any { return map[string]any{"action": "input", "dtmf": o} },
		"speech":                   func(o map[string]any) any { return map[string]any{"action": "input", "speech": o} },
		"onAnswer":                 func(o map[string]any) any { return connected(map[string]any{"type": "phone", "onAnswer": o}) },
		"standardHeaders":          func(o map[string]any) any { return connected(map[string]any{"type": "sip", "standardHeaders": o}) },
	}
	objects := map[string]object{
		"transcription": transcription, "advancedMachineDetection": advancedMachineDetection, "dtmf": dtmf, "speech": speech,
		"onAnswer": onAnswer, "standardHeaders": standardHeaders,
	}
	within := func(around func(map[string]any) any, name, kind string) func(map[string]any) any {
		return func(o map[string]any) any {
			all := map[string]any{name: kind}
			maps.Copy(all, o)
			return around(all)
		}
	}
	for kind, o := range actions {
		objects["action "+kind] = o
		wrapped["action "+kind] = within(func(o map[string]any) any { return o }, "action", kind)
	}
	for kind, o := range endpoints {
		objects["endpoint "+kind] = o
		wrapped["endpoint "+kind] = within(connected, "type", kind)
	}
	for kind, o := range authorizations {
		objects["authorization "+kind] = o
		wrapped["authorization "+kind] = within(func(o map[string]any) any {
			return connected(map[string]any{"type": "websocket", "authorization": o})
		}, "type", kind)
	}
	refused := 0
	for name, o := range objects {
		for _, field := range append(slices.Collect(maps.Keys(o.fields)), "action", "type", "other") {
			for _, secret := range []string{
				"-----BEGIN PRIVATE KEY-----\nS3cr3tPart\n-----END PRIVATE KEY-----\n", "eyJhbGciOiJSUzI1NiJ9.S3cr3tPart.c2lnbmF0dXJl",
				"https://user:S3cr3tPart@example.com/?token=S3cr3tPart", "Zx9S3cr3tPart",
			} {
				for _, value := range []any{secret, []any{secret}, map[string]any{secret: "x"}, map[string]any{"x": secret}} {
					_, err := Normalize([]any{wrapped[name](map[string]any{field: value})})
					if err == nil {
						continue
					}
					refused++
					if strings.Contains(err.Error(), "S3cr3tPart") {
						t.Errorf("%s, %s = %v: %v", name, field, value, err)
					}
				}
			}
		}
	}
	if refused < 1000 {
		t.Errorf("only %d errors were looked at", refused)
	}
}

func connected(endpoint map[string]any) any {
	return map[string]any{"action": "connect", "endpoint": []any{endpoint}}
}
