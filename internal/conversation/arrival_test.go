// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

func at(invited, joined, left string) vonage.MemberTimestamp {
	optional := func(text string) *string {
		if text == "" {
			return nil
		}
		return &text
	}
	return vonage.MemberTimestamp{Invited: optional(invited), Joined: optional(joined), Left: optional(left)}
}

func ids(members []member) []string {
	ids := make([]string, 0, len(members))
	for _, m := range members {
		ids = append(ids, m.ID)
	}
	return ids
}

func TestMembersAreOrderedByArrival(t *testing.T) {
	t.Parallel()
	got := newMembers([]vonage.Member{
		{ID: "MEM-9-unreadable", Timestamp: at("yesterday", "", "")},
		{ID: "MEM-8-nothing-known"},
		{ID: "MEM-7-joined-10.5", Timestamp: at("", "2018-10-25T09:26:10.5Z", "2018-10-25T09:27:00Z")},
		{ID: "MEM-6-invited-10", Timestamp: at("2018-10-25T09:26:10Z", "2018-10-25T09:26:30Z", "")},
		{ID: "MEM-5-left-10.25", Timestamp: at("", "", "2018-10-25T09:26:10.25Z")},
		{ID: "MEM-4-elsewhere-9", Timestamp: at("", "2018-10-25T11:26:09+02:00", "")},
		{ID: "MEM-3-left-before-joined-8", Timestamp: at("", "2018-10-25T09:26:40Z", "2018-10-25T09:26:08Z")},
		{ID: "MEM-2-same-10.5", Timestamp: at("", "2018-10-25T09:26:10.500Z", "")},
	})
	want := []string{
		"MEM-3-left-before-joined-8", "MEM-4-elsewhere-9", "MEM-6-invited-10", "MEM-5-left-10.25", "MEM-2-same-10.5", "MEM-7-joined-10.5",
		"MEM-8-nothing-known", "MEM-9-unreadable",
	}
	if diff := cmp.Diff(want, ids(got)); diff != "" {
		t.Error(diff)
	}
}

// The state is the same, with all members, whatever the order of the API's response.
func TestOrderOfTheAnswerDoesNotMatter(t *testing.T) {
	t.Parallel()
	moment := rapid.Custom(func(t *rapid.T) string {
		second := rapid.IntRange(0, 3).Draw(t, "second")
		if second == 0 {
			return ""
		}
		return time.Unix(int64(second), 0).In(time.FixedZone("", rapid.SampledFrom([]int{0, 3600}).Draw(t, "zone"))).Format(time.RFC3339)
	})
	rapid.Check(t, func(t *rapid.T) {
		members := rapid.SliceOfDistinct(rapid.Custom(func(t *rapid.T) vonage.Member {
			return vonage.Member{
				ID:        rapid.StringMatching("MEM-[a-c]{1,3}").Draw(t, "id"),
				Timestamp: at(moment.Draw(t, "invited"), moment.Draw(t, "joined"), moment.Draw(t, "left")),
			}
		}), func(m vonage.Member) string { return m.ID }).Draw(t, "members")
		shuffled := slices.Clone(members)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })

		got, again := newMembers(members), newMembers(shuffled)
		if diff := cmp.Diff(got, again); diff != "" {
			t.Fatal(diff)
		}
		all := ids(got)
		for _, m := range members {
			if !slices.Contains(all, m.ID) {
				t.Fatalf("%s is lost", m.ID)
			}
		}
		if len(all) != len(members) {
			t.Fatalf("%d members became %d", len(members), len(all))
		}
	})
}
