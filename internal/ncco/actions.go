// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

// actions are the actions of an NCCO and their options. Durations are in seconds.
var actions = map[string]object{
	"record": {
		fields: fields{
			"format":        optional(oneOf("mp3", "wav", "ogg")),
			"split":         optional(oneOf("conversation")),
			"channels":      optional(integer(1, 32)),
			"endOnSilence":  optional(integer(3, 10)),
			"endOnKey":      optional(matching("^[0-9#*]$", "one of 0 to 9, # and *")),
			"timeOut":       optional(integer(3, 7200)),
			"beepStart":     optional(boolean),
			"eventUrl":      optional(webAddresses),
			"eventMethod":   optional(method),
			"transcription": optional(transcription.check),
		},
		together: []together{needs("channels", "split", "conversation")},
	},
	"conversation": {
		fields: fields{
			"name":           required(text),
			"musicOnHoldUrl": optional(webAddresses),
			"startOnEnter":   optional(boolean),
			"endOnExit":      optional(boolean),
			"record":         optional(boolean),
			"canSpeak":       optional(legs),
			"canHear":        optional(legs),
			"mute":           optional(boolean),
			"transcription":  optional(transcription.check),
			"eventUrl":       optional(webAddresses),
			"eventMethod":    optional(method),
		},
		together: []together{notBoth("mute", "canSpeak"), needs("transcription", "record", true)},
	},
	"connect": {
		fields: fields{
			"endpoint":                 required(list(exactlyOne, variant("type", endpoints))),
			"from":                     optional(caller),
			"randomFromNumber":         optional(boolean),
			"eventType":                optional(oneOf("synchronous")),
			"timeout":                  optional(integer(1, 120)),
			"limit":                    optional(integer(1, 7200)),
			"machineDetection":         optional(oneOf("continue", "hangup")),
			"advancedMachineDetection": optional(advancedMachineDetection.check),
			"ringbackTone":             optional(webAddress),
			"eventUrl":                 optional(webAddresses),
			"eventMethod":              optional(method),
		},
		together: []together{notBoth("randomFromNumber", "from"), phoneNeedsCallerNumber},
	},
	"talk": {
		fields: fields{
			"text":     required(spoken),
			"bargeIn":  optional(boolean),
			"loop":     optional(integer(0, unlimited)),
			"level":    optional(decimal(-1, 1)),
			"language": optional(language),
			"style":    optional(integer(0, unlimited)),
			"premium":  optional(boolean),
		},
		former: map[string]string{"voiceName": "language and style, such as language = \"en-GB\" and style = 0"},
	},
	"stream": {
		fields: fields{
			"streamUrl": required(list(exactlyOne, webAddress)),
			"level":     optional(decimal(-1, 1)),
			"bargeIn":   optional(boolean),
			"loop":      optional(integer(0, unlimited)),
		},
	},
	"input": {
		fields: fields{
			"type":        required(list(oneOrMore, oneOf("dtmf", "speech"))),
			"dtmf":        optional(dtmf.check),
			"speech":      optional(speech.check),
			"mode":        optional(oneOf("synchronous", "asynchronous")),
			"eventUrl":    optional(webAddresses),
			"eventMethod": optional(method),
		},
		together: []together{noBatchesWhenAsynchronous},
		former: map[string]string{
			"timeOut": todaysDTMF, "maxDigits": todaysDTMF, "submitOnHash": todaysDTMF, // as options of the action itself
		},
	},
	"notify": {
		fields: fields{
			"payload":     required(document),
			"eventUrl":    required(webAddresses),
			"eventMethod": optional(method),
		},
	},
	"wait": {
		fields: fields{"timeout": optional(decimal(0.1, 7200))},
	},
	"transfer": {
		fields: fields{
			"conversationId": required(matching(`^CON-\S+$`, `a conversation id, which starts with "CON-"`)),
			"canHear":        optional(legs),
			"canSpeak":       optional(legs),
			"mute":           optional(boolean),
		},
		together: []together{notBoth("mute", "canSpeak")},
	},
}

// todaysDTMF is the form that replaces the options of input in scripts from before it took speech.
const todaysDTMF = `dtmf = { timeOut = …, maxDigits = …, submitOnHash = … } with type = ["dtmf"]`

var transcription = object{fields: fields{
	"language":          optional(language),
	"eventUrl":          optional(webAddresses),
	"eventMethod":       optional(method),
	"sentimentAnalysis": optional(boolean),
}}

var advancedMachineDetection = object{fields: fields{
	"behavior":     optional(oneOf("continue", "hangup")),
	"mode":         optional(oneOf("default", "detect", "detect_beep")),
	"beep_timeout": optional(integer(45, 120)),
}}

var dtmf = object{fields: fields{
	"timeOut":      optional(integer(0, 10)),
	"maxDigits":    optional(integer(1, 20)),
	"submitOnHash": optional(boolean),
}}

var speech = object{fields: fields{
	"uuid":         optional(list(exactlyOne, text)),
	"endOnSilence": optional(decimal(0.4, 10)),
	"language":     optional(language),
	"context":      optional(list(oneOrMore, text)),
	"startTimeout": optional(integer(1, 60)),
	"maxDuration":  optional(integer(1, 60)),
	"saveAudio":    optional(boolean),
	"sensitivity":  optional(integer(0, 100)),
}}

// language matches a BCP 47 tag; Vonage's own have up to three parts, such as en-GB-WLS.
var language = matching("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "a language tag such as en-GB")

var (
	method       = oneOf("GET", "POST")
	webAddress   = matching(`^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+\S*$`, "an http or https URL")
	webAddresses = list(oneOrMore, webAddress)
	// An empty list of legs is valid; it means no leg at all.
	legs = list(anyCount, text)
)

// noBatchesWhenAsynchronous rejects dtmf options in asynchronous mode, which reports each digit at once and collects
// none.
func noBatchesWhenAsynchronous(found *problems, at string, values map[string]any) {
	if settings, _ := values["dtmf"].(map[string]any); values["mode"] == "asynchronous" && len(settings) > 0 {
		found.addf(at+".dtmf", "must be empty with mode = \"asynchronous\"")
	}
}
