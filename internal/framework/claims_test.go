// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"errors"
	"sync"
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var number = vonage.NumberKey{Country: "GB", MSISDN: "447700900001"}

func TestClaims(t *testing.T) {
	t.Parallel()
	var claims Claims
	other := vonage.NumberKey{Country: "GB", MSISDN: "447700900002"}
	release, err := claims.Claim(number, Rent, "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := claims.Claim(number, Rent, "a"); err != nil {
		t.Errorf("the owner itself is refused: %v", err)
	}
	if _, err := claims.Claim(number, Link, "link"); err != nil {
		t.Errorf("a link of a rented number is refused: %v", err)
	}
	if _, err := claims.Claim(other, Rent, "b"); err != nil {
		t.Errorf("another number is refused: %v", err)
	}
	var claimed *ClaimedError
	if _, err := claims.Claim(number, Rent, "b"); !errors.As(err, &claimed) || claimed.Key != number || claimed.Use != Rent {
		t.Errorf("renting by a second owner: %v", err)
	}
	for owner, refused := range map[string]struct{ rented, linked, either bool }{
		"a": {false, true, true}, "link": {true, false, true}, "b": {true, true, true}, "": {true, true, true},
	} {
		if err := claims.ClaimedByOther(number, owner, Rent); (err != nil) != refused.rented {
			t.Errorf("rented by an owner other than %q: %v", owner, err)
		}
		if err := claims.ClaimedByOther(number, owner, Link); (err != nil) != refused.linked {
			t.Errorf("linked by an owner other than %q: %v", owner, err)
		}
		if err := claims.ClaimedByOther(number, owner, Rent, Link); (err != nil) != refused.either {
			t.Errorf("claimed by an owner other than %q: %v", owner, err)
		}
	}
	release()
	if err := claims.ClaimedByOther(number, "link", Rent, Link); err != nil {
		t.Errorf("after release: %v", err)
	}
	if err := claims.ClaimedByOther(vonage.NumberKey{}, "", Rent); err != nil {
		t.Errorf("an unclaimed number: %v", err)
	}
}

func TestClaimsKnowContradictions(t *testing.T) {
	t.Parallel()
	const application, another = "78d335fa-323d-0114-9c3d-d6f0d48968cf", "aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
	elsewhere := vonage.NumberKey{Country: "JE", MSISDN: number.MSISDN}
	for _, intents := range [][]Intent{{ToRent, ToCancel}, {ToCancel, ToRent}} {
		var claims Claims
		wantContradiction(t, "number "+number.String()+" is to be cancelled for one resource and rented for another", intents,
			func(intent Intent) error { return claims.Intend(number, intent) },
			func(intent Intent) error { return claims.Intend(elsewhere, intent) })
	}
	for _, intents := range [][]Intent{{ToKeep, ToEnd}, {ToEnd, ToKeep}} {
		var claims Claims
		wantContradiction(t, "the link of number "+number.String()+" to application "+application+" is to be ended for one resource and kept for another", intents,
			func(intent Intent) error { return claims.IntendLink(number, application, intent) },
			func(intent Intent) error {
				return errors.Join(claims.IntendLink(number, another, intent), claims.IntendLink(elsewhere, application, intent),
					claims.Intend(number, ToRent))
			})
	}
}

// wantContradiction checks that the second intent is refused after the first, but not for other objects.
func wantContradiction(t *testing.T, want string, intents []Intent, intend, others func(Intent) error) {
	t.Helper()
	for range 2 { // Terraform may plan one object several times
		if err := intend(intents[0]); err != nil {
			t.Error(err)
		}
	}
	var contradiction *ContradictionError
	if err := intend(intents[1]); !errors.As(err, &contradiction) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if err := others(intents[1]); err != nil {
		t.Error(err)
	}
}

func TestClaimsHaveOneWinner(t *testing.T) {
	t.Parallel()
	var claims Claims
	var mu sync.Mutex
	var wg sync.WaitGroup
	won := 0
	for owner := range 20 {
		wg.Go(func() {
			if _, err := claims.Claim(number, Rent, string(rune('a'+owner))); err == nil {
				mu.Lock()
				won++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if won != 1 {
		t.Errorf("%d of 20 got the number", won)
	}
}
