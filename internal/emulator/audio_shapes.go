// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "regexp"

// Audio that can be played into, or recorded from, a call or a conversation: Voice API 1.10.0 and Conversation API
// 5.5.1.

var playedDigits = regexp.MustCompile(`^[0-9*#p]+$`)

// anyTimes is the number of repetitions; 0 repeats endlessly.
func anyTimes() property { return property{name: "loop", shape: integerShape{0, 1<<31 - 1}} }

// anyLevel is a string in the specification, but https://github.com/Vonage/vonage-node-sdk sends a number.
func anyLevel() property { return property{name: "level", shape: anything{}} }

// talkShape requires a text in the Voice API. The Conversation API does not state that it does.
func talkShape(needsText bool) objectShape {
	return objectShape{
		{name: "text", shape: textShape{}, required: needsText},
		{name: "language", shape: textShape{}},
		{name: "style", shape: integerShape{0, 1<<31 - 1}},
		{name: "premium", shape: booleanShape{}},
		{name: "voice_name", shape: textShape{}},
		anyTimes(), anyLevel(),
	}
}

func streamShape() objectShape {
	return objectShape{{name: "stream_url", shape: listShape{textShape{required: true}}, required: true}, anyTimes(), anyLevel()}
}

func digitsShape() objectShape {
	return objectShape{{name: "digits", shape: patternShape{playedDigits}, required: true}}
}

func recordShape() objectShape {
	return objectShape{
		{name: "action", shape: enumShape{"start", "stop"}, required: true},
		{name: "event_url", shape: listShape{urlShape{}}},
		{name: "event_method", shape: anyMethod},
		{name: "split", shape: textShape{}},
		{name: "format", shape: enumShape{"mp3", "wav", "vorbis"}},
		{name: "retention_ttl", shape: integerShape{1, 400}}, // days
		{name: "timeout", shape: integerShape{0, 7200}},      // seconds
		{name: "transcription", shape: anyObject{}},
	}
}
