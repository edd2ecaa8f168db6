// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package shape

import (
	"regexp"
)

// Audio that can be played into, or recorded from, a call or a conversation: Voice API 1.10.0 and Conversation API
// 5.5.1.

var playedDigits = regexp.MustCompile(`^[0-9*#p]+$`)

// anyTimes is the number of repetitions; 0 repeats endlessly.
func anyTimes() Property { return Property{Name: "loop", Shape: Between(0, 1<<31-1)} }

// anyLevel is a string in the specification, but https://github.com/Vonage/vonage-node-sdk sends a number.
func anyLevel() Property { return Property{Name: "level", Shape: Anything{}} }

// Talk requires a text in the Voice API. The Conversation API does not state that it does.
func Talk(needsText bool) Object {
	return Object{
		{Name: "text", Shape: Text{}, Required: needsText},
		{Name: "language", Shape: Text{}},
		{Name: "style", Shape: Between(0, 1<<31-1)},
		{Name: "premium", Shape: Boolean{}},
		{Name: "voice_name", Shape: Text{}},
		anyTimes(), anyLevel(),
	}
}

// Stream returns the shape of a request to play audio from a URL.
func Stream() Object {
	return Object{{Name: "stream_url", Shape: ListOf(Text{Required: true}), Required: true}, anyTimes(), anyLevel()}
}

// Digits returns the shape of a request to play DTMF digits.
func Digits() Object {
	return Object{{Name: "digits", Shape: Matching(playedDigits), Required: true}}
}

// Record returns the shape of a request to start or stop a recording.
func Record() Object {
	return Object{
		{Name: "action", Shape: Enum{"start", "stop"}, Required: true},
		{Name: "event_url", Shape: ListOf(URL{})},
		{Name: "event_method", Shape: AnyMethod},
		{Name: "split", Shape: Text{}},
		{Name: "format", Shape: Enum{"mp3", "wav", "vorbis"}},
		{Name: "retention_ttl", Shape: Between(1, 400)}, // days
		{Name: "timeout", Shape: Between(0, 7200)},      // seconds
		{Name: "transcription", Shape: AnyObject{}},
	}
}
