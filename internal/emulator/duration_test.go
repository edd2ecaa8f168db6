// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

func TestParseVariant(t *testing.T) {
	t.Parallel()
	got, err := emulator.ParseVariant([]byte(`{"consistency":"1m30s","clock_skew":"5s","omitted_keys":"cleared","leg_persistence_days":7}`))
	want := emulator.Variant{Consistency: 90 * time.Second, ClockSkew: 5 * time.Second, OmittedKeys: "cleared", LegPersistenceDays: 7}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
	for _, broken := range []string{
		`{"consistency":5}`, `{"consistency":"soon"}`, `{"unheard_of":"5s"}`, `nonsense`,
		`{"omitted_keys":"forgotten"}`, `{"malformed_id_status":200}`, `{"method_failed_status":42}`, `{"third_secret_status":1}`,
		`{"page_size":101}`, `{"leg_persistence_days":-1}`, `{"consistency":"-1s"}`,
	} {
		if _, err := emulator.ParseVariant([]byte(broken)); err == nil {
			t.Errorf("%s was accepted", broken)
		}
	}
}

func TestFaultDelayThroughTheControlAPI(t *testing.T) {
	t.Parallel()
	a := newAccount(t, emulator.Options{})
	a.send("POST", "/emulator/faults", `{"delay":"1ms"}`).want(t, 204)
	want := []emulator.Fault{{Times: 1, Kind: emulator.Late, Delay: time.Millisecond}}
	if diff := cmp.Diff(want, a.PendingFaults()); diff != "" {
		t.Errorf("pending (-want +got):\n%s", diff)
	}
	if listed := a.get("/emulator/faults").text; !strings.Contains(listed, `"delay":"1ms"`) {
		t.Errorf("listed: %s", listed)
	}
	a.send("POST", "/emulator/faults", `{"delay":1}`).want(t, 400)
}
