// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
	"github.com/vonage/terraform-provider-vonage/internal/emulator"
)

// pair is a rented number and its link.
type pair struct{ number, link acctest.Object }

// A number and its link write to the same record, which Vonage always replaces as a whole. Neither loses the other's
// changes.
func TestNumberAndLinkSideBySide(t *testing.T) {
	t.Parallel()
	a := newAccount(t, acctest.WithEmulator(func(o *emulator.Options) { o.Variant.OmittedSMSWebhookCleared = true }))
	pairs := make([]pair, 20)
	msisdn := func(i int) string { return fmt.Sprintf("4477009000%02d", i) }
	for i := range pairs {
		a.offers("GB/"+msisdn(i), nil)
	}
	// Each apply is a separate run, in which all objects change concurrently.
	for _, apply := range []struct {
		settings values // the number's settings
		link     string // the application; "" means no link
		want     values // the resulting record in the account
	}{
		{values{"sms_webhook_url": "https://example.com/1"}, "", values{"moHttpUrl": "https://example.com/1"}},
		{values{"sms_webhook_url": "https://example.com/2"}, ours, acctest.With(linkedTo(ours), values{"moHttpUrl": "https://example.com/2"})},
		{
			values{"voice_callback": values{"type": "tel", "value": "447700900099"}},
			theirs,
			values{"app_id": theirs, "voiceCallbackType": "tel", "voiceCallbackValue": "447700900099"},
		},
		{values{"sms_webhook_url": "https://example.com/4"}, theirs, acctest.With(linkedTo(theirs), values{"moHttpUrl": "https://example.com/4"})},
		{values{}, ours, linkedTo(ours)},
		{values{"sms_webhook_url": "https://example.com/6"}, "", values{"moHttpUrl": "https://example.com/6"}},
	} {
		p := a.Protocol(t)
		var wg sync.WaitGroup
		for i := range pairs {
			number := acctest.With(values{"country": "GB", "msisdn": msisdn(i)}, apply.settings)
			var link values
			if apply.link != "" {
				link = values{"msisdn": msisdn(i), "country": "GB", "application_id": apply.link}
			}
			wg.Go(func() { change(t, p, numberType, &pairs[i].number, number) })
			wg.Go(func() { change(t, p, linkType, &pairs[i].link, link) })
		}
		wg.Wait()
		for i := range pairs {
			got, _ := a.Emulator.Number("GB/" + msisdn(i))
			want := acctest.With(apply.want, values{"country": "GB", "msisdn": msisdn(i), "type": "mobile-lvn", "features": []any{"SMS", "VOICE"}})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("number %d after %v (-want +got):\n%s", i, apply, diff)
			}
		}
		refresh(t, a.Protocol(t), pairs)
	}
}

func change(t *testing.T, p *acctest.Protocol, typeName string, object *acctest.Object, config values) {
	t.Helper()
	if object.State == nil && config == nil {
		return
	}
	changed, diags := p.Change(typeName, *object, config)
	if diags.HasError() {
		t.Error(diags)
	}
	*object = changed
}

// refresh reads all objects and requires that each exists.
func refresh(t *testing.T, p *acctest.Protocol, pairs []pair) {
	t.Helper()
	var wg sync.WaitGroup
	for i := range pairs {
		for typeName, object := range map[string]*acctest.Object{numberType: &pairs[i].number, linkType: &pairs[i].link} {
			if object.State == nil {
				continue
			}
			wg.Go(func() {
				read, diags := p.Read(typeName, *object)
				diags.MustBeEmpty(t)
				if read.State == nil {
					t.Errorf("%s %v is gone", typeName, object.State["id"])
				}
				*object = read
			})
		}
	}
	wg.Wait()
}
